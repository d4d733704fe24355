// The sample home and what can be seen from inside it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { environmentOf, makeSampleHome, withTimes } from "./sample.mjs";

const now = new Date("2026-11-22T09:00:00.750Z");
let folder, aws;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "rolecall-sample-"));
  aws = makeSampleHome(join(folder, "home"), { now, aws: "http://127.0.0.1:4000" });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const read = (name) => readFileSync(join(aws, name), "utf8");

test("a distance becomes a time, and one that cannot be read is refused", () => {
  assert.equal(withTimes("a {{+5h12m}} b {{-2d}}", now), "a 2026-11-22T14:12:00Z b 2026-11-20T09:00:00Z");
  for (const wrong of ["{{5h}}", "{{+}}", "{{+5x}}", "{{}}"]) assert.throws(() => withTimes(wrong, now), /no distance/);
});

test("no distance is left in the copy, and no place for its AWS", () => {
  for (const name of ["config", "credentials"]) assert.doesNotMatch(read(name), /\{\{/);
  assert.match(read("config"), /^endpoint_url = http:\/\/127\.0\.0\.1:4000$/m);
  assert.match(read("credentials"), /aws_expiration = 2026-11-22T14:12:00Z/);
});

test("only the credentials can be read by others, because the sample shows that problem", () => {
  const mode = (name) => (statSync(join(aws, name)).mode & 0o777).toString(8);
  assert.deepEqual(["", "config", "credentials", "sso", "sso/cache"].map(mode), ["700", "600", "644", "700", "700"]);
  for (const name of readdirSync(join(aws, "sso/cache"))) assert.equal(mode(`sso/cache/${name}`), "600");
});

test("cached tokens are named as the AWS CLI names them", () => {
  const sha1 = (text) => `${createHash("sha1").update(text).digest("hex")}.json`;
  const names = readdirSync(join(aws, "sso/cache"));
  for (const of of ["acme", "globex", "https://umbrella.awsapps.com/start"]) assert.ok(names.includes(sha1(of)), of);
  assert.ok(!names.includes(sha1("initech")), "initech never signed in");
});

test("whatever signs with keys of the sample signs for this computer, also where no AWS was started", () => {
  const lonely = makeSampleHome(join(folder, "lonely"));
  for (const name of ["config", "credentials"]) {
    const text = readFileSync(join(lonely, name), "utf8");
    for (const [, url] of text.matchAll(/endpoint_url = (.*)/g))
      assert.match(url, /^http:\/\/(127\.0\.0\.1|localhost):\d+$/);
  }
  const sections = `${read("config")}\n${read("credentials")}`.split(/^(?=\[)/m).slice(1);
  const named = (section) => /^\[(?:profile )?(.*)\]/.exec(section)[1];
  const here = new Set(sections.filter((section) => /^endpoint_url = http/m.test(section)).map(named));
  const signs = sections.filter((section) => /^(aws_secret_access_key|source_profile)\b/m.test(section)).map(named);
  // These get nowhere: a source that is missing, a circle, and a section that no tool reads.
  const never = ["reporting-role", "loop-a", "loop-b", "ci-eu"];
  assert.ok(signs.length > 20);
  assert.deepEqual(
    signs.filter((name) => !here.has(name) && !never.includes(name)),
    [],
  );
});

test("no key, secret or token in it could be a real one", () => {
  const files = [
    read("config"),
    read("credentials"),
    ...readdirSync(join(aws, "sso/cache")).map((name) => read(`sso/cache/${name}`)),
  ];
  const secrets =
    /(?:aws_access_key_id|aws_secret_access_key|aws_session_token|external_id|"\w*(?:Token|Secret|clientId)")\s*[=:]\s*(.+)/g;
  const values = files.flatMap((text) => [...text.matchAll(secrets)].map(([, value]) => value));
  assert.ok(values.length > 30);
  const stand_ins = ["test", "local", "000000000000"];
  for (const value of values) assert.ok(value.includes("EXAMPLE") || stand_ins.includes(value), value);
});

test("a program started on a home sees no files but those", () => {
  const from = {
    HOME: "/home/jo",
    DISPLAY: ":0",
    LANG: "C",
    AWS_PROFILE: "mine",
    AWS_CONFIG_FILE: "/home/jo/x",
    XDG_CONFIG_HOME: "/home/jo/.config",
  };
  const environment = environmentOf("/tmp/d/home", "/tmp/d", from);
  assert.deepEqual(environment, {
    LANG: "C",
    DISPLAY: ":0",
    XAUTHORITY: "/home/jo/.Xauthority",
    HOME: "/tmp/d/home",
    XDG_CONFIG_HOME: "/tmp/d/config",
    XDG_DATA_HOME: "/tmp/d/data",
    XDG_STATE_HOME: "/tmp/d/state",
    XDG_CACHE_HOME: "/tmp/d/cache",
  });
});
