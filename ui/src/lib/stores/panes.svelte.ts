// How wide the person likes the list, in all views and over restarts.

import { recallNumber, remember } from "./remembered";

export class Panes {
  #list = $state(recallNumber("list.width"));

  /** In pixels; nothing while it has its usual width. */
  get list(): number | undefined {
    return this.#list;
  }

  resize(width: number): void {
    this.#list = width;
    remember("list.width", width);
  }
}
