// Accounts, assuming and the question about a token, as a person meets them.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import { FakeBackend } from "../lib/backend/fake";
import type { Wishes } from "../lib/backend/fake-connections";
import { Stores } from "../lib/stores";

let backend: FakeBackend;

function open(wishes: Wishes = {}): void {
  backend = new FakeBackend("", 0, { delay: 0, ...wishes });
  render(App, { stores: new Stores(backend) });
}

const key = (name: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...more });
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole("button", { name }));
const option = (name: RegExp) => screen.findByRole("option", { name });
const choose = async (name: RegExp) => fireEvent.click(await option(name));
const heading = (name: string) => screen.findByRole("heading", { name, level: 2 });
const sheet = () => screen.findByRole("dialog");
// Of the list only what is in view is in the page; the filter brings a profile there.
async function row(name: string): Promise<void> {
  await fireEvent.input(await screen.findByRole("searchbox"), { target: { value: name } });
  await choose(new RegExp(`^${name}(?![\\w-])`));
}
const chord = { ctrlKey: true, shiftKey: true };

beforeEach(() => void vi.spyOn(document, "hasFocus").mockReturnValue(true));

test("without accounts the bar has the plus and nothing to choose", async () => {
  open({ accounts: "none" });
  await option(/^acme-dev(?![\w-])/);
  expect(screen.getByRole("button", { name: "New account" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^(Account|Role|Region|Session) ?:/ })).toBeNull();
});

test("the bar says as whom one works", async () => {
  open();
  const bar = within(await screen.findByRole("banner"));
  expect((await bar.findByRole("button", { name: /^Account ?:/ })).textContent).toMatch(/Acme Dev/);
  expect(bar.getByRole("button", { name: /^Role ?:/ }).textContent).toContain("lambda-role-connection");
  expect(bar.getByRole("button", { name: /^Region ?:/ }).textContent).toContain("eu-west-1");
  expect(bar.getByRole("button", { name: "Session: 47 min left" })).toBeTruthy();
});

test("Production is a word in the bar", async () => {
  open();
  await press(/^Account ?:/);
  await choose(/Acme Prod/);
  await waitFor(() => expect(screen.getByRole("banner").textContent).toContain("Production"));
});

test("a role is chosen and assumed by the keyboard alone, with its code", async () => {
  open();
  await screen.findByRole("button", { name: /^Role ?:/ });
  await key("R", chord);
  const field = await screen.findByRole("combobox", { name: "Find a role" });
  await waitFor(() => expect(document.activeElement).toBe(field));
  await fireEvent.input(field, { target: { value: "admin" } });
  await key("Enter");
  expect((await sheet()).textContent).toContain("Code for admin");
  const code = screen.getByLabelText<HTMLInputElement>(/6-digit code from the device jo/);
  expect(document.activeElement).toBe(code);
  expect(code.autocomplete).toBe("one-time-code");
  await fireEvent.input(code, { target: { value: "407 123" } });
  expect(code.value).toBe("407123");
  await press("Assume role");
  await screen.findAllByText(/^Assumed admin until/);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a refused code says so and is selected, so that typing replaces it", async () => {
  open();
  await row("admin");
  await press("Assume");
  const code = await screen.findByLabelText<HTMLInputElement>(/6-digit code/);
  await fireEvent.input(code, { target: { value: "111222" } });
  await press("Assume role");
  await screen.findByText("That code was refused.");
  expect(document.activeElement).toBe(code);
  expect([code.selectionStart, code.selectionEnd]).toEqual([0, 6]);
});

test("too few digits are not sent", async () => {
  open();
  const assume = vi.spyOn(backend, "assume");
  await row("admin");
  await press("Assume");
  await fireEvent.input(await screen.findByLabelText(/6-digit code/), { target: { value: "4071" } });
  await press("Assume role");
  await screen.findByText("A code has 6 digits.");
  expect(assume).toHaveBeenCalledOnce();
});

test("an assumed profile shows its session without its secret, and can end it", async () => {
  open();
  await row("lambda-role-connection");
  await heading("lambda-role-connection");
  const detail = within(screen.getByRole("complementary"));
  expect(detail.getByText("47 min left")).toBeTruthy();
  expect(detail.getByText("never saved to disk")).toBeTruthy();
  expect(detail.getByRole("button", { name: "Renew" })).toBeTruthy();
  await press("End session");
  await waitFor(() => expect(detail.queryByText("47 min left")).toBeNull());
  expect(detail.getByRole("button", { name: "Assume" })).toBeTruthy();
});

test("a denial says what happened and what to try, and the code for whoever asks", async () => {
  open();
  await row("lambda-viewer");
  await press("Assume");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("commandeer-dev may not assume viewer.");
  expect(alert.textContent).toContain("sts.notTrusted");
});

test("a profile that can't be assumed says why and has no button for it", async () => {
  open();
  await row("reporting-role");
  await screen.findByText("It can’t be assumed now");
  expect(screen.queryByRole("button", { name: "Assume" })).toBeNull();
});

test("what is open is assumed, copied and verified by keys", async () => {
  open();
  const [assume, copy, verify] = [
    vi.spyOn(backend, "assume"),
    vi.spyOn(backend, "copyExports"),
    vi.spyOn(backend, "verify"),
  ];
  await row("deploy");
  await heading("deploy");
  await key("Enter", { ctrlKey: true });
  await screen.findByRole("button", { name: "Renew" });
  await key("C", chord);
  await screen.findAllByText("Copied for bash. The clipboard clears itself in 60 s.");
  await key("r", { ctrlKey: true });
  await screen.findByText(/^You are assumed-role\/deploy\/rolecall-jo in 1234 5678 9012/);
  expect(assume).toHaveBeenCalledWith(backend.id("deploy"), undefined, undefined);
  expect(copy).toHaveBeenCalledWith(backend.id("deploy"), "bash", undefined);
  expect(verify).toHaveBeenCalledWith(backend.id("deploy"));
});

test("another shell is copied for at once and stays the one in use", async () => {
  open();
  const copy = vi.spyOn(backend, "copyExports");
  await row("default");
  await press("Copy for another shell");
  await fireEvent.click(await screen.findByRole("menuitemradio", { name: "fish" }));
  await screen.findByRole("button", { name: "Copy for fish" });
  expect(copy).toHaveBeenCalledWith(backend.id("default"), "fish", undefined);
});

test("an account is made from a profile, saved, verified and open", async () => {
  open({ accounts: "none" });
  await row("legacy-backup");
  await press("Create account");
  const dialog = within(await sheet());
  await dialog.findByText("AKIA…0XHC");
  expect(dialog.getByText("read from credentials, not copied")).toBeTruthy();
  expect(dialog.getByText("No role starts from this profile")).toBeTruthy();
  await fireEvent.click(dialog.getByRole("button", { name: "Save and verify" }));
  await heading("Legacy Backup");
  await screen.findByText("Verified just now", { exact: false });
  expect(screen.getAllByText("user/jo").length).toBe(1);
});

test("what the engine refuses is told in the sheet, and nothing typed is lost", async () => {
  open();
  await key("N", chord);
  const dialog = within(await sheet());
  await fireEvent.input(dialog.getByLabelText("Name"), { target: { value: "Acme Dev" } });
  await fireEvent.click(dialog.getByRole("button", { name: "Save and verify" }));
  expect((await dialog.findByRole("alert")).textContent).toContain("There is an account called Acme Dev already.");
  expect(dialog.getByLabelText<HTMLInputElement>("Name").value).toBe("Acme Dev");
});

test("an account that can't be verified is saved all the same", async () => {
  open();
  vi.spyOn(backend, "verifyAccount").mockRejectedValue({ code: "offline", message: "You’re offline.", hint: "Later." });
  await fireEvent.click(await screen.findByRole("link", { name: /Accounts/ }));
  await choose(/^LocalStack ?,/);
  await press("Edit");
  await fireEvent.click(within(await sheet()).getByRole("button", { name: "Save and verify" }));
  await screen.findByText("Saved. You’re offline.");
});

test("an account whose profile is gone stays, says so, and takes another one", async () => {
  open();
  await fireEvent.click(await screen.findByRole("link", { name: /Accounts/ }));
  await choose(/^Old billing ?,/);
  await heading("Old billing");
  expect(screen.queryByRole("button", { name: /^Verify/ })).toBeNull();
  await press("Choose another");
  expect((await sheet()).textContent).toContain("Edit account");
});

test("deleting an account asks first, and says that the files stay", async () => {
  open();
  const remove = vi.spyOn(backend, "removeAccount");
  await fireEvent.click(await screen.findByRole("link", { name: /Accounts/ }));
  await choose(/^Old billing ?,/);
  await press("Delete account…");
  expect((await sheet()).textContent).toContain("Your files stay as they are.");
  await press("Cancel");
  expect(remove).not.toHaveBeenCalled();
  await press("Delete account…");
  await press("Delete account");
  await waitFor(() => expect(screen.queryByRole("option", { name: /^Old billing ?,/ })).toBeNull());
});

test("the prompt begins at its heading, where a stray Enter answers nothing", async () => {
  open({ prompt: "one" });
  const answer = vi.spyOn(backend, "answerTokenChange");
  await sheet();
  const title = await heading("Session Token Changed");
  await waitFor(() => expect(document.activeElement).toBe(title));
  await key("Enter");
  expect(answer).not.toHaveBeenCalled();
  await press("Yes, use the new token");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(answer).toHaveBeenCalledWith(1, true);
});

test("while somebody types it is a line at the top, and a key leads to it", async () => {
  open();
  await option(/^acme-dev(?![\w-])/);
  const field = screen.getByRole("searchbox");
  field.focus();
  backend.connections.change(1);
  backend.publish();
  await screen.findByText("Session Token Changed: the keys for pasted-token were renewed outside Rolecall.", {
    selector: "span",
  });
  expect(document.activeElement).toBe(field);
  expect(screen.queryByRole("dialog")).toBeNull();
  await key("Y", chord);
  await heading("Session Token Changed");
});

test("a token that changes while a code is asked for waits: two sheets never stand over each other", async () => {
  open();
  await row("admin");
  await press("Assume");
  await screen.findByLabelText(/6-digit code/);
  backend.connections.change(1);
  backend.publish();
  await screen.findByText(/^Session Token Changed:/, { selector: "span" });
  expect(screen.getAllByRole("dialog").length).toBe(1);
  expect(screen.getByLabelText(/6-digit code/)).toBeTruthy();
});

test("Not now leaves a quiet mark on the account", async () => {
  open({ prompt: "one" });
  await sheet();
  await press("Not now");
  await fireEvent.click(await screen.findByRole("link", { name: /Accounts/ }));
  await choose(/^Acme Dev ?,/);
  await screen.findByText("You chose not to use them yet.");
});

test("many tokens are one prompt that names them and counts the rest", async () => {
  open({ prompt: "many" });
  const dialog = within(await sheet());
  expect(dialog.getByText("190 profiles and portals")).toBeTruthy();
  expect(dialog.getByText("pasted-01")).toBeTruthy();
  expect(dialog.getByText("+ 90 more")).toBeTruthy();
});
