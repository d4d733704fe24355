//! The JSON documents of `rolecall read --as`, `compat` and `why`: what each reader makes of the files (`docs/cli.md`).
//! The window does not use them yet.

use std::collections::BTreeMap;

use serde::Serialize;

use super::overview::FileKind;

/// Sections by name.
pub type ReadSections = BTreeMap<String, BTreeMap<String, ReadValue>>;
/// The keys of a block.
pub type ReadBlock = BTreeMap<String, String>;

/// A value as a reader has it; a secret that was not asked for as bullets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ReadValue {
    /// Text.
    Text(String),
    /// A block of its own below the key.
    Block(ReadBlock),
}

/// `rolecall read --as ENGINE --json`: both files as the engine holds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EngineDocument {
    /// The engine's name.
    pub engine: &'static str,
    /// It reads the files.
    pub ok: bool,
    /// The profiles.
    pub profiles: ReadSections,
    /// `[sso-session x]` as `x`.
    pub sso_sessions: ReadSections,
    /// `[services x]` as `x`.
    pub services: ReadSections,
    /// What it holds besides.
    pub other: ReadSections,
    /// Profiles that it refuses to use, and why.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub profile_errors: BTreeMap<String, String>,
    /// Files that it takes for empty without a word.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<SeenAs>,
    /// Why it reads nothing.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<SeenAs>,
}

/// A line of a file; the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LinePlace {
    /// Which file.
    pub file: FileKind,
    /// Which line.
    pub line: u32,
}

/// How a reader sees a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum SeenAs {
    /// As Rolecall lists it.
    Same,
    /// Some keys are others.
    Differs {
        /// Which.
        differences: Vec<DifferentKey>,
    },
    /// It knows no profile of this name.
    Absent,
    /// It refuses a file, or passes over it, or refuses to use the profile.
    #[serde(rename = "refuses")]
    Refused {
        /// Which file.
        file: FileKind,
        /// The line that it stumbles over, the first being 1.
        line: Option<u32>,
        /// Its own words.
        error: String,
    },
}

/// A key that a reader has otherwise; secrets as bullets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DifferentKey {
    /// In small letters; one of a block as `s3.max_queue_size`.
    pub key: String,
    /// What Rolecall lists.
    pub here: Option<String>,
    /// What the reader holds.
    pub there: Option<String>,
    /// The line of the one, or else of the other.
    pub at: Option<LinePlace>,
    /// The profile that the reader's line belongs to, where it is another one.
    pub of: Option<String>,
    /// What it holds changes from run to run.
    pub random: bool,
}

/// A reader and how it sees a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompatReader {
    /// The engine's name.
    pub engine: &'static str,
    /// How it sees it.
    #[serde(flatten)]
    pub seen: SeenAs,
}

/// A profile and who sees it how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompatProfile {
    /// Its name.
    pub name: String,
    /// Each reader.
    pub readers: Vec<CompatReader>,
}

/// `rolecall compat --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompatDocument {
    /// By name.
    pub profiles: Vec<CompatProfile>,
    /// Files that a reader refuses or passes over.
    pub refusals: Vec<CompatReader>,
}

/// A step of `rolecall why --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhyStep {
    /// The profile that is looked at.
    pub profile: String,
    /// What the SDK does and why: a sentence.
    pub what: String,
    /// The line that decides.
    pub at: Option<LinePlace>,
}

/// Where the first keys come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BaseOfWhy {
    /// `staticKeys webIdentity sso process login credentialSource none`; none: it asks container and machine.
    pub is: &'static str,
    /// The profile that says so.
    pub profile: Option<String>,
    /// `Environment`, `EcsContainer` or `Ec2InstanceMetadata`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_source: Option<String>,
}

/// A role that is assumed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleOfWhy {
    /// The profile that names it.
    pub profile: String,
    /// The role.
    pub role_arn: String,
}

/// Where a reader looks by the environment's variables, and the profile that it takes unasked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LooksAt {
    /// Its config; null where it reads none.
    pub config: Option<String>,
    /// Its credentials; null where it reads none.
    pub credentials: Option<String>,
    /// The profile.
    pub profile: String,
}

/// One SDK of `rolecall why --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WhySdk {
    /// The engine's name.
    pub engine: &'static str,
    /// Where it would look by itself; Rolecall answers for the files that it has open.
    pub looks_at: Option<LooksAt>,
    /// What it looks at, in order.
    pub steps: Vec<WhyStep>,
    /// Where the first keys come from; null where it fails.
    pub base: Option<BaseOfWhy>,
    /// The roles that are assumed with them, in the order of the calls.
    pub roles: Vec<RoleOfWhy>,
    /// The SDK's error, in its own words; null where it finds keys.
    pub error: Option<String>,
    /// The line that is to blame for the error.
    pub at: Option<LinePlace>,
}

/// `rolecall why NAME --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhyDocument {
    /// The profile.
    pub profile: String,
    /// Each SDK.
    pub sdks: Vec<WhySdk>,
}
