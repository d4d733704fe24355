// A picker by the keyboard alone, as the pattern of a combobox asks for it.

import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import PickerHost from "./PickerHost.test.svelte";

const names = Array.from({ length: 10_000 }, (_, at) => `name-${at + 1}`);
const onchoose = vi.fn<(name: string) => void>();
const opener = () => screen.getByRole("button", { name: /Name:/ });
const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Find a name" });
const key = (name: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key: name });
const active = () => document.getElementById(field().getAttribute("aria-activedescendant") ?? "")?.textContent?.trim();
const type = (value: string) => fireEvent.input(field(), { target: { value } });

async function open(): Promise<void> {
  opener().focus();
  await key("ArrowDown");
  await waitFor(() => expect(document.activeElement).toBe(field()));
}

beforeEach(() => {
  onchoose.mockReset();
  render(PickerHost, { names, onchoose });
});

test("an arrow opens it, the field has the focus, and what is chosen is the active row", async () => {
  await open();
  expect(opener().getAttribute("aria-expanded")).toBe("true");
  await waitFor(() => expect(active()).toBe("name-2"));
});

test("arrows move and stop at the ends, Enter takes the active row, and the button has the focus again", async () => {
  await open();
  await waitFor(() => expect(active()).toBe("name-2"));
  await key("ArrowDown");
  expect(active()).toBe("name-3");
  for (let times = 0; times < 5; times += 1) await key("ArrowUp");
  expect(active()).toBe("name-1");
  await key("Enter");
  expect(onchoose).toHaveBeenCalledExactlyOnceWith("name-1");
  expect(document.activeElement).toBe(opener());
  expect(opener().getAttribute("aria-expanded")).toBe("false");
});

test("typing narrows the list, and its first row is the active one", async () => {
  await open();
  await type("777");
  await waitFor(() => expect(active()).toBe("name-777"));
  await key("Enter");
  expect(onchoose).toHaveBeenCalledExactlyOnceWith("name-777");
});

test("Enter takes what the text finds, not what stood there while that was on its way", async () => {
  cleanup();
  let resolve = () => undefined as void;
  const answer = new Promise<void>((done) => (resolve = done));
  render(PickerHost, { names, onchoose, answer });
  await open();
  await type("777");
  await key("Enter");
  expect(onchoose).not.toHaveBeenCalled();
  resolve();
  await waitFor(() => expect(onchoose).toHaveBeenCalledExactlyOnceWith("name-777"));
});

test("where nothing matches it says so, and Enter takes nothing", async () => {
  await open();
  await type("zzz");
  await screen.findByText("No name matches.");
  expect(field().getAttribute("aria-activedescendant")).toBeNull();
  await key("Enter");
  expect(onchoose).not.toHaveBeenCalled();
});

test("Escape closes it without a choice", async () => {
  await open();
  await key("Escape");
  expect(screen.queryByRole("combobox")).toBeNull();
  expect(document.activeElement).toBe(opener());
  expect(onchoose).not.toHaveBeenCalled();
});

test("of ten thousand rows only those in view are in the page, and the active one", async () => {
  await open();
  expect(screen.getAllByRole("option").length).toBeLessThan(60);
  for (let times = 0; times < 30; times += 1) await key("PageDown");
  await waitFor(() => expect(active()).toBe("name-242"));
  expect(screen.getAllByRole("option").length).toBeLessThan(60);
  expect(screen.getAllByRole("option")[0]?.getAttribute("aria-setsize")).toBe("10000");
});
