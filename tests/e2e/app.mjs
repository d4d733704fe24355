// Opens the built window on a home, as a person would start it, with nothing else of this computer's in sight.

import { join } from "node:path";
import { app, steeredApp, target } from "../../scripts/build.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { launch, role } from "./wd.mjs";

/** A command to run the window under so that permissions bind it; root alone would read a file of mode 000. */
export const boundByPermissions =
  process.getuid() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];

/**
 * Starts the window on `home`; answers its page (see `wd.mjs`). With `clock`, a file, it is the build whose clock is as
 * many seconds ahead as that file says; without it, the one that people get.
 */
export function openWindow(home, { args = [], env = {}, prefix = [], clock } = {}) {
  const environment = { ...environmentOf(home.path, home.beside), ...env };
  if (clock) environment.ROLECALL_TEST_CLOCK = clock;
  const pictures = join(target, "e2e");
  return launch({ binary: clock ? steeredApp : app, args, prefix, env: environment, pictures });
}

/** The row of a profile in the list. What a row is called begins with the profile's name. */
export const profileRow = (name) => role("option", new RegExp(`^${name.replaceAll(/[^\w]/g, "\\$&")}(?=[\\s,]|$)`));

/** The part that shows the selected profile. */
export const detail = role("complementary");
