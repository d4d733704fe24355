// Who can read a profile, and why: what is there before the readers have read the files, and what when they have.

import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import { FakeBackend } from "../lib/backend/fake";
import type { ReadBy } from "../lib/backend/generated/ReadBy";
import { Stores } from "../lib/stores";

let backend: FakeBackend;

function open(wishes: { readers?: string } = {}): void {
  cleanup();
  backend = new FakeBackend("", 0, wishes);
  render(App, { stores: new Stores(backend) });
}

const select = async (name: string) =>
  fireEvent.click(await screen.findByRole("option", { name: new RegExp(`^${name}(?![\\w-])`) }));
const detail = () => within(screen.getByRole("complementary"));
const heading = (name: string) => detail().findByRole("heading", { name });
const why = () => detail().getByRole("button", { name: "Why" });

beforeEach(() => open());

test("a profile is there, with its values, while the readers still read the files", async () => {
  open({ readers: "never" });
  await select("default");
  await heading("default");
  expect(detail().getByText("Access key ID")).toBeTruthy();
  expect(detail().getByRole("heading", { name: "Who can read this profile" })).toBeTruthy();
  expect(detail().queryByText(/other values/)).toBeNull();
});

test("what was said of one profile is never said of the next", async () => {
  await select("default");
  await detail().findByText(/would get other values/);
  const answers: ((answer: ReadBy) => void)[] = [];
  const asked = vi.spyOn(backend, "readBy").mockReturnValue(new Promise((answer) => answers.push(answer)));
  await select("staging");
  await heading("staging");
  expect(detail().queryByText(/would get other values/)).toBeNull();
  expect(
    detail().getByText("JavaScript"),
    "who the readers are is known, and what they make of it is not",
  ).toBeTruthy();
  expect(detail().queryByRole("img", { name: "Reads the same" })).toBeNull();
  const readers = [{ engine: "js", usedBy: "JavaScript", reading: { is: "absent" } }] as const;
  answers[0]?.({ revision: 1, id: backend.id("staging"), name: "staging", readers: [...readers] });
  await detail().findByText("JavaScript would find no profile of this name.");
  expect(asked).toHaveBeenCalledTimes(1);
});

test("why is asked only when somebody wants to know, and goes on to the next profile", async () => {
  const asked = vi.spyOn(backend, "why");
  await select("ci");
  await detail().findByText("Java would find no profile of this name.");
  expect(asked).not.toHaveBeenCalled();
  await fireEvent.click(why());
  await detail().findByText("Keys of ci");
  expect(why().getAttribute("aria-expanded")).toBe("true");
  await select("localstack");
  await detail().findByText("Keys of localstack");
  await fireEvent.click(why());
  expect(detail().queryByText("Keys of localstack")).toBeNull();
});

test("SDKs that don’t use the same keys stand side by side, and a step leads to its line", async () => {
  await select("acme-dev");
  await fireEvent.click(await screen.findByRole("button", { name: "Why" }));
  await heading("JavaScript and Go");
  await heading("AWS CLI, boto3, Java, and Rust");
  expect(detail().getByText("Not all the same")).toBeTruthy();
  await fireEvent.click(detail().getByRole("link", { name: "config, line 18" }));
  await screen.findByRole("heading", { name: "File editor" });
});

test("an SDK that fails says so in its own words, with the line", async () => {
  await select("staging");
  await fireEvent.click(await screen.findByRole("button", { name: "Why" }));
  await detail().findByText("Fails");
  expect(detail().getByText("Expected an '=' sign defining a property")).toBeTruthy();
  expect(detail().getByRole("link", { name: "credentials, line 91" })).toBeTruthy();
});
