// A role assumed by a press, over two hops with a code between them, on the AWS of this computer. What Copy put on the
// clipboard is believed only when bash takes it and boto3 is somebody with it. One AWS's sessions last some seconds, to see the end.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startLocalAws } from "../../scripts/local-aws.mjs";
import { clipboard, copyElsewhere, detail, inDetail, open, openWindow } from "./app.mjs";
import { Home, python } from "./home.mjs";
import { role, text } from "./wd.mjs";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const DEVICE = "arn:aws:iam::111122223333:mfa/jo";
const world = `
[[user]]
arn = "arn:aws:iam::111122223333:user/jo"
keys = [{ id = "AKIAIOSFODNN7EXAMPLE", secret = "${SECRET}" }]
device = { serial = "${DEVICE}", code = "481516" }
[[role]]
arn = "arn:aws:iam::111122223333:role/Admin"
trusts = ["arn:aws:iam::111122223333:user/jo"]
mfa_required = true
[[role]]
arn = "arn:aws:iam::444455556666:role/Deploy"
trusts = ["arn:aws:iam::111122223333:role/Admin"]
[[role]]
arn = "arn:aws:iam::111122223333:role/Reader"
trusts = ["arn:aws:iam::111122223333:user/jo"]
[[role]]
arn = "arn:aws:iam::123456789012:role/Locked"
`;
const profiles = (aws) => `
[profile base]
region = eu-west-1
endpoint_url = ${aws}
[profile admin]
role_arn = arn:aws:iam::111122223333:role/Admin
source_profile = base
mfa_serial = ${DEVICE}
region = eu-west-1
endpoint_url = ${aws}
[profile deploy]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = admin
role_session_name = jo-deploys
region = eu-west-1
endpoint_url = ${aws}
[profile reader]
role_arn = arn:aws:iam::111122223333:role/Reader
source_profile = base
region = eu-west-1
endpoint_url = ${aws}
[profile locked]
role_arn = arn:aws:iam::123456789012:role/Locked
source_profile = base
region = eu-west-1
endpoint_url = ${aws}
`;

const assume = inDetail("button", "Assume");
const code = role("dialog", /^Code for /);
const said = (words) => text(words, { within: detail });

/** A home with these profiles, their AWS, and a window on them. */
async function begin(args = []) {
  const home = new Home();
  const file = join(home.beside, "world.toml");
  writeFileSync(file, world);
  const aws = await startLocalAws(["--world", file, ...args]);
  home.write(".aws/config", profiles(aws.url));
  home.write(
    ".aws/credentials",
    `[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${SECRET}\n`,
  );
  const untouched = home.fingerprint();
  const window = await openWindow(home, { env: { SHELL: "/bin/bash" } });
  return { home, aws, window, untouched };
}

async function end({ home, aws, window }) {
  await window?.close();
  await aws?.stop();
  home?.remove();
}

describe("a role", () => {
  let home, aws, window, untouched;

  before(async () => ({ home, aws, window, untouched } = await begin()));
  after(() => end({ home, aws, window }));

  test("asks for the code of the device on its way, says when it is wrong, and takes one that is pasted", async () => {
    await open(window, "deploy");
    await window.click(assume);
    await window.see(code);
    await window.see(text("Type the 6-digit code from the device jo.", { within: code }));
    await window.type("111111");
    await window.press("Enter");
    await window.see(text("That code was refused.", { within: code }));
    await copyElsewhere(window, "481 516");
    await window.press("Control+v");
    await window.until("the code to be pasted", () => window.evaluate(`return document.activeElement.value`));
    await window.press("Enter");
    await window.miss(code);
    await window.see(said(/^(59|1 h 0) min left of 1 hour/));
  });

  test("is shown with who one is, its key without what is secret, and its end", async () => {
    await window.see(said("assumed-role/Deploy/jo-deploys"));
    await window.see(said(/^ASIA…\w{4}$/));
    await window.see(said("never saved to disk"));
    await window.see(said(/ of 1 hour, until /));
    assert.doesNotMatch(await window.evaluate("return document.documentElement.outerHTML"), /wJalr|aws_session_token/);
    assert.deepEqual(home.fingerprint(), untouched, "nothing is written");
  });

  test("is handed to bash by Copy, and boto3 is that role with it", async () => {
    await window.click(inDetail("button", "Copy for bash"));
    await window.until("the clipboard to have it", () => clipboard().includes("AWS_SESSION_TOKEN"));
    assert.equal(whoBotoIs(clipboard()), "arn:aws:sts::444455556666:assumed-role/Deploy/jo-deploys");
  });

  test("that does not trust one says who was denied what", async () => {
    await open(window, "locked");
    await window.click(assume);
    await window.see(said("jo may not assume Locked."));
    await window.see(assume);
  });

  test("whose AWS is silent can be given up, and asked again", async () => {
    await open(window, "reader");
    await aws.control({ do: "script", action: "AssumeRole", answer: { kind: "hang" } });
    await window.click(assume);
    await window.see(inDetail("button", "Asking AWS…"));
    await window.click(inDetail("button", "Cancel"));
    await window.see(assume);
    await window.miss(inDetail("button", "Cancel"));
    await window.click(assume);
    await window.see(said(/ left of 1 hour/));
  });

  test("is ended by a press, and nothing so far was written or reported", async () => {
    await window.click(inDetail("button", "End session"));
    await window.see(assume);
    await window.miss(inDetail("button", "Copy for bash"));
    assert.deepEqual(await window.errors(), []);
    assert.deepEqual(home.fingerprint(), untouched);
  });
});

describe("a role whose session lasts some seconds", () => {
  let home, aws, window;

  before(async () => ({ home, aws, window } = await begin(["--session-seconds", "8"])));
  after(() => end({ home, aws, window }));

  test("is seen to end, and to be there again after another press", async () => {
    await open(window, "reader");
    await window.click(assume);
    await window.see(said(/^under 1 min left /));
    await window.see(said(/^Ended at /));
    await window.miss(inDetail("button", "Copy for bash"));
    await window.click(assume);
    await window.see(said(/^under 1 min left /));
    assert.deepEqual(await window.errors(), []);
  });
});

/** Who boto3 is in a bash that has nothing but these lines. */
function whoBotoIs(lines) {
  const program = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])";
  const script = 'eval "$(cat)"; exec "$@"';
  const run = [join(python, "bin", "python3"), "-c", program];
  return execFileSync("bash", ["--norc", "-c", script, "bash", ...run], {
    input: lines,
    env: {},
    encoding: "utf8",
  }).trim();
}
