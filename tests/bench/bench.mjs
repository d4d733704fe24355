// `npm run bench`: Rolecall and its peers side by side, in one run on one machine; the tables go into docs/performance.md
// and docs/performance-of-reading.md. Ends with 1 when a ratio is outside its limit.
//   node tests/bench/bench.mjs --short     1,000 and 10,000 profiles, no window, nothing written
//   node tests/bench/bench.mjs parse       reading alone, at every size

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { root, seconds, step } from "../../scripts/run.mjs";
import { buildPage, features } from "../../scripts/build.mjs";
import { measureAssume } from "./assume.mjs";
import { measureCommand } from "./command.mjs";
import { buildPeers } from "./cost.mjs";
import { makeHome } from "./home.mjs";
import { measureParse } from "./parse.mjs";
import { amount, markdown, writeInto } from "./report.mjs";
import { measurePortal } from "./portal.mjs";
import { measureWindow } from "./screen.mjs";

const isShort = process.argv.includes("--short");
const isReadingAlone = process.argv.includes("parse");
const sizes = isShort ? [100, 1000, 10_000] : [100, 10_000, 100_000];
const readSizes = isShort ? [1000, 10_000] : [100, 1000, 10_000, 100_000];
const rounds = isShort ? { command: 9, parse: 3 } : { command: 9, parse: 7, window: 5 };

const portal = isShort ? { accounts: 300, many: 300 } : { accounts: 800, many: 1667 };

if (!isReadingAlone) {
  const programs = ["-p", "rolecall-cli", "-p", "local-aws"];
  const packages = isShort ? programs : [...programs, "-p", "rolecall-app", ...features];
  if (!isShort) await step("Building the page", ...buildPage);
  await step("Building Rolecall as it is shipped", "cargo", ["build", "--release", "--locked", "--quiet", ...packages]);
}
await step("Building the peers", ...buildPeers);

const load = loadavg()[0];
const folder = mkdtempSync(join(tmpdir(), "rolecall-bench-"));
try {
  const homes = new Map();
  for (const count of new Set([...(isReadingAlone ? [] : [0, ...sizes]), ...readSizes])) {
    const beside = join(folder, String(count));
    const path = join(beside, "home");
    makeHome(count, path);
    homes.set(count, { count, path, beside });
  }
  const reading = await measured("Measuring reading alone", () =>
    measureParse(
      readSizes.map((count) => homes.get(count)),
      rounds.parse,
    ),
  );
  const judged = [told([reading], readSizes, "docs/performance-of-reading.md")];
  if (!isReadingAlone) judged.push(told(await measurePrograms(homes), sizes, "docs/performance.md"));
  const limits = judged.flat();
  const missed = limits.filter(({ isHeld }) => !isHeld);
  for (const { what, limit } of missed) console.log(`Outside its limit: ${what}, ${limit}.`);
  console.log(`${limits.length - missed.length} limits held, ${missed.length} missed`);
  process.exitCode = missed.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Rolecall as people start it: command, role, window. */
async function measurePrograms(homes) {
  const [empty, tiny, small, large] = [0, ...sizes].map((count) => homes.get(count));
  const results = [
    await measured("Measuring the command", () => measureCommand([empty, small, large], rounds.command)),
    await measured("Measuring an assumed role", () => measureAssume([100, 10_000], rounds.command, folder)),
    await measured("Measuring a portal", () => measurePortal(portal, folder)),
  ];
  if (!isShort)
    results.push(
      await measured("Measuring the window", () => measureWindow([tiny, small, large], rounds.window, folder)),
    );
  return results;
}

/** Prints a report, writes it into its page, and answers the ratios that have limits. */
function told(results, sizes, page) {
  const ratios = results.flatMap(({ ratios }) => ratios);
  const text = markdown(facts(sizes), { tables: results.flatMap(({ tables }) => tables), ratios });
  console.log(`\n${text}\n`);
  if (!isShort) writeInto(join(root, page), text);
  return ratios.filter(({ limit }) => limit);
}

async function measured(sentence, measure) {
  process.stdout.write(`${sentence} … `);
  const started = Date.now();
  const result = await measure();
  console.log(seconds(started));
  return result;
}

/** What one must know of the machine to read the tables; nothing that names it. */
function facts(sizes) {
  const version = (command, ...args) => /\d+(\.\d+)+/.exec(execFileSync(command, args, { encoding: "utf8" }))[0];
  const locked = (file, pattern) => pattern.exec(readFileSync(join(root, file), "utf8"))[1];
  const processors = cpus();
  const versions = [
    `Rust ${version("rustc", "--version")}`,
    `Node ${process.versions.node}`,
    `aws-runtime ${locked("tests/bench/peers/Cargo.lock", /name = "aws-runtime"\nversion = "(.*)"/)}`,
    `botocore ${locked("scripts/requirements.txt", /^botocore==(.*)$/m)}`,
    `@smithy/shared-ini-file-loader ${locked("package.json", /"@smithy\/shared-ini-file-loader": "(.*)"/)}`,
    ...(isShort || isReadingAlone ? [] : [`WebKitGTK ${version("pkg-config", "--modversion", "webkit2gtk-4.1")}`]),
  ];
  return [
    `${new Date().toISOString().slice(0, 10)}; ${processors.length} cores (${processors[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory; ${versions.join(", ")}`,
    `how busy the machine was: load ${load.toFixed(1)} at the start, ${loadavg()[0].toFixed(1)} at the end, our own work included`,
    `each cell: the median, then the least and the most; homes of ${sizes.map(amount).join(", ")} profiles; everything is the release build`,
  ];
}
