// Compares the types that the engine's tests wrote with the committed ones, both ways, so that a changed, a new and a
// forgotten type are all seen.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** One line for each file in which the folders differ; `[]` when they are the same. */
export function differences(written, committed) {
  const names = (folder) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".ts"));
  const made = names(written);
  const kept = names(committed);
  const same = (name) => readFileSync(join(written, name)).equals(readFileSync(join(committed, name)));
  if (made.length === 0) return ["the Rust tests wrote no types"];
  return [
    ...made.filter((name) => !kept.includes(name)).map((name) => `${name} is not committed`),
    ...kept.filter((name) => !made.includes(name)).map((name) => `${name} is no type of the engine any more`),
    ...made.filter((name) => kept.includes(name) && !same(name)).map((name) => `${name} differs`),
  ];
}
