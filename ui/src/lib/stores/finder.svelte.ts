// Finds profiles for a field in which one is chosen. What a filter means is the engine's answer, as in the lists.

import type { Backend } from "../backend";
import { Latest } from "./latest.svelte";

export class Finder {
  readonly #latest: Latest<string, number[]>;
  #ids = $state.raw<readonly number[]>([]);

  constructor(backend: Backend) {
    this.#latest = new Latest(
      async (filter) => {
        const answer = await backend.list({
          ...{ view: "profiles", segment: "all", grouping: "none", sort: "name", filter },
        });
        return answer.groups.flatMap((group) => group.ids);
      },
      (ids) => (this.#ids = ids),
      () => (this.#ids = []),
    );
  }

  /** The rows that answer the newest filter. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** Done when the rows are those that answer it. */
  find(filter: string): Promise<void> {
    this.#latest.ask(filter);
    return this.#latest.answered;
  }
}
