// History in the window, on a system without a keyring: the question before the first save, and Undo, judged by the bytes
// on disk.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { command } from "../../scripts/build.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { editor, openWindow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

describe("where nobody has chosen how History is kept", () => {
  let home, window, old;
  const config = () => readFileSync(join(home.aws, "config"));
  const undo = role("button", "Undo: You edited in Rolecall");

  before(async () => {
    home = Home.sample();
    rmSync(home.data, { recursive: true });
    old = config();
    // A bus would start whatever keyring is installed.
    const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home.beside, "no-bus")}` };
    window = await openWindow(home, { args: ["--sample"], env });
    await editor.open(window, "config");
    await editor.goTo(window, "old-intranet");
    await window.press("Enter");
    await window.type("output = yaml");
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("saving asks first, and Escape writes nothing", async () => {
    await window.press("Control+s");
    await window.see(role("heading", "How should History be kept?"));
    await window.press("Escape");
    await window.miss(role("heading", "How should History be kept?"));
    assert.deepEqual(config(), old);
    await window.see(text("1 unsaved line"));
  });

  test("with an answer it is saved, and the old text lies in History without secrets", async () => {
    await window.press("Control+s");
    await window.click(role("radio", /^Without secrets/));
    await window.click(role("button", "Keep it this way"));
    await window.see(text("Saved config. 1 line changed."));
    assert.match(config().toString("latin1"), /^output = yaml$/m);
    assert.ok(readdirSync(join(home.data, "history", "versions")).length >= 2);
    assert.match(readFileSync(join(home.data, "settings.toml"), "utf8"), /^history = "withoutSecrets"$/m);
  });

  test("Undo names the change and leaves the bytes as before", async () => {
    await window.click(undo);
    await window.see(text("Undone: You edited in Rolecall"));
    await window.miss(undo);
    assert.deepEqual(config(), old);
    await window.until("the editor to show it", async () => !(await editor.text(window)).includes("output = yaml\n"));
    assert.deepEqual(await window.errors(), []);
  });
});

describe("how the command keeps History, while the window is open", () => {
  let home, window, env;
  const CONFIG = "[profile dev]\nregion = eu-west-1\n";
  const keep = (how, input = "") =>
    execFileSync(command, ["history", "keep", how], {
      env: { ...environmentOf(home.path, home.beside), ...env },
      input,
    });
  const versions = () => readdirSync(join(home.data, "history", "versions")).length;
  async function save(line) {
    await editor.goTo(window, "dev");
    await window.press("Enter");
    await window.type(line);
    await window.press("Control+s");
    await window.until("it to be saved", () => home.read(".aws/config").includes(line));
  }

  before(async () => {
    home = Home.with({ ".aws/config": CONFIG });
    env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home.beside, "no-bus")}` };
    window = await openWindow(home, { env });
    await editor.open(window, "config");
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("switched off by the command, the window's next save keeps nothing", async () => {
    await save("output = json");
    // What was saved is a version of its own a moment later.
    await window.until("both versions to be kept", () => versions() === 2);
    keep("none");
    await save("max_attempts = 5");
    await window.see(text("Saved config. 1 line changed."));
    assert.equal(versions(), 2);
  });

  test("with a passphrase of the command, the window asks; forgotten, another takes its place and Undo works", async () => {
    keep("passphrase", "correct horse\n");
    const old = home.read(".aws/config");
    await editor.goTo(window, "dev");
    await window.press("Enter");
    await window.type("retry_mode = standard");
    await window.press("Control+s");
    await window.see(role("heading", "Passphrase of History"));
    assert.equal(home.read(".aws/config"), old);
    await window.click(role("button", "another way"));
    await window.see(text(/can’t be read or undone any more/));
    await window.click(role("radio", /^Passphrase/));
    for (const name of ["Passphrase", "The same once more"]) {
      await window.click(role("textbox", name));
      await window.type("battery staple");
    }
    await window.click(role("button", "Keep it this way"));
    await window.miss(role("dialog"));
    await window.until("it to be saved", () => home.read(".aws/config").includes("retry_mode"));
    await window.click(role("button", "Undo: You edited in Rolecall"));
    await window.until("it to be taken back", () => home.read(".aws/config") === old);
    assert.deepEqual(await window.errors(), []);
  });
});
