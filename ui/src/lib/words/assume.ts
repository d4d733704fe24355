// Assuming a role in words: asking, the code, what came of it, how long it lasts, and the shells that keys are copied for.

import type { AssumedSession } from "../backend/generated/AssumedSession";
import type { Identity } from "../backend/generated/Identity";
import type { Shell } from "../backend/generated/Shell";
import { counted } from "./intl";
import { accountNumber } from "./source";
import { ago, span, until } from "./time";

export const shellWord: Record<Shell, string> = {
  bash: "bash",
  zsh: "zsh",
  fish: "fish",
  powershell: "PowerShell",
  cmd: "cmd",
  nushell: "Nushell",
};

export const SHELLS = Object.keys(shellWord) as Shell[];

export const copyFor = (shell: Shell): string => `Copy for ${shellWord[shell]}`;

export const copiedFor = (shell: Shell): string =>
  `Copied for ${shellWord[shell]}. The clipboard clears itself in 60 s.`;

/** `Assumed deploy until 14:32`. */
export const assumedUntil = ({ profile, startedAt, endsAt }: AssumedSession): string =>
  `Assumed ${profile.name} until ${until(endsAt, startedAt)}`;

export const ASKING = "Asking AWS…";

/** On the button: one that still works is renewed. */
export const assumeWord = (isLive: boolean): string => (isLive ? "Renew" : "Assume");

export const codeTitle = (profile: string): string => `Code for ${profile}`;

export const CODE_LENGTH = 6;

/** The digits of what was typed or pasted, such as `407 123`. */
export const codeOf = (text: string): string => text.replace(/\D/g, "").slice(0, CODE_LENGTH);

/** `47 min left`, or `Ended`. */
export const timeLeft = (endsAt: number, now: number): string =>
  endsAt > now ? `${span(endsAt - now)} left` : "Ended";

/** `1 hour`, `2 hours`, else as any span. */
const length = (seconds: number): string =>
  seconds >= 3600 && seconds % 3600 === 0 ? counted(seconds / 3600, "hour", "hours") : span(seconds);

/** What follows the time left: ` of 1 hour, until 14:32`. */
export const ofLength = (startedAt: number, endsAt: number, now: number): string =>
  endsAt > now ? ` of ${length(endsAt - startedAt)}, until ${until(endsAt, now)}` : ` at ${until(endsAt, now)}`;

/** What is left of a session, from 1 down to 0. */
export const shareLeft = (startedAt: number, endsAt: number, now: number): number =>
  endsAt <= startedAt ? 0 : Math.min(1, Math.max(0, (endsAt - now) / (endsAt - startedAt)));

/** `You are user/jo in 1234 5678 9012. Checked just now.` */
export const youAre = (identity: Identity, now: number): string =>
  `You are ${identity.name} in ${accountNumber(identity.accountId)}. Checked ${ago(identity.checkedAt, now)}.`;

export const OUTDATED = "It was made with a token that a newer one has replaced. Renew it to use the new one.";
