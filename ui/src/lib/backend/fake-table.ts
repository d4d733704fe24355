// The profiles of the cardboard engine and what follows from one of them: its hops, its chain, its session, its values.

import { type FakeProfile } from "./fake-home";
import type { ChainView } from "./generated/ChainView";
import type { Detail } from "./generated/Detail";
import type { FailureView } from "./generated/FailureView";
import type { FileKind } from "./generated/FileKind";
import type { Node } from "./generated/Node";
import type { Value } from "./generated/Value";

export const assumes = (profile: FakeProfile): boolean =>
  profile.source === "assumeRole" || profile.source === "credentialSource";

/** A rejected promise carries the failure itself, as across the real door. */
export const failure = (view: FailureView): Error => Object.assign(new Error(view.message), view);

export class FakeTable {
  profiles: readonly FakeProfile[];
  readonly #ids: ReadonlyMap<string, number>;
  // Half a minute more, so that "5 h 12 min" is still true when somebody looks.
  readonly now = Math.floor(Date.now() / 1000) + 30;

  constructor(profiles: readonly FakeProfile[]) {
    this.profiles = profiles;
    this.#ids = new Map(profiles.map((profile, at) => [profile.name, at + 1]));
  }

  id(name: string): number {
    return this.#ids.get(name) ?? -1;
  }

  find(id: number): FakeProfile {
    const profile = this.profiles.find((profile) => this.id(profile.name) === id);
    if (profile === undefined)
      throw failure({ code: "notFound", message: "This profile is gone.", hint: "Choose another one." });
    return profile;
  }

  /** From the profile with the keys to this one. */
  hops(profile: FakeProfile): FakeProfile[] {
    const hops = [profile];
    for (let at: FakeProfile | undefined = profile; at !== undefined && at.source === "assumeRole";) {
      const from: FakeProfile | undefined = this.profiles.find((other) => other.name === at?.from);
      if (from === undefined || hops.includes(from)) break;
      hops.unshift(from);
      at = from;
    }
    return hops;
  }

  way(profile: FakeProfile): string {
    if (profile.why === "source missing") return `source profile “${profile.from}” is missing`;
    const names = this.hops(profile).map((hop) => hop.name);
    if (profile.status === "broken") return `${names.join(" → ")} → ${names[0]} goes in a circle`;
    return [...names.slice(0, -1), profile.role].join(" → ");
  }

  chain(profile: FakeProfile, together: FakeProfile[]): ChainView {
    const own = this.hops(profile);
    const drawn = [...new Set([...together.flatMap((other) => this.hops(other)), ...own])];
    const isLoop = profile.why === "goes in a circle";
    const isMissing = profile.why === "source missing";
    const nodes: Node[] = drawn.map((hop) => ({
      ...{
        key: hop.name,
        kind: "profile",
        id: this.id(hop.name),
        name: hop.name,
        status: hop.status,
        source: hop.source,
      },
      ...{
        role: hop.source === "assumeRole" ? hop.role : undefined,
        accountId: hop.account,
        oneHour: this.hops(hop).length > 2,
      },
      keyId: hop.source === "staticKeys" ? hop.of : undefined,
      endsAt: hop.ends === undefined || hop.source === "assumeRole" ? undefined : this.now + hop.ends * 60,
      selected: hop === profile,
    }));
    if (isMissing)
      nodes.unshift({ key: "?", kind: "missing", name: profile.from ?? "", oneHour: false, selected: false });
    const edges = drawn
      .filter(
        (hop) => hop.source === "assumeRole" && (isLoop || isMissing || drawn.some((other) => other.name === hop.from)),
      )
      .map((hop) => ({
        ...{ from: isMissing ? "?" : (hop.from ?? ""), to: hop.name, mfa: hop.mfa ?? false },
        state:
          isLoop || isMissing ? ("broken" as const) : own.includes(hop) ? ("selected" as const) : ("plain" as const),
      }));
    const names = own.map((hop) => hop.name);
    const sentence = isLoop
      ? `${names.join(" → ")} → ${names[0]} goes in a circle.`
      : isMissing
        ? `${profile.name} starts from ${profile.from}, which no file has.`
        : names.length === 1
          ? `${profile.name} has its keys from itself.`
          : `${profile.name} gets its keys from ${names[0]}.`;
    const missing = isMissing ? [{ kind: "missing" as const, name: profile.from ?? "", text: "does not exist" }] : [];
    const steps = own.map((hop) => ({
      kind: "profile" as const,
      ...{ id: this.id(hop.name), name: hop.name, status: hop.status, place: { file: "config" as const, line: 51 } },
      text:
        hop.role === undefined
          ? (hop.of ?? "no keys")
          : `role/${hop.role}${this.hops(hop).length > 2 ? ", at most 1 hour because it is a role from a role" : ""}`,
    }));
    return {
      end: isLoop ? "loop" : isMissing ? "missing" : "complete",
      graph: { nodes, edges, sentence },
      steps: [...missing, ...steps],
      sentence,
    };
  }

  session(profile: FakeProfile): Detail["session"] {
    const base = this.hops(profile)[0] ?? profile;
    const isPortal = base.source === "sso";
    if (!isPortal && profile.source !== "sessionKeys") return undefined;
    return {
      state: profile.isSignedOut ? "signedOut" : (profile.ends ?? 0) > 0 ? "live" : "ended",
      endsAt: profile.ends === undefined ? undefined : this.now + profile.ends * 60,
      origin: isPortal ? "ssoCache" : "property",
      from: isPortal ? "sso/cache/d033e22ae348aeb5660fc2140aec35850c4da997.json" : "aws_expiration",
      portal: isPortal ? base.from : undefined,
      of: base === profile ? undefined : { id: this.id(base.name), name: base.name },
    };
  }

  values(profile: FakeProfile): Value[] {
    const values: Value[] = [];
    const add = (key: string, text: string | undefined, file: FileKind, rest: Partial<Value> = {}) => {
      if (text !== undefined)
        values.push({
          key,
          shown: { is: "text", text },
          place: { file, line: 51 + values.length },
          hides: [],
          ...rest,
        });
    };
    const hide = (key: string) =>
      values.push({
        key,
        shown: { is: "hidden" },
        place: { file: "credentials", line: 11 + values.length },
        hides: [],
      });
    if (profile.source === "staticKeys" || profile.source === "sessionKeys") {
      add("aws_access_key_id", profile.of?.replace("…", "4EXAMPLE"), "credentials");
      if (profile.why !== "no secret") hide("aws_secret_access_key");
      if (profile.source === "sessionKeys") hide("aws_session_token");
    }
    if (profile.source === "assumeRole") {
      add("role_arn", `arn:aws:iam::${profile.account}:role/${profile.role}`, "config");
      add(
        "source_profile",
        profile.from,
        "config",
        this.id(profile.from ?? "") > 0 ? { link: { id: this.id(profile.from ?? "") } } : {},
      );
      if (profile.mfa) add("mfa_serial", "arn:aws:iam::123456789012:mfa/jo", "config");
    }
    if (profile.source === "sso") {
      add("sso_session", profile.from, "config");
      add("sso_account_id", profile.account, "config");
      add("sso_role_name", profile.role, "config");
      add("sso_start_url", `https://${profile.from}.awsapps.com/start`, "config", { through: profile.from });
    }
    if (profile.source === "process")
      add("credential_process", "/usr/local/bin/vault-helper --profile vault-tool", "config");
    add(
      "region",
      profile.region,
      "config",
      profile.name === "default" ? { hides: [{ file: "credentials", line: 4 }] } : {},
    );
    if (profile.name === "default") {
      add("output", "json", "config");
      add("cli_pager", "less -S", "config");
      add("s3.max_concurrent_requests", "20", "config");
    }
    return values;
  }
}
