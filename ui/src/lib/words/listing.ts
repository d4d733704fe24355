// The two lists of profiles in words: buttons, menu, and how much is shown.

import type { Grouping } from "../backend/generated/Grouping";
import type { Segment } from "../backend/generated/Segment";
import type { Sort } from "../backend/generated/Sort";
import { count, counted } from "./intl";

export const segmentWord: Record<Segment, string> = {
  all: "All",
  attention: "Needs attention",
  inUse: "In use",
};

export const groupingWord: Record<Grouping, string> = {
  source: "Source",
  awsAccount: "AWS account number",
  none: "No groups",
};

export const sortWord: Record<Sort, string> = {
  name: "Name",
  status: "Status",
  timeLeft: "Time left",
  recent: "Recently opened",
};

/** `9,985 fine, 15 to look at`. */
export const health = (profiles: number, attention: number): string =>
  attention === 0 ? `${count(profiles)} fine` : `${count(profiles - attention)} fine, ${count(attention)} to look at`;

/** `14 of 10,000`, while a filter is on. */
export const share = (shown: number, of: number): string => `${count(shown)} of ${count(of)}`;

/** What is read out after filtering. */
export const found = (shown: number): string => counted(shown, "profile", "profiles");

export const noMatch = (filter: string): string => `No profile matches “${filter}”`;

export const nothingNeedsAttention = "Nothing needs attention.";

export const andMore = (number: number): string => `and ${count(number)} more`;
