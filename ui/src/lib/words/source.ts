// Where keys come from, in words: of one profile, of a group of rows, of a box in the graph.

import type { ChainEnd } from "../backend/generated/ChainEnd";
import type { GroupKind } from "../backend/generated/GroupKind";
import type { Node } from "../backend/generated/Node";
import type { NodeKind } from "../backend/generated/NodeKind";
import type { Source } from "../backend/generated/Source";
import type { Shape } from "../shapes";
import { count } from "./intl";
import { until } from "./time";

const sourceWord: Record<Source, string> = {
  staticKeys: "User keys",
  sessionKeys: "Session keys",
  sso: "Portal sign-in",
  assumeRole: "Role",
  webIdentity: "Role with a token file",
  process: "Keys from a program",
  login: "Console sign-in",
  credentialSource: "Role with keys from outside",
  none: "No keys",
};

/** `1234 5678 9012`. */
export const accountNumber = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, "$1 ");

/** The header over a group of rows. Empty where one list needs none. */
export const groupTitle: Record<GroupKind, (name: string) => string> = {
  pinned: () => "Pinned",
  userKeys: () => "User keys",
  sessionKeys: () => "Session keys",
  portal: (name) => `${name} portal`,
  startsFrom: (name) => `Starts from ${name}`,
  credentialSource: () => "Starts outside the files",
  webIdentity: () => "Token files",
  process: () => "Keys from a program",
  login: () => "Console sign-in",
  cantStart: () => "Can’t start",
  noKeys: () => "No keys",
  awsAccount: (name) => accountNumber(name),
  noAwsAccount: () => "AWS account number not known",
  all: () => "",
};

const nodeTitles: Record<NodeKind, (name: string) => string> = {
  profile: (name) => name,
  missing: (name) => name,
  outside: (name) => name,
  more: (name) => `+ ${/^\d+$/.test(name) ? count(Number(name)) : name} more`,
};

export const nodeTitle = (node: Node): string => nodeTitles[node.kind](node.name);

const nodeNotes: Record<NodeKind, string> = {
  profile: "",
  missing: "does not exist",
  outside: "outside the files",
  more: "shown in the list",
};

/** The shape of a box that is no profile and so has no status. */
export const nodeShape: Record<NodeKind, Shape> = { profile: "new", missing: "err", outside: "new", more: "new" };

/** The one or two small lines under a box's title. */
export function nodeLines(node: Node, now: number): string[] {
  if (node.kind !== "profile") return [nodeNotes[node.kind]];
  const source = node.source && sourceWord[node.source];
  const isRole = node.role !== undefined && node.source !== "sso";
  const lines = [isRole ? `role/${node.role}` : [source, node.keyId].filter(Boolean).join(", ")];
  if (node.oneHour) lines.push("limit 1 h: role from a role");
  else if (node.endsAt !== undefined) lines.push(node.endsAt > now ? `ends ${until(node.endsAt, now)}` : "ended");
  else if (node.accountId !== undefined) lines.push(`in ${accountNumber(node.accountId)}`);
  return lines.filter((line) => line !== "");
}

/** Whether the keys reach the profile that was asked about. */
export const chainArrives: Record<ChainEnd, boolean> = { complete: true, loop: false, missing: false };

export const stepOf = (position: number, steps: number): string => `Step ${count(position)} of ${count(steps)}`;

/** The two ways to show a chain. */
export type Look = "graph" | "list";

export const lookWord: Record<Look, string> = { graph: "Graph", list: "List" };
