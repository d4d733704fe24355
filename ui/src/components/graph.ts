// Where the boxes and arrows of a graph stand: from left to right, in columns. The columns move apart to fill the width
// there is, as far as that still looks like one graph.

import { Graph, layout } from "@dagrejs/dagre";

export interface Box {
  key: string;
  title: string;
  lines: readonly string[];
}

export interface Arrow {
  from: string;
  to: string;
}

interface Placed {
  /** From the left and the top, and how large. */
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Drawing {
  width: number;
  height: number;
  columns: number;
  boxes: ReadonlyMap<string, Placed>;
}

const MARGIN = 16;
const BETWEEN_ROWS = 28;
const BETWEEN_COLUMNS = 48;
const BETWEEN_TIGHT_COLUMNS = 28;
const MOST_BETWEEN_COLUMNS = 176;
const NARROWEST = 112;

/** How wide boxes may be so that so many columns fit in so much width. Narrower than readable they don't get. */
export const tightWidth = (columns: number, room: number): number =>
  Math.max(NARROWEST, Math.floor((room - 2 * MARGIN - (columns - 1) * BETWEEN_TIGHT_COLUMNS) / columns));

/** Lays boxes of these sizes out in at least so much width. */
export function place(
  sizes: ReadonlyMap<string, { width: number; height: number }>,
  arrows: readonly Arrow[],
  room: number,
  isTight = false,
): Drawing {
  const graph = new Graph();
  const ranksep = isTight ? BETWEEN_TIGHT_COLUMNS : BETWEEN_COLUMNS;
  graph.setGraph({ rankdir: "LR", nodesep: BETWEEN_ROWS, ranksep, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [key, size] of sizes) graph.setNode(key, { ...size });
  for (const { from, to } of arrows) if (from !== to) graph.setEdge(from, to);
  // The boxes come in reading order, and so they stand: no shuffling for the last crossing.
  layout(graph, { disableOptimalOrderHeuristic: true });

  const placed = [...sizes].map(([key, size]) => {
    const { x, y } = graph.node(key) as { x: number; y: number };
    return { key, middle: x, box: { x: x - size.width / 2, y: y - size.height / 2, ...size } };
  });
  const columns = [...new Set(placed.map(({ middle }) => Math.round(middle)))].sort((one, other) => one - other);
  const width = Math.max(0, ...placed.map(({ box }) => box.x + box.width)) + MARGIN;
  const height = Math.max(0, ...placed.map(({ box }) => box.y + box.height)) + MARGIN;
  const gaps = columns.length - 1;
  const more = gaps === 0 ? 0 : Math.min(Math.max(0, (room - width) / gaps), MOST_BETWEEN_COLUMNS - BETWEEN_COLUMNS);
  const boxes = new Map(
    placed.map(({ key, middle, box }) => [key, { ...box, x: box.x + more * columns.indexOf(Math.round(middle)) }]),
  );
  return { width: width + more * Math.max(0, gaps), height, columns: columns.length, boxes };
}

/** The line of an arrow, and where its head stands. An arrow that goes back runs below the boxes. */
export function path(from: Placed, to: Placed): { line: string; head: string } {
  if (to.x > from.x) {
    const start = [from.x + from.width, from.y + from.height / 2] as const;
    const end = [to.x, to.y + to.height / 2] as const;
    const bend = (end[0] - start[0]) / 2;
    const line = `M${start[0]} ${start[1]}C${start[0] + bend} ${start[1]} ${end[0] - bend} ${end[1]} ${end[0]} ${end[1]}`;
    return { line, head: `M${end[0] - 6} ${end[1] - 4.5}l6 4.5-6 4.5` };
  }
  const start = [from.x + from.width / 2 + 8, from.y + from.height] as const;
  const end = [to.x + to.width / 2 - (from === to ? 8 : 0), to.y + to.height] as const;
  const low = Math.max(start[1], end[1]) + 26;
  const line = `M${start[0]} ${start[1]}C${start[0]} ${low} ${end[0]} ${low} ${end[0]} ${end[1]}`;
  return { line, head: `M${end[0] - 4.5} ${end[1] + 6}l4.5-6 4.5 6` };
}

/** Whether an arrow needs room below the boxes. */
export const goesBack = (from: Placed, to: Placed): boolean => to.x <= from.x;
