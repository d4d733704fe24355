// Bad input, one row each, by its id in the fault cases: the exact sentence is on screen, another profile still opens
// by a click, and nothing in the home was touched. A row that did not run is named, and that is a failure.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { boundByPermissions, detail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

const KEYS =
  "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const GOOD = { ".aws/credentials": `[good]\n${KEYS}` };
const GOOD_CONFIG = {
  ".aws/config": "[profile good]\nsso_session = acme\n\n[sso-session acme]\nsso_region = eu-west-1\n",
};
const acmeToken = "293abb6b76d7791c0732cc517d38c4b5c734b87f.json";

/**
 * `files` and `make` make the home; `sentence` must be on screen, in the view `at`; `opens` is the profile that still
 * opens, none where the row leaves nothing to open.
 */
const rows = {
  F01: {
    what: "neither file nor folder",
    sentence: "No AWS files on this computer yet",
    opens: null,
  },
  F03: {
    what: "a 100 MB file",
    files: GOOD,
    make: (home) => home.write(".aws/config", Buffer.alloc(100 << 20, "[profile x]\n")),
    sentence: "config is 100 MB, more than Rolecall opens (64 MB). It was not read.",
  },
  "F03, 50 MB": {
    what: "a 50 MB file is listed and can only be looked at",
    files: GOOD,
    make: (home) =>
      home.write(
        ".aws/config",
        Buffer.concat([Buffer.from("[profile large]\nregion = x\n"), Buffer.alloc(50 << 20, "# filler of one line\n")]),
      ),
    sentence: "config is 50 MB, so it can be looked at and not edited here.",
    opens: "large",
  },
  F05: {
    what: "bytes that are not UTF-8",
    files: { ...GOOD, ".aws/config": Buffer.from("[profile caf\xe9]\nregion = \xff\n", "latin1") },
    at: "Problems",
    sentence: "Line 1 of config has bytes that are not UTF-8, at byte 13.",
  },
  F06: {
    what: "a NUL byte",
    files: { ...GOOD, ".aws/config": "[profile a]\nregion = eu\0west\n" },
    at: "Problems",
    sentence: "Line 2 of config has a NUL byte, at byte 12.",
  },
  F07: {
    what: "a byte order mark",
    files: { ...GOOD, ".aws/config": "\ufeff[default]\nregion = eu-west-1\n" },
    at: "Problems",
    sentence: "config starts with invisible bytes, a byte order mark.",
  },
  F09: {
    what: "lines that end in CR alone",
    files: { ...GOOD, ".aws/config": "[profile a]\rregion = eu-west-1\r" },
    at: "Problems",
    sentence: "config ends its lines with CR alone, as old Macs did.",
  },
  F12: {
    what: "a section of 200,000 lines",
    files: { ...GOOD, ".aws/config": `[profile long]\n${"x = y\n".repeat(200_000)}region = eu-west-1\n` },
    at: "Problems",
    sentence: "x stands 200,000 times in [profile long], the first two on lines 2 and 3.",
  },
  F17: {
    what: "a named pipe in place of a file",
    files: GOOD,
    make: (home) => execFileSync("mkfifo", [join(home.aws, "config")]),
    sentence: "config is a named pipe, not a file. It was not read.",
  },
  F18: {
    what: "a folder in place of a file",
    files: GOOD,
    make: (home) => mkdirSync(join(home.aws, "config")),
    sentence: "config is a folder, not a file. It was not read.",
  },
  F21: {
    what: "a file that can't be read",
    files: { ...GOOD_CONFIG, ...GOOD },
    make: (home) => {
      chmodSync(join(home.aws, "credentials"), 0o000);
      const refused = spawnBound("cat", join(home.aws, "credentials"));
      assert.notEqual(refused, 0, "under setpriv a file of mode 000 refuses");
    },
    prefix: boundByPermissions,
    sentence: `No permission to read credentials (owner ${process.getuid() === 0 ? "root" : "you"}, mode 000).`,
  },
  F29: {
    what: "a link that leads back to itself",
    files: GOOD,
    make: (home) => {
      symlinkSync("config2", join(home.aws, "config"));
      symlinkSync("config", join(home.aws, "config2"));
    },
    sentence: "config is a link that leads back to itself.",
  },
  F30: {
    what: "a link that leads nowhere",
    files: GOOD,
    make: (home) => symlinkSync("../dot/config", join(home.aws, "config")),
    sentence: "config points to ~/.aws/../dot/config, which does not exist.",
  },
  F51: {
    what: "a file that is removed while somebody looks",
    files: { ...GOOD, ".aws/config": "[profile going]\nregion = eu-west-1\n" },
    meanwhile: async (home, window) => {
      await window.see(profileRow("going"));
      rmSync(join(home.aws, "config"));
    },
    sentence: "You have credentials but no config.",
  },
  F57: {
    what: "half-written JSON in the sign-in cache",
    files: {
      ...GOOD,
      ...GOOD_CONFIG,
      ".aws/credentials": `[other]\n${KEYS}`,
      [`.aws/sso/cache/${acmeToken}`]: '{"accessToken":"EXAMPLE","expiresAt":"2030-',
    },
    at: "Problems",
    sentence: `The sign-in of acme can't be read: sso/cache/${acmeToken} is not whole JSON with a token and its end.`,
    opens: "other",
  },
  F89: {
    what: "no home folder",
    files: GOOD_CONFIG,
    make: (home) => homeless(home),
    sentence: "No home folder found, so credentials was not looked for.",
  },
};

const ran = new Set();

for (const [id, row] of Object.entries(rows)) {
  test(`${id}: ${row.what}`, async () => {
    const home = Home.with(row.files);
    let window;
    try {
      const more = row.make?.(home) ?? {};
      let before = home.fingerprint();
      window = await openWindow(home, { prefix: row.prefix ?? more.prefix, env: more.env });
      await row.meanwhile?.(home, window);
      if (row.meanwhile) before = home.fingerprint();
      if (row.at) await window.click(role("link", new RegExp(`^${row.at}`)));
      await window.see(text(row.sentence));
      const opens = row.opens === undefined ? "good" : row.opens;
      if (opens) {
        if (row.at) await window.click(role("link", /^Profiles/));
        await window.click(profileRow(opens));
        await window.see(role("heading", opens, { within: detail }));
      }
      assert.deepEqual(await window.errors(), []);
      assert.deepEqual(home.fingerprint(), before, "nothing in the home was touched");
      ran.add(id);
    } finally {
      await window?.close();
      home.remove();
    }
  });
}

after(() => {
  const missing = Object.keys(rows).filter((id) => !ran.has(id));
  if (missing.length > 0) {
    console.error(`Rows that did not run to their end: ${missing.join(", ")}`);
    process.exitCode = 1;
  }
});

function spawnBound(...line) {
  const [program, ...args] = [...boundByPermissions, ...line];
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return 0;
  } catch (error) {
    return error.status;
  }
}

/** A user whom no user database knows, without HOME: then nothing says where the home folder is. */
function homeless(home) {
  const nobody = 64123;
  execFileSync("chmod", ["-R", "a+rX", home.beside]);
  execFileSync("chown", ["-R", `${nobody}:${nobody}`, home.beside]);
  const xauthority = join(home.beside, "Xauthority");
  if (process.env.XAUTHORITY) {
    copyFileSync(process.env.XAUTHORITY, xauthority);
    execFileSync("chown", [`${nobody}:${nobody}`, xauthority]);
  }
  const runtime = join(home.beside, "run");
  mkdirSync(runtime, { mode: 0o700 });
  execFileSync("chown", [`${nobody}:${nobody}`, runtime]);
  return {
    prefix: ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups", "env", "-u", "HOME"],
    env: {
      AWS_CONFIG_FILE: join(home.aws, "config"),
      XAUTHORITY: xauthority,
      XDG_RUNTIME_DIR: runtime,
      DBUS_SESSION_BUS_ADDRESS: "disabled:",
    },
  };
}
