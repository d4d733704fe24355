// The homes of the window tests themselves: "nothing was touched" is only worth something if every touch shows.

import assert from "node:assert/strict";
import { chmodSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { Home } from "./home.mjs";

let home;
beforeEach(() => (home = Home.sample()));
afterEach(() => home.remove());

test("a home that nobody touched has the same fingerprint", () => {
  assert.deepEqual(home.fingerprint(), home.fingerprint());
});

for (const [what, touch] of Object.entries({
  "one byte": () => home.write(".aws/config", home.read(".aws/config").replace("Jo", "Jan")),
  "a mode": () => chmodSync(join(home.aws, "config"), 0o640),
  "a time": () => utimesSync(join(home.aws, "credentials"), 1, 1),
  "a new file": () => home.write(".aws/.credentials.swp", ""),
  "a file gone": () => rmSync(join(home.aws, "config")),
  "a link": () => symlinkSync("config", join(home.aws, "link")),
})) {
  test(`${what} changes the fingerprint`, () => {
    const before = home.fingerprint();
    touch();
    assert.notDeepEqual(home.fingerprint(), before);
  });
}

test("the real `aws configure set` changes the one line it is asked to, and keeps its hands off the rest", async () => {
  const before = home.fingerprint();
  const text = home.read(".aws/config");
  await home.awsConfigureSet("region", "eu-north-1", "qa-eu");
  const changed = text.replace("[profile qa-eu]\nregion = eu-west-1", "[profile qa-eu]\nregion = eu-north-1");
  assert.notEqual(changed, text);
  assert.equal(home.read(".aws/config"), changed);
  const after = home.fingerprint();
  const moved = Object.keys(after).filter((name) => after[name] !== before[name]);
  assert.deepEqual(moved, [".aws/config"]);
});

test("the AWS CLI refuses the whole of the sample's credentials, which is what the sample says of them", async () => {
  const asKeys = home.awsConfigureSet("aws_access_key_id", "AKIAIOSFODNN7EXAMPLE", "qa-eu");
  await assert.rejects(asKeys, /Unable to parse config file/);
});
