import { expect, test, vi } from "vitest";
import { Latest } from "./latest.svelte";

/** Questions whose answers come when the test says so. */
function setup() {
  const asked: { question: string; answer: (answer: string) => void; refuse: (reason: unknown) => void }[] = [];
  const taken: string[] = [];
  const refused: string[] = [];
  const latest = new Latest<string, string>(
    (question) => new Promise((answer, refuse) => asked.push({ question, answer, refuse })),
    (answer) => taken.push(answer),
    (failure) => refused.push(failure.message),
  );
  const settle = () => new Promise((done) => setTimeout(done));
  return { asked, taken, refused, latest, settle };
}

test("an answer older than the question is dropped", async () => {
  const { asked, taken, latest, settle } = setup();
  latest.ask("old");
  latest.ask("new");
  asked[0]?.answer("old answer");
  await settle();
  asked[1]?.answer("new answer");
  await settle();
  expect(taken).toEqual(["new answer"]);
});

test("a failure older than the question is dropped, too", async () => {
  const { asked, refused, latest, settle } = setup();
  latest.ask("old");
  latest.ask("new");
  asked[0]?.refuse({ code: "unreadable", message: "old failure", hint: "" });
  await settle();
  expect(refused).toEqual([]);
});

test("questions between the first and the newest are never asked", async () => {
  const { asked, latest, settle } = setup();
  for (const question of ["a", "b", "c", "d"]) latest.ask(question);
  asked[0]?.answer("");
  await settle();
  expect(asked.map(({ question }) => question)).toEqual(["a", "d"]);
});

test("asking again shows the answer on its way first and then the fresh one", async () => {
  const { asked, taken, latest, settle } = setup();
  latest.ask("a");
  latest.again();
  asked[0]?.answer("first");
  await settle();
  asked[1]?.answer("second");
  await settle();
  expect(taken).toEqual(["first", "second"]);
});

test("what was never asked is not asked again", () => {
  const { asked, latest } = setup();
  latest.again();
  expect(asked).toEqual([]);
});

test("an answer to a forgotten question is dropped", async () => {
  const { asked, taken, latest, settle } = setup();
  latest.ask("a");
  latest.forget();
  asked[0]?.answer("late");
  await settle();
  expect(taken).toEqual([]);
});

test("it is slow only after a while, and no longer once the answer is there", async () => {
  vi.useFakeTimers();
  const { asked, latest } = setup();
  latest.ask("a");
  vi.advanceTimersByTime(399);
  expect(latest.isSlow).toBe(false);
  vi.advanceTimersByTime(1);
  expect(latest.isSlow).toBe(true);
  asked[0]?.answer("");
  await vi.advanceTimersByTimeAsync(0);
  expect(latest.isSlow).toBe(false);
});
