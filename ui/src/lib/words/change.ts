// Changes of the two files in words: what a sheet asks for, what its button says, what is told when it is done.

import type { ChangeRequest } from "../backend/generated/ChangeRequest";
import type { FileKind } from "../backend/generated/FileKind";
import { fileName } from "./files";
import { count, counted, list } from "./intl";
import { editValue, removeValue } from "./values";

/** What a new profile gets its keys from. */
export type NewKind = "keys" | "role" | "sso" | "process" | "localStack";

export const newKind: Record<NewKind, string> = {
  keys: "Access key",
  role: "Role",
  sso: "IAM Identity Center",
  process: "Program",
  localStack: "LocalStack",
};

export const newKindHint: Record<NewKind, string> = {
  keys: "In AWS: IAM, Users, Security credentials, Create access key.",
  role: "Borrows the rights of a role for an hour, with the keys of another profile.",
  sso: "Signs in at your company’s access portal. Leave the portal’s address empty if config has the portal already.",
  process: "A program of yours prints the keys whenever they are wanted.",
  localStack: "For AWS on this computer, which takes any keys.",
};

/** A line of the form. */
export interface FormField {
  /** The property; `portal` is the name of an sso-session. */
  key: string;
  label: string;
  is: "text" | "secret" | "profile";
  isOptional?: boolean;
  hint?: string;
  /** Stands there at first. */
  begins?: string;
}

const region = { key: "region", label: "Region", is: "text", isOptional: true } as const;

export const newFields: Record<NewKind, readonly FormField[]> = {
  keys: [
    { key: "aws_access_key_id", label: "Access key ID", is: "text" },
    { key: "aws_secret_access_key", label: "Secret", is: "secret" },
    { key: "aws_session_token", label: "Token", is: "secret", isOptional: true, hint: "Only temporary keys have one." },
    region,
    {
      key: "output",
      label: "Output",
      is: "text",
      isOptional: true,
      hint: "How the AWS CLI prints: json, table, text.",
    },
  ],
  role: [
    { key: "role_arn", label: "Role ARN", is: "text" },
    { key: "source_profile", label: "Starts from", is: "profile" },
    { key: "mfa_serial", label: "MFA device", is: "text", isOptional: true },
    { key: "external_id", label: "External ID", is: "text", isOptional: true },
    region,
  ],
  sso: [
    { key: "sso_session", label: "Portal", is: "text", hint: "Its name in config, such as acme." },
    { key: "sso_start_url", label: "Address", is: "text", isOptional: true },
    { key: "sso_region", label: "Portal region", is: "text", isOptional: true },
    { key: "sso_account_id", label: "AWS account", is: "text" },
    { key: "sso_role_name", label: "Role", is: "text" },
    region,
  ],
  process: [{ key: "credential_process", label: "Program", is: "text", hint: "The whole command line." }, region],
  localStack: [
    { ...region, begins: "us-east-1" },
    { key: "endpoint_url", label: "Endpoint", is: "text", begins: "http://localhost:4566" },
  ],
};

export const NEW_PROFILE = "New profile";
export const NOTHING_CHANGES = "The files are so already.";
export const MOVED_ON = "Another program changed the same lines meanwhile. Look at the change again.";

export const moveLabel = (to: FileKind): string => `Move to ${fileName[to]}`;

export const changeTitle = {
  rename: (name: string) => `Rename ${name}`,
  duplicate: (name: string) => `Duplicate ${name}`,
  move: (name: string, to: FileKind) => `Move ${name} to ${fileName[to]}?`,
  merge: (name: string) => `Merge ${name} into another profile`,
  delete: (name: string) => `Delete ${name}?`,
  set: (name: string, key: string | undefined) =>
    key === undefined ? `Add a property to ${name}` : `${editValue(key)} of ${name}`,
  unset: (name: string, key: string) => `${removeValue(key)} from ${name}?`,
  fix: (title: string) => `${title}?`,
  fixAll: "Fix all safe ones?",
  newPortal: "Add portal",
  giveSection: (portal: string) => `Give ${portal} a section of its own?`,
  generate: (removes: boolean) => (removes ? "Remove profiles?" : "Add profiles?"),
};

/** What a portal needs. */
export const portalFields: readonly { key: string; label: string; hint?: string }[] = [
  { key: "sso_start_url", label: "Address", hint: "Such as https://acme.awsapps.com/start. Your company tells you." },
  { key: "sso_region", label: "Region", hint: "Where the portal is, such as eu-west-1." },
];
export const GIVE_SECTION_HINT =
  "Its profiles name the section from then on. Its sign-in is kept elsewhere then, so you sign in once more.";
export const PORTAL_NAME_HINT = "Its name in config, such as acme.";

/** The button that does it. */
export const doIt = {
  ...{ new: "Add profile", rename: "Rename", duplicate: "Duplicate", move: "Move", merge: "Merge" },
  ...{
    delete: "Delete profile",
    set: "Save",
    unset: "Remove",
    fix: "Apply fix",
    fixAll: "Fix them",
    newPortal: "Add portal",
    giveSection: "Give it a section",
    generate: "Write them",
  },
} as const;

export const RENAME_HINT =
  "Lines, accounts and pins that name it change with it. What names it elsewhere, such as AWS_PROFILE in a script, does not.";
export const MERGE_HINT = "What the other has stays. Who starts from this one starts from the other then.";

export const fixAllSafe = (problems: number): string => `Fix all safe ones (${count(problems)})`;
export const FIX_ALL_HINT = "None of these changes what any AWS tool reads.";

/** Below the lines that are drawn. */
export const moreLines = (lines: number): string => `${counted(lines, "line more", "lines more")} of this kind.`;

/** Told when it is on disk. */
export function changed(request: ChangeRequest): string {
  switch (request.does) {
    case "set":
      return `${request.key} of ${request.section.name} is set.`;
    case "unset":
      return `${request.key} of ${request.section.name} is gone.`;
    case "add":
      return `Added ${request.sections.at(-1)?.section.name ?? ""}.`;
    case "rename":
      return `${request.profile} is ${request.to} now.`;
    case "duplicate":
      return `${request.to} is a copy of ${request.profile}.`;
    case "move":
      return `${request.profile} stands in ${fileName[request.to]} now.`;
    case "remove":
      return `Deleted ${request.section.name}.`;
    case "merge":
      return `${request.profile} is part of ${request.into} now.`;
    case "import":
      return `The keys are in ${list(request.names.filter((name) => name !== ""))}.`;
    case "generate":
      return request.with.removeGone
        ? "Their profiles are gone."
        : counted(request.with.only?.length ?? 0, "profile is", "profiles are") + " added.";
    case "giveSection":
      return `${request.name} has a section of its own now.`;
    case "fix":
    case "fixAll":
      return "Fixed.";
  }
}
