// The text editor, loaded when it is first wanted. Monaco's core and only the parts that a list of sections needs: its
// languages, their services and its menus stay out. Its worker is a file of the page, because the policy allows no other.

import "monaco-editor/features/codeAction/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/diffEditor/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/folding/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/lineSelection/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/readOnlyMessage/register";
import "monaco-editor/features/toggleTabFocusMode/register";
import "monaco-editor/features/wordOperations/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import "./monaco.css";
import { registerLanguage } from "./services";

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
registerLanguage();

export { Compare } from "./compare";
export { pageOf, type Page } from "./page";
export { TextEditor } from "./text-editor";
export { drawTheme } from "./theme";
