// The history of the cardboard engine: one change at a time can be taken back. `?history=` choose, locked or full has it
// refuse to keep text until somebody answers.

import { failure } from "./fake-table";
import type { FailureView } from "./generated/FailureView";
import type { FileKind } from "./generated/FileKind";
import type { HistoryChoice } from "./generated/HistoryChoice";
import type { Undo } from "./generated/Undo";

const refusals: Record<string, Omit<FailureView, "code">> = {
  choose: {
    cause: "history.noKeyring",
    message: "config was not saved: History can't keep the old text, since this system has no keyring running.",
    hint: "Choose how History is kept, then try again.",
  },
  locked: {
    cause: "history.passphrase",
    message: "config was not saved: History can't keep the old text, since it is locked with your passphrase.",
    hint: "Type the passphrase.",
  },
  full: {
    cause: "history.unwritable",
    message: "config was not saved: History can't keep the old text, since the disk is full.",
    hint: "Free some space, then try again.",
  },
};

export const PASSPHRASE = "correct horse";

export class FakeHistory {
  #refuses: string;
  #passphrase = PASSPHRASE;
  #last: { file: FileKind; undo: Undo } | undefined;

  constructor(refuses = "") {
    this.#refuses = refuses;
  }

  get undo(): Undo | undefined {
    return this.#last?.undo;
  }

  /** Before something is written. */
  keep(): void {
    const refusal = refusals[this.#refuses];
    if (refusal !== undefined) throw failure({ code: "unwritable", ...refusal });
  }

  written(file: FileKind, what: string): void {
    this.#last = { file, undo: { what, at: Math.floor(Date.now() / 1000) } };
  }

  /** The file whose last change is taken back, and what that was. */
  takeBack(): { file: FileKind; what: string } {
    if (this.#last === undefined)
      throw failure({
        ...{ code: "notFound", cause: "history.nothingToUndo", message: "There is nothing to undo." },
        hint: "Change something first.",
      });
    const { file, undo } = this.#last;
    this.#last = undefined;
    return { file, what: undo.what };
  }

  choose(choice: HistoryChoice, passphrase?: string): void {
    if (this.#refuses === "locked" && choice === "passphrase" && passphrase !== this.#passphrase)
      throw failure({
        ...{ code: "denied", cause: "history.wrongPassphrase", message: "This is not the passphrase of History." },
        hint: "Type it again.",
      });
    if (passphrase !== undefined) this.#passphrase = passphrase;
    this.#refuses = "";
  }

  /** What was kept under the one before can’t be read any more, so it can’t be taken back either. */
  replace(passphrase: string): void {
    this.#passphrase = passphrase;
    this.#last = undefined;
    this.#refuses = "";
  }

  /** For one change. */
  skip(): void {
    this.#refuses = "";
  }
}
