// Every form of the window once, and taken back with Undo: both files are byte for byte what they were. And every dialog
// left by Escape and by Cancel, and with the window itself: nothing in the home has another byte or time.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { copyElsewhere, editor, entry, fill, inDetail, open } from "./app.mjs";
import { onHome } from "./group.mjs";
import { role, text } from "./wd.mjs";

const CONFIG =
  "# mine\r\n[profile dev]\r\nregion=eu-west-1\r\noutput=json\r\n\r\n[profile deploy]\r\nrole_arn = arn:aws:iam::111122223333:role/Deploy\r\nsource_profile = deev\r\n";
const CREDENTIALS =
  "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\n[other]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\n";
const PASTE =
  "[123456789012_Admin]\naws_access_key_id=ASIAIOSFODNN7EXAMPLE\naws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_session_token=AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthTFvwqnKwRcOIfrRh3cLTo6UDdyJwOOvEVPvLXCrrrUtdnniCEXAMPLE\n";

const dialog = role("dialog");
const inSheet = (of, name) => role(of, name, { within: dialog });
const changes = role("region", "What will change");

let home, window;

async function choose(label, name) {
  await window.click(inSheet("button", new RegExp(`^${label}:`)));
  await window.type(name);
  await window.click(inSheet("option", new RegExp(`^${name}(?=[\\s,])`)));
}
async function newProfile(kind, fields) {
  await window.click(entry("Profiles"));
  await window.click(role("button", "New profile"));
  await window.click(inSheet("button", kind));
  await fill(window, { Name: "fresh", ...fields });
}
async function more(profile, choice) {
  await window.click(entry("Profiles"));
  await open(window, profile);
  await window.click(inDetail("button", "More"));
  await window.click(role("menuitem", choice));
}
async function value(profile, button) {
  await window.click(entry("Profiles"));
  await open(window, profile);
  await window.click(inDetail("button", button));
}
async function fix() {
  await window.click(entry("Problems"));
  await window.click(role("option", /deploy has nothing to start from/));
  await window.click(inDetail("button", "Apply fix"));
}
async function paste() {
  await copyElsewhere(window, PASTE);
  await window.press("Control+Shift+v");
  await window.see(role("dialog", "Paste AWS keys"));
  await window.press("Control+v");
  await window.see(role("dialog", "Add a profile?"));
}

/** What opens each form and fills it in; the button that does it. */
const forms = {
  "a new profile with an access key": [
    () => newProfile("Access key", { "Access key ID": "AKIAI44QH8DHBEXAMPLE", Secret: "x".repeat(40) }),
    "Add profile",
  ],
  "a new role": [
    async () => {
      await newProfile("Role", { "Role ARN": "arn:aws:iam::111122223333:role/Fresh" });
      await choose("Starts from", "dev");
    },
    "Add profile",
  ],
  "a new portal with its profile": [
    () =>
      newProfile("IAM Identity Center", {
        ...{ Portal: "corp", Address: "https://corp.awsapps.com/start", "Portal region": "eu-west-1" },
        ...{ "AWS account": "111122223333", Role: "Dev" },
      }),
    "Add profile",
  ],
  "a new program": [() => newProfile("Program", { Program: "/opt/bin/keys --for fresh" }), "Add profile"],
  "a new LocalStack": [() => newProfile("LocalStack", {}), "Add profile"],
  "a rename": [
    async () => {
      await more("dev", "Rename…");
      await fill(window, { "New name": "renamed" });
    },
    "Rename",
  ],
  "a copy": [() => more("dev", "Duplicate…"), "Duplicate"],
  "a move into the other file": [() => more("dev", "Move to credentials…"), "Move"],
  "a merge": [
    async () => {
      await more("other", "Merge into…");
      await choose("Into", "dev");
    },
    "Merge",
  ],
  "a profile deleted": [() => more("dev", "Delete…"), "Delete profile"],
  "a property added": [
    async () => {
      await more("dev", "Add property…");
      await fill(window, { Property: "max_attempts", Value: "5" });
    },
    "Save",
  ],
  "a value changed": [
    async () => {
      await value("dev", "Change region");
      await fill(window, { Value: "us-east-1" });
    },
    "Save",
  ],
  "a value removed": [() => value("dev", "Remove output"), "Remove"],
  "a fix": [fix, "Apply fix"],
  "keys pasted": [paste, /^Add 123456789012_Admin$/],
};

describe("every form", () => {
  const both = () => [home.read(".aws/config"), home.read(".aws/credentials")];

  onHome({ ".aws/config": CONFIG, ".aws/credentials": CREDENTIALS }, "dev", (opened) => ({ home, window } = opened));

  for (const [name, [fillIn, button]] of Object.entries(forms))
    test(`${name} is on disk, and Undo leaves both files as they were`, async () => {
      const old = both();
      await fillIn();
      await window.see(changes);
      assert.deepEqual(both(), old, "showing writes nothing");
      await window.click(inSheet("button", button));
      await window.miss(dialog);
      assert.notDeepEqual(both(), old);
      await window.click(role("button", /^Undo: /));
      await window.see(text(/^Undone: /));
      await window.until("both files to be as they were", () => both().join("") === old.join(""));
      assert.deepEqual(both(), old);
      await window.press("Escape");
    });

  test("no error was on the page", async () => assert.deepEqual(await window.errors(), []));
});

describe("f068 jetbrains_5167_cancel_deletes", () => {
  /** Until what would come of it is there: the buttons below move when it comes. */
  async function shown(fillIn) {
    await fillIn();
    await window.see(changes);
  }
  /** Every dialog, and how one gets there; all but those that a form is. */
  const dialogs = {
    ...Object.fromEntries(Object.entries(forms).map(([name, [fillIn]]) => [name, () => shown(fillIn)])),
    "nothing pasted yet": () => window.press("Control+Shift+v"),
    "the shortcuts": () => window.press("Control+/"),
    "a new account": () => window.press("Control+Shift+n"),
  };

  onHome({ ".aws/config": CONFIG, ".aws/credentials": CREDENTIALS }, "dev", (opened) => ({ home, window } = opened));

  for (const [name, reach] of Object.entries(dialogs))
    test(`${name}: Escape and Cancel leave every byte and time of the home as it was`, async () => {
      const old = home.fingerprint();
      await reach();
      await window.see(dialog);
      await window.press("Escape");
      await window.miss(dialog);
      await reach();
      await window.see(dialog);
      const [cancel] = await window.all(inSheet("button", "Cancel"));
      if (cancel) await window.click(inSheet("button", "Cancel"));
      else await window.click(inSheet("button", "Close"));
      await window.miss(dialog);
      assert.deepEqual(home.fingerprint(), old);
    });

  test("unsaved text with an error: “Save anyway?” left by Escape and by Keep editing writes nothing", async () => {
    const old = home.fingerprint();
    await editor.open(window, "config");
    await editor.goTo(window, "dev");
    await window.press("Enter");
    await window.type("oops");
    for (const leave of [() => window.press("Escape"), () => window.click(inSheet("button", "Keep editing"))]) {
      await window.press("Control+s");
      await window.see(role("dialog", "Save anyway?"));
      await leave();
      await window.miss(dialog);
    }
    assert.deepEqual(home.fingerprint(), old);
    assert.deepEqual(await window.errors(), []);
  });

  test("the window closed over a dialog and unsaved text writes nothing", async () => {
    const old = home.fingerprint();
    await window.press("Control+s");
    await window.see(role("dialog", "Save anyway?"));
    await window.close();
    assert.deepEqual(home.fingerprint(), old);
  });
});
