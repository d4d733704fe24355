// Which keys each SDK would use: who is told together, and in which words.

import { expect, test } from "vitest";
import type { WhySdk } from "../backend/generated/WhySdk";
import { endsWords, placesOf, sameEnds } from "./why";

const step = (what: string) => ({ profile: "a", what, at: { file: "config" as const, line: 2 } });
const sdk = (usedBy: string, more: Partial<WhySdk>): WhySdk => ({
  ...{ engine: usedBy.toLowerCase(), usedBy, looksAt: null, steps: [], roles: [], error: null, at: null },
  ...{ ends: "keys of a", base: { is: "staticKeys", profile: "a" } },
  ...more,
});

test("SDKs that end with the same keys are told together, each with its own way there", () => {
  const all = [
    sdk("Java", { steps: [step("One.")] }),
    sdk("Go", { steps: [step("Other.")] }),
    sdk("Rust", { steps: [step("One.")] }),
  ];
  const [group, ...others] = sameEnds(all);
  expect(others).toEqual([]);
  expect([group?.who, group?.ends, group?.shape]).toEqual(["Java, Go, and Rust", "Keys of a", "ok"]);
  expect(group?.ways.map(({ who }) => who)).toEqual(["Java and Rust", "Go"]);
  expect(endsWords(sameEnds(all))).toBe("All the same");
});

test("an error and no keys at all are told apart from keys", () => {
  const stop = { ends: null, base: null, error: "No profile a", at: { file: "config" as const, line: 9 } };
  const nothing = { ends: "nothing in the profile gives keys", base: { is: "none", profile: null } };
  const groups = sameEnds([sdk("Java", stop), sdk("Go", {}), sdk("Rust", nothing), sdk("JavaScript", stop)]);
  expect(groups.map(({ who, shape, ends }) => [who, shape, ends])).toEqual([
    ["Java and JavaScript", "err", "Fails"],
    ["Go", "ok", "Keys of a"],
    ["Rust", "warn", "Nothing in the profile gives keys"],
  ]);
  expect(endsWords(groups)).toBe("Not all the same");
  expect(endsWords(sameEnds([sdk("Java", stop)]))).toBe("None finds any");
});

test("keys from below another profile’s header are no good end", () => {
  const steps = [{ ...step("It has a key pair."), standsIn: "b" }];
  const [group] = sameEnds([sdk("Go", { ends: "keys of b, under the name of a", steps })]);
  expect([group?.shape, group?.ends]).toEqual(["err", "Keys of b, under the name of a"]);
});

test("where each would look by itself is told with who", () => {
  const looksAt = (config: string) => ({ config, credentials: null, profile: "default" });
  const places = placesOf([
    sdk("Java", { looksAt: looksAt("/c") }),
    sdk("Go", { looksAt: looksAt("/d") }),
    sdk("Rust", { looksAt: looksAt("/c") }),
  ]);
  expect(places).toEqual([
    { who: "Java and Rust", where: "/c and no credentials, profile default" },
    { who: "Go", where: "/d and no credentials, profile default" },
  ]);
});
