// Reading alone: what Rolecall does with the bytes of both files, step by step, inside one process, against the parse of
// the AWS SDK for Rust and of rust-ini in the same process, and of JavaScript and botocore in theirs. Nothing is started,
// opened or printed in what is timed, but that the last two open the files.

import { join, resolve } from "node:path";
import { environmentOf } from "../../scripts/sample.mjs";
import { outputOf, peer, spread, times } from "./cost.mjs";
import { programs } from "./command.mjs";
import { amount, milliseconds, ratio, table } from "./report.mjs";

const botocore = programs["botocore, parse and count"];

/** The size at which the limits beside others are held. */
const JUDGED = 10_000;

const STEPS = {
  "Rolecall: lines of both files": "lex",
  "Rolecall: profiles, sources, chains": "read",
  "Rolecall: all problems": "rules",
  "Rolecall: all of these": "rolecall",
  "aws-runtime: parse": "awsRuntime",
  "rust-ini: parse": "rustIni",
  "JavaScript v3: parse": "js",
  "botocore: parse": "botocore",
};

/** `homes` in order of size, each ten times the one before; `turns` is how often all readers come by turns. */
export async function measureParse(homes, turns) {
  const measured = [];
  for (const home of homes) measured.push({ home, ...(await measureOne(home, turns)) });
  const judged = measured.filter(({ home }) => home.count === JUDGED);
  const pairs = measured.slice(1).map((large, at) => [measured[at], large]);
  return {
    tables: [
      table(
        "Reading alone",
        ["what", "profiles", "time"],
        measured.flatMap(({ home, rounds }) =>
          Object.entries(STEPS).map(([what, name]) => [
            what,
            amount(home.count),
            milliseconds(spread(rounds.map((round) => round[name]))),
          ]),
        ),
      ),
    ],
    ratios: [
      ...judged.flatMap(({ home, rounds }) =>
        Object.entries({ awsRuntime: 5, botocore: 70, rustIni: undefined, js: undefined }).map(([name, atLeast]) =>
          ratio(`${readerOf(name)} ÷ Rolecall with all problems, ${amount(home.count)} profiles`, {
            value: times(of(rounds, name), of(rounds, "rolecall")),
            atLeast,
          }),
        ),
      ),
      ...["rolecall", "awsRuntime"].flatMap((name) =>
        pairs.map(([small, large]) =>
          ratio(`${readerOf(name)}: ${amount(large.home.count)} ÷ ${amount(small.home.count)} profiles`, {
            value: times(of(large.rounds, name), of(small.rounds, name)),
            atMost: name === "rolecall" ? 11 : undefined,
          }),
        ),
      ),
      ...["rolecall", "aws-runtime"].flatMap((name) =>
        measured.map(({ home, memory }) =>
          ratio(`${name}: memory asked for at its peak ÷ size of both files, ${amount(home.count)} profiles`, {
            value: spread([memory[name]]),
            atMost: name === "rolecall" ? 4 : undefined,
          }),
        ),
      ),
    ],
  };
}

const of = (rounds, name) => rounds.map((round) => round[name]);
const readerOf = (name) => ({ awsRuntime: "aws-runtime", rustIni: "rust-ini", js: "JavaScript v3" })[name] ?? name;

/** One round a turn: the middle of several readings for what is quick, so that each turn compares neighbours in time. */
async function measureOne(home, turns) {
  const aws = join(home.path, ".aws");
  const readings = String(Math.max(3, Math.min(50, Math.round(100_000 / home.count))));
  const environment = environmentOf(home.path, home.beside);
  const rounds = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const inside = JSON.parse(await outputOf([peer("in_process"), readings, aws]));
    const js = JSON.parse(await outputOf(["node", "tests/bench/peers/js_read.mjs", readings, resolve(aws)]));
    const python = JSON.parse(await outputOf(botocore.line(home), environment));
    for (const found of [inside.profiles, js.profiles, python.profiles])
      if (found !== home.count) throw new Error(`A reader finds ${found} profiles where ${home.count} are.`);
    const middle = (name) => spread(of(inside.rounds, name)).median;
    const names = ["lex", "read", "rules", "rolecall", "awsRuntime", "rustIni"];
    const round = Object.fromEntries(names.map((name) => [name, middle(name)]));
    rounds.push({ ...round, js: spread(js.reads).median, botocore: python.read });
  }
  const memory = {};
  for (const reader of ["rolecall", "aws-runtime"]) {
    const { peak, bytes } = JSON.parse(await outputOf([peer("memory"), reader, aws]));
    memory[reader] = peak / bytes;
  }
  return { rounds, memory };
}
