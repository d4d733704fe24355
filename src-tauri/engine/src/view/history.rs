//! History, as the shells show it: what was kept, and how.

use serde::{Deserialize, Serialize};

use super::change::FileChange;
use super::overview::FileKind;

/// How History keeps text. A person chooses where the system has no keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum HistoryChoice {
    /// Encrypted; the key is in the system's keyring.
    Keyring,
    /// Encrypted; a passphrase opens the key, once for each start.
    Passphrase,
    /// The text with its secrets masked; nothing is encrypted.
    WithoutSecrets,
    /// Nothing is kept, and nothing can be undone.
    None,
}

/// The change that Undo would take back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Undo {
    /// Such as `Set region of acme-dev`.
    pub what: String,
    /// When it was made.
    pub at: i64,
}

/// A version of `rolecall history list --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptVersion {
    /// Its number; newer ones are higher.
    pub id: u64,
    /// When it was seen, RFC 3339 UTC.
    pub at: String,
    /// Which file.
    pub file: FileKind,
    /// Where that lay.
    pub path: String,
    /// Bytes.
    pub size: usize,
    /// What Rolecall did; null for another program.
    pub by_rolecall: Option<String>,
    /// The version before.
    pub before: Option<u64>,
    /// Its secrets were masked when it was kept.
    pub without_secrets: bool,
}

/// `rolecall history show ID --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionDocument {
    /// What is known of it.
    pub version: KeptVersion,
    /// What it changed.
    pub changes: Vec<FileChange>,
}

/// `rolecall history list --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryDocument {
    /// The newest first.
    pub versions: Vec<KeptVersion>,
    /// How many more there are whose notes can't be read.
    pub damaged: usize,
    /// How text is kept; null until the first version.
    pub kept: Option<HistoryChoice>,
}
