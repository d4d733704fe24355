import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import ListHost from "./ListHost.test.svelte";

const names = Array.from({ length: 1000 }, (_, at) => `${at % 2 ? "beta" : "alpha"}-${String(at).padStart(4, "0")}`);
const list = () => screen.getByRole("listbox", { name: "Names" });
const press = (key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(list(), { key, ...more });
/** The row that screen readers are told to be on. */
const active = () => document.getElementById(list().getAttribute("aria-activedescendant") ?? "")?.textContent;

test("only what is in view is in the page, and the list still says how long it is", () => {
  render(ListHost, { names });
  const options = screen.getAllByRole("option");
  expect(options.length).toBeLessThan(60);
  expect(options[0]?.getAttribute("aria-setsize")).toBe("1000");
  expect(options[3]?.getAttribute("aria-posinset")).toBe("4");
});

test("rows stand in groups that are named", () => {
  render(ListHost, { names });
  expect(screen.getByRole("group", { name: "First" }).querySelectorAll("[role=option]").length).toBe(3);
});

test("arrow keys, Home, End and pages select, and stop at the ends", async () => {
  render(ListHost, { names });
  await press("ArrowDown");
  expect(active()).toBe("alpha-0000");
  await press("ArrowDown");
  expect(active()).toBe("beta-0001");
  await press("End");
  expect(active()).toBe("beta-0999");
  await press("ArrowDown");
  expect(active()).toBe("beta-0999");
  await press("PageUp");
  expect(Number(active()?.slice(-4))).toBeLessThan(990);
  await press("Home");
  expect(active()).toBe("alpha-0000");
});

test("the active row is in the page, also far out of view", () => {
  render(ListHost, { names, selected: "beta-0999" });
  expect(active()).toBe("beta-0999");
  expect(screen.getAllByRole("option").filter((option) => option.getAttribute("aria-selected") === "true").length).toBe(
    1,
  );
});

test("letters select by the first letters of the name, the same letter goes on", async () => {
  vi.useFakeTimers();
  render(ListHost, { names });
  await press("b");
  expect(active()).toBe("beta-0001");
  await press("b");
  expect(active()).toBe("beta-0003");
  vi.advanceTimersByTime(1000);
  for (const letter of "alpha-0500") await press(letter);
  expect(active()).toBe("alpha-0500");
});

test("the single keys of the window are not letters of a name", async () => {
  render(ListHost, { names: ["/etc", "?what", "a"] });
  await press("/");
  await press("?");
  expect(list().hasAttribute("aria-activedescendant")).toBe(false);
});

test("keys with Ctrl or Alt belong to the window", async () => {
  render(ListHost, { names });
  await press("ArrowDown", { altKey: true });
  await press("1", { ctrlKey: true });
  expect(list().hasAttribute("aria-activedescendant")).toBe(false);
});

test("Enter and the right arrow open what is selected, and nothing when nothing is", async () => {
  const onopen = vi.fn();
  render(ListHost, { names, onopen });
  await press("Enter");
  expect(onopen).not.toHaveBeenCalled();
  await press("ArrowDown");
  await press("Enter");
  await press("ArrowRight");
  expect(onopen).toHaveBeenCalledTimes(2);
});

test("the rows in view stay where they are when rows above them vanish", async () => {
  const { rerender } = render(ListHost, { names });
  list().scrollTop = 3400;
  await fireEvent.scroll(list());
  await rerender({ names: names.filter((_, at) => at < 10 || at >= 15) });
  expect(list().scrollTop).toBe(3400 - 5 * 34);
});

test("at the very top new rows come into view", async () => {
  const { rerender } = render(ListHost, { names });
  await fireEvent.scroll(list());
  await rerender({ names: ["aaa", ...names] });
  expect(list().scrollTop).toBe(0);
});

test("a click selects", async () => {
  render(ListHost, { names });
  await fireEvent.click(screen.getByText("beta-0005"));
  expect(active()).toBe("beta-0005");
});
