// A session in words: in the column of a list, and as a sentence in the detail.

import type { Session } from "../backend/generated/Session";
import type { SessionColumn } from "../backend/generated/SessionColumn";
import type { SessionOrigin } from "../backend/generated/SessionOrigin";
import type { SessionState } from "../backend/generated/SessionState";
import { moment, span, until } from "./time";

type Of<Kind> = Extract<SessionColumn, { is: Kind }>;
const columns: { [Kind in SessionColumn["is"]]: (column: Of<Kind>, now: number) => string } = {
  ends: ({ at }, now) => (at > now ? span(at - now) : "Ended"),
  noEnd: () => "No end",
  signedOut: () => "Signed out",
  unknown: () => "",
};

export function sessionColumn(column: SessionColumn, now: number): string {
  const words = columns[column.is] as (column: SessionColumn, now: number) => string;
  return words(column, now);
}

/** The strong words first, then what is said more quietly after them. */
interface Sentence {
  strong: string;
  rest: string;
}

/** A live session whose end has come since the engine last looked is an ended one. */
export function sessionState(session: Session, now: number): SessionState {
  return session.state === "live" && session.endsAt !== undefined && session.endsAt <= now ? "ended" : session.state;
}

const sentences: Record<SessionState, (session: Session, now: number) => Sentence> = {
  live: ({ endsAt }, now) =>
    endsAt === undefined
      ? { strong: "Signed in", rest: "" }
      : { strong: `${span(endsAt - now)} left`, rest: `, until ${until(endsAt, now)}` },
  ended: ({ endsAt }) => ({ strong: endsAt === undefined ? "Ended" : `Ended ${moment(endsAt)}`, rest: "" }),
  signedOut: () => ({ strong: "Signed out", rest: "" }),
  unreadable: ({ from }) => ({ strong: `The sign-in file ${from} can’t be read`, rest: "" }),
  unknown: () => ({ strong: "End not known", rest: ". Nothing in the files says when these keys stop working." }),
};

export const sessionSentence = (session: Session, now: number): Sentence =>
  sentences[sessionState(session, now)](session, now);

const wherefrom: Record<SessionOrigin, (from: string) => string> = {
  ssoCache: (file) => `from ${file}`,
  property: (key) => `from ${key}`,
};

const origins: Record<SessionState, (session: Session) => string> = {
  live: ({ origin, from }) => wherefrom[origin](from),
  ended: ({ origin, from }) => wherefrom[origin](from),
  signedOut: ({ from }) => `looked for ${from}`,
  unreadable: () => "",
  unknown: ({ origin, from }) => wherefrom[origin](from),
};

/** Where that is known from; nothing where the sentence has said it. */
export const sessionOrigin = (session: Session): string => origins[session.state](session);
