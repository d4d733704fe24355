// The names of the drawings in `Symbols.svelte`, without the status shapes.

export type IconName =
  | "bulb"
  | "chain"
  | "check"
  | "close"
  | "copy"
  | "down"
  | "eye"
  | "file"
  | "flag"
  | "folder"
  | "gear"
  | "hide"
  | "key"
  | "list"
  | "pin"
  | "pinned"
  | "right"
  | "search"
  | "shield"
  | "theme"
  | "unlink";
