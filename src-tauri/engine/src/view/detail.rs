//! One profile in full, fetched when a person opens it.

use serde::Serialize;

use super::chain::ChainView;
use super::connections::{AssumedSession, Identity};
use super::listing::{Source, Status};
use super::problem::{Place, ProblemView, ProfileRef};

/// A value as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Shown {
    /// As it stands in the file; bytes that are not text as `\xE9`.
    Text {
        /// The value. Several lines where the value has them.
        text: String,
    },
    /// A secret. Its length is not told.
    Hidden,
}

/// What a value points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// The row to open.
    pub id: u32,
}

/// A property of the profile, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Value {
    /// The key, lower case, such as `aws_access_key_id`; nested ones as `s3.max_concurrent_requests`.
    pub key: String,
    /// The value.
    pub shown: Shown,
    /// Where it is written.
    pub place: Place,
    /// Stands in the portal's section, not in the profile's own: the session's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub through: Option<String>,
    /// Where the same key stands again and loses.
    pub hides: Vec<Place>,
    /// The profile that the value names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub link: Option<Link>,
}

/// Does it work right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum SessionState {
    /// It has time left.
    Live,
    /// Its end has passed.
    Ended,
    /// Nobody is signed in.
    SignedOut,
    /// There is a sign-in file, and it can't be read.
    Unreadable,
    /// There are keys of a session, and nothing says when they end.
    Unknown,
}

/// Where the end of a session is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum SessionOrigin {
    /// A file of `~/.aws/sso/cache`.
    SsoCache,
    /// A property of the profile, such as `aws_expiration`.
    Property,
}

/// The session that the profile hangs from: its own, or that of the portal its chain starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Does it work right now.
    pub state: SessionState,
    /// When it ends or ended, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub ends_at: Option<i64>,
    /// Where the end is known from.
    pub origin: SessionOrigin,
    /// The file or property, for reading.
    pub from: String,
    /// The portal, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub portal: Option<String>,
    /// The profile that has the session, where it is another one that this one starts from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub of: Option<ProfileRef>,
}

/// Something worth knowing that is no problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Advice {
    /// Such as `Long-lived key`.
    pub title: String,
    /// Why it matters and what to do.
    pub text: String,
}

/// Whether a press can get keys for the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Assumable {
    /// It is no role; there is nothing to assume.
    NoRole,
    /// It is a role, and AWS can be asked.
    Yes {
        /// A hop asks for an MFA code.
        mfa: bool,
    },
    /// It is a role, and something is in the way.
    No {
        /// What, and what to do, as sentences.
        why: String,
    },
}

/// A profile in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// The snapshot it was made from.
    pub revision: u32,
    /// The row's id.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Is it set up right.
    pub status: Status,
    /// Why the status is what it is, as a sentence.
    pub reason: String,
    /// Where its keys would come from.
    pub source: Source,
    /// The role's name, without path and ARN, or the permission-set role.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub role: Option<String>,
    /// Twelve digits, where known from the files.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub account_id: Option<String>,
    /// The person pinned it to the top.
    pub pinned: bool,
    /// Where its sections begin.
    pub sections: Vec<Place>,
    /// The session it hangs from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub session: Option<Session>,
    /// Its properties, the well-known ones first, at most 500.
    pub values: Vec<Value>,
    /// How many there are.
    pub value_count: u32,
    /// How it gets its keys.
    pub chain: ChainView,
    /// Problems about it, worst first.
    pub problems: Vec<ProblemView>,
    /// Worth knowing.
    pub advice: Vec<Advice>,
    /// The first profiles that start from this one.
    pub used_by: Vec<ProfileRef>,
    /// How many start from this one.
    pub used_by_count: u32,
    /// Whether a press can assume it.
    pub assume: Assumable,
    /// Its assumed sessions, one for each endpoint; the newest first.
    pub assumed: Vec<AssumedSession>,
    /// Who AWS said one is with its keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub verified: Option<Identity>,
    /// AWS can be asked who one is.
    pub can_verify: bool,
}

/// A secret, shown because the person asked for this one.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Revealed {
    /// The value.
    pub text: String,
    /// Names this showing; the window hides it when the engine says that it ended.
    pub ticket: u32,
}
