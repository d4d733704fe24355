// What the world said no to comes with its own sentences. Here is only the one for what should never happen.

import type { FailureCode } from "../backend/generated/FailureCode";
import type { FailureView } from "../backend/generated/FailureView";
import type { Shape, Tone } from "../shapes";

/** How loud each is said: what has ended or waits for a connection is no fault. */
const codes: Record<FailureCode, Tone> = {
  unreadable: "err",
  unwritable: "err",
  offline: "plain",
  denied: "err",
  expired: "plain",
  notFound: "err",
  unsupported: "warn",
  bug: "err",
};
const shapes: Record<Tone, Shape> = { plain: "idle", warn: "warn", err: "err" };

export const failureTone = ({ code }: FailureView): Tone => codes[code];
export const failureShape = (failure: FailureView): Shape => shapes[failureTone(failure)];

const isFailure = (reason: unknown): reason is FailureView =>
  typeof reason === "object" && reason !== null && "code" in reason && (reason.code as string) in codes;

/** What a rejected question carries. Anything that is no failure of the engine's is a bug, and says so. */
export function failureOf(reason: unknown): FailureView {
  if (isFailure(reason)) return reason;
  console.error("unexpected rejection", reason);
  return {
    code: "bug",
    message: "Rolecall could not finish that.",
    hint: "Your files are as they were. Start Rolecall again; if it stays, report it with what you did.",
  };
}
