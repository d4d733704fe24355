// Bad input to what Act does: an AWS that refuses, hangs or lies, keys that lack something, files that can't be saved.
// One row each: the exact sentence is on screen, another profile still opens by a click, and the home is as it was. A row
// that did not run to its end is named, and that is a failure.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { command } from "../../scripts/build.mjs";
import { startLocalAws } from "../../scripts/local-aws.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { boundByPermissions, detail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const KEYS = `aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${SECRET}\n`;
const HTML = "<html><body>Sign in to the guest network</body></html>";
const SESSION = "arn:aws:sts::111122223333:assumed-role/Deploy/rolecall-jo";
const sheet = role("dialog");

let aws, host;

before(async () => {
  aws = await startLocalAws([]);
  host = new URL(aws.url).host;
});

after(() => aws.stop());

/** The home of most rows: keys, and roles that start from them, all at the AWS of this test. */
const files = (more = "") => ({
  ".aws/config": `[profile jo]\nregion = eu-west-1\nendpoint_url = ${aws.url}\n${roles(more)}`,
  ".aws/credentials": `[good]\n${KEYS}\n[jo]\n${KEYS}`,
});

const roles = (more) =>
  [
    ["deploy", "111122223333:role/Deploy"],
    ["locked", "777788889999:role/Locked"],
    ["admin", "777788889999:role/Admin", "mfa_serial = arn:aws:iam::111122223333:mfa/jo\n"],
  ]
    .map(
      ([name, arn, rest = ""]) =>
        `\n[profile ${name}]\nrole_arn = arn:aws:iam::${arn}\nsource_profile = jo\nendpoint_url = ${aws.url}\n${rest}`,
    )
    .join("") + more;

/** An answer to `AssumeRole` with these parts. */
const answer = ({ token = "<SessionToken>token</SessionToken>", end = "2126-11-22T12:00:00Z", arn = SESSION }) => ({
  kind: "page",
  status: 200,
  content_type: "text/xml",
  body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>${arn}</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>${token}<Expiration>${end}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
});

/** A row in which assuming `deploy` gets this from AWS. */
const assumeAnswered = (what, scripted, sentence, hint) => ({
  what,
  does: async (window) => {
    await aws.control({ do: "script", action: "AssumeRole", answer: scripted() });
    await assume(window, "deploy");
  },
  sentence,
  hint,
});

/**
 * `files` and `make` make the home; `does` is what the person does; `sentence` and `hint` must then be on screen. `meanwhile`
 * is what another program does to the home, after which it is as it was.
 */
const rows = [
  assumeAnswered(
    "STS answers with a page of a guest network",
    () => ({ kind: "page", status: 200, content_type: "text/html", body: HTML }),
    () => `What answers at ${host} is not STS.`,
    "Look whether the address is right; a web page or another program is there.",
  ),
  assumeAnswered(
    "STS resets the connection in the middle of its answer",
    () => ({ kind: "reset" }),
    () => `The connection to ${host} broke off before the answer was whole.`,
    "Try again.",
  ),
  assumeAnswered(
    "STS answers half an answer as if it were whole",
    () => ({ kind: "truncated" }),
    () => `What answers at ${host} is not STS.`,
  ),
  assumeAnswered(
    "STS answers with keys that ended long ago",
    () => answer({ end: "2020-01-01T00:00:00Z" }),
    () => `What answers at ${host} is not STS.`,
  ),
  assumeAnswered(
    "STS answers with keys that lack their token",
    () => answer({ token: "" }),
    () => `What answers at ${host} is not STS.`,
  ),
  assumeAnswered(
    "STS answers with a session of another name",
    () => answer({ arn: SESSION.replace("rolecall-jo", "somebody") }),
    () => `What answers at ${host} is not STS.`,
  ),
  assumeAnswered(
    "STS sends the caller elsewhere",
    () => ({ kind: "redirect", location: "http://127.0.0.1:9/elsewhere" }),
    () => `What answers at ${host} is not STS.`,
  ),
  assumeAnswered(
    "STS is busy",
    () => ({ kind: "throttled" }),
    () => `${host} asked us to slow down.`,
    "Wait a moment, then try again.",
  ),
  assumeAnswered(
    "the region is switched off",
    () => ({ kind: "region_disabled" }),
    () => "us-east-1 isn't switched on for this account.",
    "Choose another region, or switch this one on in the account's settings.",
  ),
  {
    what: "STS refuses: it is said who was denied what",
    does: (window) => assume(window, "locked"),
    sentence: "jo may not assume Locked.",
    hint: /^The role doesn't trust it, a condition \(MFA code, external ID\) isn't met, or there is no such role;/,
  },
  {
    what: "STS hangs until the person cancels",
    does: async (window) => {
      await hang(window);
      await window.click(role("button", "Cancel", { within: detail }));
      await window.miss(role("button", "Asking AWS…"));
    },
    sentence: "Assume",
  },
  {
    what: "STS hangs until a minute has passed",
    steered: true,
    does: async (window, { advance }) => {
      await hang(window);
      advance(61);
    },
    sentence: "deploy was not assumed within a minute.",
    hint: "Look at your connection, then try again.",
  },
  {
    what: "nobody answers",
    files: () => ({ ...files(), ".aws/config": files()[".aws/config"].replaceAll(aws.url, "http://127.0.0.1:9") }),
    does: (window) => assume(window, "deploy"),
    sentence: "LocalStack isn't running: nothing answers at 127.0.0.1:9.",
    hint: "Start it (localstack start), then try again.",
  },
  {
    what: "a wrong MFA code",
    does: async (window) => {
      await assume(window, "admin");
      await window.see(sheet);
      await window.type("000000");
      await window.press("Enter");
      await window.see(text("That code was refused.", { within: sheet }));
    },
    sentence: "A new one comes every 30 seconds, and each works once. Wait for the next one.",
    leave: "Escape",
  },
  {
    what: "a code that is too short is not sent",
    does: async (window) => {
      await assume(window, "admin");
      await window.see(sheet);
      await window.type("12a");
      await window.press("Enter");
    },
    sentence: "A code has 6 digits.",
    leave: "Escape",
  },
  {
    what: "keys of a session without their token",
    files: () => ({
      ...files(`\n[profile half-role]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = half\n`),
      ".aws/credentials": `[good]\n${KEYS}\n[half]\n${KEYS.replace("AKIA", "ASIA")}`,
    }),
    does: (window) => open(window, "half-role"),
    sentence: /^half has the keys of a session but no session token\./,
  },
  {
    what: "a clock that is ten minutes ahead",
    steered: true,
    does: async (window, { advance }) => {
      advance(600);
      await assume(window, "deploy");
    },
    sentence: "Your computer's clock is 10 minutes ahead.",
    hint: "AWS accepts 5 minutes at most. Set the clock, then try again.",
  },
  {
    what: "a clock that is ten minutes behind",
    steered: true,
    does: async (window, { advance }) => {
      advance(-600);
      await assume(window, "deploy");
    },
    sentence: "Your computer's clock is 10 minutes behind.",
    hint: "AWS accepts 5 minutes at most. Set the clock, then try again.",
  },
  {
    what: "an endpoint in the file that is no URL",
    files: () => ({ ...files(), ".aws/config": files()[".aws/config"].replaceAll(aws.url, "not a url") }),
    does: (window) => open(window, "deploy"),
    sentence: "“not a url” (endpoint_url) is no address. Write it as http://localhost:4566 or https://host.",
  },
  {
    what: "an account whose endpoint is no URL",
    does: (window) => newAccount(window, "localhost 4566"),
    sentence: "The endpoint is no URL.",
    hint: "Write it whole, such as https://sts.example.com or http://localhost:4566.",
    leave: "Escape",
  },
  {
    what: "an account whose endpoint answers HTML",
    make: async () => {
      const page = createServer((_, reply) => reply.setHeader("content-type", "text/html").end(HTML));
      await new Promise((done) => page.listen(0, "127.0.0.1", done));
      return { at: `127.0.0.1:${page.address().port}`, end: () => page.close() };
    },
    does: (window, { at }) => newAccount(window, `http://${at}`),
    sentence: ({ at }) => `Saved. What answers at ${at} is not STS.`,
    hint: "Look whether the address is right; a web page or another program is there.",
  },
  {
    what: "an account whose profile is gone",
    make: (home) => {
      const env = environmentOf(home.path, home.beside);
      execFileSync(command, ["accounts", "add", "Acme", "--profile", "jo"], { env, stdio: "ignore" });
    },
    does: async (window) => {
      await window.click(role("link", /^Accounts/));
      await window.click(role("option", /^Acme/));
    },
    meanwhile: (home) => {
      home.write(".aws/credentials", `[good]\n${KEYS}`);
      home.write(".aws/config", "[default]\n");
    },
    sentence: "Profile “jo” is gone.",
    hint: "The account stays. It works again when a file has that profile, or with another one.",
  },
  {
    what: "saving a read-only file in a read-only folder",
    make: (home) => {
      for (const name of ["config", "credentials"]) chmodSync(join(home.aws, name), 0o400);
      chmodSync(home.aws, 0o500);
      return { prefix: boundByPermissions, end: () => chmodSync(home.aws, 0o700) };
    },
    does: edit,
    sentence: "config was not saved: it is marked read-only. The file is as it was, and your edit is kept here.",
    hint: "Make it writable for you: chmod u+w ~/.aws/config",
  },
  {
    what: "saving on a full disk",
    make: (home) => ({ prefix: fullDisk(home) }),
    does: async (window, { home }) => {
      const there = `/proc/${window.pid}/root${home.aws}`;
      const state = () => readdirSync(there).map((name) => [name, readFileSync(join(there, name), "latin1")]);
      const full = state();
      assert.deepEqual(
        full.map(([name]) => name).sort(),
        ["config", "credentials", "filler"],
        "the window has a disk of its own",
      );
      await edit(window);
      await window.see(text(/^config was not saved/));
      assert.deepEqual(state(), full, "what is on the full disk is as it was, and nothing is left beside it");
    },
    sentence: "config was not saved: the disk is full. The file is as it was, and your edit is kept here.",
    hint: "Free some space, then try again.",
  },
  {
    what: "a file that is replaced by a link to another file while its draft is open",
    does: type,
    meanwhile: (home) => linkedTo(home, `[profile elsewhere]\nregion = eu-west-1\n`),
    then: (window) => window.press("Control+s"),
    sentence: "This file changed on disk while you were editing",
    opens: "elsewhere",
  },
  {
    what: "a file that is replaced by a link to nothing while its draft is open",
    does: type,
    meanwhile: (home) => linkedTo(home),
    then: (window) => window.press("Control+s"),
    sentence: "config points to ~/.aws/../dot/config, which does not exist.",
    hint: "Put the file there, or change the link.",
  },
  {
    what: "a hidden secret that was damaged by typing",
    does: async (window) => {
      await openEditor(window, "credentials", "jo");
      await window.press("ArrowDown", "ArrowDown", "End", "Backspace", "Control+s");
    },
    sentence: "A hidden secret was damaged by typing (line 7).",
    hint: "Undo, or type the whole value. Then save again.",
  },
];

const ran = new Set();

for (const row of rows) {
  test(row.what, async () => {
    const home = Home.with((row.files ?? files)());
    let window, made;
    try {
      const clock = row.steered ? join(home.beside, "clock") : undefined;
      const advance = (seconds) => writeFileSync(clock, String(seconds));
      if (clock) advance(0);
      made = { home, advance, ...((await row.make?.(home)) ?? {}) };
      let untouched = home.fingerprint();
      window = await openWindow(home, { prefix: made.prefix, clock, env: { USER: "jo" } });
      await window.see(profileRow("good"));
      await row.does(window, made);
      if (row.meanwhile) {
        row.meanwhile(home);
        untouched = home.fingerprint();
      }
      await row.then?.(window);
      const sentence = typeof row.sentence === "function" ? row.sentence(made) : row.sentence;
      await window.see(text(sentence));
      if (row.hint) await window.see(text(row.hint));
      if (row.leave) await window.press(row.leave);
      await open(window, row.opens ?? "good");
      assert.deepEqual(await window.errors(), []);
      assert.deepEqual(home.fingerprint(), untouched, "nothing in the home was touched");
      ran.add(row);
    } finally {
      await window?.close();
      made?.end?.();
      home.remove();
    }
  });
}

after(() => {
  const missing = rows.filter((row) => !ran.has(row)).map((row) => row.what);
  if (missing.length > 0) {
    console.error(`Rows that did not run to their end: ${missing.join(", ")}`);
    process.exitCode = 1;
  }
});

/** Opens a profile out of the list. */
async function open(window, name) {
  await window.click(role("link", /^Profiles/));
  await window.click(profileRow(name));
  await window.see(role("heading", name, { within: detail }));
}

async function assume(window, name) {
  await open(window, name);
  await window.click(role("button", "Assume", { within: detail }));
}

/** Assumes `deploy` at an AWS that was asked and says nothing. */
async function hang(window) {
  const { length } = await aws.control({ do: "log" });
  await aws.control({ do: "script", action: "AssumeRole", answer: { kind: "hang" } });
  await assume(window, "deploy");
  await window.see(role("button", "Asking AWS…", { within: detail }));
  await window.until("AWS to be asked", async () => (await aws.control({ do: "log" })).length > length);
}

async function newAccount(window, url) {
  await window.press("Control+Shift+n");
  await window.click(role("button", /^Profile:/, { within: sheet }));
  await window.type("jo");
  await window.press("Enter");
  await window.click(role("button", "Other endpoint", { within: sheet }));
  await window.click(role("textbox", "Address", { within: sheet }));
  await window.type(url);
  await window.click(role("button", "Save and verify", { within: sheet }));
}

/** Puts the cursor at the end of the line that opens a section. */
async function openEditor(window, file, section) {
  await window.click(role("link", /^File editor/));
  await window.click(role("tab", new RegExp(`^${file}`)));
  // Monaco's own drawing is hidden from those who look by role.
  const isDrawn = "return document.querySelector('.monaco-editor .view-line') !== null";
  await window.until("the text to be there", () => window.evaluate(isDrawn));
  await window.click(role("option", new RegExp(`^${section}`)));
  await window.press("Enter");
  await window.until("the text to have the focus", async () => (await window.focused()).includes("Text of "));
  await window.press("End");
}

/** Types a line into `config`. */
async function type(window) {
  await openEditor(window, "config", "jo");
  await window.press("Enter");
  await window.type("output = json");
  await window.see(text("1 unsaved line"));
}

async function edit(window) {
  await type(window);
  await window.press("Control+s");
}

/** Puts a link in the place of `config`, to a file with this content, or to nothing. */
function linkedTo(home, content) {
  mkdirSync(join(home.path, "dot"));
  if (content !== undefined) writeFileSync(join(home.path, "dot", "config"), content);
  symlinkSync("../dot/config", join(home.aws, "config.new"));
  renameSync(join(home.aws, "config.new"), join(home.aws, "config"));
}

/** To run the window under, so that it alone sees its files on a disk of 16 kB that is full. */
function fullDisk(home) {
  const script = `
    set -e
    cp -a "$0" "$1" && mount -t tmpfs -o size=16k,mode=700 full "$0" && cp -a "$1"/. "$0"
    dd if=/dev/zero of="$0/filler" bs=1k count=64 2>/dev/null || true
    shift && exec "$@"`;
  const asRoot = process.getuid() === 0 ? [] : ["--map-root-user"];
  return ["unshare", ...asRoot, "--mount", "sh", "-c", script, home.aws, join(home.beside, "copy")];
}
