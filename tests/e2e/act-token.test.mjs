// “Session Token Changed”: the real `aws configure set` renews keys in a process of its own, and the person answers, or
// does not. Which keys are in force is asked of the AWS of this computer, by Verify.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { startLocalAws } from "../../scripts/local-aws.mjs";
import { detail, entry, filter, inDetail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role, text } from "./wd.mjs";

const question = role("dialog", "Session Token Changed");
const waiting = role("region", "Question");
const yes = role("button", "Yes, use the new token", { within: question });
const notNow = role("button", "Not now", { within: question });
const asked = (words) => text(words, { within: question });
const unswitched = text("Newer keys for acme are in your files.", { within: detail });
const cache = ".aws/sso/cache/293abb6b76d7791c0732cc517d38c4b5c734b87f.json";
const signIn = (token) => `{"accessToken":"${token}","expiresAt":"2099-01-01T00:00:00Z"}\n`;
const ten = Array.from({ length: 10 }, (_, at) => `p${at}`);

const section = (name, { key_id, secret, token }) =>
  `[${name}]\naws_access_key_id = ${key_id}\naws_secret_access_key = ${secret}\naws_session_token = ${token}\n`;
/** A key as it is shown. */
const masked = ({ key_id }) => `${key_id.slice(0, 4)}…${key_id.slice(-4)}`;

describe("Session Token Changed", () => {
  let home, aws, window;
  /** The keys that acme had, first to last; each is another person to AWS. */
  const keys = [];

  before(async () => {
    aws = await startLocalAws([]);
    home = Home.with({
      ".aws/config": `[profile acme]\nregion = eu-west-1\nendpoint_url = ${aws.url}\n[sso-session acme]\nsso_region = eu-west-1\n[profile portal]\nsso_session = acme\nregion = eu-west-1\n`,
      ".aws/credentials": section("acme", await issue()) + (await credentialsOfTen()),
      [cache]: signIn("one"),
    });
    await start();
    await window.click(profileRow("acme"));
    await window.click(inDetail("button", "Create account"));
    await window.see(role("dialog", "New account"));
    await window.click(role("button", "Save and verify"));
    await window.see(text("assumed-role/PowerUser/jo1", { within: detail }));
  });

  after(async () => {
    await window?.close();
    await aws?.stop();
    home?.remove();
  });

  test("while somebody types it waits in a line above, and the focus stays", async () => {
    await window.click(entry("Profiles"));
    await filter(window, "ac");
    await renew();
    await window.see(
      text("Session Token Changed: the keys for acme were renewed outside Rolecall.", { within: waiting }),
    );
    assert.match(await window.focused(), /searchbox|textbox/);
    await window.type("me");
    await window.see(profileRow("acme"));
    assert.deepEqual(await window.all(question), []);
  });

  test("it says which keys, whose accounts; after Yes AWS knows the account by the new ones", async () => {
    await window.press("Control+Shift+y");
    await window.see(asked(masked(keys.at(-2))));
    await window.see(asked(masked(keys.at(-1))));
    await window.see(asked(/1 account will switch\./));
    await window.click(yes);
    await window.miss(question);
    await window.miss(waiting);
    await window.click(entry("Accounts"));
    await verify("jo2");
    await window.miss(unswitched);
  });

  test("where nobody types it comes up by itself; after Not now the old keys stay in force", async () => {
    await renew();
    await window.see(asked(masked(keys.at(-1))));
    await window.click(notNow);
    await window.miss(question);
    await window.see(unswitched);
    await verify("jo2");
  });

  test("a later Yes takes them", async () => {
    await window.click(role("button", "Use the new token", { within: detail }));
    await window.miss(unswitched);
    await verify("jo3");
  });

  test("the same token is not asked about again, whatever else is written, also by another window", async () => {
    await home.awsConfigureSet("region", "eu-north-1", "acme");
    await window.see(text("eu-north-1", { within: detail }));
    assert.deepEqual(await window.all(question), []);
    await again();
    await home.awsConfigureSet("region", "eu-west-1", "acme");
    await window.click(entry("Accounts"));
    await window.click(role("option", /^acme/i));
    await window.see(text("eu-west-1", { within: detail }));
    assert.deepEqual([...(await window.all(question)), ...(await window.all(waiting))], []);
  });

  test("one that came while Rolecall was closed is asked about at the next start, and once", async () => {
    await again(renew);
    await window.see(asked(masked(keys.at(-1))));
    await window.click(notNow);
    await window.miss(question);
    await again();
    await window.click(entry("Accounts"));
    await window.click(role("option", /^acme/i));
    await window.see(unswitched);
    assert.deepEqual([...(await window.all(question)), ...(await window.all(waiting))], []);
    await window.click(role("button", "Use the new token", { within: detail }));
    await window.miss(unswitched);
    await verify("jo4");
  });

  test("ten together are one question", async () => {
    home.write(".aws/credentials", section("acme", keys.at(-1)) + (await credentialsOfTen()));
    await window.see(asked(/The keys for 10 profiles were renewed outside Rolecall\./));
    for (const name of ten) await window.see(asked(name));
    await window.click(yes);
    await window.miss(question);
  });

  test("a new sign-in at a portal names the portal", async () => {
    home.write(cache, signIn("two"));
    await window.see(asked(/The sign-in to acme was renewed outside Rolecall\./));
    await window.click(yes);
    await window.miss(question);
    assert.deepEqual(await window.errors(), []);
  });

  test("with the window minimised the system tells of it, and the window stays where it is", async () => {
    const bus = spawn("dbus-monitor", ["--session", "interface='org.freedesktop.Notifications',member='Notify'"]);
    let heard = "";
    bus.stdout.on("data", (bytes) => (heard += bytes));
    await once(bus.stdout, "data");
    const found = ["search", "--onlyvisible", "--name", "^Rolecall$"];
    const isVisible = () => {
      try {
        return execFileSync("xdotool", found, { encoding: "utf8" }).trim();
      } catch {
        // xdotool fails while there is no such window.
        return "";
      }
    };
    const ours = isVisible();
    try {
      execFileSync("xdotool", ["windowminimize", "--sync", ours]);
      await window.until("the window to be gone", () => isVisible() === "");
      // The page hears of it a moment after the window manager.
      await window.until("the page to know", () =>
        window.evaluate('return !document.hasFocus() || document.visibilityState !== "visible"'),
      );
      await renew();
      await window.until("the system to be told", () => heard.includes("Session Token Changed"));
      assert.match(heard, /The keys for acme were renewed outside Rolecall\./);
      assert.equal(isVisible(), "");
    } finally {
      bus.kill();
    }
    execFileSync("xdotool", ["windowactivate", "--sync", ours]);
    // It waits as a line above; what is written after the window is back may open it by itself.
    await window.press("Control+Shift+y");
    await window.see(asked(masked(keys.at(-1))));
    await window.click(yes);
    await window.miss(question);
    assert.deepEqual(await window.errors(), []);
  });

  async function start() {
    window = await openWindow(home);
    await window.see(profileRow("acme"));
  }

  /** Closes the window and opens another one; `meanwhile` happens between. */
  async function again(meanwhile) {
    await window.close();
    await meanwhile?.();
    await start();
  }

  /** New keys for acme, of another person. */
  async function issue() {
    const arn = `arn:aws:sts::111122223333:assumed-role/PowerUser/jo${keys.length + 1}`;
    keys.push(await aws.control({ do: "issue", arn, seconds: 3600 }));
    return keys.at(-1);
  }

  /** Another program writes them, one after another as it does. */
  async function renew() {
    const { key_id, secret, token } = await issue();
    // The key ID last: it is what the question shows, so whoever sees the new one sees that all three are there.
    await home.awsConfigureSet("aws_session_token", token, "acme");
    await home.awsConfigureSet("aws_secret_access_key", secret, "acme");
    await home.awsConfigureSet("aws_access_key_id", key_id, "acme");
  }

  async function credentialsOfTen() {
    const arn = "arn:aws:sts::111122223333:assumed-role/PowerUser/ten";
    const issued = await Promise.all(ten.map(() => aws.control({ do: "issue", arn, seconds: 3600 })));
    return ten.map((name, at) => section(name, issued[at])).join("");
  }

  /** Asks AWS who the account is; it is this person, and was not before or was asked anew. */
  async function verify(person) {
    await window.click(role("button", /^Verify/, { within: detail }));
    await window.see(text(`assumed-role/PowerUser/${person}`, { within: detail }));
  }
});
