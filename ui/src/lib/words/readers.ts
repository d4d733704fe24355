// What other parsers make of a profile, in words.

import type { Reading } from "../backend/generated/Reading";
import type { Shown } from "../backend/generated/Shown";
import type { Shape } from "../shapes";
import { fileName } from "./files";
import { counted } from "./intl";

type Kind = Reading["is"];
type By<Result> = { [Is in Kind]: (reading: Extract<Reading, { is: Is }>) => Result };

export const readingShape: Record<Kind, Shape> = { same: "ok", differs: "warn", absent: "warn", refuses: "err" };

export const readingWord: Record<Kind, string> = {
  same: "Reads the same",
  differs: "Reads it differently",
  absent: "Does not see it",
  refuses: "Can’t read the file",
};

const verdicts: By<string> = {
  same: () => "",
  differs: ({ differences }) => `: ${counted(differences.length, "value differs", "values differ")}`,
  absent: () => ": no such profile",
  refuses: ({ file }) => `: can’t read ${fileName[file]}`,
};

/** What follows the reader's name on its chip. Nothing where all is the same. */
export const verdict = (reading: Reading): string => (verdicts[reading.is] as (reading: Reading) => string)(reading);

const notes: By<(usedBy: string) => string> = {
  same: () => () => "",
  differs: () => (usedBy) =>
    `${usedBy} get another value than AWS tools do. Left as shown here, right as they read it:`,
  absent: () => (usedBy) => `${usedBy} read these files with a parser that does not find this profile.`,
  refuses:
    ({ file, error }) =>
    (usedBy) =>
      `${usedBy} refuse the whole ${fileName[file]} file: ${error}`,
};

/** The explanation under the chips. */
export const readingNote = (usedBy: string, reading: Reading): string =>
  (notes[reading.is] as (reading: Reading) => (usedBy: string) => string)(reading)(usedBy);

export const shownWords = (shown: Shown | undefined): string =>
  shown === undefined ? "nothing" : shown.is === "text" ? shown.text : "a hidden value";
