//! Accounts, the one in use, assumed sessions, and tokens that changed outside. Key IDs travel with their middle left
//! out (`ASIA…9TLW`); secrets and tokens don't travel.

use serde::{Deserialize, Serialize};

use super::listing::Status;
use super::problem::{Place, ProfileRef};
use super::wrong::FailureView;

/// Who AWS says one is (`sts:GetCallerIdentity`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// The whole ARN.
    pub arn: String,
    /// Without the account, such as `assumed-role/lambda-role/rolecall-jo`.
    pub name: String,
    /// Twelve digits.
    pub account_id: String,
    /// When AWS said so, in seconds since 1970.
    pub checked_at: i64,
}

/// A role that was assumed and still works, or worked until a moment ago. Its keys are in memory only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct AssumedSession {
    /// The role profile.
    pub profile: ProfileRef,
    /// Who one is with it.
    pub identity: Identity,
    /// The new key ID, its middle left out.
    pub key_id: String,
    /// When it was assumed, in seconds since 1970.
    pub started_at: i64,
    /// When it ends or ended, in seconds since 1970.
    pub ends_at: i64,
    /// The region that exports name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub region: Option<String>,
    /// The endpoint that it came from, where that is not AWS's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub endpoint: Option<String>,
    /// It was assumed with a token that a newer one has replaced.
    pub outdated: bool,
}

/// What asking for a role came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum AssumeOutcome {
    /// It works.
    Assumed {
        /// The session.
        session: AssumedSession,
    },
    /// A code is wanted first. Ask again with it.
    MfaNeeded {
        /// The profile whose `mfa_serial` asks.
        profile: String,
        /// The device as the file has it: an ARN or a serial number.
        serial: String,
        /// Its name, such as `jo`.
        device: String,
    },
    /// The person gave up, here or there.
    Cancelled,
}

/// The shells that exports are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Shell {
    /// bash
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
    /// cmd
    Cmd,
    /// nushell
    Nushell,
}

/// What kind of account it is; never guessed silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Label {
    /// Development.
    Dev,
    /// Staging.
    Staging,
    /// Production.
    Production,
}

/// Where an account's calls go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase", deny_unknown_fields)]
pub enum Endpoint {
    /// Where the profile says; AWS if it says nothing.
    #[default]
    Aws,
    /// LocalStack, `http://localhost:4566`.
    LocalStack,
    /// Another address.
    Other {
        /// Its URL.
        url: String,
    },
}

impl Endpoint {
    /// `localstack`, `aws` or nothing, else a URL: as `accounts.toml` and the command have it.
    pub fn named(text: &str) -> Self {
        match text {
            "" | "aws" => Self::Aws,
            "localstack" => Self::LocalStack,
            url => Self::Other { url: url.into() },
        }
    }

    /// The same as text; none for AWS.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Aws => None,
            Self::LocalStack => Some("localstack"),
            Self::Other { url } => Some(url),
        }
    }
}

/// LocalStack's own default (LocalStack documentation, "Configuration").
const LOCALSTACK: &str = "http://localhost:4566";

impl Endpoint {
    /// The address, where it is not for the profile to say.
    pub(crate) fn url(&self) -> Option<String> {
        match self {
            Self::Aws => None,
            Self::LocalStack => Some(LOCALSTACK.to_owned()),
            Self::Other { url } => Some(url.clone()),
        }
    }
}

/// An account as the form has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountForm {
    /// Its name; each only once.
    pub name: String,
    /// The profile that gives its keys.
    pub profile: String,
    /// The role profile that it works with, if not the base keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub role: Option<String>,
    /// The region, if not the profile's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub region: Option<String>,
    /// Where its calls go.
    #[serde(default)]
    pub endpoint: Endpoint,
    /// What kind of account it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub label: Option<Label>,
}

/// A role that an account can work with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct RoleChoice {
    /// The role profile.
    pub profile: ProfileRef,
    /// The role's name, such as `lambda-role`.
    pub role: String,
    /// The account it is in, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub account_id: Option<String>,
    /// It asks for a code.
    pub mfa: bool,
    /// When its session ends, if it is assumed now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub ends_at: Option<i64>,
}

/// What a profile fills into the account form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ProfileChoice {
    /// The profile.
    pub profile: ProfileRef,
    /// Is it set up right.
    pub status: Status,
    /// Its key ID with the middle left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub key_id: Option<String>,
    /// Where the keys stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub keys_at: Option<Place>,
    /// Where keys come from when they stand in no file, such as `acme portal`.
    pub keys_from: String,
    /// Its region.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub region: Option<String>,
    /// The roles that start from it, none chosen.
    pub roles: Vec<RoleChoice>,
    /// A name for the account, made from the profile's.
    pub name: String,
    /// What the name suggests; offered, never chosen silently.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub label: Option<Label>,
    /// Where the profile itself sends calls, when not to AWS.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub endpoint: Option<String>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Stays the same for an account as long as Rolecall is open.
    pub id: u32,
    /// What the person chose.
    pub form: AccountForm,
    /// Its profile's row; absent when the profile is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub profile_id: Option<u32>,
    /// Does it work, in one word.
    pub status: Status,
    /// Why, as a sentence.
    pub reason: String,
    /// The region in force, its own or the profile's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub region: Option<String>,
    /// The address in force, when it is not AWS's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub endpoint: Option<String>,
    /// The base key ID with the middle left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub key_id: Option<String>,
    /// Twelve digits, as AWS said or as the role's ARN has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub account_id: Option<String>,
    /// What AWS said last for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub verified: Option<Identity>,
    /// The roles that it can work with.
    pub roles: Vec<RoleChoice>,
    /// A newer token is in the files, and the person said “Not now”.
    pub unswitched: bool,
}

/// The account that the top of the window names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct InUse {
    /// The account.
    pub account: u32,
    /// The role profile in use; absent for the base keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub role: Option<ProfileRef>,
    /// The region in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub region: Option<String>,
    /// When what is in use ends, in seconds since 1970; absent for keys that never end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub ends_at: Option<i64>,
    /// Since when it is in use; with `ends_at` the length of the ring.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub started_at: Option<i64>,
}

/// Whose token changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum TokenOf {
    /// A profile with a session token in a file.
    Profile,
    /// A portal, with its token in `sso/cache`.
    Portal,
}

/// One token that another program renewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ChangedToken {
    /// Whose it is.
    pub of: TokenOf,
    /// The profile's or the portal's name.
    pub name: String,
    /// The key until now, its middle left out; absent for portals and when it is no longer known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub old_key: Option<String>,
    /// The new key.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub new_key: Option<String>,
    /// When the old one ends or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub old_ends_at: Option<i64>,
    /// When the new one ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub new_ends_at: Option<i64>,
    /// The new end is an estimate: no tool wrote one.
    pub about: bool,
}

/// The question “Session Token Changed”: all that changed together, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct TokenChange {
    /// Names this question in the answer.
    pub ticket: u32,
    /// By name, at most 100.
    pub tokens: Vec<ChangedToken>,
    /// How many there are.
    pub token_count: u32,
    /// The accounts that would switch, by name.
    pub accounts: Vec<String>,
    /// How many assumed sessions would be renewed when next used.
    pub sessions: u32,
}

/// Accounts and what works now. Part of every update.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Connections {
    /// By name.
    pub accounts: Vec<Account>,
    /// The file that keeps them can't be read; those known before are shown, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub failure: Option<FailureView>,
    /// The one that the top of the window names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub in_use: Option<InUse>,
    /// Assumed roles, the newest first.
    pub sessions: Vec<AssumedSession>,
    /// The question that waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub token_change: Option<TokenChange>,
    /// What was answered with “Not now” and is still in the files: a Yes to its ticket switches to it after all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub declined_tokens: Option<TokenChange>,
    /// The shell in use, as far as the environment says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub shell: Option<Shell>,
}
