// Seconds of what `npm run fuzz` does at length: from the corpus alone, each program looks for bytes that break a promise.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { PROGRAMS, buildFuzz, fuzz } from "./fuzz.mjs";

const SECONDS = 10;

let programs;
before(async () => {
  programs = await buildFuzz();
});

for (const name of PROGRAMS)
  test(`${name}: no bytes that break a promise are found in ${SECONDS} seconds`, async (context) => {
    const { tried, reached, holds, output } = await fuzz(programs, name, { seconds: SECONDS, isKept: false });
    context.diagnostic(`fuzz, ${name}: ${tried} inputs, ${reached} of them reached something new`);
    assert.ok(holds, output);
    assert.ok(tried > 1000, `it looked: ${tried} inputs`);
    assert.ok(reached > 100, `what it reaches leads it: ${reached} inputs reached something new`);
  });
