// `npm test`: every stage one after another, a table, and `N passed, N failed` as the last line.
//   node scripts/test.mjs rust ui     only these stages
// A stage that cannot run is a failed stage: nothing is skipped in silence.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildPage, buildPrograms, buildSteered, features, keepSteered, target } from "./build.mjs";
import { fromCargo, fromLastLine, fromTap, fromVitest, judged } from "./count.mjs";
import { root, run, seconds } from "./run.mjs";
import { differences } from "./types.mjs";

const reports = join(target, "test-reports");
/** Minutes that one command may take before it counts as hung. */
const patience = 30;
const cargo = ["--workspace", "--locked", ...features];

/** In this order: each stands on the ones before it. */
const stages = {
  setup: () => checks(["bash", ["scripts/setup.sh"], { show: "screen" }]),
  build: async () => {
    const steered = await checks(buildPage, buildSteered);
    if (steered.failed === 0) keepSteered();
    return added(steered, await checks(buildPrograms));
  },
  lint: async () => {
    const deny = join(target, "tools", "bin", "cargo-deny");
    const result = await checks(
      ["cargo", ["fmt", "--check"]],
      ["cargo", ["clippy", "--all-targets", ...cargo, "--", "-D", "warnings"]],
      ["npm", ["run", "--silent", "lint:ui"]],
      ["npx", ["prettier", "--check", "--log-level=warn", "scripts", "tests/e2e", "tests/bench"]],
      [deny, ["--log-level", "error", "check", "licenses", "bans", "sources"]],
    );
    return added(result, await advisories(deny));
  },
  rust: async () => {
    const { code, output } = await run("cargo", ["test", "--no-fail-fast", ...cargo], {
      env: typesInto(fresh("types")),
      patience,
    });
    return judged(fromCargo(output), code);
  },
  types: () => {
    const found = differences(join(reports, "types"), join(root, "ui/src/lib/backend/generated"));
    for (const line of found) console.log(line);
    if (found.length > 0) console.log("The types of the window are not those of the engine: npm run types");
    return { passed: found.length === 0 ? 1 : 0, failed: found.length };
  },
  scripts: () => node("scripts"),
  ui: async () => {
    const report = join(fresh("ui"), "vitest.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const { code } = await run("npm", ["run", "--silent", "test:ui", "--", ...reporters], { patience });
    return judged(existsSync(report) ? fromVitest(readFileSync(report, "utf8")) : { passed: 0, failed: 0 }, code);
  },
  look: async () => {
    const { code, output } = await run("node", ["ui/scripts/look.mjs", fresh("look")], { patience });
    const counts = fromLastLine(output);
    return judged(code === 0 && counts.passed === 0 ? { passed: 1, failed: 0 } : counts, code);
  },
  e2e: () => node("tests/e2e", ["bash", "tests/e2e/run.sh"]),
};

/** Each command is one test: it ends well or it does not. */
async function checks(...commands) {
  const result = { passed: 0, failed: 0 };
  for (const [command, args, options = { patience }] of commands) {
    const { code } = await run(command, args, options).catch((error) => ({ code: error.message }));
    if (code === 0) result.passed += 1;
    else result.failed += 1;
    if (code !== 0) console.log(`${command} ${args.join(" ")} ended with ${code}`);
  }
  return result;
}

/** Known holes in the crates used. The list of them is fetched; where it cannot be, that is said and counts as nothing. */
async function advisories(deny) {
  const { code, output } = await run(deny, ["check", "advisories"], { show: "none" }).catch((error) => ({
    code: 1,
    output: error.message,
  }));
  if (code === 0) return { passed: 1, failed: 0 };
  if (/failed to fetch advisory database/.test(output)) {
    console.log("not checked: advisories (their database cannot be fetched here)");
    return { passed: 0, failed: 0 };
  }
  console.log(output);
  return { passed: 0, failed: 1 };
}

/** Runs the `node:test` files of a folder one by one, under `prefix` if there is one. */
async function node(folder, prefix = []) {
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith(".test.mjs"));
  const report = join(fresh("node"), "report.tap");
  const reporters = ["spec", "stdout", "tap", report];
  const [command, ...args] = [...prefix, "node", "--test", "--test-concurrency=1", "--test-timeout=600000"];
  for (const [at, word] of reporters.entries()) args.push(`--test-reporter${at % 2 ? "-destination" : ""}=${word}`);
  const { code } = await run(command, [...args, ...files.map((name) => join(folder, name))], { patience });
  return judged(fromTap(existsSync(report) ? readFileSync(report, "utf8") : ""), code);
}

/** The Rust tests write the window's types aside, so that testing changes nothing in the checkout. */
function typesInto(folder) {
  return { ...process.env, TS_RS_EXPORT_DIR: folder };
}

function fresh(name) {
  const folder = join(reports, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function added(one, other) {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

const chosen = process.argv.slice(2);
for (const name of chosen)
  if (!stages[name]) throw new Error(`There is no stage ${name}; there are ${Object.keys(stages).join(", ")}.`);

const started = Date.now();
const rows = [];
let total = { passed: 0, failed: 0 };
for (const name of chosen.length > 0 ? chosen : Object.keys(stages)) {
  console.log(`\n=== ${name}`);
  const since = Date.now();
  const result = await Promise.resolve(stages[name]()).catch((error) => {
    console.log(`${name} could not run: ${error.message}`);
    return { passed: 0, failed: 1 };
  });
  rows.push([name, result.passed, result.failed, seconds(since)]);
  total = added(total, result);
}

console.log("");
for (const [name, passed, failed, time] of [
  ["stage", "passed", "failed", "time"],
  ...rows,
  ["all", total.passed, total.failed, seconds(started)],
])
  console.log(`${name.padEnd(10)}${String(passed).padStart(8)}${String(failed).padStart(8)}${time.padStart(14)}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
