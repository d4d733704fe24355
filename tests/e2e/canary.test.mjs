// A canary in every place where a secret can stand. After a walk through every view it must be in the two files and
// nowhere else: not in the page, not in the memory of the process that draws it, not in what was printed or kept. Then
// one secret is shown, and the same search finds it, which proves that the search has eyes.

import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync, readSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { detail, openWindow, pageProcesses, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

const CANARY = `CANARY${"9wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzz".slice(0, 34)}`;
const session = "a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
let home, window;

before(async () => {
  home = Home.with({
    ".aws/config": `# aws_secret_access_key = ${CANARY}\n[sso-session s]\nsso_region = x\n[profile portal]\nsso_session = s\n[profile program]\ncredential_process = /bin/false --token ${CANARY}\nmy_own_key = ${CANARY}\n`,
    ".aws/credentials": `[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${CANARY}\naws_session_token = ${CANARY}\n\nbroken ${CANARY}\n[half]\naws_secret_access_key = ${CANARY}\n`,
    [`.aws/sso/cache/${session}`]: `{"accessToken":"${CANARY}","clientSecret":"${CANARY}","refreshToken":"${CANARY}","expiresAt":"2030-01-01T00:00:00Z"}\n`,
  });
  window = await openWindow(home);
});

after(async () => {
  await window?.close();
  home?.remove();
});

test("after a walk through every view the canary is nowhere", async () => {
  for (const name of ["keys", "half", "portal", "program"]) {
    await window.click(profileRow(name));
    await window.see(role("heading", name, { within: detail }));
    await window.click(role("tab", "Values", { within: detail }));
    await window.see(role("tabpanel", undefined, { within: detail }));
  }
  for (const view of ["Assume-role profiles", "Dangling configs", "Duplicates", "Problems"]) {
    await window.click(role("link", new RegExp(`^${view}`)));
    await window.see(role("heading", view));
  }
  const count = await window.until("problems", async () => (await window.all(role("option"))).length);
  for (let at = 0; at < count; at += 1) await window.press("F8");
  assert.deepEqual(await places(), []);
});

test("the same search finds what a person asked to see", async () => {
  await window.click(role("link", /^Profiles/));
  await window.click(profileRow("keys"));
  await window.click(role("tab", "Overview", { within: detail }));
  await window.click(role("button", /^Show secret for 30 seconds$/, { within: detail }));
  await window.see(text(CANARY, { within: detail }));
  assert.deepEqual(await places(), ["the page", "the memory of the page's process"]);
  assert.deepEqual(await window.errors(), []);
});

/** Where the canary is, apart from the files that hold it. */
async function places() {
  const found = [];
  const pages = pageProcesses(window);
  assert.ok(pages.length > 0, "the page has a process");
  if ((await window.evaluate("return document.documentElement.outerHTML")).includes(CANARY)) found.push("the page");
  if (pages.some((pid) => memoryHas(pid, CANARY))) found.push("the memory of the page's process");
  if (window.log.includes(CANARY)) found.push("what was printed");
  for (const file of below(home.beside).filter((file) => !file.startsWith(home.path))) {
    if (readFileSync(file).includes(CANARY)) found.push(file.slice(home.beside.length));
  }
  return found;
}

function below(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** Reads what a process can write to, and looks for bytes in it, as text of one byte or two per letter. */
function memoryHas(pid, words) {
  const wanted = [Buffer.from(words, "latin1"), Buffer.from(words, "utf16le")];
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
      if (wanted.some((wish) => bytes.includes(wish))) return true;
    }
  } finally {
    closeSync(memory);
  }
  return false;
}
