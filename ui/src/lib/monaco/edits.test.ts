import { expect, test } from "vitest";
import { lineEdits } from "./edits";

const lines = (text: string) => [...text];
const apply = (before: readonly string[], after: readonly string[]) => {
  const text = [...before];
  for (const { start, end, lines } of lineEdits(before, after).toReversed()) text.splice(start, end - start, ...lines);
  return text.join("");
};

test.each([
  ["", "abc"],
  ["abc", ""],
  ["abc", "abc"],
  ["abcdef", "abXdef"],
  ["abcdef", "aXbcdeYf"],
  ["aaaa", "aa"],
  ["abab", "baba"],
  ["[a]k[b]k", "[a]k[c]k[b]k"],
])("the edits from %j make %j", (before, after) => {
  expect(apply(lines(before), lines(after))).toBe(after);
});

test("lines between two changes are left alone, so that a cursor on them stays", () => {
  expect(lineEdits(lines("abcdefg"), lines("aXcdeYg"))).toEqual([
    { start: 1, end: 2, lines: ["X"] },
    { start: 5, end: 6, lines: ["Y"] },
  ]);
});

test("two large blocks that differ are one change", () => {
  const block = (name: string) => Array.from({ length: 2000 }, (_, at) => `${name}${at}`);
  expect(lineEdits(block("a"), block("b"))).toEqual([{ start: 0, end: 2000, lines: block("b") }]);
});
