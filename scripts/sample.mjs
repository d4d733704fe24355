// Makes a sample home out of assets/sample-home: the demo shows one, the window tests change one.
// The times in it are written as distances, `{{+5h12m}}`, so that "ends in five hours" is true whenever it is made.
// `{{aws}}` is where its AWS listens: `local-aws` in the demo. Where there is none, it is a port that nobody answers on:
// whatever is pressed on a sample, the real AWS is never asked.
//   node scripts/sample.mjs FOLDER

import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../assets/sample-home/aws", import.meta.url));

const nowhere = "http://127.0.0.1:9";

/** Makes `home` (it may exist, but not its `.aws`), whose AWS is at `aws`, and answers the path of its `.aws`. */
export function makeSampleHome(home, { now = new Date(), aws: endpoint = nowhere } = {}) {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const aws = join(home, ".aws");
  mkdirSync(aws, { mode: 0o700 });
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(aws, from.slice(source.length));
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    const text = readFileSync(from, "utf8").replaceAll("{{aws}}", endpoint);
    writeFileSync(to, withTimes(text, now), { mode: 0o600 });
  }
  // One file that others can read: the sample has this problem too.
  chmodSync(join(aws, "credentials"), 0o644);
  return aws;
}

/** Replaces each `{{+1d2h3m}}` by the time that far from `now`, in RFC 3339 UTC with whole seconds. */
export function withTimes(text, now) {
  return text.replaceAll(/\{\{([^}]*)\}\}/g, (whole, distance) => {
    const parts = /^([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$/.exec(distance);
    if (!parts || distance.length < 3) throw new Error(`${whole} is no distance; write it like {{+5h12m}} or {{-2d}}.`);
    const [days, hours, minutes] = parts.slice(2).map((part) => Number(part ?? 0));
    const milliseconds = ((days * 24 + hours) * 60 + minutes) * 60_000;
    const time = new Date(now.getTime() + (parts[1] === "-" ? -milliseconds : milliseconds));
    return time.toISOString().replace(/\.\d+Z$/, "Z");
  });
}

/**
 * The environment in which a program can see no files of the person but those under `home`.
 * What it needs to reach the screen stays. Rolecall's own folders lie in `beside`, so that `home` keeps its hash.
 */
export function environmentOf(home, beside, from = process.env) {
  const environment = {};
  for (const [name, value] of Object.entries(from)) {
    if (!/^(AWS_|ROLECALL_|XDG_\w+_HOME$)/.test(name)) environment[name] = value;
  }
  // X asks for its password in the home folder when nothing names the file.
  if (from.DISPLAY && !from.XAUTHORITY && from.HOME) environment.XAUTHORITY = join(from.HOME, ".Xauthority");
  return {
    ...environment,
    HOME: home,
    XDG_CONFIG_HOME: join(beside, "config"),
    XDG_DATA_HOME: join(beside, "data"),
    XDG_STATE_HOME: join(beside, "state"),
    XDG_CACHE_HOME: join(beside, "cache"),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv[2]) throw new Error("Say where: node scripts/sample.mjs FOLDER");
  console.log(makeSampleHome(process.argv[2]));
}
