// A canary in every place where a secret can stand. After a walk through every view it must be in the two files and
// nowhere else. Then one secret is shown, and the same search finds it, which proves that the search has eyes. This is
// the window that people get; `canary-act.test.mjs` walks through all that it does.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { app, steeredApp } from "../../scripts/build.mjs";
import { detail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { Traces, formsOf, newCanary } from "./traces.mjs";
import { role, text } from "./wd.mjs";

/** It looks like a secret access key, so it is hidden where nothing else says what it is. */
const CANARY = newCanary().padEnd(40, "z");
const session = "a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
let home, window, traces;

before(async () => {
  home = Home.with({
    ".aws/config": `# aws_secret_access_key = ${CANARY}\n[sso-session s]\nsso_region = x\n[profile portal]\nsso_session = s\n[profile program]\ncredential_process = /bin/false --token ${CANARY}\nmy_own_key = ${CANARY}\n`,
    ".aws/credentials": `[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${CANARY}\naws_session_token = ${CANARY}\n\nbroken ${CANARY}\n[half]\naws_secret_access_key = ${CANARY}\n`,
    [`.aws/sso/cache/${session}`]: `{"accessToken":"${CANARY}","clientSecret":"${CANARY}","refreshToken":"${CANARY}","expiresAt":"2030-01-01T00:00:00Z"}\n`,
  });
  window = await openWindow(home);
  traces = new Traces(window, home, CANARY);
});

after(async () => {
  traces?.stop();
  await window?.close();
  home?.remove();
});

test("after a walk through every view the canary is nowhere", async () => {
  for (const name of ["keys", "half", "portal", "program"]) {
    await window.click(profileRow(name));
    await window.see(role("heading", name, { within: detail }));
    await window.click(role("tab", "Values", { within: detail }));
    await window.see(role("tabpanel", undefined, { within: detail }));
    await traces.look();
  }
  for (const view of ["Assume-role profiles", "Dangling configs", "Duplicates", "Problems"]) {
    await window.click(role("link", new RegExp(`^${view}`)));
    await window.see(role("heading", view));
    await traces.look();
  }
  const count = await window.until("problems", async () => (await window.all(role("option"))).length);
  for (let at = 0; at < count; at += 1) await window.press("F8");
  assert.deepEqual(await traces.places(), []);
});

test("the same search finds what a person asked to see", async () => {
  await window.click(role("link", /^Profiles/));
  await window.click(profileRow("keys"));
  await window.click(role("tab", "Overview", { within: detail }));
  await window.click(role("button", /^Show secret for 30 seconds$/, { within: detail }));
  await window.see(text(CANARY, { within: detail }));
  assert.deepEqual(await traces.places(), ["the memory of the page's process", "the page"]);
  assert.deepEqual(await window.errors(), []);
});

test("a word is found in each of its forms, wherever in a text it begins", () => {
  const finds = (bytes) => formsOf(CANARY).some((form) => bytes.includes(form));
  for (let at = 0; at < 4; at += 1) {
    const words = `${"x".repeat(at)}${CANARY}yy`;
    const base64 = Buffer.from(words).toString("base64");
    for (const form of [words, JSON.stringify({ words }), encodeURIComponent(`/${words}`), base64])
      for (const encoding of ["utf8", "utf16le"]) assert.ok(finds(Buffer.from(form, encoding)), `${form}, ${encoding}`);
    assert.ok(finds(Buffer.from(Buffer.from(words).toString("hex"))));
  }
  assert.ok(!finds(Buffer.from(newCanary())));
});

test("what leaks for the tests is not in what people get", () => {
  assert.ok(readFileSync(steeredApp).includes("ROLECALL_TEST_LEAK"));
  assert.ok(!readFileSync(app).includes("ROLECALL_TEST_"));
});
