// The secrets that are on screen right now, each because the person asked for this one. They go when the engine says
// that their time is over, when the window loses the focus, when the profile is left and when the files change.

import type { Backend } from "../backend";
import { failureOf } from "../words/failures";
import type { Toasts } from "./toasts.svelte";

interface Shown {
  text: string;
  ticket: number;
}

export class Secrets {
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  #shown = $state.raw<ReadonlyMap<string, Shown>>(new Map());
  // Rises when everything was hidden: an answer still on its way then comes too late to be shown.
  #hidings = 0;

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
  }

  text(id: number, key: string): string | undefined {
    return this.#shown.get(nameOf(id, key))?.text;
  }

  async reveal(id: number, key: string): Promise<void> {
    const hidings = this.#hidings;
    try {
      const shown = await this.#backend.reveal(id, key);
      if (hidings === this.#hidings) this.#shown = new Map(this.#shown).set(nameOf(id, key), shown);
      else await this.#backend.conceal(shown.ticket);
    } catch (reason) {
      this.#toasts.fail(failureOf(reason));
    }
  }

  hide(id: number, key: string): void {
    const shown = this.#shown.get(nameOf(id, key));
    if (shown !== undefined) this.#drop([shown.ticket]);
  }

  hideAll(): void {
    this.#hidings += 1;
    this.#drop([...this.#shown.values()].map((shown) => shown.ticket));
  }

  /** The engine has ended this showing by itself. */
  ended(ticket: number): void {
    this.#shown = new Map([...this.#shown].filter(([, shown]) => shown.ticket !== ticket));
  }

  async copy(id: number, key: string, said: string): Promise<void> {
    try {
      await this.#backend.copy(id, key);
      this.#toasts.tell(said);
    } catch (reason) {
      this.#toasts.fail(failureOf(reason));
    }
  }

  #drop(tickets: readonly number[]): void {
    for (const ticket of tickets) {
      this.ended(ticket);
      this.#backend.conceal(ticket).catch((reason: unknown) => this.#toasts.fail(failureOf(reason)));
    }
  }
}

const nameOf = (id: number, key: string): string => `${id} ${key}`;
