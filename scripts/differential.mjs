// `npm run differential`: what the tests of `tests/differential` do in their short form, at length: 20,000 pairs of files
// before each judge. `npm run differential -- 5000 42` takes that many, and the seed that a run printed.

import { run } from "./run.mjs";

const [files = "20000", seed = String(Date.now())] = process.argv.slice(2);
const test = ["test", "--quiet", "--package", "rolecall-tests", "--test", "differential", "--", "--nocapture"];
const env = { ...process.env, ROLECALL_FILES: files, ROLECALL_SEED: seed };

const { code } = await run("cargo", test, { env, patience: 60 });
console.log(code === 0 ? `no reader parted from its fold (seed ${seed})` : `see above; seed ${seed}`);
process.exitCode = code === 0 ? 0 : 1;
