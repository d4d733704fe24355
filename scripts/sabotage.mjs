// `npm run sabotage`: breaks a promise on purpose, one patch at a time, and sees that a test notices.
//   node scripts/sabotage.mjs demo_reads_the_real_home     only these patches
// It works in a copy under the target folder, with a build of its own that stays warm from patch to patch.

import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { target } from "./build.mjs";
import { fromCargo, fromLastLine, fromTap, fromVitestText } from "./count.mjs";
import { root, run, seconds } from "./run.mjs";
import { readHeader } from "./sabotage-header.mjs";

const patches = join(root, "tests/sabotage");
const tree = join(target, "sabotage", "tree");
const git = [
  "-c",
  "user.name=sabotage",
  "-c",
  "user.email=sabotage@localhost",
  "-c",
  "commit.gpgsign=false",
  "-c",
  "core.hooksPath=/dev/null",
];
const env = {
  ...process.env,
  CARGO_TARGET_DIR: join(target, "sabotage", "target"),
  CARGO_TERM_COLOR: "never",
  ROLECALL_PYTHON_ENV: process.env.ROLECALL_PYTHON_ENV ?? join(target, "python"),
};
const inTree = (command, args) => run(command, args, { cwd: tree, env, show: "none", patience: 15 });
const greens = new Map();

/** Makes `tree` what the checkout is now, uncommitted work too; leaves alone what is the same, so that it stays built. */
async function copyCheckout() {
  const list = async (where, ...more) => {
    const { output } = await run("git", ["ls-files", "-z", ...more], { cwd: where, show: "none" });
    return output.split("\0").filter((name) => lstatSync(join(where, name), { throwIfNoEntry: false })?.isFile());
  };
  mkdirSync(tree, { recursive: true });
  if (existsSync(join(tree, ".git"))) await restore();
  else await inTree("git", ["init", "--quiet"]);
  const files = new Set(await list(root, "--cached", "--others", "--exclude-standard"));
  for (const name of await list(tree)) if (!files.has(name)) rmSync(join(tree, name));
  for (const name of files) {
    const [from, to] = [join(root, name), join(tree, name)];
    if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) continue;
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
  if (!existsSync(join(tree, "node_modules"))) symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
  await inTree("git", ["add", "--all"]);
  await inTree("git", [...git, "commit", "--quiet", "--allow-empty", "--message", "the checkout as it is"]);
}

/** Two runs in one tree would undo each other's patches. */
function takeTheTree() {
  const file = join(target, "sabotage", "running");
  mkdirSync(dirname(file), { recursive: true });
  const other = existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
  if (other && isAlive(other)) {
    console.error(`Another sabotage run is under way (process ${other}). Wait for it, or end it.`);
    process.exit(1);
  }
  writeFileSync(file, String(process.pid));
  process.on("exit", () => rmSync(file, { force: true }));
}

function isAlive(number) {
  try {
    return process.kill(number, 0);
  } catch {
    return false;
  }
}

async function restore() {
  await inTree("git", ["reset", "--hard", "--quiet"]);
  await inTree("git", ["clean", "-fdq"]);
}

/** What a command says of itself: green, red by its tests, or something that proves neither. */
async function ask(command, before) {
  const { code, output } = await inTree("bash", ["-c", command]);
  const counts = [fromCargo, fromTap, fromVitestText, fromLastLine].map((read) => read(output));
  const passed = Math.max(...counts.map((count) => count.passed));
  const failed = Math.max(...counts.map((count) => count.failed));
  const tests = fromTap(output).passed + fromTap(output).failed;
  // Node counts a file that does not load as one failed test, instead of those in it.
  const unread = tests < (before?.tests ?? 0);
  if (typeof code === "string") return { colour: `stuck (${code})`, output };
  if (unread || /^error: could not compile/m.test(output)) return { colour: "uncompiled", output };
  if (code === 0 && failed === 0) return { colour: passed > 0 ? "green" : "empty", output, tests };
  return { colour: failed > 0 ? "red" : "broken", output };
}

/** Answers why the patch proves nothing, or `undefined` when the tests caught it. */
async function judge(file) {
  const { command, by } = readHeader(readFileSync(file, "utf8"));
  if (!greens.has(command)) greens.set(command, await ask(command));
  const before = greens.get(command);
  if (before.colour !== "green")
    return `unpatched, the command is ${before.colour}, not green:\n${tail(before.output)}`;
  const applied = await inTree("git", ["apply", file]);
  if (applied.code !== 0) return `the patch does not apply any more:\n${applied.output}`;
  try {
    const after = await ask(command, before);
    if (after.colour === (by === "compile" ? "uncompiled" : "red")) return undefined;
    if (after.colour === "green") return "the tests stayed green.";
    return `it went ${after.colour}, which is no failing test:\n${tail(after.output)}`;
  } finally {
    await restore();
  }
}

const tail = (output) => output.split("\n").slice(-25).join("\n");

const all = readdirSync(patches)
  .filter((name) => name.endsWith(".patch"))
  .map((name) => name.slice(0, -".patch".length));
const chosen = process.argv.slice(2);
for (const name of chosen)
  if (!all.includes(name)) throw new Error(`There is no patch ${name}; there are ${all.join(", ")}.`);

takeTheTree();
await copyCheckout();
let caught = 0;
let missed = 0;
for (const name of chosen.length > 0 ? chosen : all) {
  const started = Date.now();
  const reason = await judge(join(patches, `${name}.patch`)).catch((error) => error.message);
  if (reason) missed += 1;
  else caught += 1;
  console.log(`${reason ? "MISSED" : "caught"}  ${name}  ${seconds(started)}${reason ? `\n        ${reason}` : ""}`);
}
console.log(`${caught} caught, ${missed} missed`);
process.exitCode = missed > 0 || caught === 0 ? 1 : 0;
