// Shows the sample home, fresh in a temporary folder that goes away at the end: in the window, or as a picture. Beside it
// runs an AWS of its own. What is started here sees no files of the person but those.
//   node scripts/show-sample.mjs     after a build

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { app, command } from "./build.mjs";
import { startLocalAws } from "./local-aws.mjs";
import { run, step } from "./run.mjs";
import { environmentOf, makeSampleHome } from "./sample.mjs";

/** Whose code the window shows on its banner, since no phone does. */
const device = "arn:aws:iam::111122223333:mfa/jo";

/** Opens the window and waits until it is closed; with `picture`, a file, takes one and lists the profiles instead. */
export async function showSample({ picture } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "rolecall-demo-"));
  let window;
  // The window's helpers may still write while they end.
  process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => window?.kill() ?? process.exit(130));

  const home = join(folder, "home");
  const aws = await startLocalAws();
  makeSampleHome(home, { aws: aws.url });
  const env = { ...environmentOf(home, folder), ROLECALL_SAMPLE_MFA: aws.mfa[device] };
  if (picture) {
    await step("Drawing the window", "bash", ["tests/e2e/run.sh", "node", "scripts/picture.mjs", home, picture], {
      env,
    });
    console.log("\nThe sample, as `rolecall list` shows it:\n");
    await run(command, ["list"], { env });
    console.log(`\nThe picture is ${picture}`);
  } else {
    console.log(`The window is open on a sample: a copy in ${folder} that goes away with the window.`);
    console.log(`Its AWS listens on ${aws.url}; jo's device shows ${aws.mfa[device]}.`);
    window = spawn(app, ["--sample"], { env, stdio: "inherit" });
    const [code] = await once(window, "exit");
    if (code !== 0) process.exitCode = 1;
  }
  await aws.stop();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await showSample();
