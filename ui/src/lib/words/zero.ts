// The words of the view that stands in for a home without files.

import type { FileKind } from "../backend/generated/FileKind";
import { fileName, purpose } from "./files";

export const zeroTitle = ([first, ...rest]: readonly FileKind[]): string =>
  first === undefined || rest.length > 0
    ? "No AWS files on this computer yet"
    : `There is no ${fileName[first]} file yet`;

export const zeroWords = ([first, ...rest]: readonly FileKind[], folder: string): string =>
  first === undefined || rest.length > 0
    ? `AWS tools look for two files in ${folder}: credentials (keys) and config (settings). Rolecall can set them up.`
    : `AWS tools look for it in ${folder}, for ${purpose[first]}. Your other file has no profiles yet and stays as it is.`;

export const createTitle = ([first, ...rest]: readonly FileKind[]): string =>
  first === undefined || rest.length > 0 ? "Create the two files" : `Create ${fileName[first]}`;

export const createWords = (kinds: readonly FileKind[]): string =>
  kinds.length === 1
    ? "Empty, with private permissions and a short comment that explains it."
    : "Empty, with private permissions and short comments that explain each part.";
