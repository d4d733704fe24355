import { expect, test } from "vitest";
import { path, place, tightWidth } from "./graph";

const size = { width: 150, height: 64 };
const sizes = (...keys: string[]) => new Map(keys.map((key) => [key, size]));

test("keys flow from left to right", () => {
  const { boxes } = place(sizes("acme", "acme-dev"), [{ from: "acme", to: "acme-dev" }], 0);
  expect(boxes.get("acme-dev")?.x).toBeGreaterThan((boxes.get("acme")?.x ?? 0) + size.width);
});

test("columns move apart to fill the room, up to where it still looks like one graph", () => {
  const arrows = [{ from: "a", to: "b" }];
  expect(place(sizes("a", "b"), arrows, 420).width).toBe(420);
  expect(place(sizes("a", "b"), arrows, 5000).width).toBe(16 + 150 + 176 + 150 + 16);
});

test("boxes of one column stand in reading order", () => {
  const arrows = ["b", "c", "d"].map((to) => ({ from: "a", to }));
  const { boxes } = place(sizes("a", "b", "c", "d"), arrows, 0);
  const tops = ["b", "c", "d"].map((key) => boxes.get(key)?.y ?? 0);
  expect(tops).toEqual([...tops].sort((one, other) => one - other));
});

test("no two boxes share a place, also in a circle", () => {
  const arrows = [
    { from: "a", to: "b" },
    { from: "b", to: "c" },
    { from: "c", to: "a" },
    { from: "c", to: "c" },
  ];
  const { boxes } = place(sizes("a", "b", "c"), arrows, 600);
  const all = [...boxes.values()];
  for (const one of all) {
    for (const other of all) {
      if (one === other) continue;
      const isApart = Math.abs(one.x - other.x) >= size.width || Math.abs(one.y - other.y) >= size.height;
      expect(isApart).toBe(true);
    }
  }
});

test("an arrow that goes back runs below the boxes", () => {
  const from = { x: 300, y: 0, width: 100, height: 60 };
  const to = { x: 0, y: 0, width: 100, height: 60 };
  expect(path(from, to).line).toContain("86");
  expect(path(to, from).line).toMatch(/^M100 30/);
});

test("four columns fit in the pane when their boxes may be narrow", () => {
  const width = tightWidth(4, 588);
  const keys = ["a", "b", "c", "d"];
  const arrows = keys.slice(1).map((to, at) => ({ from: keys[at] ?? "", to }));
  const narrow = new Map(keys.map((key) => [key, { width, height: 96 }]));
  expect(place(narrow, arrows, 588, true).width).toBeLessThanOrEqual(588);
  expect(tightWidth(40, 588)).toBe(112);
});

test("a single box is a graph, too", () => {
  const { width, boxes } = place(sizes("a"), [], 588);
  expect(boxes.get("a")?.x).toBe(16);
  expect(width).toBe(182);
});
