// The problems, fetched once for the three views that show them. Each view is a list of its own: its groups, its
// selection.

import type { Backend } from "../backend";
import type { FailureView } from "../backend/generated/FailureView";
import type { ProblemGroup } from "../backend/generated/ProblemGroup";
import type { ProblemGroupKind } from "../backend/generated/ProblemGroupKind";
import type { ProblemRow } from "../backend/generated/ProblemRow";
import type { Extent } from "../words/problems";
import { Latest } from "./latest.svelte";
import { nextAfter } from "./selection";

export class Problems {
  readonly #latest: Latest<"all", ProblemGroup[]>;
  #groups = $state.raw<readonly ProblemGroup[]>();
  #failure = $state.raw<FailureView>();
  readonly #lists: ProblemList[] = [];

  constructor(backend: Backend) {
    this.#latest = new Latest(
      () => backend.problems(),
      (groups) => this.#take(groups),
      (failure) => (this.#failure = failure),
    );
  }

  get groups(): readonly ProblemGroup[] | undefined {
    return this.#groups;
  }
  get failure(): FailureView | undefined {
    return this.#failure;
  }
  get isSlow(): boolean {
    return this.#latest.isSlow;
  }

  /** A view of these groups only; of all, when none is named. */
  list(...kinds: ProblemGroupKind[]): ProblemList {
    const list = new ProblemList(this, kinds);
    this.#lists.push(list);
    return list;
  }

  /** A view of them is on screen. */
  open(): void {
    if (!this.#latest.isAsked) this.#latest.ask("all");
  }
  /** The world has changed. */
  refresh(): void {
    this.#latest.again();
  }

  #take(groups: ProblemGroup[]): void {
    const before = keysOf(this.#groups ?? []);
    this.#groups = groups;
    this.#failure = undefined;
    const there = new Set(keysOf(groups));
    for (const list of this.#lists) list.moveOn(before, there);
  }
}

export class ProblemList {
  readonly #problems: Problems;
  readonly #kinds: readonly ProblemGroupKind[];
  #extent = $state<Extent>("all");
  #selected = $state<string>();
  readonly #rows = $derived.by(
    () => new Map(this.groups.flatMap((group) => group.problems.map((row) => [row.key, row]))),
  );

  constructor(problems: Problems, kinds: readonly ProblemGroupKind[]) {
    this.#problems = problems;
    this.#kinds = kinds;
  }

  get extent(): Extent {
    return this.#extent;
  }
  get selected(): string | undefined {
    return this.#selected;
  }
  /** Only the groups and severities that this view shows; none that is empty. */
  get groups(): ProblemGroup[] {
    return (this.#problems.groups ?? [])
      .filter((group) => this.#kinds.length === 0 || this.#kinds.includes(group.kind))
      .map((group) => ({ ...group, problems: group.problems.filter((row) => this.#shows(row)) }))
      .filter((group) => group.problems.length > 0);
  }

  row(key: string): ProblemRow | undefined {
    return this.#rows.get(key);
  }
  narrowTo(extent: Extent): void {
    this.#extent = extent;
  }
  select(key: string | undefined): void {
    this.#selected = key;
  }
  /** Selects a problem and makes sure that it is in the list. */
  reveal(key: string): void {
    this.#selected = key;
    if (this.row(key) === undefined) this.#extent = "all";
  }
  /** Selects the problem so many places on, stopping at the ends. */
  step(by: number): void {
    const keys = keysOf(this.groups);
    const at = this.#selected === undefined ? -1 : keys.indexOf(this.#selected);
    const to = at < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.min(Math.max(at + by, 0), keys.length - 1);
    this.#selected = keys[to];
  }

  /** For the way back: brings buttons and selection back to what they are now. */
  keepPlace(): () => void {
    const [extent, selected] = [this.#extent, this.#selected] as const;
    return () => {
      this.#extent = extent;
      this.#selected = selected;
    };
  }

  /** A problem that is solved gives its place to the next one of this view. */
  moveOn(before: readonly string[], there: ReadonlySet<string>): void {
    if (this.#selected === undefined || there.has(this.#selected)) return;
    this.#selected = nextAfter(this.#selected, before, (key) => this.row(key) !== undefined);
  }

  #shows(row: ProblemRow): boolean {
    return this.#extent === "all" || row.severity === this.#extent;
  }
}

const keysOf = (groups: readonly ProblemGroup[]): string[] =>
  groups.flatMap((group) => group.problems.map((row) => row.key));
