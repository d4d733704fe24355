// Which view is open, and the way back. A step holds the view with its filter and its selection; passing through rows
// with the arrow keys leaves no steps, staying somewhere for a second does.

import type { Place } from "../backend/generated/Place";
import type { Screen } from "../words/screens";
import type { Compat } from "./compat.svelte";
import type { Connections } from "./connections.svelte";
import type { Editor } from "./editor.svelte";
import type { Listing } from "./listing.svelte";
import type { Portals } from "./portals.svelte";
import type { ProblemList } from "./problems.svelte";

/** How long somebody must stay before a place is worth coming back to. */
const STAYED = 1000;
const STEPS = 100;

/** What a screen shows, as far as the way back goes. */
export interface Lists {
  profiles: Listing;
  assumeRole: Listing;
  dangling: ProblemList;
  duplicates: ProblemList;
  problems: ProblemList;
  editor: Editor;
  accounts: Connections;
  signIn: Portals;
  compatibility: Compat;
}

interface Step {
  screen: Screen;
  /** Brings filter and selection back. */
  restore: () => void;
}

export class Navigation {
  readonly #lists: Lists;
  #screen = $state<Screen>("profiles");
  readonly #past: Step[] = [];
  readonly #future: Step[] = [];
  #since = Date.now();

  constructor(lists: Lists) {
    this.#lists = lists;
  }

  get screen(): Screen {
    return this.#screen;
  }

  go(screen: Screen): void {
    if (screen === this.#screen) return;
    this.#leave();
    this.#screen = screen;
  }

  /** Opens a profile in the list of all profiles. */
  openProfile(id: number): void {
    this.#leave();
    this.#screen = "profiles";
    this.#lists.profiles.reveal(id);
  }

  /** Opens a profile in the list of role profiles where it is one, else in the list of all. */
  openRole(id: number): void {
    if (!this.#lists.assumeRole.has(id)) return this.openProfile(id);
    this.#leave();
    this.#screen = "assumeRole";
    this.#lists.assumeRole.reveal(id);
  }

  openAccount(id: number): void {
    this.#leave();
    this.#screen = "accounts";
    this.#lists.accounts.select(id);
  }

  openPortal(name: string): void {
    this.#leave();
    this.#screen = "signIn";
    this.#lists.signIn.select(name);
  }

  openProblem(key: string): void {
    this.#leave();
    this.#screen = "problems";
    this.#lists.problems.reveal(key);
  }

  /** Opens the file at this line. */
  openPlace(place: Place): void {
    this.#leave();
    this.#screen = "editor";
    this.#lists.editor.reveal(place);
  }

  /** Before the selection or the filter of the open view changes: it becomes a step if somebody stayed there. */
  moving(): void {
    if (Date.now() - this.#since >= STAYED) this.#leave();
    this.#since = Date.now();
  }

  back(): void {
    this.#walk(this.#past, this.#future);
  }

  forward(): void {
    this.#walk(this.#future, this.#past);
  }

  #leave(): void {
    this.#past.push(this.#here());
    this.#past.splice(0, this.#past.length - STEPS);
    this.#future.length = 0;
    this.#since = Date.now();
  }

  #walk(from: Step[], to: Step[]): void {
    const step = from.pop();
    if (step === undefined) return;
    to.push(this.#here());
    this.#since = Date.now();
    this.#screen = step.screen;
    step.restore();
  }

  #here(): Step {
    return { screen: this.#screen, restore: this.#lists[this.#screen].keepPlace() };
  }
}
