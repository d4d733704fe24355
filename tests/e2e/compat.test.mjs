// Who reads the files how: the answer that a person needs before a program signs with the wrong keys.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { detail, entry, inDetail, open, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

const KEYS =
  "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const OTHERS =
  "aws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\n";
const broken = `[a]\n${KEYS}[b\n${OTHERS}[c]\n${KEYS}`;

/** A portal and keys in one profile: not every SDK takes the same of the two. */
const both = `[profile s]
sso_start_url = https://x.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = R
${KEYS}`;

const said = (words) => text(words, { within: detail });
const row = (name) => role("option", name);
let home, window;

/** The page's own memory, which WebKit writes a moment later. */
function isKept(name) {
  const folder = join(home.beside, "data/dev.rolecall.app/localstorage");
  const has = (file) => {
    const bytes = readFileSync(join(folder, file));
    return bytes.includes(name) || bytes.includes(Buffer.from(name, "utf16le"));
  };
  return existsSync(folder) && readdirSync(folder).some(has);
}

before(async () => {
  home = Home.with({ ".aws/config": `[profile d]\nregion = eu-west-1 # home\n${both}`, ".aws/credentials": broken });
  window = await openWindow(home);
  await window.see(profileRow("a"));
});

after(async () => {
  await window?.close();
  home?.remove();
});

test("a profile says who would sign as it with somebody else’s keys, and no secret is in it", async () => {
  await open(window, "a");
  await window.see(said(/JavaScript and Go would sign as a with b’s keys\./));
  await window.see(said(/Java and Rust can’t read credentials, line 4: Profile definition must end with '\]'/));
  const page = await window.evaluate("return document.documentElement.outerHTML");
  assert.doesNotMatch(page, /wJalr|je7Mt/);
});

test("why: who would sign with another profile’s keys, from which line, and who fails with which words", async () => {
  await window.click(inDetail("button", "Why"));
  await window.see(inDetail("heading", "JavaScript and Go"));
  await window.see(said("Keys of b, under the name of a"));
  await window.see(said("That line stands below [b]."));
  await window.see(inDetail("heading", "Java and Rust"));
  await window.see(said("Profile definition must end with ']'"));
  await window.click(inDetail("link", "credentials, line 5"));
  await window.see(text(/Problems in this file/));
  await window.press("Alt+ArrowLeft");
  await window.see(inDetail("heading", "a"));
  await window.see(inDetail("heading", "JavaScript and Go"));
});

test("Problems say it too, name both, and lead to both", async () => {
  await window.click(entry("Problems"));
  await window.click(row(/JavaScript and Go would sign as a with b's keys\./));
  await window.see(inDetail("heading", "JavaScript and Go would sign as a with b's keys."));
  await window.see(inDetail("link", "b"));
  await window.click(inDetail("link", "a"));
  await window.see(inDetail("heading", "a"));
});

test("the whole file says which reader refuses it at which line, and leads there", async () => {
  await window.click(entry("Compatibility"));
  await window.click(row(/^Rust/));
  await window.see(inDetail("heading", "Can’t read credentials, line 4"));
  await window.see(said("Rust can’t use any profile until this line is right."));
  await window.click(inDetail("link", "credentials, line 4"));
  await window.see(text(/Problems in this file/));
  await window.press("Alt+ArrowLeft");
  await window.see(inDetail("heading", "Can’t read credentials, line 4"));
});

test("only what the team uses is looked at, also after the next start", async () => {
  await window.see(row(/^d/));
  for (const reader of ["AWS CLI, boto3", "OpenDAL, rust-s3"]) await window.click(role("checkbox", reader));
  await window.miss(row(/^d/));
  await window.click(row(/^a/));
  await window.see(said(/would sign as a with b’s keys/));
  await window.miss(said(/OpenDAL/));
  await window.until("what was chosen to be on the disk", () => isKept("reader.rust-ini"));
  await window.close();
  window = await openWindow(home);
  await window.click(entry("Compatibility"));
  await window.see(row(/^Go/));
  assert.equal((await window.all(row(/^OpenDAL/))).length, 0);
});

test("when the header is whole again, the change on disk is on screen and everybody reads a the same", async () => {
  await window.click(row(/^a/));
  home.write(".aws/credentials", broken.replace("[b\n", "[b]\n"));
  await window.miss(row(/^a/));
  await window.see(row(/Rust/));
  await window.click(entry("Profiles"));
  await open(window, "a");
  await window.miss(said(/would sign/));
  assert.deepEqual(await window.errors(), []);
});

test("SDKs that would not use the same keys of a profile stand side by side, also for whoever has no mouse", async () => {
  await window.click(inDetail("button", "Why"));
  await window.see(said("All the same"));
  await open(window, "s");
  await window.see(inDetail("heading", "AWS CLI, boto3, Java, and Rust"));
  await window.see(said("The portal of s"));
  await window.see(inDetail("heading", "JavaScript and Go"));
  await window.see(said("Keys of s"));
  await window.click(inDetail("button", "Why"));
  await window.miss(said("Keys of s"));
  await window.press("Enter");
  await window.see(said("Keys of s"));
  assert.deepEqual(await window.errors(), []);
});
