// What `npm run demo` shows is the sample and never the files of the person who runs it. Every path that it and its
// window ask the system for is written down, and that person's home, which nobody may read, is not among them.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "../../scripts/run.mjs";
import { boundByPermissions } from "./app.mjs";
import { Home } from "./home.mjs";

let person, folder, demo;

before(() => {
  person = Home.with({ ".aws/config": "[profile mine]\nregion = eu-west-1\n", ".aws/credentials": "[mine]\n" });
  folder = mkdtempSync(join(tmpdir(), "rolecall-demo-test-"));
  mkdirSync(join(folder, "tmp"));
});
after(async () => {
  if (demo?.exitCode === null) {
    process.kill(-demo.pid);
    await once(demo, "exit");
  }
  person.remove();
  rmSync(folder, { recursive: true, force: true });
});

test("the demo shows the sample, asks for nothing in the person's home, and leaves nothing behind", async () => {
  const untouched = person.fingerprint();
  chmodSync(person.path, 0o000);
  const log = join(folder, "paths");
  const env = {
    ...process.env,
    HOME: person.path,
    AWS_CONFIG_FILE: join(person.aws, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(person.aws, "credentials"),
    AWS_PROFILE: "mine",
    XDG_CONFIG_HOME: join(person.path, ".config"),
    XDG_DATA_HOME: join(person.path, ".local/share"),
    TMPDIR: join(folder, "tmp"),
  };
  const strace = ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=%file", "-o", log];
  const [command, ...args] = [...strace, ...boundByPermissions, "node", "scripts/show-sample.mjs"];
  demo = spawn(command, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"], detached: true });
  const ended = once(demo, "exit");

  const window = await windowCalled("^Rolecall, sample home$");
  await pathsHave(log, /rolecall-demo-\w+\/home\/\.aws\/credentials"/);
  // Alt+F4, which the window manager turns into a wish to close, as a click on the cross does.
  execFileSync("xdotool", ["windowactivate", "--sync", window, "key", "--clearmodifiers", "alt+F4"]);
  assert.deepEqual(await ended, [0, null]);

  const paths = readFileSync(log, "utf8");
  const asked = paths.split("\n").filter((line) => line.includes(`"${person.path}`));
  assert.deepEqual(asked, [], "nothing of the person's was asked for");
  chmodSync(person.path, 0o700);
  assert.deepEqual(person.fingerprint(), untouched);
  assert.deepEqual(readdirSync(join(folder, "tmp")), [], "the copy went away with the window");
});

async function windowCalled(title) {
  for (const end = Date.now() + 60_000; Date.now() < end && demo.exitCode === null; await pause(100)) {
    try {
      return execFileSync("xdotool", ["search", "--onlyvisible", "--name", title], { encoding: "utf8" }).split("\n")[0];
    } catch {
      // xdotool fails while there is no such window.
    }
  }
  throw new Error(`No window called ${title} came; the demo's exit code is ${demo.exitCode}.`);
}

async function pathsHave(log, wanted) {
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(100)) {
    if (wanted.test(readFileSync(log, "utf8"))) return;
  }
  throw new Error(`Nothing that was opened is like ${wanted}.`);
}
