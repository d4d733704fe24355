// Portals in words: whether one is signed in, what is done about it, what they give and what becomes of it.

import type { PortalView } from "../backend/generated/PortalView";
import type { Shape } from "../shapes";
import { count, counted } from "./intl";
import { ago, span, until } from "./time";

/** The names of new profiles, where nobody chose others. */
export const TEMPLATE = "{account}-{role}";
export const TEMPLATE_HINT = "{account}, {id}, {role}, {email} and {portal} are filled in.";

/** A portal as it is now: an end that has come since the engine last looked is past. */
export const isSignedIn = ({ state, endsAt }: PortalView, now: number): boolean =>
  (state === "signedIn" || state === "endsSoon") && (endsAt ?? Infinity) > now;

export function portalShape(portal: PortalView, now: number): Shape {
  if (portal.unfit !== null) return "err";
  if (!isSignedIn(portal, now)) return "idle";
  return portal.state === "endsSoon" ? "warn" : "ok";
}

/** `6 h 20 min left`, `Ended`, `Signed out`. */
export function signedWords(portal: PortalView, now: number): string {
  if (portal.unfit !== null) return "Can’t be used";
  if (portal.endsAt === null) return "Signed out";
  if (!isSignedIn(portal, now)) return "Ended";
  return `${span(portal.endsAt - now)} left`;
}

/** `6 h 20 min left, 9,640 profiles`. */
export const portalLine = (portal: PortalView, now: number, isBusy: boolean): string =>
  [isBusy ? "Signing in" : signedWords(portal, now), counted(portal.profiles, "profile", "profiles")].join(", ");

/** `IAM Identity Center, eu-west-1. One sign-in covers all 212 profiles.` */
export function portalSentence({ region, profiles }: PortalView): string {
  const where = ["IAM Identity Center", region].filter(Boolean).join(", ");
  if (profiles === 0) return `${where}. No profile signs in there yet.`;
  const covered = profiles === 1 ? "its one profile" : `all ${count(profiles)} profiles`;
  return `${where}. One sign-in covers ${covered}.`;
}

/** `Signed in until 18:57. It is renewed by itself.` */
export function untilWords(portal: PortalView, now: number): string {
  if (portal.endsAt === null) return "Nobody is signed in on this computer.";
  if (!isSignedIn(portal, now)) return `Your sign-in ended ${ago(portal.endsAt, now)}.`;
  const renews = portal.renews ? " It is renewed by itself while the portal allows it." : "";
  return `Signed in until ${until(portal.endsAt, now)}.${renews}`;
}

export const endsSoon = (portal: PortalView, now: number): string =>
  `${portal.name} ends ${portal.endsAt === null ? "soon" : `in ${span(portal.endsAt - now)}`}. Sign in again?`;
/** “Later” is so many minutes. */
export const LATER = 10;
/** “Don’t remind me today” is so many minutes. */
export const TODAY = 12 * 60;

export const FINISH = "Finish signing in in your browser";
export const NO_BROWSER = "No browser opened. Copy the link and open it yourself, or use a code.";
export const opened = (host: string): string =>
  `We opened ${host}. Come back here when it says that you are signed in. This window won’t jump in front.`;
export const TYPE_CODE = "Type this code on the page";
export const CODE_WARNING =
  "Only enter a code that this window shows. Who sends you a code wants to be signed in as you.";
export const codeLeft = (endsAt: number, now: number): string =>
  endsAt > now ? `Good for ${span(endsAt - now)} more.` : "It wasn’t used in time.";
export const WAITING = "Another Rolecall signs in to this portal";
export const WAITING_WHY = "What comes of it holds here too.";
export const ASKING_PORTAL = "Asking the portal…";

export const OLD_FORM = "This portal stands in its profiles, in the older form";
export const OLD_FORM_WHY = "With a section of its own, its sign-in can be renewed without you.";

/** Told when it is done. */
export const signedInUntil = (portal: string, endsAt: number, now: number): string =>
  `Signed in to ${portal} until ${until(endsAt, now)}.`;
export const signedOut = (portal: string): string => `Signed out of ${portal}.`;
export const SIGN_OUT_TEXT =
  "The session at the portal ends, for every tool on this computer. Profiles and files stay as they are.";

export const listedAt = (at: number, now: number): string => `as of ${ago(at, now)}`;
/** `43 of 212 accounts`. */
export const listing = (listed: number, accounts: number, hasAll: boolean): string =>
  hasAll
    ? `${count(listed)} of ${counted(accounts, "account", "accounts")}`
    : `${counted(accounts, "account", "accounts")} so far`;
export const NOT_LISTED = "Rolecall has not asked this portal for its accounts yet.";
export const NOT_COMPLETE = "Listing stopped before it was through.";
export const NOTHING_GIVEN = "You have no role in any account of this portal.";
export const ALREADY = "already a profile";

export const roleCount = (roles: number): string => counted(roles, "role", "roles");
export const moreAccounts = (accounts: number): string =>
  `${counted(accounts, "account more", "accounts more")}. Type to narrow them down.`;
export const previewNew = (profiles: number): string =>
  profiles === 0 ? "Preview new profiles" : `Preview ${counted(profiles, "new profile", "new profiles")}`;
export const goneTitle = (profiles: number): string =>
  profiles === 1 ? "1 role is no longer offered to you" : `${count(profiles)} roles are no longer offered to you`;
export const goneText = (names: readonly string[]): string => {
  const FEW = 3;
  const more = names.length - FEW;
  const some = names.slice(0, FEW).join(", ") + (more > 0 ? ` and ${count(more)} more` : "");
  return `${some}: ${names.length === 1 ? "it stays" : "they stay"} until you remove ${names.length === 1 ? "it" : "them"}.`;
};
