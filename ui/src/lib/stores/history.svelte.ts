// Undo, and the question how old text is kept, which comes up when something is to be written and can't be kept first.
// What was asked for goes on by itself once that is answered.

import type { Backend } from "../backend";
import type { FailureView } from "../backend/generated/FailureView";
import type { HistoryChoice } from "../backend/generated/HistoryChoice";
import type { Undo } from "../backend/generated/Undo";
import { failureOf } from "../words/failures";
import { questionOf, undone, type Question } from "../words/history";
import type { Home } from "./home.svelte";
import type { Toasts } from "./toasts.svelte";

interface Asked {
  question: Question;
  /** What the engine said. */
  failure: FailureView;
  goOn: () => void;
}

export class History {
  readonly #backend: Backend;
  readonly #home: Home;
  readonly #toasts: Toasts;
  #asked = $state.raw<Asked>();
  #refusal = $state.raw<FailureView>();
  #isBusy = $state(false);

  constructor(backend: Backend, home: Home, toasts: Toasts) {
    this.#backend = backend;
    this.#home = home;
    this.#toasts = toasts;
  }

  /** What Undo would take back. */
  get undo(): Undo | undefined {
    return this.#home.overview?.undo;
  }
  get asked(): Asked | undefined {
    return this.#asked;
  }
  /** Why the answer could not be taken. */
  get refusal(): FailureView | undefined {
    return this.#refusal;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Takes back the last change that Rolecall made. */
  async takeBack(): Promise<void> {
    if (this.#isBusy || this.undo === undefined) return;
    this.#isBusy = true;
    try {
      this.#toasts.tell(undone(await this.#backend.undo()));
    } catch (reason) {
      const failure = failureOf(reason);
      if (!this.asks(failure, () => void this.takeBack())) this.#toasts.fail(failure);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Whether a failure is a question of History's; then it is asked, and `goOn` is called when it is answered. */
  asks(failure: FailureView, goOn: () => void): boolean {
    const question = questionOf(failure);
    if (question !== undefined) this.#asked = { question, failure, goOn };
    this.#refusal = undefined;
    return question !== undefined;
  }

  async choose(choice: HistoryChoice, passphrase?: string): Promise<void> {
    await this.#answer(() => this.#backend.chooseHistory(choice, passphrase));
  }

  /** Begins anew with another passphrase: the one that was there is forgotten. */
  async replace(passphrase: string): Promise<void> {
    await this.#answer(() => this.#backend.replacePassphrase(passphrase));
  }

  /** The next change is written without keeping what was there. */
  async skip(): Promise<void> {
    await this.#answer(() => this.#backend.skipHistory());
  }

  /** Nothing is written. */
  close(): void {
    this.#asked = undefined;
  }

  async #answer(tell: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    this.#refusal = undefined;
    try {
      await tell();
      const { goOn } = this.#asked ?? {};
      this.#asked = undefined;
      this.#isBusy = false;
      goOn?.();
    } catch (reason) {
      this.#refusal = failureOf(reason);
    } finally {
      this.#isBusy = false;
    }
  }
}
