// A count that overlooks a failure would make everything green.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fromCargo, fromLastLine, fromTap, fromVitest, fromVitestText, judged } from "./count.mjs";
import { seconds } from "./run.mjs";
import { differences } from "./types.mjs";

test("cargo's programs are added up, and an ignored test counts as failed", () => {
  const output = `running 3 tests
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
test result: FAILED. 4 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s`;
  assert.deepEqual(fromCargo(output), { passed: 7, failed: 3 });
});

test("what node skipped, cancelled or left to do counts as failed", () => {
  const output = "# tests 10\n# suites 0\n# pass 5\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 1\n# duration_ms 4";
  assert.deepEqual(fromTap(output), { passed: 5, failed: 5 });
});

test("what vitest did not pass counts as failed", () => {
  const json = JSON.stringify({ numTotalTests: 9, numPassedTests: 6, numFailedTests: 1, numPendingTests: 2 });
  assert.deepEqual(fromVitest(json), { passed: 6, failed: 3 });
  const text = " Test Files  1 failed (1)\n      Tests  1 failed | 5 passed | 2 skipped (8)\n";
  assert.deepEqual(fromVitestText(text), { passed: 5, failed: 3 });
});

test("only the last line of a script counts", () => {
  assert.deepEqual(fromLastLine("1 passed, 5 failed\nmore\n12 passed, 1 failed\n"), { passed: 12, failed: 1 });
  assert.deepEqual(fromLastLine("12 passed, 1 failed\nand then it broke"), { passed: 0, failed: 0 });
});

test("a run that ended badly, or ran no test, is never green", () => {
  assert.deepEqual(judged({ passed: 3, failed: 0 }, 0), { passed: 3, failed: 0 });
  assert.deepEqual(judged({ passed: 3, failed: 0 }, 101), { passed: 3, failed: 1 });
  assert.deepEqual(judged({ passed: 0, failed: 0 }, 0), { passed: 0, failed: 1 });
  assert.deepEqual(judged({ passed: 3, failed: 2 }, 101), { passed: 3, failed: 2 });
});

test("times are said for people", () => {
  assert.equal(seconds(0, 432), "0.4 s");
  assert.equal(seconds(0, 59_940), "59.9 s");
  assert.equal(seconds(0, 59_960), "1 min 00 s");
  assert.equal(seconds(0, 125_000), "2 min 05 s");
});

test("a type that changed, one that is new and one that is gone are all named", () => {
  const folder = mkdtempSync(join(tmpdir(), "rolecall-types-"));
  const put = (side, files) => {
    mkdirSync(join(folder, side));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, side, name), text);
  };
  put("written", { "Same.ts": "1", "Changed.ts": "2", "New.ts": "3" });
  put("committed", { "Same.ts": "1", "Changed.ts": "x", "Gone.ts": "4" });
  const found = differences(join(folder, "written"), join(folder, "committed"));
  rmSync(folder, { recursive: true });
  assert.deepEqual(found, [
    "New.ts is not committed",
    "Gone.ts is no type of the engine any more",
    "Changed.ts differs",
  ]);
});
