// The paste sheet: what was recognised, under which names it goes into the files, and what that changes. The text itself
// goes straight to the engine and is never kept here.

import type { Backend } from "../backend";
import type { ChangeRequest } from "../backend/generated/ChangeRequest";
import type { FailureView } from "../backend/generated/FailureView";
import type { Pasted } from "../backend/generated/Pasted";
import type { Proposal } from "../backend/generated/Proposal";
import { changed } from "../words/change";
import { failureOf } from "../words/failures";
import type { History } from "./history.svelte";
import { Latest } from "./latest.svelte";
import type { Toasts } from "./toasts.svelte";

export class PasteSheet {
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  readonly #history: History;
  readonly #openProfile: (name: string) => void;
  readonly #latest: Latest<ChangeRequest, Proposal>;
  #isOpen = $state(false);
  #isBusy = $state(false);
  #pasted = $state.raw<Pasted>();
  #names = $state.raw<readonly string[]>([]);
  #proposal = $state.raw<Proposal>();
  #failure = $state.raw<FailureView>();
  #isMoved = $state(false);

  constructor(backend: Backend, toasts: Toasts, history: History, openProfile: (name: string) => void) {
    this.#backend = backend;
    this.#toasts = toasts;
    this.#history = history;
    this.#openProfile = openProfile;
    this.#latest = new Latest(
      (request) => backend.propose(request),
      (proposal) => ([this.#proposal, this.#failure] = [proposal, undefined]),
      (failure) => ([this.#proposal, this.#failure] = [undefined, failure]),
    );
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }
  /** What was recognised; none while nothing was pasted. */
  get pasted(): Pasted | undefined {
    return this.#pasted;
  }
  /** The profile that each part goes into; an empty name leaves it out. */
  get names(): readonly string[] {
    return this.#names;
  }
  /** What would change; none while it is worked out, or can't be done. */
  get proposal(): Proposal | undefined {
    return this.#proposal;
  }
  get failure(): FailureView | undefined {
    return this.#failure;
  }
  /** Another program changed the files since it was shown. */
  get isMoved(): boolean {
    return this.#isMoved;
  }

  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    if (this.#pasted !== undefined) void this.#backend.forgetPaste().catch(() => undefined);
    this.#reset();
    this.#isOpen = false;
  }

  /** Hands a text to the engine. */
  async take(text: string): Promise<void> {
    if (this.#isBusy) return;
    this.#reset();
    this.#isBusy = true;
    try {
      const pasted = await this.#backend.lookAtPaste(text);
      this.#pasted = pasted;
      this.#names = pasted.offers.map((offer) => offer.name);
      this.#propose();
    } catch (reason) {
      this.#failure = failureOf(reason);
    } finally {
      this.#isBusy = false;
    }
  }

  rename(at: number, name: string): void {
    this.#names = this.#names.with(at, name.trim());
    this.#propose();
  }

  /** Writes what is shown, and opens the first profile that it went into. */
  async save(): Promise<void> {
    const [request, proposal] = [this.#request(), this.#proposal];
    if (request === undefined || proposal === undefined || this.#isBusy) return;
    this.#isBusy = true;
    this.#failure = undefined;
    try {
      const outcome = await this.#backend.carryOut(request, proposal.id);
      this.#isMoved = outcome.is !== "written";
      if (this.#isMoved) return this.#latest.again();
      this.#toasts.tell(changed(request));
      const name = this.#names.find((name) => name !== "");
      this.#reset();
      this.#isOpen = false;
      if (name !== undefined) this.#openProfile(name);
    } catch (reason) {
      this.#failure = failureOf(reason);
      this.#history.asks(this.#failure, () => void this.save());
    } finally {
      this.#isBusy = false;
    }
  }

  #request(): ChangeRequest | undefined {
    const ticket = this.#pasted?.ticket;
    return ticket === undefined ? undefined : { does: "import", ticket, names: [...this.#names] };
  }

  #propose(): void {
    const request = this.#request();
    this.#isMoved = false;
    if (request !== undefined) this.#latest.ask(request);
  }

  #reset(): void {
    this.#latest.forget();
    [this.#pasted, this.#names, this.#proposal, this.#failure, this.#isMoved] = [
      undefined,
      [],
      undefined,
      undefined,
      false,
    ];
  }
}
