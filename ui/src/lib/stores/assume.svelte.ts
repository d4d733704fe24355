// What was asked of AWS about a profile and is on its way: assuming a role, verifying. Also the codes that were asked
// for meanwhile, one at a time, and why the last question was refused. Sessions themselves are the engine's.

import type { Backend } from "../backend";
import type { FailureView } from "../backend/generated/FailureView";
import type { Shell } from "../backend/generated/Shell";
import { assumedUntil, copiedFor } from "../words/assume";
import { failureOf } from "../words/failures";
import type { Toasts } from "./toasts.svelte";

/** Which role is asked for: a profile, through an account where its endpoint matters. */
interface Asked {
  id: number;
  account?: number;
}

/** A code that AWS wants first. */
export interface CodeWanted extends Asked {
  /** The profile whose `mfa_serial` asks. */
  profile: string;
  device: string;
  /** Why the last code was no good. */
  refusal?: FailureView;
}

export class Assuming {
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  #asking = $state.raw<ReadonlySet<string>>(new Set());
  #verifying = $state.raw<ReadonlySet<number>>(new Set());
  #failures = $state.raw<ReadonlyMap<number, FailureView>>(new Map());
  #codes = $state.raw<readonly CodeWanted[]>([]);

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
  }

  isAsking(id: number, account?: number): boolean {
    return this.#asking.has(nameOf({ id, account }));
  }
  isVerifying(id: number): boolean {
    return this.#verifying.has(id);
  }
  /** Somebody waits for AWS, or for a person's code. */
  get isBusy(): boolean {
    return this.#asking.size > 0 || this.#codes.length > 0;
  }
  /** Why the last question about a profile was refused, until the next one. */
  failure(id: number): FailureView | undefined {
    return this.#failures.get(id);
  }
  /** The code that is wanted now. */
  get code(): CodeWanted | undefined {
    return this.#codes[0];
  }

  async assume(id: number, account?: number): Promise<void> {
    await this.#ask({ id, account });
  }

  /** The code that was typed. */
  async answer(code: string): Promise<void> {
    const wanted = this.code;
    if (wanted !== undefined) await this.#ask(wanted, code);
  }

  /** Gives up, whether AWS or the person is waited for. */
  async cancel(id: number, account?: number): Promise<void> {
    const name = nameOf({ id, account });
    this.#codes = this.#codes.filter((code) => nameOf(code) !== name);
    if (this.#asking.has(name)) await this.#tell(this.#backend.cancelAssume(id));
  }

  async end(id: number, account?: number): Promise<void> {
    await this.#tell(this.#backend.endSession(id, account));
  }

  async verify(id: number): Promise<void> {
    if (this.#verifying.has(id)) return;
    this.#verifying = new Set(this.#verifying).add(id);
    this.#note(id, undefined);
    try {
      await this.#backend.verify(id);
    } catch (reason) {
      this.#note(id, failureOf(reason));
    } finally {
      this.#verifying = without(this.#verifying, id);
    }
  }

  async copyExports(id: number, shell: Shell, account?: number): Promise<void> {
    try {
      await this.#backend.copyExports(id, shell, account);
      this.#toasts.tell(copiedFor(shell));
    } catch (reason) {
      this.#toasts.fail(failureOf(reason));
    }
  }

  async #ask({ id, account }: Asked, code?: string): Promise<void> {
    const name = nameOf({ id, account });
    if (this.#asking.has(name)) return;
    this.#asking = new Set(this.#asking).add(name);
    this.#note(id, undefined);
    try {
      const outcome = await this.#backend.assume(id, account, code);
      const { profile, device } = outcome.is === "mfaNeeded" ? outcome : {};
      const isWanted = profile !== undefined && device !== undefined;
      this.#want(name, isWanted ? { id, account, profile, device } : undefined);
      if (outcome.is === "assumed") this.#toasts.tell(assumedUntil(outcome.session));
    } catch (reason) {
      const failure = failureOf(reason);
      const wanted = this.#codes.find((wanted) => nameOf(wanted) === name);
      const isRefusedCode = wanted !== undefined && failure.cause === "sts.mfaRejected";
      this.#want(name, isRefusedCode ? { ...wanted, refusal: failure } : undefined);
      if (isRefusedCode) return;
      // Without an account it was asked for on the profile's own page, which shows why not.
      if (account === undefined) this.#note(id, failure);
      else this.#toasts.fail(failure);
    } finally {
      this.#asking = without(this.#asking, name);
    }
  }

  /** Puts a wanted code in the place of the one before it, or behind all others; or takes it away. */
  #want(name: string, wanted: CodeWanted | undefined): void {
    const at = this.#codes.findIndex((code) => nameOf(code) === name);
    const others = this.#codes.filter((code) => nameOf(code) !== name);
    if (wanted !== undefined) others.splice(at < 0 ? others.length : at, 0, wanted);
    this.#codes = others;
  }

  #note(id: number, failure: FailureView | undefined): void {
    const failures = new Map(this.#failures);
    if (failure === undefined) failures.delete(id);
    else failures.set(id, failure);
    this.#failures = failures;
  }

  async #tell(answer: Promise<void>): Promise<void> {
    await answer.catch((reason: unknown) => this.#toasts.fail(failureOf(reason)));
  }
}

const nameOf = ({ id, account }: Asked): string => `${id} ${account ?? ""}`;

function without<Item>(items: ReadonlySet<Item>, gone: Item): ReadonlySet<Item> {
  return new Set([...items].filter((item) => item !== gone));
}
