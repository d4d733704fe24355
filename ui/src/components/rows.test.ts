import { expect, test } from "vitest";
import { Rows } from "./rows";

const rows = new Rows(
  [
    { title: "First", keys: ["a", "b"] },
    { title: "", keys: ["c"] },
    { title: "Last", keys: ["d", "e"] },
  ],
  34,
  25,
);

test("headers and rows have places that follow from counting", () => {
  expect(rows.count).toBe(7);
  expect(rows.rows).toBe(5);
  expect(rows.height).toBe(5 * 34 + 2 * 25);
  expect([0, 1, 2, 3, 4, 5, 6].map((index) => rows.keyAt(index))).toEqual([
    undefined,
    "a",
    "b",
    "c",
    undefined,
    "d",
    "e",
  ]);
  expect([0, 3, 4].map((index) => rows.heightOf(index))).toEqual([25, 34, 25]);
  for (let index = 0; index + 1 < rows.count; index += 1) {
    expect(rows.topOf(index + 1), `row ${index + 1} begins where ${index} ends`).toBe(
      rows.topOf(index) + rows.heightOf(index),
    );
  }
});

test("what is drawn at a height is found, and under a header the row below it", () => {
  expect([0, 24, 25, 58, 59, 92, 93, 126, 127, 152, 186].map((top) => rows.keyAt(rows.indexAt(top)))).toEqual([
    "a",
    "a",
    "a",
    "a",
    "b",
    "b",
    "c",
    "c",
    "d",
    "d",
    "e",
  ]);
});

test("every row is found where it stands", () => {
  for (const key of ["a", "b", "c", "d", "e"]) expect(rows.keyAt(rows.indexOf(key))).toBe(key);
  expect(rows.indexOf("x")).toBe(-1);
});

test("a step stops at the ends, and from nowhere it begins at one", () => {
  expect(rows.step("b", 1)).toBe("c");
  expect(rows.step("e", 1)).toBe("e");
  expect(rows.step("a", -10)).toBe("a");
  expect(rows.step(undefined, 1)).toBe("a");
  expect(rows.step(undefined, -1)).toBe("e");
});

test("finding goes round", () => {
  expect(rows.find("d", (key) => key < "c")).toBe("a");
  expect(rows.find("a", (key) => key < "c")).toBe("b");
  expect(rows.find("a", () => false)).toBeUndefined();
});

test("a list of nothing has no rows and no height", () => {
  const none = new Rows<string>([], 34, 25);
  expect(none.height).toBe(0);
  expect(none.step(undefined, 1)).toBeUndefined();
  expect(none.keyAt(0)).toBeUndefined();
});
