// Says what was measured: tables for people, and ratios with the limit that some of them have. Only ratios within one
// run are ever judged, since a time alone says as much of the machine as of the program.

import { readFileSync, writeFileSync } from "node:fs";

const BEGIN = "<!-- npm run bench writes what stands between these two lines -->";
const END = "<!-- end of what npm run bench writes -->";

export const amount = (count) => count.toLocaleString("en");

/** Cells show the middle, then the least and the most. */
export const milliseconds = (spread) =>
  cell(spread, (value) => (value < 10_000 ? `${short(value)} ms` : `${short(value / 1000)} s`));
export const bytes = (spread) => cell(spread, (value) => `${short(value / 2 ** 20)} MiB`);
export const plain = (spread) => cell(spread, String);

export const table = (title, head, rows) => ({ title, head, rows });

/** A limit (`atLeast`, `atMost`) is held now; what is `wanted` is only shown. */
export function ratio(what, { value, atLeast, atMost, wanted }) {
  const limit = atLeast !== undefined ? `at least ${atLeast}` : atMost !== undefined ? `at most ${atMost}` : undefined;
  const isHeld = !(value.median < atLeast) && !(value.median > atMost);
  return { what, value, limit, isHeld, wanted };
}

/** The whole report as Markdown. */
export function markdown(facts, { tables, ratios }) {
  const judged = table(
    "Ratios",
    ["ratio", "value", "limit", "held"],
    ratios.map(({ what, value, limit, isHeld, wanted }) => [
      what,
      cell(value, short),
      limit ?? (wanted ? `later ${wanted}` : "none"),
      limit ? (isHeld ? "yes" : "**no**") : "",
    ]),
  );
  return [facts.map((fact) => `- ${fact}`).join("\n"), ...[...tables, judged].map(asMarkdown)].join("\n\n");
}

/** Puts the report into the page that describes it. */
export function writeInto(file, text) {
  const page = readFileSync(file, "utf8");
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${file} has lost the two lines between which the report goes.`);
  writeFileSync(file, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}

/** The first column says what, all others are numbers. */
function asMarkdown({ title, head, rows }) {
  const all = [head, ...rows];
  const width = (column) => Math.max(3, ...all.map((row) => row[column].length));
  const aligned = (text, at) => (at === 0 ? text.padEnd(width(at)) : text.padStart(width(at)));
  const rule = head.map((_, at) => (at === 0 ? "-".repeat(width(at)) : `${"-".repeat(width(at) - 1)}:`));
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const lines = [line(head.map(aligned)), line(rule), ...rows.map((row) => line(row.map(aligned)))];
  return `### ${title}\n\n${lines.join("\n")}`;
}

function cell({ min, median, max }, say) {
  if (say(min) === say(max)) return say(median);
  const [low, high] = [say(min), say(max)];
  const [, unit] = / (\D+)$/.exec(high) ?? [];
  return `${say(median)} (${unit ? low.replace(new RegExp(` ${unit}$`), "") : low} to ${high})`;
}

/** Three digits that mean something. */
function short(value) {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
