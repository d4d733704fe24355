// Editing on the fake engine, with a sheet of paper in Monaco's place: what is sent, in which order, and what becomes of
// the text when the engine has another one.

import { beforeEach, expect, test, vi } from "vitest";
import { FakeBackend } from "../backend/fake";
import { failure } from "../backend/fake-table";
import type { Draft } from "../backend/generated/Draft";
import type { TextChange } from "../backend/generated/TextChange";
import type { Paper } from "./draft.svelte";
import { Stores } from "./index";

class Sheet implements Paper {
  text: string;
  fresh = 0;
  constructor(text: string) {
    this.text = text;
  }
  replace(text: string, fresh: boolean): void {
    this.text = text;
    if (fresh) this.fresh += 1;
  }
}

let backend: FakeBackend;
let stores: Stores;
let sheet: Sheet;

const settle = () => vi.advanceTimersByTimeAsync(0);
const rest = () => vi.advanceTimersByTimeAsync(200);
const config = () => stores.editor.draft;
const draft = (): Draft => {
  const { draft } = config();
  if (draft === undefined) throw new Error("the draft is open");
  return draft;
};

/** Types at the start of a line. */
function type(line: number, text: string): void {
  const change: TextChange = { startLine: line, startColumn: 1, endLine: line, endColumn: 1, text };
  const lines = sheet.text.split("\n");
  lines[line - 1] = text + (lines[line - 1] ?? "");
  sheet.text = lines.join("\n");
  config().typed([change]);
}
const onEngine = async () => (await backend.drafts.open("config")).text;

async function open(editor = ""): Promise<void> {
  backend = new FakeBackend("", 0, { editor });
  stores = new Stores(backend);
  await stores.listen();
  stores.navigation.go("editor");
  stores.editor.open();
  await settle();
  sheet = new Sheet(draft().text);
  config().isShownOn(sheet);
}

/** Answers come when the test says so. */
function held<Answer>(answer: () => Promise<Answer>): { asked: () => Promise<Answer>; go: () => Promise<void> } {
  const waiting: (() => void)[] = [];
  return {
    asked: async () => {
      await new Promise<void>((done) => waiting.push(done));
      return answer();
    },
    go: async () => {
      waiting.shift()?.();
      await settle();
    },
  };
}

beforeEach(async () => {
  vi.useFakeTimers();
  await open();
});

test("what is typed arrives at the engine", async () => {
  type(1, "# mine\n");
  await settle();
  expect(await onEngine()).toBe(sheet.text);
  expect(sheet.text.startsWith("# mine\n# Portals")).toBe(true);
});

test("one request is on its way at a time, and what is typed meanwhile goes together, in order", async () => {
  const edit = backend.editDraft;
  const requests: { version: number; texts: string[] }[] = [];
  let hold = held(() => Promise.resolve(0));
  vi.spyOn(backend, "editDraft").mockImplementation(async (file, version, changes) => {
    requests.push({ version, texts: changes.map((change) => change.text) });
    hold = held(() => edit(file, version, changes));
    return hold.asked();
  });
  for (const letter of ["a", "b", "c"]) {
    type(1, letter);
    await settle();
  }
  expect(requests).toEqual([{ version: 1, texts: ["a"] }]);
  await hold.go();
  await hold.go();
  expect(requests).toEqual([
    { version: 1, texts: ["a"] },
    { version: 2, texts: ["b", "c"] },
  ]);
  expect(await onEngine()).toBe(sheet.text);
});

test("the draft is looked through once, when the keys rest", async () => {
  const diagnose = vi.spyOn(backend, "diagnoseDraft");
  for (const letter of "abcde") {
    type(1, letter);
    await vi.advanceTimersByTimeAsync(30);
  }
  expect(diagnose).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100);
  expect(diagnose).toHaveBeenCalledOnce();
  expect(config().unsavedLines).toBe(1);
});

test("a diagnosis of an older text is dropped", async () => {
  const before = config().diagnosis;
  vi.spyOn(backend, "diagnoseDraft").mockImplementation(async (file) => {
    const old = await backend.drafts.diagnose(file);
    return { ...old, version: old.version - 1, unsavedLines: 77 };
  });
  type(1, "#");
  await rest();
  expect(config().diagnosis).toBe(before);
});

test("out of step with the engine, its text is shown", async () => {
  const theirs = await onEngine();
  await backend.drafts.edit("config", 1, [
    { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1, text: "# theirs\n" },
  ]);
  type(1, "x");
  await settle();
  expect(sheet.text).toBe(`# theirs\n${theirs}`);
  expect(config().failure).toBeUndefined();
  type(2, "y");
  await settle();
  expect(await onEngine(), "and typing goes on from there").toBe(sheet.text);
});

test("another failure of an edit shows the engine's text and says why", async () => {
  const before = sheet.text;
  vi.spyOn(backend, "editDraft").mockRejectedValueOnce(failure({ code: "bug", message: "No.", hint: "Try again." }));
  type(1, "x");
  await settle();
  expect(sheet.text).toBe(before);
  expect(config().failure?.message).toBe("No.");
});

test("saving waits for what was typed", async () => {
  const order: string[] = [];
  const [edit, save] = [backend.editDraft, backend.saveDraft];
  vi.spyOn(backend, "editDraft").mockImplementation((...of) => (order.push("edit"), edit(...of)));
  vi.spyOn(backend, "saveDraft").mockImplementation((...of) => (order.push("save"), save(...of)));
  type(1, "# mine\n");
  await config().save();
  expect(order).toEqual(["edit", "save"]);
  expect(config().unsavedLines).toBe(0);
  expect(stores.toasts.all.map((toast) => toast.text)).toEqual(["Saved config. 1 line changed."]);
});

test("what is typed while a save is on its way is kept and sent after it", async () => {
  const save = backend.saveDraft;
  const hold = held(() => save("config"));
  vi.spyOn(backend, "saveDraft").mockImplementation(hold.asked);
  type(1, "a");
  const saving = config().save();
  await settle();
  type(1, "b");
  await hold.go();
  await saving;
  await rest();
  expect(sheet.text.startsWith("ba# Portals")).toBe(true);
  expect(await onEngine()).toBe(sheet.text);
  expect(config().unsavedLines).toBe(1);
});

test("saving asks about an error that was not there, and about none that was", async () => {
  type(1, "# a comment\n");
  await config().save();
  expect(config().isAsking, "acme-deev is missing on disk, too").toBe(false);
  type(14, "oops\n");
  await config().save();
  expect(config().isAsking).toBe(true);
  expect(config().newErrors).toEqual([14]);
  config().keepEditing();
  expect(config().unsavedLines).toBe(1);
  await config().save();
  await config().saveAnyway();
  expect(config().isAsking).toBe(false);
  expect(config().unsavedLines).toBe(0);
  type(1, "# a line more, so that the sentence names another line\n");
  await config().save();
  expect(config().isAsking).toBe(false);
});

test("a page that is loaded again has the unsaved text, and saving it asks about nothing that stood there", async () => {
  type(1, "# a comment\n");
  await settle();
  stores = new Stores(backend);
  await stores.listen();
  stores.editor.open();
  await settle();
  expect(config().unsavedLines).toBe(1);
  expect(draft().text).toBe(sheet.text);
  await config().save();
  expect(config().isAsking).toBe(false);
  expect(config().unsavedLines).toBe(0);
});

test("a damaged hidden secret is marked, and saving says so and writes nothing", async () => {
  await open("damaged");
  stores.editor.show("credentials");
  await settle();
  const save = vi.spyOn(backend, "saveDraft");
  expect(config().marks.map((mark) => [mark.startLine, mark.message])).toEqual([
    [3, "This hidden secret was damaged by typing. Undo, or type the whole value."],
  ]);
  await config().save();
  expect(save).not.toHaveBeenCalled();
  expect(config().failure?.message).toBe("A hidden secret was damaged by typing (line 3).");
});

test("a file that changed on disk is told once, and the text stays", async () => {
  type(1, "# mine\n");
  await settle();
  const before = sheet.text;
  backend.drafts.move("apart");
  await settle();
  expect(draft().moved?.is).toBe("apart");
  expect(sheet.text).toBe(before);
  expect(stores.announcer.text).toBe("This file changed on disk while you were editing");
});

test("news of a draft that comes while an edit is on its way waits for it", async () => {
  const edit = backend.editDraft;
  let hold = held(() => Promise.resolve(0));
  vi.spyOn(backend, "editDraft").mockImplementation(async (...of) => {
    hold = held(() => edit(...of));
    return hold.asked();
  });
  type(1, "a");
  await settle();
  const stale = { ...draft(), moved: { is: "gone" } as const };
  stores.editor.hear(stale);
  expect(draft().moved).toBeUndefined();
  await hold.go();
  expect(draft().moved, "what it says of the file still holds").toEqual({ is: "gone" });
  expect(sheet.text.startsWith("a#"), "its text is older than what was typed").toBe(true);
});

test("loading theirs shows what is on disk, keeping both shows both", async () => {
  await open("apart");
  await config().resolve("keepBoth");
  expect(sheet.text).toContain("acme-audit");
  expect(sheet.text).toContain("duration_seconds = 7200");
  expect(draft().moved).toBeUndefined();
  await open("apart");
  await config().resolve("loadTheirs");
  expect(sheet.text).toContain("acme-audit");
  expect(sheet.text).toContain("duration_seconds = 3600");
});

test("a save that meets the same lines writes nothing and says that the file moved", async () => {
  await open("overlap");
  await config().save();
  expect(draft().moved?.is).toBe("overlap");
  expect(stores.toasts.all).toEqual([]);
});

test("both sides are compared as they are, and that ends with the answer", async () => {
  await open("overlap");
  await config().compare();
  expect(config().comparison?.theirs).toContain("source_profile = acme-prod");
  expect(config().comparison?.mine).toBe(sheet.text);
  await config().resolve("keepMine");
  expect(config().comparison).toBeUndefined();
});

test("each place that both changed is settled by itself, and what is left is compared anew", async () => {
  await open("overlaps");
  await config().compare();
  expect(config().comparison?.places).toHaveLength(2);
  await config().settle(1, "theirs");
  expect(sheet.text).toContain("region = us-west-2");
  expect(sheet.text).toContain("source_profile = acme-dev\n");
  expect(config().comparison?.places).toHaveLength(1);
  expect(stores.announcer.text).toBe("Settled. 1 place is left.");
  await config().settle(0, "mine");
  expect(sheet.text).toContain("source_profile = acme-dev\n");
  expect(config().comparison?.places).toEqual([]);
  expect(draft().moved).toBeUndefined();
  await vi.advanceTimersByTimeAsync(2000);
  expect(stores.announcer.text).toBe("Every place is settled. Save to put it on disk.");
});

test("when all is theirs there is nothing left to compare", async () => {
  await open("overlap");
  await config().compare();
  await config().settle(0, "theirs");
  expect(sheet.text).toContain("source_profile = acme-prod");
  expect(config().comparison).toBeUndefined();
  expect(config().unsavedLines).toBe(0);
});

test("secrets that are shown while both sides are looked at are shown on both", async () => {
  stores.editor.show("credentials");
  sheet = new Sheet(draft().text);
  config().isShownOn(sheet);
  type(1, "# mine\n");
  await rest();
  await config().compare();
  expect(config().comparison?.theirs).not.toContain("wJalr");
  await config().showSecrets(true);
  expect(config().comparison?.theirs).toContain("wJalr");
});

test("discarding brings back what is on disk", async () => {
  const before = sheet.text;
  type(1, "# mine\n");
  await rest();
  await config().discard();
  expect(sheet.text).toBe(before);
  expect(config().unsavedLines).toBe(0);
});

test("shown secrets come on a fresh page, and go again when the view is left", async () => {
  stores.editor.show("credentials");
  sheet = new Sheet(draft().text);
  config().isShownOn(sheet);
  expect(sheet.text).not.toContain("wJalr");
  await config().showSecrets(true);
  expect(sheet.text).toContain("wJalr");
  expect(sheet.fresh).toBe(1);
  stores.editor.leave();
  await settle();
  expect(sheet.text).not.toContain("wJalr");
  expect(sheet.fresh).toBe(2);
});

test("shown secrets go after a minute in the background and after five without a touch", async () => {
  for (const [isAway, time] of [
    [true, 60_000],
    [false, 300_000],
  ] as const) {
    await config().showSecrets(true);
    stores.editor.away(isAway);
    await vi.advanceTimersByTimeAsync(time - 1);
    expect(draft().showsSecrets).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(draft().showsSecrets).toBe(false);
  }
});

test("the outline has portals before profiles, and follows the cursor", () => {
  const { editor } = stores;
  expect(editor.outline.groups.map(({ group }) => group)).toEqual(["portals", "profiles", "others"]);
  editor.at(58);
  expect(editor.section).toBe("profile reporting-role");
  editor.filterBy("GLOBEX");
  expect(editor.outline.groups.map(({ keys }) => keys.length)).toEqual([1, 2]);
});

test("the next problem is the one below the cursor, round and round", () => {
  const { editor } = stores;
  const lines = editor.draft.marks.map((mark) => mark.startLine);
  editor.step(1);
  expect(editor.jump?.line).toBe(lines[0]);
  editor.step(-1);
  expect(editor.jump?.line).toBe(lines.at(-1));
  editor.step(1);
  expect(editor.jump?.line).toBe(lines[0]);
});

test("a place opens its file at its line, and back leads to where one came from", () => {
  const { editor, navigation } = stores;
  navigation.go("profiles");
  navigation.openPlace({ file: "credentials", line: 9 });
  expect(navigation.screen).toBe("editor");
  expect(editor.jump).toMatchObject({ file: "credentials", line: 9, isFocused: true });
  editor.arrived();
  navigation.openPlace({ file: "config", line: 58 });
  navigation.back();
  expect(editor.jump).toMatchObject({ file: "credentials", line: 9 });
  navigation.back();
  expect(navigation.screen).toBe("profiles");
});

test("a file that can't be opened says why, and can be tried again", async () => {
  backend = new FakeBackend();
  stores = new Stores(backend);
  const refused = failure({ code: "unreadable", message: "It belongs to root.", hint: "Ask root." });
  vi.spyOn(backend, "openDraft").mockRejectedValueOnce(refused);
  const { config } = Object.fromEntries(stores.editor.files.map((file) => [file.file, file]));
  config?.open();
  await settle();
  expect(config?.failure?.message).toBe("It belongs to root.");
  config?.open();
  await settle();
  expect(config?.failure).toBeUndefined();
  expect(config?.draft?.file).toBe("config");
});

test("unsaved text of the time before is told of at the start, before its view is opened", async () => {
  backend = new FakeBackend("", 0, { editor: "restored" });
  stores = new Stores(backend);
  await stores.listen();
  expect(stores.toasts.all.map(({ text }) => text)).toEqual([
    "What you typed in credentials and did not save is in the file editor.",
  ]);
  const [credentials] = stores.editor.files;
  expect([credentials?.unsavedLines, credentials?.diagnosis?.damaged]).toEqual([1, [3]]);
  await credentials?.discard();
  expect([credentials?.unsavedLines, credentials?.draft?.restored]).toEqual([0, undefined]);
});
