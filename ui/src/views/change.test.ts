// Changing the files by form, as a person meets it.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import { FakeBackend } from "../lib/backend/fake";
import { Stores } from "../lib/stores";

let backend: FakeBackend;

function open(): void {
  backend = new FakeBackend("", 0, { delay: 0 });
  render(App, { stores: new Stores(backend) });
}

const key = (name: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...more });
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole("button", { name }));
const sheet = (name: string) => screen.findByRole("dialog", { name });
const type = async (label: string, value: string) =>
  fireEvent.input(await screen.findByLabelText(label), { target: { value } });
async function row(name: string): Promise<void> {
  await fireEvent.input(await screen.findByRole("searchbox"), { target: { value: name } });
  await fireEvent.click(await screen.findByRole("option", { name: new RegExp(`^${name}(?![\\w-])`) }));
  await screen.findByRole("heading", { name, level: 2 });
}
async function more(name: string): Promise<void> {
  await press("More");
  await fireEvent.click(await screen.findByRole("menuitem", { name }));
}
const shown = () => screen.findByRole("region", { name: "What will change" });

beforeEach(() => void vi.spyOn(document, "hasFocus").mockReturnValue(true));

test("a new profile with an access key is shown before it is added, and its secret is not", async () => {
  open();
  await screen.findByRole("option", { name: /^acme-dev(?![\w-])/ });
  await key("n", { ctrlKey: true });
  await sheet("New profile");
  expect(document.activeElement).toBe(screen.getByLabelText("Name"));
  await type("Name", "fresh");
  await type("Access key ID", "AKIAIOSFODNN7EXAMPLE");
  expect(screen.queryByRole("region", { name: "What will change" })).toBeNull();
  const secret = screen.getByLabelText<HTMLInputElement>("Secret");
  expect(secret.type).toBe("password");
  await type("Secret", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  await type("Region", "eu-west-1");
  expect((await shown()).textContent).toMatch(/\[fresh\].*AKIAIOSFODNN7EXAMPLE/s);
  expect(document.body.textContent).not.toContain("wJalrXUtnFEMI");
  await press("Add profile");
  await screen.findAllByText("Added fresh.");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(backend.change.done).toEqual([
    {
      does: "add",
      sections: [
        {
          section: { is: "profile", name: "fresh" },
          properties: [
            { key: "aws_access_key_id", value: "AKIAIOSFODNN7EXAMPLE" },
            { key: "aws_secret_access_key", value: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
            { key: "region", value: "eu-west-1" },
          ],
        },
      ],
    },
  ]);
});

test("a new portal comes with its profile, one that is there already is only named", async () => {
  open();
  await press("New profile");
  await press("IAM Identity Center");
  for (const [label, value] of [
    ["Name", "corp-dev"],
    ["Portal", "corp"],
    ["AWS account", "111122223333"],
    ["Role", "Dev"],
  ] as const)
    await type(label, value);
  await shown();
  await type("Address", "https://example.awsapps.com/start");
  await type("Portal region", "eu-west-1");
  await waitFor(() => expect(screen.getByRole("dialog").textContent).toContain("[sso-session corp]"));
  await press("Add profile");
  await screen.findAllByText("Added corp-dev.");
  const [request] = backend.change.done;
  expect(request?.does === "add" && request.sections.map(({ section }) => section)).toEqual([
    { is: "ssoSession", name: "corp" },
    { is: "profile", name: "corp-dev" },
  ]);
});

test("a role starts from a profile that is chosen", async () => {
  open();
  await press("New profile");
  await press("Role");
  await type("Name", "deployer");
  await type("Role ARN", "arn:aws:iam::111122223333:role/Deploy");
  await press(/^Starts from/);
  const dialog = within(screen.getByRole("dialog"));
  await fireEvent.input(await dialog.findByRole("combobox"), { target: { value: "web-ci" } });
  await waitFor(() => expect(dialog.getAllByRole("option")).toHaveLength(1));
  await fireEvent.click(dialog.getByRole("option"));
  expect((await shown()).textContent).toContain("source_profile = web-ci");
});

test("LocalStack needs no more than a name", async () => {
  open();
  await press("New profile");
  await press("LocalStack");
  await type("Name", "local");
  expect((await shown()).textContent).toContain("endpoint_url = http://localhost:4566");
});

test("F2 renames, a name that is taken is refused with the reason, and nothing typed is lost", async () => {
  open();
  await row("acme-dev");
  await key("F2");
  await sheet("Rename acme-dev");
  await type("New name", "admin");
  await screen.findByText("There is a profile “admin” already.");
  expect(screen.getByLabelText<HTMLInputElement>("New name").value).toBe("admin");
  await type("New name", "acme-build");
  await shown();
  await press("Rename");
  await screen.findAllByText("acme-dev is acme-build now.");
});

test("Delete asks, and says what breaks; Escape changes nothing", async () => {
  open();
  await row("acme-dev");
  await key("Delete");
  const dialog = await sheet("Delete acme-dev?");
  await waitFor(() => expect(dialog.textContent).toContain("Then this will be wrong"));
  await press("Cancel");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(backend.change.done).toEqual([]);
  await more("Delete…");
  await shown();
  await press("Delete profile");
  await screen.findAllByText("Deleted acme-dev.");
});

test("another program that was quicker is told of, and what is shown is what would come of it now", async () => {
  open();
  backend.change.isMoved = true;
  await row("acme-dev");
  await more("Duplicate…");
  expect((await screen.findByLabelText<HTMLInputElement>("New name")).value).toBe("acme-dev-2");
  await shown();
  await press("Duplicate");
  await screen.findAllByText("Another program changed the same lines meanwhile. Look at the change again.");
  expect(backend.change.done).toEqual([]);
  await press("Duplicate");
  await screen.findAllByText("acme-dev-2 is a copy of acme-dev.");
});

test("one value is changed or removed where it stands", async () => {
  open();
  await row("acme-dev");
  await press("Change region");
  await type("Value", "us-east-1");
  await shown();
  await press("Save");
  await screen.findAllByText("region of acme-dev is set.");
  await press("Remove region");
  await shown();
  await press("Remove");
  await screen.findAllByText("region of acme-dev is gone.");
});

test("a fix is shown once more and applied", async () => {
  open();
  await fireEvent.click(await screen.findByRole("link", { name: /^Problems/ }));
  await fireEvent.click(await screen.findByRole("option", { name: /reporting-role has nothing/ }));
  await press("Apply fix");
  await shown();
  const [, apply] = screen.getAllByRole("button", { name: "Apply fix" });
  if (apply === undefined) throw new Error("the sheet has no button");
  await fireEvent.click(apply);
  await screen.findAllByText("Fixed.");
});

test("a file that others can read is closed once the person agrees, and what that does is shown first", async () => {
  open();
  const list = async () => fireEvent.click(await screen.findByRole("option", { name: /can read your keys/ }));
  await fireEvent.click(await screen.findByRole("link", { name: /^Problems/ }));
  await list();
  const lines = await screen.findByRole("group", { name: "~/.aws/credentials" });
  expect(lines.textContent).toMatch(/removed: 0644 rw-r--r--.*added: 0600 rw-------/s);
  backend.refusesToClose = Object.assign(new Error(), {
    ...{ code: "unwritable", message: "credentials is as open as it was: you have no permission there.", hint: "" },
  });
  await press("Make private");
  await screen.findAllByText(/credentials is as open as it was/);
  backend.refusesToClose = undefined;
  await press("Make private");
  await screen.findAllByText("Only you can open credentials now.");
  await waitFor(() => expect(screen.queryByRole("option", { name: /can read your keys/ })).toBeNull());
});
