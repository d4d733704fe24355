// The portals: which there are, which one is open in its view, signing in to it, and what it gives. Tokens are the engine's;
// here is what a person asked for and what was said of it.

import type { Backend } from "../backend";
import type { FailureView } from "../backend/generated/FailureView";
import type { GenerateRequest } from "../backend/generated/GenerateRequest";
import type { LoginStep } from "../backend/generated/LoginStep";
import type { PortalRoles } from "../backend/generated/PortalRoles";
import type { PortalView } from "../backend/generated/PortalView";
import { failureOf } from "../words/failures";
import { signedInUntil, signedOut, TEMPLATE } from "../words/portals";
import { Latest } from "./latest.svelte";
import { nextAfter } from "./selection";
import type { Toasts } from "./toasts.svelte";

/** How far listing a portal is. */
interface Progress {
  listed: number;
  accounts: number;
  hasAll: boolean;
}

/** One portal, as far as it was dealt with in this window. */
export class PortalWork {
  /** A person is waited for, or the portal. */
  isSigningIn = $state(false);
  step = $state.raw<LoginStep>();
  failure = $state.raw<FailureView>();
  /** What AWS tools would use in place of the sign-in. */
  shadows = $state.raw<readonly string[]>([]);
  progress = $state.raw<Progress>();
}

export class Portals {
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  readonly #latest: Latest<"all", PortalView[]>;
  readonly #rolesOf: Latest<{ portal: string; template: string }, PortalRoles | null>;
  #all = $state.raw<readonly PortalView[]>();
  #failure = $state.raw<FailureView>();
  #selected = $state<string>();
  #roles = $state.raw<PortalRoles>();
  #templateFailure = $state.raw<FailureView>();
  #template = $state(TEMPLATE);
  #region = $state("");
  #chosen = $state.raw<ReadonlySet<string>>(new Set());
  readonly #works = new Map<string, PortalWork>();

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
    this.#latest = new Latest(
      () => backend.portals(),
      (portals) => this.#take(portals),
      (failure) => (this.#failure = failure),
    );
    this.#rolesOf = new Latest(
      ({ portal, template }) => backend.portalRoles(portal, template),
      (roles) => ([this.#roles, this.#templateFailure] = [roles ?? undefined, undefined]),
      (failure) => (this.#templateFailure = failure.code === "notFound" ? undefined : failure),
    );
  }

  /** In the order of the files; nothing before they were asked for. */
  get all(): readonly PortalView[] | undefined {
    return this.#all;
  }
  get failure(): FailureView | undefined {
    return this.#failure;
  }
  get isSlow(): boolean {
    return this.#latest.isSlow;
  }
  portal(name: string | undefined): PortalView | undefined {
    return this.#all?.find((portal) => portal.name === name);
  }
  /** Those that end in a few minutes. */
  get ending(): readonly PortalView[] {
    return (this.#all ?? []).filter((portal) => portal.state === "endsSoon" && !this.work(portal.name).isSigningIn);
  }
  work(name: string): PortalWork {
    const known = this.#works.get(name);
    if (known !== undefined) return known;
    const work = new PortalWork();
    this.#works.set(name, work);
    return work;
  }

  /** A view of them is on screen, or their ends are looked at. */
  open(): void {
    if (!this.#latest.isAsked) this.#latest.ask("all");
  }
  /** The world has changed. */
  refresh(): void {
    this.#latest.again();
    this.#rolesOf.again();
  }

  get selected(): string | undefined {
    return this.#selected;
  }
  select(name: string | undefined): void {
    if (name === this.#selected) return;
    this.#selected = name;
    this.#roles = undefined;
    this.#templateFailure = undefined;
    this.#chosen = new Set();
    this.#look();
    if (name !== undefined) void this.#lookForShadows(name);
  }
  /** For the way back. */
  keepPlace(): () => void {
    const selected = this.#selected;
    return () => this.select(selected);
  }

  /** What the open portal gives; nothing before it was listed. */
  get roles(): PortalRoles | undefined {
    return this.#roles;
  }
  get template(): string {
    return this.#template;
  }
  /** Why the template is no good. */
  get templateFailure(): FailureView | undefined {
    return this.#templateFailure;
  }
  nameAs(template: string): void {
    this.#template = template;
    this.#look();
  }
  get region(): string {
    return this.#region;
  }
  set region(region: string) {
    this.#region = region;
  }

  /** The roles that become profiles: account and role, with a blank between. */
  get chosen(): ReadonlySet<string> {
    return this.#chosen;
  }
  choose(roles: readonly string[], isChosen: boolean): void {
    const chosen = new Set(this.#chosen);
    for (const role of roles) {
      if (isChosen) chosen.add(role);
      else chosen.delete(role);
    }
    this.#chosen = chosen;
  }

  /** The profiles that the chosen roles come to, or those that go because their roles are gone. */
  request(removeGone: boolean): GenerateRequest | undefined {
    if (this.#selected === undefined) return undefined;
    const region = this.#region.trim();
    const only = removeGone ? [] : [...this.#chosen].map(roleOfKey);
    return {
      ...{ portal: this.#selected, template: this.#template, region: region === "" ? null : region },
      ...{ accounts: [], roles: [], only, removeGone },
    };
  }

  async signIn(name: string, how: { byCode?: boolean; fresh?: boolean } = {}): Promise<void> {
    const work = this.work(name);
    if (work.isSigningIn) return;
    [work.isSigningIn, work.step, work.failure] = [true, undefined, undefined];
    try {
      const told = (step: LoginStep) => (work.step = step);
      const outcome = await this.#backend.login(name, how.byCode ?? false, how.fresh ?? false, told);
      if (outcome.is === "signedIn") {
        this.#toasts.tell(signedInUntil(outcome.portal, outcome.endsAt, Math.floor(Date.now() / 1000)));
        work.isSigningIn = false;
        this.refresh();
        if (this.#selected === name && this.#roles === undefined) await this.list(name);
      }
    } catch (reason) {
      work.failure = failureOf(reason);
    } finally {
      [work.isSigningIn, work.step] = [false, undefined];
    }
  }

  /** The same with a code in place of the browser alone. */
  async useCode(name: string): Promise<void> {
    await this.cancel(name);
    const work = this.work(name);
    // The one before has to be over first; its end is told a moment later.
    while (work.isSigningIn) await new Promise((done) => setTimeout(done, 20));
    await this.signIn(name, { byCode: true });
  }

  async cancel(name: string): Promise<void> {
    await this.#tell(this.#backend.cancelLogin(name));
  }
  async copy(name: string, code: boolean): Promise<void> {
    await this.#tell(this.#backend.copyLogin(name, code), code ? "The code is copied." : "The link is copied.");
  }
  async openPage(name: string): Promise<void> {
    await this.#tell(this.#backend.openLogin(name));
  }

  async signOut(name: string): Promise<void> {
    const work = this.work(name);
    work.failure = undefined;
    try {
      await this.#backend.logout(name);
      this.#toasts.tell(signedOut(name));
    } catch (reason) {
      work.failure = failureOf(reason);
    }
    this.refresh();
  }

  async later(name: string, minutes: number): Promise<void> {
    await this.#tell(this.#backend.remindLater(name, minutes));
    this.refresh();
  }

  /** Asks a portal for its accounts and roles; goes on where it was given up, unless `anew`. */
  async list(name: string, anew = false): Promise<void> {
    const work = this.work(name);
    if (work.progress !== undefined) return;
    work.failure = undefined;
    work.progress = { listed: 0, accounts: 0, hasAll: false };
    try {
      await this.#backend.listPortal(name, anew, ({ listed, accounts, hasAllAccounts }) => {
        work.progress = { listed, accounts, hasAll: hasAllAccounts };
      });
    } catch (reason) {
      work.failure = failureOf(reason);
    } finally {
      work.progress = undefined;
      this.#look();
    }
  }
  async stopListing(name: string): Promise<void> {
    await this.#tell(this.#backend.cancelListing(name));
  }

  #look(): void {
    if (this.#selected === undefined) this.#rolesOf.forget();
    else this.#rolesOf.ask({ portal: this.#selected, template: this.#template });
  }

  async #lookForShadows(name: string): Promise<void> {
    const shadows = await this.#backend.shadows(name).catch(() => []);
    this.work(name).shadows = shadows;
  }

  #take(portals: readonly PortalView[]): void {
    // Made here and not where it is drawn: what a drawing makes while it is drawn does not draw it again.
    for (const { name } of portals) this.work(name);
    const before = (this.#all ?? []).map((portal) => portal.name);
    [this.#all, this.#failure] = [portals, undefined];
    if (this.#selected === undefined || this.portal(this.#selected) !== undefined) return;
    this.select(nextAfter(this.#selected, before, (name) => this.portal(name) !== undefined));
  }

  async #tell(answer: Promise<void>, done?: string): Promise<void> {
    await answer.then(
      () => done !== undefined && this.#toasts.tell(done),
      (reason: unknown) => this.#toasts.fail(failureOf(reason)),
    );
  }
}

export const roleKey = (account: string, role: string): string => `${account} ${role}`;

function roleOfKey(key: string): { account: string; role: string } {
  const at = key.indexOf(" ");
  return { account: key.slice(0, at), role: key.slice(at + 1) };
}
