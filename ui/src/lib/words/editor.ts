// The file editor in words: what is unsaved, what is shown, what changed underneath, what is in the way of saving.

import type { ComparedPlace } from "../backend/generated/ComparedPlace";
import type { Draft } from "../backend/generated/Draft";
import type { FileKind } from "../backend/generated/FileKind";
import type { Marker } from "../backend/generated/Marker";
import type { Moved } from "../backend/generated/Moved";
import type { PlaceSide } from "../backend/generated/PlaceSide";
import type { Resolution } from "../backend/generated/Resolution";
import type { SectionKind } from "../backend/generated/SectionKind";
import { fileName } from "./files";
import { count, counted, list } from "./intl";
import { keyOf } from "./keys";
import { ago } from "./time";

/** The groups of the outline. */
export type OutlineGroup = "portals" | "profiles" | "others";
export const outlineGroups: readonly OutlineGroup[] = ["portals", "profiles", "others"];
export const outlineGroup: Record<OutlineGroup, string> = {
  portals: "Portals",
  profiles: "Profiles",
  others: "Other sections",
};
export const groupOf: Record<SectionKind, OutlineGroup> = {
  portal: "portals",
  profile: "profiles",
  services: "others",
  other: "others",
};

export const noSections = (draft: Draft): string =>
  draft.new
    ? `${draft.path} is not there yet. Saving creates it, readable by you alone.`
    : `${fileName[draft.file]} has no sections yet.`;
export const noSection = (filter: string): string => `No section matches “${filter}”`;

/** `2 unsaved lines`. */
export const unsaved = (lines: number): string => counted(lines, "unsaved line", "unsaved lines");

export const lineWord = (line: number): string => `line ${count(line)}`;

/** `line 58`, `lines 58 and 68`, `lines 58, 68, and 3 more`. */
function lineWords(lines: readonly number[]): string {
  const FEW = 3;
  const shown =
    lines.length <= FEW
      ? lines.map(count)
      : [...lines.slice(0, FEW - 1).map(count), `${count(lines.length - FEW + 1)} more`];
  return `${lines.length === 1 ? "line" : "lines"} ${list(shown)}`;
}

export const saved = (file: FileKind, lines: number): string =>
  lines === 0
    ? `${fileName[file]} is saved; it already read like this.`
    : `Saved ${fileName[file]}. ${counted(lines, "line", "lines")} changed.`;

export const discarded = (file: FileKind): string =>
  `${fileName[file]} is as on disk again. ${keyOf("Z")} brings your text back.`;

/** Where saving is asked about: the first line of each section that tools can't read. */
export const saveAnyway = (lines: readonly number[]): string =>
  `${counted(lines.length, "section", "sections")} can’t be read by AWS tools (${lineWords(lines)}).`;

export const DAMAGED = "This hidden secret was damaged by typing. Undo, or type the whole value.";
export const DAMAGED_WHY = "Rolecall keeps the real value and can only put it back where its mark is whole.";

/** Why it can't be saved. */
export const damaged = (lines: readonly number[]): string =>
  lines.length === 1
    ? `A hidden secret was damaged by typing (${lineWords(lines)}).`
    : `${count(lines.length)} hidden secrets were damaged by typing (${lineWords(lines)}).`;
export const DAMAGED_HINT = "Undo, or type the whole value. Then save again.";

type Of<Is> = Extract<Moved, { is: Is }>;

/** What another program did while the person was editing, and what can become of it. */
interface MovedWords {
  title: string;
  text: string;
  /** The main way first; comparing is offered beside them where there are two sides to look at. */
  ways: readonly { resolution: Resolution; label: string }[];
  /** Comparing is the main way: neither side may be chosen unseen. */
  isCompareFirst: boolean;
}

const TITLE = "This file changed on disk while you were editing";
const theirs = { resolution: "loadTheirs", label: "Load theirs" } as const;
const mine = { resolution: "keepMine", label: "Keep mine" } as const;

const moves: { [Is in Moved["is"]]: (moved: Of<Is>) => MovedWords } = {
  apart: ({ what }) => ({
    title: TITLE,
    text: `${what} Both can be kept.`,
    ways: [{ resolution: "keepBoth", label: "Keep both" }, theirs],
    isCompareFirst: false,
  }),
  overlap: ({ line, places }) => ({
    title: TITLE,
    text:
      places === 1
        ? `You both changed line ${count(line)}.`
        : `You both changed ${count(places)} places, the first at line ${count(line)}.`,
    ways: [mine, theirs],
    isCompareFirst: true,
  }),
  gone: () => ({
    title: "This file was deleted while you were editing",
    text: "Your text is still here. Saving creates the file again.",
    ways: [mine, { resolution: "loadTheirs", label: "Let it go" }],
    isCompareFirst: false,
  }),
};

export const movedWords = (moved: Moved): MovedWords => (moves[moved.is] as (moved: Moved) => MovedWords)(moved);

/** Told at the start, when the program ended with unsaved text the time before. */
export const cameBack = (file: FileKind): string =>
  `What you typed in ${fileName[file]} and did not save is in the file editor.`;
export const restoredTitle = (at: number, now: number): string => `Your unsaved text is back, typed ${ago(at, now)}`;
export const restoredText = (lost: readonly number[]): string =>
  lost.length === 0
    ? "Rolecall ended before it was saved."
    : `Rolecall ended before it was saved. Type the secrets again that were in it (${lineWords(lost)}): they were not kept.`;

export const SECRETS_SHOWN = "Secrets are shown in this file";
export const SECRETS_STAY = "Shown secrets may stay in this window’s memory until it is closed.";

/** What a hover says: what happened, and why it matters. */
export const markerText = ({ message, why }: Marker): string => (why === "" ? message : `${message}\n${why}`);

/** What screen readers say about the place where the text is typed. */
export const typingLabel = (file: FileKind): string =>
  `Text of ${fileName[file]}. ${keyOf("M")} lets Tab move the focus.`;

/** The two sides of a comparison. */
export const SIDES = { theirs: "On disk", mine: "Yours" } as const;

/** What can be done about a place that both changed, by the side that stands then. */
export const SETTLE: Record<PlaceSide, string> = { theirs: theirs.label, mine: mine.label };
export const PLACES = "Places that both changed";
export const PREVIOUS_PLACE = "Previous place";
export const NEXT_PLACE = "Next place";

/** `Place 1 of 3, line 58`. */
export const placeWords = (at: number, places: readonly ComparedPlace[]): string =>
  `Place ${count(at + 1)} of ${count(places.length)}, ${lineWord(places[at]?.myLine ?? 1)}`;

export const settled = (left: number): string =>
  left === 0
    ? "Every place is settled. Save to put it on disk."
    : `Settled. ${counted(left, "place is", "places are")} left.`;
