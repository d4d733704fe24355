// The lines above the diff of a sabotage patch: which promise it breaks and which command must notice.
//   # promise: The demo never opens your own files.
//   # must turn red: node --test scripts/sample.test.mjs
//   # red by: compile        only where not compiling is how it is noticed; otherwise a test must fail

const known = ["promise", "must turn red", "red by"];

/** Answers `{ promise, command, by }`, or throws with what is missing. */
export function readHeader(patch) {
  const head = patch.split(/^diff --git /m)[0];
  const said = {};
  for (const line of head.split("\n").filter((line) => line.trim())) {
    const [, key, value] = /^# ([^:]+): (.+)$/.exec(line) ?? [];
    if (!known.includes(key)) throw new Error(`its header has a line that is none of ${known.join(", ")}: ${line}`);
    said[key] = value.trim();
  }
  if (!said.promise || !said["must turn red"])
    throw new Error('its header must say "# promise: …" and "# must turn red: …"');
  const by = said["red by"] ?? "test";
  if (by !== "test" && by !== "compile") throw new Error(`"# red by:" is test or compile, not ${by}`);
  return { promise: said.promise, command: said["must turn red"], by };
}
