// All stores of a window, made once from one backend and handed to the views through Svelte's context. Also the one
// place where what the engine says without being asked reaches them.

import { createContext } from "svelte";
import type { Backend } from "../backend";
import type { Message } from "../backend/generated/Message";
import { failureOf } from "../words/failures";
import { AccountSheet } from "./account-sheet.svelte";
import { Announcer } from "./announcer.svelte";
import { Assuming } from "./assume.svelte";
import { ChangeSheet } from "./change-sheet.svelte";
import { Clock } from "./clock.svelte";
import { Compat } from "./compat.svelte";
import { Connections } from "./connections.svelte";
import { Editor } from "./editor.svelte";
import { Finder } from "./finder.svelte";
import { History } from "./history.svelte";
import { Home } from "./home.svelte";
import { Listing } from "./listing.svelte";
import { Navigation, type Lists } from "./navigation.svelte";
import { Opened } from "./opened.svelte";
import { Panes } from "./panes.svelte";
import { PasteSheet } from "./paste.svelte";
import { Portals } from "./portals.svelte";
import { Problems } from "./problems.svelte";
import { Proposed } from "./proposed.svelte";
import { ReadBy } from "./read-by.svelte";
import { Secrets } from "./secrets.svelte";
import { Theme } from "./theme.svelte";
import { Toasts } from "./toasts.svelte";
import { TokenPrompt } from "./token-prompt.svelte";

export class Stores {
  readonly announcer = new Announcer();
  readonly toasts = new Toasts(this.announcer);
  readonly clock = new Clock();
  readonly theme = new Theme(document.documentElement);
  readonly panes = new Panes();
  readonly home: Home;
  readonly problems: Problems;
  readonly history: History;
  readonly editor: Editor;
  readonly portals: Portals;
  readonly lists: Lists;
  readonly navigation: Navigation;
  readonly profile;
  readonly chain;
  readonly readBy: ReadBy;
  readonly problem;
  readonly secrets: Secrets;
  readonly assuming: Assuming;
  readonly connections: Connections;
  readonly accountSheet: AccountSheet;
  readonly pasteSheet: PasteSheet;
  readonly changeSheet: ChangeSheet;
  readonly tokenPrompt: TokenPrompt;
  readonly finder: Finder;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.home = new Home(backend, this.toasts);
    this.problems = new Problems(backend);
    this.history = new History(backend, this.home, this.toasts);
    this.editor = new Editor(backend, this.toasts, this.announcer, this.history);
    this.assuming = new Assuming(backend, this.toasts);
    this.connections = new Connections(backend, this.home, this.assuming, this.toasts);
    this.portals = new Portals(backend, this.toasts);
    this.lists = {
      profiles: new Listing(backend, this.home, this.announcer, "profiles"),
      assumeRole: new Listing(backend, this.home, this.announcer, "assumeRole"),
      dangling: this.problems.list("dangling"),
      duplicates: this.problems.list("duplicates"),
      problems: this.problems.list(),
      editor: this.editor,
      accounts: this.connections,
      signIn: this.portals,
      compatibility: new Compat(backend),
    };
    this.navigation = new Navigation(this.lists);
    this.profile = new Opened((id: number) => backend.detail(id));
    this.readBy = new ReadBy(backend);
    this.chain = new Opened((id: number) => backend.chains(id));
    this.problem = new Opened((key: string) => backend.problem(key));
    this.secrets = new Secrets(backend, this.toasts);
    this.accountSheet = new AccountSheet(backend);
    const propose = () => new Proposed(backend, this.history);
    const open = (name: string) => void this.#openProfile(name);
    this.pasteSheet = new PasteSheet(backend, propose(), this.toasts, open);
    this.changeSheet = new ChangeSheet(propose, this.toasts, open);
    this.tokenPrompt = new TokenPrompt(
      ...([backend, this.home, this.announcer, this.toasts, () => this.assuming.isBusy] as const),
    );
    this.finder = new Finder(backend);
  }

  /** Begins to hear the engine. */
  async listen(): Promise<void> {
    await this.#backend
      .subscribe((message) => this.#hear(message))
      .catch((reason: unknown) => this.toasts.fail(failureOf(reason)));
  }

  #hear(message: Message): void {
    switch (message.is) {
      case "update": {
        const { accounts } = this.connections;
        this.home.take(message.update);
        this.connections.moveOn(accounts);
        this.tokenPrompt.look();
        this.#follow();
        break;
      }
      case "concealed":
        this.secrets.ended(message.ticket);
        break;
      case "clipboardCleared":
        this.announcer.say("The clipboard is cleared.");
        break;
      case "draft":
        this.editor.hear(message.draft);
        break;
    }
  }

  async #openProfile(name: string): Promise<void> {
    const id = await this.home.whenThere(name);
    if (id !== undefined) this.navigation.openProfile(id);
  }

  /** Everything on screen is asked for again: it was an answer about the files as they were. */
  #follow(): void {
    this.clock.look();
    this.secrets.hideAll();
    this.lists.profiles.refresh();
    this.lists.assumeRole.refresh();
    this.problems.refresh();
    this.portals.refresh();
    this.profile.refresh();
    this.lists.compatibility.refresh();
    this.readBy.refresh();
    this.chain.refresh();
    this.problem.refresh();
  }
}

export const [useStores, provideStores] = createContext<Stores>();
