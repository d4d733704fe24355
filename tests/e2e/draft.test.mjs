// Unsaved text when the program ends without a word: killed in the middle of work, started again, saved. And what another
// program wrote to the same file meanwhile, both ways. F66 and F107 of the fault cases.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { editor, entry, openWindow } from "./app.mjs";
import { Home } from "./home.mjs";
import { css, role, text } from "./wd.mjs";

const CONFIG =
  "# mine\n[profile dev]\nregion = eu-west-1\n\n[profile deploy]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = dev\n";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const banner = (words) => text(words, { within: css(".banner") });
const BACK = banner(/^Your unsaved text is back, typed /);
const MOVED = banner("This file changed on disk while you were editing");
const inBanner = (name) => role("button", name, { within: css(".banner") });

describe("a program that is killed over unsaved text", () => {
  let home, window;
  const notes = () => {
    try {
      return readdirSync(join(home.data, "drafts")).filter((name) => name.endsWith(".toml"));
    } catch {
      return [];
    }
  };
  const config = () => home.read(".aws/config");

  async function start() {
    window = await openWindow(home);
    await window.see(entry("File editor"));
  }
  /** Puts a line under a section. */
  async function typeUnder(section, line) {
    await editor.open(window, "config");
    await editor.goTo(window, section);
    await window.press("Enter");
    await window.type(line);
    await window.see(text("1 unsaved line"));
  }
  /** What is noted of it. */
  function noted() {
    const [note] = notes();
    const packed = note && /^mine = "\w+:(\w+)"$/m.exec(readFileSync(join(home.data, "drafts", note), "utf8"));
    return packed ? inflateRawSync(Buffer.from(packed[1], "hex")).toString() : "";
  }
  async function kill(line) {
    await window.until("all that was typed to be noted", () => line.test(noted()));
    // The window with all that belongs to it.
    process.kill(-window.pid, "SIGKILL");
    await window.close();
  }
  /** Types, is killed, and starts again after somebody did something to the file. */
  async function again(meanwhile) {
    home = Home.with({ ".aws/config": CONFIG });
    await start();
    await typeUnder("dev", "output = json");
    await kill(/^output = json$/m);
    assert.equal(config(), CONFIG, "nothing of it is in the file");
    meanwhile();
    await start();
  }

  afterEach(async () => {
    await window?.close();
    home?.remove();
  });

  test("F107: what was typed is there again, said at the start, and saving works", async () => {
    await again(() => {});
    await window.see(text("What you typed in config and did not save is in the file editor."));
    await window.see(role("link", /^File editor.*unsaved/, { within: role("navigation") }));
    await editor.open(window, "config");
    await window.see(BACK);
    await editor.shows(window, "output = json");
    await window.press("Control+s");
    await window.see(text("Saved config. 1 line changed."));
    await window.miss(BACK);
    assert.equal(config(), CONFIG.replace("[profile dev]\n", "[profile dev]\noutput = json\n"));
    await window.until("its note to be gone", () => notes().length === 0);
    assert.deepEqual(await window.errors(), []);
  });

  test("let go, it does not come back", async () => {
    await again(() => {});
    await editor.open(window, "config");
    await window.click(inBanner("Let it go"));
    await window.miss(BACK);
    await window.until("its note to be gone", () => notes().length === 0);
    await window.close();
    await start();
    await editor.open(window, "config");
    await window.miss(BACK);
    assert.ok(!(await editor.text(window)).includes("output"));
    assert.equal(config(), CONFIG);
  });

  test("F66: what another program wrote elsewhere meanwhile is kept with it", async () => {
    await again(() => home.write(".aws/config", `${CONFIG}[profile theirs]\nregion = eu-north-1\n`));
    await editor.open(window, "config");
    await window.see(MOVED);
    await window.click(inBanner("Keep both"));
    await window.miss(MOVED);
    await window.press("Control+s");
    await window.see(text(/^Saved config/));
    const both = CONFIG.replace("[profile dev]\n", "[profile dev]\noutput = json\n");
    assert.equal(config(), `${both}[profile theirs]\nregion = eu-north-1\n`);
  });

  const theirs = CONFIG.replace("[profile dev]\n", "[profile dev]\noutput = text\n");
  for (const [way, wanted] of [
    ["Keep mine", CONFIG.replace("[profile dev]\n", "[profile dev]\noutput = json\n")],
    ["Load theirs", theirs],
  ])
    test(`F66: where both wrote the same line, “${way}” is what is on disk`, async () => {
      await again(() => home.write(".aws/config", theirs));
      await editor.open(window, "config");
      await window.see(MOVED);
      await window.press("Control+s");
      await window.see(MOVED);
      assert.equal(config(), theirs, "nobody is written over unasked");
      await window.click(inBanner(way));
      await window.miss(MOVED);
      await window.press("Control+s");
      await window.until("the file to be as chosen", () => config() === wanted);
      assert.deepEqual(await window.errors(), []);
    });

  test("a secret that was typed is in no file of Rolecall's, and saving waits until it is typed again", async () => {
    home = Home.with({ ".aws/config": CONFIG });
    await start();
    await typeUnder("dev", `aws_secret_access_key = ${SECRET}`);
    await window.press("Enter");
    await window.type("# end");
    await kill(/^# end$/m);
    assert.match(noted(), /^aws_secret_access_key = ••••\w+••••\n# end$/m);
    const all = readFileSync(join(home.data, "drafts", notes()[0]), "utf8");
    assert.ok(!noted().includes(SECRET.slice(0, 8)) && !/^secrets/m.test(all));
    await start();
    await editor.open(window, "config");
    await window.see(banner(/Type the secrets again that were in it \(line 3\)/));
    await window.press("Control+s");
    await window.see(text(/A hidden secret was damaged by typing/));
    assert.equal(config(), CONFIG);
  });
});
