// A believable home for design work and component tests: about forty profiles in every state. Each line says what a
// profile is; `fake.ts` makes the engine's answers of it. Nothing here is a reading of AWS files.

import type { ProblemGroupKind } from "./generated/ProblemGroupKind";
import type { Severity } from "./generated/Severity";
import type { Source } from "./generated/Source";
import type { Status } from "./generated/Status";

export interface FakeProfile {
  name: string;
  source: Source;
  status: Status;
  /** The word beside the name. */
  of?: string;
  why?: string;
  /** Minutes until the session ends; negative when it has ended. */
  ends?: number;
  isSignedOut?: boolean;
  /** The portal, or the profile it starts from. */
  from?: string;
  role?: string;
  account?: string;
  region?: string;
  mfa?: boolean;
  pinned?: boolean;
}

const ACME = "123456789012";
const STAGE = "551200348871";
const PROD = "903466712250";
const GLOBEX = "550123456780";

const sso = (
  name: string,
  of: string,
  account: string,
  from: string,
  rest: Partial<FakeProfile> = {},
): FakeProfile => ({
  ...{ name, of, account, from, role: of, source: "sso", status: "connected", region: "eu-west-1", ends: 312 },
  ...rest,
});
const keys = (name: string, of: string, rest: Partial<FakeProfile> = {}): FakeProfile => ({
  ...{ name, of, source: "staticKeys", status: "unchecked", region: "eu-west-1" },
  ...rest,
});
const role = (
  name: string,
  of: string,
  from: string,
  account: string,
  rest: Partial<FakeProfile> = {},
): FakeProfile => ({
  ...{ name, of, role: of, from, account, source: "assumeRole", status: "unchecked", region: "eu-west-1" },
  ...rest,
});

export const profiles: readonly FakeProfile[] = [
  sso("acme", "Developer", ACME, "acme", { pinned: true }),
  sso("acme-data-Analyst", "Analyst", "772011884023", "acme"),
  sso("acme-data-ReadOnly", "ReadOnly", "772011884023", "acme"),
  role("acme-dev", "Developer", "acme", ACME, { status: "connected", ends: 312, pinned: true }),
  role("acme-dev-deploy", "Deploy", "acme-dev", ACME, { status: "connected", ends: 312, mfa: true }),
  role("acme-stage", "Developer", "acme", STAGE, { status: "connected", ends: 312 }),
  role("acme-prod", "ReadOnly", "acme", PROD, { status: "connected", ends: 312, mfa: true }),
  keys("default", "AKIA…3QRD"),
  keys("commandeer-dev-base", "AKIA…7Q2M", { status: "warning", why: "same keys" }),
  keys("commandeer-dev", "AKIA…7Q2M", { status: "warning", why: "same keys" }),
  keys("legacy-backup", "AKIA…0XHC", { region: undefined }),
  keys("localstack", "test"),
  keys("ci", "AKIA…V5ND", { status: "warning", why: "same keys" }),
  keys("ci-old", "AKIA…V5ND", { status: "warning", why: "same keys" }),
  keys("staging", "AKIA…K83T", { status: "broken", why: "twice in credentials" }),
  keys("half-pasted", "AKIA…19WB", { status: "broken", why: "no secret" }),
  keys("regional-reports-eu-central-1-quarterly-with-a-name-nobody-shortened", "AKIA…6LNE"),
  role("lambda-role-connection", "lambda-role", "commandeer-dev-base", ACME, { mfa: true }),
  role("deploy", "deploy", "commandeer-dev-base", ACME),
  role("admin", "admin", "commandeer-dev-base", ACME, { mfa: true }),
  role("lambda-viewer", "viewer", "commandeer-dev", ACME),
  role("reporting-role", "reporting", "acme-deev", ACME, { status: "broken", why: "source missing" }),
  role("loop-a", "a", "loop-b", ACME, { status: "broken", why: "goes in a circle" }),
  role("loop-b", "b", "loop-a", ACME, { status: "broken", why: "goes in a circle" }),
  { name: "pasted-token", source: "sessionKeys", status: "ended", of: "ASIA…2T5W", ends: -190, region: "us-east-1" },
  { name: "pasted-today", source: "sessionKeys", status: "unchecked", of: "ASIA…8YPC", ends: 47, region: "us-east-1" },
  sso("globex-data-admin", "Admin", GLOBEX, "globex", { status: "ended", ends: -905 }),
  sso("globex-data-readonly", "ReadOnly", GLOBEX, "globex", { status: "ended", ends: -905 }),
  sso("globex-iot-developer", "Developer", "771900423381", "globex", { status: "ended", ends: -905 }),
  sso("initech", "Operator", "210987654321", "initech", { status: "unchecked", ends: undefined, isSignedOut: true }),
  { name: "qa-eu", source: "none", status: "warning", why: "no keys", region: "eu-central-1" },
  { name: "qa-us", source: "none", status: "warning", why: "no keys", region: "us-east-2" },
  { name: "vault-tool", source: "process", status: "unchecked", of: "vault-helper", region: "eu-west-1" },
  { name: "web-ci", source: "webIdentity", status: "unchecked", of: "ci-runner", role: "ci-runner", account: ACME },
  { name: "console", source: "login", status: "unchecked", of: "jo", region: "eu-west-1" },
  {
    name: "on-the-machine",
    source: "credentialSource",
    status: "unchecked",
    of: "worker",
    role: "worker",
    account: ACME,
  },
];

/** As many more, all alike, of one portal. */
export function crowd(number: number): FakeProfile[] {
  const teams = ["core", "edge", "billing", "search", "media", "risk"];
  const roles = ["Operator", "ReadOnly", "Developer", "Admin"];
  return Array.from({ length: number }, (_, at) => {
    const of = roles[at % roles.length] ?? "";
    const name = `globex-${teams[at % teams.length]}-${String(at).padStart(5, "0")}-${of.toLowerCase()}`;
    return sso(name, of, GLOBEX, "globex", { status: "ended", ends: -905 });
  });
}

export interface FakeProblem {
  key: string;
  kind: ProblemGroupKind;
  rule: string;
  severity: Severity;
  message: string;
  why: string;
  advice: string;
  place: string;
  about: string[];
  /** The line of the main place. */
  line: number;
  file: "config" | "credentials";
  lines: [line: number, text: string, isMarked?: boolean][];
  fix?: { title: string; removed: string[]; added: string[] };
}

const SECRET = "••••••••••••7f3a91c2";

export const problems: readonly FakeProblem[] = [
  {
    ...{ key: "p1", kind: "broken", rule: "section.duplicate", severity: "error", file: "credentials", line: 22 },
    message: "staging appears twice in credentials.",
    why: "Some tools merge the two sections, the AWS CLI refuses the whole file.",
    advice: "Keep one of the two sections. Where both have the same key, decide which value is right.",
    ...{ place: "credentials, lines 22 and 40", about: ["staging"] },
    lines: [
      [21, ""],
      [22, "[staging]", true],
      [23, "aws_access_key_id = AKIA4EXAMPLEK83T"],
      [24, `aws_secret_access_key = ${SECRET}`],
      [40, "[staging]", true],
      [41, "region = eu-west-1"],
    ],
  },
  {
    ...{ key: "p2", kind: "broken", rule: "chain.missing_source", severity: "error", file: "config", line: 58 },
    message: "reporting-role has nothing to start from.",
    why: "Nothing can give the keys to assume this role with: its source profile “acme-deev” is in neither file.",
    advice: "Name a profile that exists, or add one called acme-deev.",
    ...{ place: "config, line 58", about: ["reporting-role"] },
    lines: [
      [56, "[profile reporting-role]"],
      [57, "role_arn = arn:aws:iam::123456789012:role/reporting"],
      [58, "source_profile = acme-deev", true],
      [59, "duration_seconds = 3600"],
    ],
    fix: { title: "Change to acme-dev", removed: ["source_profile = acme-deev"], added: ["source_profile = acme-dev"] },
  },
  {
    ...{ key: "p3", kind: "broken", rule: "chain.loop", severity: "error", file: "config", line: 73 },
    message: "loop-a and loop-b point at each other.",
    why: "Each waits for the other, so neither ever gets keys.",
    advice: "Decide where the chain starts: let one of them name a profile with keys of its own.",
    ...{ place: "config, lines 73 and 77", about: ["loop-a", "loop-b"] },
    lines: [
      [72, "[profile loop-a]"],
      [73, "source_profile = loop-b", true],
      [76, "[profile loop-b]"],
      [77, "source_profile = loop-a", true],
    ],
  },
  {
    ...{ key: "p4", kind: "broken", rule: "keys.incomplete", severity: "error", file: "credentials", line: 47 },
    message: "half-pasted has a key ID but no secret.",
    why: "Half of a paste: no tool can sign a request with it.",
    advice: "Paste both lines again, or remove the section.",
    ...{ place: "credentials, line 47", about: ["half-pasted"] },
    lines: [
      [46, "[half-pasted]"],
      [47, "aws_access_key_id = AKIA4EXAMPLE19WB", true],
    ],
  },
  {
    ...{ key: "p5", kind: "duplicates", rule: "keys.duplicate", severity: "warning", file: "credentials", line: 1 },
    message: "commandeer-dev and commandeer-dev-base use the same keys.",
    why: "Replacing the key in one place leaves the old one in the other, and tools that use that profile stop working without a clear reason.",
    advice: "Keep the keys in one profile, and let the other start from it.",
    ...{ place: "credentials, lines 1 and 9", about: ["commandeer-dev", "commandeer-dev-base"] },
    lines: [
      [1, "[commandeer-dev-base]", true],
      [2, "aws_access_key_id = AKIA4EXAMPLE7Q2M"],
      [3, `aws_secret_access_key = ${SECRET}`],
      [9, "[commandeer-dev]", true],
      [10, "aws_access_key_id = AKIA4EXAMPLE7Q2M"],
    ],
    fix: {
      title: "Keep commandeer-dev-base, remove commandeer-dev",
      removed: ["[commandeer-dev]", "aws_access_key_id = AKIA4EXAMPLE7Q2M", `aws_secret_access_key = ${SECRET}`],
      added: [],
    },
  },
  {
    ...{ key: "p6", kind: "duplicates", rule: "keys.duplicate", severity: "warning", file: "credentials", line: 52 },
    message: "ci and ci-old use the same keys.",
    why: "Replacing the key in one place leaves the old one in the other.",
    advice: "Keep the keys in one profile, and let the other start from it.",
    ...{ place: "credentials, lines 52 and 57", about: ["ci", "ci-old"] },
    lines: [
      [52, "[ci]", true],
      [57, "[ci-old]", true],
    ],
  },
  {
    ...{ key: "p7", kind: "dangling", rule: "profile.dangling", severity: "warning", file: "config", line: 90 },
    message: "qa-eu has no keys anywhere.",
    why: "config names it, credentials does not, and nothing else gives it keys. It may still work where keys come from variables or the machine.",
    advice: "Add keys under the same name, name a source, or remove the section.",
    ...{ place: "config, line 90", about: ["qa-eu"] },
    lines: [
      [90, "[profile qa-eu]", true],
      [91, "region = eu-central-1"],
    ],
  },
  {
    ...{ key: "p8", kind: "dangling", rule: "profile.dangling", severity: "warning", file: "config", line: 94 },
    message: "qa-us has no keys anywhere.",
    why: "config names it, credentials does not, and nothing else gives it keys.",
    advice: "Add keys under the same name, name a source, or remove the section.",
    ...{ place: "config, line 94", about: ["qa-us"] },
    lines: [
      [94, "[profile qa-us]", true],
      [95, "region = us-east-2"],
    ],
  },
  {
    ...{ key: "p9", kind: "warnings", rule: "file.permissions", severity: "warning", file: "credentials", line: 1 },
    message: "Other users of this computer can read your keys.",
    why: "credentials is readable by everyone (0644).",
    advice: "Make it private: chmod 600 ~/.aws/credentials",
    ...{ place: "credentials", about: [] },
    lines: [],
  },
  {
    ...{ key: "p10", kind: "worthKnowing", rule: "session.ended", severity: "info", file: "credentials", line: 61 },
    message: "The session of pasted-token has ended.",
    why: "Temporary keys stop working after their time.",
    advice: "Copy new ones from where these came from.",
    ...{ place: "credentials, line 64", about: ["pasted-token"] },
    lines: [
      [61, "[pasted-token]"],
      [64, "aws_expiration = 2026-11-22T09:02:00Z", true],
    ],
  },
];
