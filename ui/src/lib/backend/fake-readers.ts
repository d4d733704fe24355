// Readers of cardboard: who reads which of the fake profiles how.

import type { Compatibility } from "./generated/Compatibility";
import type { Reader } from "./generated/Reader";
import type { Reading } from "./generated/Reading";
import type { ReadingKind } from "./generated/ReadingKind";
import type { FakeProfile } from "./fake-home";
import type { FakeTable } from "./fake-table";

export const READERS = [
  ["botocore", "AWS CLI, boto3"],
  ["js", "JavaScript"],
  ["go", "Go"],
  ["java", "Java"],
  ["rust", "Rust"],
  ["rust-ini", "OpenDAL, rust-s3"],
] as const;

const commented: Reading = {
  is: "differs",
  differences: [
    { key: "region", here: { is: "text", text: "eu-west-1" }, there: { is: "text", text: "eu-west-1 # Ireland" } },
  ],
};
const leaking: Reading = {
  is: "differs",
  signsWith: "media-upload",
  differences: [
    {
      key: "aws_access_key_id",
      here: { is: "text", text: "AKIAIOSFODNN7EXAMPLE" },
      there: { is: "text", text: "AKIAI44QH8DHBEXAMPLE" },
    },
    { key: "aws_secret_access_key", here: { is: "hidden" }, there: { is: "hidden" } },
  ],
};

const reading = (engine: string, profile: FakeProfile): Reading => {
  if (profile.name === "default") return engine === "botocore" || engine === "rust-ini" ? commented : { is: "same" };
  if (profile.status === "broken") return engine === "js" || engine === "go" ? leaking : { is: "same" };
  if (engine === "java" && profile.status === "warning") return { is: "absent" };
  return { is: "same" };
};

export const readersOf = (profile: FakeProfile): Reader[] =>
  READERS.map(([engine, usedBy]) => ({ engine, usedBy, reading: reading(engine, profile) }));

const kind = (reading: Reading): ReadingKind =>
  reading.is === "differs" && reading.signsWith !== undefined ? "signsAsAnother" : reading.is;

export function compatibility(revision: number, table: FakeTable): Compatibility {
  const { profiles } = table;
  const all = profiles.map((profile) => ({
    ...{ id: table.id(profile.name), name: profile.name },
    kinds: readersOf(profile),
  }));
  const readings = all.map(({ id, name, kinds }) => ({
    id,
    name,
    readings: kinds.map(({ reading }) => kind(reading)),
  }));
  const engines = READERS.map(([engine, usedBy], at) => {
    const count = (...kinds: ReadingKind[]) =>
      readings.filter((row) => kinds.includes(row.readings[at] ?? "same")).length;
    const isRust = engine === "rust";
    return {
      ...{ engine, usedBy, readsNothing: isRust },
      notRead: isRust
        ? [{ file: "credentials" as const, line: 91, error: "Profile definition must end with ']'" }]
        : [],
      same: isRust ? 0 : count("same"),
      differs: count("differs", "signsAsAnother"),
      absent: count("absent"),
      unusable: 0,
      refused: isRust ? profiles.length : 0,
    };
  });
  const isOdd = ({ readings }: { readings: readonly ReadingKind[] }) => readings.some((kind) => kind !== "same");
  return { revision, isTooLarge: false, engines, profiles: readings.filter(isOdd) };
}
