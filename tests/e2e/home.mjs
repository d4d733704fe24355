// Homes for the window tests: made fresh, watched for any change, written by another program, and removed again.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { target } from "../../scripts/build.mjs";
import { environmentOf, makeSampleHome } from "../../scripts/sample.mjs";

/** The Python that has boto3 and the AWS CLI. */
export const python = resolve(process.env.ROLECALL_PYTHON_ENV ?? join(target, "python"));
const keysGoTo = /^aws_(access_key_id|secret_access_key|session_token)$/;

export class Home {
  #folder = mkdtempSync(join(tmpdir(), "rolecall-home-"));
  /** The home folder itself. */
  path = join(this.#folder, "home");
  /** Where Rolecall's own folders go: outside, so that the home's fingerprint stays meaningful. */
  beside = this.#folder;
  aws = join(this.path, ".aws");
  /** Rolecall's own. */
  data = join(this.beside, "data", "rolecall");

  /** There is no keyring where these tests run, so somebody has chosen how History is kept; `history.test.mjs` has not. */
  constructor() {
    mkdirSync(this.path, { mode: 0o700 });
    mkdirSync(this.data, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.data, "settings.toml"), 'history = "withoutSecrets"\n', { mode: 0o600 });
  }

  /** A copy of the sample home; `aws` is where its AWS listens, nowhere without it. */
  static sample({ aws } = {}) {
    const home = new Home();
    makeSampleHome(home.path, { aws });
    return home;
  }

  /** A home with these files: `{ ".aws/config": "text" }`, or bytes. Folders are 0700, files 0600. */
  static with(files = {}) {
    const home = new Home();
    for (const [name, content] of Object.entries(files)) home.write(name, content);
    return home;
  }

  write(name, content, mode = 0o600) {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, content, { mode });
    chmodSync(file, mode);
  }

  read(name) {
    return readFileSync(join(this.path, name), "utf8");
  }

  /** Every entry with kind, mode, time and content, so that two of these are equal only if nothing was touched. */
  fingerprint() {
    const entries = {};
    const look = (path) => {
      const stat = lstatSync(path, { bigint: true });
      const mode = (Number(stat.mode) & 0o7777).toString(8);
      let what = "other";
      if (stat.isSymbolicLink()) what = `link to ${readlinkSync(path)}`;
      else if (stat.isDirectory()) what = "folder";
      else if (stat.isFile()) what = `${stat.size} bytes ${hash(path)}`;
      entries[relative(this.path, path) || "."] = `${mode} ${stat.uid}:${stat.gid} ${stat.mtimeNs} ${what}`;
      if (stat.isDirectory()) for (const name of readdirSync(path).sort()) look(join(path, name));
    };
    look(this.path);
    return entries;
  }

  /**
   * The real `aws configure set`, in a process of its own. It refuses to start over a credentials file it cannot read,
   * as the sample's, so that file is hidden from it unless the key is one that goes there.
   */
  async awsConfigureSet(key, value, profile) {
    const env = environmentOf(this.path, this.beside);
    if (!keysGoTo.test(key)) env.AWS_SHARED_CREDENTIALS_FILE = "/dev/null";
    await promisify(execFile)(join(python, "bin", "aws"), ["configure", "set", key, value, "--profile", profile], {
      env,
    });
  }

  remove() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function hash(path) {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch (error) {
    return error.code;
  }
}
