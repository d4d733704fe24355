// Pasting keys into the real window: from the clipboard, by the person's own keys, into real files. Nothing of it is
// written before it was shown, and only the lines that it names change. The keys are AWS's documented examples.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { command } from "../../scripts/build.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { copyElsewhere, inDetail, open, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { css, role, text } from "./wd.mjs";

const ID = "ASIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TOKEN = "AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthTFvwqnKwRcOIfrRh3cLTo6UDdyJwOOvEVPvLXCrrrUtdnniCEXAMPLE";
const block = (id, token) =>
  `[123456789012_Developer]\naws_access_key_id=${id}\naws_secret_access_key=${SECRET}\naws_session_token=${token}\n`;
const FILE =
  "# mine\r\n[default]\r\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\r\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\r\nregion = eu-west-1\r\n";

const sheet = (name) => role("dialog", name);
const inSheet = (of, name) => role(of, name, { within: role("dialog") });
const said = (words) => text(words, { within: role("dialog") });

describe("keys that a person pastes", () => {
  let home, window;

  before(async () => {
    home = Home.with({ ".aws/credentials": FILE });
    window = await openWindow(home);
    await window.see(profileRow("default"));
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  const credentials = () => home.read(".aws/credentials");

  /** What another program copied, into the sheet. */
  async function paste(words) {
    await copyElsewhere(window, words);
    await window.press("Control+Shift+v");
    await window.see(sheet("Paste AWS keys"));
    await window.press("Control+v");
    await window.miss(sheet("Paste AWS keys"));
  }

  async function write(name) {
    await window.click(inSheet("button", name));
    await window.miss(role("dialog"));
  }

  test("Option 2 is recognised, shown with its secrets covered, and nothing is written yet", async () => {
    await paste(block(ID, TOKEN));
    await window.see(sheet("Add a profile?"));
    await window.see(said("“Option 2” from the access portal, for Developer in 1234 5678 9012."));
    await window.see(said(/aws_session_token = ••••/));
    const page = await window.evaluate("return document.documentElement.outerHTML");
    assert.ok(!page.includes(SECRET) && !page.includes(TOKEN), "the page holds no secret");
    assert.equal(credentials(), FILE);
  });

  test("Option 2 becomes a profile under the name that is typed, and that profile is open", async () => {
    await window.click(inSheet("textbox", "Profile"));
    await window.press("Control+a");
    await window.type("acme");
    await write("Add acme");
    await window.see(inDetail("heading", "acme"));
    assert.equal(
      credentials(),
      `${FILE}\r\n[acme]\r\naws_access_key_id = ${ID}\r\naws_secret_access_key = ${SECRET}\r\naws_session_token = ${TOKEN}\r\n`,
    );
  });

  test("the next morning's Option 2 updates that profile: three values and nothing else", async () => {
    const now = credentials();
    await paste(block("ASIAI44QH8DHBEXAMPLE", `${TOKEN}2`));
    await window.see(sheet("Update acme?"));
    await window.see(said(/ASIA…MPLE/));
    await write("Update acme");
    await window.until("the file to have it", () => credentials().includes(`${TOKEN}2`));
    assert.equal(credentials(), now.replace(ID, "ASIAI44QH8DHBEXAMPLE").replace(TOKEN, `${TOKEN}2`));
  });

  test("the .csv of an access key becomes a profile beside the default one", async () => {
    const now = credentials();
    await paste(`\uFEFFAccess key ID,Secret access key\r\nAKIAIOSFODNN7EXAMPLE,${SECRET}\r\n`);
    await window.see(said("The .csv file of IAM."));
    await write("Add pasted");
    await open(window, "pasted");
    assert.equal(
      credentials(),
      `${now}\r\n[pasted]\r\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\r\naws_secret_access_key = ${SECRET}\r\n`,
    );
  });

  test("the .csv of an access key comes in as a file, too, and updates the profile that has the key", async () => {
    const now = credentials();
    const csv = join(home.beside, "accessKeys.csv");
    writeFileSync(
      csv,
      "Access key ID,Secret access key\r\nAKIAIOSFODNN7EXAMPLE,je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\r\n",
    );
    await window.press("Control+Shift+v");
    await window.see(inSheet("button", "Choose a file…"));
    await window.choose(css("input[type=file]"), csv);
    await window.see(sheet("Update pasted?"));
    assert.equal(credentials(), now, "nothing is written yet");
    await write("Update pasted");
    await window.until("the file to have it", () => credentials() !== now);
    assert.equal(
      credentials(),
      now.replace(/(\[pasted\][^[]*key = )\S+/, "$1je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"),
    );
  });

  test("a pasted credential_process is shown and goes in as a comment that nothing runs", async () => {
    const touched = join(home.beside, "PWNED");
    await paste(`[tool]\nregion = eu-west-1\ncredential_process = touch ${touched}\n`);
    await window.see(said("It comes with a command that AWS tools would run"));
    await window.see(said(/^credential_process = touch /));
    await write("Add tool");
    await open(window, "tool");
    assert.equal(
      home.read(".aws/config"),
      `[profile tool]\nregion = eu-west-1\n# credential_process = touch ${touched}\n`,
    );
    assert.ok(!existsSync(touched));
  });

  test("what is no key is told, and Escape leaves everything as it was", async () => {
    const now = home.fingerprint();
    await copyElsewhere(window, "Dear Jo");
    await window.press("Control+Shift+v", "Control+v");
    await window.see(said("That doesn't look like AWS keys."));
    await window.press("Escape");
    await window.miss(role("dialog"));
    assert.deepEqual(home.fingerprint(), now);
    assert.deepEqual(await window.errors(), []);
  });

  test("the command gives the same keys to the same profile", async () => {
    const args = ["import", "-", "--yes", "--json"];
    const env = environmentOf(home.path, home.beside);
    const answer = execFileSync(command, args, { input: block(ID, TOKEN), env, encoding: "utf8" });
    assert.equal(JSON.parse(answer).outcome.is, "written");
    assert.ok(credentials().includes(`[acme]\r\naws_access_key_id = ${ID}\r\n`));
  });
});
