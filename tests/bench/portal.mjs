// What listing a portal costs beside what its service allows, and what writing thousands of profiles costs beside having
// them listed. The AWS on this computer takes twenty calls a second, as AWS does; the share of that which is reached is
// worked out from its own log, so that starting and printing count against us.

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { target } from "../../scripts/build.mjs";
import { startLocalAws } from "../../scripts/local-aws.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { outputOf, spread } from "./cost.mjs";
import { amount, milliseconds, ratio, table } from "./report.mjs";

const START_URL = "https://acme.awsapps.com/start";
/** AWS's own, calls a second for each portal. */
const RATE = 20;
const ROLES = ["Admin", "ReadOnly", "Deploy"];
const BROWSER = `#!/usr/bin/python3
import sys, urllib.request
address, _, query = sys.argv[1].partition("?")
urllib.request.urlopen(address, (query + "&decision=allow").encode()).read()
`;

/** Lists `accounts` at AWS's rate, and writes a profile for each role of `many` that nothing holds up. */
export async function measurePortal({ accounts, many }, folder, programs = join(target, "release")) {
  const listing = await listed(accounts, RATE, join(folder, "portal"), programs);
  const writing = await written(many, join(folder, "portal-many"), programs);
  const profiles = many * ROLES.length;
  return {
    tables: [
      table(
        "A portal",
        ["what", "how many", "wall time"],
        [
          ["accounts listed with three roles each, at 20 calls a second", amount(accounts), milliseconds(listing.wall)],
          [
            "profiles written, from what was listed to the end of the program",
            amount(profiles),
            milliseconds(writing.wall),
          ],
        ],
      ),
    ],
    ratios: [
      ratio(`calls answered ÷ calls that the service takes, ${amount(accounts)} accounts`, {
        value: listing.share,
        atLeast: 0.95,
      }),
      ratio(`writing ${amount(profiles)} profiles ÷ rolecall list of them, wall time`, { value: writing.besideList }),
    ],
  };
}

async function listed(accounts, rate, folder, programs) {
  const { aws, run } = await signedIn(accounts, rate, folder, programs);
  try {
    const started = performance.now();
    const { accounts: found, complete } = JSON.parse(await run("sso", "list", "--json"));
    const wall = performance.now() - started;
    if (!complete || found.length !== accounts) throw new Error(`${found.length} of ${accounts} accounts were listed.`);
    const calls = (await aws.control({ do: "log" })).filter(({ action }) => action.startsWith("List"));
    const answered = calls.filter(({ answer }) => answer === "ok").length;
    // A second's calls may go at once in the beginning; they are no merit.
    const taken = rate * (wall / 1000 + 1);
    return { wall: spread([wall]), share: spread([answered / taken]) };
  } finally {
    await aws.stop();
  }
}

async function written(accounts, folder, programs) {
  const { aws, run } = await signedIn(accounts, 100_000, folder, programs);
  try {
    await run("sso", "list");
    const started = performance.now();
    await run("sso", "generate", "--cached", "--yes");
    const wall = performance.now() - started;
    const again = performance.now();
    const { profiles } = JSON.parse(await run("list", "--json"));
    const list = performance.now() - again;
    if (profiles.length !== accounts * ROLES.length) throw new Error(`${profiles.length} profiles were written.`);
    return { wall: spread([wall]), besideList: spread([wall / list]) };
  } finally {
    await aws.stop();
  }
}

async function signedIn(accounts, rate, folder, programs) {
  const home = join(folder, "home");
  mkdirSync(join(home, ".aws"), { recursive: true, mode: 0o700 });
  const world = join(folder, "world.toml");
  writeFileSync(world, worldOf(accounts, rate));
  writeFileSync(
    join(home, ".aws/config"),
    `[sso-session acme]\nsso_start_url = ${START_URL}\nsso_region = eu-west-1\n`,
  );
  const browser = join(folder, "browser");
  writeFileSync(browser, BROWSER);
  chmodSync(browser, 0o755);
  const aws = await startLocalAws(["--world", world], join(programs, "local-aws"));
  const env = { ...environmentOf(home, folder), AWS_ENDPOINT_URL: aws.url, BROWSER: browser };
  const run = (...args) => outputOf([join(programs, "rolecall"), ...args], env);
  await run("login");
  return { aws, run };
}

function worldOf(accounts, rate) {
  const roles = JSON.stringify(ROLES);
  const account = (_, at) =>
    `[[portal.account]]\nid = "${String(at).padStart(12, "0")}"\nname = "Account ${at}"\nroles = ${roles}\n`;
  const all = Array.from({ length: accounts }, account).join("");
  return `portal_rate = ${rate}\n[[portal]]\nstart_url = "${START_URL}"\n${all}`;
}
