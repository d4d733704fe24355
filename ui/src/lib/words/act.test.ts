// The words of accounts, assuming and tokens.

import { expect, test } from "vitest";
import type { TokenChange } from "../backend/generated/TokenChange";
import { codeOf, ofLength, shareLeft, timeLeft } from "./assume";
import { matches } from "./match";
import { REGIONS, regionName, regionsFor } from "./regions";
import { newEnd, oldEnd, tokenWaits, whatChanged, whatSwitches, whoSwitches } from "./tokens";

const NOW = 1_800_000_000;
const token = { of: "profile", name: "acme", about: false } as const;
const change = (more: Partial<TokenChange> = {}): TokenChange => ({
  ...{ ticket: 1, tokens: [token], tokenCount: 1, accounts: ["Acme Dev", "Acme US"], sessions: 1 },
  ...more,
});
const sentence = (change: TokenChange) => {
  const { before, name, after, question } = whatChanged(change);
  return `${before}${name}${after} ${question}`;
};

test("a code is its digits, however it was pasted", () => {
  expect(codeOf("407 123")).toBe("407123");
  expect(codeOf(" 407-123\n")).toBe("407123");
  expect(codeOf("12345678")).toBe("123456");
  expect(codeOf("abc")).toBe("");
});

test("a session says how long it still works, of how long, and when it has ended", () => {
  expect(timeLeft(NOW + 47 * 60, NOW)).toBe("47 min left");
  expect(timeLeft(NOW, NOW)).toBe("Ended");
  expect(ofLength(NOW - 600, NOW + 3000, NOW)).toMatch(/^ of 1 hour, until /);
  expect(ofLength(NOW, NOW + 900, NOW)).toMatch(/^ of 15 min, until /);
  expect(ofLength(NOW - 3600, NOW - 60, NOW)).toMatch(/^ at /);
});

test("the share that is left stays between all and nothing", () => {
  expect(shareLeft(NOW - 30, NOW + 30, NOW)).toBe(0.5);
  expect(shareLeft(NOW - 60, NOW - 30, NOW)).toBe(0);
  expect(shareLeft(NOW + 10, NOW + 60, NOW)).toBe(1);
  expect(shareLeft(NOW, NOW, NOW)).toBe(0);
});

test("one token is named, many are counted, and a portal is no profile", () => {
  expect(sentence(change())).toBe("The keys for acme were renewed outside Rolecall. Use the new ones?");
  expect(sentence(change({ tokens: [{ ...token, of: "portal" }] }))).toBe(
    "The sign-in to acme was renewed outside Rolecall. Use the new one?",
  );
  expect(whatChanged(change({ tokenCount: 10 })).name).toBe("10 profiles");
  expect(whatChanged(change({ tokenCount: 2, tokens: [token, { ...token, of: "portal" }] })).name).toBe(
    "2 profiles and portals",
  );
});

test("what would switch is counted and named, and nothing is nothing", () => {
  expect(whatSwitches(change())).toBe("2 accounts and 1 open session will switch.");
  expect(whatSwitches(change({ accounts: [], sessions: 2 }))).toBe("2 open sessions will switch.");
  expect(whatSwitches(change({ accounts: [], sessions: 0 }))).toBe("No account uses it yet.");
  expect(whoSwitches(change({ accounts: ["a", "b", "c", "d", "e", "f"] }))).toBe("a, b, c, d, and 2 more");
});

test("the bar says what waits in one sentence", () => {
  expect(tokenWaits(change())).toBe("Session Token Changed: the keys for acme were renewed outside Rolecall.");
});

test("an end that is an estimate says about, one that has passed says ended, none is not known", () => {
  expect(newEnd({ ...token, newEndsAt: NOW + 60, about: true }, NOW)).toMatch(/^about /);
  expect(oldEnd({ ...token, oldEndsAt: NOW - 60 }, NOW)).toMatch(/, ended$/);
  expect(oldEnd(token, NOW)).toBe("not known");
});

test("a region is found by its name and by its place, and one that nobody knows can be typed", () => {
  expect(regionsFor("ireland")).toEqual(["eu-west-1"]);
  expect(regionsFor("sao paulo")).toEqual(["sa-east-1"]);
  expect(regionsFor("")).toEqual(REGIONS);
  expect(regionsFor("eu-new-1")).toEqual(["eu-new-1"]);
  expect(regionsFor("EU-WEST-1")).toEqual(["eu-west-1"]);
  expect(regionsFor("no such place")).toEqual([]);
});

test("every region has a name and the form of one", () => {
  for (const region of REGIONS) {
    expect(region).toMatch(/^[a-z]{2,4}(-[a-z]+)+-\d$/);
    expect(regionName(region)).not.toBe("");
  }
});

test("each typed word has to be found, whatever case and accents", () => {
  expect(matches("Acme Dev Zürich", "zurich ACME")).toBe(true);
  expect(matches("Acme Dev", "acme prod")).toBe(false);
});
