// From an empty home to a role that is assumed: a portal is added, its page is pressed in a real browser, profiles come of
// what it gives, and one of them starts a role. Then the ways in which it does not work, and out again. The AWS at the
// other end is the one of this computer.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { startLocalAws } from "../../scripts/local-aws.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { clipboard, detail, entry, inDetail, open, openWindow } from "./app.mjs";
import { Home, python } from "./home.mjs";
import { Traces } from "./traces.mjs";
import { role, text } from "./wd.mjs";

const dialog = role("dialog");
const inSheet = (of, name) => role(of, name, { within: dialog });
const said = (words) => text(words, { within: detail });
const FINISH = said("Finish signing in in your browser");

let home, aws, window, browser, pages, traces;

/** What Rolecall opened last; the browser that it knows only notes it. */
const opened = () => (existsSync(pages) ? readFileSync(pages, "utf8").trim().split("\n").at(-1) : "");

async function press(button, { code } = {}) {
  await window.until("a page to be opened", () => opened() !== "");
  const page = await browser.newPage();
  await page.goto(opened());
  if (code) assert.ok((await page.content()).includes(code), "the page shows the code of the window");
  await page.getByRole("button", { name: button }).click();
  await page.waitForLoadState();
  const words = await page.locator("body").innerText();
  await page.close();
  writeFileSync(pages, "");
  return words;
}

async function fill(fields) {
  for (const [name, value] of Object.entries(fields)) {
    await window.click(inSheet("textbox", name));
    await window.press("Control+a");
    await window.type(value);
  }
}

describe("a portal", () => {
  before(async () => {
    aws = await startLocalAws([]);
    home = Home.with({});
    pages = join(home.beside, "pages");
    const script = join(home.beside, "browser");
    writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${pages}'\n`);
    chmodSync(script, 0o755);
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
    // The build whose clock a file moves also tells what crosses to the page.
    const clock = join(home.beside, "clock");
    writeFileSync(clock, "0");
    window = await openWindow(home, { clock, env: { AWS_ENDPOINT_URL: aws.url, BROWSER: script } });
    traces = new Traces(window, home);
    await window.click(entry("Sign-in"));
  });

  after(async () => {
    traces?.stop();
    await window?.close();
    await browser?.close();
    await aws?.stop();
    home?.remove();
  });

  test("is added to an empty home as `aws configure sso` writes it", async () => {
    await window.click(role("button", "Add portal"));
    await fill({ Name: "acme", Address: "https://acme.awsapps.com/start", Region: "eu-west-1" });
    await window.click(inSheet("button", "Add portal"));
    await window.miss(dialog);
    assert.equal(
      home.read(".aws/config"),
      "[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n",
    );
    await window.click(role("option", /^acme/));
    await window.see(said(/^Nobody is signed in on this computer\./));
  });

  test("is given up by Cancel, and what the browser says no to is said", async () => {
    await window.click(inDetail("button", "Sign in"));
    await window.see(FINISH);
    await window.click(inDetail("button", "Cancel"));
    await window.miss(FINISH);
    writeFileSync(pages, "");
    await window.click(inDetail("button", "Sign in"));
    await window.see(FINISH);
    await press("Deny access");
    await window.see(said(/was declined in the browser\./));
  });

  test("is signed in to by a press in the browser, and lists what it gives", async () => {
    await window.click(inDetail("button", "Sign in"));
    await window.see(FINISH);
    await window.click(inDetail("button", "Copy link"));
    await window.until("the link to be on the clipboard", () => clipboard() === opened());
    assert.match(await press("Allow access"), /You are signed in/);
    await window.see(said(/^Signed in until /));
    await window.see(inDetail("button", "List again"));
    await window.see(inDetail("checkbox", /^All roles of /));
    learn();
  });

  test("boto3 is somebody with the sign-in that Rolecall left", async () => {
    const profile = "[profile other]\nsso_session = acme\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n";
    home.write(".aws/config", `${home.read(".aws/config")}\n${profile}region = eu-west-1\n`);
    const program = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])";
    const env = { ...environmentOf(home.path, home.beside), AWS_ENDPOINT_URL: aws.url, AWS_PROFILE: "other" };
    const { stdout } = await promisify(execFile)(join(python, "bin", "python"), ["-c", program], { env });
    assert.match(stdout, /^arn:aws:sts::111122223333:assumed-role\/\S*ReadOnly/);
  });

  test("its roles become profiles, shown first, with one Undo, and a second time nothing is new", async () => {
    await window.click(inDetail("checkbox", "All roles"));
    await window.click(inDetail("button", "Preview 3 new profiles"));
    await window.see(role("region", "What will change"));
    const before = home.read(".aws/config");
    await window.click(inSheet("button", "Write them"));
    await window.miss(dialog);
    await window.until("the profiles to be there", () => home.read(".aws/config").length > before.length);
    assert.ok(home.read(".aws/config").startsWith(before), "what was there is as it was");
    assert.match(
      home.read(".aws/config"),
      /\n\[profile Sandbox-Admin\]\nsso_session = acme\nsso_account_id = 111122223333\nsso_role_name = Admin\n/,
    );
    await window.see(said("already a profile"));
    await window.see(inDetail("button", "Preview new profiles"));
  });

  test("one of them is assumed by a press, and a role that starts from it by another", async () => {
    await window.click(entry("Profiles"));
    await open(window, "Sandbox-Admin");
    await window.click(inDetail("button", "Assume"));
    await window.see(said(/^ASIA/));
    await window.see(said(/\bleft$/));
    home.write(
      ".aws/config",
      `${home.read(".aws/config")}\n[profile onward]\nrole_arn = arn:aws:iam::444455556666:role/FromPortal\nsource_profile = Sandbox-Admin\nregion = eu-west-1\n`,
    );
    await open(window, "onward");
    await window.click(inDetail("button", "Assume"));
    await window.see(said(/assumed-role\/FromPortal/));
    assert.deepEqual(await window.errors(), []);
  });

  test("by a code: the page shows the same one, and what comes of it holds", async () => {
    await window.click(entry("Sign-in"));
    await window.click(role("option", /^acme/));
    await window.click(inDetail("button", "Sign out…"));
    await window.click(inSheet("button", "Sign out"));
    await window.see(said(/^Nobody is signed in on this computer\./));
    await window.click(inDetail("button", "Use a code"));
    await window.see(said("Type this code on the page"));
    const [code] = /\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(await window.evaluate("return document.body.innerText")) ?? [];
    assert.ok(code, "a code is shown");
    await press("Allow access", { code });
    await window.see(said(/^Signed in until /));
    assert.deepEqual(await window.errors(), []);
  });

  test("no token of either sign-in is anywhere but in the shared cache", async () => {
    learn();
    assert.deepEqual(await traces.places(), []);
  });

  /** What is secret in the shared cache now. */
  function learn() {
    const folder = join(home.aws, "sso", "cache");
    for (const name of readdirSync(folder)) {
      const { accessToken, refreshToken, clientSecret } = JSON.parse(readFileSync(join(folder, name), "utf8"));
      for (const secret of [accessToken, refreshToken, clientSecret]) if (secret) traces.learn(secret);
    }
  }
});
