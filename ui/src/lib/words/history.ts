// History in words: what Undo takes back, and the ways to keep old text where the system has no keyring.

import type { FailureView } from "../backend/generated/FailureView";
import type { HistoryChoice } from "../backend/generated/HistoryChoice";
import type { Undo } from "../backend/generated/Undo";

/** `Undo: You edited in Rolecall`. */
export const undoes = ({ what }: Undo): string => `Undo: ${what}`;
/** `Undone: You edited in Rolecall`. */
export const undone = (what: string): string => `Undone: ${what}`;

/** What a person has to do before old text can be kept. */
export type Question = "choose" | "unlock" | "skip";

const questions: Record<string, Question> = {
  "history.noKeyring": "choose",
  "history.keyringLocked": "choose",
  "history.keyringDenied": "choose",
  "history.keyringSlow": "choose",
  "history.keyringForgets": "choose",
  "history.keyringGarbage": "choose",
  "history.keyLost": "choose",
  "history.passphrase": "unlock",
  "history.unwritable": "skip",
};

/** Nothing where a failure is about something else. */
export const questionOf = ({ cause }: FailureView): Question | undefined => questions[cause ?? ""];

export const titles: Record<Question, string> = {
  choose: "How should History be kept?",
  unlock: "Passphrase of History",
  skip: "History can’t be kept",
};

export const actions: Record<Question, string> = {
  choose: "Keep it this way",
  unlock: "Open History",
  skip: "Write without it once",
};

export const WHY =
  "Before Rolecall changes a file it keeps the old text, so that every change can be undone. That text may hold keys.";

/** Over the ways, once the passphrase is forgotten. */
export const FORGOTTEN =
  "What was kept with the forgotten passphrase can’t be read or undone any more. From now on the old text is kept as you choose here.";

/** In the order in which they are offered. The keyring comes first where it may help after all. */
export const ways: readonly { choice: HistoryChoice; title: string; does: string }[] = [
  { choice: "keyring", title: "System keyring", does: "Encrypted. Unlock or start the keyring first." },
  { choice: "passphrase", title: "Passphrase", does: "Encrypted. Asked for once each time Rolecall starts." },
  { choice: "withoutSecrets", title: "Without secrets", does: "Keys are masked. Restoring keeps today’s." },
  { choice: "none", title: "No History", does: "Nothing is kept, and nothing can be undone." },
];
