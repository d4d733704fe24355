// What the SDKs, and others who read the files, make of a profile and of all: in words.

import type { EngineReads } from "../backend/generated/EngineReads";
import type { FileKind } from "../backend/generated/FileKind";
import type { Reader } from "../backend/generated/Reader";
import type { Reading } from "../backend/generated/Reading";
import type { ReadingKind } from "../backend/generated/ReadingKind";
import type { Shown } from "../backend/generated/Shown";
import type { Shape } from "../shapes";
import { fileName } from "./files";
import { count, counted, list } from "./intl";

export const readingShape: Record<ReadingKind, Shape> = {
  same: "ok",
  differs: "warn",
  signsAsAnother: "err",
  absent: "warn",
  unusable: "err",
  refuses: "err",
};

export const readingWord: Record<ReadingKind, string> = {
  same: "Reads the same",
  differs: "Reads it differently",
  signsAsAnother: "Signs with somebody else’s keys",
  absent: "Does not see it",
  unusable: "Refuses to use it",
  refuses: "Can’t read the file",
};

export const kindOf = (reading: Reading): ReadingKind =>
  reading.is === "differs" && reading.signsWith !== undefined ? "signsAsAnother" : reading.is;

/** `credentials, line 4`. */
export const placeOf = (file: FileKind, line: number | undefined): string =>
  line === undefined ? fileName[file] : `${fileName[file]}, line ${count(line)}`;

/** What follows the reader's name on its chip. Nothing where all is the same. */
export function verdict(reading: Reading): string {
  switch (reading.is) {
    case "same":
      return "";
    case "differs":
      return reading.signsWith === undefined
        ? `: ${counted(reading.differences.length, "value differs", "values differ")}`
        : ": somebody else’s keys";
    case "absent":
      return ": no such profile";
    case "unusable":
      return ": refuses to use it";
    case "refuses":
      return `: can’t read ${fileName[reading.file]}`;
  }
}

/** Readers that make the same of a profile. */
export interface SameReaders {
  reading: Reading;
  /** `JavaScript and Go`. */
  who: string;
}

/** Those that don't read it as it is listed, each reading once; what is most dangerous first. */
export function otherwise(readers: readonly Reader[]): SameReaders[] {
  const groups = new Map<string, { reading: Reading; who: string[] }>();
  for (const { usedBy, reading } of readers) {
    if (reading.is === "same") continue;
    const group = groups.get(JSON.stringify(reading)) ?? { reading, who: [] };
    group.who.push(...usedBy.split(", "));
    groups.set(JSON.stringify(reading), group);
  }
  const rank = ({ reading }: { reading: Reading }) => order.indexOf(kindOf(reading));
  return [...groups.values()]
    .toSorted((one, other) => rank(one) - rank(other))
    .map(({ reading, who }) => ({ reading, who: list(who) }));
}

/** `JavaScript and Go would sign as acme with old’s keys.` */
export function readingNote(profile: string, { reading, who }: SameReaders): string {
  switch (reading.is) {
    case "same":
      return "";
    case "differs":
      return reading.signsWith === undefined
        ? `${who} would get other values. Left as shown here, right as they read it:`
        : `${who} would sign as ${profile} with ${reading.signsWith}’s keys. Left as shown here, right as they read it:`;
    case "absent":
      return `${who} would find no profile of this name.`;
    case "unusable":
      return `${who} would refuse to use it, because of ${placeOf(reading.file, reading.line)}: half a pair of keys.`;
    case "refuses":
      return `${who} can’t read ${placeOf(reading.file, reading.line)}: ${reading.error}`;
  }
}

export const shownWords = (shown: Shown | undefined): string =>
  shown === undefined ? "nothing" : shown.is === "text" ? shown.text : "a hidden value";

/** The same behind the arrow; two hidden ones are not the same. */
export const otherWords = (here: Shown | undefined, there: Shown | undefined): string =>
  here?.is === "hidden" && there?.is === "hidden" ? "another one" : shownWords(there);

/** Said after a while, until they have. */
export const READING_ON = "Each SDK reads both files…";

// --- all profiles

export const engineShape = (engine: EngineReads): Shape =>
  engine.notRead.length > 0 || engine.unusable > 0 ? "err" : engine.differs + engine.absent > 0 ? "warn" : "ok";

/** `40 the same, 1 differently`, or which file is refused. */
export function engineWords(engine: EngineReads): string {
  const [first] = engine.notRead;
  if (first && engine.readsNothing) return `can’t read ${placeOf(first.file, first.line)}`;
  const parts = [
    [engine.same, "the same"],
    [engine.differs, "differently"],
    [engine.absent, "not at all"],
    [engine.unusable, "refused"],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, how]) => `${count(number)} ${how}`);
  if (first) words.push(`can’t read ${placeOf(first.file, first.line)}`);
  return words.length === 0 ? "nothing to read" : words.join(", ");
}

/** What a refused file means for whoever refuses it. */
export const refusal = ({ usedBy, readsNothing }: EngineReads, file: FileKind): string =>
  readsNothing
    ? `${list(usedBy.split(", "))} can’t use any profile until this line is right.`
    : `To ${list(usedBy.split(", "))} ${fileName[file]} is an empty file, without a word about it.`;

/** Under a profile's name in the list: the worst of what the readers make of it, and who. */
export function worstWords(readings: readonly { usedBy: string; reading: ReadingKind }[]): string {
  const worst = worstOf(readings);
  const who = readings.filter(({ reading }) => reading === worst).flatMap(({ usedBy }) => usedBy.split(", "));
  return worst === "same" ? "" : `${list(who)}: ${worstWord[worst]}`;
}

/** The worst comes first. */
const order: readonly ReadingKind[] = ["signsAsAnother", "unusable", "refuses", "absent", "differs", "same"];

export const worstOf = (readings: readonly { reading: ReadingKind }[]): ReadingKind =>
  order.find((kind) => readings.some(({ reading }) => reading === kind)) ?? "same";

/** For lists: the worst above. */
export const byWorst = (one: readonly { reading: ReadingKind }[], other: readonly { reading: ReadingKind }[]): number =>
  order.indexOf(worstOf(one)) - order.indexOf(worstOf(other));

const worstWord: Record<Exclude<ReadingKind, "same">, string> = {
  signsAsAnother: "somebody else’s keys",
  unusable: "refused",
  refuses: "can’t read the file",
  absent: "no such profile",
  differs: "other values",
};
