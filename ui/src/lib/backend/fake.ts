// An engine of cardboard, for design work in a browser and for component tests: it answers from a table and looks at no
// file. `?n=10000` makes the home large; `?home=` own, empty, no-config, config-only, no-profiles or unreadable makes it another one.
// Its filter knows names only; what a filter means is the real engine's business.

import { FakeDrafts } from "./fake-draft";
import { FakePortals } from "./fake-portals";
import { FakeChange } from "./fake-change";
import { FakeConnections, type Wishes } from "./fake-connections";
import { FakeHistory } from "./fake-history";
import { FakePaste } from "./fake-paste";
import { compatibility, readersOf } from "./fake-readers";
import { whyOf } from "./fake-why";
import { assumes, failure, FakeTable } from "./fake-table";
import type { Backend } from "./index";
import { crowd, problems, profiles, type FakeProblem, type FakeProfile } from "./fake-home";
import type { ChainView } from "./generated/ChainView";
import type { Detail } from "./generated/Detail";
import type { FileKind } from "./generated/FileKind";
import type { FileState } from "./generated/FileState";
import type { Group } from "./generated/Group";
import type { GroupKind } from "./generated/GroupKind";
import type { Message } from "./generated/Message";
import type { Overview } from "./generated/Overview";
import type { ProblemView } from "./generated/ProblemView";
import type { Query } from "./generated/Query";
import type { Row } from "./generated/Row";
import type { SessionColumn } from "./generated/SessionColumn";
import type { Source } from "./generated/Source";
import type { Status } from "./generated/Status";

const SHOWN_FOR = 30_000;
const COPIED_FOR = 60_000;
const orderOfStatus: Status[] = ["broken", "warning", "ended", "unchecked", "connected"];

/** What its parts begin with. */
interface States {
  editor?: string;
  history?: string;
  portals?: string;
  readers?: string;
}

export class FakeBackend implements Backend {
  #home: string;
  readonly #table: FakeTable;
  readonly connections: FakeConnections;
  #listener: (message: Message) => void = () => undefined;
  #revision = 0;
  #ticket = 0;
  readonly #pinned = new Set<string>();
  #isClosed = false;
  readonly #readersCome: boolean;
  /** Why credentials can't be closed. */
  refusesToClose: Error | undefined;
  readonly drafts: FakeDrafts;
  readonly signIns: FakePortals;
  readonly paste: FakePaste;
  readonly change: FakeChange;
  readonly history: FakeHistory;

  constructor(home = "", number = 0, { editor = "", history, portals, readers, ...wishes }: Wishes & States = {}) {
    this.#readersCome = readers !== "never";
    this.history = new FakeHistory(history);
    this.signIns = new FakePortals(() => this.publish(), portals);
    this.#home = home;
    const isBare = ["empty", "no-profiles", "config-only"].includes(home);
    this.#table = new FakeTable(isBare ? [] : [...profiles, ...crowd(Math.max(0, number - profiles.length))]);
    for (const profile of this.#table.profiles) if (profile.pinned) this.#pinned.add(profile.name);
    this.drafts = new FakeDrafts(
      (draft) => this.#listener({ is: "draft", draft }),
      (file) => this.#file(file).is === "missing",
      editor,
      crowd(Math.max(0, number - profiles.length)).map((profile) => profile.name),
    );
    this.paste = new FakePaste((name) => this.#table.profiles.some((profile) => profile.name === name));
    this.change = new FakeChange((name) => this.#table.profiles.some((profile) => profile.name === name));
    this.connections = new FakeConnections(this.#table, (changed) => this.publish(changed), wishes);
  }

  async subscribe(listener: (message: Message) => void): Promise<void> {
    this.#listener = listener;
    this.publish(this.#table.profiles.map((profile) => profile.name));
    for (const draft of this.drafts.restored()) listener({ is: "draft", draft });
    return Promise.resolve();
  }

  /** Says that these profiles changed. */
  publish(changed: readonly string[] = [], removed: number[] = []): void {
    this.#revision += 1;
    const names = new Set(changed);
    const rows = this.#table.profiles.filter((profile) => names.has(profile.name)).map((profile) => this.#row(profile));
    this.#listener({ is: "update", update: { overview: this.#overview(), rows: { changed: rows, removed } } });
  }

  /** Another program takes profiles out of the files. */
  remove(...names: string[]): void {
    this.#table.profiles = this.#table.profiles.filter((profile) => !names.includes(profile.name));
    this.publish(
      [],
      names.map((name) => this.#table.id(name)),
    );
  }

  id(name: string): number {
    return this.#table.id(name);
  }

  async list(query: Query) {
    const all = this.#table.profiles.filter((profile) => query.view === "profiles" || assumes(profile));
    const shown = all
      .filter((profile) => profile.name.includes(query.filter.toLowerCase()))
      .filter((profile) => {
        if (query.segment === "inUse") return profile.status === "connected";
        return query.segment === "all" || profile.status === "broken" || profile.status === "warning";
      });
    if (query.sort === "status")
      shown.sort((one, other) => orderOfStatus.indexOf(one.status) - orderOfStatus.indexOf(other.status));
    const groups = new Map<string, Group>();
    for (const profile of shown) {
      const [kind, name] = this.#groupOf(profile, query);
      const group = groups.get(`${kind} ${name}`) ?? {
        kind,
        name,
        ids: [],
        lines: query.view === "assumeRole" ? [] : undefined,
      };
      groups.set(`${kind} ${name}`, group);
      group.ids.push(this.#table.id(profile.name));
      group.lines?.push(this.#table.way(profile));
    }
    const first = (group: Group) => Number(group.kind !== "pinned" && group.kind !== "cantStart");
    return Promise.resolve({
      revision: this.#revision,
      groups: [...groups.values()].sort((one, other) => first(one) - first(other)),
      shown: shown.length,
      of: all.length,
      hint: /\b(?!is:|source:|account:)\w+:/.test(query.filter)
        ? "Rolecall knows is:, source:, account:, role:, region: and file:."
        : undefined,
    });
  }

  async detail(id: number): Promise<Detail> {
    const profile = this.#table.find(id);
    const usedBy = this.#table.profiles.filter((other) => assumes(other) && other.from === profile.name);
    const isLong = profile.source === "staticKeys";
    return Promise.resolve({
      revision: this.#revision,
      ...{ id, name: profile.name, status: profile.status, source: profile.source, role: profile.role },
      reason: reasons[profile.status],
      accountId: profile.account,
      pinned: this.#pinned.has(profile.name),
      sections: [{ file: "config", line: 50 }],
      session: this.#table.session(profile),
      values: this.#table.values(profile),
      valueCount: this.#table.values(profile).length,
      chain: this.#table.chain(profile, [profile]),
      problems: problems
        .filter((problem) => problem.about.includes(profile.name))
        .map((problem) => this.#problem(problem)),
      advice: isLong
        ? [
            {
              title: "This key never ends",
              text: "If it leaks it works until someone deletes it; a sign-in or a role ends by itself.",
            },
          ]
        : [],
      usedBy: usedBy.map((other) => ({ id: this.#table.id(other.name), name: other.name })),
      usedByCount: usedBy.length,
      ...this.connections.of(profile),
    });
  }

  async chains(id: number): Promise<ChainView> {
    const profile = this.#table.find(id);
    const start = this.#table.hops(profile)[0];
    const together = this.#table.profiles.filter(
      (other) => assumes(other) && this.#table.hops(other)[0]?.name === start?.name,
    );
    return Promise.resolve(this.#table.chain(profile, together));
  }

  async compatibility() {
    return Promise.resolve(compatibility(this.#revision, this.#table));
  }

  async readBy(id: number) {
    const profile = this.#table.find(id);
    if (!this.#readersCome) return new Promise<never>(() => undefined);
    return Promise.resolve({ revision: this.#revision, id, name: profile.name, readers: readersOf(profile) });
  }

  async why(id: number) {
    return Promise.resolve(whyOf(this.#table.find(id)));
  }

  async problems() {
    const kinds = ["broken", "duplicates", "dangling", "warnings", "worthKnowing"] as const;
    const there = this.#problems();
    return Promise.resolve(
      kinds
        .map((kind) => ({ kind, problems: there.filter((problem) => problem.kind === kind) }))
        .filter((group) => group.problems.length > 0),
    );
  }

  async problem(key: string) {
    const problem = this.#problems().find((problem) => problem.key === key);
    if (problem === undefined)
      throw failure({ code: "notFound", message: "This problem is solved.", hint: "Choose another one." });
    const path = `~/.aws/${problem.file}`;
    const file = problem.file;
    return Promise.resolve({
      revision: this.#revision,
      problem: this.#problem(problem),
      excerpts:
        problem.lines.length === 0
          ? []
          : [
              {
                file,
                path,
                lines: problem.lines.map(([line, text, isMarked]) => ({
                  line,
                  text,
                  mark: isMarked ? ("here" as const) : ("around" as const),
                })),
              },
            ],
      fixes:
        problem.fix === undefined
          ? []
          : [
              {
                title: problem.fix.title,
                safety: "choice" as const,
                changes: [
                  {
                    file,
                    path,
                    lines: [
                      ...problem.fix.removed.map((text, at) => ({
                        line: problem.line + at,
                        text,
                        mark: "removed" as const,
                      })),
                      ...problem.fix.added.map((text) => ({ text, mark: "added" as const })),
                    ],
                  },
                ],
              },
            ],
      closing:
        problem.rule === "file.permissions" ? { file, path, now: "0644 rw-r--r--", then: "0600 rw-------" } : undefined,
      source: "AWS SDKs and Tools Reference, Shared config and credentials files",
    });
  }

  async reveal(_id: number, key: string) {
    this.#ticket += 1;
    const ticket = this.#ticket;
    setTimeout(() => this.#listener({ is: "concealed", ticket }), SHOWN_FOR);
    return Promise.resolve({
      text: key === "aws_session_token" ? "IQoJb3JpZ2luX2VjEXAMPLETOKEN" : "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      ticket,
    });
  }

  async conceal(): Promise<void> {
    return Promise.resolve();
  }

  async copy(_id: number, key: string): Promise<void> {
    if (/secret|token/.test(key)) setTimeout(() => this.#listener({ is: "clipboardCleared" }), COPIED_FOR);
    return Promise.resolve();
  }

  async pin(id: number, pinned: boolean): Promise<void> {
    const { name } = this.#table.find(id);
    if (pinned) this.#pinned.add(name);
    else this.#pinned.delete(name);
    this.publish([name]);
    return Promise.resolve();
  }

  async closePermissions(): Promise<void> {
    if (this.refusesToClose) throw this.refusesToClose;
    this.#isClosed = true;
    this.publish();
    return Promise.resolve();
  }

  async createFiles(): Promise<void> {
    this.#home = this.#home === "empty" || this.#home === "config-only" ? "no-profiles" : "own";
    this.publish();
    return Promise.resolve();
  }

  async lookAgain(): Promise<void> {
    return Promise.resolve();
  }

  openDraft: Backend["openDraft"] = (file) => this.drafts.open(file);
  editDraft: Backend["editDraft"] = (file, version, changes) => this.drafts.edit(file, version, changes);
  diagnoseDraft: Backend["diagnoseDraft"] = (file, known) => this.drafts.diagnose(file, known);
  saveDraft: Backend["saveDraft"] = async (file) => {
    this.history.keep();
    const outcome = await this.drafts.save(file);
    if (outcome.is === "saved") this.history.written(file, "You edited in Rolecall");
    this.publish();
    return outcome;
  };
  undo: Backend["undo"] = async () => {
    const { file, what } = this.history.takeBack();
    this.drafts.takeBack(file);
    this.publish();
    return Promise.resolve(what);
  };
  chooseHistory: Backend["chooseHistory"] = async (choice, passphrase) =>
    Promise.resolve(this.history.choose(choice, passphrase));
  replacePassphrase: Backend["replacePassphrase"] = async () => Promise.resolve(this.history.skip());
  skipHistory: Backend["skipHistory"] = async () => Promise.resolve(this.history.skip());
  discardDraft: Backend["discardDraft"] = (file) => this.drafts.discard(file);
  resolveDraft: Backend["resolveDraft"] = (file, resolution) => this.drafts.resolve(file, resolution);
  settlePlace: Backend["settlePlace"] = (file, version, place, side) =>
    this.drafts.settlePlace(file, version, place, side);
  compareDraft: Backend["compareDraft"] = (file) => this.drafts.compare(file);
  portals: Backend["portals"] = () => (this.#table.profiles.length === 0 ? Promise.resolve([]) : this.signIns.all());
  portalRoles: Backend["portalRoles"] = (portal, template) => this.signIns.roles(portal, template);
  shadows: Backend["shadows"] = () => Promise.resolve([]);
  login: Backend["login"] = (portal, byCode, _fresh, told) => this.signIns.login(portal, byCode, told);
  cancelLogin: Backend["cancelLogin"] = (portal) => this.signIns.cancel(portal);
  copyLogin: Backend["copyLogin"] = () => Promise.resolve();
  openLogin: Backend["openLogin"] = () => Promise.resolve();
  logout: Backend["logout"] = (portal) => this.signIns.logout(portal);
  remindLater: Backend["remindLater"] = () => Promise.resolve();
  listPortal: Backend["listPortal"] = (portal, _anew, told) => this.signIns.list(portal, told);
  cancelListing: Backend["cancelListing"] = (portal) => this.signIns.cancel(portal);
  propose: Backend["propose"] = (request) =>
    request.does === "import" ? this.paste.propose(request.names) : this.change.propose(request);
  carryOut: Backend["carryOut"] = (request) =>
    request.does === "import" ? this.paste.carryOut(request.names) : this.change.carryOut(request);
  showSecrets: Backend["showSecrets"] = (file, shown) => this.drafts.showSecrets(file, shown);

  lookAtPaste: Backend["lookAtPaste"] = (text) => this.paste.look(text);
  forgetPaste: Backend["forgetPaste"] = () => Promise.resolve();

  assume: Backend["assume"] = (id, account, code) => this.connections.assume(id, account, code);
  cancelAssume: Backend["cancelAssume"] = (id) => this.connections.cancelAssume(id);
  endSession: Backend["endSession"] = (id) => this.connections.endSession(id);
  verify: Backend["verify"] = (id) => this.connections.verify(id);
  profileChoice: Backend["profileChoice"] = (id) => this.connections.profileChoice(id);
  saveAccount: Backend["saveAccount"] = (form, id) => this.connections.saveAccount(form, id);
  removeAccount: Backend["removeAccount"] = (id) => this.connections.removeAccount(id);
  verifyAccount: Backend["verifyAccount"] = (id) => this.connections.verifyAccount(id);
  useAccount: Backend["useAccount"] = (id, role) => this.connections.useAccount(id, role);
  useRegion: Backend["useRegion"] = (region) => this.connections.useRegion(region);
  answerTokenChange: Backend["answerTokenChange"] = (ticket, useNew) =>
    this.connections.answerTokenChange(ticket, useNew);

  async copyExports(): Promise<void> {
    setTimeout(() => this.#listener({ is: "clipboardCleared" }), COPIED_FOR);
    return Promise.resolve();
  }

  #row(profile: FakeProfile): Row {
    const { name, status, source, of, why } = profile;
    return {
      id: this.#table.id(name),
      name,
      status,
      source,
      of,
      why,
      session: this.#column(profile),
      pinned: this.#pinned.has(name),
    };
  }

  #column(profile: FakeProfile): SessionColumn {
    if (profile.ends !== undefined) return { is: "ends", at: this.#table.now + profile.ends * 60 };
    if (profile.isSignedOut) return { is: "signedOut" };
    return profile.source === "staticKeys" ? { is: "noEnd" } : { is: "unknown" };
  }

  #overview(): Overview {
    const count = (test: (profile: FakeProfile) => boolean) => this.#table.profiles.filter(test).length;
    const there = this.#problems();
    const of = (test: (problem: FakeProblem) => boolean) => there.filter(test).length;
    const errors = of((problem) => problem.severity === "error");
    const warnings = of((problem) => problem.severity === "warning");
    return {
      revision: this.#revision,
      sample: this.#home === "",
      sampleCode: this.#home === "" ? "407123" : undefined,
      files: [
        { kind: "config", path: "~/.aws/config", state: this.#file("config") },
        { kind: "credentials", path: "~/.aws/credentials", state: this.#file("credentials") },
      ],
      folder: "~/.aws",
      counts: {
        profiles: this.#table.profiles.length,
        assumeRole: count(assumes),
        dangling: of((problem) => problem.kind === "dangling"),
        duplicates: of((problem) => problem.kind === "duplicates"),
        problems: errors + warnings,
        ...{ errors, warnings, safe: this.#table.profiles.length > 0 ? 2 : 0 },
        attention: count((profile) => profile.status === "broken" || profile.status === "warning"),
      },
      connections: this.connections.overview(),
      watching:
        this.#home === "empty"
          ? { by: "waiting" }
          : this.#home === "unreadable"
            ? {
                by: "polling",
                seconds: 2,
                why: "The system does not tell of changes here, so Rolecall looks every 2 seconds.",
              }
            : { by: "events" },
      variables:
        this.#home === "empty"
          ? []
          : [
              {
                name: "AWS_PROFILE",
                value: this.#home === "unreadable" ? "acme-deev" : "acme-dev",
                problem: this.#home === "unreadable" ? "No file has a profile acme-deev." : undefined,
              },
            ],
      undo: this.history.undo,
      lastChange: this.#home === "empty" ? undefined : { what: "config", at: this.#table.now - 200 },
      checkedAt: Math.floor(Date.now() / 1000),
    };
  }

  #file(kind: FileKind): FileState {
    if (
      this.#home === "empty" ||
      (this.#home === "no-config" && kind === "config") ||
      (this.#home === "config-only" && kind === "credentials")
    )
      return { is: "missing" };
    if (this.#home === "unreadable" && kind === "credentials") {
      return {
        is: "failed",
        failure: {
          code: "unreadable",
          cause: "file.denied",
          message: "Rolecall can’t read ~/.aws/credentials: it belongs to root.",
          hint: "Run: sudo chown $USER ~/.aws/credentials",
        },
      };
    }
    return { is: "read", lines: kind === "config" ? 212 : 64 };
  }

  #groupOf(profile: FakeProfile, query: Query): [GroupKind, string?] {
    if (query.view === "assumeRole") {
      if (profile.status === "broken") return ["cantStart"];
      return profile.from === undefined ? ["credentialSource"] : ["startsFrom", this.#table.hops(profile)[0]?.name];
    }
    if (this.#pinned.has(profile.name)) return ["pinned"];
    if (query.grouping === "none") return ["all"];
    if (query.grouping === "awsAccount")
      return profile.account === undefined ? ["noAwsAccount"] : ["awsAccount", profile.account];
    if (profile.status === "broken" && assumes(profile)) return ["cantStart"];
    const base = this.#table.hops(profile)[0] ?? profile;
    if (base.source === "sso") return ["portal", base.from];
    return assumes(profile) && profile.from !== undefined ? ["startsFrom", base.name] : [kindOf[profile.source]];
  }

  #problems(): readonly FakeProblem[] {
    if (this.#table.profiles.length === 0) return [];
    return this.#isClosed ? problems.filter(({ rule }) => rule !== "file.permissions") : problems;
  }

  #problem(problem: FakeProblem): ProblemView {
    const { key, rule, severity, message, why, advice, file, line, about } = problem;
    return {
      ...{ key, rule, severity, message, why, advice, places: [{ file, line }] },
      profiles: about.map((name) => ({ id: this.#table.id(name), name })),
    };
  }
}

const reasons: Record<Status, string> = {
  broken: "Tools that use it will fail.",
  warning: "It works, but look.",
  ended: "Its session has ended. Sign in again to use it.",
  unchecked: "No problem found in the files; nothing more is known yet.",
  connected: "No problem, and its portal is signed in.",
};

const kindOf: Record<Source, GroupKind> = {
  ...{
    staticKeys: "userKeys",
    sessionKeys: "sessionKeys",
    sso: "portal",
    assumeRole: "startsFrom",
    webIdentity: "webIdentity",
  },
  ...{ process: "process", login: "login", credentialSource: "credentialSource", none: "noKeys" },
};

export const fake = (search: URLSearchParams): Backend =>
  new FakeBackend(search.get("home") ?? "", Number(search.get("n") ?? 0), {
    accounts: search.get("accounts") ?? undefined,
    prompt: search.get("prompt") ?? undefined,
    editor: search.get("editor") ?? undefined,
    portals: search.get("portals") ?? undefined,
    history: search.get("history") ?? undefined,
    readers: search.get("readers") ?? undefined,
  });
