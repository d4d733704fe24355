// Portals on the fake engine: signing in by browser and by code, giving up, out again, and profiles from what they give.

import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import App from "../App.svelte";
import { FakeBackend } from "../lib/backend/fake";
import { Stores } from "../lib/stores";

let backend: FakeBackend;

const detail = () => within(screen.getByRole("complementary"));
const dialog = () => within(screen.getByRole("dialog"));
const press = async (name: string | RegExp) => fireEvent.click(await detail().findByRole("button", { name }));
const pressInSheet = async (name: string) => fireEvent.click(await dialog().findByRole("button", { name }));
const check = async (name: string | RegExp) => fireEvent.click(await detail().findByRole("checkbox", { name }));

async function open(portal: string, portals = ""): Promise<void> {
  cleanup();
  backend = new FakeBackend("", 0, { portals });
  render(App, { stores: new Stores(backend) });
  const side = within(screen.getByRole("navigation"));
  await fireEvent.click(await side.findByRole("link", { name: /^Sign-in/ }));
  await fireEvent.click(await screen.findByRole("option", { name: new RegExp(`^${portal}`) }));
}

beforeEach(() => open("globex"));

test("what the browser is for is said, the row says it too, and Cancel ends it", async () => {
  await open("acme", "browser");
  await press("Sign in again");
  await detail().findByText("Finish signing in in your browser");
  await screen.findByText("Signing in, 212 profiles");
  await press("Cancel");
  await screen.findByText("Ended, 212 profiles");
  expect(detail().queryByText("Finish signing in in your browser")).toBeNull();
});

test("a code in place of the browser is shown with the warning about codes that others send", async () => {
  await open("acme", "browser");
  await press("Sign in again");
  await press("Use a code instead");
  await detail().findByText("LNBT-NHNW");
  expect(detail().getByText(/Who sends you a code wants to be signed in as you/)).toBeTruthy();
  expect(backend.signIns.done).toEqual(["login acme", "login acme by code"]);
});

test("signed in, its end is told once, and its accounts are listed", async () => {
  await open("acme");
  await press("Sign in again");
  await screen.findAllByText(/^Signed in to acme until /);
  await detail().findByRole("checkbox", { name: "All roles of acme-data" });
  expect(backend.signIns.done).toEqual(["login acme", "list acme"]);
});

test("signing out is asked about first", async () => {
  await press("Sign out…");
  await pressInSheet("Cancel");
  expect(backend.signIns.done).toEqual([]);
  await press("Sign out…");
  await pressInSheet("Sign out");
  await screen.findAllByText("Signed out of globex.");
});

test("the roles that are ticked become profiles, and one that is a profile already can't be ticked", async () => {
  await check("All roles of acme-data");
  await check(/^ReadOnly acme-prod-ReadOnly/);
  await press("Preview 3 new profiles");
  await dialog().findByRole("region", { name: "What will change" });
  await pressInSheet("Write them");
  await screen.findAllByText("3 profiles are added.");
  expect(backend.change.done).toMatchObject([
    {
      does: "generate",
      with: {
        portal: "globex",
        only: [
          { account: "772011884023", role: "Analyst" },
          { account: "772011884023", role: "ReadOnly" },
          { account: "903466712250", role: "ReadOnly" },
        ],
      },
    },
  ]);
  expect(detail().queryByRole("checkbox", { name: /^Developer/ })).toBeNull();
});

test("a filter finds accounts and roles, and ticks only what is found", async () => {
  await fireEvent.input(await detail().findByLabelText("Filter accounts and roles"), { target: { value: "dev read" } });
  await check("All that is found");
  await detail().findByRole("button", { name: "Preview 1 new profile" });
  expect(detail().queryByText("acme-prod")).toBeNull();
});

test("a template that names nothing is refused with the reason, and nothing can be previewed", async () => {
  await check("All roles");
  await fireEvent.input(detail().getByLabelText("Name as"), { target: { value: "x" } });
  await detail().findByText("“x” gives every profile the same name.");
  expect(
    detail()
      .getByRole("button", { name: /^Preview/ })
      .getAttribute("aria-disabled"),
  ).toBe("true");
});

test("of 800 accounts those in the page are few, closed, and opened one by one", async () => {
  await open("globex", "many");
  const account = await detail().findByRole("button", { name: /^team-000/ });
  expect(detail().getAllByRole("group").length).toBe(200);
  expect(detail().queryByText("team-000-Admin")).toBeNull();
  await fireEvent.click(account);
  expect(detail().getByText("team-000-Admin")).toBeTruthy();
  expect(detail().getByText("600 accounts more. Type to narrow them down.")).toBeTruthy();
});

test("profiles whose role is gone are named, and removed only after a look at what that is", async () => {
  await open("globex", "gone");
  await detail().findByText("2 roles are no longer offered to you");
  await press("Remove them…");
  await screen.findByRole("dialog", { name: "Remove profiles?" });
  expect(backend.change.done).toEqual([]);
});

test("a portal of the older form can be given a section", async () => {
  await open("initech");
  await press("Give it a section…");
  await pressInSheet("Give it a section");
  await screen.findAllByText("initech has a section of its own now.");
});

test("an end that comes soon is one line for the portal, and signs in where one is", async () => {
  await open("globex", "ends");
  const line = within(await screen.findByRole("region", { name: "Session ends soon" }));
  expect(line.getByText("globex ends in 8 min. Sign in again?")).toBeTruthy();
  await fireEvent.click(line.getByRole("button", { name: "Sign in" }));
  await detail().findByText("Finish signing in in your browser");
});
