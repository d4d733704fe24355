// The paste sheet in words: what was recognised, what would become of it.

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
