// The views: their names, and what each says while it has nothing to show.

/** What the sidebar leads to. */
export type Screen =
  | "profiles"
  | "assumeRole"
  | "dangling"
  | "duplicates"
  | "problems"
  | "editor"
  | "accounts"
  | "signIn"
  | "compatibility";

/** The sidebar. */
export const GROUPS: readonly { title: string; screens: readonly Screen[] }[] = [
  { title: "AWS files", screens: ["profiles", "assumeRole", "dangling", "duplicates", "problems", "editor"] },
  { title: "Connections", screens: ["accounts", "signIn"] },
  { title: "Use elsewhere", screens: ["compatibility"] },
];

/** In the order of the sidebar and of the number keys. */
export const SCREENS: readonly Screen[] = GROUPS.flatMap((group) => group.screens);

export const screenTitle: Record<Screen, string> = {
  profiles: "Profiles",
  assumeRole: "Assume-role profiles",
  dangling: "Dangling configs",
  duplicates: "Duplicates",
  problems: "Problems",
  editor: "File editor",
  accounts: "Accounts",
  signIn: "Sign-in",
  compatibility: "Compatibility",
};

/** The views that are a list with something open beside it. */
export type ListScreen = Exclude<Screen, "editor">;

export const nothingThere: Record<Exclude<ListScreen, "compatibility">, string> = {
  profiles: "Your files have no profiles yet.",
  assumeRole: "No profile assumes a role.",
  dangling: "No dangling configs.",
  duplicates: "No duplicates.",
  problems: "No problems.",
  accounts: "An account is a profile with a role, a region and a label, so you can switch with one click.",
  signIn: "A portal is where your company signs you in to AWS. Rolecall keeps one sign-in for all of its profiles.",
};

export const nothingSelected: Record<ListScreen, string> = {
  profiles: "Select a profile to see its keys, where they come from, and what is wrong.",
  assumeRole: "Select a profile to see its chain, from the keys it starts with to the role it ends in.",
  dangling: "Select a config to see why nothing gives it keys.",
  duplicates: "Select a duplicate to see both places.",
  problems: "Select a problem to see why it matters and what you can do.",
  accounts: "Select an account to see who you are with it.",
  signIn: "Select a portal to sign in, and to see what it gives you.",
  compatibility: "Select an SDK to see what it makes of your files, or a profile to see who reads it otherwise.",
};
