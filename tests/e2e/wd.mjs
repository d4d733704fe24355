// A small W3C WebDriver client for the real window: fetch to WebKitWebDriver, no package.
// Tests act as a person does. Clicks and keys go through WebDriver alone; script in the page only looks, and what a
// thing is called is asked of WebKit's own accessibility tree.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { Keys } from "./keys.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** How long anything may take before a test gives up: generous, because the machine may be busy. */
const PATIENCE = 20_000;
/** Answers after which the same thing is simply tried again: the page was drawing. */
const MOVING = /stale element|no such element|not interactable|click intercepted/;

/** What to look for. `name` is exact text or a pattern; `within` narrows to one place. */
export const role = (of, name, { within } = {}) => ({ role: of, name, within });
export const text = (of, { within } = {}) => ({ text: of, within });
export const css = (selector, { within } = {}) => ({ css: selector, within });

/**
 * Starts `binary` under a driver of its own; `env` is its whole environment, `prefix` a command that both run
 * under, `pictures` the folder for a picture of each wait that gave up.
 */
export async function launch({ binary, args = [], env, prefix = [], pictures }) {
  const port = await freePort();
  const line = [...prefix, "WebKitWebDriver", `--port=${port}`, "--host=127.0.0.1"];
  // The app is a child of the driver and gets its environment; without the two variables it never answers.
  const automation = { TAURI_AUTOMATION: "true", TAURI_WEBVIEW_AUTOMATION: "true" };
  const driver = spawn(line[0], line.slice(1), {
    env: { ...env, ...automation },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const page = new Page(driver, `http://127.0.0.1:${port}`, pictures);
  try {
    await page.begin({ binary, args });
  } catch (error) {
    await page.close();
    throw new Error(`The window did not open: ${error.message}\n${page.log}`);
  }
  return page;
}

export class Page {
  /** What the app and the driver printed. */
  log = "";
  #driver;
  #gone;
  #address;
  #pictures;
  #session;

  constructor(driver, address, pictures) {
    this.#driver = driver;
    this.#address = address;
    this.#pictures = pictures;
    this.#gone = new Promise((done) => driver.once("exit", done).once("error", done));
    for (const stream of [driver.stdout, driver.stderr]) stream.on("data", (bytes) => (this.log += bytes));
  }

  async begin({ binary, args }) {
    for (const end = Date.now() + PATIENCE; ; await pause(50)) {
      const answer = await this.#call("GET", "/status").catch((error) => error);
      if (answer?.ready) break;
      if (Date.now() > end) throw new Error(`the driver did not answer: ${inspect(answer)}`);
    }
    const wish = { "webkitgtk:browserOptions": { binary, args } };
    const { sessionId } = await this.#call("POST", "/session", { capabilities: { alwaysMatch: wish } }, 60_000);
    this.#session = `/session/${sessionId}`;
  }

  // --- looking ---

  /** The process that all of the window's processes descend from. */
  get pid() {
    return this.#driver.pid;
  }

  /** Every visible element that fits, in the order of the page. */
  async all({ role, name, text, css, within }) {
    const scope = within ? (await this.all(within))[0] : null;
    if (within && !scope) return [];
    const found = await this.evaluate(CANDIDATES, { role, name: plain(name), text: plain(text), css }, scope);
    if (!role) return found;
    const fitting = [];
    for (const element of found) {
      if ((await this.#ask(element, "computedrole")) !== role) continue;
      if (name === undefined || fits(name, await this.#ask(element, "computedlabel"))) fitting.push(element);
    }
    return fitting;
  }

  /** Waits until `what` is there and answers the element. */
  see(what) {
    return this.until(`${describe(what)} to be there`, async () => (await this.all(what))[0]);
  }

  /** Waits until `what` is not there. */
  miss(what) {
    return this.until(`${describe(what)} to be gone`, async () => (await this.all(what)).length === 0);
  }

  /** The text a person reads there. */
  async read(what) {
    return this.#steady(what, (element) => this.#ask(element, "text"));
  }

  /** What a screen reader calls it. */
  async nameOf(what) {
    return this.#steady(what, (element) => this.#ask(element, "computedlabel"));
  }

  async attribute(what, name) {
    return this.#steady(what, (element) => this.#ask(element, `attribute/${name}`));
  }

  /** `role "name"` of what has the focus. */
  async focused() {
    const element = await this.#in("GET", "element/active");
    return `${await this.#ask(element, "computedrole")} "${await this.#ask(element, "computedlabel")}"`;
  }

  /** What went wrong inside the page: policy reports, console errors, rejections. Must be `[]`. */
  errors() {
    return this.evaluate("return window.__errors ?? ['the page keeps no list of errors']");
  }

  title() {
    return this.#in("GET", "title");
  }

  /** Runs script in the page, to look only. */
  evaluate(script, ...args) {
    return this.#in("POST", "execute/sync", { script, args });
  }

  /** Waits until `look` answers something true, and answers it; says what it saw last when it never does. */
  async until(sentence, look, patience = PATIENCE) {
    let last;
    for (const end = Date.now() + patience; Date.now() < end; await pause(50)) {
      try {
        last = await look();
        if (last) return last;
      } catch (error) {
        last = error;
      }
    }
    throw new Error(`Waited ${patience / 1000} s for ${sentence}.\n${await this.#scene(last, sentence)}`);
  }

  // --- acting ---

  click(what) {
    return this.#steady(what, (element) => this.#in("POST", `element/${id(element)}/click`, {}));
  }

  /** Presses keys one after another: `press("Control+k")`, `press("ArrowDown", "Enter")`. */
  async press(...keys) {
    for (const key of keys) await this.#keys(Keys.chord(key));
  }

  /** Types text where the focus is, key by key. */
  type(words) {
    return this.#keys([...words].flatMap((value) => Keys.chord(value)));
  }

  /** Chooses a file of this computer for a field that takes one, as in the system's own dialog. */
  choose(what, path) {
    return this.#steady(what, (element) => this.#in("POST", `element/${id(element)}/value`, { text: path }));
  }

  goTo(url) {
    return this.#in("POST", "url", { url });
  }

  /** A picture of the page as it is drawn, not as it was a frame ago. */
  async screenshot(file) {
    const drawn = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
    await this.#in("POST", "execute/async", { script: drawn, args: [] });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(await this.#in("GET", "screenshot"), "base64"));
    return file;
  }

  /** Ends the window, its helpers and the driver: the process group started here and nothing else. */
  async close() {
    if (this.#session) await this.#call("DELETE", this.#session, undefined, 3000).catch(() => {});
    this.#signal("SIGTERM");
    await Promise.race([this.#gone, pause(5000, undefined, { ref: false })]);
    this.#signal("SIGKILL");
    await this.#gone;
  }

  // --- underneath ---

  /** Does something to an element once it is there, again when the page redrew it meanwhile. */
  async #steady(what, act) {
    let answer;
    await this.until(`${describe(what)} to be there`, async () => {
      const [element] = await this.all(what);
      if (!element) return false;
      answer = await act(element).catch((error) => {
        if (MOVING.test(error.message)) return MOVING;
        throw error;
      });
      return answer !== MOVING;
    });
    return answer;
  }

  async #scene(last, sentence) {
    const name = sentence.replaceAll(/[^\w]+/g, "-").slice(0, 60);
    const file = join(this.#pictures, `${Date.now()}-${name}.png`);
    const picture = await this.screenshot(file).catch((error) => `none (${error.message})`);
    const screen = await this.evaluate("return document.body.innerText").catch(String);
    const errors = await this.errors().catch(String);
    return [
      `Seen last: ${inspect(last)}`,
      `Errors in the page: ${inspect(errors)}`,
      `Picture: ${picture}`,
      `On screen: ${screen.slice(0, 1500)}`,
      this.log && `Printed: ${this.log.slice(-1500)}`,
    ].join("\n");
  }

  #keys(actions) {
    return this.#in("POST", "actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  #ask(element, of) {
    return this.#in("GET", `element/${id(element)}/${of}`);
  }

  #in(method, path, body) {
    return this.#call(method, `${this.#session}/${path}`, body);
  }

  async #call(method, path, body, patience = PATIENCE) {
    const answer = await fetch(this.#address + path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }

  #signal(name) {
    try {
      process.kill(-this.#driver.pid, name);
    } catch {
      // The whole group has gone already.
    }
  }
}

/** Runs in the page: visible elements that may fit, those that show the name first. WebKit then says what they are. */
const CANDIDATES = `
  const [{ role, name, text, css }, scope] = arguments;
  const tags = { button: "button,summary,input", link: "a", heading: "h1,h2,h3,h4,h5,h6", navigation: "nav", main: "main",
    complementary: "aside", banner: "header", contentinfo: "footer", textbox: "input,textarea", searchbox: "input",
    checkbox: "input", radio: "input", combobox: "select,input", list: "ul,ol", listitem: "li", img: "img,svg",
    option: "option", table: "table", row: "tr", cell: "td", columnheader: "th", region: "section", separator: "hr",
    dialog: "dialog", form: "form", group: "fieldset,details", status: "output", article: "article", progressbar: "progress" };
  const selector = css ?? (role ? '[role="' + role + '"]' + (tags[role] ? "," + tags[role] : "") : "*");
  const seen = [...(scope ?? document).querySelectorAll(selector)].filter((one) =>
    one.checkVisibility({ visibilityProperty: true }) && !one.closest('[aria-hidden="true"],[inert]'));
  const fits = (wish, words) => wish.pattern ? new RegExp(wish.pattern, wish.flags).test(words) : wish.words === words;
  if (text) {
    const own = (one) => one.innerText?.replace(/\\s+/g, " ").trim() ?? "";
    const all = seen.filter((one) => fits(text, own(one)));
    return all.filter((one) => !all.some((other) => other !== one && one.contains(other)));
  }
  if (!name?.words) return seen;
  const shows = (one) => (one.textContent + " " + one.ariaLabel).includes(name.words);
  return [...seen.filter(shows), ...seen.filter((one) => !shows(one) && (one.hasAttribute("aria-labelledby") || one.labels?.length))];
`;

const id = (element) => element[ELEMENT];
const fits = (wish, words) => (wish instanceof RegExp ? wish.test(words) : wish === words);
const plain = (wish) =>
  wish instanceof RegExp ? { pattern: wish.source, flags: wish.flags } : wish && { words: wish };

function describe({ role, name, text, css, within }) {
  const what = css ?? (text ? `the text ${inspect(text)}` : [role, name && inspect(name)].filter(Boolean).join(" "));
  return within ? `${what} in ${describe(within)}` : what;
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
