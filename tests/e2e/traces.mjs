// Looks for words in every place where a window leaves traces: the page, what crosses to it, the memory of the process
// that draws it, the table of processes, what was printed, what was kept. Words are looked for by a part of them that
// is letters and digits, which JSON and percent-encoding leave alone, and in the forms that change it.

import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pageProcesses } from "./app.mjs";

/** Fifty looks in a second. */
const TICK = 20;
/** What a page shows and what is typed in it. */
const PAGE = `
  const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
  return [document.title, document.documentElement.outerHTML, ...fields].join("\\n");`;

/** Letters that nobody else writes, the same for each kind of secret of one run. */
export const newCanary = () => `CANARY${randomBytes(8).toString("hex")}`;

/** The longest part of a secret that is letters and digits. */
export function partOf(secret) {
  const [part] = (secret.match(/[A-Za-z0-9]+/g) ?? [""]).sort((a, b) => b.length - a.length);
  if (part.length < 7) throw new Error("No part of this secret can be told from other text.");
  return part.slice(0, 24);
}

/** How a word may be written. Base64 has three, by where in it the word begins; what its neighbours touch is cut off. */
export function formsOf(word) {
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.from("-".repeat(before) + word).toString("base64");
    return text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + word.length) * 8) / 6));
  });
  const hex = Buffer.from(word).toString("hex");
  return [
    ...[word, ...base64, hex, hex.toUpperCase()].map((form) => Buffer.from(form, "latin1")),
    ...[word, ...base64].map((form) => Buffer.from(form, "utf16le")),
  ];
}

export class Traces {
  #window;
  #home;
  #forms = [];
  #found = new Set();
  #commands = new Set();
  #titles = "";
  #looks = 0;
  #since = Date.now();
  #timer;

  /** Begins to watch the table of processes. */
  constructor(window, home, ...secrets) {
    this.#window = window;
    this.#home = home;
    for (const secret of secrets) this.learn(secret);
    this.#timer = setInterval(() => this.#lookAtProcesses(), TICK);
  }

  /** One more secret, which did not exist before. */
  learn(secret) {
    this.#forms.push(...formsOf(partOf(secret)));
  }

  /** Looks at the page and at the titles of all windows, as they are now. */
  async look() {
    if (this.#has(await this.#window.evaluate(PAGE))) this.#found.add("the page");
    // A window may go while its name is asked for; then the names before it still count.
    const { stdout } = spawnSync("xdotool", ["search", "--name", ".", "getwindowname", "%@"]);
    if (this.#has(stdout)) this.#found.add("a title");
    this.#titles += stdout;
  }

  /** Where a secret was or is, apart from the files below the home. */
  async places() {
    await this.look();
    this.#lookAtProcesses();
    if ([...this.#commands].some((line) => this.#has(line))) this.#found.add("the table of processes");
    if ((await this.ipc()).some((line) => this.#has(line))) this.#found.add("what crosses to the page");
    const pages = pageProcesses(this.#window);
    if (pages.length === 0) throw new Error("The page has no process.");
    if (pages.some((pid) => this.#isInMemory(pid))) this.#found.add("the memory of the page's process");
    if (this.#has(this.#window.log)) this.#found.add("what was printed");
    for (const file of this.files(this.#home.beside))
      if (!file.startsWith(this.#home.path)) this.#found.add(`the file ${file.slice(this.#home.beside.length + 1)}`);
    return [...this.#found].sort();
  }

  /** The files below a folder that have a secret in them. */
  files(folder) {
    return below(folder).filter((file) => this.#has(readFileSync(file)));
  }

  /** What crossed between page and engine: asked, answered, or told without being asked. Only the steered build tells. */
  async ipc() {
    return (await this.#window.evaluate("return window.__ipc")) ?? [];
  }

  /** How often in a second the table of processes was looked at, and which commands and titles were seen. */
  get watched() {
    const rate = (this.#looks * 1000) / (Date.now() - this.#since);
    return { rate, commands: [...this.#commands], titles: this.#titles };
  }

  stop() {
    clearInterval(this.#timer);
  }

  #has(text) {
    const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
    return this.#forms.some((form) => bytes.includes(form));
  }

  #lookAtProcesses() {
    this.#looks += 1;
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        this.#commands.add(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
      } catch {
        // It has ended meanwhile.
      }
    }
  }

  /** Reads what a process can write to. */
  #isInMemory(pid) {
    const memory = openSync(`/proc/${pid}/mem`, "r");
    try {
      for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
        const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
        if (from === undefined) continue;
        const start = BigInt(`0x${from}`);
        const size = Number(BigInt(`0x${to}`) - start);
        if (size > 1 << 29) continue;
        const bytes = Buffer.alloc(size);
        try {
          readSync(memory, bytes, 0, size, start);
        } catch {
          continue;
        }
        if (this.#has(bytes)) return true;
      }
    } finally {
      closeSync(memory);
    }
    return false;
  }
}

function below(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
