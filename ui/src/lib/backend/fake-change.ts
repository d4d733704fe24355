// The engine's part in changing files, for design work and component tests: it says what a change would do in lines that
// look right, and refuses what the engine would refuse. The files behind it stay as they are.

import { failure } from "./fake-table";
import type { ChangeLine } from "./generated/ChangeLine";
import type { ChangeOutcome } from "./generated/ChangeOutcome";
import type { ChangeRequest } from "./generated/ChangeRequest";
import type { FileChange } from "./generated/FileChange";
import type { FileKind } from "./generated/FileKind";
import type { NewSection } from "./generated/NewSection";
import type { Proposal } from "./generated/Proposal";

const isSecret = (key: string): boolean => /secret|token$/.test(key);
const shown = (key: string, value: string): string => (isSecret(key) ? "••••x7fq2ak9••••" : value);
const added = (text: string): ChangeLine => ({ is: "added", text });
const removed = (text: string): ChangeLine => ({ is: "removed", text });
const file = (kind: FileKind, ...lines: ChangeLine[]): FileChange => ({ file: kind, hunks: [{ line: 41, lines }] });
const fileOf = (key: string): FileKind => (key.startsWith("aws_") ? "credentials" : "config");

export class FakeChange {
  readonly #isTaken: (name: string) => boolean;
  /** The next time the person agrees another program will have been quicker. */
  isMoved = false;
  /** What was carried out. */
  readonly done: ChangeRequest[] = [];

  constructor(isTaken: (name: string) => boolean) {
    this.#isTaken = isTaken;
  }

  async propose(request: ChangeRequest): Promise<Proposal> {
    const names =
      request.does === "add"
        ? request.sections.map(({ section }) => section.name)
        : request.does === "rename" || request.does === "duplicate"
          ? [request.to]
          : [];
    const taken = names.find(this.#isTaken);
    if (taken !== undefined)
      throw failure({
        ...{ code: "unsupported", cause: "profile.nameTaken", message: `There is a profile “${taken}” already.` },
        hint: "Choose another name.",
      });
    return Promise.resolve({
      ...{ what: request.does, id: JSON.stringify(request), changes: changes(request) },
      besides: request.does === "fixAll" ? ["credentials becomes private: its permissions 0644 become 0600."] : [],
      worse:
        request.does === "remove"
          ? [`lambda-role has nothing to start from: there is no profile “${request.section.name}”.`]
          : [],
    });
  }

  async carryOut(request: ChangeRequest): Promise<ChangeOutcome> {
    if (this.isMoved) {
      this.isMoved = false;
      return Promise.resolve({ is: "conflict" });
    }
    this.done.push(request);
    return Promise.resolve({ is: "written" });
  }
}

function changes(request: ChangeRequest): FileChange[] {
  switch (request.does) {
    case "set":
      return [file(fileOf(request.key), added(`${request.key} = ${shown(request.key, request.value)}`))];
    case "unset":
      return [file(fileOf(request.key), removed(`${request.key} = …`))];
    case "add":
      return (["config", "credentials"] as const).flatMap((kind) => {
        const lines = request.sections.flatMap((section) => sectionIn(kind, section));
        return lines.length === 0 ? [] : [file(kind, ...lines.map(added))];
      });
    case "rename":
      return [file("config", removed(`[profile ${request.profile}]`), added(`[profile ${request.to}]`))];
    case "duplicate":
      return [file("config", added(`[profile ${request.to}]`), added("region = eu-west-1"))];
    case "move":
      return [file("config", removed(`[profile ${request.profile}]`)), file("credentials", added(request.profile))];
    case "merge":
      return [file("config", removed(`[profile ${request.profile}]`))];
    case "remove":
      return [file("config", removed(`[profile ${request.section.name}]`), removed("region = eu-west-1"))];
    // `fake-paste.ts` answers these.
    case "import":
      return [];
    case "generate":
      return [file("config", added("[profile Sandbox-ReadOnly]"), added("sso_session = acme"))];
    case "giveSection":
      return [file("config", added(`[sso-session ${request.name}]`), added(`sso_start_url = ${request.startUrl}`))];
    case "fix":
    case "fixAll":
      return [file("config", removed("source_profile = acme-deev"), added("source_profile = acme-dev"))];
  }
}

function sectionIn(kind: FileKind, { section, properties }: NewSection): string[] {
  const here = properties.filter(({ key }) => fileOf(key) === kind);
  if (here.length === 0) return [];
  const word = section.is === "ssoSession" ? "sso-session " : kind === "config" ? "profile " : "";
  return [`[${word}${section.name}]`, ...here.map(({ key, value }) => `${key} = ${shown(key, value)}`)];
}
