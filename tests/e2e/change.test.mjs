// Changing the files by form, each once, as a person does it: what was shown is what is on disk, and the rest is byte for
// byte as it was.

import assert from "node:assert/strict";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { entry, filter, inDetail, open, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

const CONFIG =
  "# mine\r\n[profile dev]\r\nregion=eu-west-1\r\n\r\n[profile deploy]\r\nrole_arn = arn:aws:iam::111122223333:role/Deploy\r\nsource_profile = dev\r\n";
const CREDENTIALS =
  "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const SECRET = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";
const dialog = role("dialog");
const button = (name) => role("button", name, { within: dialog });
const field = (name) => role("textbox", name, { within: dialog });
const shows = (words) =>
  text(new RegExp(`${words.replaceAll(/[^\w]/g, "\\$&")}$`), { within: role("region", "What will change") });

describe("on a home of two files", () => {
  let home, window;
  const read = (name) => readFileSync(join(home.aws, name), "utf8");
  const both = () => [read("config"), read("credentials")];

  async function fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      await window.click(field(name));
      await window.press("Control+a");
      await window.type(value);
    }
  }
  async function more(choice) {
    await window.click(inDetail("button", "More"));
    await window.click(role("menuitem", choice));
  }
  async function agree(name) {
    await window.click(button(name));
    await window.miss(dialog);
  }

  before(async () => {
    home = Home.with({ ".aws/config": CONFIG, ".aws/credentials": CREDENTIALS });
    window = await openWindow(home);
    await window.see(profileRow("dev"));
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("a new profile with an access key goes into both files, and its secret is on no screen", async () => {
    await window.press("Control+n");
    await window.see(role("dialog", "New profile"));
    await fill({ Name: "fresh", "Access key ID": "AKIAI44QH8DHBEXAMPLE" });
    await window.click(role("textbox", "Secret", { within: dialog }));
    await window.type(SECRET);
    await fill({ Region: "eu-central-1" });
    await window.see(shows("aws_access_key_id = AKIAI44QH8DHBEXAMPLE"));
    assert.deepEqual(both(), [CONFIG, CREDENTIALS], "showing writes nothing");
    assert.ok(!(await window.evaluate("return document.body.innerText")).includes(SECRET));
    await agree("Add profile");
    await window.see(inDetail("heading", "fresh"));
    assert.deepEqual(both(), [
      `${CONFIG}\r\n[profile fresh]\r\nregion = eu-central-1\r\n`,
      `${CREDENTIALS}\n[fresh]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = ${SECRET}\n`,
    ]);
  });

  test("Cancel and Escape leave every byte and time as it was", async () => {
    const before = home.fingerprint();
    await window.press("Delete");
    await window.see(shows("[profile fresh]"));
    await window.press("Escape");
    await window.miss(dialog);
    await more("Delete…");
    await window.click(button("Cancel"));
    await window.miss(dialog);
    assert.deepEqual(home.fingerprint(), before);
  });

  test("deleted, both files are byte for byte what they were before it", async () => {
    await more("Delete…");
    await window.see(shows("[fresh]"));
    await agree("Delete profile");
    await window.see(text("Deleted fresh."));
    assert.deepEqual(both(), [CONFIG, CREDENTIALS]);
  });

  test("a rename carries the lines that name the profile", async () => {
    await open(window, "dev");
    await window.press("F2");
    await fill({ "New name": "deploy" });
    await window.see(text("There is a profile “deploy” already.", { within: dialog }));
    await fill({ "New name": "acme" });
    await window.see(shows("source_profile = acme"));
    await agree("Rename");
    await filter(window, "");
    await window.see(inDetail("heading", "acme"));
    assert.deepEqual(both(), [
      CONFIG.replace("profile dev", "profile acme").replace("= dev", "= acme"),
      CREDENTIALS.replace("[dev]", "[acme]"),
    ]);
  });

  test("a copy, moved into the other file, merged back", async () => {
    const [config, credentials] = both();
    await more("Duplicate…");
    await fill({ "New name": "acme-2" });
    await window.see(shows("[acme-2]"));
    await agree("Duplicate");
    await window.see(inDetail("heading", "acme-2"));
    await more("Move to credentials…");
    await window.see(shows("region=eu-west-1"));
    await agree("Move");
    await window.see(text("acme-2 stands in credentials now."));
    assert.equal(read("config"), config);
    await more("Merge into…");
    await window.click(role("button", /^Into:/, { within: dialog }));
    await window.type("acme");
    await window.click(role("option", /^acme(?=[\s,])/, { within: dialog }));
    await window.see(shows("[acme-2]"));
    await agree("Merge");
    await window.see(inDetail("heading", "acme"));
    assert.deepEqual(both(), [config, credentials]);
  });

  test("a value is changed where it stands, beside a change of another program", async () => {
    const before = read("config");
    await window.click(inDetail("button", "Change region"));
    await fill({ Value: "us-east-1" });
    await window.see(shows("region=us-east-1"));
    const path = join(home.aws, "config");
    writeFileSync(`${path}.new`, `${before}\r\n[profile theirs]\r\noutput = json\r\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    await agree("Save");
    assert.equal(
      read("config"),
      `${before.replace("region=eu-west-1", "region=us-east-1")}\r\n[profile theirs]\r\noutput = json\r\n`,
    );
  });
});

describe("on a home whose keys others can read", () => {
  let home, window;
  const path = () => join(home.aws, "credentials");
  const mode = () => (statSync(path()).mode & 0o7777).toString(8);

  before(async () => {
    home = Home.with({ ".aws/config": CONFIG });
    home.write(".aws/credentials", CREDENTIALS, 0o664);
    window = await openWindow(home);
    await window.click(entry("Problems"));
    await window.click(role("option", /Other users can read your keys/));
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("what closing it does is shown, and nothing has changed yet", async () => {
    await window.see(text(/0664 rw-rw-r--$/));
    await window.see(text(/0600 rw-------$/));
    assert.equal(mode(), "664");
  });

  test("closed, only its owner can open it, its bytes and time are as they were, and the problem is gone", async () => {
    const { mtimeNs, ino } = statSync(path(), { bigint: true });
    await window.click(inDetail("button", "Make private"));
    await window.see(text("Only you can open credentials now."));
    await window.miss(role("option", /can read your keys/));
    assert.equal(mode(), "600");
    const after = statSync(path(), { bigint: true });
    assert.deepEqual([after.mtimeNs, after.ino], [mtimeNs, ino]);
    assert.equal(readFileSync(path(), "utf8"), CREDENTIALS);
    assert.deepEqual(await window.errors(), []);
  });
});

describe("a file that others can read, and a key that stands twice with one value", () => {
  const twice = `${CONFIG}\n[profile twice]\nregion = eu-west-1\noutput = json\nregion = eu-west-1\n`;
  let home, window;
  const mode = () => (statSync(join(home.aws, "credentials")).mode & 0o7777).toString(8);

  before(async () => {
    home = Home.with({ ".aws/config": twice });
    home.write(".aws/credentials", CREDENTIALS, 0o664);
    window = await openWindow(home);
    await window.click(entry("Problems"));
    await window.click(role("button", "Fix all safe ones (2)"));
    await window.see(role("dialog", "Fix all safe ones?"));
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  test("all that becomes of them is shown in one sheet, and nothing has changed yet", async () => {
    await window.see(text(/credentials becomes private: its permissions 0664 become 0600\./));
    await window.see(role("region", "What will change"));
    assert.equal(home.read(".aws/config"), twice);
    assert.equal(mode(), "664");
  });

  test("one press does it, Undo takes the lines back, and the file stays private", async () => {
    await window.click(role("button", "Fix them"));
    await window.miss(role("dialog"));
    await window.until("one of the two lines to be gone", () => home.read(".aws/config").length < twice.length);
    assert.equal(home.read(".aws/config"), twice.replace(/region = eu-west-1\n$/, ""));
    await window.until("the file to be private", () => mode() === "600");
    await window.miss(role("button", /^Fix all safe ones/));
    await window.click(role("button", "Undo: Fix all safe ones"));
    await window.until("both lines to be back", () => home.read(".aws/config") === twice);
    assert.equal(mode(), "600");
    assert.deepEqual(await window.errors(), []);
  });
});
