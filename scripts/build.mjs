// Builds what the demo, `npm start` and the window tests open: the page, then the programs, always alike, so that
// one build serves all of them. The few tests that must not wait for a minute to pass open a second build of the window.

import { linkSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { root, step } from "./run.mjs";

export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");

const suffix = process.platform === "win32" ? ".exe" : "";
export const app = join(target, "debug", `rolecall-app${suffix}`);
export const command = join(target, "debug", `rolecall${suffix}`);
/** The AWS on this computer, for the demo and the tests; nothing that is installed. */
export const localAws = join(target, "debug", `local-aws${suffix}`);

/** The window whose clock a file moves. No one but a test ever opens it. */
export const steeredApp = join(target, "debug", `rolecall-app-steered${suffix}`);

/** Makes the window hold its page instead of asking the development server for it. */
export const features = ["--features", "rolecall-app/custom-protocol"];

export const buildPage = ["npm", ["run", "--silent", "build:ui"]];
const programs = ["rolecall-app", "rolecall-cli", "local-aws"].flatMap((name) => ["-p", name]);
export const buildPrograms = ["cargo", ["build", "--locked", ...programs, ...features]];
export const buildSteered = [
  "cargo",
  ["build", "--locked", "-p", "rolecall-app", ...features, "-F", "rolecall-app/e2e"],
];

/** Puts what `buildSteered` made aside, before `buildPrograms` takes its name. */
export function keepSteered() {
  rmSync(steeredApp, { force: true });
  linkSync(app, steeredApp);
}

/** Sets up, then builds; `level` is what `setup.sh` is to bring (`--build` or `--picture`). */
export async function setUpAndBuild(level) {
  await step("Looking for what is needed", "bash", ["scripts/setup.sh", level], { show: "screen" });
  await step("Building the page", ...buildPage);
  const [cargo, args] = buildPrograms;
  if (process.stderr.isTTY)
    await step("Building Rolecall, some minutes the first time", cargo, args, { show: "screen" });
  else await step("Building Rolecall, some minutes the first time", cargo, [...args, "--quiet"]);
}
