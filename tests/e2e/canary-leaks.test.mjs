// Each way out of the window is opened on purpose, one at a time, and the search of the canary tests must find the canary
// there and nowhere else. Only the steered build leaks, and only when it is told to.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { detail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { Traces, newCanary } from "./traces.mjs";
import { role } from "./wd.mjs";

const CANARY = newCanary();

describe("a leak that is switched on is found:", () => {
  const base64 = Buffer.from(`of ${CANARY}!`).toString("base64");
  // What is on the page or crosses to it is in the page's memory, too.
  const memory = "the memory of the page's process";
  for (const [leak, words, places] of [
    ["log", base64, ["what was printed"]],
    ["ipc", CANARY, [memory, "what crosses to the page"]],
    ["dom", CANARY, [memory, "the page"]],
    ["process", `--token=${CANARY}`, ["the table of processes"]],
    ["data", Buffer.from(CANARY).toString("hex"), ["the file data/rolecall/leaked"]],
  ])
    test(leak, async () => {
      const home = Home.with({ ".aws/config": "[profile one]\nregion = eu-west-1\n", canary: words });
      const clock = join(home.beside, "clock");
      const window = await openWindow(home, {
        clock,
        env: { ROLECALL_TEST_LEAK: leak, ROLECALL_TEST_CANARY: join(home.path, "canary") },
      });
      const traces = new Traces(window, home, CANARY);
      try {
        await window.click(profileRow("one"));
        await window.see(role("heading", "one", { within: detail }));
        assert.deepEqual(await traces.places(), places);
      } finally {
        traces.stop();
        await window.close();
        home.remove();
      }
    });
});
