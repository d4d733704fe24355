// Reads how many tests passed and failed out of what each test runner says.
// Whatever did not run counts as failed: a test that is skipped or ignored proves nothing.

/** `cargo test` says one line for each of its programs. */
export function fromCargo(output) {
  const lines = output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm);
  return sum([...lines].map(([, passed, failed, ignored]) => [Number(passed), Number(failed) + Number(ignored)]));
}

/** `node --test` ends its TAP with a count of each kind. */
export function fromTap(output) {
  const count = (kind) => Number(new RegExp(`^# ${kind} (\\d+)$`, "m").exec(output)?.[1] ?? 0);
  return { passed: count("pass"), failed: count("fail") + count("cancelled") + count("skipped") + count("todo") };
}

/** `vitest --reporter=json`. */
export function fromVitest(json) {
  const result = JSON.parse(json);
  return { passed: result.numPassedTests, failed: result.numTotalTests - result.numPassedTests };
}

/** `vitest` for people: `Tests  1 failed | 5 passed (6)`. */
export function fromVitestText(output) {
  const [, line = ""] = /^\s*Tests {2}(.*)$/m.exec(output) ?? [];
  const count = (kind) => Number(new RegExp(`(\\d+) ${kind}`).exec(line)?.[1] ?? 0);
  return { passed: count("passed"), failed: count("failed") + count("skipped") + count("todo") };
}

/** Our own scripts close with `N passed, N failed`. */
export function fromLastLine(output) {
  const [, passed, failed] = /(?:^|\n)(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  return { passed: Number(passed ?? 0), failed: Number(failed ?? 0) };
}

/** The same, held against how the program ended: no test at all, or an unhappy end without a failed test, is a failure. */
export function judged({ passed, failed }, code) {
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}

export function sum(counts) {
  return counts.reduce((all, [passed, failed]) => ({ passed: all.passed + passed, failed: all.failed + failed }), {
    passed: 0,
    failed: 0,
  });
}
