// The paste sheet: what was recognised, under which names it goes into the files, and what that changes. The text itself
// goes straight to the engine and is never kept here.

import type { Backend } from "../backend";
import type { ChangeRequest } from "../backend/generated/ChangeRequest";
import type { FailureView } from "../backend/generated/FailureView";
import type { Pasted } from "../backend/generated/Pasted";
import { changed } from "../words/change";
import { failureOf } from "../words/failures";
import { NO_FILE } from "../words/paste";
import type { Proposed } from "./proposed.svelte";
import type { Toasts } from "./toasts.svelte";

/** More than the engine reads: it says so itself. */
const ENOUGH = 2 << 20;

/** Windows writes UTF-16, with a mark at the start. */
const encodingOf = ([first, second]: Uint8Array) =>
  first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";

export class PasteSheet {
  readonly proposed: Proposed;
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  readonly #openProfile: (name: string) => void;
  #isOpen = $state(false);
  #isBusy = $state(false);
  #pasted = $state.raw<Pasted>();
  #names = $state.raw<readonly string[]>([]);
  #failure = $state.raw<FailureView>();

  constructor(backend: Backend, proposed: Proposed, toasts: Toasts, openProfile: (name: string) => void) {
    this.#backend = backend;
    this.proposed = proposed;
    this.#toasts = toasts;
    this.#openProfile = openProfile;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }
  get isBusy(): boolean {
    return this.#isBusy || this.proposed.isBusy;
  }
  /** What was recognised; none while nothing was pasted. */
  get pasted(): Pasted | undefined {
    return this.#pasted;
  }
  /** The profile that each part goes into; an empty name leaves it out. */
  get names(): readonly string[] {
    return this.#names;
  }
  /** Why it is not recognised, or can't be written. */
  get failure(): FailureView | undefined {
    return this.#failure ?? this.proposed.failure;
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
      this.#look();
    } catch (reason) {
      this.#failure = failureOf(reason);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Hands a file to the engine, as text. */
  async takeFile(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    this.#isOpen = true;
    try {
      const bytes = new Uint8Array(await file.slice(0, ENOUGH).arrayBuffer());
      await this.take(new TextDecoder(encodingOf(bytes)).decode(bytes));
    } catch {
      this.#reset();
      this.#failure = NO_FILE;
    }
  }

  rename(at: number, name: string): void {
    this.#names = this.#names.with(at, name.trim());
    this.#look();
  }

  /** Writes what is shown, and opens the first profile that it went into. */
  async save(): Promise<void> {
    const request = this.#request();
    if (request === undefined || !(await this.proposed.carryOut(request, () => void this.save()))) return;
    const name = this.#names.find((name) => name !== "");
    this.#reset();
    this.#isOpen = false;
    this.#toasts.tell(changed(request));
    if (name !== undefined) this.#openProfile(name);
  }

  #request(): ChangeRequest | undefined {
    const ticket = this.#pasted?.ticket;
    return ticket === undefined ? undefined : { does: "import", ticket, names: [...this.#names] };
  }

  #look(): void {
    const request = this.#request();
    if (request !== undefined) this.proposed.look(request);
  }

  #reset(): void {
    this.proposed.forget();
    [this.#pasted, this.#names, this.#failure] = [undefined, [], undefined];
  }
}
