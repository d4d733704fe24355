// Watches, inside the page of the real window, how long it takes until something is on screen. Script here only looks;
// what is done is done by WebDriver's keys or by another program on disk.
// The clock runs from the event, or from the moment another program was done, to the frame after the one in which the
// list had changed: that is when a person can see it.

const PATIENCE = 60_000;

/** What is watched for; each answers true in the page once it is there. */
const WATCHES = `
  const options = () => [...document.querySelectorAll("[role=option]")];
  const named = (name) => options().some((option) => option.textContent.includes(name));
  const height = () => document.querySelector("[role=listbox] > *")?.style.height;
  const marks = () => document.querySelector("section[aria-label='Problems in this file'] h3")?.textContent;
  const marked = marks();
  const asked = "dialog[open] h2, [role=region][aria-label=Question]";
  const look = () => [document.querySelector("h1")?.textContent, height(), ...options().map((option) => option.textContent)].join();
  const kinds = {
    rows: () => options().length > 0,
    list: (before) => look() !== before,
    view: (before) => look() !== before && document.querySelector("h1")?.textContent !== before.split(",")[0],
    there: (before, name) => named(name),
    gone: (before, name) => options().length > 0 && !named(name),
    marks: () => marks() !== undefined && marks() !== marked,
    asked: () => [...document.querySelectorAll(asked)].some((one) => one.textContent.includes("Session Token Changed")),
  };
`;

/** Begins to watch; the clock starts with the next event of the name `from`, if there is one. */
const BEGIN = `${WATCHES}
  const [kind, from, name] = arguments;
  const before = look();
  const watch = (window.__watch = { began: undefined, seen: undefined, at: undefined });
  if (from) addEventListener(from, (event) => (watch.began = event.timeStamp), { capture: true, once: true });
  const painted = () => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { watch.seen = performance.now(); watch.at = Date.now(); };
    requestAnimationFrame(() => channel.port2.postMessage(0));
  };
  const check = () => {
    if ((from && watch.began === undefined) || !kinds[kind](before, name)) return;
    observer.disconnect();
    painted();
  };
  const observer = new MutationObserver(check);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  check();
`;

const SEEN = "return window.__watch?.at === undefined ? null : window.__watch";
const BEGUN = "return window.__watch !== undefined && location.protocol !== 'about:'";

/** When the first rows were on screen, as a time of this computer's clock. */
export async function firstRows(page) {
  const seen = async () => {
    // The page that the window begins with is thrown away, and with it what watches there.
    if (!(await page.evaluate(BEGUN))) await page.evaluate(BEGIN, "rows");
    return page.evaluate(SEEN);
  };
  return (await page.until("the first rows", seen, PATIENCE)).at;
}

/**
 * Milliseconds from the event that `act` causes to what comes of it: another `list`, another `view` with its list, or
 * other `marks` in the file editor.
 */
export async function afterKey(page, kind, event, act) {
  await page.evaluate(BEGIN, kind, event);
  await act();
  const { began, seen } = await page.until(`another ${kind}`, () => page.evaluate(SEEN), PATIENCE);
  return seen - began;
}

/** Milliseconds from when `act` is done to when the row of `name` is `there` or `gone`, or a question is `asked`. */
export async function afterChange(page, kind, name, act) {
  await page.evaluate(BEGIN, kind, null, name);
  const done = await act();
  return (await page.until(`${name ?? "a question"} to be ${kind}`, () => page.evaluate(SEEN), PATIENCE)).at - done;
}

/** How many rows the page really holds. */
export const rowsInPage = (page) => page.evaluate("return document.querySelectorAll('[role=option]').length");
