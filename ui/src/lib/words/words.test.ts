import { expect, test, vi } from "vitest";
import type { Reader } from "../backend/generated/Reader";
import type { Reading } from "../backend/generated/Reading";
import { damaged, movedWords, saveAnyway, saved, unsaved } from "./editor";
import { created } from "./files";
import { failureOf } from "./failures";
import { counted } from "./intl";
import { engineShape, engineWords, otherwise, otherWords, readingNote, worstWords } from "./readers";
import { sessionColumn, sessionSentence, sessionState } from "./session";
import { accountNumber, nodeLines, nodeTitle } from "./source";
import { ago, span } from "./time";
import { copySecret, hideSecret, showSecret, valueLabel, valueNotes } from "./values";

const NOW = 1_800_000_000;
const node = { key: "a", name: "a", oneHour: false, selected: false } as const;

test("a span is rounded down, so that a session never looks longer than it is", () => {
  expect(span(59)).toBe("under 1 min");
  expect(span(47 * 60 + 59)).toBe("47 min");
  expect(span(5 * 3600 + 12 * 60 + 30)).toBe("5 h 12 min");
  expect(span(76 * 3600)).toBe("3 d 4 h");
});

test("what was less than a minute ago was just now", () => {
  expect(ago(NOW - 59, NOW)).toBe("just now");
  expect(ago(NOW - 185, NOW)).toBe("3 min ago");
});

test("an end that has passed is ended, to the second", () => {
  expect(sessionColumn({ is: "ends", at: NOW + 1 }, NOW)).toBe("under 1 min");
  expect(sessionColumn({ is: "ends", at: NOW }, NOW)).toBe("Ended");
  expect(sessionColumn({ is: "noEnd" }, NOW)).toBe("No end");
  expect(sessionColumn({ is: "signedOut" }, NOW)).toBe("Signed out");
  expect(sessionColumn({ is: "unknown" }, NOW)).toBe("");
});

test("a live session whose end comes while the window is open becomes an ended one without a word of the engine", () => {
  const session = { state: "live", endsAt: NOW, origin: "ssoCache", from: "sso/cache/a.json" } as const;
  expect(sessionState(session, NOW - 1)).toBe("live");
  expect(sessionState(session, NOW)).toBe("ended");
  expect(sessionSentence(session, NOW - 3600).strong).toBe("1 h 0 min left");
  expect(sessionSentence(session, NOW).strong).toMatch(/^Ended /);
});

test("one is one and many are many", () => {
  expect(counted(1, "profile", "profiles")).toBe("1 profile");
  expect(counted(9985, "profile", "profiles")).toMatch(/^9\D985 profiles$/);
});

test("well-known keys have labels, all others stand as they are", () => {
  expect(valueLabel("aws_secret_access_key")).toBe("Secret");
  expect(valueLabel("cli_pager")).toBe("cli_pager");
});

test("buttons name their value as a sentence would", () => {
  expect(showSecret("aws_secret_access_key")).toBe("Show secret for 30 seconds");
  expect(hideSecret("aws_session_token")).toBe("Hide session token");
  expect(copySecret("aws_secret_access_key")).toBe("Copy secret, clears after 60 seconds");
  expect(showSecret("mfa_serial")).toBe("Show MFA device for 30 seconds");
});

test("a value says through which portal it comes and which places it hides", () => {
  const value = {
    key: "region",
    shown: { is: "text", text: "eu-west-1" },
    place: { file: "config", line: 3 },
  } as const;
  const hides = [{ file: "credentials", line: 4 } as const];
  expect(valueNotes({ ...value, hides, through: "acme" })).toEqual([
    "from portal acme",
    "also in credentials, line 4, not used",
  ]);
});

test("the folder of two created files is said once", () => {
  const file = (kind: "config" | "credentials", path: string) => ({ kind, path, state: { is: "missing" } }) as const;
  const config = file("config", "~/.aws/config");
  expect(created([config, file("credentials", "~/.aws/credentials")])).toBe("Created ~/.aws/config and credentials");
  expect(created([config, file("credentials", "/srv/keys")])).toBe("Created ~/.aws/config and /srv/keys");
  expect(created([config])).toBe("Created ~/.aws/config");
});

test("an AWS account number is read in fours", () => {
  expect(accountNumber("123456789012")).toBe("1234 5678 9012");
});

test("a box says what its profile is, where it is and how long", () => {
  const profile = { ...node, kind: "profile" } as const;
  expect(nodeLines({ ...profile, role: "Deploy", accountId: "123456789012" }, NOW)).toEqual([
    "role/Deploy",
    "in 1234 5678 9012",
  ]);
  expect(nodeLines({ ...profile, source: "staticKeys", keyId: "AKIA…7Q2M" }, NOW)).toEqual(["User keys, AKIA…7Q2M"]);
  expect(nodeLines({ ...profile, role: "b", oneHour: true }, NOW)[1]).toBe("limit 1 h: role from a role");
  expect(nodeLines({ ...node, kind: "missing" }, NOW)).toEqual(["does not exist"]);
  expect(nodeTitle({ ...node, kind: "more", name: "1137" })).toMatch(/^\+ 1\D137 more$/);
});

test("a failure is told as it came, anything else as a bug", () => {
  vi.spyOn(console, "error").mockReturnValue();
  const failure = { code: "unreadable", message: "No.", hint: "Try." } as const;
  expect(failureOf(failure)).toBe(failure);
  const bug = failureOf(new Error("secret text"));
  expect(bug.code).toBe("bug");
  expect(JSON.stringify(bug)).not.toContain("secret text");
});

test("saving asks with the number of sections and their lines, of many only the first", () => {
  expect(saveAnyway([58])).toBe("1 section can’t be read by AWS tools (line 58).");
  expect(saveAnyway([58, 68])).toBe("2 sections can’t be read by AWS tools (lines 58 and 68).");
  expect(saveAnyway([1, 2, 3, 4, 5])).toBe("5 sections can’t be read by AWS tools (lines 1, 2, and 3 more).");
});

test("what was saved, is unsaved and is damaged is counted", () => {
  expect(saved("config", 2)).toBe("Saved config. 2 lines changed.");
  expect(unsaved(1)).toBe("1 unsaved line");
  expect(damaged([3, 7])).toBe("2 hidden secrets were damaged by typing (lines 3 and 7).");
});

test("a file that moved is told with both ways, and where both sides touched, comparing comes first", () => {
  const apart = movedWords({ is: "apart", what: "aws configure sso added 6 lines below yours." });
  expect(apart.text).toBe("aws configure sso added 6 lines below yours. Both can be kept.");
  expect(apart.ways.map((way) => way.label)).toEqual(["Keep both", "Load theirs"]);
  const overlap = movedWords({ is: "overlap", line: 58, places: 1 });
  expect(overlap.text).toBe("You both changed line 58.");
  expect(overlap.isCompareFirst).toBe(true);
  expect(movedWords({ is: "overlap", line: 58, places: 3 }).text).toBe(
    "You both changed 3 places, the first at line 58.",
  );
  expect(movedWords({ is: "gone" }).title).toBe("This file was deleted while you were editing");
});

test("readers that make the same of a profile are told together, and the worst first", () => {
  const differs: Reading = { is: "differs", differences: [] };
  const readers: Reader[] = [
    { engine: "botocore", usedBy: "AWS CLI, boto3", reading: differs },
    { engine: "js", usedBy: "JavaScript", reading: { ...differs, signsWith: "old" } },
    { engine: "go", usedBy: "Go", reading: { ...differs, signsWith: "old" } },
    { engine: "rust", usedBy: "Rust", reading: { is: "same" } },
  ];
  const told = otherwise(readers);
  expect(told.map(({ who }) => who)).toEqual(["JavaScript and Go", "AWS CLI and boto3"]);
  expect(readingNote("dev", told[0]!)).toMatch(/^JavaScript and Go would sign as dev with old’s keys\./);
});

test("under a profile’s name stands the worst of it, and whose that is", () => {
  const readings = [
    { usedBy: "AWS CLI, boto3", reading: "differs" },
    { usedBy: "Go", reading: "absent" },
    { usedBy: "Java", reading: "same" },
  ] as const;
  expect(worstWords(readings)).toBe("Go: no such profile");
});

test("a hidden value is never said to be the same as another hidden one", () => {
  expect(otherWords({ is: "hidden" }, { is: "hidden" })).toBe("another one");
  expect(otherWords({ is: "hidden" }, undefined)).toBe("nothing");
});

test("a reader says which line it can’t read, else how many profiles it has alike", () => {
  const counts = { same: 0, differs: 0, absent: 0, unusable: 0, refused: 3 };
  const refuses = { engine: "rust", usedBy: "Rust", readsNothing: true, ...counts } as const;
  const file = { file: "credentials", line: 4, error: "no" } as const;
  expect(engineWords({ ...refuses, notRead: [file] })).toBe("can’t read credentials, line 4");
  expect(engineShape({ ...refuses, notRead: [file] })).toBe("err");
  const reads = { ...refuses, readsNothing: false, notRead: [], same: 40, differs: 1, refused: 0 };
  expect([engineWords(reads), engineShape(reads)]).toEqual(["40 the same, 1 differently", "warn"]);
});
