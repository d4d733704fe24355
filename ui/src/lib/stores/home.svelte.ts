// What the engine has published: the rows by id and what stands around them. The engine's revision is the only clock
// here; nothing is worked out twice.

import type { Backend } from "../backend";
import type { FileKind } from "../backend/generated/FileKind";
import type { FileView } from "../backend/generated/FileView";
import type { Overview } from "../backend/generated/Overview";
import type { Row } from "../backend/generated/Row";
import type { FailureView } from "../backend/generated/FailureView";
import type { Update } from "../backend/generated/Update";
import { failureOf } from "../words/failures";
import { closed, created } from "../words/files";
import { recall, remember } from "./remembered";
import type { Toasts } from "./toasts.svelte";

const kinds: readonly FileKind[] = ["config", "credentials"];

/** A row that is not there by then does not come. */
const PATIENCE = 3000;

export class Home {
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  // One plain table and one signal: with 10,000 rows a signal for each would cost more than the few dozen rows on screen
  // reading theirs again.
  readonly #rows = new Map<number, Row>();
  /** Who waits for a row. */
  readonly #waiting = new Set<() => void>();
  #revision = $state(0);
  #overview = $state.raw<Overview>();

  #accepted = $state.raw(kinds.filter((kind) => recall(`accepted.${kind}`, ["yes"]) !== undefined));
  #refusal = $state.raw<FailureView>();

  constructor(backend: Backend, toasts: Toasts) {
    this.#backend = backend;
    this.#toasts = toasts;
  }

  /** Nothing until the engine has spoken for the first time. */
  get overview(): Overview | undefined {
    return this.#overview;
  }

  get revision(): number {
    return this.#revision;
  }

  row(id: number): Row | undefined {
    void this.#revision;
    return this.#rows.get(id);
  }

  /** The row of a name, as soon as there is one; the answer to what made it may come before it. */
  async whenThere(name: string): Promise<number | undefined> {
    const find = () => [...this.#rows.values()].find((row) => row.name === name)?.id;
    return (
      find() ??
      new Promise((there) => {
        const look = () => {
          const id = find();
          if (id === undefined) return;
          this.#waiting.delete(look);
          there(id);
        };
        this.#waiting.add(look);
        setTimeout(() => {
          this.#waiting.delete(look);
          there(undefined);
        }, PATIENCE);
      })
    );
  }

  /** There is nothing to list: a file is missing, and no other one has profiles or could not be read. */
  get isZero(): boolean {
    const overview = this.#overview;
    if (overview === undefined || overview.counts.profiles > 0) return false;
    return this.missing.length > 0 && overview.files.every((file) => file.state.is !== "failed");
  }

  get missing(): FileView[] {
    return this.#overview?.files.filter((file) => file.state.is === "missing") ?? [];
  }

  /** The person is fine without this file, and was so the last time. */
  isMissingAccepted(kind: FileKind): boolean {
    return this.#accepted.includes(kind);
  }

  acceptMissing(kind: FileKind): void {
    this.#accepted = [...this.#accepted, kind];
    remember(`accepted.${kind}`, "yes");
  }

  /** Takes a newer snapshot over. */
  take({ overview, rows }: Update): void {
    if (this.#overview !== undefined && overview.revision < this.#overview.revision) return;
    for (const row of rows.changed) this.#rows.set(row.id, row);
    for (const id of rows.removed) this.#rows.delete(id);
    this.#overview = overview;
    this.#revision = overview.revision;
    for (const look of [...this.#waiting]) look();
  }

  /** Why the files could not be created, until the next try. */
  get refusal(): FailureView | undefined {
    return this.#refusal;
  }

  async createFiles(files: readonly FileView[]): Promise<void> {
    this.#refusal = undefined;
    try {
      await this.#backend.createFiles(files.map((file) => file.kind));
      this.#toasts.tell(created(files));
    } catch (reason) {
      this.#refusal = failureOf(reason);
    }
  }

  /** Closes a file to everybody but its owner. */
  async close(file: FileKind): Promise<void> {
    try {
      await this.#backend.closePermissions(file);
      this.#toasts.tell(closed(file));
    } catch (reason) {
      this.#toasts.fail(failureOf(reason));
    }
  }

  async lookAgain(): Promise<void> {
    await this.#backend.lookAgain().catch((reason: unknown) => this.#toasts.fail(failureOf(reason)));
  }

  async pin(id: number, pinned: boolean): Promise<void> {
    await this.#backend.pin(id, pinned).catch((reason: unknown) => this.#toasts.fail(failureOf(reason)));
  }
}
