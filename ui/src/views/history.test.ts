// Undo and the question how History is kept, as a person meets them.

import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import App from "../App.svelte";
import { FakeBackend } from "../lib/backend/fake";
import { PASSPHRASE } from "../lib/backend/fake-history";
import { Stores } from "../lib/stores";

let backend: FakeBackend;
let stores: Stores;

/** A window over an engine that may refuse to keep old text. */
async function open(history?: string): Promise<void> {
  backend = new FakeBackend("", 0, { delay: 0, history });
  stores = new Stores(backend);
  render(App, { stores });
  await screen.findByRole("contentinfo");
}

/** Changes the first line of config, and saves. */
async function edit(): Promise<void> {
  const { draft } = stores.editor;
  stores.editor.show("config");
  draft.open();
  await waitFor(() => expect(draft.draft).toBeDefined());
  draft.typed([{ startLine: 1, startColumn: 1, endLine: 1, endColumn: 1, text: "# " }]);
  await draft.save();
}

const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole("button", { name }));
const onDisk = async () => (await backend.compareDraft("config")).theirs;
const isSaved = async () => (await onDisk()).startsWith("# # ");
const type = async (label: string, value: string) =>
  fireEvent.input(await screen.findByLabelText(label), { target: { value } });
const sheet = () => screen.findByRole("dialog");

test("Undo names what it takes back, takes it back, and is gone", async () => {
  await open();
  expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
  const before = await onDisk();
  await edit();
  expect(await isSaved()).toBe(true);
  await press("Undo: You edited in Rolecall");
  await screen.findAllByText("Undone: You edited in Rolecall");
  expect(await onDisk()).toBe(before);
  await waitFor(() => expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull());
});

test("Ctrl Z undoes where nobody types", async () => {
  await open();
  await edit();
  await screen.findByRole("button", { name: /^Undo/ });
  await fireEvent.keyDown(await screen.findByRole("searchbox"), { key: "z", ctrlKey: true });
  expect(await isSaved()).toBe(true);
  await fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
  await screen.findAllByText("Undone: You edited in Rolecall");
});

test("without a keyring a person chooses once, and what was to be saved is saved", async () => {
  await open("choose");
  const chosen = vi.spyOn(backend, "chooseHistory");
  await edit();
  expect((await sheet()).textContent).toContain("this system has no keyring running");
  expect(await isSaved()).toBe(false);
  await press("Keep it this way");
  await screen.findByText("Choose one of them.");
  expect(chosen).not.toHaveBeenCalled();
  await fireEvent.click(screen.getByRole("radio", { name: /Without secrets/ }));
  await press("Keep it this way");
  await waitFor(async () => expect(await isSaved()).toBe(true));
  expect(chosen).toHaveBeenCalledWith("withoutSecrets", undefined);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a new passphrase is typed twice, and sent when both are the same", async () => {
  await open("choose");
  const chosen = vi.spyOn(backend, "chooseHistory");
  await edit();
  await fireEvent.click(await screen.findByRole("radio", { name: /^Passphrase/ }));
  await type("Passphrase", PASSPHRASE);
  await type("The same once more", "another");
  await press("Keep it this way");
  await screen.findByText("The two passphrases differ.");
  expect(chosen).not.toHaveBeenCalled();
  await type("The same once more", PASSPHRASE);
  await press("Keep it this way");
  await waitFor(() => expect(chosen).toHaveBeenCalledWith("passphrase", PASSPHRASE));
});

test("a wrong passphrase is said, and the right one saves", async () => {
  await open("locked");
  await edit();
  await type("Passphrase", "wrong");
  await press("Open History");
  await screen.findByText(/This is not the passphrase of History/);
  expect(await isSaved()).toBe(false);
  await type("Passphrase", PASSPHRASE);
  await press("Open History");
  await waitFor(async () => expect(await isSaved()).toBe(true));
});

test("a forgotten passphrase is no dead end", async () => {
  await open("locked");
  await edit();
  await press("another way");
  await fireEvent.click(await screen.findByRole("radio", { name: /^No History/ }));
  await press("Keep it this way");
  await waitFor(async () => expect(await isSaved()).toBe(true));
});

test("a forgotten passphrase is replaced by another one, and it is said what that costs", async () => {
  await open("locked");
  const replaced = vi.spyOn(backend, "replacePassphrase");
  await edit();
  await press("another way");
  await screen.findByText(/can’t be read or undone any more/);
  await fireEvent.click(await screen.findByRole("radio", { name: /^Passphrase/ }));
  await type("Passphrase", "battery staple");
  await type("The same once more", "battery staple");
  await press("Keep it this way");
  await waitFor(async () => expect(await isSaved()).toBe(true));
  expect(replaced).toHaveBeenCalledWith("battery staple");
});

test("on a full disk it is saved without History only when the person says so", async () => {
  await open("full");
  await edit();
  await press("Cancel");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await isSaved()).toBe(false);
  await stores.editor.draft.save();
  await press("Write without it once");
  await waitFor(async () => expect(await isSaved()).toBe(true));
});
