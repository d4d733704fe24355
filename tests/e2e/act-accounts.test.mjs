// Accounts on a copy of the sample home: made, verified at the AWS of this computer, switched in the bar, sent to another
// endpoint, and left alone by their profile.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startLocalAws } from "../../scripts/local-aws.mjs";
import { detail, entry, inDetail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

const sheet = role("dialog", "New account");
const inSheet = (of, name) => role(of, name, { within: sheet });
const bar = role("banner");
const inBar = (name) => role("button", name, { within: bar });
const said = (words) => text(words, { within: detail });

describe("on the sample home", () => {
  let home, aws, other, window, untouched;

  before(async () => {
    [aws, other] = await Promise.all([startLocalAws(), startLocalAws()]);
    home = Home.sample({ aws: aws.url });
    untouched = home.fingerprint();
    window = await openWindow(home, { args: ["--sample"] });
    await window.see(profileRow("default"));
  });

  after(async () => {
    await window?.close();
    await Promise.all([aws?.stop(), other?.stop()]);
    home?.remove();
  });

  test("choosing the profile fills in keys, region, roles and a name, and no secret", async () => {
    await window.click(inBar("New account"));
    await window.see(sheet);
    await choose("acme-ci");
    await window.see(text(/^AKIA…MPLE/, { within: sheet }));
    await window.see(text("1 role in config starts from this profile", { within: sheet }));
    await window.see(inSheet("button", /^Region: eu-west-1/));
    assert.doesNotMatch(await window.evaluate("return document.documentElement.outerHTML"), /EXAMPLEKEY/);
  });

  test("saved, it is verified: one sees who one is", async () => {
    await window.click(inSheet("button", "Save and verify"));
    await window.miss(sheet);
    await window.see(said("user/acme-ci"));
    await window.see(said(/^1111.2222.3333$/));
    await window.see(entry("Accounts 1"));
  });

  test("used, it stands in the bar, where a press on a role assumes that role", async () => {
    await window.click(inDetail("button", "Use this account"));
    await window.see(inBar(/^Account: ?Acme.CI/i));
    await window.see(inBar(/^Role: ?Base keys/));
    await window.see(inBar(/^Region: ?eu-west-1/));
    await window.click(inBar(/^Role: ?Base keys/));
    await window.click(role("option", /^lambda-runner/));
    await window.see(inBar(/^Role: ?lambda-runner/));
    await window.see(inBar(/^Session: (1|2) min left/));
    const log = await aws.control({ do: "log" });
    assert.deepEqual(
      log.map((request) => request.action),
      ["GetCallerIdentity", "AssumeRole"],
    );
  });

  test("an account with an address of its own asks there", async () => {
    await window.click(inBar("New account"));
    await window.click(inSheet("button", "Other endpoint"));
    await window.click(inSheet("textbox", "Address"));
    await window.type(other.url);
    await choose("legacy-backup");
    await window.click(inSheet("textbox", "Name"));
    await window.press("Control+a");
    await window.type("Elsewhere");
    await window.click(inSheet("button", "Save and verify"));
    await window.miss(sheet);
    await window.see(inDetail("heading", "Elsewhere"));
    await window.see(said("user/legacy-backup"));
    await window.see(said(other.url));
    const asked = await other.control({ do: "log" });
    assert.deepEqual(
      asked.map((request) => request.action),
      ["GetCallerIdentity"],
    );
    assert.deepEqual(home.fingerprint(), untouched, "accounts are not kept in the person's files");
  });

  test("one press in the bar switches to another account", async () => {
    await window.click(inBar(/^Account:/));
    await window.click(role("option", /^Elsewhere/));
    await window.see(inBar(/^Account: ?Elsewhere/));
  });

  test("an account whose profile is removed stays and says so, until the profile is back", async () => {
    const credentials = home.read(".aws/credentials");
    assert.ok(credentials.includes("[legacy-backup]"));
    home.write(".aws/credentials", credentials.replace("[legacy-backup]", "[renamed]"), 0o644);
    await window.see(said("Profile “legacy-backup” is gone."));
    await window.miss(inDetail("button", /^Verify/));
    home.write(".aws/credentials", credentials, 0o644);
    await window.miss(said("Profile “legacy-backup” is gone."));
    await window.click(inDetail("button", /^Verify/));
    await window.see(said(/^Verified just now/));
    assert.deepEqual(await window.errors(), []);
  });

  /** Chooses the profile of the account that is being made. */
  async function choose(name) {
    await window.click(inSheet("button", /^Profile:/));
    await window.type(name);
    await window.press("Enter");
    await window.see(inSheet("button", new RegExp(`^Profile: ${name}$`)));
  }
});
