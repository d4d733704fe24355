// “Session Token Changed” in words.

import type { ChangedToken } from "../backend/generated/ChangedToken";
import type { TokenChange } from "../backend/generated/TokenChange";
import type { TokenOf } from "../backend/generated/TokenOf";
import { count, counted, list, time } from "./intl";
import { until } from "./time";

export const TOKEN_TITLE = "Session Token Changed";

const things: Record<TokenOf, { what: string; verb: string; use: string }> = {
  profile: { what: "The keys for", verb: "were", use: "Use the new ones?" },
  portal: { what: "The sign-in to", verb: "was", use: "Use the new one?" },
};

/** Around the name, which is drawn stronger. */
interface Sentence {
  before: string;
  name: string;
  after: string;
}

/** `The keys for acme were renewed outside Rolecall.` */
export function whatChanged({ tokens, tokenCount }: TokenChange): Sentence & { question: string } {
  const [only] = tokens;
  const { what, verb, use } = things[tokenCount === 1 && only !== undefined ? only.of : "profile"];
  const name =
    tokenCount === 1 && only !== undefined
      ? only.name
      : tokens.some((token) => token.of === "portal")
        ? counted(tokenCount, "profile or portal", "profiles and portals")
        : counted(tokenCount, "profile", "profiles");
  return { before: `${what} `, name, after: ` ${verb} renewed outside Rolecall.`, question: use };
}

/** `2 accounts and 1 open session will switch.` */
export function whatSwitches({ accounts, sessions }: TokenChange): string {
  const parts = [
    accounts.length > 0 ? counted(accounts.length, "account", "accounts") : "",
    sessions > 0 ? counted(sessions, "open session", "open sessions") : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "No account uses it yet." : `${list(parts)} will switch.`;
}

/** The accounts by name, the first few. */
export function whoSwitches({ accounts }: TokenChange): string {
  const named = accounts.slice(0, 4);
  const others = accounts.length - named.length;
  return list(others > 0 ? [...named, `${count(others)} more`] : named);
}

/** In the bar, and read out once. */
export function tokenWaits(change: TokenChange): string {
  const { before, name, after } = whatChanged(change);
  return `${TOKEN_TITLE}: ${before.toLowerCase()}${name}${after}`;
}

/** Within a day the hour says it; further away the day does, too. */
const near = (at: number, now: number): string => (Math.abs(at - now) < 24 * 3600 ? time(at) : until(at, now));

/** `09:02, ended` or `18:57`. */
export const oldEnd = ({ oldEndsAt }: ChangedToken, now: number): string =>
  oldEndsAt === undefined ? "not known" : `${near(oldEndsAt, now)}${oldEndsAt <= now ? ", ended" : ""}`;

/** `about 01:45`. */
export const newEnd = ({ newEndsAt, about }: ChangedToken, now: number): string =>
  newEndsAt === undefined ? "not known" : `${about ? "about " : ""}${near(newEndsAt, now)}`;

export const moreTokens = (number: number): string => `+ ${count(number)} more`;
