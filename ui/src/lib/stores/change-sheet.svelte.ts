// The sheet in which the files are changed by form: what was typed, what the engine says it would do, and doing it. A
// secret that was typed lives here until it is written, and goes with the sheet.

import type { Backend } from "../backend";
import type { ChangeRequest } from "../backend/generated/ChangeRequest";
import type { FailureView } from "../backend/generated/FailureView";
import type { FileKind } from "../backend/generated/FileKind";
import type { NewProperty } from "../backend/generated/NewProperty";
import type { Proposal } from "../backend/generated/Proposal";
import type { SectionName } from "../backend/generated/SectionName";
import { changed, MOVED_ON, newFields, type NewKind } from "../words/change";
import { failureOf } from "../words/failures";
import type { History } from "./history.svelte";
import { Latest } from "./latest.svelte";
import type { Toasts } from "./toasts.svelte";

export type Change =
  | { is: "new"; kind: NewKind }
  | { is: "rename" | "duplicate" | "merge" | "delete"; profile: string }
  | { is: "move"; profile: string; to: FileKind }
  | { is: "set"; profile: string; key?: string; file?: FileKind; value?: string; isSecret?: boolean }
  | { is: "unset"; profile: string; key: string; file: FileKind }
  | { is: "fix"; title: string; problem: string; fix: number };

/** How long the keys must rest before the engine is asked what would come of it. */
const REST = 150;

/** What LocalStack is called with; it takes any. */
const ANY_KEYS: NewProperty[] = [
  { key: "aws_access_key_id", value: "test" },
  { key: "aws_secret_access_key", value: "test" },
];

export class ChangeEntry {
  readonly change: Change;
  readonly #backend: Backend;
  readonly #latest: Latest<ChangeRequest, Proposal>;
  /** The name of what is made, or the other profile. */
  name = $state("");
  kind = $state<NewKind>("keys");
  key = $state("");
  value = $state("");
  #values = $state<Record<string, string>>({});
  #proposal = $state.raw<{ of: string; proposal: Proposal }>();
  #failure = $state.raw<FailureView>();
  #isMoved = $state(false);
  #isSaving = $state(false);
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, change: Change) {
    this.change = change;
    this.#backend = backend;
    this.#latest = new Latest(
      (request) => backend.propose(request),
      (proposal, request) => {
        this.#proposal = { of: JSON.stringify(request), proposal };
        this.#failure = undefined;
      },
      (failure) => {
        this.#proposal = undefined;
        this.#failure = failure;
      },
    );
    if (change.is === "new") this.kind = change.kind;
    if (change.is === "set") [this.key, this.value] = [change.key ?? "", change.value ?? ""];
    if (change.is === "rename") this.name = change.profile;
    if (change.is === "duplicate") this.name = `${change.profile}-2`;
  }

  get values(): Record<string, string> {
    return this.#values;
  }
  /** What would come of what is typed now; nothing while it is on its way. */
  get proposal(): Proposal | undefined {
    return this.#proposal?.proposal;
  }
  get failure(): FailureView | undefined {
    return this.#failure;
  }
  /** Another program was quicker; what is shown is what would come of it now. */
  get isMoved(): boolean {
    return this.#isMoved;
  }
  get isSaving(): boolean {
    return this.#isSaving;
  }

  /** What is asked for; nothing while something is missing. */
  readonly request: ChangeRequest | undefined = $derived.by(() => this.#request());

  /** What a field of a new profile holds. */
  valueOf(key: string): string {
    const field = newFields[this.kind].find((field) => field.key === key);
    return this.#values[key] ?? field?.begins ?? "";
  }

  /** Asks what would come of it, once the keys rest. */
  look(): void {
    clearTimeout(this.#rest);
    const { request } = this;
    if (request === undefined) {
      this.#latest.forget();
      this.#proposal = undefined;
      this.#failure = undefined;
      return;
    }
    this.#rest = setTimeout(() => this.#latest.ask(request), REST);
  }

  /** Answers the request that was carried out, or nothing when it was not. */
  async save(): Promise<ChangeRequest | undefined> {
    const { request } = this;
    if (request === undefined || this.#isSaving) return undefined;
    this.#isSaving = true;
    this.#isMoved = false;
    try {
      if (this.#proposal?.of !== JSON.stringify(request)) {
        clearTimeout(this.#rest);
        this.#latest.ask(request);
        await this.#latest.settled;
      }
      const { proposal } = this;
      if (proposal === undefined) return undefined;
      const outcome = await this.#backend.carryOut(request, proposal.id);
      if (outcome.is === "written") return request;
      this.#isMoved = true;
      this.#latest.ask(request);
      return undefined;
    } catch (reason) {
      this.#failure = failureOf(reason);
      return undefined;
    } finally {
      this.#isSaving = false;
    }
  }

  #request(): ChangeRequest | undefined {
    const { change } = this;
    const name = this.name.trim();
    const profile = (name: string): SectionName => ({ is: "profile", name });
    switch (change.is) {
      case "new":
        return this.#add(name);
      case "rename":
      case "duplicate":
        return name === "" || name === change.profile
          ? undefined
          : { does: change.is, profile: change.profile, to: name };
      case "merge":
        return name === "" || name === change.profile
          ? undefined
          : { does: "merge", profile: change.profile, into: name };
      case "move":
        return { does: "move", profile: change.profile, to: change.to };
      case "delete":
        return { does: "remove", section: profile(change.profile) };
      case "set": {
        const [key, value] = [this.key.trim(), this.value.trim()];
        if (key === "" || value === "" || value === change.value) return undefined;
        return { does: "set", section: profile(change.profile), file: change.file, key, value };
      }
      case "unset":
        return { does: "unset", section: profile(change.profile), file: change.file, key: change.key };
      case "fix":
        return { does: "fix", problem: change.problem, fix: change.fix };
    }
  }

  #add(name: string): ChangeRequest | undefined {
    const fields = newFields[this.kind];
    const given = fields
      .map(({ key }) => ({ key, value: this.valueOf(key).trim() }))
      .filter(({ value }) => value !== "");
    const isWhole = fields.every(({ key, isOptional }) => isOptional || given.some((one) => one.key === key));
    if (name === "" || !isWhole) return undefined;
    const ofPortal = (key: string) => key === "sso_start_url" || key === "sso_region";
    const portal = given.filter(({ key }) => ofPortal(key));
    const profile = {
      section: { is: "profile", name } satisfies SectionName,
      properties: [...(this.kind === "localStack" ? ANY_KEYS : []), ...given.filter(({ key }) => !ofPortal(key))],
    };
    const session = this.valueOf("sso_session").trim();
    const sections = [profile];
    return {
      does: "add",
      sections:
        portal.length === 0
          ? sections
          : [{ section: { is: "ssoSession", name: session }, properties: portal }, ...sections],
    };
  }
}

export class ChangeSheet {
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  readonly #history: History;
  readonly #openProfile: (name: string) => void;
  #entry = $state.raw<ChangeEntry>();

  constructor(backend: Backend, toasts: Toasts, history: History, openProfile: (name: string) => void) {
    this.#backend = backend;
    this.#toasts = toasts;
    this.#history = history;
    this.#openProfile = openProfile;
  }

  /** What is being changed; nothing while the sheet is closed. */
  get entry(): ChangeEntry | undefined {
    return this.#entry;
  }

  open(change: Change): void {
    this.#entry = new ChangeEntry(this.#backend, change);
  }

  /** Does it, and opens the profile that came of it. */
  async save(): Promise<void> {
    const entry = this.#entry;
    const request = await entry?.save();
    if (request !== undefined) {
      this.close();
      this.#toasts.tell(changed(request));
      const name = nameAfter(request);
      if (name !== undefined) this.#openProfile(name);
    } else if (entry?.isMoved) this.#toasts.tell(MOVED_ON);
    else if (entry?.failure !== undefined) this.#history.asks(entry.failure, () => void this.save());
  }

  close(): void {
    this.#entry = undefined;
  }
}

function nameAfter(request: ChangeRequest): string | undefined {
  if (request.does === "add") return request.sections.at(-1)?.section.name;
  if (request.does === "rename" || request.does === "duplicate") return request.to;
  return request.does === "merge" ? request.into : undefined;
}
