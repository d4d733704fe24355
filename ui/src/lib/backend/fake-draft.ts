// The drafts of the cardboard engine: two texts as arrays of lines, a diagnosis that knows four problems, and every state
// that a draft can be in. `?editor=` apart, overlap, overlaps, gone, readonly, secrets, damaged or restored puts them into one.

import { failure } from "./fake-table";
import type { ComparedPlace } from "./generated/ComparedPlace";
import type { Comparison } from "./generated/Comparison";
import type { Diagnosis } from "./generated/Diagnosis";
import type { Draft } from "./generated/Draft";
import type { FileKind } from "./generated/FileKind";
import type { Marker } from "./generated/Marker";
import type { Moved } from "./generated/Moved";
import type { OutlineEntry } from "./generated/OutlineEntry";
import type { PlaceSide } from "./generated/PlaceSide";
import type { Resolution } from "./generated/Resolution";
import type { SaveOutcome } from "./generated/SaveOutcome";
import type { Status } from "./generated/Status";
import type { TextChange } from "./generated/TextChange";

const ARN = "arn:aws:iam::123456789012";

const CONFIG = `# Portals first: sign in once, use every account.
[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[sso-session globex]
sso_start_url = https://globex.awsapps.com/start
sso_region = eu-central-1

[default]
region = eu-west-1
output = json

[profile acme]
sso_session = acme
sso_account_id = 123456789012
sso_role_name = Developer
region = eu-west-1

[profile acme-dev]
role_arn = ${ARN}:role/Developer
source_profile = acme
region = eu-west-1

[profile acme-dev-deploy]
role_arn = ${ARN}:role/Deploy
source_profile = acme-dev
mfa_serial = ${ARN}:mfa/jo
region = eu-west-1

[profile acme-stage]
role_arn = arn:aws:iam::551200348871:role/Developer
source_profile = acme
region = eu-west-1

[profile acme-prod]
role_arn = arn:aws:iam::903466712250:role/ReadOnly
source_profile = acme
mfa_serial = ${ARN}:mfa/jo
region = eu-west-1
output = json
cli_pager =
# Written in caf\u{10FFE9} Z\u{10FFFC}rich, before there was UTF-8.

; aws configure wrote what follows
# Keep the names: scripts use them.

# Base keys live in credentials; roles live here.
[profile lambda-role-connection]
role_arn = ${ARN}:role/lambda-role
source_profile = commandeer-dev-base
mfa_serial = ${ARN}:mfa/jo
region = eu-west-1

[profile reporting-role]
role_arn = ${ARN}:role/reporting
source_profile = acme-deev
duration_seconds = 3600

[profile deploy]
role_arn = ${ARN}:role/deploy
source_profile = commandeer-dev-base
region = eu-west-1
role_session_name = deploy-jo

[profile billing]
role_arn = ${ARN}:role/billing
source_profile = commandeer-dev-base
output = jsn

[profile loop-a]
source_profile = loop-b
role_arn = ${ARN}:role/a

[profile loop-b]
source_profile = loop-a
role_arn = ${ARN}:role/b

[profile qa-eu]
region = eu-central-1

[profile qa-us]
region = us-east-2

[services local]
s3 =
  endpoint_url = http://localhost:4566

[profile globex-data-admin]
sso_session = globex
sso_account_id = 550123456780
sso_role_name = Admin

[profile globex-data-readonly]
sso_session = globex
sso_account_id = 550123456780
sso_role_name = ReadOnly
`;

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const HIDDEN = "••••7f3a91c2••••";

const CREDENTIALS = `[commandeer-dev-base]
aws_access_key_id = AKIA4EXAMPLE7Q2M
aws_secret_access_key = ${HIDDEN}

[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = ••••0c44de19••••

[commandeer-dev]
aws_access_key_id = AKIA4EXAMPLE7Q2M
aws_secret_access_key = ${HIDDEN}

# pasted from the portal
[pasted-token]
aws_access_key_id = ASIA4EXAMPLE2T5W
aws_secret_access_key = ••••b18e02fa••••
aws_session_token = ••••e0937d5b••••
`;

const statuses: Record<string, Status> = {
  ...{ "acme-stage": "ended", "acme-prod": "ended", "loop-a": "broken", "loop-b": "broken" },
  ...{ "qa-eu": "warning", "qa-us": "warning", "pasted-token": "ended" },
};

interface Text {
  disk: string[];
  /** What was on disk when the draft was opened or saved. */
  base: string[];
  lines: string[];
  version: number;
  moved?: Moved;
  showsSecrets: boolean;
  restored?: number;
  /** What was on disk before the last save. */
  before?: string[];
  /** Of which version the last diagnosis was. */
  diagnosis?: Diagnosis;
}

export class FakeDrafts {
  readonly #tell: (draft: Draft) => void;
  readonly #state: string;
  readonly #isNew: (file: FileKind) => boolean;
  readonly #texts: Record<FileKind, Text>;

  constructor(
    tell: (draft: Draft) => void,
    isNew: (file: FileKind) => boolean,
    state = "",
    more: readonly string[] = [],
  ) {
    this.#tell = tell;
    this.#isNew = isNew;
    this.#state = state;
    const text = (content: string): Text => {
      const lines = content.split("\n");
      return { disk: lines, base: lines, lines, version: 1, showsSecrets: state === "secrets" };
    };
    const crowd = more.map((name) => `\n[profile ${name}]\nsso_session = globex\nsso_role_name = Operator\n`).join("");
    this.#texts = {
      config: text(isNew("config") ? "" : CONFIG + crowd),
      credentials: text(isNew("credentials") ? "" : CREDENTIALS),
    };
    const { config, credentials } = this.#texts;
    if (state === "damaged") {
      credentials.lines = [...credentials.lines];
      credentials.lines[2] = "aws_secret_access_key = ••••7f3a1c2••••";
    }
    if (state === "restored") {
      credentials.lines = [...credentials.lines];
      credentials.lines[2] = "aws_secret_access_key = ••••unknown••••";
      credentials.restored = Math.floor(Date.now() / 1000) - 240;
    }
    if (state === "overlaps") config.lines = config.lines.map((line) => line.replace("us-east-2", "eu-south-1"));
    if (["apart", "overlap", "overlaps", "gone"].includes(state)) {
      config.lines = config.lines.map((line) => (line.endsWith("acme-deev") ? "source_profile = acme-dev" : line));
      config.lines[58] = "duration_seconds = 7200";
    }
    if (state !== "") this.move(state);
  }

  /** What is told to whoever begins to listen. */
  restored(): Draft[] {
    return this.#texts.credentials.restored === undefined ? [] : [this.#draft("credentials")];
  }

  /** Another program changes config. */
  move(state: string): void {
    const config = this.#texts.config;
    const added = [
      "",
      "[profile acme-audit]",
      "sso_session = acme",
      "sso_account_id = 772011884023",
      "sso_role_name = Audit",
    ];
    const moves: Record<string, [Moved, (disk: string[]) => string[]]> = {
      apart: [
        { is: "apart", what: "Another program added 6 lines below yours." },
        (disk) => [...disk.slice(0, -1), ...added, "region = eu-west-1", ""],
      ],
      overlap: [
        { is: "overlap", line: 58, places: 1 },
        (disk) => disk.map((line) => (line.endsWith("acme-deev") ? "source_profile = acme-prod" : line)),
      ],
      overlaps: [
        { is: "overlap", line: 58, places: 2 },
        (disk) => disk.map((line) => line.replace("acme-deev", "acme-prod").replace("us-east-2", "us-west-2")),
      ],
      gone: [{ is: "gone" }, () => [""]],
    };
    const move = moves[state];
    if (move === undefined) return;
    config.moved = move[0];
    config.disk = move[1](config.disk);
    config.version += 1;
    this.#tell(this.#draft("config"));
  }

  async open(file: FileKind): Promise<Draft> {
    return Promise.resolve(this.#draft(file));
  }

  async edit(file: FileKind, version: number, changes: readonly TextChange[]): Promise<number> {
    const text = this.#texts[file];
    if (version !== text.version)
      throw failure({
        ...{ code: "bug", cause: "draft.outOfStep", message: "The editor and the draft are out of step." },
        hint: "The text is shown anew.",
      });
    for (const change of changes) text.lines = applied(text.lines, change);
    text.version += 1;
    return Promise.resolve(text.version);
  }

  async diagnose(file: FileKind, known?: string): Promise<Diagnosis> {
    const { outline, ...found } = this.#diagnosis(file);
    const same = { ...outline, keptFirst: outline.sections.length, sections: [] };
    return Promise.resolve({ ...found, outline: outline.id === known ? same : outline });
  }

  async save(file: FileKind): Promise<SaveOutcome> {
    const text = this.#texts[file];
    if (text.moved?.is === "overlap") return Promise.resolve({ is: "conflict", draft: this.#draft(file) });
    const lines = differing(text.disk, text.lines);
    text.before = text.disk;
    text.disk = text.base = text.lines;
    this.#change(file, { moved: undefined, restored: undefined });
    return Promise.resolve({ is: "saved", draft: this.#draft(file), lines });
  }

  /** The last save is taken back. */
  takeBack(file: FileKind): void {
    const { before = [], disk } = this.#texts[file];
    this.#change(file, { disk: before, base: before, lines: before, before: disk });
    this.#tell(this.#draft(file));
  }

  async discard(file: FileKind): Promise<Draft> {
    const { disk } = this.#texts[file];
    this.#change(file, { lines: disk, base: disk, moved: undefined, restored: undefined });
    return Promise.resolve(this.#draft(file));
  }

  async resolve(file: FileKind, resolution: Resolution): Promise<Draft> {
    const { disk, lines } = this.#texts[file];
    const ways: Record<Resolution, string[]> = {
      loadTheirs: disk,
      keepMine: lines,
      keepBoth: [...lines.slice(0, -1), ...disk.slice(lines.length - 1)],
    };
    this.#change(file, { lines: ways[resolution], base: disk, moved: undefined });
    return Promise.resolve(this.#draft(file));
  }

  async compare(file: FileKind): Promise<Comparison> {
    const { disk, lines } = this.#texts[file];
    const places = this.#places(file);
    return Promise.resolve({ theirs: this.#shown(file, disk), mine: this.#shown(file, lines), places });
  }

  async settlePlace(file: FileKind, version: number, place: number, side: PlaceSide): Promise<Draft> {
    const text = this.#texts[file];
    const at = this.#places(file)[place];
    if (version !== text.version || at === undefined) return Promise.resolve(this.#draft(file));
    const settle = (lines: readonly string[]) =>
      lines.map(
        (line, index) =>
          (index >= at.myLine - 1 && index < at.myLine - 1 + at.myLines ? text.disk[index] : line) ?? line,
      );
    this.#change(file, { base: settle(text.base), lines: side === "theirs" ? settle(text.lines) : text.lines });
    const left = this.#places(file);
    const line = left[0]?.myLine ?? 0;
    text.moved = left.length === 0 ? undefined : { is: "overlap", line, places: left.length };
    return Promise.resolve(this.#draft(file));
  }

  /** Of a file whose lines were changed in place, and only so: the lines of mine that stand together, where theirs differ too. */
  #places(file: FileKind): ComparedPlace[] {
    const { disk, base, lines, moved } = this.#texts[file];
    if (moved?.is !== "overlap" || disk.length !== lines.length) return [];
    const places: ComparedPlace[] = [];
    for (let at = 0; at < lines.length; at += 1) {
      const start = at;
      while (at < lines.length && lines[at] !== base[at]) at += 1;
      const both = disk.slice(start, at).some((line, index) => line !== base[start + index]);
      if (both) places.push({ myLine: start + 1, myLines: at - start, theirLine: start + 1, theirLines: at - start });
    }
    return places;
  }

  async showSecrets(file: FileKind, showsSecrets: boolean): Promise<Draft> {
    this.#change(file, { showsSecrets });
    return Promise.resolve(this.#draft(file));
  }

  #change(file: FileKind, to: Partial<Text>): void {
    Object.assign(this.#texts[file], to);
    this.#texts[file].version += 1;
  }

  #shown(file: FileKind, lines: readonly string[]): string {
    const text = lines.join("\n");
    return this.#texts[file].showsSecrets ? text.replaceAll(/••••\w+••••/g, SECRET) : text;
  }

  #draft(file: FileKind): Draft {
    const { lines, version, showsSecrets, moved, restored } = this.#texts[file];
    return {
      ...{ file, path: `~/.aws/${file}`, version, showsSecrets, moved, restored, new: this.#isNew(file) },
      text: this.#shown(file, lines),
      readOnly:
        this.#state === "readonly"
          ? {
              ...{ code: "unwritable", cause: "file.readOnly", message: "You can’t write this file (owner: root)." },
              hint: `Run: sudo chown $USER ~/.aws/${file}`,
            }
          : undefined,
      diagnosis: this.#diagnosis(file),
    };
  }

  #diagnosis(file: FileKind): Diagnosis {
    const text = this.#texts[file];
    if (text.diagnosis?.version === text.version) return text.diagnosis;
    const sections: OutlineEntry[] = [];
    const names = new Set<string>();
    text.lines.forEach((line, at) => {
      const [, inside] = /^\[([^\]]*)\]/.exec(line) ?? [];
      if (inside === undefined) return;
      const [, kind, rest] = /^(\S+) (.*)$/.exec(inside) ?? [];
      if (kind === "sso-session") sections.push({ name: inside, kind: "portal", line: at + 1 });
      else if (kind === "services") sections.push({ name: inside, kind: "services", line: at + 1 });
      else {
        const name = rest ?? inside;
        names.add(name);
        sections.push({ name, kind: "profile", line: at + 1, status: statuses[name] ?? "connected" });
      }
    });
    for (const { name } of this.#texts[file === "config" ? "credentials" : "config"].diagnosis?.outline.sections ?? [])
      names.add(name);
    const markers = text.lines.flatMap((line, at) => markersOf(file, line, at + 1, names));
    for (const marker of markers) {
      const entry = sections.findLast((entry) => entry.line <= marker.startLine);
      if (entry?.status !== undefined) entry.status = marker.severity === "error" ? "broken" : "warning";
    }
    const damaged = text.lines.flatMap((line, at) => (/•/.test(line) && !/••••\w{8}••••/.test(line) ? [at + 1] : []));
    const unsavedLines = differing(text.base, text.lines);
    const outline = { id: JSON.stringify(sections), keptFirst: 0, sections, keptLast: 0 };
    text.diagnosis = { version: text.version, markers, outline, unsavedLines, damaged };
    return text.diagnosis;
  }
}

function markersOf(file: FileKind, line: string, number: number, names: ReadonlySet<string>): Marker[] {
  const on = (part: string, rest: Omit<Marker, "startLine" | "startColumn" | "endLine" | "endColumn">): Marker => {
    const column = line.lastIndexOf(part) + 1;
    return { ...rest, startLine: number, startColumn: column, endLine: number, endColumn: column + part.length };
  };
  const change = (part: string, text: string): TextChange => {
    const startColumn = line.lastIndexOf(part) + 1;
    return { startLine: number, startColumn, endLine: number, endColumn: startColumn + part.length, text };
  };
  const source = /^source_profile = (\S+)/.exec(line)?.[1];
  if (file === "config" && source !== undefined && !names.has(source) && !source.startsWith("commandeer")) {
    const near = source.startsWith("acme-de") ? "acme-dev" : "acme";
    return [
      on(source, {
        ...{ rule: "chain.missing_source", severity: "error" },
        message: `There is no profile called “${source}”.`,
        why: "A role can’t be assumed until the profile that it starts from exists.",
        fixes: [{ title: `Change to ${near}`, safety: "choice", changes: [change(source, near)] }],
      }),
    ];
  }
  if (line === "output = jsn")
    return [
      on("jsn", {
        ...{ rule: "value.unknown", severity: "warning", message: "“jsn” is not an output format." },
        why: "The AWS CLI stops with an error when it prints.",
        fixes: [{ title: "Change to json", safety: "safe", changes: [change("jsn", "json")] }],
      }),
    ];
  if (line !== "" && !/^[[#;\s]/.test(line) && !line.includes("="))
    return [
      on(line, {
        ...{
          rule: "line.unreadable",
          severity: "error",
          message: `Line ${number} of ${file} is neither a section nor a setting.`,
        },
        why: "The AWS CLI refuses the whole file.",
        fixes: [{ title: "Make it a comment", safety: "choice", changes: [change(line, `# ${line}`)] }],
      }),
    ];
  return [];
}

function applied(lines: readonly string[], { startLine, startColumn, endLine, endColumn, text }: TextChange): string[] {
  const before = (lines[startLine - 1] ?? "").slice(0, startColumn - 1);
  const after = (lines[endLine - 1] ?? "").slice(endColumn - 1);
  return [...lines.slice(0, startLine - 1), ...`${before}${text}${after}`.split("\n"), ...lines.slice(endLine)];
}

/** How many lines are not the same, between the ends that are. */
function differing(one: readonly string[], other: readonly string[]): number {
  if (one === other) return 0;
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return Math.max(one.length, other.length) - start - end;
}
