// Pasting keys, as a person meets it, on the fake engine.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import { FakeBackend } from "../lib/backend/fake";
import { Stores } from "../lib/stores";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const block = (role: string) =>
  `[123456789012_${role}]\naws_access_key_id=ASIAIOSFODNN7EXAMPLE\naws_secret_access_key=${SECRET}\naws_session_token=x\n`;
const CSV = `Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,${SECRET}\n`;

let backend: FakeBackend;

const key = (name: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...more });
const sheet = () => screen.findByRole("dialog");
const inSheet = async () => within(await sheet());
const field = async () => (await inSheet()).findByRole<HTMLTextAreaElement>("textbox", { name: /Option 2/ });

async function paste(text: string): Promise<void> {
  const clipboardData = { getData: (kind: string) => (kind === "text/plain" ? text : "") };
  await fireEvent.paste(await field(), { clipboardData });
}
const press = async (name: string | RegExp) => fireEvent.click(await (await inSheet()).findByRole("button", { name }));

beforeEach(async () => {
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  backend = new FakeBackend();
  render(App, { stores: new Stores(backend) });
  await screen.findByRole("option", { name: /^acme-dev(?![\w-])/ });
  await key("V", { ctrlKey: true, shiftKey: true });
});

test("the shortcut opens the sheet with the focus where one pastes", async () => {
  expect((await sheet()).textContent).toContain("Paste AWS keys");
  expect(document.activeElement).toBe(await field());
});

test("keys of a known account and role are an update, shown before it is written", async () => {
  await paste(block("Developer"));
  const dialog = await inSheet();
  await dialog.findByRole("heading", { name: "Update pasted-token?" });
  dialog.getByText("“Option 2” from the access portal, for Developer in 1234 5678 9012.");
  dialog.getByText(/ASIA…WXYZ → ASIA…MPLE/);
  dialog.getByText(/about (11 h 59 min|12 h 0 min)/);
  await dialog.findByText("aws_session_token = ••••x7fq2ak9••••");
  expect(backend.paste.done).toEqual([]);
  await press("Update pasted-token");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(backend.paste.done).toEqual(["pasted-token"]);
  await screen.findAllByText("The keys are in pasted-token.");
  await waitFor(() => expect(document.querySelector("aside h2")?.textContent).toBe("pasted-token"));
});

test("other keys are a new profile under a name that can be changed", async () => {
  await paste(block("Admin"));
  const dialog = await inSheet();
  await dialog.findByRole("heading", { name: "Add a profile?" });
  const name = dialog.getByRole<HTMLInputElement>("textbox", { name: "Profile" });
  expect(name.value).toBe("123456789012_Admin");
  expect(document.activeElement).toBe(name);
  await fireEvent.input(name, { target: { value: "acme-admin" } });
  await press("Add acme-admin");
  await waitFor(() => expect(backend.paste.done).toEqual(["acme-admin"]));
});

test("no field and no text of the page ever holds the secret", async () => {
  await paste(CSV);
  await (await inSheet()).findByText("The .csv file of IAM.");
  expect(document.body.textContent).not.toContain(SECRET);
  for (const input of document.querySelectorAll<HTMLInputElement>("input, textarea"))
    expect(input.value).not.toContain(SECRET);
});

test("typed text goes the same way, and the field is empty again at once", async () => {
  const input = await field();
  await fireEvent.input(input, { target: { value: CSV } });
  expect(input.value).toBe("");
  await (await inSheet()).findByText("The .csv file of IAM.");
});

test("what is not recognised says what was expected, and one can paste again", async () => {
  await paste("Dear Jo");
  const alert = await (await inSheet()).findByRole("alert");
  expect(alert.textContent).toContain("That doesn't look like AWS keys.");
  expect(alert.textContent).toContain("aws_secret_access_key");
  await paste(block("Admin"));
  await (await inSheet()).findByRole("heading", { name: "Add a profile?" });
  expect((await inSheet()).queryByRole("alert")).toBeNull();
});

test("a name that can't be written is refused beside it, and nothing can be agreed to", async () => {
  await paste(block("Admin"));
  const dialog = await inSheet();
  await fireEvent.input(await dialog.findByRole("textbox", { name: "Profile" }), { target: { value: "my team" } });
  await dialog.findByText("“my team” is no good name.");
  expect(dialog.queryByRole("button", { name: /^Add/ })).toBeNull();
});

test("when another program was quicker nothing is written, and it is shown again", async () => {
  await paste(block("Developer"));
  backend.paste.isMoved = true;
  await press("Update pasted-token");
  await (await inSheet()).findByText("Another program changed the same lines meanwhile. Look at the change again.");
  expect(backend.paste.done).toEqual([]);
  await press("Update pasted-token");
  await waitFor(() => expect(backend.paste.done).toEqual(["pasted-token"]));
});

test("a file that is chosen goes to the engine as it is, in UTF-16 too", async () => {
  const look = vi.spyOn(backend, "lookAtPaste");
  const utf16 = new Uint8Array([0xff, 0xfe, ...[...CSV].flatMap((letter) => [letter.charCodeAt(0), 0])]);
  const chooser = (await inSheet()).getByLabelText("File with keys");
  await fireEvent.change(chooser, { target: { files: [new File([utf16], "accessKeys.csv")] } });
  await (await inSheet()).findByText("The .csv file of IAM.");
  expect(look).toHaveBeenCalledWith(CSV);
});

test("a file that is dropped on the window opens the sheet; a folder is refused with the reason", async () => {
  await press("Cancel");
  const drop = (file: unknown) => fireEvent.drop(document.body, { dataTransfer: { types: ["Files"], files: [file] } });
  await drop(new File([CSV], "accessKeys.csv"));
  await (await inSheet()).findByText("The .csv file of IAM.");
  await drop({ slice: () => ({ arrayBuffer: () => Promise.reject(new Error("a folder")) }) });
  await (await inSheet()).findByText("That can’t be read as a file.");
});

test("a command that comes along is shown in red, and that it goes in as a comment", async () => {
  await paste(`${block("Admin")}credential_process = /bin/evil\n`);
  const dialog = await inSheet();
  const title = await dialog.findByText("It comes with a command that AWS tools would run");
  expect(title.closest(".note")?.className).toContain("err");
  dialog.getByText("credential_process = /bin/evil");
  dialog.getByText(/It goes in as a comment/);
});

test("Cancel writes nothing and lets go of what was pasted", async () => {
  const forget = vi.spyOn(backend, "forgetPaste");
  await paste(block("Developer"));
  await press("Cancel");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(backend.paste.done).toEqual([]);
  expect(forget).toHaveBeenCalledOnce();
});
