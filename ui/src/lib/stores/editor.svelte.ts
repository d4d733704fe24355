// The file editor: both files, which of them is shown, where the cursor is and where it shall go. Secrets that were
// shown go again when the view is left, when the window lies in the background, and when nobody does anything.

import type { Backend } from "../backend";
import type { Draft } from "../backend/generated/Draft";
import type { FileKind } from "../backend/generated/FileKind";
import type { Place } from "../backend/generated/Place";
import { OpenDraft } from "./draft.svelte";
import { outlineOf, sectionAt } from "./outline";
import { recall, remember } from "./remembered";
import type { History } from "./history.svelte";
import type { Announcer } from "./announcer.svelte";
import type { Toasts } from "./toasts.svelte";

const FILES: readonly FileKind[] = ["credentials", "config"];
/** How long shown secrets stay while the window is not the one in use, and while nobody touches it. */
const AWAY = 60_000;
const IDLE = 300_000;

/** Where the cursor shall go. */
export interface Jump extends Place {
  column: number;
  /** Whether the text takes the focus, too. */
  isFocused: boolean;
  /** Whether what is marked there is told at once. */
  isTold: boolean;
}

export class Editor {
  readonly #drafts: Record<FileKind, OpenDraft>;
  #file = $state<FileKind>(recall("editor.file", FILES) ?? "config");
  #filter = $state("");
  #lines = $state<Record<FileKind, number>>({ config: 1, credentials: 1 });
  #jump = $state.raw<Jump>();
  #hiding: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, toasts: Toasts, announcer: Announcer, history: History) {
    const open = (file: FileKind) => new OpenDraft(backend, file, toasts, (text) => announcer.say(text), history);
    this.#drafts = { config: open("config"), credentials: open("credentials") };
  }

  get files(): readonly OpenDraft[] {
    return FILES.map((file) => this.#drafts[file]);
  }
  /** The one that is shown. */
  get draft(): OpenDraft {
    return this.#drafts[this.#file];
  }
  get filter(): string {
    return this.#filter;
  }
  /** The line of the cursor. */
  get line(): number {
    return this.#lines[this.#file];
  }
  /** Where the cursor shall go, until it is there. */
  get jump(): Jump | undefined {
    return this.#jump?.file === this.#file ? this.#jump : undefined;
  }

  readonly outline = $derived.by(() => outlineOf(this.draft.sections, this.#filter));
  readonly #keys = $derived.by(() => new Map([...this.outline.entries].map(([key, entry]) => [entry, key])));
  /** The section that the cursor is in. */
  readonly section: string | undefined = $derived.by(() => {
    const entry = sectionAt(this.draft.sections, this.line);
    return entry === undefined ? undefined : this.#keys.get(entry);
  });
  /** The mark that the cursor is at. */
  readonly mark: number | undefined = $derived.by(() => {
    const at = this.draft.marks.findIndex((mark) => mark.startLine <= this.line && this.line <= mark.endLine);
    return at < 0 ? undefined : at;
  });

  /** Its view is on screen. */
  open(): void {
    for (const draft of this.files) draft.open();
  }

  /** Its view is left: the drafts stay, shown secrets don't. */
  leave(): void {
    this.hideSecrets();
  }

  show(file: FileKind): void {
    this.#file = file;
    remember("editor.file", file);
  }

  filterBy(filter: string): void {
    this.#filter = filter;
  }

  /** Opens a file at a line. */
  reveal(place: Place, { column = 1, isFocused = true, isTold = false }: Partial<Jump> = {}): void {
    this.show(place.file);
    this.#jump = { ...place, column, isFocused, isTold };
    this.#lines[place.file] = place.line;
  }

  /** Goes to a section of the open file. */
  goTo(key: string, isFocused: boolean): void {
    const entry = this.outline.entries.get(key);
    if (entry !== undefined) this.reveal({ file: this.#file, line: entry.line }, { isFocused });
  }

  /** Goes to a mark of the open file. */
  goToMark(at: number, isFocused: boolean): void {
    const mark = this.draft.marks[at];
    if (mark === undefined) return;
    const { startLine: line, startColumn: column } = mark;
    this.reveal({ file: this.#file, line }, { column, isFocused, isTold: isFocused });
  }

  /** Goes to the next mark below the cursor, or the one before it, round and round. */
  step(by: 1 | -1): void {
    const marks = this.draft.marks;
    const isBeyond = (line: number) => (by > 0 ? line > this.line : line < this.line);
    const find = (test: (line: number) => boolean) =>
      by > 0 ? marks.findIndex((mark) => test(mark.startLine)) : marks.findLastIndex((mark) => test(mark.startLine));
    const at = find(isBeyond);
    this.goToMark(at >= 0 ? at : find(() => true), true);
  }

  /** The cursor is where it should be. */
  arrived(): void {
    this.#jump = undefined;
  }

  /** The cursor is on this line. */
  at(line: number): void {
    this.#lines[this.#file] = line;
  }

  hear(draft: Draft): void {
    this.#drafts[draft.file].hear(draft);
  }

  /** The window is in the background, or in use again. */
  away(isAway: boolean): void {
    if (isAway) this.#hideIn(AWAY);
    else this.touched();
  }

  /** Somebody is here. */
  touched(): void {
    this.#hideIn(IDLE);
  }

  hideSecrets(): void {
    clearTimeout(this.#hiding);
    for (const draft of this.files) if (draft.draft?.showsSecrets) void draft.showSecrets(false);
  }

  /** For the way back: brings file and line back to what they are now. */
  keepPlace(): () => void {
    const place = { file: this.#file, line: this.line };
    return () => this.reveal(place, { isFocused: false });
  }

  #hideIn(time: number): void {
    clearTimeout(this.#hiding);
    if (this.files.some((draft) => draft.draft?.showsSecrets))
      this.#hiding = setTimeout(() => this.hideSecrets(), time);
  }
}
