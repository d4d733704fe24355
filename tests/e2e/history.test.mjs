// History in the window, on a system without a keyring: the question before the first save, and Undo, judged by the bytes
// on disk.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
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
