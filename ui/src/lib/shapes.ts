// What components can draw of a status or a severity; which one means what is said in `words/status.ts`.

export type Shape = "ok" | "warn" | "err" | "idle" | "new" | "info";
export type Tone = "plain" | "warn" | "err";
