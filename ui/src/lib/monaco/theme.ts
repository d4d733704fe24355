// Monaco's colours, made of the page's own: it takes no custom properties, so they are read from the page whenever the
// theme changes.

import { editor } from "monaco-editor/editor";

/** Monaco's name of a colour, and ours; two digits after it make it see-through. */
const colours: Record<string, string> = {
  "editor.background": "--bg",
  "editor.foreground": "--c-val",
  "editorLineNumber.foreground": "--text-3",
  "editorLineNumber.activeForeground": "--text",
  "editorCursor.foreground": "--text",
  "editor.lineHighlightBackground": "--bg-hover",
  "editor.lineHighlightBorder": "--bg-hover",
  "editor.selectionBackground": "--bg-selected",
  "editor.inactiveSelectionBackground": "--bg-press",
  "editor.selectionHighlightBackground": "--accent 22",
  "editor.wordHighlightBackground": "--accent 22",
  "editor.findMatchBackground": "--warn-line",
  "editor.findMatchHighlightBackground": "--warn-soft",
  "editor.findMatchHighlightBorder": "--warn-line",
  "editor.rangeHighlightBackground": "--bg-hover",
  "editor.foldBackground": "--bg-sunken",
  "editorGutter.foldingControlForeground": "--text-3",
  "editorError.foreground": "--err",
  "editorWarning.foreground": "--warn-fill",
  "editorInfo.foreground": "--accent",
  "editorLightBulb.foreground": "--accent-text",
  "editorLightBulbAutoFix.foreground": "--accent-text",
  "editorOverviewRuler.border": "--bg",
  "editorOverviewRuler.errorForeground": "--err",
  "editorOverviewRuler.warningForeground": "--warn-fill",
  "editorOverviewRuler.infoForeground": "--accent",
  "editorWidget.background": "--bg-raised",
  "editorWidget.foreground": "--text",
  "editorWidget.border": "--line-strong",
  "editorHoverWidget.background": "--bg-raised",
  "editorHoverWidget.foreground": "--text",
  "editorHoverWidget.border": "--line-strong",
  "editorHoverWidget.statusBarBackground": "--bg-sunken",
  "editorHoverWidget.highlightForeground": "--accent-text",
  "editorActionList.background": "--bg-raised",
  "editorActionList.foreground": "--text",
  "editorActionList.focusBackground": "--bg-selected",
  "editorActionList.focusForeground": "--text",
  "editorMarkerNavigation.background": "--bg-raised",
  "editorMarkerNavigationError.background": "--err-line",
  "editorMarkerNavigationError.headerBackground": "--err-soft",
  "editorMarkerNavigationWarning.background": "--warn-line",
  "editorMarkerNavigationWarning.headerBackground": "--warn-soft",
  "editorMarkerNavigationInfo.background": "--line-strong",
  "editorMarkerNavigationInfo.headerBackground": "--bg-sunken",
  "textLink.foreground": "--accent-text",
  "textLink.activeForeground": "--accent-text",
  "input.background": "--bg-field",
  "input.foreground": "--text",
  "input.border": "--line-field",
  "input.placeholderForeground": "--text-3",
  "inputOption.activeBackground": "--bg-selected",
  "inputOption.activeForeground": "--accent-text",
  "inputOption.activeBorder": "--accent",
  "inputValidation.infoBackground": "--bg-raised",
  "inputValidation.infoForeground": "--text",
  "inputValidation.infoBorder": "--line-strong",
  focusBorder: "--focus",
  foreground: "--text",
  descriptionForeground: "--text-2",
  "icon.foreground": "--text-2",
  "keybindingLabel.background": "--bg-sunken",
  "keybindingLabel.foreground": "--text-2",
  "keybindingLabel.border": "--line",
  "keybindingLabel.bottomBorder": "--line",
  "menu.background": "--bg-raised",
  "menu.foreground": "--text",
  "quickInputList.focusBackground": "--bg-selected",
  "scrollbar.shadow": "--line",
  "scrollbarSlider.background": "--line-strong 99",
  "scrollbarSlider.hoverBackground": "--line-strong",
  "scrollbarSlider.activeBackground": "--line-field",
  "widget.shadow": "--line-strong 66",
  "diffEditor.insertedLineBackground": "--add",
  "diffEditor.insertedTextBackground": "--add-mark 33",
  "diffEditor.removedLineBackground": "--del",
  "diffEditor.removedTextBackground": "--del-mark 33",
  "diffEditor.border": "--line",
  "diffEditor.unchangedRegionBackground": "--bg-sunken",
  "diffEditor.unchangedRegionForeground": "--text-2",
  "diffEditor.unchangedRegionShadow": "--bg",
  "diffEditorOverview.insertedForeground": "--add-mark",
  "diffEditorOverview.removedForeground": "--del-mark",
};

const rules: Record<string, [colour: string, style?: string]> = {
  section: ["--c-section", "bold"],
  key: ["--c-key"],
  sign: ["--text-3"],
  value: ["--c-val"],
  comment: ["--c-com"],
  hidden: ["--text-3"],
};

/** Draws every editor as the page is drawn now. */
export function drawTheme({ isDark, isContrast }: { isDark: boolean; isContrast: boolean }): void {
  const page = getComputedStyle(document.documentElement);
  const read = (name: string) =>
    hex(page.getPropertyValue(name.split(" ")[0] ?? "").trim()) + (name.split(" ")[1] ?? "");
  const base = isContrast ? (isDark ? "hc-black" : "hc-light") : isDark ? "vs-dark" : "vs";
  editor.defineTheme("rolecall", {
    base,
    inherit: true,
    colors: Object.fromEntries(Object.entries(colours).map(([name, ours]) => [name, read(ours)])),
    rules: Object.entries(rules).map(([token, [colour, fontStyle]]) => ({
      token,
      foreground: read(colour),
      fontStyle,
    })),
  });
  editor.setTheme("rolecall");
}

/** `#abc` as `#aabbcc`, which is the only way that Monaco reads everywhere. */
const hex = (colour: string): string => (/^#...$/.test(colour) ? colour.replace(/[^#]/g, "$&$&") : colour);
