// Why, of cardboard: JavaScript and Go take the keys of a portal's profile, and a broken profile is an error for Java.

import { READERS } from "./fake-readers";
import type { FakeProfile } from "./fake-home";
import type { WhyDocument } from "./generated/WhyDocument";
import type { WhySdk } from "./generated/WhySdk";

const step = (profile: string, what: string, line: number) => ({
  profile,
  what,
  at: { file: "config" as const, line },
});

const KEYS = "It has a key pair, from either file or one half from each: that is used, before anything else.";
const PORTAL = "sso_account_id is set: the portal is asked, before keys of the profile are looked at.";

function sdk(engine: string, usedBy: string, profile: FakeProfile): WhySdk {
  const all = { engine, usedBy, looksAt: null, roles: [], error: null, at: null };
  if (engine === "java" && profile.status === "broken")
    return {
      ...all,
      ...{ steps: [], ends: null, base: null, error: "Expected an '=' sign defining a property" },
      at: { file: "credentials", line: 91 },
    };
  const { name, role } = profile;
  const from = profile.source === "assumeRole" ? (profile.from ?? name) : name;
  const isRole = from !== name;
  const takesKeys = !["sso", "assumeRole"].includes(profile.source) || engine === "js" || engine === "go";
  const arn = `arn:aws:iam::123456789012:role/${role ?? name}`;
  return {
    ...all,
    steps: [
      ...(isRole ? [step(name, `source_profile says that the keys for it come from ${from}.`, 71)] : []),
      takesKeys ? step(from, KEYS, 12) : step(from, PORTAL, 18),
    ],
    ends: takesKeys ? `keys of ${from}` : `the portal of ${from}`,
    base: { is: takesKeys ? "staticKeys" : "sso", profile: from },
    roles: isRole ? [{ profile: name, roleArn: arn }] : [],
  };
}

export const whyOf = (profile: FakeProfile): WhyDocument => ({
  profile: profile.name,
  looksApart: false,
  sdks: READERS.filter(([engine]) => engine !== "rust-ini").map(([engine, usedBy]) => sdk(engine, usedBy, profile)),
});
