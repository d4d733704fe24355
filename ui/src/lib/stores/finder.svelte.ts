// Finds profiles for a field in which one is chosen. What a filter means is the engine's answer, as in the lists.

import type { Backend } from "../backend";
import { Latest } from "./latest.svelte";

export class Finder {
  readonly #latest: Latest<string, number[]>;
  #ids = $state.raw<readonly number[]>([]);
  #isLate = $state(false);

  constructor(backend: Backend) {
    this.#latest = new Latest(
      async (filter) => {
        const answer = await backend.list({
          ...{ view: "profiles", segment: "all", grouping: "none", sort: "name", filter },
        });
        return answer.groups.flatMap((group) => group.ids);
      },
      (ids) => this.#learn(ids),
      () => this.#learn([]),
    );
  }

  /** The rows that answer the newest filter. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** They still answer the filter before. */
  get isLate(): boolean {
    return this.#isLate;
  }

  find(filter: string): void {
    this.#isLate = true;
    this.#latest.ask(filter);
  }

  #learn(ids: readonly number[]): void {
    this.#ids = ids;
    this.#isLate = false;
  }
}
