// Makes a believable home of any size, the same one each time: what the bench measures, and what the window tests open
// when they need 10,000 profiles. Every reader that is measured takes these files whole, so what a rule may find wrong
// is in the meaning of a few profiles, never in a line. Values are those of AWS's documentation.
//   node tests/bench/home.mjs COUNT FOLDER

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SEED = 20261122;

const teams = "acme northwind contoso fabrikam tailspin litware adventure wingtip proseware lucerne".split(" ");
const services =
  "billing search orders payments identity media reports ledger gateway mail catalog etl frontend data".split(" ");
const stages = "dev test stage prod sandbox".split(" ");
const regions = "eu-west-1 eu-central-1 us-east-1 us-west-2 ap-southeast-2 sa-east-1".split(" ");
const roles = "ReadOnly Developer PowerUser Administrator Deploy DataScientist Auditor Support".split(" ");

/** How often each kind comes, in a thousand; `keys` are the rest. */
const kinds = [
  ["portal", 330],
  ["role", 270],
  ["sessionKeys", 60],
  ["oldPortal", 40],
  ["process", 30],
  ["webIdentity", 20],
  ["login", 10],
  ["machine", 10],
  ["dangling", 8],
  ["sameKeys", 6],
  ["missingSource", 3],
  ["loop", 1],
];

/** Makes `folder/.aws` with `count` profiles and answers its path. */
export function makeHome(count, folder) {
  const aws = join(folder, ".aws");
  mkdirSync(join(aws, "sso", "cache"), { recursive: true, mode: 0o700 });
  const { config, credentials, tokens } = homeOf(count);
  for (const [name, text] of [["config", config], ["credentials", credentials], ...tokens])
    writeFileSync(join(aws, name), text, { mode: 0o600 });
  return aws;
}

/** The text of both files, and the token files of the portals by path. */
export function homeOf(count) {
  const home = new Writer(count);
  for (let number = 0; number < count; number += 1) home.profile(number);
  return home.files();
}

/** The name of the profile of this number; its last digits are the number, so typing them finds it. */
export const nameOf = (number) =>
  number === 0
    ? "default"
    : `${of(teams, number * 7)}-${of(services, number * 3)}-${of(stages, number)}-${String(number).padStart(4, "0")}`;

class Writer {
  #chance = chance(SEED);
  #portals;
  #config = ["# Settings of the AWS tools. Keys are in the other file.", ""];
  #credentials = ["# Keys. Do not share this file.", ""];
  /** Profiles that a role may start from, by how many roles are behind them: none, one, two. */
  #sources = [[], [], []];
  #lastKeyId = "";

  constructor(count) {
    this.#portals = Array.from({ length: Math.min(40, 1 + Math.floor(count / 250)) }, (_, at) =>
      at < teams.length ? teams[at] : `${of(teams, at)}-${at}`,
    );
    for (const [at, portal] of this.#portals.entries())
      this.#section(`sso-session ${portal}`, {
        sso_start_url: startUrl(portal),
        sso_region: of(regions, at),
        sso_registration_scopes: "sso:account:access",
      });
    this.#config.push("[services local]", "s3 =", "  endpoint_url = http://localhost:4566", "");
  }

  profile(number) {
    const name = nameOf(number);
    if (number % 25 === 1) this.#config.push(`# ${"-".repeat(40)} ${of(teams, number)}, ${of(services, number)}`, "");
    this[number === 0 ? "keys" : this.#kind()](name, number);
  }

  files() {
    const tokens = this.#portals.map((portal, at) => [
      join("sso", "cache", `${createHash("sha1").update(portal).digest("hex")}.json`),
      JSON.stringify({
        startUrl: startUrl(portal),
        region: of(regions, at),
        accessToken: "aoaAAAAAGEXAMPLE",
        // One in three is long over, the others never end while anybody measures.
        expiresAt: at % 3 === 2 ? "2024-03-01T08:00:00Z" : "2099-12-31T23:59:59Z",
      }),
    ]);
    return { config: this.#config.join("\n"), credentials: this.#credentials.join("\n"), tokens };
  }

  // --- a kind each ---

  keys(name) {
    this.#lastKeyId = this.#keyId("AKIA");
    this.#pair(name, this.#lastKeyId);
    if (this.#chance() < 0.7) this.#config.push(...this.#settings(name), "");
    this.#sources[0].push(name);
  }

  sessionKeys(name) {
    const token = `IQoJb3JpZ2luX2Vj${"EXAMPLETOKEN".repeat(12)}`;
    this.#pair(name, this.#keyId("ASIA"), { aws_session_token: token });
    this.#sources[0].push(name);
  }

  sameKeys(name) {
    this.#pair(name, this.#lastKeyId || this.#keyId("AKIA"));
  }

  portal(name, number) {
    this.#profile(name, {
      sso_session: this.#pick(this.#portals),
      sso_account_id: account(number),
      sso_role_name: this.#pick(roles),
    });
    this.#sources[0].push(name);
  }

  oldPortal(name, number) {
    this.#profile(name, {
      sso_start_url: startUrl(this.#pick(this.#portals)),
      sso_region: this.#pick(regions),
      sso_account_id: account(number),
      sso_role_name: this.#pick(roles),
    });
  }

  role(name, number) {
    const wanted = Math.floor(this.#chance() * 3);
    const behind = this.#sources[wanted].length > 0 ? wanted : 0;
    if (this.#sources[behind].length === 0) return this.keys(name);
    const lines = { role_arn: arn(number, this.#pick(roles)), source_profile: this.#pick(this.#sources[behind]) };
    if (this.#chance() < 0.2) lines.mfa_serial = `arn:aws:iam::${account(number)}:mfa/jo`;
    if (this.#chance() < 0.2) lines.external_id = `partner-${number}`;
    if (this.#chance() < 0.3) lines.duration_seconds = "3600";
    this.#profile(name, lines);
    this.#sources[behind + 1]?.push(name);
  }

  process(name) {
    this.#profile(name, { credential_process: `/opt/vault/bin/keys --for ${name} --format json` });
  }

  webIdentity(name, number) {
    this.#profile(name, { role_arn: arn(number, "Runner"), web_identity_token_file: "/var/run/secrets/token" });
  }

  login(name, number) {
    this.#profile(name, { login_session: `arn:aws:iam::${account(number)}:user/jo` });
  }

  machine(name, number) {
    this.#profile(name, { role_arn: arn(number, "Instance"), credential_source: "Ec2InstanceMetadata" });
  }

  dangling(name) {
    this.#profile(name, {});
  }

  missingSource(name, number) {
    this.#profile(name, { role_arn: arn(number, "Deploy"), source_profile: `${of(teams, number)}-gone-${number}` });
  }

  loop(name, number) {
    this.#profile(name, { role_arn: arn(number, "Deploy"), source_profile: name });
  }

  // --- lines ---

  #profile(name, properties) {
    this.#config.push(...this.#settings(name, properties), "");
  }

  #settings(name, properties = {}) {
    const lines = [name === "default" ? "[default]" : `[profile ${name}]`];
    if (this.#chance() < 0.06) lines.push("# Read only on purpose, ask in the channel before you change it.");
    for (const [key, value] of Object.entries(properties)) lines.push(`${key} = ${value}`);
    lines.push(`region = ${this.#pick(regions)}`);
    if (this.#chance() < 0.3) lines.push("output = json");
    if (this.#chance() < 0.02) lines.push("services = local");
    if (this.#chance() < 0.05) lines.push("s3 =", "  max_concurrent_requests = 20", "  addressing_style = virtual");
    return lines;
  }

  #section(header, properties) {
    const lines = Object.entries(properties).map(([key, value]) => `${key} = ${value}`);
    this.#config.push(`[${header}]`, ...lines, "");
  }

  #pair(name, id, more = {}) {
    if (this.#chance() < 0.1) this.#credentials.push("# Rotated in March.");
    const secret = `wJalrXUtnFEMI/${this.#letters(15)}/EXAMPLEKEY`;
    const properties = { aws_access_key_id: id, aws_secret_access_key: secret, ...more };
    const lines = Object.entries(properties).map(([key, value]) => `${key} = ${value}`);
    this.#credentials.push(`[${name}]`, ...lines, "");
  }

  #keyId(kind) {
    return `${kind}${this.#letters(9)}EXAMPLE`;
  }

  #letters(count) {
    return Array.from({ length: count }, () => this.#pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")).join("");
  }

  #kind() {
    let left = this.#chance() * 1000;
    return kinds.find(([, often]) => (left -= often) < 0)?.[0] ?? "keys";
  }

  #pick(list) {
    return list[Math.floor(this.#chance() * list.length)];
  }
}

const of = (list, at) => list[at % list.length];
const startUrl = (portal) => `https://${portal}.awsapps.com/start`;
const arn = (number, role) => `arn:aws:iam::${account(number)}:role/${role}`;

/** As the documentation writes them: three digits, each four times. */
function account(number) {
  const digits = String((Math.floor(number / 3) + 123) % 1000).padStart(3, "0");
  return [...digits].map((digit) => digit.repeat(4)).join("");
}

/** Numbers below 1 that look random and are the same each time (mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [count, folder] = process.argv.slice(2);
  if (!folder || !/^\d+$/.test(count))
    throw new Error("Say how many and where: node tests/bench/home.mjs COUNT FOLDER");
  console.log(makeHome(Number(count), folder));
}
