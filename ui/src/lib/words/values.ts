// What the well-known keys are called on screen; all others show as they stand in the file. Also what the small buttons
// beside a value say, and where a value stands.

import type { Place } from "../backend/generated/Place";
import type { Value } from "../backend/generated/Value";
import { fileName } from "./files";
import { count, counted, list } from "./intl";

const labels = new Map<string, string>([
  ["aws_access_key_id", "Access key ID"],
  ["aws_secret_access_key", "Secret"],
  ["aws_session_token", "Session token"],
  ["aws_expiration", "Ends"],
  ["role_arn", "Role"],
  ["source_profile", "Source profile"],
  ["credential_source", "Keys from"],
  ["mfa_serial", "MFA device"],
  ["external_id", "External ID"],
  ["role_session_name", "Role session name"],
  ["duration_seconds", "Duration in seconds"],
  ["web_identity_token_file", "Token file"],
  ["credential_process", "Program"],
  ["login_session", "Console sign-in"],
  ["sso_session", "Portal"],
  ["sso_start_url", "Portal address"],
  ["sso_region", "Portal region"],
  ["sso_account_id", "AWS account number"],
  ["sso_role_name", "Role"],
  ["region", "Region"],
  ["output", "Output"],
  ["endpoint_url", "Endpoint"],
]);

export const isWellKnown = (key: string): boolean => labels.has(key);

export const valueLabel = (key: string): string => labels.get(key) ?? key;

/** The label inside a sentence: `secret`, `access key ID`, `MFA device`. */
function inSentence(key: string): string {
  const label = valueLabel(key);
  return isWellKnown(key) && /^[A-Z][a-z]/.test(label) ? label[0]?.toLowerCase() + label.slice(1) : label;
}

export const showSecret = (key: string): string => `Show ${inSentence(key)} for 30 seconds`;
export const hideSecret = (key: string): string => `Hide ${inSentence(key)}`;
export const copySecret = (key: string): string => `Copy ${inSentence(key)}, clears after 60 seconds`;
export const copyValue = (key: string): string => `Copy ${inSentence(key)}`;
export const editValue = (key: string): string => `Change ${inSentence(key)}`;
export const removeValue = (key: string): string => `Remove ${inSentence(key)}`;

/** `config, line 51`. */
export const placeWords = (place: Place): string => `${fileName[place.file]}, line ${place.line}`;

/** What the place column says beyond the place itself. */
export function valueNotes(value: Value): string[] {
  const notes = [];
  if (value.through !== undefined) notes.push(`from portal ${value.through}`);
  if (value.hides.length > 0) notes.push(`also in ${list(value.hides.map(placeWords))}, not used`);
  return notes;
}

/** Under the values, where there are more than any window draws. */
export const moreValues = (shown: number, all: number): string =>
  `These are the first ${count(shown)} of ${count(all)} values; the file has the rest.`;

export const allValues = (number: number): string => `All ${counted(number, "value", "values")}`;

export const COPIED = "Copied.";
export const COPIED_SECRET = "Copied. It leaves the clipboard in 60 seconds.";
