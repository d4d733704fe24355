// The real window on homes of several sizes, opened again and again by turns: how long it takes until a person sees what
// was asked for, and how much memory it holds. Runs under `tests/e2e/run.sh`; `bench.mjs` starts it.
//   node tests/bench/window.mjs PLAN RESULT     both are JSON: the plan itself, and the file that gets the result

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { environmentOf } from "../../scripts/sample.mjs";
import { css, launch, role } from "../e2e/wd.mjs";
import { afterChange, afterKey, firstRows, rowsInPage } from "./page.mjs";
import { memoryOf, processOf, startOf } from "./processes.mjs";

/** Every view has rows in these homes, and no view follows itself. */
const VIEWS = ["2", "5", "1", "4", "3", "2", "1", "3", "5", "4", "1"];

/** The file editor takes files of 10,000 profiles; nobody edits one of 100,000 by hand. */
const EDITED = 10_000;
const KEYSTROKES = 5;

/** One opening of the window: its times in milliseconds, its memory by program in bytes. */
async function measure(home, binary, pictures) {
  const result = { key: [], view: [], change: [], mark: [], ask: [] };
  const page = await launch({ binary, env: environmentOf(home.path, home.beside), pictures });
  try {
    const app = processOf(binary);
    result.start = [(await firstRows(page)) - startOf(app)];
    await pause(1500);
    result.rows = await rowsInPage(page);
    result.memory = memoryOf(app);
    await filter(page, home, result.key);
    for (const view of VIEWS)
      result.view.push(await afterKey(page, "view", "keydown", () => page.press(`Control+${view}`)));
    await change(page, home, result.change);
    if (home.count <= EDITED) await edit(page, result.mark);
    await ask(page, home, result.ask);
    await pause(1500);
    result.memoryAfter = memoryOf(app);
    const errors = await page.errors();
    if (errors.length > 0) throw new Error(`The page reported ${errors.join("; ")}`);
  } finally {
    await page.close();
  }
  return result;
}

/** The number of one profile, digit by digit, and back again: each key narrows or widens the list. */
async function filter(page, home, times) {
  const digits = [...String(Math.floor(home.count * 0.4271))];
  await page.press("/");
  for (const digit of digits) times.push(await afterKey(page, "list", "input", () => page.type(digit)));
  for (const _ of digits) times.push(await afterKey(page, "list", "input", () => page.press("Backspace")));
}

/**
 * Another program puts a new file in the place of the old one, as editors do: with one more profile, and without it. The
 * profile starts from itself, so it stands first in the first group, "Can't start", where it is seen without scrolling.
 */
async function change(page, home, times) {
  const file = join(home.path, ".aws", "credentials");
  const before = readFileSync(file);
  const put = (content) => () => {
    writeFileSync(`${file}.new`, content, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return Date.now();
  };
  for (const name of ["a-first-one", "a-second-one"]) {
    const section = `[${name}]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = ${name}\n\n`;
    const more = Buffer.concat([Buffer.from(section), before]);
    times.push(await afterChange(page, "there", name, put(more)));
    times.push(await afterChange(page, "gone", name, put(before)));
  }
}

/** A letter that makes no line makes a problem, and taking it back solves that: both are seen below the text. */
async function edit(page, times) {
  await page.click(role("link", /^File editor/));
  await page.click(role("tab", /^config/));
  await page.click(css(".file .text:has(.view-line)"));
  await page.press("Control+End", "Enter");
  await page.see(role("button", "Review changes"));
  for (let stroke = 0; stroke < KEYSTROKES; stroke += 1) {
    times.push(await afterKey(page, "marks", "keydown", () => page.type("x")));
    times.push(await afterKey(page, "marks", "keydown", () => page.press("Backspace")));
  }
  await page.press("Backspace");
  await page.miss(role("button", "Review changes"));
}

/** Another program renews the token of one profile, twice; the first question is answered with “Not now”. */
async function ask(page, home, times) {
  const file = join(home.path, ".aws", "credentials");
  const before = readFileSync(file, "utf8");
  const put = (content) => () => {
    writeFileSync(`${file}.new`, content, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return Date.now();
  };
  for (let turn = 0; turn < 2; turn += 1) {
    const renewed = before.replace(/^aws_session_token = .*$/m, `aws_session_token = IQoJb3JpZ2luX2Vj${Math.random()}`);
    times.push(await afterChange(page, "asked", undefined, put(renewed)));
    const isBar = (await page.all(role("button", "Look at it"))).length > 0;
    if (isBar) await page.click(role("button", "Look at it"));
    await page.click(role("button", "Not now"));
    await page.miss(role("button", "Not now"));
  }
  put(before)();
}

const { binary, pictures, rounds, homes } = JSON.parse(process.argv[2]);
const results = homes.map(() => []);
for (let round = 0; round < rounds; round += 1)
  for (const [at, home] of homes.entries()) results[at].push(await measure(home, binary, pictures));
writeFileSync(process.argv[3], JSON.stringify(results));
