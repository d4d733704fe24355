// `npm run faults`: what the tests of `tests/faults` do in their short form, at length: a thousand kills, and each race
// with 300 changes on each side, in five runs.

import { run } from "./run.mjs";

const runs = 5;
const test = ["test", "--quiet", "--package", "rolecall-tests", "--test", "faults", "--"];
const env = (rounds) => ({ env: { ...process.env, ROLECALL_ROUNDS: String(rounds) }, patience: 60 });

const kills = await run("cargo", [...test, "killed::", "--nocapture"], env(1000));
let code = kills.code;
for (let number = 1; number <= runs && code === 0; number += 1) {
  console.log(`race ${number} of ${runs}`);
  ({ code } = await run("cargo", [...test, "race::", "--nocapture", "--test-threads=1"], env(300)));
}
console.log(code === 0 ? "nothing was lost" : "something was lost, or could not be seen");
process.exitCode = code === 0 ? 0 : 1;
