// The Problems views in words: groups, buttons, and what stands where nothing is wrong.

import type { ProblemGroupKind } from "../backend/generated/ProblemGroupKind";
import type { Severity } from "../backend/generated/Severity";
import { count, counted } from "./intl";
import { ago } from "./time";

export const problemGroup: Record<ProblemGroupKind, string> = {
  broken: "Broken: tools will fail",
  duplicates: "Duplicates",
  dangling: "Dangling configs",
  warnings: "Warnings",
  worthKnowing: "Worth knowing",
};

/** The buttons over the list of all problems. */
export type Extent = "all" | Extract<Severity, "error" | "warning">;

export const extentWord: Record<Extent, (number: number) => string> = {
  all: (number) => `All ${count(number)}`,
  error: (number) => `Broken ${count(number)}`,
  warning: (number) => `Warnings ${count(number)}`,
};

export const checked = (at: number, now: number): string => `checked ${ago(at, now)}`;

/** `Checked 10,000 profiles just now.` */
export const checkedAll = (profiles: number, at: number, now: number): string =>
  `Checked ${counted(profiles, "profile", "profiles")} ${ago(at, now)}.`;
