// The engine's part in pasting, for design work and component tests: it knows a portal's block and a .csv file by their
// looks, and says what lines would come of them. What a text really means is the real engine's business.

import { failure } from "./fake-table";
import type { ChangeLine } from "./generated/ChangeLine";
import type { ChangeOutcome } from "./generated/ChangeOutcome";
import type { Pasted } from "./generated/Pasted";
import type { PasteOffer } from "./generated/PasteOffer";
import type { Proposal } from "./generated/Proposal";

/** Keys of this role went into this profile before. */
const KNOWN = { role: "Developer", name: "pasted-token" };
const TWELVE_HOURS = 12 * 3600;
const added = (text: string): ChangeLine => ({ is: "added", text });
const removed = (text: string): ChangeLine => ({ is: "removed", text });
const kept = (text: string): ChangeLine => ({ is: "kept", text });

export class FakePaste {
  readonly #isThere: (name: string) => boolean;
  #ticket = 0;
  /** What was written, by name. */
  readonly done: string[] = [];
  /** The next time the person agrees another program will have been quicker. */
  isMoved = false;

  constructor(isThere: (name: string) => boolean) {
    this.#isThere = isThere;
  }

  async look(text: string): Promise<Pasted> {
    const block = /\[(\d{12})_(\w+)\]/.exec(text);
    const offer = block === null ? this.#csv(text) : this.#block(block[1] ?? "", block[2] ?? "");
    const command = /^credential_process = .*/m.exec(text)?.[0];
    if (offer === undefined)
      throw failure({
        ...{ code: "unsupported", cause: "paste.notKeys", message: "That doesn't look like AWS keys." },
        hint: "Rolecall needs aws_access_key_id and aws_secret_access_key, as the access portal, IAM or a tool shows them.",
      });
    this.#ticket += 1;
    return Promise.resolve({
      ...{ ticket: this.#ticket, form: block === null ? "csv" : "portalBlock", offers: [{ ...offer, command }] },
      notes: text.includes("“") ? ["Typographic quotes were read as straight ones."] : [],
    });
  }

  async propose([name = ""]: readonly string[]): Promise<Proposal> {
    if (name.includes(" "))
      throw failure({
        ...{ code: "unsupported", cause: "profile.oddName", message: `“${name}” is no good name.` },
        hint: "Choose a name without spaces.",
      });
    const isThere = this.#isThere(name);
    const lines = [
      isThere ? kept(`[${name}]`) : added(`[${name}]`),
      ...(isThere
        ? [removed("aws_access_key_id = ASIAEXAMPLEEXAMPLE"), removed("aws_session_token = ••••old••••")]
        : []),
      added("aws_access_key_id = ASIAIOSFODNN7EXAMPLE"),
      added("aws_session_token = ••••x7fq2ak9••••"),
    ];
    return Promise.resolve({
      what: `${isThere ? "Update" : "Add"} ${name}`,
      id: name,
      changes: name === "" ? [] : [{ file: "credentials", hunks: [{ line: 41, lines }] }],
      besides: [],
      worse: [],
    });
  }

  async carryOut([name = ""]: readonly string[]): Promise<ChangeOutcome> {
    if (this.isMoved) {
      this.isMoved = false;
      return Promise.resolve({ is: "conflict" });
    }
    this.done.push(name);
    return Promise.resolve({ is: "written" });
  }

  #block(accountId: string, role: string): PasteOffer {
    const updates = role === KNOWN.role;
    return {
      ...{ name: updates ? KNOWN.name : `${accountId}_${role}`, updates, keyId: "ASIA…MPLE", accountId, role },
      keyIdNow: updates ? "ASIA…WXYZ" : undefined,
      endsAt: Math.floor(Date.now() / 1000) + TWELVE_HOURS,
    };
  }

  #csv(text: string): PasteOffer | undefined {
    if (!/^access key id,/i.test(text)) return undefined;
    return { name: "default-2", updates: false, keyId: "AKIA…MPLE" };
  }
}
