// The window on the fake engine: what a person does, and what is on screen then.

import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import { FakeBackend } from "../lib/backend/fake";
import { Stores } from "../lib/stores";

let backend: FakeBackend;

function open(home = ""): void {
  backend = new FakeBackend(home);
  render(App, { stores: new Stores(backend) });
}

const key = (name: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...more });
const option = (name: string) => screen.findByRole("option", { name: new RegExp(`^${name}(?![\\w-])`) });
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole("button", { name }));
const select = async (name: string) => fireEvent.click(await option(name));
const filter = (text: string) => fireEvent.input(screen.getByRole("searchbox"), { target: { value: text } });
const heading = (name: string) => screen.findByRole("heading", { name, level: 2 });
const detail = () => within(screen.getByRole("complementary"));

beforeEach(() => open());

test("a row says name, status, reason and session, in this order", async () => {
  const row = await option("commandeer-dev");
  expect(row.textContent?.replace(/\s+/g, " ").trim()).toBe("commandeer-dev, Warning, AKIA…7Q2M same keys No end");
});

test("selecting a row opens the profile beside it", async () => {
  await select("acme-dev");
  await heading("acme-dev");
  expect(detail().getByText("No problem, and its portal is signed in.")).toBeTruthy();
  expect(screen.getByRole("complementary", { name: "acme-dev" })).toBeTruthy();
});

test("secrets are twenty bullets until this one is asked for, and hidden when the window loses the focus", async () => {
  await select("commandeer-dev");
  await heading("commandeer-dev");
  expect(screen.getByText("•".repeat(20))).toBeTruthy();
  await press("Show secret for 30 seconds");
  await screen.findByText(/wJalr/);
  await fireEvent.blur(window);
  expect(screen.queryByText(/wJalr/)).toBeNull();
});

test("a revealed secret is hidden when another profile is opened", async () => {
  await select("commandeer-dev");
  await press("Show secret for 30 seconds");
  await screen.findByText(/wJalr/);
  await select("default");
  await heading("default");
  await select("commandeer-dev");
  await heading("commandeer-dev");
  expect(screen.queryByText(/wJalr/)).toBeNull();
});

test("copying a secret says when it leaves the clipboard", async () => {
  const copy = vi.spyOn(backend, "copy");
  await select("commandeer-dev");
  await press("Copy secret, clears after 60 seconds");
  await screen.findAllByText("Copied. It leaves the clipboard in 60 seconds.");
  expect(copy).toHaveBeenCalledWith(backend.id("commandeer-dev"), "aws_secret_access_key");
});

test("a filter without a match says so and can be cleared there", async () => {
  await option("acme-dev");
  await filter("xyz");
  await screen.findByText("No profile matches “xyz”");
  const [, inList] = screen.getAllByRole("button", { name: "Clear filter" });
  if (inList) await fireEvent.click(inList);
  await option("acme-dev");
});

test("what the filter does not know is said under the field", async () => {
  await option("acme-dev");
  await filter("colour:red");
  expect((await screen.findByText(/Rolecall knows/)).id).toBe(
    screen.getByRole("searchbox").getAttribute("aria-describedby"),
  );
});

test("a slash goes to the filter, from there an arrow to the first match, and Enter into it", async () => {
  await option("acme-dev");
  await key("/");
  expect(document.activeElement).toBe(screen.getByRole("searchbox"));
  await filter("lambda");
  await screen.findByText("2 of 36");
  await key("ArrowDown");
  expect(document.activeElement).toBe(screen.getByRole("listbox"));
  await heading("lambda-role-connection");
  await key("Enter");
  expect(document.activeElement).toBe(await heading("lambda-role-connection"));
  await key("Escape");
  expect(document.activeElement).toBe(screen.getByRole("listbox"));
});

test("typing a slash into the filter is text", async () => {
  await option("acme-dev");
  await key("/");
  const event = new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true });
  screen.getByRole("searchbox").dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
});

test("Ctrl and a number open the views in the order of the sidebar", async () => {
  await option("acme-dev");
  await key("2", { ctrlKey: true });
  await screen.findByRole("heading", { name: "Assume-role profiles", level: 1 });
  await key("5", { ctrlKey: true });
  await screen.findByRole("heading", { name: "Problems", level: 1 });
  expect(screen.getByRole("link", { current: "page" }).textContent).toContain("Problems");
  await key("ArrowLeft", { altKey: true });
  await screen.findByRole("heading", { name: "Assume-role profiles", level: 1 });
});

test("F6 goes through the panes and comes round", async () => {
  await option("acme-dev");
  const seen = new Set<Element | null>();
  for (let times = 0; times < 4; times += 1) {
    await key("F6");
    seen.add(document.activeElement);
  }
  expect(seen.size).toBe(4);
  await key("F6");
  expect(seen.has(document.activeElement)).toBe(true);
});

test("F8 goes through the problems", async () => {
  await option("acme-dev");
  await key("5", { ctrlKey: true });
  await screen.findByRole("option", { name: /staging appears twice/ });
  await key("F8");
  await heading("staging appears twice in credentials.");
  await key("F8");
  await heading("reporting-role has nothing to start from.");
  await key("F8", { shiftKey: true });
  await heading("staging appears twice in credentials.");
});

test("a problem on a profile leads to the problem, and the problem back to the profile", async () => {
  await select("reporting-role");
  await press("Show in Problems");
  await heading("reporting-role has nothing to start from.");
  expect(detail().getByText("Change to acme-dev").tagName).toBe("H4");
  expect(screen.queryByRole("button", { name: "Change to acme-dev" })).toBeNull();
  await fireEvent.click(detail().getByRole("link", { name: "reporting-role" }));
  await heading("reporting-role");
});

test("the steps of a chain open their profiles, from the graph and from the list", async () => {
  await select("acme-dev-deploy");
  const graph = await screen.findByRole("group", { name: "Graph" });
  await fireEvent.click(within(graph).getByRole("button", { name: /^acme-dev(?!-)/, hidden: true }));
  await heading("acme-dev");
  await press("List");
  const steps = within(screen.getByRole("tabpanel").querySelector("ol") ?? document.body);
  await fireEvent.click(steps.getByRole("link", { name: "acme" }));
  await heading("acme");
});

test("a link that goes away with what it opens hands the focus to the new heading", async () => {
  await select("acme-dev-deploy");
  await heading("acme-dev-deploy");
  const link = within(screen.getByRole("tabpanel")).getByRole("link", { name: "acme-dev" });
  link.focus();
  await fireEvent.click(link);
  await waitFor(() => expect(document.activeElement?.textContent).toBe("acme-dev"));
});

test("in a graph the arrow keys go along the arrows", async () => {
  await select("acme-dev-deploy");
  const graph = within(await screen.findByRole("group", { name: "Graph" }));
  const box = (name: RegExp) => graph.getByRole("button", { name, hidden: true });
  box(/^acme(?!-)/).focus();
  await key("ArrowRight");
  expect(document.activeElement).toBe(box(/^acme-dev(?!-)/));
  await key("ArrowRight");
  expect(document.activeElement).toBe(box(/^acme-dev-deploy/));
  await key("ArrowLeft");
  expect(document.activeElement).toBe(box(/^acme-dev(?!-)/));
});

test("the menu of the list takes the focus, chooses, and gives it back", async () => {
  await option("acme-dev");
  await press("Group and sort");
  const item = await screen.findByRole("menuitemradio", { name: "No groups" });
  await waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("menuitemradio"));
  await fireEvent.click(item);
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Group and sort" }));
  await waitFor(() => expect(screen.queryByRole("group", { name: "acme portal" })).toBeNull());
});

test("the sample says that it is one", async () => {
  await screen.findByText("Sample home");
  expect(screen.getByText("A temporary copy. Your own files are not open.")).toBeTruthy();
});

test("with no files there is one press that creates them, and a word when they are there", async () => {
  cleanup();
  open("empty");
  await screen.findByRole("heading", { name: "No AWS files on this computer yet" });
  await press("Create files");
  await screen.findAllByText("Created ~/.aws/config and credentials");
  await screen.findByText("Your files have no profiles yet.");
});

test("files without profiles take no focus when the window opens", async () => {
  cleanup();
  open("no-profiles");
  await screen.findByText("Your files have no profiles yet.");
  expect(document.activeElement).toBe(document.body);
});

test("a file that can't be read is told at the top, and can be looked at again", async () => {
  cleanup();
  open("unreadable");
  const lookAgain = vi.spyOn(backend, "lookAgain");
  await screen.findByText(/can’t read ~\/.aws\/credentials/);
  await press("Look again");
  expect(lookAgain).toHaveBeenCalled();
  await option("acme-dev");
});

test("a missing file is offered once; who goes on without it is not asked again", async () => {
  cleanup();
  open("no-config");
  await screen.findByText("You have credentials but no config.");
  await press("Go on without config");
  expect(screen.queryByText("You have credentials but no config.")).toBeNull();
  cleanup();
  open("no-config");
  await option("acme-dev");
  expect(screen.queryByText("You have credentials but no config.")).toBeNull();
});

test("when the last row of a filtered list vanishes the focus goes to the filter", async () => {
  await option("acme-dev");
  await filter("qa-eu");
  await select("qa-eu");
  screen.getByRole("listbox").focus();
  backend.remove("qa-eu");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("searchbox")));
});

test("the place of a value opens its file at that line, and back leads to the profile", async () => {
  await select("acme-dev");
  await heading("acme-dev");
  await fireEvent.click(await screen.findByRole("tab", { name: "Values" }));
  await fireEvent.click((await screen.findAllByRole("link", { name: /^config, line \d+$/ }))[0] as HTMLElement);
  await screen.findByRole("heading", { name: "File editor", level: 1 });
  await screen.findByRole("tab", { name: "config", selected: true });
  await key("ArrowLeft", { altKey: true });
  await heading("acme-dev");
});

test("a problem opens in the editor", async () => {
  await fireEvent.click(await screen.findByRole("link", { name: /^Problems/ }));
  await select("Broken: reporting-role");
  await press("Open in editor");
  await screen.findByRole("option", { name: /^reporting-role/, selected: true });
});
