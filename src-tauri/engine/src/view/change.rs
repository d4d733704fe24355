//! What a change does to the two files, as lines that go and come, masked: what a person sees before anything is
//! written, and of what was written before.

use std::fmt;

use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};

use super::{overview::FileKind, portal::GenerateRequest};

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
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
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
    /// What is done besides, or would be, as sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub besides: Vec<String>,
}

/// Something that a person wants changed in the two files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(
    tag = "does",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum ChangeRequest {
    /// One property gets a value.
    Set {
        /// Whose.
        section: SectionName,
        /// In this file; else where it stands, or where it belongs.
        #[serde(default)]
        #[cfg_attr(test, ts(optional))]
        file: Option<FileKind>,
        /// Which.
        key: String,
        /// Its new value.
        value: GivenValue,
    },
    /// One property goes.
    Unset {
        /// Whose.
        section: SectionName,
        /// From this file; else from each in which it stands.
        #[serde(default)]
        #[cfg_attr(test, ts(optional))]
        file: Option<FileKind>,
        /// Which.
        key: String,
    },
    /// New sections, in one go: a profile, or a portal and a profile that signs in there.
    Add {
        /// They.
        sections: Vec<NewSection>,
    },
    /// A profile gets another name, and so does every line that names it.
    Rename {
        /// Its name.
        profile: String,
        /// Its new name.
        to: String,
    },
    /// A profile once more under another name.
    Duplicate {
        /// Its name.
        profile: String,
        /// The name of the copy.
        to: String,
    },
    /// A profile's properties go into the other file.
    Move {
        /// Its name.
        profile: String,
        /// There they stand then.
        to: FileKind,
    },
    /// A section goes.
    Remove {
        /// Which.
        section: SectionName,
    },
    /// One profile goes, and what the other lacks goes into that.
    Merge {
        /// The profile that goes.
        profile: String,
        /// The profile that stays.
        into: String,
    },
    /// What was pasted goes into the files.
    Import {
        /// Its ticket.
        ticket: u32,
        /// The profile that each of its offers goes into, in their order; an empty name leaves one out.
        names: Vec<String>,
    },
    /// Profiles for the roles that a portal gives.
    Generate {
        /// Which, under which names.
        #[serde(rename = "with")]
        wish: GenerateRequest,
    },
    /// A portal that stands in profiles gets a section of its own, and they name it.
    GiveSection {
        /// Its start URL exactly as the profiles have it.
        start_url: String,
        /// The section's name.
        name: String,
    },
    /// A fix of a problem.
    Fix {
        /// The problem's key.
        problem: String,
        /// Which of its fixes, from 0.
        fix: u32,
    },
    /// The first fix of each problem that has one.
    FixAll {
        /// Only those that change nothing of what any tool reads.
        safe: bool,
    },
}

/// A section that is not there yet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSection {
    /// What it is called.
    pub section: SectionName,
    /// Its properties, in this order; each goes into the file where it belongs.
    pub properties: Vec<NewProperty>,
}

/// A property of a new section.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewProperty {
    /// Which.
    pub key: String,
    /// Its value.
    pub value: GivenValue,
}

/// A section by what it is and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", content = "name", rename_all = "camelCase")]
pub enum SectionName {
    /// A profile, in both files.
    Profile(String),
    /// A portal.
    SsoSession(String),
}

/// A value as somebody gave it. It may be a secret, so it is never printed, and it does not go back.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "string"))]
#[serde(from = "String")]
pub struct GivenValue(Zeroizing<String>);

impl GivenValue {
    /// The text of it.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl From<String> for GivenValue {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl fmt::Debug for GivenValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GivenValue(••••)")
    }
}

/// What a request would do, before anything is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// What it is, such as `Set region of acme-dev`.
    pub what: String,
    /// Equal for equal changes. Whoever agrees names it, so that nothing else is written than what was shown.
    pub id: String,
    /// What becomes of the files; nothing where the files are as wanted already.
    pub changes: Vec<FileChange>,
    /// What is done besides, and is no line of a file, as sentences: permissions that are closed.
    pub besides: Vec<String>,
    /// Problems that there are then and were not before, as sentences.
    pub worse: Vec<String>,
}
