// Two texts side by side, or one under the other where there is little room; only to look at.

import { editor } from "monaco-editor/editor";
import { fonts } from "./fonts";
import { LANGUAGE, newAddress } from "./language";

export class Compare {
  readonly #view: editor.IStandaloneDiffEditor;

  constructor(place: HTMLElement, labels: { theirs: string; mine: string }) {
    this.#view = editor.createDiffEditor(place, {
      ...fonts(),
      automaticLayout: true,
      readOnly: true,
      originalEditable: false,
      editContext: false,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: true,
      renderSideBySideInlineBreakpoint: 560,
      hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 3 },
      renderMarginRevertIcon: false,
      renderGutterMenu: false,
      ignoreTrimWhitespace: false,
      diffAlgorithm: "advanced",
      padding: { top: 8, bottom: 8 },
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      renderFinalNewline: "on",
      renderOverviewRuler: false,
      renderLineHighlight: "none",
      lineNumbersMinChars: 4,
      lineDecorationsWidth: 14,
      overviewRulerLanes: 0,
      hideCursorInOverviewRuler: true,
      overviewRulerBorder: false,
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
      guides: { indentation: false },
      matchBrackets: "never",
      bracketPairColorization: { enabled: false },
      occurrencesHighlight: "off",
      contextmenu: false,
      links: false,
      unusualLineTerminators: "off",
    });
    // Its own options for them are forgotten whenever another option changes.
    this.#view.onDidUpdateDiff(() => {
      this.#view.getOriginalEditor().updateOptions({ ariaLabel: labels.theirs });
      this.#view.getModifiedEditor().updateOptions({ ariaLabel: labels.mine });
    });
  }

  show(theirs: string, mine: string): void {
    const before = this.#view.getModel();
    this.#view.setModel({
      original: editor.createModel(theirs, LANGUAGE, newAddress()),
      modified: editor.createModel(mine, LANGUAGE, newAddress()),
    });
    before?.original.dispose();
    before?.modified.dispose();
  }

  focus(): void {
    this.#view.focus();
  }

  dispose(): void {
    const model = this.#view.getModel();
    this.#view.dispose();
    model?.original.dispose();
    model?.modified.dispose();
  }
}
