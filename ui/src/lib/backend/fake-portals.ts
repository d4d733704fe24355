// The portals of the cardboard engine: one that is signed in and gives 5 roles, two that are not. `?portals=` code, browser,
// ends, many or listing puts them into a state.

import { failure } from "./fake-table";
import type { ListingProgress } from "./generated/ListingProgress";
import type { LoginOutcome } from "./generated/LoginOutcome";
import type { LoginStep } from "./generated/LoginStep";
import type { LogoutOutcome } from "./generated/LogoutOutcome";
import type { PortalListing } from "./generated/PortalListing";
import type { PortalRoles } from "./generated/PortalRoles";
import type { PortalView } from "./generated/PortalView";
import type { RolesOfAccount } from "./generated/RolesOfAccount";

const HOUR = 3600;
const now = () => Math.floor(Date.now() / 1000);

const few: RolesOfAccount[] = [
  { id: "772011884023", name: "acme-data", roles: roles("acme-data", ["Analyst", "ReadOnly"]) },
  {
    ...{ id: "123456789012", name: "acme-dev" },
    roles: [{ role: "Developer", profile: "acme-dev", isNew: false }, ...roles("acme-dev", ["ReadOnly"])],
  },
  { id: "903466712250", name: "acme-prod", roles: roles("acme-prod", ["ReadOnly"]) },
];

function roles(account: string, names: readonly string[]) {
  return names.map((role) => ({ role, profile: `${account}-${role}`, isNew: true }));
}

export class FakePortals {
  readonly #state: string;
  readonly #changed: () => void;
  #signedIn = new Set(["globex"]);
  #listed = new Set(["globex"]);
  #giveUp = new Map<string, () => void>();
  /** What was asked for, first to last. */
  readonly done: string[] = [];

  constructor(changed: () => void, state = "") {
    this.#changed = changed;
    this.#state = state;
  }

  async all(): Promise<PortalView[]> {
    const portal = (name: string, region: string, profiles: number): PortalView => {
      const isIn = this.#signedIn.has(name);
      const ends = this.#state === "ends" ? now() + 8 * 60 + 30 : now() + 6 * HOUR + 20 * 60 + 30;
      return {
        ...{ name, startUrl: `https://${name}.awsapps.com/start`, region, hasSection: true, profiles },
        state: isIn ? (this.#state === "ends" ? "endsSoon" : "signedIn") : "ended",
        endsAt: isIn ? ends : now() - 2 * HOUR,
        ...{ renews: false, listedAt: now() - HOUR, unfit: null },
      };
    };
    const old = { ...portal("initech", "eu-central-1", 3), hasSection: false };
    return Promise.resolve([portal("acme", "eu-west-1", 212), portal("globex", "us-east-1", 9640), old]);
  }

  async roles(portal: string, template: string): Promise<PortalRoles | null> {
    if (!/\{(account|id|role|email|portal)\}/.test(template))
      throw failure({
        ...{ code: "unsupported", cause: "sso.template", message: `“${template}” gives every profile the same name.` },
        hint: "Put {account} and {role} into it.",
      });
    if (!this.#listed.has(portal)) return Promise.resolve(null);
    const many = Array.from({ length: 800 }, (_, at): RolesOfAccount => {
      const name = `team-${String(at).padStart(3, "0")}`;
      return { id: String(100_000_000_000 + at), name, roles: roles(name, ["Admin", "Developer", "ReadOnly"]) };
    });
    const accounts = (this.#state === "many" ? many : few).map((account) => ({
      ...account,
      roles: account.roles.map((role) =>
        role.isNew
          ? { ...role, profile: template.replace("{account}", account.name ?? "").replace("{role}", role.role) }
          : role,
      ),
    }));
    const gone = this.#state === "gone" ? ["acme-old-Admin", "acme-old-ReadOnly"] : [];
    return Promise.resolve({ portal, listedAt: now() - HOUR, complete: true, accounts, gone });
  }

  async login(portal: string, byCode: boolean, told: (step: LoginStep) => void): Promise<LoginOutcome> {
    this.done.push(`login ${portal}${byCode ? " by code" : ""}`);
    const url = `https://${portal}.awsapps.com/start`;
    const code = { code: "LNBT-NHNW", url, completeUrl: url, endsAt: now() + 590, opened: true, why: null };
    told(byCode || this.#state === "code" ? { is: "code", ...code } : { is: "browser", url, opened: true });
    const isOver = await new Promise<boolean>((done) => {
      this.#giveUp.set(portal, () => done(false));
      if (this.#state === "") setTimeout(() => done(true), 800);
    });
    this.#giveUp.delete(portal);
    if (!isOver) return { is: "cancelled" };
    this.#signedIn.add(portal);
    this.#changed();
    return { is: "signedIn", portal, startUrl: url, endsAt: now() + 8 * HOUR };
  }

  async cancel(portal: string): Promise<void> {
    this.#giveUp.get(portal)?.();
    return Promise.resolve();
  }

  async logout(portal: string): Promise<LogoutOutcome> {
    this.done.push(`logout ${portal}`);
    this.#signedIn.delete(portal);
    this.#changed();
    return Promise.resolve({ is: "signedOut", portal });
  }

  async list(portal: string, told: (progress: ListingProgress) => void): Promise<PortalListing> {
    this.done.push(`list ${portal}`);
    told({ accounts: 212, listed: 43, hasAllAccounts: true, rows: [] });
    if (this.#state === "listing") await new Promise<void>((done) => this.#giveUp.set(portal, done));
    this.#listed.add(portal);
    return Promise.resolve({ portal, listedAt: now(), complete: true, accounts: [] });
  }
}
