// Starts `window.mjs` on a screen of its own, and says what it measured.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { target } from "../../scripts/build.mjs";
import { run } from "../../scripts/run.mjs";
import { spread, times } from "./cost.mjs";
import { amount, bytes, milliseconds, plain, ratio, table } from "./report.mjs";

/** What is measured, its name in a table, and what a person with 10,000 profiles should wait at most. */
const WAITS = {
  start: ["launch to the first rows", "500 ms"],
  key: ["keystroke in the filter to the new rows", "16 ms"],
  view: ["switch of view to its rows", "50 ms"],
  change: ["change by another program to the right rows", "1 s"],
  ask: ["token renewed by another program to the question", "1 s"],
  mark: ["keystroke in the file editor to its marks", "150 ms"],
};
const PROGRAMS = { "rolecall-app": "Rolecall", WebKitWebProcess: "its page", WebKitNetworkProcess: "WebKit's network" };

/** `homes` are in order of size; the first, small one shows what a window costs by itself. */
export async function measureWindow(homes, rounds, folder) {
  const binary = join(target, "release", "rolecall-app");
  const plan = JSON.stringify({ binary, rounds, homes, pictures: join(target, "e2e") });
  const file = join(folder, "window.json");
  const { code, output } = await run("bash", ["tests/e2e/run.sh", "node", "tests/bench/window.mjs", plan, file], {
    show: "none",
  });
  if (code !== 0) throw new Error(`The window could not be measured.\n${output}`);
  const results = JSON.parse(readFileSync(file, "utf8"));
  const [tiny, small, large] = results;
  const [few, growth] = [
    `${amount(homes[1].count)} ÷ ${amount(homes[0].count)}`,
    `${amount(homes[2].count)} ÷ ${amount(homes[1].count)}`,
  ];
  const all = (parts) => Object.values(parts).reduce((sum, part) => sum + part, 0);
  // A round opens each home once, so rounds are compared by their own medians.
  const growthOf = (above, below, number) => times(above.map(number), below.map(number));
  const median = (name) => (opening) => spread(opening[name]).median;

  return {
    tables: [
      table(
        "The window",
        ["wait", "profiles", "time", "wanted at 10,000"],
        Object.entries(WAITS).flatMap(([name, [what, wanted]]) =>
          results
            .map((openings, at) => ({ openings, at, times: openings.flatMap((opening) => opening[name]) }))
            .filter(({ times }) => times.length > 0)
            .map(({ openings, at, times }) => [
              what,
              amount(homes[at].count),
              milliseconds(spread(times)),
              openings === small ? wanted : "",
            ]),
        ),
      ),
      table(
        "The window's memory",
        ["profiles", "rows in the page", ...Object.values(PROGRAMS), "all", "all, after use"],
        results.map((openings, at) => [
          amount(homes[at].count),
          plain(spread(openings.map(({ rows }) => rows))),
          ...Object.keys(PROGRAMS).map((name) => bytes(spread(openings.map(({ memory }) => memory[name] ?? 0)))),
          bytes(spread(openings.map(({ memory }) => all(memory)))),
          bytes(spread(openings.map(({ memoryAfter }) => all(memoryAfter)))),
        ]),
      ),
    ],
    ratios: [
      ...Object.entries(WAITS).flatMap(([name, [what]]) => [
        ratio(`window, ${what}, ${few}`, { value: growthOf(small, tiny, median(name)) }),
        ...(large.every((opening) => opening[name].length > 0)
          ? [ratio(`window, ${what}, ${growth}`, { value: growthOf(large, small, median(name)), atMost: 11 })]
          : []),
      ]),
      ratio(`window, rows in the page, ${growth}`, { value: growthOf(large, small, ({ rows }) => rows), atMost: 1.2 }),
      ratio(`window, memory, ${growth}`, { value: growthOf(large, small, ({ memory }) => all(memory)), atMost: 11 }),
      ratio(`window, memory after use, ${growth}`, {
        value: growthOf(large, small, ({ memoryAfter }) => all(memoryAfter)),
        atMost: 11,
      }),
    ],
  };
}
