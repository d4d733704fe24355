// Takes a picture of the real window on a home; the demo runs it under `tests/e2e/run.sh` where there is no display.
//   node scripts/picture.mjs HOME FILE.png [PROFILE]

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { detail, openWindow } from "../tests/e2e/app.mjs";
import { role } from "../tests/e2e/wd.mjs";

const [home, file, profile = "reporting-role"] = process.argv.slice(2);
const window = await openWindow(
  { path: home, beside: dirname(home) },
  {
    args: ["--sample"],
    env: { ROLECALL_SAMPLE_MFA: process.env.ROLECALL_SAMPLE_MFA },
  },
);
try {
  // As a person would: into the list, to a profile by its first letters.
  await window.click(role("option"));
  await window.type(profile);
  await window.see(role("heading", profile, { within: detail }));
  mkdirSync(dirname(file), { recursive: true });
  await window.screenshot(file);
} finally {
  await window.close();
}
