// One file as it is being edited. The draft itself lives in the engine; here is what was typed and not yet sent, what
// the engine said of it last, and what is in the way of saving. One request is on its way at a time, so that the engine
// and the page never mean different texts by the same version.

import type { Backend } from "../backend";
import type { Comparison } from "../backend/generated/Comparison";
import type { Diagnosis } from "../backend/generated/Diagnosis";
import type { Draft } from "../backend/generated/Draft";
import type { FailureView } from "../backend/generated/FailureView";
import type { FileKind } from "../backend/generated/FileKind";
import type { Marker } from "../backend/generated/Marker";
import type { Outline } from "../backend/generated/Outline";
import type { OutlineEntry } from "../backend/generated/OutlineEntry";
import type { PlaceSide } from "../backend/generated/PlaceSide";
import type { Resolution } from "../backend/generated/Resolution";
import type { SaveOutcome } from "../backend/generated/SaveOutcome";
import type { TextChange } from "../backend/generated/TextChange";
import {
  cameBack,
  DAMAGED,
  DAMAGED_HINT,
  DAMAGED_WHY,
  damaged,
  discarded,
  movedWords,
  saved,
  settled,
} from "../words/editor";
import { failureOf } from "../words/failures";
import { sectionAt } from "./outline";
import type { History } from "./history.svelte";
import type { Toasts } from "./toasts.svelte";

/** How long the keys must rest before the draft is looked through: less than lies between two keys of a quick typist. */
const REST = 50;

/** Where the text is on screen. */
export interface Paper {
  readonly text: string;
  /**
   * Makes it this text, with as few changes as possible; they are not told as typed. When it is `fresh`, undo does not
   * lead back to the text before: one of the two has secrets in it.
   */
  replace(text: string, fresh: boolean): void;
}

export class OpenDraft {
  readonly file: FileKind;
  readonly #backend: Backend;
  readonly #toasts: Toasts;
  readonly #announce: (text: string) => void;
  readonly #history: History;

  #draft = $state.raw<Draft>();
  #diagnosis = $state.raw<Diagnosis>();
  #sections = $state.raw<readonly OutlineEntry[]>([]);
  #failure = $state.raw<FailureView>();
  #comparison = $state.raw<Comparison>();
  #isAsking = $state(false);
  #isSaving = false;

  #paper: Paper | undefined;
  /** The engine has every change up to here. */
  #version = 0;
  /** The version of the last whole draft that was taken over; older ones are no news. */
  #taken = -1;
  #unsent: TextChange[] = [];
  #heard: Draft | undefined;
  #turns: Promise<void> = Promise.resolve();
  #waiting = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** The errors that the file on disk has anyway: saving does not make them. A page that is loaded again over unsaved text
      counts what it finds there among them. */
  #known: ReadonlySet<string> | undefined;

  constructor(backend: Backend, file: FileKind, toasts: Toasts, announce: (text: string) => void, history: History) {
    this.#backend = backend;
    this.file = file;
    this.#toasts = toasts;
    this.#announce = announce;
    this.#history = history;
  }

  /** As the engine said it last; its text is older than what was typed since. */
  get draft(): Draft | undefined {
    return this.#draft;
  }
  get diagnosis(): Diagnosis | undefined {
    return this.#diagnosis;
  }
  /** Why it could not be opened, or not be saved. */
  get failure(): FailureView | undefined {
    return this.#failure;
  }
  /** Every section, in the order of the file. */
  get sections(): readonly OutlineEntry[] {
    return this.#sections;
  }
  get unsavedLines(): number {
    return this.#diagnosis?.unsavedLines ?? 0;
  }
  /** Both sides, while they are looked at. */
  get comparison(): Comparison | undefined {
    return this.#comparison;
  }
  /** There are new errors, and the person is asked whether to save nevertheless. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Everything that is marked in the text, damaged secrets included, in the order of the file. */
  readonly marks: readonly Marker[] = $derived.by(() => {
    const { markers, damaged } = this.#diagnosis ?? { markers: [], damaged: [] };
    const hurt = damaged.map(damagedAt);
    return hurt.length === 0 ? markers : [...markers, ...hurt].sort((one, other) => one.startLine - other.startLine);
  });

  /** The first broken line of each section that saving would make unreadable. */
  get newErrors(): number[] {
    const bySection = new Map<OutlineEntry | undefined, number>();
    for (const { name, section, line } of errorsOf(this.#diagnosis, this.#sections))
      if (!this.#known?.has(name) && !bySection.has(section)) bySection.set(section, line);
    return [...bySection.values()];
  }

  /** Its view is on screen. */
  open(): void {
    if (this.#draft === undefined) void this.#turn(() => this.#backend.openDraft(this.file));
  }

  /** The text is on screen from now on; it is the draft's own. */
  isShownOn(paper: Paper): void {
    this.#paper = paper;
  }

  /** Something was typed. Changes of one moment stand from the end of the file to its start. */
  typed(changes: readonly TextChange[]): void {
    this.#unsent.push(...changes);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#diagnose(), REST);
    if (this.#waiting === 0) void this.#inTurn(() => Promise.resolve());
  }

  /** The engine tells of the draft without being asked: the file changed on disk. */
  hear(draft: Draft): void {
    if (draft.version < this.#taken) return;
    if (this.#draft === undefined && draft.restored !== undefined) this.#toasts.tell(cameBack(this.file));
    if (this.#draft?.moved === undefined && draft.moved !== undefined) this.#announce(movedWords(draft.moved).title);
    this.#heard = draft;
    if (this.#waiting === 0) this.#takeHeard();
  }

  /** Saves, unless there is something to say first. */
  async save(): Promise<void> {
    const readOnly = this.#draft?.readOnly;
    if (readOnly !== undefined) this.#announce(`${readOnly.message} ${readOnly.hint}`);
    if (this.#isSaving || readOnly !== undefined) return;
    this.#isSaving = true;
    const isKnown = await this.#diagnose();
    const hurt = this.#diagnosis?.damaged ?? [];
    if (!isKnown) {
      this.#isSaving = false;
      return;
    }
    if (hurt.length > 0) {
      this.#failure = { code: "unwritable", cause: "draft.damaged", message: damaged(hurt), hint: DAMAGED_HINT };
      this.#announce(this.#failure.message);
    } else if (this.newErrors.length > 0) this.#isAsking = true;
    else await this.#write();
    this.#isSaving = false;
  }

  keepEditing(): void {
    this.#isAsking = false;
  }

  async saveAnyway(): Promise<void> {
    this.#isAsking = false;
    this.#isSaving = true;
    await this.#write();
    this.#isSaving = false;
  }

  /** Back to what is on disk. The text on screen changes as if it were typed, so that undo brings it back. */
  async discard(): Promise<void> {
    if (!(await this.#turn(() => this.#backend.discardDraft(this.file)))) return;
    this.#comparison = undefined;
    this.#toasts.tell(discarded(this.file));
  }

  async resolve(resolution: Resolution): Promise<void> {
    if (await this.#turn(() => this.#backend.resolveDraft(this.file, resolution))) this.#comparison = undefined;
  }

  /** Settles one of the places that are compared. What is left is compared anew; with nothing unsaved there is nothing to. */
  async settle(place: number, side: PlaceSide): Promise<void> {
    if (!(await this.#turn(() => this.#backend.settlePlace(this.file, this.#version, place, side)))) return;
    if (this.#draft?.moved === undefined && this.unsavedLines === 0) this.#comparison = undefined;
    else await this.compare();
    this.#announce(settled(this.#comparison?.places.length ?? 0));
  }

  async showSecrets(shown: boolean): Promise<void> {
    await this.#turn(() => this.#backend.showSecrets(this.file, shown));
    if (this.#comparison !== undefined) await this.compare();
  }

  async compare(): Promise<void> {
    await this.#inTurn(async () => {
      this.#comparison = await this.#backend.compareDraft(this.file);
    });
  }

  stopComparing(): void {
    this.#comparison = undefined;
  }

  async #write(): Promise<void> {
    let outcome: SaveOutcome | undefined;
    await this.#turn(async () => {
      outcome = await this.#backend.saveDraft(this.file);
      return outcome.draft;
    });
    if (outcome === undefined && this.#failure !== undefined)
      this.#history.asks(this.#failure, () => void this.saveAnyway());
    if (outcome?.is === "saved") {
      this.#comparison = undefined;
      this.#toasts.tell([saved(this.file, outcome.lines), outcome.note].filter(Boolean).join(" "));
    } else if (outcome?.draft.moved !== undefined) this.#announce(movedWords(outcome.draft.moved).title);
  }

  async #diagnose(): Promise<boolean> {
    clearTimeout(this.#rest);
    return this.#inTurn(async () => {
      if (this.#diagnosis?.version === this.#version) return;
      const diagnosis = await this.#backend.diagnoseDraft(this.file, this.#diagnosis?.outline.id);
      if (diagnosis.version === this.#version) this.#learn(diagnosis);
    });
  }

  /** Asks something that is answered with the whole draft; true when it was. */
  async #turn(ask: () => Promise<Draft>): Promise<boolean> {
    return this.#inTurn(async () => {
      const before = this.#paper?.text;
      this.#take(await ask(), before);
    });
  }

  /** Does something when the engine has all that was typed before, and nothing else is on its way; true when it went well. */
  async #inTurn(act: () => Promise<void>): Promise<boolean> {
    this.#waiting += 1;
    const before = this.#turns;
    let isDone = false;
    this.#turns = (async () => {
      await before;
      try {
        await this.#send();
        await act();
        isDone = true;
      } catch (reason) {
        this.#fail(failureOf(reason));
      }
    })();
    await this.#turns;
    this.#waiting -= 1;
    if (this.#waiting > 0) return isDone;
    this.#takeHeard();
    if (this.#unsent.length > 0) void this.#inTurn(() => Promise.resolve());
    return isDone;
  }

  /** Everything typed so far, and what is typed while it travels. */
  async #send(): Promise<void> {
    while (this.#unsent.length > 0) {
      const changes = this.#unsent;
      this.#unsent = [];
      try {
        this.#version = await this.#backend.editDraft(this.file, this.#version, changes);
        this.#failure = undefined;
      } catch (reason) {
        const failure = failureOf(reason);
        // The engine has another text than the page believes. Its text is the one that can be saved, so it is shown.
        this.#unsent = [];
        this.#take(await this.#backend.openDraft(this.file), undefined);
        if (failure.cause !== "draft.outOfStep") throw reason;
      }
    }
  }

  #fail(failure: FailureView): void {
    this.#failure = failure;
    this.#announce(`${failure.message} ${failure.hint}`);
  }

  #takeHeard(): void {
    const heard = this.#heard;
    this.#heard = undefined;
    if (heard === undefined || heard.version < this.#taken) return;
    if (heard.version > this.#version) this.#take(heard, this.#paper?.text);
    // It tells of a text that was typed on since: what it says of the file still holds.
    else if (this.#draft !== undefined) {
      const { version, text, showsSecrets } = this.#draft;
      this.#draft = { ...heard, version, text, showsSecrets };
    }
    if (this.#comparison !== undefined) void this.compare();
  }

  /** Takes a whole draft over. `before` is the text that the engine was asked about. */
  #take(draft: Draft, before: string | undefined): void {
    const isFresh = draft.showsSecrets !== (this.#draft?.showsSecrets ?? false);
    const isSame = draft.text === before && !isFresh;
    this.#version = draft.version;
    this.#taken = draft.version;
    this.#failure = undefined;
    this.#draft = draft;
    this.#learn(draft.diagnosis);
    if (isSame) return;
    // What was typed in the same moment stands on a text that is no more.
    this.#unsent = [];
    this.#paper?.replace(draft.text, isFresh);
  }

  #learn(diagnosis: Diagnosis): void {
    this.#diagnosis = diagnosis;
    this.#sections = joined(this.#sections, diagnosis.outline);
    if (diagnosis.unsavedLines > 0 && this.#known !== undefined) return;
    this.#known = new Set(errorsOf(diagnosis, this.#sections).map((error) => error.name));
  }
}

/** The outline that was known and what is new in it; the very same when nothing is, so that nobody has to look. */
const joined = (known: readonly OutlineEntry[], { keptFirst, sections, keptLast }: Outline) => {
  const last = known.length - keptLast;
  if (sections.length === 0 && keptFirst === last) return known;
  return [...known.slice(0, keptFirst), ...sections, ...known.slice(last)];
};

/** The errors by what they are and in which section, because their lines move, also those that a sentence names. */
const errorsOf = (diagnosis: Diagnosis | undefined, sections: readonly OutlineEntry[]) =>
  (diagnosis?.markers ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ rule, message, startLine: line }) => {
      const section = sectionAt(sections, line);
      return { name: `${rule} ${message.replaceAll(/\d/g, "")} ${section?.name}`, section, line };
    });

/** The whole line is marked; where on it the secret stands is the engine's knowledge. */
const damagedAt = (line: number): Marker => ({
  ...{ rule: "draft.damaged", severity: "error", startLine: line, startColumn: 1, endLine: line, endColumn: 10_000 },
  ...{ message: DAMAGED, why: DAMAGED_WHY, fixes: [] },
});
