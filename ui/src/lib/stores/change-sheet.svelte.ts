// The sheet in which the files are changed by form: what was typed, what the engine says it would do, and doing it. A
// secret that was typed lives here until it is written, and goes with the sheet.

import type { ChangeRequest } from "../backend/generated/ChangeRequest";
import type { FileKind } from "../backend/generated/FileKind";
import type { GenerateRequest } from "../backend/generated/GenerateRequest";
import type { NewProperty } from "../backend/generated/NewProperty";
import type { SectionName } from "../backend/generated/SectionName";
import { changed, newFields, portalFields, type NewKind } from "../words/change";
import type { Proposed } from "./proposed.svelte";
import type { Toasts } from "./toasts.svelte";

export type Change =
  | { is: "new"; kind: NewKind }
  | { is: "rename" | "duplicate" | "merge" | "delete"; profile: string }
  | { is: "move"; profile: string; to: FileKind }
  | { is: "set"; profile: string; key?: string; file?: FileKind; value?: string; isSecret?: boolean }
  | { is: "unset"; profile: string; key: string; file: FileKind }
  | { is: "fix"; title: string; problem: string; fix: number }
  | { is: "fixAll" }
  | { is: "newPortal" }
  | { is: "giveSection"; portal: string; startUrl: string }
  | { is: "generate"; request: GenerateRequest };

/** How long the keys must rest before the engine is asked what would come of it. */
const REST = 150;

/** What LocalStack is called with; it takes any. */
const ANY_KEYS: NewProperty[] = [
  { key: "aws_access_key_id", value: "test" },
  { key: "aws_secret_access_key", value: "test" },
];

export class ChangeEntry {
  readonly change: Change;
  readonly proposed: Proposed;
  /** The name of what is made, or the other profile. */
  name = $state("");
  kind = $state<NewKind>("keys");
  key = $state("");
  value = $state("");
  #values = $state<Record<string, string>>({});
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(proposed: Proposed, change: Change) {
    this.change = change;
    this.proposed = proposed;
    if (change.is === "new") this.kind = change.kind;
    if (change.is === "set") [this.key, this.value] = [change.key ?? "", change.value ?? ""];
    if (change.is === "rename") this.name = change.profile;
    if (change.is === "giveSection") this.name = change.portal;
    if (change.is === "duplicate") this.name = `${change.profile}-2`;
  }

  get values(): Record<string, string> {
    return this.#values;
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
    if (request === undefined) this.proposed.forget();
    else this.#rest = setTimeout(() => this.proposed.look(request), REST);
  }

  /** Answers the request that was carried out, or nothing when it was not. */
  async save(again: () => void): Promise<ChangeRequest | undefined> {
    const { request } = this;
    if (request === undefined) return undefined;
    clearTimeout(this.#rest);
    return (await this.proposed.carryOut(request, again)) ? request : undefined;
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
      case "fixAll":
        return { does: "fixAll", safe: true };
      case "newPortal":
        return this.#addPortal(name);
      case "giveSection":
        return name === "" ? undefined : { does: "giveSection", startUrl: change.startUrl, name };
      case "generate":
        return { does: "generate", with: change.request };
    }
  }

  /** As `aws configure sso` writes it. */
  #addPortal(name: string): ChangeRequest | undefined {
    const given = portalFields.map(({ key }) => ({ key, value: (this.#values[key] ?? "").trim() }));
    if (name === "" || given.some(({ value }) => value === "")) return undefined;
    const scopes = { key: "sso_registration_scopes", value: "sso:account:access" };
    return { does: "add", sections: [{ section: { is: "ssoSession", name }, properties: [...given, scopes] }] };
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
  readonly #begin: () => Proposed;
  readonly #toasts: Toasts;
  readonly #openProfile: (name: string) => void;
  #entry = $state.raw<ChangeEntry>();

  constructor(begin: () => Proposed, toasts: Toasts, openProfile: (name: string) => void) {
    this.#begin = begin;
    this.#toasts = toasts;
    this.#openProfile = openProfile;
  }

  /** What is being changed; nothing while the sheet is closed. */
  get entry(): ChangeEntry | undefined {
    return this.#entry;
  }

  open(change: Change): void {
    this.#entry = new ChangeEntry(this.#begin(), change);
  }

  /** Does it, and opens the profile that came of it. */
  async save(): Promise<void> {
    const request = await this.#entry?.save(() => void this.save());
    if (request === undefined) return;
    this.close();
    this.#toasts.tell(changed(request));
    const name = nameAfter(request);
    if (name !== undefined) this.#openProfile(name);
  }

  close(): void {
    this.#entry = undefined;
  }
}

function nameAfter(request: ChangeRequest): string | undefined {
  const last = request.does === "add" ? request.sections.at(-1)?.section : undefined;
  if (last !== undefined) return last.is === "profile" ? last.name : undefined;
  if (request.does === "rename" || request.does === "duplicate") return request.to;
  return request.does === "merge" ? request.into : undefined;
}
