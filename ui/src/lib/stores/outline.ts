// The sections of a file as a list to go by: filtered by name, portals before profiles, each under a key of its own.

import type { OutlineEntry } from "../backend/generated/OutlineEntry";
import { groupOf, outlineGroups, type OutlineGroup } from "../words/editor";

export interface Outline {
  groups: readonly { group: OutlineGroup; keys: readonly string[] }[];
  entries: ReadonlyMap<string, OutlineEntry>;
}

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Keys are kind and name, counted where a section stands twice, so that a row stays itself while lines move. */
export function outlineOf(sections: readonly OutlineEntry[], filter: string): Outline {
  const entries = new Map<string, OutlineEntry>();
  const groups = outlineGroups.map((group) => ({ group, keys: [] as string[] }));
  const wanted = fold(filter.trim());
  for (const entry of sections) {
    let key = `${entry.kind} ${entry.name}`;
    for (let again = 2; entries.has(key); again += 1) key = `${entry.kind} ${entry.name} ${again}`;
    entries.set(key, entry);
    if (wanted === "" || fold(entry.name).includes(wanted))
      groups.find(({ group }) => group === groupOf[entry.kind])?.keys.push(key);
  }
  return { groups: groups.filter(({ keys }) => keys.length > 0), entries };
}

/** The section that a line belongs to; none above the first. */
export function sectionAt(sections: readonly OutlineEntry[], line: number): OutlineEntry | undefined {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sections[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return sections[low - 1];
}
