//! The lists: small rows that are sent once, and the order of their ids that answers each filter.

use serde::{Deserialize, Serialize};

/// Is it set up right, in one word (`experience.md`, status model). Worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// A tool that uses it will fail, or sign as somebody else.
    Broken,
    /// Works or may work, but look.
    Warning,
    /// Set up right; its session has ended.
    Ended,
    /// No problem, and nothing known about it yet.
    Unchecked,
    /// No problem, and an account uses it, or it feeds a profile that an account uses, or its portal is signed in.
    Connected,
}

/// Where the keys of a profile would come from (`CredentialSource` in core).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// An access key ID and a secret, no token.
    StaticKeys,
    /// Keys with a session token.
    SessionKeys,
    /// A portal: an `sso-session` section, or the older form with `sso_start_url`.
    Sso,
    /// A role, assumed with the keys of `source_profile`.
    AssumeRole,
    /// A role, assumed with a token file.
    WebIdentity,
    /// A program named by `credential_process`.
    Process,
    /// A console sign-in, `login_session`.
    Login,
    /// A role, assumed with keys of the environment, the instance or the container.
    CredentialSource,
    /// Nothing gives keys.
    None,
}

/// The right-hand column of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum SessionColumn {
    /// Ends, or ended, at a known time.
    Ends {
        /// Seconds since 1970.
        at: i64,
    },
    /// A long-lived key.
    NoEnd,
    /// A portal that nobody is signed in to.
    SignedOut,
    /// Nothing is known of an end.
    Unknown,
}

/// A profile as the list needs it; about a hundred bytes on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Stays the same for a name as long as Rolecall is open.
    pub id: u32,
    /// The profile's name, as the person wrote it.
    pub name: String,
    /// Is it set up right.
    pub status: Status,
    /// Where its keys would come from.
    pub source: Source,
    /// The word beside the name: the role, or the end of the key ID (`AKIA…7Q2M`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub of: Option<String>,
    /// In two or three words why the status is not better, such as `same keys`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub why: Option<String>,
    /// The session column.
    pub session: SessionColumn,
    /// The person pinned it to the top.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub pinned: bool,
}

/// How the window's row table becomes that of a newer revision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct RowChanges {
    /// These replace the rows of the same id, or are new. At the start: all.
    pub changed: Vec<Row>,
    /// These ids are gone.
    pub removed: Vec<u32>,
}

/// Which list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum View {
    /// Every profile.
    Profiles,
    /// Profiles that assume a role, grouped by where they start.
    AssumeRole,
}

/// The buttons above the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Segment {
    /// No limit.
    #[default]
    All,
    /// Status Broken or Warning.
    Attention,
    /// An account uses it, or it feeds a profile that an account uses.
    InUse,
}

/// What stands together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Grouping {
    /// By where the keys come from: user keys, each portal, each base profile.
    #[default]
    Source,
    /// By AWS account number.
    AwsAccount,
    /// One list.
    None,
}

/// What comes first within a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Sort {
    /// By name, digits by their value.
    #[default]
    Name,
    /// Worst status first.
    Status,
    /// The session that ends first comes first.
    TimeLeft,
    /// Last opened first.
    Recent,
}

/// One question to the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Query {
    /// Which list.
    pub view: View,
    /// What the person typed. Words must all match; `is:`, `source:`, `account:`, `role:`, `region:`, `file:` narrow.
    #[serde(default)]
    pub filter: String,
    /// The buttons.
    #[serde(default)]
    pub segment: Segment,
    /// What stands together.
    #[serde(default)]
    pub grouping: Grouping,
    /// What comes first.
    #[serde(default)]
    pub sort: Sort,
}

/// Why these rows stand together. The window has the words; `name` is what the words are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum GroupKind {
    /// Pinned by the person.
    Pinned,
    /// Keys that stand in a file and have no end.
    UserKeys,
    /// Keys with a session token.
    SessionKeys,
    /// All that hangs from the portal `name`.
    Portal,
    /// Roles that start from the profile `name`.
    StartsFrom,
    /// Roles that start from the environment, an instance or a container.
    CredentialSource,
    /// Token files.
    WebIdentity,
    /// Programs.
    Process,
    /// Console sign-ins.
    Login,
    /// Role profiles that lead nowhere: a loop, or a missing source.
    CantStart,
    /// Nothing gives keys.
    NoKeys,
    /// All of the AWS account number `name`.
    AwsAccount,
    /// The AWS account number is not known.
    NoAwsAccount,
    /// All, ungrouped.
    All,
}

/// Rows that stand together, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Why they do.
    pub kind: GroupKind,
    /// The portal, base profile or AWS account number that the kind is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub name: Option<String>,
    /// The rows.
    pub ids: Vec<u32>,
    /// In the Assume-role view, a second line for each row: `acme → acme-dev → Deploy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub lines: Option<Vec<String>>,
}

/// The answer to a [`Query`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    /// The snapshot it was made from.
    pub revision: u32,
    /// In display order.
    pub groups: Vec<Group>,
    /// How many rows are in the groups.
    pub shown: u32,
    /// How many rows the view has without filter and segment.
    pub of: u32,
    /// What the filter says that Rolecall does not know, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub hint: Option<String>,
}
