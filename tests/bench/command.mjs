// `rolecall list --json` as a person runs it, beside two programs that read the same two files and do nothing more than
// count the profiles. Starting up is part of each; what it costs by itself is seen on a home without profiles.

import { join, resolve } from "node:path";
import { target } from "../../scripts/build.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { byTurns, costOf, growth, outputOf, peer, spread, times } from "./cost.mjs";
import { amount, bytes, milliseconds, ratio, table } from "./report.mjs";

const python = resolve(process.env.ROLECALL_PYTHON_ENV ?? join(target, "python"), "bin", "python");
const rolecall = join(target, "release", "rolecall");

/** Each answers the number of profiles from what its program prints. */
export const programs = {
  "rolecall list --json": {
    line: () => [rolecall, "list", "--json"],
    count: (printed) => JSON.parse(printed).profiles.length,
  },
  "aws-runtime, parse and count": { line: (home) => [peer("aws_runtime"), join(home.path, ".aws")], count: Number },
  "botocore, parse and count": {
    line: () => [python, "tests/bench/peers/botocore_count.py"],
    count: (printed) => JSON.parse(printed).profiles,
    isSlow: true,
  },
};

/** `homes` are in order of size, the first one empty; the last two are what growth is measured between. */
export async function measureCommand(homes, rounds) {
  await sameCount(homes);
  const jobs = homes.flatMap((home) =>
    Object.entries(programs).map(([name, { line, isSlow }]) => ({
      name,
      home,
      rounds: isSlow ? Math.ceil(rounds / 3) : rounds,
      run: () => costOf(line(home), environment(home)),
    })),
  );
  const results = await byTurns(jobs);
  const of = (name, home, what) =>
    results[jobs.findIndex((job) => job.name === name && job.home === home)].map((cost) => cost[what]);
  const [mine, aws, botocore] = Object.keys(programs);
  const [small, large] = homes.slice(-2);

  return {
    tables: [
      table(
        "The command",
        ["program", "profiles", "wall time", "user time", "peak memory"],
        jobs.map(({ name, home }) => [
          name,
          amount(home.count),
          milliseconds(spread(of(name, home, "wall"))),
          milliseconds(spread(of(name, home, "user"))),
          bytes(spread(of(name, home, "memory"))),
        ]),
      ),
    ],
    ratios: [
      ...[small, large].map((home) =>
        ratio(`aws-runtime ÷ rolecall list, wall time, ${amount(home.count)} profiles`, {
          value: times(of(aws, home, "wall"), of(mine, home, "wall")),
          atLeast: 0.5,
        }),
      ),
      ...[small, large].map((home) =>
        ratio(`botocore ÷ rolecall list, wall time, ${amount(home.count)} profiles`, {
          value: times(of(botocore, home, "wall"), of(mine, home, "wall")),
        }),
      ),
      ratio(`${mine} ÷ aws-runtime, growth of wall time, ${amount(small.count)} to ${amount(large.count)}`, {
        value: growth(
          [of(mine, large, "wall"), of(mine, small, "wall")],
          [of(aws, large, "wall"), of(aws, small, "wall")],
        ),
        atMost: 1.5,
      }),
      ...Object.keys(programs).map((name) =>
        ratio(`${name}: wall time, ${amount(large.count)} ÷ ${amount(small.count)}`, {
          value: times(of(name, large, "wall"), of(name, small, "wall")),
          wanted: name === mine ? "at most 11" : undefined,
        }),
      ),
      ratio(`${mine}: peak memory, ${amount(large.count)} ÷ ${amount(small.count)}`, {
        value: times(of(mine, large, "memory"), of(mine, small, "memory")),
        atMost: 11,
      }),
    ],
  };
}

/** A comparison is only one when all have read the same. */
async function sameCount(homes) {
  for (const home of homes)
    for (const [name, { line, count }] of Object.entries(programs)) {
      const found = count(await outputOf(line(home), environment(home)));
      if (found !== home.count) throw new Error(`${name} finds ${found} profiles where ${home.count} are.`);
    }
}

const environment = (home) => environmentOf(home.path, home.beside);
