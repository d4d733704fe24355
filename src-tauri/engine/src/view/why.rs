//! `rolecall why`: which keys each SDK would use with a profile (`docs/cli.md`). The window does not use it yet.

use serde::Serialize;

use super::overview::FileKind;

/// A line of a file; the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LinePlace {
    /// Which file.
    pub file: FileKind,
    /// Which line.
    pub line: u32,
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
