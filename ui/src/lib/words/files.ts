// The two files in words: watched, missing, created, not readable.

import type { FileKind } from "../backend/generated/FileKind";
import type { FileState } from "../backend/generated/FileState";
import type { FileView } from "../backend/generated/FileView";
import type { LastChange } from "../backend/generated/LastChange";
import type { Variable } from "../backend/generated/Variable";
import type { Watching } from "../backend/generated/Watching";
import { counted, list } from "./intl";
import { ago } from "./time";

export const fileName: Record<FileKind, string> = { config: "config", credentials: "credentials" };

type Of<Kind> = Extract<Watching, { by: Kind }>;
const watchings: { [Kind in Watching["by"]]: (folder: string, watching: Of<Kind>) => string } = {
  events: (folder) => `Watching ${folder}`,
  waiting: (folder) => `Waiting for ${folder} to appear`,
  polling: (_, { seconds, why }) => `Looking every ${seconds} s. ${why}`,
};

export function watchingWords(folder: string, watching: Watching): string {
  const words = watchings[watching.by] as (folder: string, watching: Watching) => string;
  return words(folder, watching);
}

const states: { [Kind in FileState["is"]]: (state: Extract<FileState, { is: Kind }>) => string } = {
  missing: () => "not there yet",
  read: ({ lines }) => counted(lines, "line", "lines"),
  failed: () => "can’t be read",
};

export function fileState(state: FileState): string {
  const words = states[state.is] as (state: FileState) => string;
  return words(state);
}

/** `config changed, 3 min ago`. */
export const changed = ({ what, at }: LastChange, now: number): string => `${what} changed, ${ago(at, now)}`;

export const setting = ({ name, value }: Variable): string => `${name}=${value}`;

export const other: Record<FileKind, FileKind> = { config: "credentials", credentials: "config" };

/** What a missing file is for. */
export const purpose: Record<FileKind, string> = {
  config: "settings, roles and portals",
  credentials: "keys",
};

/** `Created ~/.aws/config and credentials`. */
export function created(files: readonly FileView[]): string {
  const folder = (path: string) => path.slice(0, path.lastIndexOf("/"));
  const [first, ...rest] = files.map((file) => file.path);
  if (first === undefined) return "";
  return `Created ${list([first, ...rest.map((path) => (folder(path) === folder(first) ? path.slice(folder(path).length + 1) : path))])}`;
}

/** `You have credentials but no config.` */
export const missingOne = (kind: FileKind): string => `You have ${fileName[other[kind]]} but no ${fileName[kind]}.`;

export const createFile = (kind: FileKind): string => `Create ${fileName[kind]}`;

/** Closes a file to everybody but its owner. */
export const CLOSE = "Make private";
export const closed = (kind: FileKind): string => `Only you can open ${fileName[kind]} now.`;
