// Takes the pictures of `docs/looks.md` and the README from the real window: `npm run pictures`.
// Every view on the sample home with its AWS, light and dark, the zero state, an error, and 10,000 profiles.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openWindow, detail, profileRow } from "../tests/e2e/app.mjs";
import { Home } from "../tests/e2e/home.mjs";
import { role, text } from "../tests/e2e/wd.mjs";
import { startLocalAws } from "./local-aws.mjs";
import { root } from "./run.mjs";

const folder = join(root, "docs/pictures");
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

if (process.argv[2] !== "inside") {
  mkdirSync(folder, { recursive: true });
  execFileSync("tests/e2e/run.sh", [process.execPath, fileURLToPath(import.meta.url), "inside"], {
    cwd: root,
    stdio: "inherit",
    // Room for the whole window with its frame.
    env: { ...process.env, ROLECALL_SCREEN: "1440x960" },
  });
} else {
  for (const theme of ["Light", "Dark"]) {
    await onHome(Home.sample(), { args: ["--sample"], env: { AWS_PROFILE: "acme-dev" } }, theme, async (window) => {
      await window.see(profileRow("acme-ci"));
      for (const [name, go] of Object.entries(views)) {
        await go(window);
        await take(window, name, theme);
      }
    });
    const aws = await startLocalAws();
    const sample = Home.sample({ aws: aws.url });
    const env = { SHELL: "/bin/bash", ROLECALL_SAMPLE_MFA: Object.values(aws.mfa)[0] };
    await onHome(sample, { args: ["--sample"], env }, theme, async (window) => {
      await window.see(profileRow("acme-ci"));
      for (const [name, go] of Object.entries(acts)) {
        await go(window, sample);
        await take(window, name, theme);
      }
    });
    await aws.stop();
    await onHome(new Home(), {}, theme, async (window) => {
      await window.see(role("heading", "No AWS files on this computer yet"));
      await take(window, "zero", theme);
    });
    await onHome(unreadable(), {}, theme, async (window) => {
      await window.see(text(/is a folder, not a file/));
      await window.click(profileRow("good"));
      await window.see(role("heading", "good", { within: detail }));
      await take(window, "error", theme);
    });
    await onHome(tenThousand(), {}, theme, async (window) => {
      await window.see(role("link", /^Profiles 10,000/));
      await window.click(role("option"));
      await window.press("PageDown", "PageDown", "PageDown");
      await take(window, "ten-thousand", theme);
    });
  }
}

async function onHome(home, options, theme, look) {
  const window = await openWindow(home, options);
  try {
    await window.click(role("button", /^Theme/));
    await window.click(role("menuitemradio", theme));
    await look(window);
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
  const keys =
    "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
  const home = Home.with({ ".aws/credentials": `[good]\n${keys}` });
  mkdirSync(join(home.aws, "config"));
  return home;
}

function tenThousand() {
  const home = new Home();
  execFileSync(process.execPath, [join(root, "tests/bench/home.mjs"), "10000", home.path], { stdio: "inherit" });
  return home;
}
