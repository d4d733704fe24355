// Takes the pictures of `docs/looks.md` and the README from the real window: `npm run pictures`.
// Every view on the sample home, light and dark, the zero state, an error, and 10,000 profiles.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openWindow, detail, profileRow } from "../tests/e2e/app.mjs";
import { Home } from "../tests/e2e/home.mjs";
import { role, text } from "../tests/e2e/wd.mjs";
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
  await window.press("Control+a", "Backspace", "Escape");
  await window.type(name);
  await window.see(role("heading", name, { within: detail }));
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
