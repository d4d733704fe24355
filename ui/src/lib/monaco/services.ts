// What Monaco asks about a text: its colours, its folds, its fixes. Folds and fixes are the engine's answers.

import { languages, type editor } from "monaco-editor/editor";
import { configuration, LANGUAGE, sectionsChanged, tokens } from "./language";
import { pageFor } from "./page";

export function registerLanguage(): void {
  languages.register({ id: LANGUAGE });
  languages.setMonarchTokensProvider(LANGUAGE, tokens);
  languages.setLanguageConfiguration(LANGUAGE, configuration);
  languages.registerFoldingRangeProvider(LANGUAGE, { provideFoldingRanges: folds, onDidChange: sectionsChanged.event });
  languages.registerCodeActionProvider(
    LANGUAGE,
    { provideCodeActions: fixes },
    { providedCodeActionKinds: ["quickfix"] },
  );
}

/** From each section's bracket to the last line of text before the next one. */
function folds(model: editor.ITextModel): languages.FoldingRange[] {
  const sections = pageFor(model)?.sections ?? [];
  const lines = model.getLineCount();
  return sections.flatMap(({ line: start }, at) => {
    let end = Math.min((sections[at + 1]?.line ?? lines + 1) - 1, lines);
    while (end > start && model.getLineLength(end) === 0) end -= 1;
    return end > start ? [{ start, end }] : [];
  });
}

/** The fixes of the marks that the range touches. */
function fixes(
  model: editor.ITextModel,
  range: { startLineNumber: number; endLineNumber: number },
): languages.CodeActionList {
  const page = pageFor(model);
  const marks = (page?.marks ?? []).filter(
    (mark) => mark.startLine <= range.endLineNumber && range.startLineNumber <= mark.endLine,
  );
  const resource = model.uri;
  const versionId = model.getVersionId();
  const actions = marks.flatMap((mark) =>
    mark.fixes.map((fix) => ({
      title: fix.title,
      kind: "quickfix",
      isPreferred: fix.safety === "safe",
      diagnostics: page?.markers.filter((_, at) => page.marks[at] === mark) ?? [],
      edit: {
        edits: fix.changes.map((change) => ({
          resource,
          versionId,
          textEdit: {
            range: {
              startLineNumber: change.startLine,
              startColumn: change.startColumn,
              endLineNumber: change.endLine,
              endColumn: change.endColumn,
            },
            text: change.text,
          },
        })),
      },
    })),
  );
  return { actions, dispose: () => undefined };
}
