// The whole of Look on a copy of the sample home, as a person does it: clicks and keys, and another program that writes.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { clipboard, copyElsewhere, detail, entry, filter, inDetail, open, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

const SECRET = /EXAMPLEKEY/;
/** Runs in the page: whether the selected row lies within its list. */
const selectedIsInSight = `
  const row = document.querySelector('[role=option][aria-selected=true]')?.getBoundingClientRect();
  const list = document.querySelector('[role=listbox]').getBoundingClientRect();
  return row !== undefined && row.top >= list.top && row.bottom <= list.bottom + 1;`;

describe("on the sample home", () => {
  let home, window, untouched;

  before(async () => {
    home = Home.sample();
    untouched = home.fingerprint();
    window = await openWindow(home, { args: ["--sample"], env: { AWS_PROFILE: "acme-dev" } });
    await window.see(profileRow("default"));
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("start: title and screen say that it is a sample, and variables that count are shown", async () => {
    assert.equal(
      execFileSync("xdotool", ["search", "--name", "^Rolecall, sample home$"], { encoding: "utf8" }).trim().split("\n")
        .length,
      1,
    );
    await window.see(text("Sample home"));
    await window.see(text("AWS_PROFILE=acme-dev"));
  });

  test("list: the sidebar counts, and every status has its shape and its word", async () => {
    for (const name of [
      "Profiles 42",
      "Assume-role profiles 12",
      "Dangling configs 2",
      "Duplicates 2",
      "Problems 11",
    ]) {
      await window.see(entry(name));
    }
    const names = [
      ["reporting-role", "Broken", "source missing"],
      ["acme-ci", "Warning", "same keys"],
      ["default", "Not checked", ""],
    ];
    for (const [name, word, why] of names) {
      await filter(window, name);
      const label = await window.nameOf(profileRow(name));
      assert.ok(label.includes(word) && label.includes(why), label);
    }
    await filter(window, "");
  });

  test("list: words and tokens narrow it as one types, and nothing found says so with a way back", async () => {
    await filter(window, "is:ended");
    await window.see(profileRow("globex-readonly"));
    await window.miss(profileRow("default"));
    await filter(window, "account:7777");
    await window.see(profileRow("acme-prod"));
    await filter(window, "xyz-nothing");
    await window.see(text("No profile matches “xyz-nothing”"));
    await window.click(role("button", "Clear filter"));
    await window.see(profileRow("default"));
  });

  test("list: all by keyboard", async () => {
    await window.click(profileRow("loop-a"));
    await window.press("ArrowDown");
    await window.see(inDetail("heading", "loop-b"));
    await window.press("End");
    await window.press("Home");
    await window.see(inDetail("heading", "loop-a"));
    await window.type("acme-mfa");
    await window.see(inDetail("heading", "acme-mfa-base"));
    await window.until("the row to be in sight", () => window.evaluate(selectedIsInSight));
    await window.type("zzz-nothing");
    await window.press("End");
    await window.until("the last row to be in sight", () => window.evaluate(selectedIsInSight));
    await window.press("/");
    assert.match(await window.focused(), /searchbox|textbox/);
    await window.press("Escape");
    await window.press("Control+5");
    await window.see(role("heading", "Problems"));
    await window.press("Alt+ArrowLeft");
    await window.see(role("heading", "Profiles"));
  });

  test("detail: values with file and line, secrets hidden, the chain to its end as graph and as list", async () => {
    await open(window, "acme-dev-deploy-audit");
    await window.see(text(/^config, line \d+$/, { within: detail }));
    await window.click(inDetail("button", "List"));
    for (const name of ["acme-dev", "acme-dev-deploy", "acme-dev-deploy-audit"])
      await window.see(text(name, { within: detail }));
    await window.click(inDetail("button", "Graph"));
    await window.click(inDetail("button", /^acme-dev(?!-)/));
    await window.see(inDetail("heading", "acme-dev"));
    await window.see(text(/5 h \d+ min left|4 h 5\d min left/, { within: detail }));
  });

  test("detail: circle and missing link are named", async () => {
    await open(window, "loop-a");
    await window.see(text(/goes in a circle/, { within: detail }));
    await open(window, "reporting-role");
    await window.see(text("does not exist", { within: detail }));
    await window.see(text(/Change source_profile to acme-dev/, { within: detail }));
  });

  test("detail: what OpenDAL reads otherwise stands there", async () => {
    await open(window, "team/data+etl@acme");
    await window.see(text(/OpenDAL, rust-s3/, { within: detail }));
  });

  test("problems: what, why, what to do, and the lines without secrets", async () => {
    await window.click(entry("Problems"));
    await window.click(role("option", /acme-ci and acme-ci-old use the same keys/));
    await window.see(inDetail("heading", /use the same keys/));
    await window.see(text("Why it matters", { within: detail }));
    await window.see(text("What you can do", { within: detail }));
    assert.doesNotMatch(await window.read(detail), SECRET);
    await window.click(entry("Dangling configs"));
    await window.see(role("option", /qa-eu has no keys anywhere/));
    await window.click(entry("Duplicates"));
    await window.see(role("option", /staging appears twice/));
    await window.click(entry("Assume-role profiles"));
    await window.see(text("Can’t start"));
    await window.click(entry("Profiles"));
  });

  test("nothing so far wrote to the home, showed a secret or reported an error", async () => {
    assert.deepEqual(await window.errors(), []);
    assert.doesNotMatch(await window.evaluate("return document.documentElement.outerHTML"), SECRET);
    assert.deepEqual(home.fingerprint(), untouched);
  });

  test("alive: what `aws configure set` writes is on screen within a second or so, and the selection stays", async () => {
    await open(window, "acme-dev");
    await window.see(text("eu-west-1", { within: detail }));
    await home.awsConfigureSet("region", "eu-north-1", "acme-dev");
    await window.see(text("eu-north-1", { within: detail }));
    await window.see(inDetail("heading", "acme-dev"));
    await window.see(text(/config changed, just now/));
    await home.awsConfigureSet("region", "sa-east-1", "brand-new");
    await window.see(entry("Profiles 43"));
    await window.see(inDetail("heading", "acme-dev"));
    assert.deepEqual(await window.errors(), []);
  });
});

describe("a secret", () => {
  let home, window, clock;
  const hidden = text("••••••••••••••••••••", { within: detail });

  before(async () => {
    home = Home.sample();
    clock = join(home.beside, "clock");
    writeFileSync(clock, "0");
    window = await openWindow(home, { args: ["--sample"], clock });
    await open(window, "default");
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("is shown for 30 seconds after a click on its eye, and then hidden again", async () => {
    await window.click(inDetail("button", /^Show .*secret.* for 30 seconds$/i));
    await window.see(text(SECRET, { within: detail }));
    writeFileSync(clock, "31");
    await window.miss(text(SECRET, { within: detail }));
    await window.click(inDetail("button", /^Show .*secret.* for 30 seconds$/i));
    await window.see(text(SECRET, { within: detail }));
    await window.click(inDetail("button", /^Hide/));
    await window.miss(text(SECRET, { within: detail }));
  });

  test("is on the clipboard for 60 seconds after a click, and what was copied later stays", async () => {
    await window.click(inDetail("button", /^Copy .*secret.*60 seconds$/i));
    await window.until("the clipboard to have it", () => SECRET.test(clipboard()));
    writeFileSync(clock, "100");
    await window.until("the clipboard to be empty", () => clipboard() === "");
    await window.click(inDetail("button", /^Copy .*secret.*60 seconds$/i));
    await window.until("the clipboard to have it", () => SECRET.test(clipboard()));
    await copyElsewhere(window, "mine");
    writeFileSync(clock, "200");
    await open(window, "legacy-backup");
    assert.equal(clipboard(), "mine");
    assert.deepEqual(await window.errors(), []);
  });
});

describe("with no files", () => {
  let home, window;

  before(async () => {
    home = new Home();
    window = await openWindow(home);
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("nothing is written before the press, and after it both files are there, private", async () => {
    await window.see(role("heading", "No AWS files on this computer yet"));
    assert.deepEqual(Object.keys(home.fingerprint()), ["."]);
    await window.click(role("button", "Create files"));
    await window.see(text("Your files have no profiles yet."));
    const modes = Object.entries(home.fingerprint()).map(([name, what]) => `${name} ${what.split(" ")[0]}`);
    assert.deepEqual(modes, [". 700", ".aws 700", ".aws/config 600", ".aws/credentials 600"]);
    assert.deepEqual(await window.errors(), []);
  });

  test("a first profile that another program adds is in the list at once", async () => {
    await home.awsConfigureSet("region", "eu-west-1", "first");
    await window.see(profileRow("first"));
  });
});
