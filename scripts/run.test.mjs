// Running other programs: what they said, how they ended, and that one that never ends is ended.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { run } from "./run.mjs";

test("both streams are kept without their colours, and the way it ended", async () => {
  const { code, output } = await run("bash", ["-c", "printf '\\033[31mred\\033[0m'; echo why >&2; exit 3"], {
    show: "none",
  });
  assert.equal(code, 3);
  assert.match(output, /red/);
  assert.match(output, /why/);
  assert.doesNotMatch(output, /\[31m/);
});

test("a command that takes too long is ended with all it started", async () => {
  const { code, output } = await run("bash", ["-c", "sleep 600 & echo $!; wait"], { show: "none", patience: 0.02 });
  assert.equal(code, "no end in 0.02 min");
  const sleep = spawnSync("ps", ["-o", "stat=", "-p", output.trim()], { encoding: "utf8" });
  assert.match(sleep.stdout, /^(Z.*)?\s*$/, "gone, or ended and not yet waited for");
});

test("a command that is not there is said", async () => {
  await assert.rejects(run("no-such-command", [], { show: "none" }), /no-such-command did not start/);
});
