// The sheet in which an account is made or changed. It holds what was typed until the engine has kept it; a refusal
// takes nothing of it away.

import type { Backend } from "../backend";
import type { Account } from "../backend/generated/Account";
import type { AccountForm } from "../backend/generated/AccountForm";
import type { Endpoint } from "../backend/generated/Endpoint";
import type { FailureView } from "../backend/generated/FailureView";
import type { Label } from "../backend/generated/Label";
import type { ProfileChoice } from "../backend/generated/ProfileChoice";
import { failureOf } from "../words/failures";
import { Latest } from "./latest.svelte";

export class AccountEntry {
  /** The account that is changed; none while a new one is made. */
  readonly id: number | undefined;
  name = $state("");
  endpoint = $state<Endpoint["is"]>("aws");
  url = $state("");
  role = $state<string>();
  region = $state<string>();
  label = $state<Label>();
  #profile = $state("");
  #choice = $state.raw<ProfileChoice>();
  #failure = $state.raw<FailureView>();
  #isSaving = $state(false);
  readonly #backend: Backend;
  readonly #latest: Latest<number, ProfileChoice>;

  constructor(backend: Backend, account?: Account) {
    this.#backend = backend;
    this.#latest = new Latest(
      (id) => backend.profileChoice(id),
      (choice) => this.#take(choice),
      (failure) => (this.#failure = failure),
    );
    this.id = account?.id;
    if (account === undefined) return;
    const { form } = account;
    this.name = form.name;
    this.endpoint = form.endpoint.is;
    this.url = form.endpoint.is === "other" ? form.endpoint.url : "";
    [this.role, this.region, this.label] = [form.role, form.region, form.label];
    this.#profile = form.profile;
    if (account.profileId !== undefined) this.#latest.ask(account.profileId);
  }

  /** The name of the profile that gives the keys; empty while none is chosen. */
  get profile(): string {
    return this.#profile;
  }
  /** What that profile fills in; none while it is on its way, or when the profile is gone. */
  get choice(): ProfileChoice | undefined {
    return this.#choice;
  }
  get failure(): FailureView | undefined {
    return this.#failure;
  }
  get isSaving(): boolean {
    return this.#isSaving;
  }

  /** Fills in what the profile says. No role and no label are chosen without the person. */
  chooseProfile(id: number): void {
    this.#latest.ask(id);
  }

  /** Answers the account's id, or nothing when it was refused. */
  async save(): Promise<number | undefined> {
    this.#isSaving = true;
    this.#failure = undefined;
    try {
      return await this.#backend.saveAccount(this.#form(), this.id);
    } catch (reason) {
      this.#failure = failureOf(reason);
      return undefined;
    } finally {
      this.#isSaving = false;
    }
  }

  #form(): AccountForm {
    const { role, region, label } = this;
    return {
      ...{ name: this.name.trim(), profile: this.#profile, role, region, label },
      endpoint: this.endpoint === "other" ? { is: "other", url: this.url.trim() } : { is: this.endpoint },
    };
  }

  #take(choice: ProfileChoice): void {
    const isOther = choice.profile.name !== this.#profile;
    // A name that was typed stays; one that came from the profile before goes with it.
    if (isOther && (this.name === "" || this.name === this.#choice?.name)) this.name = choice.name;
    if (isOther) [this.role, this.region] = [undefined, undefined];
    this.#profile = choice.profile.name;
    this.#choice = choice;
    this.#failure = undefined;
  }
}

export class AccountSheet {
  readonly #backend: Backend;
  #entry = $state.raw<AccountEntry>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** What is being typed; nothing while the sheet is closed. */
  get entry(): AccountEntry | undefined {
    return this.#entry;
  }

  /** For a new account, from a profile where one is meant. */
  create(profile?: number): void {
    this.#entry = new AccountEntry(this.#backend);
    if (profile !== undefined) this.#entry.chooseProfile(profile);
  }

  edit(account: Account): void {
    this.#entry = new AccountEntry(this.#backend, account);
  }

  close(): void {
    this.#entry = undefined;
  }
}
