// Reading alone, inside one process: what Rolecall does with the bytes of both files, step by step, against the parse of
// the AWS SDK for Rust and of botocore. Nothing is started, opened or printed here, so this is what the code costs.

import { join } from "node:path";
import { environmentOf } from "../../scripts/sample.mjs";
import { growth, outputOf, peer, spread, times } from "./cost.mjs";
import { programs } from "./command.mjs";
import { amount, milliseconds, ratio, table } from "./report.mjs";

const botocore = programs["botocore, parse and count"];

/** `homes` are in order of size; growth is measured between them. */
export async function measureParse([small, large], rounds) {
  const measured = [];
  for (const home of [small, large]) measured.push({ home, ...(await measureOne(home, rounds)) });
  const [one, ten] = measured;
  const step = ({ rounds }, name) => rounds.map((round) => round[name]);
  const size = amount(large.count);

  const steps = {
    "Rolecall: lines of both files": "lex",
    "Rolecall: profiles, sources, chains": "read",
    "Rolecall: all rules": "rules",
    "Rolecall: all of these": "rolecall",
    "aws-runtime: parse": "awsRuntime",
  };
  return {
    tables: [
      table(
        "Reading alone",
        ["what", "profiles", "time"],
        measured.flatMap((result) => [
          ...Object.entries(steps).map(([what, name]) => [
            what,
            amount(result.home.count),
            milliseconds(spread(step(result, name))),
          ]),
          ["botocore: parse", amount(result.home.count), milliseconds(spread(result.botocore))],
        ]),
      ),
    ],
    ratios: [
      ...measured.flatMap((result) => {
        const at = `${amount(result.home.count)} profiles`;
        const parsed = result.rounds.map(({ lex, read }) => lex + read);
        return [
          ratio(`aws-runtime ÷ Rolecall without rules, reading alone, ${at}`, {
            value: times(step(result, "awsRuntime"), parsed),
            atLeast: 1,
          }),
          ratio(`aws-runtime ÷ Rolecall with all rules, reading alone, ${at}`, {
            value: times(step(result, "awsRuntime"), step(result, "rolecall")),
            wanted: "at least 5",
          }),
          ratio(`botocore ÷ Rolecall with all rules, reading alone, ${at}`, {
            value: times(result.botocore, step(result, "rolecall")),
            wanted: "at least 70",
          }),
        ];
      }),
      ratio(`Rolecall with all rules ÷ aws-runtime, growth of reading alone, ${amount(small.count)} to ${size}`, {
        value: growth(
          [step(ten, "rolecall"), step(one, "rolecall")],
          [step(ten, "awsRuntime"), step(one, "awsRuntime")],
        ),
        atMost: 1.5,
      }),
      ...Object.entries({ "Rolecall with all rules": "rolecall", "aws-runtime": "awsRuntime" }).map(([what, name]) =>
        ratio(`${what}: reading alone, ${size} ÷ ${amount(small.count)}`, {
          value: times(step(ten, name), step(one, name)),
          wanted: name === "rolecall" ? "at most 11" : undefined,
        }),
      ),
      ...measured.map((result) =>
        ratio(`Rolecall: memory asked for at its peak ÷ size of both files, ${amount(result.home.count)} profiles`, {
          value: spread([result.memory.rolecall]),
          wanted: "below 4",
        }),
      ),
      ...measured.map((result) =>
        ratio(`aws-runtime: the same, ${amount(result.home.count)} profiles`, {
          value: spread([result.memory["aws-runtime"]]),
        }),
      ),
    ],
  };
}

async function measureOne(home, rounds) {
  const aws = join(home.path, ".aws");
  const { rounds: measured } = JSON.parse(await outputOf([peer("in_process"), String(rounds), aws]));
  const read = [];
  for (let round = 0; round < Math.ceil(rounds / 5); round += 1)
    read.push(JSON.parse(await outputOf(botocore.line(home), environmentOf(home.path, home.beside))).read);
  const memory = {};
  for (const reader of ["rolecall", "aws-runtime"]) {
    const { peak, bytes } = JSON.parse(await outputOf([peer("memory"), reader, aws]));
    memory[reader] = peak / bytes;
  }
  return { rounds: measured, botocore: read, memory };
}
