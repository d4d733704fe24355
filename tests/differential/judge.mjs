// Answers, line by line, what the AWS SDK for JavaScript v3 holds for two files.

import { createInterface } from "node:readline";
import { loadSsoSessionData, parseKnownFiles } from "@smithy/shared-ini-file-loader";

const none = "/nonexistent/file";

async function read({ config = none, credentials = none }) {
  const init = { configFilepath: config, filepath: credentials, ignoreCache: true };
  const held = await parseKnownFiles(init);
  // It keeps three kinds of section in one map, told apart by the beginning of the name.
  const kinds = { profiles: {}, services: {}, other: {} };
  for (const [name, section] of Object.entries(held)) {
    if (name.startsWith("services.")) kinds.services[name.slice("services.".length)] = section;
    else if (name.startsWith("sso-session.")) kinds.other[name] = section;
    else kinds.profiles[name] = section;
  }
  return { ok: true, ...kinds, sso_sessions: await loadSsoSessionData(init) };
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await read(JSON.parse(line)).catch((error) => ({ ok: false, error: error.message }));
  console.log(JSON.stringify(answer));
}
