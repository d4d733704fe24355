// What is drawn otherwise than it is written: hidden secrets as quiet pills, and bytes that are no UTF-8 as `\xE9`. Only
// for the lines in view, so that a file of any length costs the same.

import { Range, type editor } from "monaco-editor/editor";
import { HIDDEN } from "./language";

/** The engine writes such a byte as one character: this one plus the byte. */
const FIRST_BYTE = 0x10ff00;
const BYTE = /[\u{10FF00}-\u{10FFFF}]/gu;

export const byteName = (character: string): string =>
  `\\x${((character.codePointAt(0) ?? FIRST_BYTE) - FIRST_BYTE).toString(16).toUpperCase().padStart(2, "0")}`;

/** Keeps the drawing up to date while the text and the view change. */
export function drawGlyphs(view: editor.IStandaloneCodeEditor): void {
  const drawn = view.createDecorationsCollection();
  const draw = () => {
    const model = view.getModel();
    if (model === null) return;
    const decorations = view.getVisibleRanges().flatMap(({ startLineNumber, endLineNumber }) => {
      const lines = Array.from({ length: endLineNumber - startLineNumber + 1 }, (_, at) => startLineNumber + at);
      return lines.flatMap((line) => onLine(line, model.getLineContent(line)));
    });
    drawn.set(decorations);
  };
  view.onDidChangeModel(draw);
  view.onDidChangeModelContent(draw);
  view.onDidScrollChange(draw);
  view.onDidLayoutChange(draw);
  view.onDidChangeHiddenAreas(draw);
}

function onLine(line: number, text: string): editor.IModelDeltaDecoration[] {
  const at = (index: number, length: number) => new Range(line, index + 1, line, index + 1 + length);
  const hidden = [...text.matchAll(new RegExp(HIDDEN, "g"))].map((match) => ({
    range: at(match.index, match[0].length),
    options: { inlineClassName: "hidden-secret", stickiness: 1 },
  }));
  const bytes = [...text.matchAll(BYTE)].map((match) => ({
    range: at(match.index, match[0].length),
    options: {
      inlineClassName: "raw-byte",
      inlineClassNameAffectsLetterSpacing: true,
      before: { content: byteName(match[0]), inlineClassName: "raw-byte-name" },
    },
  }));
  return [...hidden, ...bytes];
}
