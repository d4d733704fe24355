// The window opens on the sample home and shows it. Everything else about the window has its own file.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { detail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

let home, window, untouched;

before(async () => {
  home = Home.sample();
  untouched = home.fingerprint();
  window = await openWindow(home, { args: ["--sample"] });
});

after(async () => {
  await window?.close();
  home?.remove();
});

test("the list of the sample is on screen, and its title says that it is a sample", async () => {
  await window.see(role("link", /^Profiles 42$/, { within: role("navigation") }));
  await window.see(profileRow("default"));
  await window.see(text("Sample home"));
  assert.match(execFileSync("xdotool", ["search", "--name", "^Rolecall, sample home$"], { encoding: "utf8" }), /\d/);
});

test("a profile is found by typing, and a click on its row shows it", async () => {
  await window.click(role("searchbox"));
  await window.type("acme-dev");
  await window.miss(profileRow("default"));
  await window.click(profileRow("acme-dev"));
  await window.see(role("heading", "acme-dev", { within: detail }));
});

test("looking changed nothing in the home, and the page reported no error", async () => {
  assert.deepEqual(await window.errors(), []);
  assert.deepEqual(home.fingerprint(), untouched);
});
