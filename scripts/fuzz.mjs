// `npm run fuzz`: looks for bytes on which a promise of core breaks, led by what of its code they reach (libFuzzer, built by
// the stable compiler). `npm run fuzz -- 3600` takes that many seconds for each program, and `npm run fuzz -- 3600 reading`
// only that one; what is found about the code is kept and gone on from. The tests take the first tens of thousands
// from the corpus alone, always the same ones.
// What breaks a promise is written below target/fuzz/broken, and is read again with: PROGRAM FILE.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { target } from "./build.mjs";
import { root, run } from "./run.mjs";

const PROGRAMS = ["reading", "edits", "masking"];
const folder = join(target, "fuzz");

/** What cargo-fuzz passes too, without its sanitizers: those want another compiler, and there is no unsafe code in core. */
const COVERAGE = [
  "-Cpasses=sancov-module",
  ...["level=4", "inline-8bit-counters", "pc-table", "trace-compares"].map(
    (option) => `-Cllvm-args=-sanitizer-coverage-${option}`,
  ),
  "-Ccodegen-units=1",
  "--cfg=fuzzing",
].join(" ");

/** Builds the programs; answers where they are. */
export async function buildFuzz() {
  const host = /host: (\S+)/.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))[1];
  const manifest = join(root, "tests/fuzz/Cargo.toml");
  // With a target named, the flags are not for the programs that building itself runs.
  const args = ["build", "--release", "--locked", "--quiet", "--target", host, "--manifest-path", manifest];
  const env = { ...process.env, RUSTFLAGS: COVERAGE, CARGO_TARGET_DIR: folder };
  const { code } = await run("cargo", args, { env, patience: 30 });
  if (code !== 0) throw new Error("The programs of tests/fuzz were not built.");
  return join(folder, host, "release");
}

/**
 * Runs one program for so many `seconds`, or so many `inputs`, then always the same ones; answers how many inputs it tried,
 * how many of them reached something new, and whether all held.
 */
export async function fuzz(programs, name, { seconds, inputs }) {
  const isKept = inputs === undefined;
  const broken = join(folder, "broken", name);
  const found = join(folder, isKept ? "found" : "short", name);
  if (!isKept) rmSync(found, { recursive: true, force: true });
  const seeds = seedsOf(name);
  for (const path of [broken, found]) mkdirSync(path, { recursive: true });
  const args = [
    ...(isKept ? [`-max_total_time=${seconds}`] : [`-runs=${inputs}`, "-seed=1"]),
    "-timeout=5",
    "-max_len=4096",
    "-print_final_stats=1",
    "-verbosity=0",
    `-artifact_prefix=${broken}/`,
  ];
  const { code, output } = await run(join(programs, name), [...args, found, seeds], { show: "none", patience: 600 });
  const stat = (what) => Number(new RegExp(`stat::${what}:\\s+(\\d+)`).exec(output)?.[1] ?? 0);
  return { tried: stat("number_of_executed_units"), reached: stat("new_units_added"), holds: code === 0, output };
}

/** The files of the corpus, each under a name of its own. */
function seedsOf(name) {
  const seeds = join(folder, "seeds", name);
  rmSync(seeds, { recursive: true, force: true });
  mkdirSync(seeds, { recursive: true });
  const corpus = join(root, "tests/corpus");
  const files = readdirSync(corpus, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const [at, file] of files.entries()) copyFileSync(join(file.parentPath, file.name), join(seeds, String(at)));
  return seeds;
}

if (process.argv[1] === import.meta.filename) {
  const [seconds = "600", ...chosen] = process.argv.slice(2);
  const programs = await buildFuzz();
  for (const name of chosen.length > 0 ? chosen : PROGRAMS) {
    const { tried, reached, holds, output } = await fuzz(programs, name, { seconds: Number(seconds) });
    if (!holds) console.log(output);
    console.log(`${name}: ${tried} inputs, ${reached} of them reached something new; ${holds ? "all held" : "broken"}`);
    if (!holds) process.exitCode = 1;
  }
}

export { PROGRAMS };
