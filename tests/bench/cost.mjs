// What a run of a program costs, and what many runs say together. A single number from a busy machine means little, so
// all of them are kept, and two programs are compared run by run, each with its neighbour in time.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { target } from "../../scripts/build.mjs";

const folder = join(target, "bench", "release");

/** Where a program of `peers/` is once it is built. */
export const peer = (name) => join(folder, name);

/** What builds them, apart from everything else: their own lock file, their own folder. */
export const buildPeers = [
  "cargo",
  ["build", "--release", "--locked", "--quiet", "--manifest-path=tests/bench/peers/Cargo.toml"],
  { env: { ...process.env, CARGO_TARGET_DIR: join(target, "bench") } },
];

/** Runs a program to its end and answers `{ wall, user, system, memory }`, in milliseconds and bytes. */
export async function costOf([command, ...args], env) {
  return JSON.parse(await outputOf([peer("timed"), command, ...args], env));
}

/** What a program prints. */
export async function outputOf([command, ...args], env) {
  const { stdout } = await promisify(execFile)(command, args, { env, maxBuffer: 2 ** 30 });
  return stdout;
}

/** Runs each of `jobs` by turns, as often as it wants (`rounds`); answers the list of what each gave. */
export async function byTurns(jobs) {
  const results = jobs.map(() => []);
  for (let round = 0; jobs.some(({ rounds }) => round < rounds); round += 1)
    for (const [at, { rounds, run }] of jobs.entries()) if (round < rounds) results[at].push(await run());
  return results;
}

/** The middle of what was measured, and how far it lies apart. */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return { min: sorted[0], median, max: sorted.at(-1) };
}

/** How many times `above` is `below`, run by run. */
export const times = (above, below) => spread(quotients(above, below));

/**
 * How much faster something grows than another does, run by run. Files that no longer fit the processor's caches cost
 * every reader more than their size says; held against a reader that looks at each line once, that falls out.
 */
export const growth = ([large, small], [otherLarge, otherSmall]) =>
  times(quotients(large, small), quotients(otherLarge, otherSmall));

function quotients(above, below) {
  const both = Math.min(above.length, below.length);
  return above.slice(0, both).map((value, at) => value / below[at]);
}
