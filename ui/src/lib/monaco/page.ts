// The text of one draft while the window lives: Monaco's model, its undo, and where the cursor was when its view was left.
// A text with secrets and the same text without them are two models, so that no undo leads from one to the other.

import { editor, MarkerSeverity, Range } from "monaco-editor/editor";
import type { Marker } from "../backend/generated/Marker";
import type { OutlineEntry } from "../backend/generated/OutlineEntry";
import type { Severity } from "../backend/generated/Severity";
import type { TextChange } from "../backend/generated/TextChange";
import type { OpenDraft, Paper } from "../stores/draft.svelte";
import { markerText } from "../words/editor";
import { lineEdits } from "./edits";
import { LANGUAGE, newAddress, sectionsChanged } from "./language";

const OWNER = "rolecall";
const severities: Record<Severity, MarkerSeverity> = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  info: MarkerSeverity.Info,
};

const pages = new WeakMap<OpenDraft, Page>();
const byModel = new WeakMap<editor.ITextModel, Page>();

export const pageFor = (model: editor.ITextModel): Page | undefined => byModel.get(model);

/** The page of a draft, which is open; made the first time. */
export function pageOf(draft: OpenDraft): Page {
  const page = pages.get(draft) ?? new Page(draft);
  pages.set(draft, page);
  return page;
}

export class Page implements Paper {
  readonly #draft: OpenDraft;
  #model: editor.ITextModel;
  #isTyped = true;
  #marks: readonly Marker[] = [];
  #markers: editor.IMarkerData[] = [];
  #sections: readonly OutlineEntry[] = [];
  /** Where its view was left. */
  viewState: editor.ICodeEditorViewState | null = null;
  /** The text is another model now. */
  onfresh: () => void = () => undefined;
  /** Changes the text so that what is in view stays in view. */
  inView: (change: () => void) => void = (change) => change();

  constructor(draft: OpenDraft) {
    this.#draft = draft;
    this.#model = this.#make(draft.draft?.text ?? "");
    draft.isShownOn(this);
  }

  get model(): editor.ITextModel {
    return this.#model;
  }
  get marks(): readonly Marker[] {
    return this.#marks;
  }
  /** The marks as Monaco has them, in the same order. */
  get markers(): readonly editor.IMarkerData[] {
    return this.#markers;
  }
  get sections(): readonly OutlineEntry[] {
    return this.#sections;
  }
  get text(): string {
    return this.#model.getValue(editor.EndOfLinePreference.LF);
  }

  replace(text: string, fresh: boolean): void {
    if (fresh) {
      const old = this.#model;
      this.#model = this.#make(text);
      this.onfresh();
      old.dispose();
      this.find(this.#marks, this.#sections);
      return;
    }
    const edits = lineEdits(this.#model.getLinesContent(), text.split("\n"));
    if (edits.length === 0) return;
    const operations = edits.map((edit) => this.#operation(edit));
    this.#isTyped = false;
    this.inView(() => {
      this.#model.pushStackElement();
      this.#model.pushEditOperations(null, operations, () => null);
      this.#model.pushStackElement();
    });
    this.#isTyped = true;
  }

  /** What the engine found in the text. */
  find(marks: readonly Marker[], sections: readonly OutlineEntry[]): void {
    const isSame = sections === this.#sections;
    this.#marks = marks;
    this.#sections = sections;
    this.#markers = marks.map((mark) => ({
      severity: severities[mark.severity],
      message: markerText(mark),
      startLineNumber: mark.startLine,
      startColumn: mark.startColumn,
      endLineNumber: mark.endLine,
      endColumn: mark.endColumn,
    }));
    editor.setModelMarkers(this.#model, OWNER, this.#markers);
    // Monaco asks all who fold; which one has changed is not looked at.
    if (!isSame) sectionsChanged.fire({ provideFoldingRanges: () => undefined });
  }

  #make(text: string): editor.ITextModel {
    const model = editor.createModel(text, LANGUAGE, newAddress());
    model.setEOL(editor.EndOfLineSequence.LF);
    model.updateOptions({ tabSize: 4, insertSpaces: true, trimAutoWhitespace: false });
    byModel.set(model, this);
    model.onDidChangeContent(({ changes }) => {
      if (this.#isTyped) this.#draft.typed(inOrder(changes));
    });
    return model;
  }

  /** Whole lines, together with the line break that they have in common with a neighbour. */
  #operation({ start, end, lines }: { start: number; end: number; lines: readonly string[] }) {
    const count = this.#model.getLineCount();
    const text = lines.join("\n");
    if (start === end) {
      // Lines come in front of this one, or behind the last.
      const isEnd = start >= count;
      const line = isEnd ? count : start + 1;
      const column = isEnd ? this.#model.getLineMaxColumn(count) : 1;
      return { range: new Range(line, column, line, column), text: isEnd ? `\n${text}` : `${text}\n` };
    }
    if (lines.length > 0) return { range: new Range(start + 1, 1, end, this.#model.getLineMaxColumn(end)), text };
    // Lines go with the line break behind them; the last ones, with that in front.
    if (end < count) return { range: new Range(start + 1, 1, end + 1, 1), text };
    const column = start === 0 ? 1 : this.#model.getLineMaxColumn(start);
    return { range: new Range(Math.max(start, 1), column, end, this.#model.getLineMaxColumn(end)), text };
  }
}

/** From the end of the text to its start: each then stands where the text was not changed yet. */
const inOrder = (changes: readonly editor.IModelContentChange[]): TextChange[] =>
  [...changes]
    .sort((one, other) => other.rangeOffset - one.rangeOffset)
    .map(({ range, text }) => ({
      startLine: range.startLineNumber,
      startColumn: range.startColumn,
      endLine: range.endLineNumber,
      endColumn: range.endColumn,
      text,
    }));
