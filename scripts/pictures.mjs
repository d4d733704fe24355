// Takes the pictures of `docs/looks.md` and the README from the real window: `npm run pictures`.
// Every view on the sample home with its AWS, light and dark, every change of the files, the zero state, an error, and
// 10,000 profiles. `npm run pictures -- changes` takes one group.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyElsewhere, detail, openWindow, profileRow } from "../tests/e2e/app.mjs";
import { Home } from "../tests/e2e/home.mjs";
import { role, text } from "../tests/e2e/wd.mjs";
import { startLocalAws } from "./local-aws.mjs";
import { root } from "./run.mjs";

const folder = join(root, "docs/pictures");
const KEYS =
  "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const OTHERS =
  "aws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\n";
const PORTAL =
  "[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n\n[profile dev]\nsso_session = acme\nsso_account_id = 000011112222\nsso_role_name = ReadOnly\nregion = eu-west-1\n";
const inSheet = (of, name) => role(of, name, { within: role("dialog") });
const shows = (words) => text(words, { within: role("region", "What will change") });
const entry = (name) => role("link", new RegExp(`^${name}`), { within: role("navigation") });

/** What a person does to get to each picture, by its name. */
const views = {
  profiles: (window) => openProfile(window, "acme-dev-deploy-audit"),
  warning: (window) => openProfile(window, "acme-ci"),
  chains: async (window) => {
    await window.click(entry("Assume-role profiles"));
    await window.click(profileRow("acme-dev-deploy-audit"));
    await window.see(text(/get their keys from/, { within: detail }));
  },
  problems: async (window) => {
    await window.click(entry("Problems"));
    await window.click(role("option", /reporting-role has nothing to start from/));
    await window.see(role("heading", /reporting-role has nothing/, { within: detail }));
  },
  compatibility: async (window) => {
    await window.click(entry("Compatibility"));
    await window.click(role("option", /^AWS CLI/));
    await window.see(role("heading", "Can’t read credentials, line 88", { within: detail }));
  },
};

/** The same for what acts; one after the other on one home, each where the one before left it. */
const acts = {
  assume: async (window) => {
    await openProfile(window, "lambda-runner");
    await window.click(role("button", "Assume", { within: detail }));
    await window.see(text(/ left/, { within: detail }));
  },
  denied: async (window) => {
    await openProfile(window, "billing-admin");
    await window.click(role("button", "Assume", { within: detail }));
    await window.see(text("billing-export may not assume BillingAdmin.", { within: detail }));
  },
  mfa: async (window) => {
    await openProfile(window, "acme-admin");
    await window.click(role("button", "Assume", { within: detail }));
    await window.see(role("heading", "Code for acme-admin"));
    await window.type("481 5");
  },
  "account-form": async (window) => {
    await window.press("Escape", "Control+Shift+n");
    await window.click(role("button", /^Profile:/));
    await window.type("acme-ci");
    await window.press("Enter");
    await window.see(text("1 role in config starts from this profile"));
  },
  account: async (window) => {
    await window.click(role("button", "Save and verify"));
    await window.click(role("button", "Use this account"));
    await window.see(text("user/acme-ci"));
    await window.see(role("button", /^Account: Acme Ci/));
  },
  roles: async (window) => {
    await window.click(role("button", /^Role:/));
    await window.see(text("Roles for Acme Ci"));
  },
  editor: async (window) => {
    await window.press("Escape");
    await window.click(entry("File editor"));
    await goToSection(window, "reporting-role");
    await window.see(text(/Problems in this file/));
  },
  conflict: async (window, home) => {
    await goToSection(window, "acme-admin");
    await window.press("Enter", "End", "Enter");
    await window.type("output = json");
    await window.see(text("1 unsaved line"));
    home.write(".aws/config", `${home.read(".aws/config")}\n[profile new-by-somebody]\nregion = eu-west-3\n`);
    await window.see(text("This file changed on disk while you were editing"));
  },
  compare: async (window) => {
    await window.click(role("button", "Compare"));
    await window.see(text("On disk"));
  },
  settle: async (window, home) => {
    const there = home.read(".aws/config").replace(/(\[profile acme-admin\]\r?\n)/, "$1output = text\n");
    home.write(".aws/config", there);
    await window.see(role("button", "Keep mine"));
  },
  token: async (window, home) => {
    await window.press("Escape");
    await window.click(entry("Profiles"));
    const renewed = home.read(".aws/credentials").replace("poweruserEXAMPLE", "renewedEXAMPLE");
    const end = new Date(Date.now() + 12 * 3600_000).toISOString();
    const later = renewed.replace(/(ASIAPOWERUSR7EXAMPLE[^[]*aws_expiration = )\S+/, `$1${end}`);
    home.write(".aws/credentials", later.replace("ASIAPOWERUSR7EXAMPLE", "ASIAEXAMPLEPOWERNEW7"));
    await window.see(text(/Session Token Changed/));
    await window.press("Control+Shift+y");
    await window.see(role("button", "Yes, use the new token"));
  },
};

/** The sheets in which the files are changed; each is closed again, until one is carried out and taken back. */
const changes = {
  "new-profile": async (window) => {
    await openProfile(window, "acme-ci");
    await window.press("Control+n");
    await fill(window, "Name", "acme-release");
    await fill(window, "Access key ID", "AKIAI44QH8DHBEXAMPLE");
    await fill(window, "Secret", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY");
    await fill(window, "Region", "eu-central-1");
    await window.see(shows(/aws_secret_access_key = ••••/));
  },
  "new-role": async (window) => {
    await window.click(inSheet("button", "Role"));
    await fill(window, "Role ARN", "arn:aws:iam::123456789012:role/Release");
    await window.click(inSheet("button", /^Starts from:/));
    await window.type("acme-ci");
    await window.click(inSheet("option", /^acme-ci(?=[\s,])/));
    await window.see(shows(/source_profile = acme-ci$/));
  },
  rename: async (window) => {
    await away(window);
    await openProfile(window, "acme-dev");
    await more(window, "Rename…");
    await fill(window, "New name", "acme-development");
    await window.see(shows(/source_profile = acme-development$/));
  },
  delete: async (window) => {
    await away(window);
    await more(window, "Delete…");
    await window.see(text(/has nothing to start from|is no profile/, { within: role("dialog") }));
  },
  fix: async (window) => {
    await away(window);
    await window.click(entry("Problems"));
    await window.click(role("option", /reporting-role has nothing to start from/));
    await window.click(role("button", "Apply fix", { within: detail }));
    await window.see(shows(/source_profile = acme-dev$/));
  },
  closing: async (window) => {
    await away(window);
    await window.click(role("button", /^Warnings/));
    await window.click(role("option", /can read your keys/));
    await window.see(role("button", "Make private", { within: detail }));
  },
  paste: async (window) => {
    await copyElsewhere(
      window,
      "[123456789012_Developer]\naws_access_key_id=ASIAIOSFODNN7EXAMPLE\naws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_session_token=AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthTFvwqnKwRcOIfrRh3cLTo6UDdyJwOOvEVPvLXCrrrUtdnniCEXAMPLE\n",
    );
    await window.press("Control+Shift+v", "Control+v");
    await window.see(shows(/aws_session_token = ••••/));
  },
  history: async (window) => {
    await away(window);
    await openProfile(window, "acme-dev");
    await more(window, "Rename…");
    await fill(window, "New name", "acme-development");
    await window.see(shows(/source_profile = acme-development$/));
    await window.click(inSheet("button", "Rename"));
    await window.see(role("heading", "How should History be kept?"));
  },
  undo: async (window) => {
    await window.click(role("radio", /^Without secrets/));
    await window.click(role("button", "Keep it this way"));
    await window.see(role("button", "Undo: Rename acme-dev to acme-development"));
    await window.see(text("acme-dev is acme-development now."));
  },
};

const groups = {
  views: (theme) =>
    onHome(Home.sample(), { args: ["--sample"], env: { AWS_PROFILE: "acme-dev" } }, theme, takeEach(views, theme)),
  acts: async (theme) => {
    const aws = await startLocalAws();
    const env = { SHELL: "/bin/bash", ROLECALL_SAMPLE_MFA: Object.values(aws.mfa)[0] };
    await onHome(Home.sample({ aws: aws.url }), { args: ["--sample"], env }, theme, takeEach(acts, theme));
    await aws.stop();
  },
  changes: (theme) => {
    const home = Home.sample();
    rmSync(home.data, { recursive: true });
    // No bus, so no keyring, and the window asks how History is to be kept.
    const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home.beside, "no-bus")}` };
    return onHome(home, { args: ["--sample"], env }, theme, takeEach(changes, theme));
  },
  portals: async (theme) => {
    const aws = await startLocalAws([]);
    const home = Home.with({ ".aws/config": PORTAL });
    const pages = join(home.beside, "pages");
    const browser = join(home.beside, "browser");
    writeFileSync(browser, `#!/bin/sh\nprintf '%s\\n' "$1" > '${pages}'\n`, { mode: 0o755 });
    await onHome(home, { env: { AWS_ENDPOINT_URL: aws.url, BROWSER: browser } }, theme, async (window) => {
      const inDetail = (name) => role("button", name, { within: detail });
      await window.click(entry("Sign-in"));
      await window.click(role("option", /^acme/));
      await window.click(inDetail("Sign in"));
      await window.see(text("Finish signing in in your browser"));
      await take(window, "sign-in", theme);
      await press(pages, "deny");
      await window.see(text(/was declined in the browser/));
      await take(window, "sign-in-declined", theme);
      await window.click(inDetail("Use a code"));
      await window.see(text("Type this code on the page"));
      await take(window, "sign-in-code", theme);
      await window.click(inDetail("Cancel"));
      await window.click(inDetail("Sign in"));
      await window.see(text("Finish signing in in your browser"));
      await press(pages, "allow");
      await window.see(role("checkbox", "All roles", { within: detail }));
      await window.click(role("checkbox", "All roles of Sandbox", { within: detail }));
      await window.see(inDetail("Preview 2 new profiles"));
      await take(window, "portal", theme);
    });
    await aws.stop();
  },
  zero: (theme) =>
    onHome(new Home(), {}, theme, async (window) => {
      await window.see(role("heading", "No AWS files on this computer yet"));
      await take(window, "zero", theme);
    }),
  error: (theme) =>
    onHome(unreadable(), {}, theme, async (window) => {
      await window.see(text(/is a folder, not a file/));
      await window.click(profileRow("good"));
      await window.see(role("heading", "good", { within: detail }));
      await take(window, "error", theme);
    }),
  why: async (theme) => {
    await onHome(twoWays(), {}, theme, async (window) => {
      await openProfile(window, "reports");
      await showWhy(window);
      await take(window, "why", theme);
    });
    await onHome(leaking(), {}, theme, async (window) => {
      await window.click(entry("Compatibility"));
      await window.click(profileRow("acme"));
      await showWhy(window);
      await take(window, "why-error", theme);
      await window.click(entry("Problems"));
      await window.click(role("option", /would sign as acme with/));
      await window.see(role("heading", /would sign as acme with/, { within: detail }));
      await take(window, "leak", theme);
    });
    await onHome(tenThousand(), {}, theme, async (window) => {
      await window.see(role("link", /^Profiles 10,000/));
      await window.click(role("option"));
      await showWhy(window);
      await take(window, "why-ten-thousand", theme);
    });
  },
  "ten-thousand": (theme) =>
    onHome(tenThousand(), {}, theme, async (window) => {
      await window.see(role("link", /^Profiles 10,000/));
      await window.click(role("option"));
      await window.press("PageDown", "PageDown", "PageDown");
      await take(window, "ten-thousand", theme);
    }),
};

if (process.argv[2] !== "inside") {
  mkdirSync(folder, { recursive: true });
  execFileSync(
    "tests/e2e/run.sh",
    [process.execPath, fileURLToPath(import.meta.url), "inside", ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: "inherit",
      // Room for the whole window with its frame.
      env: { ...process.env, ROLECALL_SCREEN: "1440x960" },
    },
  );
} else {
  const only = process.argv.slice(3);
  for (const theme of ["Light", "Dark"])
    for (const [name, go] of Object.entries(groups)) if (only.length === 0 || only.includes(name)) await go(theme);
}

/** Presses a button of the page that Rolecall opened. */
async function press(pages, decision) {
  const [address, query] = readFileSync(pages, "utf8").trim().split("?");
  const form = new URLSearchParams(query);
  form.set("decision", decision);
  await fetch(address, { method: "POST", body: form });
}

/** One after the other on one home, each where the one before left it. */
function takeEach(pictures, theme) {
  return async (window, home) => {
    await window.see(profileRow("acme-ci"));
    for (const [name, go] of Object.entries(pictures)) {
      await go(window, home);
      await take(window, name, theme);
    }
  };
}

async function fill(window, name, words) {
  await window.click(inSheet("textbox", name));
  await window.press("Control+a");
  await window.type(words);
}

async function more(window, choice) {
  await window.click(role("button", "More", { within: detail }));
  await window.click(role("menuitem", choice));
}

/** Closes the sheet that is open. */
async function away(window) {
  await window.press("Escape");
  await window.miss(role("dialog"));
}

async function onHome(home, options, theme, look) {
  const window = await openWindow(home, options);
  try {
    await window.click(role("button", /^Theme/));
    await window.click(role("menuitemradio", theme));
    await look(window, home);
  } finally {
    await window.close();
    home.remove();
  }
}

async function take(window, name, theme) {
  const errors = await window.errors();
  if (errors.length > 0) throw new Error(`${name}: ${errors.join("\n")}`);
  const file = await window.screenshot(join(folder, `${name}-${theme.toLowerCase()}.png`));
  // A palette is enough for flat surfaces, and a third of the size.
  execFileSync("mogrify", ["-strip", "+dither", "-colors", "128", "-define", "png:compression-level=9", file]);
}

async function openProfile(window, name) {
  await window.click(entry("Profiles"));
  await window.click(role("searchbox"));
  await window.press("Control+a", "Backspace");
  await window.type(name);
  await window.click(profileRow(name));
  await window.press("Control+f", "Control+a", "Backspace");
  await window.see(role("heading", name, { within: detail }));
}

async function goToSection(window, name) {
  await window.click(role("searchbox"));
  await window.press("Control+a", "Backspace");
  await window.type(name);
  await window.click(role("option", new RegExp(`^${name}`)));
}

function unreadable() {
  const home = Home.with({ ".aws/credentials": `[good]\n${KEYS}` });
  mkdirSync(join(home.aws, "config"));
  return home;
}

/** Why each SDK uses which keys, scrolled to by the Tab key. */
async function showWhy(window) {
  await window.click(role("button", "Why", { within: detail }));
  await window.see(role("heading", "Which keys each SDK would use", { within: detail }));
  await window.press("Tab", "Tab");
}

/** A role whose source has keys and a portal. */
function twoWays() {
  const portal = "sso_session = acme\nsso_account_id = 111122223333\nsso_role_name = Developer\n";
  return Home.with({
    ".aws/config": `[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n
[profile acme]\n${portal}region = eu-west-1\n
[profile reports]\nrole_arn = arn:aws:iam::111122223333:role/Reports\nsource_profile = acme\nregion = eu-west-1\n`,
    ".aws/credentials": `[acme]\n${KEYS}`,
  });
}

/** A header without its bracket. */
function leaking() {
  return Home.with({ ".aws/credentials": `[acme]\n${KEYS}\n[globex\n${OTHERS}\n[initech]\n${KEYS}` });
}

function tenThousand() {
  const home = new Home();
  execFileSync(process.execPath, [join(root, "tests/bench/home.mjs"), "10000", home.path], { stdio: "inherit" });
  return home;
}
