// The question “Session Token Changed”: whether it is a sheet or waits as a bar. It becomes a sheet by itself only when
// that disturbs nobody; closing the sheet is no answer, it waits on.

import type { Backend } from "../backend";
import type { TokenChange } from "../backend/generated/TokenChange";
import { failureOf } from "../words/failures";
import { tokenWaits } from "../words/tokens";
import type { Announcer } from "./announcer.svelte";
import { mayTakeFocus } from "./attention";
import type { Home } from "./home.svelte";
import type { Toasts } from "./toasts.svelte";

export class TokenPrompt {
  readonly #backend: Backend;
  readonly #home: Home;
  readonly #announcer: Announcer;
  readonly #toasts: Toasts;
  readonly #isBusy: () => boolean;
  #isOpen = $state(false);
  #isAnswering = $state(false);
  #known: number | undefined;
  #isFirst = true;

  constructor(backend: Backend, home: Home, announcer: Announcer, toasts: Toasts, isBusy: () => boolean) {
    this.#backend = backend;
    this.#home = home;
    this.#announcer = announcer;
    this.#toasts = toasts;
    this.#isBusy = isBusy;
  }

  /** The question that waits. */
  get change(): TokenChange | undefined {
    return this.#home.overview?.connections.tokenChange;
  }
  /** It is a sheet now. */
  get isOpen(): boolean {
    return this.#isOpen && this.change !== undefined;
  }
  /** The answer is on its way. */
  get isAnswering(): boolean {
    return this.#isAnswering;
  }

  open(): void {
    this.#isOpen = this.change !== undefined;
  }
  /** No answer: it waits on. */
  putAside(): void {
    this.#isOpen = false;
  }

  /** The engine has spoken. What waits when the window opens may come at once: the person has just opened it. */
  look(): void {
    const isOpening = this.#isFirst;
    this.#isFirst = false;
    const change = this.change;
    if (change?.ticket === this.#known) return;
    this.#known = change?.ticket;
    // A sheet that is being read stays; what it says is new.
    if (change === undefined || this.#isOpen) return void (this.#isOpen = change !== undefined);
    if (!this.#isBusy() && mayTakeFocus(isOpening)) this.#isOpen = true;
    else this.#announcer.say(tokenWaits(change));
  }

  async answer(useNew: boolean): Promise<void> {
    const change = this.change;
    if (change === undefined || this.#isAnswering) return;
    this.#isAnswering = true;
    try {
      await this.#backend.answerTokenChange(change.ticket, useNew);
      this.#isOpen = false;
    } catch (reason) {
      this.#toasts.fail(failureOf(reason));
      this.#isOpen = false;
    } finally {
      this.#isAnswering = false;
    }
  }
}
