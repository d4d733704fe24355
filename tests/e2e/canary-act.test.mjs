// The canary test of all that the window does: both files edited, compared and saved, roles assumed with codes and
// refusals, accounts, tokens that another program renews, AWS that breaks off. Secrets are in the files, in the AWS
// beside them and in what that hands out. They must be in no place where they don't belong, at no time of the walk; that
// the search would see them is the claim of `canary-leaks.test.mjs`.
// The window is the steered build, which records what crosses to its page; else it is as people get it.
// Two things are not claimed. What a person types stays in the page's memory: the MFA code is looked for everywhere
// else. And the clipboard has what a person copied there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startLocalAws } from "../../scripts/local-aws.mjs";
import { detail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { Traces, newCanary } from "./traces.mjs";
import { css, role, text } from "./wd.mjs";

const CANARY = newCanary();
const CODE = "481516";
const secret = (kind) => `${CANARY}/${kind}+`.padEnd(40, "z");
const token = (kind) => `IQoJb3JpZ2luX2Vj${CANARY}/${kind}==`;
const cache = ".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
const arn = "arn:aws:sts::111122223333:assumed-role/PowerUser/jo";

/** Everything that prints a word on its own is told to print all it can. */
const TALKATIVE = {
  RUST_LOG: "trace",
  RUST_BACKTRACE: "full",
  AWS_LOG_LEVEL: "trace",
  AWS_SDK_LOG: "debug",
  G_MESSAGES_DEBUG: "all",
};

const world = `
[[user]]
arn = "arn:aws:iam::111122223333:user/jo"
keys = [{ id = "AKIAIOSFODNN7EXAMPLE", secret = "${secret("jo")}" }]
device = { serial = "arn:aws:iam::111122223333:mfa/jo", code = "${CODE}" }
[[user]]
arn = "arn:aws:iam::111122223333:user/ci"
keys = [{ id = "AKIAI44QH8DHBEXAMPLE", secret = "${secret("ci")}" }]
[[role]]
arn = "arn:aws:iam::111122223333:role/lambda-role"
trusts = ["arn:aws:iam::111122223333:user/ci"]
[[role]]
arn = "arn:aws:iam::444455556666:role/ArchiveReader"
trusts = ["arn:aws:iam::111122223333:role/lambda-role"]
[[role]]
arn = "arn:aws:iam::777788889999:role/Admin"
trusts = ["arn:aws:iam::111122223333:user/jo"]
mfa_required = true
[[role]]
arn = "arn:aws:iam::777788889999:role/Billing"
[[session]]
arn = "${arn}"
key = { id = "ASIAPOWERUSR7EXAMPLE", secret = "${secret("power")}" }
token = "${token("power")}"
seconds = 3600
`;

const config = (url) => `# aws_secret_access_key = ${secret("comment")}
[sso-session s]
sso_region = eu-west-1
sso_start_url = https://acme.awsapps.com/start
[profile portal]
sso_session = s
sso_account_id = 111122223333
sso_role_name = Developer
[profile program]
credential_process = /bin/false --token ${CANARY}
my_own_key = ${secret("own")}
[profile runner]
role_arn = arn:aws:iam::111122223333:role/lambda-role
source_profile = ci
region = eu-west-1
endpoint_url = ${url}
[profile archive]
role_arn = arn:aws:iam::444455556666:role/ArchiveReader
source_profile = runner
region = eu-west-1
endpoint_url = ${url}
[profile admin]
role_arn = arn:aws:iam::777788889999:role/Admin
source_profile = jo
mfa_serial = arn:aws:iam::111122223333:mfa/jo
region = eu-west-1
endpoint_url = ${url}
[profile denied]
role_arn = arn:aws:iam::777788889999:role/Billing
source_profile = ci
region = eu-west-1
endpoint_url = ${url}
`;

const keysOf = (name, id, secret, token, url) =>
  `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n` +
  `${token ? `aws_session_token = ${token}\n` : ""}region = eu-west-1\nendpoint_url = ${url}\n\n`;

const credentials = (url, power = ["ASIAPOWERUSR7EXAMPLE", secret("power"), token("power")]) =>
  keysOf("jo", "AKIAIOSFODNN7EXAMPLE", secret("jo"), undefined, url) +
  keysOf("ci", "AKIAI44QH8DHBEXAMPLE", secret("ci"), undefined, url) +
  keysOf("stranger", "AKIABILLING77EXAMPLE", secret("stranger"), undefined, url) +
  keysOf("power", ...power, url);

const portalToken = (kind, from) =>
  JSON.stringify({
    startUrl: "https://acme.awsapps.com/start",
    region: "eu-west-1",
    accessToken: `${CANARY}access${kind}`,
    clientSecret: `${CANARY}client`,
    refreshToken: `${CANARY}refresh${kind}`,
    expiresAt: from,
  });

const entry = (name) => role("link", new RegExp(`^${name}`), { within: role("navigation") });
/** Where the text of a file is; a click into it puts the cursor there. */
const written = css(".file .text:has(.view-line)");
const inDetail = (of, name) => role(of, name, { within: detail });

describe("after everything that can be done", () => {
  let home, aws, window, traces;

  before(async () => {
    home = Home.with({ "world.toml": world });
    aws = await startLocalAws(["--world", join(home.path, "world.toml")]);
    home.write(".aws/config", config(aws.url));
    home.write(".aws/credentials", credentials(aws.url));
    home.write(cache, portalToken("1", "2030-01-01T00:00:00Z"));
    mkdirSync(join(home.beside, "tmp"));
    const clock = join(home.beside, "clock");
    window = await openWindow(home, {
      clock,
      env: { ...TALKATIVE, SHELL: "/bin/bash", TMPDIR: join(home.beside, "tmp") },
    });
    traces = new Traces(window, home, CANARY);
    await window.see(profileRow("ci"));
  });

  after(async () => {
    traces?.stop();
    await window?.close();
    await aws?.stop();
    home?.remove();
  });

  test("both files are edited, damaged, mended, compared, merged and saved", async () => {
    await window.click(entry("File editor"));
    for (const [file, section] of [
      ["credentials", "[typed]"],
      ["config", "[profile typed]"],
    ]) {
      await window.click(role("tab", new RegExp(`^${file}`)));
      await window.click(written);
      await window.press("Control+End");
      await window.press("Enter");
      await window.type(section);
      await window.press("Enter");
      await window.type("region = eu-west-1");
      await window.see(text(/^\d unsaved lines$/));
      await traces.look();
      await window.click(role("button", "Review changes"));
      await window.see(text("Yours"));
      await window.see(css(".monaco-diff-editor"));
      await traces.look();
      await window.click(role("button", /^Back to editing/));
      await window.press("Control+s");
      await window.see(text(new RegExp(`^Saved ${file}\\.`)));
      await traces.look();
    }
  });

  test("a hidden secret that was damaged is not saved, and is whole again after undo", async () => {
    await window.click(role("tab", /^credentials/));
    await window.click(role("searchbox", /^Go to section/));
    await window.type("stranger");
    await window.press("Enter");
    await window.click(written);
    await window.press("Control+Home", "ArrowDown", "ArrowDown", "End", "ArrowLeft", "ArrowLeft");
    await window.type("x");
    await window.see(role("option", /hidden secret was damaged/));
    await window.press("Control+s");
    await window.see(text(/^A hidden secret was damaged by typing/));
    await traces.look();
    await window.press("Control+z");
    await window.miss(role("option", /hidden secret was damaged/));
  });

  test("another program changes the line that is typed on, and both sides are looked at", async () => {
    await window.click(role("tab", /^credentials/));
    await window.click(written);
    await window.press("Control+End", "Backspace");
    await window.type("2");
    await window.see(text("1 unsaved line"));
    put(home, ".aws/credentials", home.read(".aws/credentials").replace(/eu-west-1$/, "eu-west-3"));
    await window.see(text("This file changed on disk while you were editing"));
    await window.click(role("button", "Compare"));
    await window.see(css(".monaco-diff-editor"));
    await traces.look();
    await window.click(role("button", "Load theirs"));
    await window.miss(role("button", "Load theirs"));
    await traces.look();
  });

  test("who one is is asked, and refused to a stranger", async () => {
    await open(window, "ci");
    await window.click(inDetail("button", "Verify"));
    await window.see(text(/Checked just now/, { within: detail }));
    await traces.look();
    await open(window, "stranger");
    await window.click(inDetail("button", "Verify"));
    await window.see(text(/doesn't know the access key/, { within: detail }));
    await traces.look();
  });

  test("a role is assumed over two hops, and what was copied of it is nowhere else", async () => {
    await open(window, "archive");
    await window.click(inDetail("button", "Assume"));
    await window.see(inDetail("button", "End session"));
    await window.click(inDetail("button", "Copy for bash"));
    const lines = await window.until(
      "the clipboard to have it",
      () => /AWS_SESSION_TOKEN/.test(clipboard()) && clipboard(),
    );
    for (const name of ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"])
      traces.learn(new RegExp(`${name}=(\\S+)`).exec(lines)[1]);
    await traces.look();
    await window.click(inDetail("button", "End session"));
    await window.miss(inDetail("button", "End session"));
    await traces.look();
  });

  test("a code is refused, then taken, and is in nothing but the question to the engine", async () => {
    await open(window, "admin");
    await window.click(inDetail("button", "Assume"));
    await window.see(role("dialog"));
    await window.type("000000");
    await window.press("Enter");
    await window.see(text("That code was refused."));
    await traces.look();
    await window.type(CODE);
    await window.press("Enter");
    await window.miss(role("dialog"));
    await window.see(inDetail("button", "End session"));
    await traces.look();
    const isCode = (line) => new RegExp(`(?<!\\d)${CODE}(?!\\d)`).test(line);
    const lines = (await traces.ipc()).filter(isCode);
    assert.deepEqual(
      lines.map((line) => line.split(" ").slice(0, 2)),
      [["asked", "ipc://localhost/assume"]],
    );
    assert.ok(!isCode(window.log));
    assert.ok(!isCode(await window.evaluate("return document.documentElement.outerHTML")));
    assert.ok(!traces.watched.commands.some(isCode));
  });

  test("a role is denied, and AWS breaks off, answers with a page, stays silent", async () => {
    await open(window, "denied");
    await window.click(inDetail("button", "Assume"));
    await window.see(text(/may not/, { within: detail }));
    await traces.look();
    await open(window, "runner");
    for (const [answer, sentence] of [
      [{ kind: "reset" }, /broke off before the answer was whole/],
      [{ kind: "page", status: 200, content_type: "text/html", body: `<p>${secret("page")}</p>` }, /is not STS/],
    ]) {
      await aws.control({ do: "script", action: "AssumeRole", answer });
      await window.click(inDetail("button", "Assume"));
      await window.see(text(sentence, { within: detail }));
      await traces.look();
    }
    await aws.control({ do: "script", action: "AssumeRole", answer: { kind: "hang" } });
    await window.click(inDetail("button", "Assume"));
    await window.click(inDetail("button", "Cancel"));
    await window.miss(inDetail("button", "Cancel"));
    await traces.look();
  });

  test("an account is made, verified and used", async () => {
    await open(window, "ci");
    await window.press("Control+Shift+n");
    await window.see(role("dialog"));
    await window.click(role("button", /^Profile:/));
    await window.type("power");
    await window.press("Enter");
    await window.see(role("button", /^Profile: power/));
    await traces.look();
    await window.click(role("button", "Save and verify"));
    await window.see(text(/^Verified just now/));
    await window.click(role("button", "Use this account"));
    await window.miss(role("button", "Use this account"));
    await traces.look();
  });

  for (const [answer, sees] of [
    ["Not now", /Newer keys for power are in your files/],
    ["Yes, use the new token", /^Verified|^Connected|^Not checked/],
  ])
    test(`a token is renewed by another program: ${answer}`, async () => {
      const issued = await aws.control({ do: "issue", arn, seconds: 3600 });
      traces.learn(issued.secret);
      traces.learn(issued.token);
      put(home, ".aws/credentials", credentials(aws.url, [issued.key_id, issued.secret, issued.token]));
      await ask(window);
      await traces.look();
      await window.click(role("button", answer));
      await window.miss(role("dialog"));
      await window.see(text(sees));
      await traces.look();
    });

  test("a sign-in is renewed by another program", async () => {
    put(home, cache, portalToken("2", "2031-01-01T00:00:00Z"));
    await ask(window);
    await traces.look();
    await window.click(role("button", "Yes, use the new token"));
    await window.miss(role("dialog"));
  });

  test("the canary is nowhere, and the search saw everything", async () => {
    assert.deepEqual(await traces.places(), []);
    assert.deepEqual(
      traces
        .files(home.path)
        .map((file) => file.slice(home.path.length + 1))
        .sort(),
      [".aws/config", ".aws/credentials", cache, "world.toml"],
    );
    assert.deepEqual(await window.errors(), []);
    const { rate, commands, titles } = traces.watched;
    assert.match(titles, /^Rolecall$/m);
    assert.ok(rate > 10, `the table of processes was looked at ${rate} times a second`);
    assert.ok(commands.some((line) => line.includes("rolecall-app-steered")));
    const ipc = await traces.ipc();
    for (const command of ["edit_draft", "save_draft", "compare_draft", "assume", "copy_exports", "save_account"])
      for (const way of ["asked", "answered"])
        assert.ok(
          ipc.some((line) => line.startsWith(`${way} ipc://localhost/${command} `)),
          `${command} was not ${way}`,
        );
    for (const told of ["update", "draft"])
      assert.ok(
        ipc.some((line) => line.startsWith(`told {"is":"${told}"`)),
        told,
      );
  });

  test("the same search finds what a person asked to see, in the answer, on the page and in its memory", async () => {
    await open(window, "ci");
    await window.click(inDetail("button", /^Show .*secret.* for 30 seconds$/i));
    await window.see(text(secret("ci"), { within: detail }));
    assert.deepEqual(await traces.places(), [
      "the memory of the page's process",
      "the page",
      "what crosses to the page",
    ]);
  });
});

async function open(window, name) {
  await window.click(entry("Profiles"));
  await window.click(role("searchbox", /^Filter/));
  await window.press("Control+a", "Backspace");
  await window.type(name);
  await window.click(profileRow(name));
  await window.see(inDetail("heading", name));
}

/** “Session Token Changed” is on screen, as a sheet or behind its bar. */
async function ask(window) {
  const sheet = role("heading", "Session Token Changed");
  const bar = role("button", "Look at it");
  await window.until("the question", async () => (await window.all(sheet)).length + (await window.all(bar)).length > 0);
  if ((await window.all(sheet)).length === 0) await window.click(bar);
  await window.see(sheet);
}

/** Puts a file in the place of the old one, as careful programs do. */
function put(home, name, content) {
  home.write("fresh", content);
  renameSync(join(home.path, "fresh"), join(home.path, name));
}

function clipboard() {
  try {
    return execFileSync("xclip", ["-selection", "clipboard", "-o"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}
