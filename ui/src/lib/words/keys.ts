// Keys as they are called on this keyboard, and the list of all of them.

import { SCREENS } from "./screens";

const isMac = /mac/i.test(navigator.platform);

/** Ctrl, or Cmd on a Mac, is held down. */
export const isMod = (event: KeyboardEvent): boolean => (isMac ? event.metaKey : event.ctrlKey) && !event.altKey;

const mod = isMac ? "⌘" : "Ctrl";
const alt = isMac ? "⌥" : "Alt";

/** `Ctrl S`. */
export const keyOf = (key: string): string => `${mod} ${key}`;
/** Ctrl, Shift and this letter. */
export const isModShift = (event: KeyboardEvent, letter: string): boolean =>
  isMod(event) && event.shiftKey && event.key.toLowerCase() === letter;

export const TOKEN_KEYS = `${mod} Shift Y`;
export const PASTE_KEYS = `${mod} Shift V`;

export const shortcuts: readonly { title: string; keys: readonly { keys: readonly string[]; does: string }[] }[] = [
  {
    title: "Anywhere",
    keys: [
      { keys: [`${mod} 1`, `${mod} ${SCREENS.length}`], does: "Open a view, in the order of the sidebar" },
      { keys: [`${mod} N`], does: "New profile" },
      { keys: [`${alt} ←`, `${alt} →`], does: "Back and forward" },
      { keys: ["F6", "Shift F6"], does: "Next and previous pane" },
      { keys: ["/", `${mod} F`], does: "Filter the list" },
      { keys: [`${mod} Z`], does: "Undo the last change of the files; in a text, of the text" },
      { keys: [PASTE_KEYS], does: "Paste AWS keys" },
      { keys: ["?", `${mod} /`], does: "These shortcuts" },
    ],
  },
  {
    title: "In a list",
    keys: [
      { keys: ["↑", "↓", "Home", "End"], does: "Select a row" },
      { keys: ["Page Up", "Page Down"], does: "Select a row a page away" },
      { keys: ["A–Z"], does: "Select by the first letters" },
      { keys: ["Enter", "→"], does: "Go into what is selected" },
      { keys: ["Esc", "←"], does: "Back to the list" },
    ],
  },
  {
    title: "In a graph",
    keys: [
      { keys: ["←", "→"], does: "Along the arrows" },
      { keys: ["↑", "↓"], does: "Through all steps" },
      { keys: ["Enter"], does: "Open the profile" },
    ],
  },
  {
    title: "As whom you work",
    keys: [
      { keys: [`${mod} Shift A`], does: "Choose the account" },
      { keys: [`${mod} Shift R`], does: "Choose its role" },
      { keys: [`${mod} Shift G`], does: "Choose the region" },
      { keys: [`${mod} Shift N`], does: "New account" },
      { keys: [TOKEN_KEYS], does: "Go to the question that waits" },
    ],
  },
  {
    title: "With what is open",
    keys: [
      { keys: [`${mod} Enter`], does: "Assume the role, or use the account" },
      { keys: [`${mod} Shift C`], does: "Copy for the shell" },
      { keys: [`${mod} R`], does: "Verify: ask AWS who you are" },
      { keys: ["F2"], does: "Rename the profile" },
      { keys: ["Delete"], does: "Delete the profile, after a question" },
    ],
  },
  {
    title: "In Problems",
    keys: [{ keys: ["F8", "Shift F8"], does: "Next and previous problem" }],
  },
  {
    title: "In the file editor",
    keys: [
      { keys: [`${mod} S`], does: "Save" },
      { keys: [`${mod} P`], does: "Go to a section" },
      { keys: [`${mod} .`], does: "Fix what is under the cursor" },
      { keys: ["F8", "Shift F8"], does: "Next and previous problem" },
      { keys: [`${mod} F`], does: "Find in the text" },
      { keys: [`${mod} M`], does: "Let Tab move the focus" },
    ],
  },
];
