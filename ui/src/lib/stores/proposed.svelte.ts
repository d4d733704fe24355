// A change of the files on its way: what the engine says it would do, and doing exactly that and nothing else. Sheets
// hold one each; what is asked for is theirs.

import type { Backend } from "../backend";
import type { ChangeRequest } from "../backend/generated/ChangeRequest";
import type { FailureView } from "../backend/generated/FailureView";
import type { Proposal } from "../backend/generated/Proposal";
import { failureOf } from "../words/failures";
import type { History } from "./history.svelte";
import { Latest } from "./latest.svelte";

export class Proposed {
  readonly #backend: Backend;
  readonly #history: History;
  readonly #latest: Latest<ChangeRequest, Proposal>;
  #shown = $state.raw<{ of: string; proposal: Proposal }>();
  #failure = $state.raw<FailureView>();
  #isMoved = $state(false);
  #isBusy = $state(false);

  constructor(backend: Backend, history: History) {
    this.#backend = backend;
    this.#history = history;
    this.#latest = new Latest(
      (request) => backend.propose(request),
      (proposal, request) => ([this.#shown, this.#failure] = [{ of: JSON.stringify(request), proposal }, undefined]),
      (failure) => ([this.#shown, this.#failure] = [undefined, failure]),
    );
  }

  /** What would become of the files; nothing while it is worked out, or can't be done. */
  get proposal(): Proposal | undefined {
    return this.#shown?.proposal;
  }
  get failure(): FailureView | undefined {
    return this.#failure;
  }
  /** Another program was quicker; what is shown is what would come of it now. */
  get isMoved(): boolean {
    return this.#isMoved;
  }
  /** It is being written. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Asks what would come of it. */
  look(request: ChangeRequest): void {
    this.#isMoved = false;
    this.#latest.ask(request);
  }

  /** Nothing is asked for any more. */
  forget(): void {
    this.#latest.forget();
    [this.#shown, this.#failure, this.#isMoved] = [undefined, undefined, false];
  }

  /** Does it, and says whether it is done. Where History has a question first, `again` is called once it is answered. */
  async carryOut(request: ChangeRequest, again: () => void): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    try {
      const proposal = await this.#of(request);
      if (proposal === undefined) return false;
      this.#failure = undefined;
      const outcome = await this.#backend.carryOut(request, proposal.id);
      this.#isMoved = outcome.is !== "written";
      if (this.#isMoved) this.#latest.again();
      return !this.#isMoved;
    } catch (reason) {
      this.#failure = failureOf(reason);
      this.#history.asks(this.#failure, again);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }

  /** What is shown for it; where one was quicker than the engine, what it answers. */
  async #of(request: ChangeRequest): Promise<Proposal | undefined> {
    if (this.#shown?.of !== JSON.stringify(request)) {
      this.#latest.ask(request);
      await this.#latest.settled;
    }
    return this.proposal;
  }
}
