// How wide the person likes the list and the editor's outline, over restarts.

import { recallNumber, remember } from "./remembered";

export class Panes {
  #list = $state(recallNumber("list.width"));
  #outline = $state(recallNumber("outline.width"));

  /** In pixels; nothing while it has its usual width. */
  get list(): number | undefined {
    return this.#list;
  }

  resize(width: number): void {
    this.#list = width;
    remember("list.width", width);
  }

  /** In pixels; nothing while it has its usual width. */
  get outline(): number | undefined {
    return this.#outline;
  }

  resizeOutline(width: number): void {
    this.#outline = width;
    remember("outline.width", width);
  }
}
