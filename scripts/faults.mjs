// `npm run faults`: what the tests of the command, `tests/faults` and `tests/watch` do in their short form, at length: a
// thousand kills, each race with 300 changes on each side, in five runs, and 10,000 things that other programs do.

import { run } from "./run.mjs";

const runs = 5;
const test = ["test", "--quiet", "--package", "rolecall-tests", "--test", "faults", "--"];
const env = (rounds) => ({ env: { ...process.env, ROLECALL_ROUNDS: String(rounds) }, patience: 60 });

const command = ["test", "--quiet", "--package", "rolecall-cli", "--test", "command", "--"];
const kills = await run("cargo", [...command, "killed::", "--nocapture"], env(1000));
let code = kills.code;
for (let number = 1; number <= runs && code === 0; number += 1) {
  console.log(`race ${number} of ${runs}`);
  ({ code } = await run("cargo", [...test, "race::", "--nocapture", "--test-threads=1"], env(300)));
}
if (code === 0) {
  const watch = ["test", "--quiet", "--package", "rolecall-tests", "--test", "watch", "--", "outside::", "--nocapture"];
  ({ code } = await run("cargo", watch, env(10_000)));
}
console.log(code === 0 ? "nothing was lost" : "something was lost, or could not be seen");
process.exitCode = code === 0 ? 0 : 1;
