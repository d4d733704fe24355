// Opens the built window on a home, as a person would start it, with nothing else of this computer's in sight.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { app, steeredApp, target } from "../../scripts/build.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { launch, role } from "./wd.mjs";

/** A command to run the window under so that permissions bind it; root alone would read a file of mode 000. */
export const boundByPermissions =
  process.getuid() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];

/**
 * Starts the window on `home`; answers its page (see `wd.mjs`). With `clock`, a file, it is the build whose clock is as
 * many seconds ahead as that file says; without it, the one that people get.
 */
export function openWindow(home, { args = [], env = {}, prefix = [], clock } = {}) {
  const environment = { ...environmentOf(home.path, home.beside), ...env };
  if (clock) environment.ROLECALL_TEST_CLOCK = clock;
  const pictures = join(target, "e2e");
  return launch({ binary: clock ? steeredApp : app, args, prefix, env: environment, pictures });
}

/** The row of a profile in the list. What a row is called begins with the profile's name. */
export const profileRow = (name) => role("option", new RegExp(`^${name.replaceAll(/[^\w]/g, "\\$&")}(?=[\\s,]|$)`));

/** The part that shows the selected profile. */
export const detail = role("complementary");
export const inDetail = (of, name) => role(of, name, { within: detail });

/** A view's entry in the sidebar. */
export const entry = (name) => role("link", new RegExp(`^${name}`), { within: role("navigation") });

/** Types into the filter of the list that is open. */
export async function filter(window, words) {
  await window.click(role("searchbox"));
  await window.press("Control+a", "Backspace");
  if (words) await window.type(words);
}

/** Types into fields of the sheet that is open, by their names. */
export async function fill(window, fields) {
  for (const [name, value] of Object.entries(fields)) {
    await window.click(role("textbox", name, { within: role("dialog") }));
    await window.press("Control+a");
    await window.type(value);
  }
}

/** Opens a profile out of the list of profiles. */
export async function open(window, name) {
  await filter(window, name);
  await window.click(profileRow(name));
  await window.see(inDetail("heading", name));
}

/** What another program copies: there once it can be read back, for xclip ends before its words are on offer. */
export async function copyElsewhere(window, words) {
  execFileSync("xclip", ["-selection", "clipboard"], { input: words, stdio: ["pipe", "ignore", "ignore"] });
  await window.until("the clipboard to have what was copied elsewhere", () => clipboard() === words);
}

/** What another program would paste. */
export function clipboard() {
  try {
    return execFileSync("xclip", ["-selection", "clipboard", "-o"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}

/** The processes that draw the page: those whose ancestor is the window that this test opened. */
export function pageProcesses(window) {
  const parents = new Map();
  const pages = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      parents.set(pid, stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      if (stat.includes("(WebKitWebProces")) pages.push(pid);
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid) => pid !== undefined && (pid === String(window.pid) || isOurs(parents.get(pid)));
  return pages.filter(isOurs);
}

/** The file editor's text, as far as it is in view, and a few things that are said over it. */
export const editor = {
  /** Opens the view, and one of the two files in it. */
  async open(window, file) {
    await window.click(entry("File editor"));
    await window.click(role("tab", new RegExp(`^${file}`)));
    await window.until("the text to be there", async () => (await editor.text(window)).length > 0);
  },
  /** Puts the cursor at the end of the line that opens a section. */
  async goTo(window, section) {
    await filter(window, section);
    await window.click(role("option", new RegExp(`^${section.replaceAll(/[^\w]/g, "\\$&")}(?=[\\s,]|$)`)));
    await window.press("Enter");
    await window.until("the text to have the focus", async () => (await window.focused()).includes("Text of "));
    await window.press("End");
  },
  /** The lines in view, top to bottom. */
  text: (window) =>
    window.evaluate(`
      const lines = [...document.querySelectorAll(".monaco-editor .view-line")];
      return lines.sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
        .map((line) => line.textContent.replaceAll("\\u00a0", " ")).join("\\n");`),
  /** Waits until the text in view has these words. */
  shows: (window, words) =>
    window.until(`the text to have ${words}`, async () => (await editor.text(window)).includes(words)),
  mark: (words) => role("option", words, { within: role("listbox", "Problems in this file") }),
};
