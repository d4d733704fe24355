// Draws every state of the window on the fake engine, light and dark, and judges what only a laid-out page can show:
// rules of accessibility (axe), console errors, things wider than the window. Builds its own page, with the fake engine.
//   node ui/scripts/look.mjs OUTDIR [state …]
// CHROMIUM names another browser than /usr/bin/chromium.

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { build, preview } from "vite";

const [out, ...only] = process.argv.slice(2);
if (out === undefined) {
  console.error("Say where the pictures go: node ui/scripts/look.mjs OUTDIR");
  process.exit(2);
}

const view = (name) => (page) => page.getByRole("navigation").getByRole("link", { name }).click();
const row = (name) => (page) => page.getByRole("option", { name: new RegExp(`^${name}(?![\\w-])`) }).click();
const press = (keys) => (page) => page.keyboard.press(keys);
const button = (name) => (page) => page.getByRole("button", { name, exact: true }).first().click();
const tab = (name) => (page) => page.getByRole("tab", { name }).click();
/** The text editor is there, with its text. */
const text = (page) => page.locator(".view-line").first().waitFor();
const inText = (page) => page.locator("aside [data-landing]").first().focus();
const section = (name) => (page) =>
  page
    .getByRole("option", { name: new RegExp(`^${name}(?![\\w-])`) })
    .first()
    .click();
const problem = (name) => (page) => page.getByRole("option", { name }).click();
/** Types under the selected section's first line, and waits until that was looked through. */
const typed = (words) => async (page) => {
  await page.getByRole("listbox", { name: "Sections" }).press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type(words.trimEnd());
  await page.getByText(/^\d+ unsaved line/).waitFor();
};
const pick = (name) => (page) =>
  page
    .getByRole("button", { name: new RegExp(`^${name}:`) })
    .last()
    .click();
const choose = (name) => (page) => page.getByRole("option", { name }).first().click();
/** The list behind the sheet may have the same names. */
const chooseThere = (name) => (page) => page.getByRole("dialog").getByRole("option", { name }).first().click();
const type = (text) => (page) => page.keyboard.type(text);
const see = (text) => (page) => page.getByText(text).first().waitFor();
const accounts = view("Accounts");
const account = (name) => (page) => page.getByRole("option", { name: new RegExp(`^${name},`) }).click();
const use = (name) => [pick("Account"), choose(name)];
const admin = [pick("Role"), choose("admin"), (page) => page.getByRole("dialog").waitFor()];
/** Opens the paste sheet and puts a text into it; the field takes typed text as it takes pasted text. */
const pasteKeys = (text) => [
  press("Control+Shift+V"),
  (page) => page.getByRole("textbox", { name: /Option 2/ }).fill(text),
];
const filter = (text) => (page) => page.getByRole("searchbox").fill(text);
/** Opens a profile, and a change of it out of the menu. */
const change = (name, choice) => [
  filter(name),
  row(name),
  button("More"),
  (page) => page.getByRole("menuitem", { name: choice }).click(),
];
const fill = (name, text) => (page) => page.getByRole("dialog").getByLabel(name, { exact: true }).fill(text);
const shown = see("What will change");
/** The sheet of a new profile, its keys from there. */
const newProfile = (kind) => [row("acme-dev"), press("Control+n"), button(kind), fill("Name", "fresh")];

/** Edits config and saves. */
const edited = [view("File editor"), text, section("acme-dev-deploy"), typed("output = json\n"), press("Control+s")];

/** Why each SDK uses which keys, scrolled to. */
const why = async (page) => {
  await page.getByRole("button", { name: "Why" }).click();
  await page.getByText("Which keys each SDK would use").scrollIntoViewIfNeeded();
  await page.locator(".ends").scrollIntoViewIfNeeded();
};

/** What to open, what to do there, and in how much room. */
const states = {
  "profiles-start": { steps: [] },
  profiles: { steps: [row("acme-dev")] },
  "profiles-role": { steps: [filter("lambda-role"), row("lambda-role-connection")] },
  "profiles-warn": { steps: [filter("commandeer"), row("commandeer-dev")] },
  "profiles-broken": { steps: [filter("reporting"), row("reporting-role")] },
  "profiles-reader": { steps: [filter("default"), row("default")] },
  "profiles-values": {
    steps: [filter("default"), row("default"), (page) => page.getByRole("tab", { name: "Values" }).click()],
  },
  "profiles-revealed": { steps: [filter("pasted-token"), row("pasted-token"), button("Show secret for 30 seconds")] },
  "profiles-menu": { steps: [button("Group and sort")] },
  "profiles-attention": { steps: [button("Needs attention")] },
  "profiles-no-match": { steps: [filter("xyz")] },
  "profiles-hint": { steps: [filter("colour:red")] },
  "profiles-10k": { query: "n=10000", steps: [press("Tab"), filter("globex-edge"), row("globex-edge-00037-readonly")] },
  "profiles-10k-end": { query: "n=10000", steps: [row("acme-dev"), press("End")] },
  "long-name": {
    steps: [filter("regional"), row("regional-reports-eu-central-1-quarterly-with-a-name-nobody-shortened")],
  },
  own: { query: "home=own", steps: [row("acme-dev")] },
  chains: { steps: [view("Assume-role profiles"), row("acme-dev-deploy")] },
  "chains-list": { steps: [view("Assume-role profiles"), row("acme-dev-deploy"), button("List")] },
  "chains-missing": { steps: [view("Assume-role profiles"), row("reporting-role")] },
  "chains-loop": { steps: [view("Assume-role profiles"), row("loop-a")] },
  dangling: { steps: [view("Dangling configs"), row("Warning: qa-eu")] },
  duplicates: { steps: [view("Duplicates"), row("Warning: commandeer-dev")] },
  problems: { steps: [view("Problems"), row("Broken: reporting-role")] },
  "problems-start": { steps: [view("Problems")] },
  compatibility: { steps: [view("Compatibility"), row("staging")] },
  why: { steps: [filter("acme-dev"), row("acme-dev"), why] },
  "why-same": { steps: [filter("ci"), row("ci"), why] },
  "why-error": { steps: [view("Compatibility"), row("staging"), why] },
  "why-small": { size: [880, 560], steps: [filter("acme-dev"), row("acme-dev"), why] },
  "readers-waiting": {
    query: "readers=never",
    steps: [
      row("acme-dev"),
      async (page) => {
        await see("Each SDK reads both files…")(page);
        await page.getByText("Each SDK reads both files…").scrollIntoViewIfNeeded();
      },
    ],
  },
  "compatibility-reader": { steps: [view("Compatibility"), row("Rust")] },
  "compatibility-start": { query: "n=10000", steps: [view("Compatibility")] },
  "small-compatibility": { size: [880, 560], steps: [view("Compatibility"), row("Rust")] },
  editor: { steps: [view("File editor"), text, section("reporting-role")] },
  "editor-fix": {
    steps: [view("File editor"), text, problem("There is no profile"), press("Enter"), press("Control+.")],
  },
  "editor-hover": { steps: [view("File editor"), text, press("F8")] },
  "editor-typed": { steps: [view("File editor"), text, section("acme-dev-deploy"), typed("region = eu-west-2\n")] },
  "editor-bytes": { steps: [view("File editor"), text, section("acme-prod")] },
  "editor-credentials": { steps: [view("File editor"), text, tab("credentials")] },
  "editor-find": {
    steps: [view("File editor"), text, inText, press("Control+f"), (page) => page.keyboard.type("acme-dev")],
  },
  "editor-review": {
    steps: [
      view("File editor"),
      text,
      section("acme-dev-deploy"),
      typed("region = eu-west-2\n"),
      button("Review changes"),
    ],
  },
  "editor-save-anyway": {
    steps: [view("File editor"), text, section("acme-dev-deploy"), typed("oops\n"), press("Control+s")],
  },
  "editor-saved": {
    steps: [view("File editor"), text, section("acme-dev-deploy"), typed("output = json\n"), press("Control+s")],
  },
  "new-keys": {
    steps: [
      ...newProfile("Access key"),
      fill("Access key ID", "AKIAI44QH8DHBEXAMPLE"),
      fill("Secret", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"),
      shown,
    ],
  },
  "new-role": {
    steps: [
      ...newProfile("Role"),
      fill("Role ARN", "arn:aws:iam::123456789012:role/Deploy"),
      pick("Starts from"),
      type("acme-dev"),
      chooseThere("acme-dev"),
      shown,
    ],
  },
  "new-sso": {
    steps: [
      ...newProfile("IAM Identity Center"),
      fill("Portal", "acme"),
      fill("AWS account", "123456789012"),
      fill("Role", "Developer"),
      shown,
    ],
  },
  "new-process": { steps: [...newProfile("Program"), fill("Program", "/opt/bin/keys --for acme"), shown] },
  "new-localstack": { steps: [...newProfile("LocalStack"), shown] },
  "new-taken": { steps: [...newProfile("LocalStack"), fill("Name", "acme-dev"), see("already")] },
  rename: { steps: [...change("legacy-backup", "Rename…"), fill("New name", "acme-build"), shown] },
  duplicate: { steps: [...change("legacy-backup", "Duplicate…"), shown] },
  move: { steps: [...change("legacy-backup", "Move to"), shown] },
  merge: {
    steps: [
      ...change("commandeer-dev", "Merge into…"),
      pick("Into"),
      type("commandeer"),
      chooseThere("commandeer-dev-base"),
      shown,
    ],
  },
  delete: { steps: [...change("legacy-backup", "Delete…"), shown] },
  "set-new": {
    steps: [...change("legacy-backup", "Add property…"), fill("Property", "output"), fill("Value", "json"), shown],
  },
  set: {
    steps: [row("acme-dev"), button("Change region"), fill("Value", "eu-west-3"), shown],
  },
  unset: { steps: [row("acme-dev"), button("Remove region"), shown] },
  "fix-sheet": { steps: [view("Problems"), row("Broken: reporting-role"), button("Apply fix"), shown] },
  "small-new-profile": {
    size: [880, 560],
    steps: [...newProfile("LocalStack"), shown],
  },
  "reflow-change": { size: [320, 560], steps: [row("acme-dev"), press("F2"), fill("New name", "acme-2"), shown] },
  "text-200-change": { text: 2, steps: [...newProfile("Access key")] },
  undo: { steps: [...edited, see("Undo: You edited")] },
  undone: { steps: [...edited, (page) => page.getByRole("button", { name: "Undo: You" }).click(), see("Undone:")] },
  "history-choose": { query: "history=choose", steps: [...edited, see("How should History")] },
  "history-passphrase": {
    query: "history=choose",
    steps: [...edited, (page) => page.getByRole("radio", { name: "Passphrase" }).check(), button("Keep it this way")],
  },
  "history-locked": { query: "history=locked", steps: [...edited, see("Passphrase of History")] },
  "history-full": { query: "history=full", steps: [...edited, see("Write without it once")] },
  "editor-apart": { query: "editor=apart", steps: [view("File editor"), text, section("reporting-role")] },
  "editor-overlap": { query: "editor=overlap", steps: [view("File editor"), text, section("reporting-role")] },
  "sign-in": { query: "", steps: [view("Sign-in"), row("globex")] },
  "sign-in-browser": { query: "portals=browser", steps: [view("Sign-in"), row("acme"), button("Sign in again")] },
  "sign-in-code": { query: "portals=code", steps: [view("Sign-in"), row("acme"), button("Sign in again")] },
  "sign-in-many": { query: "portals=many", steps: [view("Sign-in"), row("globex")] },
  "sign-in-listing": { query: "portals=listing", steps: [view("Sign-in"), row("globex"), button("List again")] },
  "sign-in-ends": { query: "portals=ends", steps: [view("Sign-in")] },
  "sign-in-gone": { query: "portals=gone", steps: [view("Sign-in"), row("globex")] },
  "editor-settle": { query: "editor=overlaps", steps: [view("File editor"), text, button("Compare")] },
  "editor-compare": { query: "editor=overlap", steps: [view("File editor"), text, button("Compare")] },
  "editor-gone": { query: "editor=gone", steps: [view("File editor"), text] },
  "editor-readonly": { query: "editor=readonly", steps: [view("File editor"), text] },
  "editor-secrets": { query: "editor=secrets", steps: [view("File editor"), text, tab("credentials")] },
  "editor-damaged": {
    query: "editor=damaged",
    steps: [view("File editor"), text, tab("credentials"), press("Control+s")],
  },
  "editor-restored": { query: "editor=restored", steps: [view("File editor"), text, tab("credentials")] },
  "editor-new": { query: "home=no-config", steps: [view("File editor"), text] },
  "editor-no-match": { steps: [view("File editor"), text, filter("xyz")] },
  "editor-10k": {
    query: "n=10000",
    steps: [view("File editor"), text, filter("00037"), press("Enter"), filter("")],
  },
  "editor-small": { size: [880, 560], query: "editor=apart", steps: [view("File editor"), text] },
  "editor-reflow": { size: [320, 560], steps: [view("File editor"), text] },
  "editor-text-200": { text: 2, steps: [view("File editor"), text] },
  "editor-contrast": { contrast: "more", steps: [view("File editor"), text, section("reporting-role")] },
  "editor-forced-colors": { forced: true, steps: [view("File editor"), text, section("reporting-role")] },
  "profiles-assumed": { steps: [filter("lambda-role"), row("lambda-role-connection")] },
  "profiles-verified": { steps: [filter("default"), row("default"), button("Verify"), see("Checked just now")] },
  "profiles-asking": { steps: [filter("deploy"), row("deploy"), button("Assume"), see("Asking AWS…")] },
  "profiles-denied": {
    steps: [
      filter("viewer"),
      row("lambda-viewer"),
      button("Assume"),
      see("may not assume"),
      (page) => page.getByText("Details").click(),
    ],
  },
  "profiles-cannot": { steps: [filter("acme-prod"), row("acme-prod")] },
  "profiles-shells": {
    steps: [filter("lambda-role"), row("lambda-role-connection"), button("Copy for another shell")],
  },
  "profiles-copied": {
    steps: [filter("lambda-role"), row("lambda-role-connection"), button("Copy for bash"), see("clears itself")],
  },
  paste: { steps: [row("acme-dev"), press("Control+Shift+V")] },
  "paste-update": { steps: [row("acme-dev"), ...pasteKeys("[123456789012_Developer]"), see("What will change")] },
  "paste-csv": { steps: [row("acme-dev"), ...pasteKeys("Access key ID,Secret access key"), see("What will change")] },
  "paste-command": {
    steps: [
      row("acme-dev"),
      ...pasteKeys("[123456789012_Admin]\ncredential_process = /opt/keys --fetch\n"),
      see("It comes with a command"),
    ],
  },
  "paste-not-keys": { steps: [row("acme-dev"), ...pasteKeys("Dear Jo"), see("That doesn't look like")] },
  "chains-assume": { steps: [view("Assume-role profiles"), row("lambda-role-connection")] },
  accounts: { steps: [accounts, account("Acme Dev")] },
  "accounts-unknown": { steps: [accounts, account("Acme Prod")] },
  "accounts-ended": { steps: [accounts, account("Acme Stage")] },
  "accounts-local": { steps: [accounts, account("LocalStack")] },
  "accounts-gone": { steps: [accounts, account("Old billing")] },
  "accounts-delete": { steps: [accounts, account("Old billing"), button("Delete account…")] },
  "accounts-none": { query: "accounts=none", steps: [accounts] },
  "accounts-new": {
    steps: [
      accounts,
      account("Acme Dev"),
      button("New account"),
      pick("Profile"),
      type("commandeer-dev-base"),
      choose("commandeer-dev-base"),
    ],
  },
  "accounts-new-10k": {
    query: "n=10000",
    steps: [accounts, button("New account"), pick("Profile"), type("edge"), press("PageDown")],
  },
  "accounts-new-10k-end": {
    query: "n=10000",
    steps: [accounts, button("New account"), pick("Profile"), ...Array(40).fill(press("PageDown"))],
  },
  "accounts-edit": { steps: [accounts, account("Acme Dev"), button("Edit"), button("Other endpoint")] },
  "accounts-refused": { steps: [button("New account"), button("Save and verify"), see("needs a name")] },
  "accounts-saved": {
    steps: [
      accounts,
      account("LocalStack"),
      button("Edit"),
      button("Other endpoint"),
      (page) => page.getByLabel("Address").fill("http://localhost:4599"),
      button("Save and verify"),
      see("Saved."),
    ],
  },
  "bar-accounts": { steps: [pick("Account")] },
  "bar-roles": { steps: [accounts, account("Acme Dev"), pick("Role")] },
  "bar-regions": { steps: [pick("Region")] },
  "bar-region-typed": { steps: [pick("Region"), type("eu-new-1")] },
  "bar-session": { steps: [pick("Session")] },
  "bar-production": { steps: [accounts, account("Acme Prod"), ...use(/Acme Prod/)] },
  "bar-local": { steps: use(/LocalStack/) },
  mfa: { steps: [accounts, account("Acme Dev"), ...admin, type("407")] },
  "mfa-refused": { steps: [...admin, type("111222"), press("Enter"), see("was refused")] },
  token: { query: "prompt=one", steps: [] },
  "token-ten": { query: "prompt=ten", steps: [] },
  "token-many": { query: "prompt=many", steps: [] },
  "token-waits": { query: "prompt=one", steps: [press("Escape"), row("acme-dev")] },
  "token-not-now": { query: "prompt=one", steps: [button("Not now"), accounts, account("Acme Dev")] },
  shortcuts: { steps: [button("Keyboard shortcuts")] },
  zero: { query: "home=empty", steps: [] },
  "zero-keys": { query: "home=empty", steps: [(page) => page.getByText("Where do I get access keys?").click()] },
  "zero-created": { query: "home=empty", steps: [button("Create files")] },
  "zero-one": { query: "home=config-only", steps: [] },
  "zero-problems": { query: "home=empty", steps: [view("Problems")] },
  "zero-chains": { query: "home=empty", steps: [view("Assume-role profiles")] },
  "no-config": { query: "home=no-config", steps: [] },
  "no-profiles": { query: "home=no-profiles", steps: [] },
  unreadable: { query: "home=unreadable", steps: [] },
  small: { size: [880, 560], steps: [filter("lambda-role"), row("lambda-role-connection")] },
  "small-problems": { size: [880, 560], steps: [view("Problems"), row("Warning: commandeer-dev")] },
  "small-account": { size: [880, 560], steps: [accounts, account("Acme Dev")] },
  "small-new": {
    size: [880, 560],
    steps: [button("New account"), pick("Profile"), type("acme-prod"), press("Enter"), see("The name suggests")],
  },
  "narrow-account": { size: [640, 400], steps: [accounts, account("Acme Dev")] },
  "reflow-account": { size: [320, 560], steps: [accounts, account("Acme Dev")] },
  "reflow-token": { size: [320, 560], query: "prompt=ten", steps: [] },
  "text-200-account": { text: 2, steps: [accounts, account("Acme Dev"), pick("Role")] },
  "contrast-account": { contrast: "more", steps: [accounts, account("Acme Dev"), pick("Role")] },
  "forced-account": { forced: true, steps: [...use(/Acme Prod/), accounts, account("Acme Dev")] },
  narrow: { size: [640, 400], steps: [row("acme-dev")] },
  reflow: { size: [320, 560], steps: [row("acme-dev")] },
  "text-200": { text: 2, steps: [row("acme-dev")] },
  contrast: { contrast: "more", steps: [row("acme-dev")] },
  "forced-colors": { forced: true, steps: [row("acme-dev")] },
};

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const judge = (page) =>
  page.evaluate(async (tags) => {
    // Monaco's list of fixes gives its rows roles of its own making, and the buttons of its find field are 20 pixels large
    // and have keys; nothing else of Monaco is left out.
    const scope = {
      exclude: [[".action-widget .monaco-list"], [".find-widget .button"], [".find-widget .monaco-custom-toggle"]],
    };
    const { violations } = await window.axe.run(scope, { runOnly: tags });
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target})`));
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ["wider than the window"] : [];
    return [...window.__errors, ...found, ...wide];
  }, rules);

// The policy of the real window, so that nothing here works that would not work there.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; worker-src 'self'";

const root = join(import.meta.dirname, "..");
mkdirSync(out, { recursive: true });
const page = { outDir: resolve(out, "page"), emptyOutDir: true };
await build({ root, mode: "design", logLevel: "error", build: page });
const server = await preview({
  root,
  logLevel: "error",
  build: page,
  preview: { host: "127.0.0.1", port: 0, headers: { "Content-Security-Policy": policy } },
});
const { port } = server.httpServer.address();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--force-device-scale-factor=1"],
});

/** Runs in the page: ends when nothing in it has changed for a few frames, so that what was fetched is drawn. */
const settled = () =>
  new Promise((done) => {
    let quiet = 0;
    const observer = new MutationObserver(() => (quiet = 0));
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const frame = () => {
      quiet += 1;
      if (quiet < 10) return requestAnimationFrame(frame);
      observer.disconnect();
      done();
    };
    requestAnimationFrame(frame);
  });

/** What is to find fault with in one state. */
async function look(name, theme) {
  const { query = "", size: [width, height] = [1280, 800], text, contrast, forced, steps } = states[name];
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    contrast: contrast ?? "no-preference",
    forcedColors: forced ? "active" : "none",
    locale: "en-GB",
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    if (text) {
      await page.addInitScript((scale) => {
        const grow = () => (document.documentElement.style.fontSize = `${scale * 100}%`);
        document.addEventListener("readystatechange", grow, { once: true });
      }, text);
    }
    await page.goto(`http://127.0.0.1:${port}/?${query}`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    for (const step of steps) await step(page);
    await page.evaluate(settled);
    await page.screenshot({ path: join(out, `${name}-${theme}.png`) });
    await page.evaluate(axe);
    return await judge(page);
  } catch (error) {
    return [String(error).split("\n", 1)[0]];
  } finally {
    await context.close();
  }
}

const names = only.length > 0 ? only : Object.keys(states);
const waiting = names.flatMap((name) => ["light", "dark"].map((theme) => ({ name, theme })));
let faults = 0;
async function work() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const found = await look(next.name, next.theme);
    for (const fault of found) console.log(`${next.name}, ${next.theme}: ${fault}`);
    faults += found.length;
  }
}
try {
  await Promise.all([work(), work(), work()]);
} finally {
  await browser.close();
  await server.close();
}
console.log(faults === 0 ? `${names.length} states, light and dark: nothing to find fault with.` : `${faults} faults.`);
process.exitCode = faults === 0 ? 0 : 1;
