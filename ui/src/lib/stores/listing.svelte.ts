// One list of profiles: what is asked of it, the order the engine answers with, and which row is selected. Which rows
// match and how they stand together is the engine's answer alone.

import type { Backend } from "../backend";
import type { FailureView } from "../backend/generated/FailureView";
import type { Group } from "../backend/generated/Group";
import type { Grouping } from "../backend/generated/Grouping";
import type { Listing as Answer } from "../backend/generated/Listing";
import type { Query } from "../backend/generated/Query";
import type { Segment } from "../backend/generated/Segment";
import type { Sort } from "../backend/generated/Sort";
import type { View } from "../backend/generated/View";
import { found } from "../words/listing";
import type { Announcer } from "./announcer.svelte";
import type { Home } from "./home.svelte";
import { Latest } from "./latest.svelte";
import { recall, remember } from "./remembered";
import { nextAfter } from "./selection";

const groupings: readonly Grouping[] = ["source", "awsAccount", "none"];
const sorts: readonly Sort[] = ["name", "status", "timeLeft", "recent"];

export class Listing {
  readonly view: View;
  readonly #home: Home;
  readonly #announcer: Announcer;
  readonly #latest: Latest<Query, Answer>;
  #filter = $state("");
  #segment = $state<Segment>("all");
  #grouping = $state<Grouping>("source");
  #sort = $state<Sort>("name");
  #selected = $state<number>();
  #answer = $state.raw<Answer>();
  #answered = $state.raw<Query>();
  #failure = $state.raw<FailureView>();

  constructor(backend: Backend, home: Home, announcer: Announcer, view: View) {
    this.view = view;
    this.#home = home;
    this.#announcer = announcer;
    this.#grouping = recall(`${view}.grouping`, groupings) ?? "source";
    this.#sort = recall(`${view}.sort`, sorts) ?? "name";
    this.#latest = new Latest(
      (query) => backend.list(query),
      (answer, query) => this.#take(answer, query),
      (failure) => (this.#failure = failure),
    );
  }

  get filter(): string {
    return this.#filter;
  }
  get segment(): Segment {
    return this.#segment;
  }
  get grouping(): Grouping {
    return this.#grouping;
  }
  get sort(): Sort {
    return this.#sort;
  }
  get selected(): number | undefined {
    return this.#selected;
  }

  get groups(): readonly Group[] {
    return this.#answer?.groups ?? [];
  }
  get shown(): number {
    return this.#answer?.shown ?? 0;
  }
  get of(): number {
    return this.#answer?.of ?? 0;
  }
  /** Nothing answers the question; false while there is no answer yet. */
  get isEmpty(): boolean {
    return this.#answer?.shown === 0;
  }
  get hint(): string | undefined {
    return this.#answer?.hint;
  }
  /** The question that the groups answer; another one means another list, not the same list changed. */
  get answered(): Query | undefined {
    return this.#answered;
  }
  get failure(): FailureView | undefined {
    return this.#failure;
  }
  get isSlow(): boolean {
    return this.#latest.isSlow;
  }

  /** Its view is on screen. */
  open(): void {
    if (!this.#latest.isAsked) this.#ask();
  }
  /** The world has changed. A list that was never open stays unasked. */
  refresh(): void {
    this.#latest.again();
  }

  filterBy(filter: string): void {
    this.#narrow(filter, this.#segment);
  }
  narrowTo(segment: Segment): void {
    this.#narrow(this.#filter, segment);
  }
  groupBy(grouping: Grouping): void {
    this.#grouping = grouping;
    remember(`${this.view}.grouping`, grouping);
    this.#ask();
  }
  sortBy(sort: Sort): void {
    this.#sort = sort;
    remember(`${this.view}.sort`, sort);
    this.#ask();
  }
  select(id: number | undefined): void {
    this.#selected = id;
  }

  /** Selects the first row, unless the selected one is in the list. */
  selectFirst(): void {
    if (this.#selected === undefined || !this.has(this.#selected)) {
      this.#selected = this.groups.find((group) => group.ids.length > 0)?.ids[0] ?? this.#selected;
    }
  }

  /** Selects a row and makes sure that it is in the list. */
  reveal(id: number): void {
    this.#selected = id;
    if (this.has(id)) return;
    this.#narrow("", "all");
  }

  has(id: number): boolean {
    return this.groups.some((group) => group.ids.includes(id));
  }

  /** For the way back: brings filter and selection back to what they are now. */
  keepPlace(): () => void {
    const [filter, segment, selected] = [this.#filter, this.#segment, this.#selected] as const;
    return () => {
      this.#selected = selected;
      if (filter !== this.#filter || segment !== this.#segment) this.#narrow(filter, segment);
    };
  }

  #narrow(filter: string, segment: Segment): void {
    this.#filter = filter;
    this.#segment = segment;
    this.#ask();
  }

  #ask(): void {
    this.#latest.ask({
      view: this.view,
      filter: this.#filter,
      segment: this.#segment,
      grouping: this.#grouping,
      sort: this.#sort,
    });
  }

  #take(answer: Answer, query: Query): void {
    const before = this.groups;
    const isNewFilter = this.#answered !== undefined && query.filter !== this.#answered.filter;
    this.#answer = answer;
    this.#answered = query;
    this.#failure = undefined;
    this.#moveOn(before);
    if (isNewFilter) this.#announcer.say(found(answer.shown));
  }

  /**
   * The selection stays with its profile, also while a filter hides it. Only when the profile is gone from the files the
   * next row takes its place.
   */
  #moveOn(before: readonly Group[]): void {
    const selected = this.#selected;
    if (selected === undefined || this.#home.row(selected) !== undefined) return;
    const there = new Set(idsOf(this.groups));
    this.#selected = nextAfter(selected, idsOf(before), (id) => there.has(id));
  }
}

const idsOf = (groups: readonly Group[]): number[] => groups.flatMap((group) => group.ids);
