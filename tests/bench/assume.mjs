// What `rolecall assume` adds to the calls that AWS is asked anyway: a role over two hops, from the start of the program
// to its end, beside a program that makes the same two calls and nothing else. Both ask the same AWS on this computer,
// by turns.

import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { target } from "../../scripts/build.mjs";
import { startLocalAws } from "../../scripts/local-aws.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { byTurns, costOf, outputOf, peer, spread, times } from "./cost.mjs";
import { makeHome } from "./home.mjs";
import { amount, milliseconds, ratio, table } from "./report.mjs";

const rolecall = join(target, "release", "rolecall");
/** Two roles of the sample's world, and the user they start from. */
const KEYS = ["AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"];
const ROLES = ["arn:aws:iam::111122223333:role/lambda-role", "arn:aws:iam::444455556666:role/ArchiveReader"];
const BARE = "two bare AssumeRole calls, aws-sdk-sts";
const MINE = "rolecall assume, two hops";

/** Makes homes of these sizes below `folder`, with a chain in each. */
export async function measureAssume(counts, rounds, folder) {
  const aws = await startLocalAws(undefined, join(target, "release", "local-aws"));
  try {
    const bare = [peer("bare_assume"), aws.url, ...KEYS, ...ROLES];
    const jobs = [{ what: BARE, line: bare, env: environmentOf(folder, folder), rounds }];
    for (const count of counts) {
      const beside = join(folder, `assume-${count}`);
      const home = join(beside, "home");
      withChain(makeHome(count, home), aws.url);
      const line = [rolecall, "assume", "bench-second", "--json"];
      jobs.push({ what: MINE, count, line, env: environmentOf(home, beside), rounds });
    }
    for (const { line, env } of jobs) await landsOn("ArchiveReader", line, env);
    const results = await byTurns(jobs.map((job) => ({ ...job, run: () => costOf(job.line, job.env) })));
    const [calls, ...mine] = results.map((costs) => costs.map(({ wall }) => wall));
    const added = mine.map((walls) => walls.map((wall, round) => wall - calls[round]));
    return {
      tables: [
        table(
          "Assuming a role",
          ["program", "profiles", "wall time", "added to the bare calls"],
          jobs.map(({ what, count }, at) => [
            what,
            count === undefined ? "none" : amount(count),
            milliseconds(spread(at === 0 ? calls : mine[at - 1])),
            at === 0 ? "" : milliseconds(spread(added[at - 1])),
          ]),
        ),
      ],
      ratios: counts.map((count, at) =>
        ratio(`${MINE} ÷ ${BARE}, wall time, ${amount(count)} profiles`, {
          value: times(mine[at], calls),
          ...(at === 0 ? { atMost: 3 } : {}),
        }),
      ),
    };
  } finally {
    await aws.stop();
  }
}

/** Adds a user and two roles, one from the other. */
function withChain(aws, url) {
  const where = `region = eu-west-1\nendpoint_url = ${url}\n`;
  const role = (name, arn, source) => `\n[profile ${name}]\nrole_arn = ${arn}\nsource_profile = ${source}\n${where}`;
  appendFileSync(
    join(aws, "config"),
    role("bench-first", ROLES[0], "bench-base") + role("bench-second", ROLES[1], "bench-first"),
  );
  const [id, secret] = KEYS;
  appendFileSync(
    join(aws, "credentials"),
    `\n[bench-base]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n${where}`,
  );
}

/** A comparison is only one when both get there. */
async function landsOn(role, line, env) {
  const said = await outputOf(line, env);
  if (!said.includes(`:assumed-role/${role}/`)) throw new Error(`${line[0]} did not assume ${role}.`);
}
