// Each story of tests/cases, through both shells: what the command prints and what the window shows must be what the
// story says, on the same home.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { command } from "../../scripts/build.mjs";
import { environmentOf, withTimes } from "../../scripts/sample.mjs";
import { detail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

const folder = fileURLToPath(new URL("../cases", import.meta.url));
const words = {
  broken: "Broken",
  warning: "Warning",
  ended: "Session ended",
  unchecked: "Not checked",
  connected: "Connected",
};

for (const story of readdirSync(folder)) {
  const told = JSON.parse(readFileSync(join(folder, story, "case.json"), "utf8"));
  test(`${story}: ${told.docs}`, async () => {
    const home = homeOf(join(folder, story, "aws"));
    let window;
    try {
      const before = home.fingerprint();
      theCommandAgrees(home, told);
      window = await openWindow(home);
      await theWindowAgrees(window, told);
      assert.deepEqual(home.fingerprint(), before, "looking changed nothing");
    } finally {
      await window?.close();
      home.remove();
    }
  });
}

function homeOf(source) {
  const files = {};
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[`.aws${path.slice(source.length)}`] = withTimes(readFileSync(path, "utf8"), new Date());
  }
  return Home.with(files);
}

function theCommandAgrees(home, told) {
  const env = environmentOf(home.path, home.beside);
  const ask = (...line) => {
    try {
      return JSON.parse(execFileSync(command, [...line, "--json"], { env, stdio: ["ignore", "pipe", "ignore"] }));
    } catch (error) {
      assert.equal(error.status, 1, `${line.join(" ")} answers no or fails`);
      return JSON.parse(error.stdout);
    }
  };
  const profiles = Object.fromEntries(ask("list").profiles.map(({ name, source, status }) => [name, [source, status]]));
  assert.deepEqual(profiles, told.profiles);
  assert.deepEqual(
    ask("check").problems.map(({ rule, file, line }) => [rule, file, line]),
    told.problems,
  );
  for (const [name, steps] of Object.entries(told.chains)) {
    const { hops, end } = ask("chain", name);
    const inFiles = steps.filter((step) => step in told.profiles);
    const wanted = end === "loop" ? inFiles.slice(1) : inFiles;
    assert.deepEqual(hops.map(({ profile }) => profile).reverse(), wanted);
  }
}

async function theWindowAgrees(window, told) {
  for (const [name, [, status]] of Object.entries(told.profiles)) {
    const label = await window.nameOf(profileRow(name));
    assert.ok(label.includes(words[status]), `${label} says ${words[status]}`);
  }
  for (const [name, steps] of Object.entries(told.chains)) {
    await window.click(profileRow(name));
    await window.see(role("heading", name, { within: detail }));
    if (steps.length < 2) continue;
    await window.click(role("button", "List", { within: detail }));
    for (const step of steps) await window.see(text(step, { within: detail }));
  }
  const count = told.problems.length;
  await window.click(role("link", /^Problems/));
  await window.until(`${count} problems`, async () => (await window.all(role("option"))).length === count);
  assert.deepEqual(await window.errors(), []);
}
