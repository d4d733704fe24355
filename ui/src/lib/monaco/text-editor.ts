// Monaco on the page: one widget that shows the page of one draft or of the other.

import { editor, Range } from "monaco-editor/editor";
import { fonts } from "./fonts";
import { drawGlyphs } from "./glyphs";
import type { Page } from "./page";

interface Options {
  /** Read out where the text is typed. */
  label: string;
  /** Why nothing can be typed, if so. */
  readOnly?: string;
}

export class TextEditor {
  readonly #view: editor.IStandaloneCodeEditor;
  #page: Page | undefined;

  /** `oncursor` hears the line of the cursor whenever it moves. */
  constructor(place: HTMLElement, oncursor: (line: number) => void) {
    this.#view = editor.create(place, {
      ...fonts(),
      model: null,
      automaticLayout: true,
      // The same way of typing in every web view; what an input method shows is drawn by the system.
      editContext: false,
      fixedOverflowWidgets: true,
      padding: { top: 8, bottom: 8 },
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      renderFinalNewline: "on",
      renderLineHighlight: "all",
      renderLineHighlightOnlyWhenFocus: false,
      // The room for the bulb.
      glyphMargin: true,
      lineNumbersMinChars: 3,
      lineDecorationsWidth: 2,
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
      overviewRulerBorder: false,
      hideCursorInOverviewRuler: true,
      guides: { indentation: false },
      bracketPairColorization: { enabled: false },
      matchBrackets: "never",
      occurrencesHighlight: "off",
      stickyScroll: { enabled: false },
      lightbulb: { enabled: editor.ShowLightbulbIconMode.On },
      hover: { delay: 250 },
      links: false,
      contextmenu: false,
      autoClosingBrackets: "never",
      autoClosingQuotes: "never",
      quickSuggestions: false,
      wordBasedSuggestions: "off",
      suggestOnTriggerCharacters: false,
      inlineSuggest: { enabled: false },
      copyWithSyntaxHighlighting: false,
      unusualLineTerminators: "off",
      dropIntoEditor: { enabled: false },
      dragAndDrop: false,
    });
    this.#view.onDidChangeCursorPosition(({ position }) => oncursor(position.lineNumber));
    drawGlyphs(this.#view);
  }

  show(page: Page): void {
    if (page === this.#page) return;
    this.#leave();
    this.#page = page;
    page.onfresh = () => {
      const state = this.#view.saveViewState();
      this.#view.setModel(page.model);
      this.#view.restoreViewState(state);
    };
    page.inView = (change) => this.#keepView(change);
    this.#view.setModel(page.model);
    this.#view.restoreViewState(page.viewState);
  }

  set({ label, readOnly }: Options): void {
    const message = readOnly === undefined ? undefined : { value: readOnly };
    this.#view.updateOptions({ ariaLabel: label, readOnly: readOnly !== undefined, readOnlyMessage: message });
  }

  /** Puts the cursor there and the line in the middle, unless it is in view. */
  goTo(line: number, column: number): void {
    const position = { lineNumber: line, column };
    this.#view.setPosition(position);
    this.#view.revealLineInCenterIfOutsideViewport(line, editor.ScrollType.Immediate);
  }

  /** Says what is marked at the cursor. */
  tell(): void {
    void this.#view.getAction("editor.action.showHover")?.run({ focus: "noAutoFocus" });
  }

  focus(): void {
    this.#view.focus();
  }

  dispose(): void {
    this.#leave();
    this.#view.dispose();
  }

  /** The line at the top stays there, also when lines above it come or go. */
  #keepView(change: () => void): void {
    const top = this.#view.getVisibleRanges()[0]?.startLineNumber ?? 1;
    const by = this.#view.getScrollTop() - this.#view.getTopForLineNumber(top);
    const anchor = this.#view.createDecorationsCollection([{ range: new Range(top, 1, top, 1), options: {} }]);
    change();
    const line = anchor.getRange(0)?.startLineNumber ?? top;
    anchor.clear();
    this.#view.setScrollTop(this.#view.getTopForLineNumber(line) + by, editor.ScrollType.Immediate);
  }

  #leave(): void {
    if (this.#page === undefined) return;
    this.#page.viewState = this.#view.saveViewState();
    this.#page.onfresh = () => undefined;
    this.#page.inView = (change) => change();
    this.#page = undefined;
  }
}
