// Starts the AWS on this computer (`src-tauri/local-aws`) for the demo and the window tests. It ends when it is told to,
// and by itself when we end, because it holds the other end of our pipe.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { localAws } from "./build.mjs";

/** Who there is in the demo. */
export const sampleWorld = fileURLToPath(new URL("../assets/sample-world.toml", import.meta.url));

/**
 * Answers `{ url, mfa, control, stop }`: where it listens, the code that each device shows by its serial number, a
 * command of its control route, and its end.
 */
export async function startLocalAws(args = ["--world", sampleWorld], program = localAws) {
  const process = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(process, "close");
  const { value } = await createInterface({ input: process.stdout })[Symbol.asyncIterator]().next();
  if (value === undefined) throw new Error(`${program} ended before it said where it listens.`);
  const { url, mfa } = JSON.parse(value);
  return {
    url,
    mfa,
    async control(command) {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${url}/_control`, { method: "POST", headers, body: JSON.stringify(command) });
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.error);
      return said;
    },
    async stop() {
      process.stdin.end();
      await ended;
    },
  };
}
