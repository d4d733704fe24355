// What stands in the pane beside a list: a profile, a chain or a problem, fetched when it is opened and again with each
// revision. The one before stays on screen until the new one is there.

import type { FailureView } from "../backend/generated/FailureView";
import { Latest } from "./latest.svelte";

export class Opened<Key, Answer> {
  readonly #latest: Latest<Key, Answer>;
  #key = $state.raw<Key>();
  #answer = $state.raw<Answer>();
  #failure = $state.raw<FailureView>();

  constructor(fetch: (key: Key) => Promise<Answer>) {
    this.#latest = new Latest(
      fetch,
      (answer) => this.#settle(answer, undefined),
      // A name that is gone is no failure to show: the list beside it moves on by itself.
      (failure) => this.#settle(undefined, failure.code === "notFound" ? undefined : failure),
    );
  }

  /** What was asked for last. */
  get key(): Key | undefined {
    return this.#key;
  }

  get answer(): Answer | undefined {
    return this.#answer;
  }

  get failure(): FailureView | undefined {
    return this.#failure;
  }

  get isSlow(): boolean {
    return this.#latest.isSlow;
  }

  open(key: Key | undefined): void {
    if (key === this.#key) return;
    this.#key = key;
    if (key === undefined) {
      this.#latest.forget();
      this.#settle(undefined, undefined);
    } else {
      this.#latest.ask(key);
    }
  }

  refresh(): void {
    this.#latest.again();
  }

  #settle(answer: Answer | undefined, failure: FailureView | undefined): void {
    this.#answer = answer;
    this.#failure = failure;
  }
}
