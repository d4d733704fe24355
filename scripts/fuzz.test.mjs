// The beginning of what `npm run fuzz` does at length: from the corpus alone, each program looks for bytes that break a
// promise, led by what it reaches. Always the same inputs, so that it is red for a change and not by luck.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { PROGRAMS, buildFuzz, fuzz } from "./fuzz.mjs";

const INPUTS = 30_000;

let programs;
before(async () => {
  programs = await buildFuzz();
});

for (const name of PROGRAMS)
  test(`${name}: no bytes that break a promise are among the first ${INPUTS}`, async (context) => {
    const { tried, reached, holds, output } = await fuzz(programs, name, { inputs: INPUTS });
    context.diagnostic(`fuzz, ${name}: ${tried} inputs, ${reached} of them reached something new`);
    assert.ok(holds, output);
    assert.ok(tried >= INPUTS, `it looked: ${tried} inputs`);
    assert.ok(reached > 100, `what it reaches leads it: ${reached} inputs reached something new`);
  });
