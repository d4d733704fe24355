// Accounts in words: labels, endpoints, the line under a name, and what the sheet says around its fields.

import type { Account } from "../backend/generated/Account";
import type { Endpoint } from "../backend/generated/Endpoint";
import type { Label } from "../backend/generated/Label";
import type { ProfileChoice } from "../backend/generated/ProfileChoice";
import { fileName } from "./files";
import { count, counted } from "./intl";
import { timeLeft } from "./assume";
import { accountNumber } from "./source";
import { ago, until } from "./time";

export const labelWord: Record<Label, string> = { dev: "Dev", staging: "Staging", production: "Production" };

/** The buttons of a choice that may also be left open. */
export const labelOrNone: Record<Label | "none", string> = { ...labelWord, none: "None" };

export const connectsTo: Record<Endpoint["is"], string> = {
  aws: "AWS",
  localStack: "LocalStack",
  other: "Other endpoint",
};

/** Where the calls go: `Amazon Web Services`, or an address. */
export const callsGoTo = (account: Account): string => account.endpoint ?? "Amazon Web Services";

/** Under the name in a list: what tells accounts apart, or why one does not work. */
export function accountLine(account: Account): string {
  if (account.status === "broken" || account.status === "warning" || account.status === "ended") return account.reason;
  const where =
    account.endpoint?.replace(/^https?:\/\//, "") ?? (account.accountId && accountNumber(account.accountId));
  return [where, account.region].filter(Boolean).join(", ") || account.reason;
}

export const verifiedWords = (checkedAt: number, now: number): string => `Verified ${ago(checkedAt, now)}`;

/** Beside a role: `47 min left, until 14:32`. */
export const roleEnd = (endsAt: number | undefined, now: number): string =>
  endsAt === undefined
    ? "not assumed"
    : `${timeLeft(endsAt, now)}${endsAt > now ? `, until ${until(endsAt, now)}` : ""}`;

export const BASE_KEYS = "Base keys";

/** In the list of roles, beside each. */
export const roleNote = (mfa: boolean, endsAt: number | undefined, now: number): string =>
  endsAt !== undefined && endsAt > now
    ? timeLeft(endsAt, now)
    : mfa
      ? "asks for your 6-digit code"
      : "new keys in one press";

export const rolesFor = (name: string): string => `Roles for ${name}`;

export const unswitched = (profile: string): string => `Newer keys for ${profile} are in your files.`;
export const UNSWITCHED_WHY = "You chose not to use them yet.";
/** One press takes all that were put off. */
export const useDeclined = (tokens: number): string =>
  tokens === 1 ? "Use the new token" : `Use all ${count(tokens)} new tokens`;

export const deleteTitle = (name: string): string => `Delete account ${name}?`;
export const DELETE_WORDS = "Your files stay as they are.";

export const savedBut = (message: string): string => `Saved. ${message}`;

export const createFrom = (profile: string): string => `Create from ${profile}`;

/** Under the field for the role. */
export const rolesStart = (choice: ProfileChoice): string =>
  choice.roles.length === 0
    ? "No role starts from this profile"
    : `${counted(choice.roles.length, "role", "roles")} in config ${choice.roles.length === 1 ? "starts" : "start"} from this profile`;

/** Beside the keys: they stay where they are. */
export const keysWords = (choice: ProfileChoice): string =>
  `read from ${choice.keysAt ? fileName[choice.keysAt.file] : choice.keysFrom}, not copied`;

export const labelSuggested = (label: Label): string => `The name suggests ${labelWord[label]}`;
