// Who can read the profile that is open, and why each SDK uses which keys. Its own questions: each SDK reads both files
// for them, and nothing else of the profile waits for that.

import type { Backend } from "../backend";
import type { FailureView } from "../backend/generated/FailureView";
import type { ReadBy as Answer } from "../backend/generated/ReadBy";
import type { Reader } from "../backend/generated/Reader";
import type { WhyDocument } from "../backend/generated/WhyDocument";
import { Opened } from "./opened.svelte";

export class ReadBy {
  readonly #readers: Opened<number, Answer>;
  readonly #why: Opened<number, { id: number; why: WhyDocument }>;
  #isWhyShown = $state(false);

  constructor(backend: Backend) {
    this.#readers = new Opened((id: number) => backend.readBy(id));
    this.#why = new Opened(async (id: number) => ({ id, why: await backend.why(id) }));
  }

  /** What each reader makes of it; nothing until the answer about this very profile is there. */
  readers(id: number): readonly Reader[] | undefined {
    return this.#readers.answer?.id === id ? this.#readers.answer.readers : undefined;
  }
  /** All readers, of whichever profile was asked about last. */
  get all(): readonly Reader[] {
    return this.#readers.answer?.readers ?? [];
  }
  /** The same for why. */
  why(id: number): WhyDocument | undefined {
    return this.#why.answer?.id === id ? this.#why.answer.why : undefined;
  }
  get failure(): FailureView | undefined {
    return this.#readers.failure ?? this.#why.failure;
  }
  get isSlow(): boolean {
    return this.#readers.isSlow || this.#why.isSlow;
  }
  get isWhyShown(): boolean {
    return this.#isWhyShown;
  }

  open(id: number | undefined): void {
    this.#readers.open(id);
    this.#why.open(this.#isWhyShown ? id : undefined);
  }
  /** It stays shown from one profile to the next. */
  showWhy(isShown: boolean): void {
    this.#isWhyShown = isShown;
    this.#why.open(isShown ? this.#readers.key : undefined);
  }
  /** The world has changed. */
  refresh(): void {
    this.#readers.refresh();
    this.#why.refresh();
  }
}
