// The header of a sabotage patch: one that says too little would prove nothing and look as if it did.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readHeader } from "./sabotage-header.mjs";

const diff = "diff --git a/x b/x\n# not a header: this is below\n";

test("promise and command are read, and a failing test is what must be seen unless the header says compile", () => {
  const head = "# promise: Nothing is lost.\n# must turn red: cargo test -p rolecall-core identity\n";
  assert.deepEqual(readHeader(head + diff), {
    promise: "Nothing is lost.",
    command: "cargo test -p rolecall-core identity",
    by: "test",
  });
  assert.equal(readHeader(`${head}# red by: compile\n${diff}`).by, "compile");
});

test("a header that says less, or something else, is refused", () => {
  assert.throws(() => readHeader(`# promise: Nothing is lost.\n${diff}`), /must say/);
  assert.throws(() => readHeader(`# promise: x\n# must turn red: y\n# red by: luck\n${diff}`), /test or compile/);
  assert.throws(() => readHeader(`# promise: x\n# must turn red: y\n# note: z\n${diff}`), /none of/);
});
