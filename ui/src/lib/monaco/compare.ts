// Two texts side by side, or one under the other where there is little room; only to look at.

import { Range, editor } from "monaco-editor/editor";
import type { ComparedPlace } from "../backend/generated/ComparedPlace";
import { fonts } from "./fonts";
import { LANGUAGE, newAddress } from "./language";

export class Compare {
  readonly #view: editor.IStandaloneDiffEditor;
  readonly #replaced: editor.IDiffEditorModel[] = [];
  #isCompared = true;
  #isOver = false;
  readonly #pointed: Record<"theirs" | "mine", editor.IEditorDecorationsCollection>;

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
    this.#pointed = {
      theirs: this.#view.getOriginalEditor().createDecorationsCollection(),
      mine: this.#view.getModifiedEditor().createDecorationsCollection(),
    };
    // Its own options for them are forgotten whenever another option changes.
    this.#view.onDidUpdateDiff(() => {
      this.#view.getOriginalEditor().updateOptions({ ariaLabel: labels.theirs });
      this.#view.getModifiedEditor().updateOptions({ ariaLabel: labels.mine });
      this.#isCompared = true;
      // Not while it tells of it.
      queueMicrotask(() => this.#clear());
    });
  }

  show(theirs: string, mine: string): void {
    const before = this.#view.getModel();
    if (before) this.#replaced.push(before);
    this.#isCompared = false;
    this.#view.setModel({
      original: editor.createModel(theirs, LANGUAGE, newAddress()),
      modified: editor.createModel(mine, LANGUAGE, newAddress()),
    });
  }

  /** Shows where on both sides a place is that is to be settled; none when none is. */
  point(place: ComparedPlace | undefined): void {
    const sides = [
      [this.#pointed.theirs, place?.theirLine, place?.theirLines],
      [this.#pointed.mine, place?.myLine, place?.myLines],
    ] as const;
    for (const [pointed, line, lines] of sides) {
      if (line === undefined || lines === undefined || lines === 0) pointed.clear();
      else {
        const options = { isWholeLine: true, linesDecorationsClassName: "settled-here" };
        pointed.set([{ range: new Range(line, 1, line + lines - 1, 1), options }]);
      }
    }
    if (place !== undefined) this.#view.getModifiedEditor().revealLineInCenterIfOutsideViewport(place.myLine);
  }

  focus(): void {
    this.#view.focus();
  }

  /** Texts that are still being compared must not go: Monaco would miss its answer. */
  dispose(): void {
    this.#isOver = true;
    this.#clear();
  }

  #clear(): void {
    if (!this.#isCompared) return;
    const shown = this.#view.getModel();
    if (this.#isOver) {
      this.#view.dispose();
      if (shown) this.#replaced.push(shown);
    }
    for (const { original, modified } of this.#replaced.splice(0)) {
      original.dispose();
      modified.dispose();
    }
  }
}
