// The file editor as a person uses it: real keys in Monaco, real other programs beside it. What was written is judged
// by Python's difflib over bytes, in a process of its own.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { editor, openWindow, pageProcesses } from "./app.mjs";
import { Home, python } from "./home.mjs";
import { css, role, text } from "./wd.mjs";

const SECRET = /EXAMPLEKEY|EXAMPLETOKEN/;
const MOVED = text("This file changed on disk while you were editing", { within: css(".banner") });
const unsaved = (count) => text(`${count} unsaved line${count === 1 ? "" : "s"}`);
const save = (window) => window.press("Control+s");
const saved = (file, lines) => text(`Saved ${file}. ${lines} line${lines === 1 ? "" : "s"} changed.`);

describe("a config that is a link, with a line that is not UTF-8 and ends in CRLF", () => {
  let home, window, real, old;

  before(async () => {
    home = Home.sample();
    real = join(home.path, "dot", "config");
    old = join(home.beside, "old");
    mkdirSync(join(home.path, "dot"));
    renameSync(join(home.aws, "config"), real);
    symlinkSync("../dot/config", join(home.aws, "config"));
    writeFileSync(real, Buffer.concat([readFileSync(real), Buffer.from("# f\xfcr Jo\r\n", "latin1")]));
    chmodSync(real, 0o640);
    writeFileSync(old, readFileSync(real));
    window = await openWindow(home, { args: ["--sample"] });
    await editor.open(window, "config");
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("a wrong source is marked as it is typed, and Ctrl+. changes it to the nearest name", async () => {
    await editor.goTo(window, "old-intranet");
    await window.press("Enter");
    await window.type("role_arn = arn:aws:iam::111122223333:role/Intranet");
    await window.press("Enter");
    await window.type("source_profile = acme-cii");
    await window.see(editor.mark(/old-intranet has nothing to start from: there is no profile “acme-cii”/));
    await window.press("Control+.");
    await window.see(text("Change to acme-ci"));
    await window.press("Enter");
    await editor.shows(window, "source_profile = acme-ci\n");
    await window.miss(editor.mark(/there is no profile “acme-cii”/));
  });

  test("undo takes typing back, and redo brings it again", async () => {
    await window.press("Control+z");
    await editor.shows(window, "source_profile = acme-cii\n");
    await window.press("Control+Shift+z");
    await editor.shows(window, "source_profile = acme-ci\n");
    await window.see(unsaved(2));
  });

  test("Ctrl+S writes the two lines and nothing else; the link stays a link and the mode stays", async () => {
    assert.deepEqual(readFileSync(real), readFileSync(old), "nothing is written before");
    await save(window);
    await window.see(saved("config", 2));
    assert.deepEqual(difference(old, real), {
      removed: [],
      added: ["role_arn = arn:aws:iam::111122223333:role/Intranet\n", "source_profile = acme-ci\n"],
    });
    assert.ok(lstatSync(join(home.aws, "config")).isSymbolicLink());
    assert.equal((lstatSync(real).mode & 0o7777).toString(8), "640");
    assert.deepEqual(await window.errors(), []);
  });
});

describe("on the sample home", () => {
  let home, window, old;
  const onDisk = (name) => join(home.aws, name);

  before(async () => {
    home = Home.sample();
    old = join(home.beside, "old");
    window = await openWindow(home, { args: ["--sample"] });
    await editor.open(window, "credentials");
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("secrets are hidden in the text, and saving keeps them", async () => {
    keep("credentials");
    await editor.goTo(window, "legacy-backup");
    await editor.shows(window, "aws_secret_access_key = ••••");
    await window.press("Enter");
    await window.type("region = eu-west-3");
    assert.doesNotMatch(await window.evaluate("return document.documentElement.outerHTML"), SECRET);
    await save(window);
    await window.see(saved("credentials", 1));
    assert.deepEqual(difference(old, onDisk("credentials")), { removed: [], added: ["region = eu-west-3\n"] });
  });

  test("shown by a press they are in the text, and hidden again by another", async () => {
    const eye = role("switch", /Show secrets/);
    await window.click(eye);
    await window.see(text("Secrets are shown in this file"));
    await editor.shows(window, "EXAMPLEKEY");
    await window.click(eye);
    await window.until("no secret to be shown", async () => !SECRET.test(await editor.text(window)));
  });

  test("when another program changes other lines, both are kept", async () => {
    await editor.open(window, "config");
    await editor.goTo(window, "old-intranet");
    await window.press("Enter");
    await window.type("output = yaml");
    keep("config");
    await home.awsConfigureSet("region", "eu-north-1", "acme-stage");
    await window.see(MOVED);
    await window.click(role("button", "Keep both"));
    await window.miss(MOVED);
    await save(window);
    await window.see(saved("config", 1));
    const { added } = difference(old, onDisk("config"));
    assert.ok(added.includes("output = yaml\n") && added.some((line) => /^region ?= ?eu-north-1\n$/.test(line)), added);
  });

  test("when it changes the same line, both sides are shown, and the one that is chosen is saved", async () => {
    await editor.goTo(window, "globex-readonly");
    await window.press(...Array.from({ length: 4 }, () => "ArrowDown"), "End");
    for (let at = 0; at < "us-east-1".length; at += 1) await window.press("Backspace");
    await window.type("us-east-2");
    await window.see(unsaved(1));
    await home.awsConfigureSet("region", "ap-south-1", "globex-readonly");
    await window.see(MOVED);
    await window.see(text(/^You both changed line \d+\.$/));
    keep("config");
    await save(window);
    assert.deepEqual(difference(old, onDisk("config")), { removed: [], added: [] }, "saving overwrites nothing unseen");
    await window.click(role("button", "Compare"));
    await window.see(text("On disk"));
    await window.see(text("Yours"));
    await window.click(role("button", "Keep mine"));
    await window.miss(MOVED);
    await save(window);
    await window.see(saved("config", 1));
    assert.deepEqual(difference(old, onDisk("config")), {
      removed: ["region = ap-south-1\n"],
      added: ["region = us-east-2\n"],
    });
  });

  test("where it changes two such places, each is settled by itself, one this way and one that", async () => {
    for (const name of ["acme-stage", "globex-readonly"]) {
      await editor.goTo(window, name);
      await window.press(...Array.from({ length: 4 }, () => "ArrowDown"), "End", "Shift+Home");
      await window.type("region = me-south-1");
    }
    await window.see(unsaved(2));
    await home.awsConfigureSet("region", "af-south-1", "acme-stage");
    await home.awsConfigureSet("region", "af-south-1", "globex-readonly");
    await window.see(text(/^You both changed 2 places, the first at line \d+\.$/));
    keep("config");
    await window.click(role("button", "Compare"));
    await window.see(text(/^Place 1 of 2, line \d+$/));
    await window.miss(role("button", "Load theirs", { within: css(".banner") }));
    await window.click(role("button", "Next place"));
    await window.see(text(/^Place 2 of 2, line \d+$/));
    await window.click(role("button", "Keep mine"));
    await window.see(text(/^You both changed line \d+\.$/));
    await window.click(role("button", "Load theirs"));
    await window.miss(MOVED);
    await window.see(unsaved(1));
    await save(window);
    await window.see(saved("config", 1));
    assert.deepEqual(difference(old, onDisk("config")), {
      removed: ["region = af-south-1\n"],
      added: ["region = me-south-1\n"],
    });
    assert.match(readFileSync(onDisk("config"), "utf8"), /\[profile acme-stage\][^[]*region ?= ?af-south-1\n/);
    assert.deepEqual(await window.errors(), []);
  });

  // The last one: WebDriver's session ends with the process that it talked to, so keys come from xdotool, and what the
  // page holds is seen by what it saves.
  test("what is unsaved outlives the process that draws the page, which is loaded again", async () => {
    await editor.goTo(window, "old-intranet");
    await window.press("Enter");
    await window.type("# typed before the crash");
    await window.see(unsaved(1));
    assert.deepEqual(await window.errors(), []);
    keep("config");
    const pages = pageProcesses(window);
    for (const pid of pages) process.kill(Number(pid), "SIGKILL");
    await window.until("another process to draw the page", () => {
      const now = pageProcesses(window);
      return now.length > 0 && now.every((pid) => !pages.includes(pid));
    });
    const found = ["search", "--onlyvisible", "--name", "^Rolecall, sample home$"];
    const ours = execFileSync("xdotool", found, { encoding: "utf8" }).trim();
    await window.until("the page to be back and to save what was typed", () => {
      execFileSync("xdotool", ["windowactivate", "--sync", ours, "key", "ctrl+6", "ctrl+s"]);
      return readFileSync(onDisk("config"), "utf8").includes("# typed before the crash");
    });
    assert.deepEqual(difference(old, onDisk("config")), { removed: [], added: ["# typed before the crash\n"] });
  });

  function keep(name) {
    writeFileSync(old, readFileSync(onDisk(name)));
  }
});

/** The lines that were removed and added, as Python's difflib sees them in the bytes of two files. */
function difference(before, after) {
  const program = `
import difflib, json, pathlib, sys
old, new = (pathlib.Path(name).read_bytes().splitlines(keepends=True) for name in sys.argv[1:])
removed, added = [], []
for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
    if tag != "equal":
        removed += old[i1:i2]
        added += new[j1:j2]
print(json.dumps({"removed": [l.decode("latin1") for l in removed], "added": [l.decode("latin1") for l in added]}))
`;
  return JSON.parse(execFileSync(join(python, "bin", "python3"), ["-c", program, before, after], { encoding: "utf8" }));
}
