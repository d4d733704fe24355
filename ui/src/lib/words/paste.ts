// The paste sheet in words: what was recognised, what would become of it.

import type { FailureView } from "../backend/generated/FailureView";
import type { Pasted } from "../backend/generated/Pasted";
import type { PasteForm } from "../backend/generated/PasteForm";
import type { PasteOffer } from "../backend/generated/PasteOffer";
import { counted } from "./intl";
import { accountNumber } from "./source";

export const PASTE_WORDS =
  "“Option 2” from the access portal, lines that set variables, the .csv with an access key, or what a tool printed.";

const forms: Record<PasteForm, string> = {
  portalBlock: "“Option 2” from the access portal",
  ini: "An ini file",
  variables: "Lines that set variables",
  values: "Keys without names",
  csv: "The .csv file of IAM",
  json: "JSON",
  airflow: "An Airflow connection",
};

/** `Update acme?`, `Add a profile?`, `Add 3 profiles?` */
export function pasteTitle(pasted: Pasted | undefined): string {
  if (pasted === undefined) return "Paste AWS keys";
  const [only, ...more] = pasted.offers;
  if (only !== undefined && more.length === 0) return only.updates ? `Update ${only.name}?` : "Add a profile?";
  return `Take over ${counted(pasted.offers.length, "profile", "profiles")}?`;
}

/** `“Option 2” from the access portal, for Admin in 1234 5678 9012.` */
export function recognised({ form, offers }: Pasted): string {
  const [only, ...more] = offers;
  const who = only === undefined || more.length > 0 ? "" : forWhom(only);
  return `${forms[form]}${who}.`;
}

function forWhom({ role, accountId }: PasteOffer): string {
  const parts = [role ?? "", accountId === undefined ? "" : `in ${accountNumber(accountId)}`];
  const words = parts.filter((part) => part !== "").join(" ");
  return words === "" ? "" : `, for ${words.replace(/^in /, "")}`;
}

export const NAME_HINT = "Rolecall uses it again for the same account and role.";
export const LEAVE_OUT = "An empty name leaves it out.";

export const CHOOSE_FILE = "Choose a file…";
/** A folder, or what went meanwhile. */
export const NO_FILE: FailureView = {
  ...{ code: "unreadable", message: "That can’t be read as a file.", hint: "Choose the file itself, and only one." },
};

/** Over a command that came with a paste. */
export const COMMAND = "It comes with a command that AWS tools would run";
export const COMMAND_GOES_IN = "It goes in as a comment. Take the # away in the file editor if you trust it.";

/** The block says no end. From the User Guide of IAM Identity Center, “Set session duration”: 1 hour, at most 12. */
export const PORTAL_END = "not said; keys of the portal last about 1 hour, at most 12";
