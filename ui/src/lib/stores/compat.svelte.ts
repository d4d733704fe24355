// Who reads the files how: the readers and the profiles that not all read alike, narrowed to the SDKs that a team uses.

import type { Backend } from "../backend";
import type { Compatibility } from "../backend/generated/Compatibility";
import type { EngineReads } from "../backend/generated/EngineReads";
import type { FailureView } from "../backend/generated/FailureView";
import type { ReadingKind } from "../backend/generated/ReadingKind";
import { byWorst } from "../words/readers";
import { Latest } from "./latest.svelte";
import { recall, remember } from "./remembered";

/** A row of the list: a reader, or a profile by its number. */
export type CompatKey = `reader ${string}` | `profile ${number}`;

export interface ReadProfile {
  id: number;
  name: string;
  /** Of the readers that are looked at. */
  readings: readonly { usedBy: string; reading: ReadingKind }[];
}

const OFF = "off";

export class Compat {
  readonly #latest: Latest<"all", Compatibility>;
  #answer = $state.raw<Compatibility>();
  #failure = $state.raw<FailureView>();
  #left = $state.raw<ReadonlySet<string>>(new Set());
  #selected = $state.raw<CompatKey>();
  readonly #profiles = $derived.by(() => new Map(this.#shown().map((profile) => [profile.id, profile])));

  constructor(backend: Backend) {
    this.#latest = new Latest(
      () => backend.compatibility(),
      (answer) => this.#take(answer),
      (failure) => (this.#failure = failure),
    );
  }

  get failure(): FailureView | undefined {
    return this.#failure;
  }
  get isSlow(): boolean {
    return this.#latest.isSlow;
  }
  /** It has come. */
  get isThere(): boolean {
    return this.#answer !== undefined;
  }
  get isTooLarge(): boolean {
    return this.#answer?.isTooLarge ?? false;
  }
  /** All readers, to choose from. */
  get all(): readonly EngineReads[] {
    return this.#answer?.engines ?? [];
  }
  /** Those that the team uses. */
  get readers(): readonly EngineReads[] {
    return this.all.filter(({ engine }) => this.uses(engine));
  }
  /** The profiles that not all of those read as they are listed. */
  get profiles(): readonly ReadProfile[] {
    return [...this.#profiles.values()];
  }
  get selected(): CompatKey | undefined {
    return this.#selected;
  }
  get profile(): ReadProfile | undefined {
    return this.#selected?.startsWith("profile ") ? this.#profiles.get(Number(this.#selected.slice(8))) : undefined;
  }
  get reader(): EngineReads | undefined {
    return this.readers.find(({ engine }) => this.#selected === `reader ${engine}`);
  }

  byId(id: number): ReadProfile | undefined {
    return this.#profiles.get(id);
  }
  /** The team uses what reads with this engine. */
  uses(engine: string): boolean {
    return !this.#left.has(engine);
  }
  use(engine: string, isUsed: boolean): void {
    const left = new Set(this.#left);
    if (isUsed) left.delete(engine);
    else left.add(engine);
    this.#left = left;
    remember(`reader.${engine}`, isUsed ? "on" : OFF);
  }
  select(key: CompatKey | undefined): void {
    this.#selected = key;
  }

  /** Its view is on screen. */
  open(): void {
    if (!this.#latest.isAsked) this.#latest.ask("all");
  }
  /** Its view is not on screen any more: with the next change it is not asked for again. */
  close(): void {
    this.#latest.forget();
  }
  /** The world has changed. */
  refresh(): void {
    this.#latest.again();
  }
  /** For the way back. */
  keepPlace(): () => void {
    const selected = this.#selected;
    return () => (this.#selected = selected);
  }

  #take(answer: Compatibility): void {
    if (this.#answer === undefined) {
      const off = answer.engines.filter(({ engine }) => recall(`reader.${engine}`, [OFF]) === OFF);
      this.#left = new Set(off.map(({ engine }) => engine));
    }
    this.#answer = answer;
    this.#failure = undefined;
  }

  #shown(): ReadProfile[] {
    const engines = this.all;
    return (this.#answer?.profiles ?? [])
      .map(({ id, name, readings }) => ({
        ...{ id, name },
        readings: engines.flatMap(({ engine, usedBy }, at) =>
          // A file that is refused is told once, with the reader.
          this.uses(engine) && readings[at] !== "refuses" ? [{ usedBy, reading: readings[at] ?? "same" }] : [],
        ),
      }))
      .filter(({ readings }) => readings.some(({ reading }) => reading !== "same"))
      .toSorted((one, other) => byWorst(one.readings, other.readings));
  }
}
