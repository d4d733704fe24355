//! The JSON documents of the `rolecall` command: its contract with scripts (`docs/cli.md`).
//! The window does not use them.

use serde::Serialize;

use super::chain::ChainEnd;
use super::connections::{AssumeOutcome, Label};
use super::listing::{Source, Status};
use super::overview::FileKind;
use super::problem::{Safety, Severity};
use super::wrong::FailureView;

/// A profile of `rolecall list --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedProfile {
    /// Its name.
    pub name: String,
    /// Where its keys would come from.
    pub source: Source,
    /// Is it set up right.
    pub status: Status,
    /// As the files have it.
    pub region: Option<String>,
    /// Twelve digits, where known from the files.
    pub account_id: Option<String>,
    /// As the files have it.
    pub role_arn: Option<String>,
    /// The files that it stands in.
    pub files: Vec<FileKind>,
    /// The rules with something to say about it.
    pub problems: Vec<String>,
}

/// `rolecall list --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListDocument {
    /// By name.
    pub profiles: Vec<ListedProfile>,
    /// How many problems of severity error or warning the files have.
    pub problems: u32,
    /// The first file that could not be read; the profiles are those of the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureView>,
    /// Each file that could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<FailureView>,
}

/// A key of `rolecall show --json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownValue {
    /// Lower case; nested ones as `s3.max_concurrent_requests`.
    pub key: String,
    /// The value; null for a secret that was not asked for.
    pub value: Option<String>,
    /// It is a secret.
    pub secret: bool,
    /// Where it is written.
    pub file: FileKind,
    /// The first line is 1.
    pub line: u32,
    /// The SDK families that read this key.
    pub read_by: Vec<&'static str>,
}

/// `rolecall show NAME --json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShowDocument {
    /// Its name.
    pub name: String,
    /// Where its keys would come from.
    pub source: Source,
    /// Is it set up right.
    pub status: Status,
    /// Why the status is what it is.
    pub reason: String,
    /// When the session it hangs from ends or ended, RFC 3339 UTC.
    pub ends_at: Option<String>,
    /// Every key.
    pub values: Vec<ShownValue>,
    /// The rules with something to say about it.
    pub problems: Vec<String>,
    /// The same as sentences, for reading.
    #[serde(skip)]
    pub sentences: Vec<String>,
}

/// A hop of `rolecall chain --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hop {
    /// The profile.
    pub profile: String,
    /// Where this hop's keys come from.
    pub via: Source,
    /// The role it assumes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
}

/// `rolecall chain NAME --json`: the profile first, the base last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChainDocument {
    /// From the profile to where the keys come from.
    pub hops: Vec<Hop>,
    /// Where it ends.
    pub end: ChainEnd,
    /// The name that no file has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
}

/// What could be done about a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckedFix {
    /// Such as `Change to acme-dev`.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
}

/// A problem of `rolecall check --json`. Columns count characters from 1; the end is behind the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckedProblem {
    /// `group.claim`.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// Which file.
    pub file: FileKind,
    /// The first line is 1.
    pub line: u32,
    /// The first character is 1.
    pub column: u32,
    /// The line it ends on.
    pub end_line: u32,
    /// Behind the last character.
    pub end_column: u32,
    /// What happened.
    pub message: String,
    /// What could be done.
    pub fixes: Vec<CheckedFix>,
}

/// `rolecall check --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckDocument {
    /// In the order of the files.
    pub problems: Vec<CheckedProblem>,
    /// The first file that could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureView>,
    /// Each file that could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<FailureView>,
}

/// An account of `rolecall accounts --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedAccount {
    /// Its name.
    pub name: String,
    /// The profile that gives its keys.
    pub profile: String,
    /// The role profile that it works with; null for the base keys.
    pub role: Option<String>,
    /// The region in force, its own or the profile's.
    pub region: Option<String>,
    /// The address in force; null for AWS's own.
    pub endpoint: Option<String>,
    /// What kind of account it is.
    pub label: Option<Label>,
    /// Does it work, in one word.
    pub status: Status,
    /// Why, as a sentence.
    pub reason: String,
    /// The base key ID with the middle left out.
    pub key_id: Option<String>,
    /// Twelve digits, where known.
    pub account_id: Option<String>,
    /// A newer token is in the files, and the person said “Not now” to it.
    pub unswitched: bool,
}

/// What is in use, of `rolecall accounts --json` and `rolecall use NAME --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UsedAccount {
    /// The account's name.
    pub account: String,
    /// The role profile; null for the base keys.
    pub role: Option<String>,
    /// The region in force.
    pub region: Option<String>,
}

/// `rolecall accounts --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountsDocument {
    /// By name.
    pub accounts: Vec<ListedAccount>,
    /// The one in use.
    pub in_use: Option<UsedAccount>,
    /// The file that keeps them, or the first of the two files that could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureView>,
    /// Each file that could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<FailureView>,
}

/// What any verb prints with `--json` when the world said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureDocument {
    /// What happened and what to do.
    pub failure: FailureView,
}

/// What any verb prints with `--json` when the answer needs the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeDocument {
    /// What is needed.
    pub outcome: AssumeOutcome,
}
