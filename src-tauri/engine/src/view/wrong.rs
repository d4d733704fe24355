//! What the world said no to, as both shells tell it.

use serde::Serialize;

/// Few codes, each made because somebody branches on it (`names.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum FailureCode {
    /// Something can't be read.
    Unreadable,
    /// Something can't be written.
    Unwritable,
    /// Nobody answers.
    Offline,
    /// AWS said no.
    Denied,
    /// Keys or a session have ended.
    Expired,
    /// The name is not there.
    NotFound,
    /// Rolecall does not do this.
    Unsupported,
    /// Ours. Shown with what to report.
    Bug,
}

/// One sentence of what happened, one of what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct FailureView {
    /// What to branch on.
    pub code: FailureCode,
    /// The finer reason, dotted, such as `file.notAFile`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub cause: Option<String>,
    /// What happened, to what.
    pub message: String,
    /// What to do.
    pub hint: String,
}
