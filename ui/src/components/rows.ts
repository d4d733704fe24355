// Where each row of a grouped list stands. Heights are fixed, so every place follows from counting; nothing is measured
// and nothing is made per row, also with 100,000 of them.

export interface ListGroup<Key> {
  /** Its header; none when empty. */
  title: string;
  keys: readonly Key[];
}

export interface PlacedGroup<Key> extends ListGroup<Key> {
  /** Its position among the groups. */
  index: number;
  /** The position of its header, or of its first row where it has none, among all headers and rows. */
  at: number;
  /** How many rows stand before it. */
  rowsBefore: number;
  headers: 0 | 1;
  /** In pixels from the top of the list. */
  top: number;
  height: number;
}

export class Rows<Key> {
  readonly groups: readonly PlacedGroup<Key>[];
  /** Headers and rows together. */
  readonly count: number;
  /** Rows alone. */
  readonly rows: number;
  readonly rowHeight: number;
  readonly headerHeight: number;

  constructor(groups: readonly ListGroup<Key>[], rowHeight: number, headerHeight: number) {
    this.rowHeight = rowHeight;
    this.headerHeight = headerHeight;
    let at = 0;
    let rowsBefore = 0;
    let top = 0;
    this.groups = groups.map((group, index) => {
      const headers = group.title === "" ? 0 : 1;
      const height = headers * headerHeight + group.keys.length * rowHeight;
      const placed = { ...group, index, at, rowsBefore, headers, top, height } as const;
      at += headers + group.keys.length;
      rowsBefore += group.keys.length;
      top += height;
      return placed;
    });
    this.count = at;
    this.rows = rowsBefore;
  }

  heightOf(index: number): number {
    const group = this.groupAt(index);
    return group !== undefined && index < group.at + group.headers ? this.headerHeight : this.rowHeight;
  }

  /** In pixels from the top of the list. */
  topOf(index: number): number {
    const group = this.groupAt(index);
    if (group === undefined || index === group.at) return group?.top ?? 0;
    return group.top + group.headers * this.headerHeight + (index - group.at - group.headers) * this.rowHeight;
  }

  get height(): number {
    const last = this.groups.at(-1);
    return last === undefined ? 0 : last.top + last.height;
  }

  /** The group that a header or row belongs to. */
  groupAt(index: number): PlacedGroup<Key> | undefined {
    return this.#lastGroup((group) => group.at <= index);
  }

  /** The position of the row that is drawn so many pixels from the top; under a header, the first of its rows. */
  indexAt(top: number): number {
    const group = this.#lastGroup((group) => group.top <= top);
    if (group === undefined) return 0;
    const inside = top - group.top - group.headers * this.headerHeight;
    return group.at + group.headers + Math.max(0, Math.floor(inside / this.rowHeight));
  }

  /** The last group that fits, where all before it fit, too. */
  #lastGroup(fits: (group: PlacedGroup<Key>) => boolean): PlacedGroup<Key> | undefined {
    let low = 0;
    let high = this.groups.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const group = this.groups[middle];
      if (group !== undefined && fits(group)) low = middle;
      else high = middle - 1;
    }
    return this.groups[low];
  }

  /** The key of the row at a position; nothing where a header is. */
  keyAt(index: number): Key | undefined {
    const group = this.groupAt(index);
    return group?.keys[index - group.at - group.headers];
  }

  /** The position of a row; -1 when it is not in the list. */
  indexOf(key: Key): number {
    for (const group of this.groups) {
      const at = group.keys.indexOf(key);
      if (at >= 0) return group.at + group.headers + at;
    }
    return -1;
  }

  /** The row so many rows further, stopping at the first and the last; from nowhere, the first or the last. */
  step(from: Key | undefined, by: number): Key | undefined {
    const here = from === undefined ? -1 : this.ordinalOf(from);
    const to = here < 0 ? (by > 0 ? 0 : this.rows - 1) : Math.min(Math.max(here + by, 0), this.rows - 1);
    return this.keyAtOrdinal(to);
  }

  /** The first row after `from`, going round, that `matches`. */
  find(from: Key | undefined, matches: (key: Key) => boolean): Key | undefined {
    const keys = this.groups.flatMap((group) => group.keys);
    const start = (from === undefined ? -1 : keys.indexOf(from)) + 1;
    return keys.slice(start).find(matches) ?? keys.slice(0, start).find(matches);
  }

  ordinalOf(key: Key): number {
    for (const group of this.groups) {
      const at = group.keys.indexOf(key);
      if (at >= 0) return group.rowsBefore + at;
    }
    return -1;
  }

  keyAtOrdinal(ordinal: number): Key | undefined {
    const group = this.groups.find((group) => ordinal < group.rowsBefore + group.keys.length);
    return group?.keys[ordinal - group.rowsBefore];
  }
}
