// The five statuses: one word, one shape each, everywhere.

import type { Severity } from "../backend/generated/Severity";
import type { Status } from "../backend/generated/Status";
import type { Shape, Tone } from "../shapes";

export const statusWord: Record<Status, string> = {
  broken: "Broken",
  warning: "Warning",
  ended: "Session ended",
  unchecked: "Not checked",
  connected: "Connected",
};

export const statusShape: Record<Status, Shape> = {
  broken: "err",
  warning: "warn",
  ended: "idle",
  unchecked: "new",
  connected: "ok",
};

export const severityWord: Record<Severity, string> = {
  error: "Broken",
  warning: "Warning",
  info: "Worth knowing",
};

export const severityShape: Record<Severity, Shape> = { error: "err", warning: "warn", info: "info" };

export const severityTone: Record<Severity, Tone> = { error: "err", warning: "warn", info: "plain" };
