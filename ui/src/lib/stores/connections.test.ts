// Accounts, assuming and the question about a token, on the fake engine.

import { beforeEach, expect, test, vi } from "vitest";
import { FakeBackend } from "../backend/fake";
import { RIGHT_CODE, type Wishes } from "../backend/fake-connections";
import type { FailureView } from "../backend/generated/FailureView";
import { Stores } from "./index";

let backend: FakeBackend;
let stores: Stores;

const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
const SECOND = 1000;
const id = (name: string) => backend.id(name);
const account = (name: string) => stores.connections.accounts.find(({ form }) => form.name === name)?.id ?? -1;
const told = () => stores.toasts.all.map((toast) => toast.text);

async function open(wishes: Wishes = {}): Promise<void> {
  backend = new FakeBackend("", 0, wishes);
  stores = new Stores(backend);
  await stores.listen();
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  document.body.replaceChildren();
  await open();
});

test("assuming a role says until when, and the engine has its session", async () => {
  void stores.assuming.assume(id("deploy"));
  expect(stores.assuming.isAsking(id("deploy"))).toBe(true);
  await settle(SECOND);
  expect(stores.assuming.isAsking(id("deploy"))).toBe(false);
  expect(told()[0]).toMatch(/^Assumed deploy until /);
  expect(stores.home.overview?.connections.sessions[0]?.profile.name).toBe("deploy");
});

test("a role is asked for once at a time", async () => {
  const assume = vi.spyOn(backend, "assume");
  void stores.assuming.assume(id("deploy"));
  void stores.assuming.assume(id("deploy"));
  await settle(SECOND);
  expect(assume).toHaveBeenCalledOnce();
});

test("a role that asks for a code is assumed with the right one", async () => {
  void stores.assuming.assume(id("admin"));
  await settle(SECOND);
  expect(stores.assuming.code).toMatchObject({ profile: "admin", device: "jo" });
  void stores.assuming.answer(RIGHT_CODE);
  await settle(SECOND);
  expect(stores.assuming.code).toBeUndefined();
  expect(told()[0]).toMatch(/^Assumed admin until /);
});

test("a refused code leaves the question open with its reason", async () => {
  void stores.assuming.assume(id("admin"));
  await settle(SECOND);
  void stores.assuming.answer("111222");
  await settle(SECOND);
  expect(stores.assuming.code?.refusal?.cause).toBe("sts.mfaRejected");
  expect(told()).toEqual([]);
  expect(stores.assuming.failure(id("admin"))).toBeUndefined();
});

test("another failure after the code closes the question and is told where it was asked", async () => {
  void stores.assuming.assume(id("admin"));
  await settle(SECOND);
  const failure: FailureView = { code: "denied", cause: "sts.notTrusted", message: "No.", hint: "Ask." };
  vi.spyOn(backend, "assume").mockRejectedValue(failure);
  await stores.assuming.answer(RIGHT_CODE);
  expect(stores.assuming.code).toBeUndefined();
  expect(stores.assuming.failure(id("admin"))).toEqual(failure);
});

test("two codes are asked for one after the other", async () => {
  void stores.assuming.assume(id("admin"));
  void stores.assuming.assume(id("lambda-role-connection"));
  await settle(SECOND);
  expect(stores.assuming.code?.profile).toBe("admin");
  await stores.assuming.cancel(id("admin"));
  expect(stores.assuming.code?.profile).toBe("lambda-role-connection");
});

test("cancelling while AWS is asked ends the asking and tells nothing", async () => {
  void stores.assuming.assume(id("deploy"));
  await settle();
  await stores.assuming.cancel(id("deploy"));
  await settle();
  expect(stores.assuming.isAsking(id("deploy"))).toBe(false);
  expect(told()).toEqual([]);
});

test("a denial stands on the profile until the next try", async () => {
  void stores.assuming.assume(id("lambda-viewer"));
  await settle(SECOND);
  expect(stores.assuming.failure(id("lambda-viewer"))?.cause).toBe("sts.notTrusted");
  void stores.assuming.assume(id("lambda-viewer"));
  expect(stores.assuming.failure(id("lambda-viewer"))).toBeUndefined();
});

test("choosing a role of an account puts it in use and assumes it through that account", async () => {
  const assume = vi.spyOn(backend, "assume");
  void stores.connections.useRole(account("Acme Dev"), { id: id("deploy"), name: "deploy" });
  await settle(SECOND);
  expect(stores.connections.inUse?.role?.name).toBe("deploy");
  expect(assume).toHaveBeenCalledWith(id("deploy"), account("Acme Dev"), undefined);
});

test("a role that still works is put in use without asking AWS again", async () => {
  const assume = vi.spyOn(backend, "assume");
  await stores.connections.use(account("Acme Dev"));
  expect(stores.connections.inUse?.role?.name).toBe("lambda-role-connection");
  expect(assume).not.toHaveBeenCalled();
});

test("a refusal to switch is told, and no role is assumed", async () => {
  const assume = vi.spyOn(backend, "assume");
  vi.spyOn(backend, "useAccount").mockRejectedValue({ code: "notFound", message: "Gone.", hint: "Choose." });
  await stores.connections.useRole(account("Acme Dev"), { id: id("deploy"), name: "deploy" });
  expect(told()).toEqual(["Gone."]);
  expect(assume).not.toHaveBeenCalled();
});

test("a deleted account gives its place to the next one", async () => {
  stores.connections.select(account("Acme Prod"));
  const next = account("Acme Stage");
  await stores.connections.remove(account("Acme Prod"));
  expect(stores.connections.selected).toBe(next);
});

test("choosing a profile fills name and roles, and chooses no role and no label by itself", async () => {
  stores.accountSheet.create(id("commandeer-dev-base"));
  await settle();
  const entry = stores.accountSheet.entry;
  expect(entry?.name).toBe("Commandeer Dev");
  expect(entry?.choice?.roles.length).toBe(3);
  expect(entry?.role).toBeUndefined();
  expect(entry?.label).toBeUndefined();
  expect(entry?.choice?.label).toBe("dev");
});

test("a name that was typed stays when another profile is chosen, one that was filled in goes", async () => {
  stores.accountSheet.create(id("legacy-backup"));
  await settle();
  const entry = stores.accountSheet.entry;
  if (entry === undefined) throw new Error("the sheet is open");
  entry.chooseProfile(id("default"));
  await settle();
  expect(entry.name).toBe("Default");
  entry.name = "Mine";
  entry.chooseProfile(id("ci"));
  await settle();
  expect(entry.name).toBe("Mine");
});

test("a refused account keeps everything that was typed", async () => {
  stores.accountSheet.create(id("default"));
  await settle();
  const entry = stores.accountSheet.entry;
  if (entry === undefined) throw new Error("the sheet is open");
  entry.name = "Acme Dev";
  entry.region = "eu-central-1";
  expect(await entry.save()).toBeUndefined();
  expect(entry.failure?.message).toContain("Acme Dev");
  expect([entry.name, entry.region, entry.profile]).toEqual(["Acme Dev", "eu-central-1", "default"]);
});

test("a changed account keeps its role and region while its profile is read again", async () => {
  const before = stores.connections.account(account("Acme Dev"));
  if (before === undefined) throw new Error("it is there");
  stores.accountSheet.edit(before);
  await settle();
  expect(stores.accountSheet.entry?.role).toBe("lambda-role-connection");
  const saved = await stores.accountSheet.entry?.save();
  expect(saved).toBe(before.id);
  expect(stores.connections.account(before.id)?.form).toEqual(before.form);
});

test("a token that changed while the window was closed is asked about when it opens", async () => {
  await open({ prompt: "one" });
  expect(stores.tokenPrompt.isOpen).toBe(true);
});

/** Another program renews a token while the window is open. */
function renew(): void {
  backend.connections.change(1);
  backend.publish();
}

test("a token that changes while somebody looks at the window and types nowhere opens the sheet", () => {
  renew();
  expect(stores.tokenPrompt.isOpen).toBe(true);
});

test("it waits while a field is edited, and is read out once", async () => {
  const field = document.body.appendChild(document.createElement("input"));
  field.focus();
  const say = vi.spyOn(stores.announcer, "say");
  renew();
  backend.publish();
  await settle(5 * SECOND);
  expect(stores.tokenPrompt.isOpen).toBe(false);
  expect(stores.tokenPrompt.change).toBeDefined();
  expect(document.activeElement).toBe(field);
  expect(say.mock.calls.flat().filter((text) => text.startsWith("Session Token Changed"))).toHaveLength(1);
});

test("it waits while the window does not have the focus", () => {
  vi.spyOn(document, "hasFocus").mockReturnValue(false);
  renew();
  expect(stores.tokenPrompt.isOpen).toBe(false);
  stores.tokenPrompt.open();
  expect(stores.tokenPrompt.isOpen).toBe(true);
});

test("it waits while a code is asked for, and while AWS is", async () => {
  void stores.assuming.assume(id("admin"));
  renew();
  expect(stores.tokenPrompt.isOpen).toBe(false);
  await settle(SECOND);
  backend.connections.change(1);
  backend.publish();
  expect(stores.tokenPrompt.isOpen).toBe(false);
});

test("putting it aside is no answer, and it does not come up again by itself", () => {
  const answer = vi.spyOn(backend, "answerTokenChange");
  renew();
  stores.tokenPrompt.putAside();
  backend.publish();
  expect(stores.tokenPrompt.isOpen).toBe(false);
  expect(stores.tokenPrompt.change).toBeDefined();
  expect(answer).not.toHaveBeenCalled();
});

test.each([
  [true, false],
  [false, true],
])("answering %s ends the question; the accounts stay unswitched: %s", async (useNew, isUnswitched) => {
  renew();
  await stores.tokenPrompt.answer(useNew);
  expect(stores.tokenPrompt.isOpen).toBe(false);
  expect(stores.tokenPrompt.change).toBeUndefined();
  expect(stores.connections.account(account("Acme Dev"))?.unswitched).toBe(isUnswitched);
});

test("what was put off can be used after all", async () => {
  renew();
  await stores.tokenPrompt.answer(false);
  await stores.connections.useDeclined();
  expect(stores.connections.account(account("Acme Dev"))?.unswitched).toBe(false);
  expect(stores.connections.declined).toBeUndefined();
});

test("the shell that was chosen last is the one that is copied for", async () => {
  expect(stores.connections.shell).toBe("bash");
  stores.connections.chooseShell("fish");
  expect(new Stores(backend).connections.shell).toBe("fish");
  await stores.assuming.copyExports(id("default"), "fish");
  expect(told()).toEqual(["Copied for fish. The clipboard clears itself in 60 s."]);
});
