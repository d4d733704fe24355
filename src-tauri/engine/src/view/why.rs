//! Why: which keys each SDK would use with a profile. `rolecall why --json` (`docs/cli.md`) is what the window draws.

use serde::Serialize;

use super::Place;

/// A step of an SDK.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct WhyStep {
    /// The profile that is looked at.
    pub profile: String,
    /// What the SDK does and why: a sentence.
    pub what: String,
    /// The line that decides.
    pub at: Option<Place>,
    /// The profile or header under which that line stands, where it is not this profile's: the SDK takes it from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub stands_in: Option<String>,
}

/// Where the first keys come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct BaseOfWhy {
    /// `staticKeys webIdentity sso process login credentialSource none`; none: it asks container and machine.
    pub is: &'static str,
    /// The profile that says so.
    pub profile: Option<String>,
    /// `Environment`, `EcsContainer` or `Ec2InstanceMetadata`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub credential_source: Option<String>,
}

/// A role that is assumed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct RoleOfWhy {
    /// The profile that names it.
    pub profile: String,
    /// The role.
    pub role_arn: String,
}

/// Where a reader looks by the environment's variables, and the profile that it takes unasked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LooksAt {
    /// Its config; null where it reads none.
    pub config: Option<String>,
    /// Its credentials; null where it reads none.
    pub credentials: Option<String>,
    /// The profile.
    pub profile: String,
}

/// Which keys one SDK would use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct WhySdk {
    /// The engine's name.
    pub engine: &'static str,
    /// Who reads with it: `AWS CLI, boto3`.
    pub used_by: &'static str,
    /// Where it would look by itself; Rolecall answers for the files that it has open.
    pub looks_at: Option<LooksAt>,
    /// What it looks at, in order.
    pub steps: Vec<WhyStep>,
    /// Where the first keys come from, in a few words: `keys of acme`; null where it fails.
    pub ends: Option<String>,
    /// The same for programs.
    pub base: Option<BaseOfWhy>,
    /// The roles that are assumed with them, in the order of the calls.
    pub roles: Vec<RoleOfWhy>,
    /// The SDK's error, in its own words; null where it finds keys.
    pub error: Option<String>,
    /// The line that is to blame for the error.
    pub at: Option<Place>,
}

/// Which keys each SDK would use with a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct WhyDocument {
    /// The profile.
    pub profile: String,
    /// By themselves not all of them would look at the same files and the same profile.
    pub looks_apart: bool,
    /// Each SDK.
    pub sdks: Vec<WhySdk>,
}
