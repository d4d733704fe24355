// Which keys each SDK would use, and why: SDKs that end with the same are told together, the others beside them.

import type { Place } from "../backend/generated/Place";
import type { WhySdk } from "../backend/generated/WhySdk";
import type { WhyStep } from "../backend/generated/WhyStep";
import type { Shape } from "../shapes";
import { list } from "./intl";

/** SDKs that take the same steps. */
export interface SameSteps {
  who: string;
  steps: readonly WhyStep[];
}

/** SDKs that end with the same keys, or with the same error. */
export interface SameEnd {
  who: string;
  shape: Shape;
  /** `Keys of acme`, or `Fails`. */
  ends: string;
  /** The roles that are assumed with those keys, one after the other. */
  roles: readonly string[];
  error: string | undefined;
  at: Place | undefined;
  ways: readonly SameSteps[];
}

/** In the order of the SDKs; one group where all end alike. */
export const sameEnds = (sdks: readonly WhySdk[]): SameEnd[] =>
  alike(sdks, ({ ends, roles, error, at }) => [ends, roles, error, at]).map(({ first, all }) => ({
    who: whoAre(all),
    shape: shapeOf(first),
    ends: first.ends === null ? "Fails" : first.ends.charAt(0).toUpperCase() + first.ends.slice(1),
    roles: first.roles.map(({ roleArn }) => roleArn),
    error: first.error ?? undefined,
    at: first.at ?? undefined,
    ways: alike(all, ({ steps }) => steps)
      .filter(({ first }) => first.steps.length > 0)
      .map(({ first, all }) => ({ who: whoAre(all), steps: first.steps })),
  }));

/** Said beside the heading. */
export const endsWords = (ends: readonly SameEnd[]): string =>
  ends.every(({ error }) => error !== undefined)
    ? "None finds any"
    : ends.length > 1
      ? "Not all the same"
      : "All the same";

/** Keys out of another profile’s section are as bad as none. */
const shapeOf = ({ error, base, steps }: WhySdk): Shape =>
  error !== null || steps.at(-1)?.standsIn !== undefined ? "err" : base?.is === "none" ? "warn" : "ok";

/** Where each would look by itself, if they don't all look at the same. */
export const placesOf = (sdks: readonly WhySdk[]): { who: string; where: string }[] =>
  alike(sdks, ({ looksAt }) => looksAt).flatMap(({ first: { looksAt }, all }) =>
    looksAt === null
      ? []
      : [
          {
            who: whoAre(all),
            where: `${looksAt.config ?? "no config"} and ${looksAt.credentials ?? "no credentials"}, profile ${looksAt.profile}`,
          },
        ],
  );

const whoAre = (sdks: readonly WhySdk[]): string => list(sdks.flatMap(({ usedBy }) => usedBy.split(", ")));

/** Those that agree, together, in the order in which they came. */
function alike(sdks: readonly WhySdk[], what: (sdk: WhySdk) => unknown): { first: WhySdk; all: WhySdk[] }[] {
  const groups = new Map<string, { first: WhySdk; all: WhySdk[] }>();
  for (const sdk of sdks) {
    const name = JSON.stringify(what(sdk));
    const group = groups.get(name);
    if (group) group.all.push(sdk);
    else groups.set(name, { first: sdk, all: [sdk] });
  }
  return [...groups.values()];
}
