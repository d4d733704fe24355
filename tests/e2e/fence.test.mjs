// What the built window can't do, tried from inside it: run script that is not its own, load or ask anything from
// elsewhere, open another page. And what looking never does: connect, run a program, write to the home.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { command } from "../../scripts/build.mjs";
import { environmentOf } from "../../scripts/sample.mjs";
import { detail, openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";
import { role } from "./wd.mjs";

describe("the page", () => {
  let home, window;

  before(async () => {
    home = Home.sample();
    window = await openWindow(home, { args: ["--sample"] });
    await window.see(profileRow("default"));
  });

  after(async () => {
    await window?.close();
    home?.remove();
  });

  /** Tries something in the page and answers the directive that forbade it. */
  const forbidden = async (attempt) => {
    await window.evaluate(
      "window.__tried = []; document.addEventListener('securitypolicyviolation', (event) => window.__tried.push(event.effectiveDirective))",
    );
    await window.evaluate(attempt);
    return window.until("the policy to speak", () => window.evaluate("return window.__tried[0]"));
  };

  test("runs no script that is put into it", async () => {
    const attempt =
      "const script = document.createElement('script'); script.textContent = 'window.__pwned = 1'; document.body.append(script)";
    assert.match(await forbidden(attempt), /^script-src/);
    assert.match(
      await forbidden(
        "const box = document.createElement('div'); document.body.append(box); box.innerHTML = '<img src=x onerror=\"window.__pwned = 1\">'",
      ),
      /^(script-src|img-src)/,
    );
    assert.equal(await window.evaluate("return window.__pwned ?? null"), null);
  });

  test("evaluates no text", async () => {
    const refused = "try { window.eval('window.__pwned = 1'); return 'ran' } catch (error) { return error.name }";
    assert.equal(await window.evaluate(refused), "EvalError");
    assert.equal(await window.evaluate("return window.__pwned ?? null"), null);
  });

  test("loads and asks nothing from elsewhere", async () => {
    assert.match(await forbidden("new Image().src = 'https://example.com/x.png'"), /^img-src/);
    assert.match(await forbidden("fetch('https://example.com/').catch(() => {})"), /^connect-src/);
    assert.match(await forbidden("fetch('http://127.0.0.1:9/').catch(() => {})"), /^connect-src/);
    assert.match(
      await forbidden(
        "const frame = document.createElement('iframe'); frame.src = 'https://example.com/'; document.body.append(frame)",
      ),
      /^(frame-src|child-src|default-src)/,
    );
  });

  test("has no Tauri object of its own and may call no command of Tauri's", async () => {
    assert.equal(await window.evaluate("return typeof window.__TAURI__"), "undefined");
    const call =
      "const done = arguments[arguments.length - 1]; window.__TAURI_INTERNALS__.invoke('plugin:event|listen', {event: 'x', target: {kind: 'Any'}, handler: 0}).then(() => 'ran', String).then((answer) => window.__answer = answer)";
    await window.evaluate(call);
    const answer = await window.until("an answer", () => window.evaluate("return window.__answer"));
    assert.match(answer, /not allowed/);
  });

  test("goes to no other page", async () => {
    const here = await window.evaluate("return location.href");
    await window.evaluate("location.href = 'https://example.com/'");
    await window.evaluate("window.open('https://example.com/')");
    await window.click(profileRow("default"));
    await window.see(role("heading", "default", { within: detail }));
    assert.equal(await window.evaluate("return location.href"), here);
  });
});

describe("looking", () => {
  let home, folder, log;

  before(() => {
    home = Home.sample();
    folder = mkdtempSync(join(tmpdir(), "rolecall-strace-"));
    log = join(folder, "log");
  });

  after(() => {
    home.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const traced = [
    "strace",
    "-f",
    "-qq",
    "-s",
    "300",
    "-e",
    "trace=connect,execve,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,chmod,fchmodat,utimensat",
  ];
  const calls = () => readFileSync(log, "utf8").split("\n");
  const network = () => calls().filter((line) => /connect\(.*AF_INET/.test(line) && !/127\.0\.0\.1|"::1"/.test(line));
  const writes = () =>
    calls().filter(
      (line) =>
        line.includes(`"${home.path}`) &&
        (/O_(WRONLY|RDWR|CREAT)/.test(line) || !/open(at)?\(/.test(line)) &&
        !/execve|connect/.test(line),
    );

  test("from the command connects to nothing, runs nothing and writes nothing in the home", () => {
    const env = environmentOf(home.path, home.beside);
    for (const line of [
      ["list"],
      ["show", "vault-dev"],
      ["chain", "acme-dev-deploy"],
      ["check"],
      ["read", "--as", "rust-ini"],
    ]) {
      const [program, ...args] = [...traced, "-o", log, command, ...line];
      try {
        execFileSync(program, args, { env, stdio: "ignore" });
      } catch (error) {
        assert.equal(error.status, 1, `${line[0]} answers no or fails`);
      }
      assert.ok(
        calls().some((call) => call.includes(`${home.path}/.aws/config`)),
        "the trace has eyes",
      );
      assert.deepEqual(
        calls().filter((call) => call.includes("AF_INET")),
        [],
      );
      assert.equal(calls().filter((call) => call.includes("execve(")).length, 1, "the command itself and nothing else");
      assert.deepEqual(writes(), []);
    }
  });

  test("from the window connects to nothing outside this computer, runs no program of the files and writes nothing in the home", async () => {
    const window = await openWindow(home, { prefix: [...traced, "-o", log] });
    try {
      await window.click(role("searchbox"));
      await window.type("vault-dev");
      await window.click(profileRow("vault-dev"));
      await window.see(role("heading", "vault-dev", { within: detail }));
    } finally {
      await window.close();
    }
    assert.ok(
      calls().some((call) => call.includes(`${home.path}/.aws/config`)),
      "the trace has eyes",
    );
    assert.deepEqual(network(), []);
    assert.deepEqual(writes(), []);
    const ran = calls()
      .filter((call) => call.includes("execve("))
      .join("\n");
    assert.doesNotMatch(ran, /vault|credential/);
  });
});
