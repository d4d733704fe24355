// The accounts: which are there, which one the top of the window names, which one is open in its view. What they are is
// the engine's answer; here is what a person asked of them.

import type { Backend } from "../backend";
import type { Account } from "../backend/generated/Account";
import type { AssumedSession } from "../backend/generated/AssumedSession";
import type { FailureView } from "../backend/generated/FailureView";
import type { InUse } from "../backend/generated/InUse";
import type { ProfileRef } from "../backend/generated/ProfileRef";
import type { Shell } from "../backend/generated/Shell";
import type { TokenChange } from "../backend/generated/TokenChange";
import { SHELLS } from "../words/assume";
import { failureOf } from "../words/failures";
import type { Assuming } from "./assume.svelte";
import type { Home } from "./home.svelte";
import { recall, remember } from "./remembered";
import { nextAfter } from "./selection";
import type { Toasts } from "./toasts.svelte";

/** Why an account could not be verified, and whether it had just been saved. */
export interface Refusal {
  failure: FailureView;
  isSaved: boolean;
}

export class Connections {
  readonly #backend: Backend;
  readonly #home: Home;
  readonly #assuming: Assuming;
  readonly #toasts: Toasts;
  #selected = $state<number>();
  #shell = $state<Shell | undefined>(recall("shell", SHELLS));
  #verifying = $state.raw<ReadonlySet<number>>(new Set());
  #refusals = $state.raw<ReadonlyMap<number, Refusal>>(new Map());

  constructor(backend: Backend, home: Home, assuming: Assuming, toasts: Toasts) {
    this.#backend = backend;
    this.#home = home;
    this.#assuming = assuming;
    this.#toasts = toasts;
  }

  get accounts(): readonly Account[] {
    return this.#home.overview?.connections.accounts ?? [];
  }
  account(id: number | undefined): Account | undefined {
    return this.accounts.find((account) => account.id === id);
  }
  get inUse(): InUse | undefined {
    return this.#home.overview?.connections.inUse;
  }
  /** The account that the top of the window names. */
  get used(): Account | undefined {
    return this.account(this.inUse?.account);
  }
  /** The new tokens that were answered with “Not now”. */
  get declined(): TokenChange | undefined {
    return this.#home.overview?.connections.declinedTokens;
  }
  /** Uses them after all. */
  async useDeclined(): Promise<void> {
    if (this.declined) await this.#do(this.#backend.answerTokenChange(this.declined.ticket, true));
  }
  /** The accounts that get their keys from a profile or work with its role. */
  of(profile: string): Account[] {
    return this.accounts.filter(({ form }) => form.profile === profile || form.role === profile);
  }
  /** The account through which a session was made, where it has an endpoint of its own. */
  accountOf(session: AssumedSession): number | undefined {
    if (session.endpoint === undefined) return undefined;
    return this.accounts.find((account) => account.endpoint === session.endpoint)?.id;
  }

  /** The account that is open. */
  get selected(): number | undefined {
    return this.#selected;
  }
  select(id: number | undefined): void {
    this.#selected = id;
  }
  /** For the way back. */
  keepPlace(): () => void {
    const selected = this.#selected;
    return () => (this.#selected = selected);
  }
  /** An account that is gone gives its place to the next one. */
  moveOn(before: readonly Account[]): void {
    if (this.#selected === undefined || this.account(this.#selected) !== undefined) return;
    const ids = before.map((account) => account.id);
    this.#selected = nextAfter(this.#selected, ids, (id) => this.account(id) !== undefined);
  }

  /** The shell that keys are copied for. */
  get shell(): Shell {
    return this.#shell ?? this.#home.overview?.connections.shell ?? "bash";
  }
  chooseShell(shell: Shell): void {
    this.#shell = shell;
    remember("shell", shell);
  }

  /** Puts an account at the top of the window, with the role that it works with. */
  async use(id: number): Promise<void> {
    const account = this.account(id);
    await this.useRole(id, account?.roles.find(({ profile }) => profile.name === account.form.role)?.profile);
  }

  /** The same with a role of it, which is assumed unless it still works, or with its base keys. */
  async useRole(id: number, role: ProfileRef | undefined): Promise<void> {
    if (!(await this.#do(this.#backend.useAccount(id, role?.id))) || role === undefined) return;
    const endsAt = this.account(id)?.roles.find(({ profile }) => profile.id === role.id)?.endsAt;
    if (endsAt === undefined || endsAt * 1000 <= Date.now()) await this.#assuming.assume(role.id, id);
  }

  /** Changes the region in force; none is the account's own again. */
  async useRegion(region: string | undefined): Promise<void> {
    await this.#do(this.#backend.useRegion(region));
  }

  isVerifying(id: number): boolean {
    return this.#verifying.has(id);
  }
  refusal(id: number): Refusal | undefined {
    return this.#refusals.get(id);
  }

  /** Asks AWS who one is with an account. */
  async verify(id: number, isSaved = false): Promise<void> {
    if (this.#verifying.has(id)) return;
    this.#verifying = new Set(this.#verifying).add(id);
    this.#note(id, undefined);
    try {
      await this.#backend.verifyAccount(id);
    } catch (reason) {
      this.#note(id, { failure: failureOf(reason), isSaved });
    } finally {
      this.#verifying = new Set([...this.#verifying].filter((other) => other !== id));
    }
  }

  async remove(id: number): Promise<void> {
    await this.#do(this.#backend.removeAccount(id));
  }

  /** Answers whether it went well. */
  async #do(answer: Promise<void>): Promise<boolean> {
    return answer.then(
      () => true,
      (reason: unknown) => {
        this.#toasts.fail(failureOf(reason));
        return false;
      },
    );
  }

  #note(id: number, refusal: Refusal | undefined): void {
    const refusals = new Map(this.#refusals);
    if (refusal === undefined) refusals.delete(id);
    else refusals.set(id, refusal);
    this.#refusals = refusals;
  }
}
