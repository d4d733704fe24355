// The client itself, on a page of its own in WebKit's small browser: a client that saw too much would make every
// window test green.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { css, launch, role, text } from "./wd.mjs";

const browser = readdirSync("/usr/lib")
  .map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`)
  .find(existsSync);

const html = `<!doctype html><title>Client</title>
<nav aria-label="Views"><a href="#x">Profiles <span>40</span></a></nav>
<label>Filter <input></label>
<div role="listbox" aria-label="Profiles" tabindex="0">
  <div role="option" aria-label="acme-dev, connected">acme-dev</div>
  <div role="option" aria-label="acme-prod, broken">acme-prod</div>
  <div role="option" hidden>not-shown</div>
</div>
<aside><h2>Nothing</h2><button>Go</button><button onclick="nothing.there()">Break</button><p>Two <b>words</b></p></aside>
<script>
  window.__errors = [];
  addEventListener("error", (event) => window.__errors.push("error: " + event.message));
  const heading = document.querySelector("h2");
  for (const option of document.querySelectorAll("[role=option]"))
    option.onclick = (event) => { heading.textContent = option.textContent + (event.isTrusted ? "" : " by script"); };
  document.querySelector("aside button").onclick = (event) => { setTimeout(() => { event.target.outerHTML = "<button>Went</button>"; }, 300); };
  addEventListener("keydown", (event) => { if (event.key === "k" && event.ctrlKey) { event.preventDefault(); heading.textContent = "palette"; } });
</script>`;

let folder, page;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "rolecall-client-"));
  writeFileSync(join(folder, "page.html"), html);
  page = await launch({ binary: browser, args: ["--automation"], env: process.env, pictures: folder });
  await page.goTo(`file://${folder}/page.html`);
});

after(async () => {
  await page?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a thing is found by its role and the name WebKit gives it", async () => {
  await page.see(role("link", "Profiles 40", { within: role("navigation", "Views") }));
  await page.see(role("textbox", "Filter"));
  assert.equal((await page.all(role("option"))).length, 2, "the hidden one is not seen");
  assert.equal((await page.all(role("option", "acme-dev"))).length, 0, "half a name is not the name");
  assert.equal((await page.all(role("button", /^acme/))).length, 0, "an option is no button");
});

test("a thing is found by its text, and only the innermost that has it", async () => {
  assert.equal(await page.read(text("Two words")), "Two words");
  assert.equal((await page.all(text("acme-dev", { within: role("complementary") }))).length, 0);
});

test("a click is a person's click", async () => {
  await page.click(role("option", "acme-prod, broken"));
  assert.equal(await page.read(css("h2")), "acme-prod");
});

test("keys go where the focus is, with their modifiers", async () => {
  await page.click(role("textbox", "Filter"));
  await page.type("deploy + x");
  assert.equal(await page.evaluate("return document.querySelector('input').value"), "deploy + x");
  await page.press("Control+k");
  assert.equal(await page.read(css("h2")), "palette");
  await page.press("Shift+Tab");
  assert.equal(await page.focused(), 'link "Profiles 40"');
});

test("what comes later is waited for, what goes away is missed", async () => {
  await page.click(role("button", "Go"));
  await page.see(role("button", "Went"));
  await page.miss(role("button", "Go"));
});

test("what never comes is said with what was seen instead, and with a picture", async () => {
  const gaveUp = page.until("the moon", () => "", 200);
  await assert.rejects(gaveUp, (error) => {
    assert.match(error.message, /Waited 0.2 s for the moon/);
    assert.match(error.message, /On screen: Profiles 40/);
    assert.ok(existsSync(/Picture: (.*\.png)/.exec(error.message)[1]));
    return true;
  });
});

test("an error in the page is in its list", async () => {
  assert.deepEqual(await page.errors(), []);
  await page.click(role("button", "Break"));
  assert.match((await page.errors()).join(), /^error: /);
});
