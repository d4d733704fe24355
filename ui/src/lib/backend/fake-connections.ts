// The connections of the cardboard engine: six accounts, assumed roles, a code that is right and one that is not, a role
// that may not be assumed, and tokens that changed outside. `?accounts=none` begins without accounts; `?prompt=one`,
// `ten` or `many` asks about tokens.

import type { FakeProfile } from "./fake-home";
import { assumes, failure, type FakeTable } from "./fake-table";
import type { Account } from "./generated/Account";
import type { AccountForm } from "./generated/AccountForm";
import type { AssumedSession } from "./generated/AssumedSession";
import type { AssumeOutcome } from "./generated/AssumeOutcome";
import type { Assumable } from "./generated/Assumable";
import type { ChangedToken } from "./generated/ChangedToken";
import type { Connections } from "./generated/Connections";
import type { Detail } from "./generated/Detail";
import type { Identity } from "./generated/Identity";
import type { ProfileChoice } from "./generated/ProfileChoice";
import type { RoleChoice } from "./generated/RoleChoice";
import type { TokenChange } from "./generated/TokenChange";

export const RIGHT_CODE = "407123";
const ACME = "123456789012";
const HOUR = 3600;
const LOCAL = "http://localhost:4566";
const seconds = (): number => Math.floor(Date.now() / 1000);

interface FakeAccount {
  id: number;
  form: AccountForm;
  unswitched?: boolean;
}

export interface Wishes {
  accounts?: string;
  prompt?: string;
  /** Milliseconds until AWS answers. */
  delay?: number;
}

export class FakeConnections {
  readonly #table: FakeTable;
  readonly #publish: (changed: readonly string[]) => void;
  readonly #delay: number;
  #accounts: FakeAccount[] = [];
  #lastId = 0;
  #ticket = 0;
  #inUse: { account: number; role?: number; region?: string } | undefined;
  #sessions: (AssumedSession & { account?: number })[] = [];
  #change: TokenChange | undefined;
  #declined: TokenChange | undefined;
  readonly #asking = new Map<number, () => void>();
  readonly #identities = new Map<string, Identity>();

  constructor(table: FakeTable, publish: (changed: readonly string[]) => void, wishes: Wishes) {
    this.#table = table;
    this.#publish = publish;
    this.#delay = wishes.delay ?? 1000;
    if (wishes.accounts === "none" || table.profiles.length === 0) return;
    for (const form of accounts) this.#add(form);
    this.#inUse = { account: 1, role: table.id("lambda-role-connection") };
    this.#sessions = [this.#session("lambda-role-connection", -13 * 60 + 30)];
    for (const name of ["commandeer-dev-base", "lambda-role-connection", "localstack"]) this.#identify(name, -130);
    if (wishes.prompt !== undefined) this.change({ one: 1, ten: 10 }[wishes.prompt] ?? 190);
  }

  /** Another program renews so many tokens. */
  change(number: number): void {
    const tokens = Array.from({ length: Math.min(number, 100) }, (_, at): ChangedToken => ({
      of: at % 4 === 3 ? "portal" : "profile",
      name: number === 1 ? "pasted-token" : `${at % 4 === 3 ? "portal" : "pasted"}-${String(at + 1).padStart(2, "0")}`,
      ...(at % 4 === 3 ? {} : { oldKey: "ASIA…K2PD", newKey: "ASIA…9TLW" }),
      oldEndsAt: seconds() - 190 * 60,
      newEndsAt: seconds() + 12 * HOUR,
      about: at % 4 !== 3,
    }));
    this.#ticket += 1;
    this.#change = {
      ...{ ticket: this.#ticket, tokens, tokenCount: number },
      accounts: ["Acme Dev", "Acme Dev US"],
      sessions: 1,
    };
  }

  overview(): Connections {
    const { account, role, region } = this.#inUse ?? {};
    const used = this.#accounts.find((other) => other.id === account);
    const session = this.#sessions.find((session) => session.profile.id === role);
    return {
      accounts: this.#accounts.map((account) => this.#account(account)),
      inUse: used && {
        account: used.id,
        role: role === undefined ? undefined : { id: role, name: this.#table.find(role).name },
        region: region ?? this.#region(used.form),
        endsAt: session?.endsAt,
        startedAt: session?.startedAt,
      },
      sessions: this.#sessions,
      tokenChange: this.#change,
      declinedTokens: this.#declined,
      shell: "bash",
    };
  }

  /** What the detail of a profile says beyond the files. */
  of(profile: FakeProfile): Pick<Detail, "assume" | "assumed" | "verified" | "canVerify"> {
    const assumed = this.#sessions.filter((session) => session.profile.name === profile.name);
    return {
      assume: this.#assumable(profile),
      assumed,
      verified: this.#identities.get(profile.name),
      canVerify: assumed.length > 0 || (profile.source === "staticKeys" && profile.status !== "broken"),
    };
  }

  async assume(id: number, account?: number, code?: string): Promise<AssumeOutcome> {
    const profile = this.#table.find(id);
    const gaveUp = await this.#wait(id);
    if (gaveUp) return { is: "cancelled" };
    if (profile.name === "lambda-viewer") throw notTrusted;
    if (profile.mfa && code === undefined)
      return {
        is: "mfaNeeded",
        profile: profile.name,
        ...{ serial: `arn:aws:iam::${ACME}:mfa/jo`, device: "jo" },
      };
    if (profile.mfa && code !== RIGHT_CODE) throw mfaRejected;
    const session = { ...this.#session(profile.name), account };
    this.#sessions = [session, ...this.#sessions.filter((other) => other.profile.id !== id)];
    this.#identities.set(profile.name, session.identity);
    this.#publish([profile.name]);
    return { is: "assumed", session };
  }

  async cancelAssume(id: number): Promise<void> {
    this.#asking.get(id)?.();
    return Promise.resolve();
  }

  async endSession(id: number): Promise<void> {
    this.#sessions = this.#sessions.filter((session) => session.profile.id !== id);
    this.#publish([this.#table.find(id).name]);
    return Promise.resolve();
  }

  async verify(id: number): Promise<Identity> {
    const { name } = this.#table.find(id);
    await this.#wait(id);
    const identity = this.#identify(name, 0);
    this.#publish([name]);
    return identity;
  }

  async profileChoice(id: number): Promise<ProfileChoice> {
    const profile = this.#table.find(id);
    const isKeys = profile.source === "staticKeys" || profile.source === "sessionKeys";
    const words = profile.name.split(/[-_]/).filter((word) => word !== "base");
    return Promise.resolve({
      profile: { id, name: profile.name },
      status: profile.status,
      keyId: isKeys ? profile.of : undefined,
      keysAt: isKeys ? { file: "credentials", line: 11 } : undefined,
      keysFrom: isKeys ? "credentials" : profile.source === "sso" ? `${profile.from} portal` : (profile.from ?? ""),
      region: profile.region,
      roles: this.#roles(profile.name),
      name: words.map((word) => (word[0] ?? "").toUpperCase() + word.slice(1)).join(" "),
      label: /prod/.test(profile.name) ? "production" : /dev/.test(profile.name) ? "dev" : undefined,
    });
  }

  async saveAccount(form: AccountForm, id?: number): Promise<number> {
    if (form.name.trim() === "") throw refused("An account needs a name.", "Type one, such as Acme Dev.");
    if (this.#accounts.some((other) => other.form.name === form.name && other.id !== id))
      throw refused(`There is an account called ${form.name} already.`, "Choose another name.");
    if (form.profile === "") throw refused("An account needs a profile.", "Choose the one that gives its keys.");
    if (form.endpoint.is === "other" && !URL.canParse(form.endpoint.url))
      throw refused(
        `“${form.endpoint.url}” is no address.`,
        "Type one that begins with http:// or https://.",
        "account.endpoint",
      );
    const kept = this.#accounts.find((other) => other.id === id);
    if (kept === undefined) id = this.#add(form);
    else kept.form = form;
    this.#publish([]);
    return Promise.resolve(id ?? 0);
  }

  async removeAccount(id: number): Promise<void> {
    this.#accounts = this.#accounts.filter((account) => account.id !== id);
    if (this.#inUse?.account === id) this.#inUse = undefined;
    this.#publish([]);
    return Promise.resolve();
  }

  async verifyAccount(id: number): Promise<Identity> {
    const form = this.#accounts.find((account) => account.id === id)?.form;
    await this.#wait(-id);
    if (form?.endpoint.is === "other") throw endpointDown(form.endpoint.url);
    const identity = this.#identify(form ? this.#signer(form) : "", 0);
    this.#publish([]);
    return identity;
  }

  async useAccount(id?: number, role?: number): Promise<void> {
    this.#inUse = id === undefined ? undefined : { account: id, role };
    this.#publish([]);
    return Promise.resolve();
  }

  async useRegion(region?: string): Promise<void> {
    if (this.#inUse) this.#inUse = { ...this.#inUse, region };
    this.#publish([]);
    return Promise.resolve();
  }

  async answerTokenChange(ticket: number, useNew: boolean): Promise<void> {
    const change = [this.#change, this.#declined].find((change) => change?.ticket === ticket);
    if (change === undefined) return;
    for (const account of this.#accounts) if (change.accounts.includes(account.form.name)) account.unswitched = !useNew;
    this.#change = undefined;
    this.#declined = useNew ? undefined : { ...change, ticket: ticket + 1 };
    this.#publish([]);
    return Promise.resolve();
  }

  #add(form: AccountForm): number {
    this.#lastId += 1;
    this.#accounts = [...this.#accounts, { id: this.#lastId, form }].sort((one, other) =>
      one.form.name.localeCompare(other.form.name),
    );
    return this.#lastId;
  }

  #account({ id, form, unswitched = false }: FakeAccount): Account {
    const profile = this.#table.profiles.find((profile) => profile.name === form.profile);
    const verified = this.#identities.get(this.#signer(form));
    const state: Pick<Account, "status" | "reason"> =
      profile === undefined
        ? { status: "broken", reason: `Profile “${form.profile}” is gone.` }
        : profile.source === "sso" || assumes(profile)
          ? { status: "ended", reason: "Its portal needs a sign-in." }
          : verified === undefined
            ? { status: "unchecked", reason: "AWS has not been asked yet." }
            : { status: "connected", reason: "Its profile has no problem." };
    return {
      ...{ id, form, ...state, verified, unswitched },
      profileId: profile && this.#table.id(form.profile),
      region: this.#region(form),
      endpoint: form.endpoint.is === "aws" ? undefined : form.endpoint.is === "other" ? form.endpoint.url : LOCAL,
      keyId: profile?.source === "staticKeys" ? profile.of : undefined,
      accountId: verified?.accountId ?? profile?.account,
      roles: this.#roles(form.profile),
    };
  }

  /** The profile that an account's calls are signed by: its role, once that is assumed. */
  #signer({ profile, role }: AccountForm): string {
    return this.#sessions.some((session) => session.profile.name === role) ? (role ?? profile) : profile;
  }

  #region(form: AccountForm): string | undefined {
    return form.region ?? this.#table.profiles.find((profile) => profile.name === form.profile)?.region;
  }

  #roles(profile: string): RoleChoice[] {
    return this.#table.profiles
      .filter((other) => other.source === "assumeRole" && other.from === profile)
      .map((other) => ({
        profile: { id: this.#table.id(other.name), name: other.name },
        role: other.role ?? "",
        accountId: other.account,
        mfa: other.mfa ?? false,
        endsAt: this.#sessions.find((session) => session.profile.name === other.name)?.endsAt,
      }));
  }

  #assumable(profile: FakeProfile): Assumable {
    if (!assumes(profile)) return { is: "noRole" };
    const base = this.#table.hops(profile)[0];
    if (profile.status === "broken")
      return { is: "no", why: `${this.#table.way(profile)}. Repair that first; then it can be assumed.` };
    if (base?.source === "staticKeys") return { is: "yes", mfa: profile.mfa ?? false };
    return { is: "no", why: "It starts outside the files, where Rolecall has no keys to assume it with." };
  }

  #session(name: string, since = 0): AssumedSession {
    const profile = this.#table.find(this.#table.id(name));
    return {
      profile: { id: this.#table.id(name), name },
      identity: this.#identity(`assumed-role/${profile.role}/rolecall-jo`, ACME, since),
      keyId: "ASIA…2T5W",
      startedAt: seconds() + since,
      endsAt: seconds() + since + HOUR,
      region: profile.region,
      outdated: false,
    };
  }

  #identify(name: string, since: number): Identity {
    const session = this.#sessions.find(({ profile }) => profile.name === name);
    const identity =
      name === "localstack"
        ? this.#identity("root", "000000000000", since)
        : { ...(session?.identity ?? this.#identity("user/jo", ACME, since)), checkedAt: seconds() + since };
    this.#identities.set(name, identity);
    return identity;
  }

  #identity(name: string, accountId: string, since: number): Identity {
    return { arn: `arn:aws:sts::${accountId}:${name}`, name, accountId, checkedAt: seconds() + since };
  }

  /** Answers whether somebody gave up meanwhile. */
  #wait(id: number): Promise<boolean> {
    return new Promise((done) => {
      const timer = setTimeout(() => done(false), this.#delay);
      this.#asking.set(id, () => {
        clearTimeout(timer);
        done(true);
      });
    });
  }
}

const aws = { is: "aws" } as const;
const accounts: readonly AccountForm[] = [
  ...[
    { name: "Acme Dev", profile: "commandeer-dev-base", role: "lambda-role-connection", label: "dev" } as const,
    { name: "Acme Dev US", profile: "commandeer-dev-base", region: "us-east-1", label: "dev" } as const,
    { name: "Acme Stage", profile: "acme-stage", label: "staging" } as const,
    { name: "Acme Prod", profile: "default", label: "production" } as const,
  ].map((form) => ({ ...form, endpoint: aws })),
  { name: "LocalStack", profile: "localstack", endpoint: { is: "localStack" } },
  { name: "Old billing", profile: "billing-2", endpoint: aws },
];

const notTrusted = failure({
  ...{ code: "denied", cause: "sts.notTrusted" },
  message: "commandeer-dev may not assume viewer.",
  hint: "AWS does not say which: the role does not trust it, a condition is not met, or there is no such role. Ask its owner to add commandeer-dev to the trust policy.",
});

const mfaRejected = failure({
  ...{ code: "denied", cause: "sts.mfaRejected" },
  message: "That code was refused.",
  hint: "Wait for the next code; each works once.",
});

const endpointDown = (url: string): Error =>
  failure({
    ...{ code: "offline", cause: "endpoint.down" },
    message: `Nothing answers at ${url}.`,
    hint: "Start what should listen there, then verify again.",
  });

const refused = (message: string, hint: string, cause = "account.form"): Error =>
  failure({ code: "unsupported", cause, message, hint });
