//! What a change does to the two files, as lines that go and come, masked: what a person sees before anything is
//! written, and of what was written before.

use serde::Serialize;

use super::overview::FileKind;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum LineMark {
    /// It stays.
    Kept,
    /// It goes.
    Removed,
    /// It comes.
    Added,
}

/// A line of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ChangeLine {
    /// What becomes of it.
    pub is: LineMark,
    /// Its text, secrets masked.
    pub text: String,
}

/// Lines that stand together, some of which change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ChangeHunk {
    /// Where they stand afterwards; the first line of a file is 1.
    pub line: u32,
    /// In the order of reading.
    pub lines: Vec<ChangeLine>,
}

/// What changes in one of the two files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct FileChange {
    /// Which file.
    pub file: FileKind,
    /// From its first line to its last.
    pub hunks: Vec<ChangeHunk>,
}

/// What a verb that writes came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum ChangeOutcome {
    /// It is on disk.
    Written,
    /// It was only shown, or there is nothing to change.
    Shown,
    /// Nobody could be asked, and it was not said that it may be written.
    ConsentNeeded,
    /// The person said no.
    Cancelled,
    /// Another program changed the same places; nothing was written.
    Conflict,
}

/// What a verb that writes prints with `--json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangeDocument {
    /// What became of it.
    pub outcome: ChangeOutcome,
    /// What changes, or would.
    pub changes: Vec<FileChange>,
}
