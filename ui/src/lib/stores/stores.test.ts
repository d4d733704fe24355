// The stores together, on the fake engine, as the window has them.

import { beforeEach, expect, test, vi } from "vitest";
import { FakeBackend } from "../backend/fake";
import type { FailureView } from "../backend/generated/FailureView";
import { Stores } from "./index";

let backend: FakeBackend;
let stores: Stores;

const settle = () => vi.advanceTimersByTimeAsync(0);
const name = (id: number | undefined) => (id === undefined ? undefined : stores.home.row(id)?.name);
const listed = () => stores.lists.profiles.groups.flatMap((group) => group.ids).map((id) => name(id));

beforeEach(async () => {
  vi.useFakeTimers();
  backend = new FakeBackend();
  stores = new Stores(backend);
  await stores.listen();
  stores.lists.profiles.open();
  stores.problems.open();
  await settle();
});

test("the rows are those that the engine sent", () => {
  expect(stores.home.overview?.counts.profiles).toBe(listed().length);
  expect(stores.home.row(backend.id("acme-dev"))?.status).toBe("connected");
});

test("a revision older than the one shown changes nothing", () => {
  const overview = stores.home.overview;
  if (overview === undefined) throw new Error("the engine has spoken");
  stores.home.take({
    overview: { ...overview, revision: 0 },
    rows: { changed: [], removed: [backend.id("acme-dev")] },
  });
  expect(stores.home.row(backend.id("acme-dev"))?.name).toBe("acme-dev");
});

test("a list that is not open yet asks nothing when the files change", () => {
  const list = vi.spyOn(backend, "list");
  backend.publish();
  expect(list.mock.calls.map(([query]) => query.view)).toEqual(["profiles"]);
});

test("the selected row stays selected when rows above it vanish", async () => {
  stores.lists.profiles.select(backend.id("legacy-backup"));
  backend.remove("acme", "default", "reporting-role");
  await settle();
  expect(name(stores.lists.profiles.selected)).toBe("legacy-backup");
});

test("when the selected profile is gone the next row is selected", async () => {
  const all = listed();
  stores.lists.profiles.select(backend.id("legacy-backup"));
  backend.remove("legacy-backup");
  await settle();
  expect(name(stores.lists.profiles.selected)).toBe(all[all.indexOf("legacy-backup") + 1]);
});

test("when the last row is gone the one before it is selected, and nothing when none is left", async () => {
  stores.lists.profiles.filterBy("loop");
  await settle();
  stores.lists.profiles.select(backend.id("loop-b"));
  backend.remove("loop-b");
  await settle();
  expect(name(stores.lists.profiles.selected)).toBe("loop-a");
  backend.remove("loop-a");
  await settle();
  expect(stores.lists.profiles.selected).toBeUndefined();
});

test("a filter that hides the selected row does not unselect it", async () => {
  stores.lists.profiles.select(backend.id("acme-dev"));
  stores.lists.profiles.filterBy("globex");
  await settle();
  expect(name(stores.lists.profiles.selected)).toBe("acme-dev");
});

test("after filtering it is said how many profiles there are", async () => {
  stores.lists.profiles.filterBy("lambda");
  await settle();
  expect(stores.announcer.text).toBe("2 profiles");
});

test("a change of the files is not announced as a filter", async () => {
  backend.remove("acme");
  await settle();
  expect(stores.announcer.text).toBe("");
});

test("a link to a profile that the filter hides clears the filter", async () => {
  stores.lists.profiles.filterBy("globex");
  await settle();
  stores.navigation.openProfile(backend.id("acme-dev"));
  await settle();
  expect(stores.lists.profiles.filter).toBe("");
  expect(listed()).toContain("acme-dev");
});

test("grouping and order are those of the last time", () => {
  stores.lists.profiles.groupBy("awsAccount");
  stores.lists.profiles.sortBy("status");
  const again = new Stores(backend);
  expect(again.lists.profiles.grouping).toBe("awsAccount");
  expect(again.lists.profiles.sort).toBe("status");
});

test("what is open is fetched again with each revision", async () => {
  stores.profile.open(backend.id("acme-dev"));
  await settle();
  expect(stores.profile.answer?.pinned).toBe(true);
  await stores.home.pin(backend.id("acme-dev"), false);
  await settle();
  expect(stores.profile.answer?.pinned).toBe(false);
});

test("the profile before stays on screen until the next one is there", async () => {
  stores.profile.open(backend.id("acme-dev"));
  await settle();
  stores.profile.open(backend.id("acme-prod"));
  expect(stores.profile.answer?.name).toBe("acme-dev");
  await settle();
  expect(stores.profile.answer?.name).toBe("acme-prod");
});

test("a profile that is gone leaves its pane without an error", async () => {
  stores.profile.open(9999);
  await settle();
  expect(stores.profile.answer).toBeUndefined();
  expect(stores.profile.failure).toBeUndefined();
});

test("a revealed secret goes when the engine says so", async () => {
  await stores.secrets.reveal(1, "aws_secret_access_key");
  expect(stores.secrets.text(1, "aws_secret_access_key")).toBeDefined();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(stores.secrets.text(1, "aws_secret_access_key")).toBeUndefined();
});

test("hiding a secret tells the engine, so that its showing ends there, too", async () => {
  const conceal = vi.spyOn(backend, "conceal");
  await stores.secrets.reveal(1, "aws_secret_access_key");
  stores.secrets.hide(1, "aws_secret_access_key");
  expect(stores.secrets.text(1, "aws_secret_access_key")).toBeUndefined();
  expect(conceal).toHaveBeenCalledOnce();
});

test("a secret that arrives after everything was hidden is not shown", async () => {
  const conceal = vi.spyOn(backend, "conceal");
  const revealing = stores.secrets.reveal(1, "aws_secret_access_key");
  stores.secrets.hideAll();
  await revealing;
  expect(stores.secrets.text(1, "aws_secret_access_key")).toBeUndefined();
  expect(conceal).toHaveBeenCalledOnce();
});

test("a change of the files hides what is shown: it may be another secret now", async () => {
  await stores.secrets.reveal(1, "aws_secret_access_key");
  backend.publish();
  expect(stores.secrets.text(1, "aws_secret_access_key")).toBeUndefined();
});

test("a copied secret is told, and its end is only announced", async () => {
  await stores.secrets.copy(1, "aws_secret_access_key", "Copied. It leaves the clipboard in 60 seconds.");
  expect(stores.toasts.all.map((toast) => toast.text)).toEqual(["Copied. It leaves the clipboard in 60 seconds."]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stores.toasts.all).toEqual([]);
  expect(stores.announcer.text).toBe("The clipboard is cleared.");
});

test("a toast goes after four seconds, later when somebody looks at it", async () => {
  stores.toasts.tell("Done.");
  const id = stores.toasts.all[0]?.id ?? 0;
  await vi.advanceTimersByTimeAsync(3000);
  stores.toasts.pause(id);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stores.toasts.all.length).toBe(1);
  stores.toasts.resume(id);
  await vi.advanceTimersByTimeAsync(4000);
  expect(stores.toasts.all).toEqual([]);
});

test("a failure stays until it is closed, also after somebody looked at it", async () => {
  const failure: FailureView = { code: "unwritable", message: "No.", hint: "Try again." };
  vi.spyOn(backend, "pin").mockRejectedValue(failure);
  await stores.home.pin(1, true);
  const id = stores.toasts.all[0]?.id ?? 0;
  stores.toasts.resume(id);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stores.toasts.all).toEqual([{ id, text: "No.", hint: "Try again." }]);
  stores.toasts.close(id);
  expect(stores.toasts.all).toEqual([]);
});

test("why the files could not be created is kept, not a toast", async () => {
  vi.spyOn(backend, "createFiles").mockRejectedValue({ code: "unwritable", message: "No.", hint: "Try." });
  await stores.home.createFiles(stores.home.overview?.files ?? []);
  expect(stores.home.refusal?.message).toBe("No.");
  expect(stores.toasts.all).toEqual([]);
});

test("at most one announcement in two seconds, and the newest wins", async () => {
  for (const text of ["1 profile", "2 profiles", "3 profiles"]) stores.announcer.say(text);
  expect(stores.announcer.text).toBe("1 profile");
  await vi.advanceTimersByTimeAsync(2000);
  expect(stores.announcer.text).toBe("3 profiles");
});

test("the same announcement twice is a change, so that it is read out twice", async () => {
  stores.announcer.say("2 profiles");
  await vi.advanceTimersByTimeAsync(2000);
  stores.announcer.say("2 profiles");
  expect(stores.announcer.text).not.toBe("2 profiles");
  expect(stores.announcer.text.trim()).toBe("2 profiles");
});

test("the clock moves every 30 seconds and not in between", async () => {
  const before = stores.clock.now;
  const stop = stores.clock.run();
  await vi.advanceTimersByTimeAsync(29_000);
  expect(stores.clock.now).toBe(before);
  await vi.advanceTimersByTimeAsync(1000);
  expect(stores.clock.now).toBe(before + 30);
  stop();
});

test("back and forward walk through views with their selection and filter", async () => {
  stores.lists.profiles.filterBy("acme");
  stores.lists.profiles.select(backend.id("acme-dev"));
  stores.navigation.go("problems");
  stores.lists.problems.select("p2");
  stores.navigation.openProfile(backend.id("reporting-role"));
  await settle();

  stores.navigation.back();
  expect(stores.navigation.screen).toBe("problems");
  expect(stores.lists.problems.selected).toBe("p2");
  stores.navigation.back();
  expect(stores.navigation.screen).toBe("profiles");
  expect(stores.lists.profiles.filter).toBe("acme");
  expect(name(stores.lists.profiles.selected)).toBe("acme-dev");
  stores.navigation.back();
  expect(stores.navigation.screen, "there is nothing further back").toBe("profiles");

  stores.navigation.forward();
  stores.navigation.forward();
  expect(name(stores.lists.profiles.selected)).toBe("reporting-role");
});

test("passing through rows leaves no steps, staying for a second does", () => {
  const { navigation, lists } = stores;
  const select = (profile: string) => {
    navigation.moving();
    lists.profiles.select(backend.id(profile));
  };
  for (const profile of ["acme", "acme-dev", "acme-dev-deploy"]) select(profile);
  vi.advanceTimersByTime(1000);
  select("acme-prod");
  navigation.back();
  expect(name(lists.profiles.selected)).toBe("acme-dev-deploy");
  navigation.back();
  expect(name(lists.profiles.selected)).toBe("acme-dev-deploy");
});

test("a step of a chain opens within the role profiles when it is one, else among all", async () => {
  stores.lists.assumeRole.open();
  await settle();
  stores.navigation.go("assumeRole");
  stores.navigation.openRole(backend.id("acme-dev"));
  expect(stores.navigation.screen).toBe("assumeRole");
  stores.navigation.openRole(backend.id("acme"));
  expect(stores.navigation.screen).toBe("profiles");
});

test("each problem view shows its own kinds", () => {
  const kinds = (screen: "dangling" | "duplicates" | "problems") =>
    stores.lists[screen].groups.map((group) => group.kind);
  expect(kinds("dangling")).toEqual(["dangling"]);
  expect(kinds("duplicates")).toEqual(["duplicates"]);
  expect(kinds("problems")).toEqual(["broken", "duplicates", "dangling", "warnings", "worthKnowing"]);
});

test("a solved problem gives its place to the next one", async () => {
  stores.lists.problems.select("p2");
  const groups = await backend.problems();
  vi.spyOn(backend, "problems").mockResolvedValue(
    groups.map((group) => ({ ...group, problems: group.problems.filter(({ key }) => key !== "p2") })),
  );
  backend.publish();
  await settle();
  expect(stores.lists.problems.selected).toBe("p3");
});

test("the next problem of a view is within its buttons, and the last one is the end", () => {
  const list = stores.lists.problems;
  list.narrowTo("warning");
  list.step(1);
  expect(list.selected).toBe("p5");
  for (let times = 0; times < 20; times += 1) list.step(1);
  expect(list.selected).toBe("p9");
});

test("a link to a problem that the buttons hide shows all problems", () => {
  stores.lists.problems.narrowTo("warning");
  stores.navigation.openProblem("p2");
  expect(stores.lists.problems.extent).toBe("all");
  expect(stores.lists.problems.selected).toBe("p2");
});

test("the theme is written on the page and remembered", () => {
  stores.theme.choose("dark");
  expect(document.documentElement.dataset.theme).toBe("dark");
  expect(new Stores(backend).theme.choice).toBe("dark");
});

test.each([
  ["empty", true, 2],
  ["config-only", true, 1],
  ["no-config", false, 1],
  ["no-profiles", false, 0],
  ["unreadable", false, 0],
])("a home that is %s: zero state %s, %s files missing", async (home, isZero, missing) => {
  const other = new Stores(new FakeBackend(home));
  await other.listen();
  expect(other.home.isZero).toBe(isZero);
  expect(other.home.missing.length).toBe(missing);
});
