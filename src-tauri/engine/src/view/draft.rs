//! The file editor: what is typed lives in the engine as masked text; the page shows it and tells each change.
//! Lines and columns are Monaco's: both from 1, columns in UTF-16 units; the end is behind the last one. Bytes that are
//! not UTF-8 travel as one character each, `U+10FF00` plus the byte, which the page draws as `\xE9`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::listing::Status;
use super::overview::FileKind;
use super::problem::{Safety, Severity};
use super::wrong::FailureView;

/// Some text in the place of another: what a person typed, or what a fix does.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TextChange {
    /// From this line,
    pub start_line: u32,
    /// and this column,
    pub start_column: u32,
    /// up to this line,
    pub end_line: u32,
    /// and before this column,
    pub end_column: u32,
    /// this stands instead. Line breaks of any kind; the file's own are kept.
    pub text: String,
}

/// What can be done about a problem while typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct DraftFix {
    /// Such as `Change to acme-dev`.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// What it does to this file, from the end of the file to its start.
    pub changes: Vec<TextChange>,
}

/// A problem of the draft, where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Marker {
    /// `group.claim`.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// The first line is 1.
    pub start_line: u32,
    /// The first column is 1.
    pub start_column: u32,
    /// The line it ends on.
    pub end_line: u32,
    /// Behind the last column.
    pub end_column: u32,
    /// What happened.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What can be done in this file.
    pub fixes: Vec<DraftFix>,
}

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum SectionKind {
    /// A profile.
    Profile,
    /// An `sso-session`.
    Portal,
    /// A `services` section.
    Services,
    /// Anything else.
    Other,
}

/// The sections of a file. Ten thousand are most of what there is to tell and few of them change while one types, so
/// that those which the asker has are not told again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Outline {
    /// Equal for equal sections.
    pub id: String,
    /// How many stay at the beginning of the outline that the asker has.
    pub kept_first: u32,
    /// How many stay at its end.
    pub kept_last: u32,
    /// Those in between, in the order of the file.
    pub sections: Vec<OutlineEntry>,
}

/// A section, for the outline.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct OutlineEntry {
    /// The profile's name, or what stands between the brackets.
    pub name: String,
    /// What it is.
    pub kind: SectionKind,
    /// The line of its bracket.
    pub line: u32,
    /// Of a profile: is it set up right, as the draft has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub status: Option<Status>,
}

/// What is found in the draft. Made for one version of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Diagnosis {
    /// Of which version this is true.
    pub version: u32,
    /// In the order of the file.
    pub markers: Vec<Marker>,
    /// Every section.
    pub outline: Outline,
    /// Lines that are not as they are on disk: changed, new and gone ones together.
    pub unsaved_lines: u32,
    /// Lines with a masked secret that was damaged by typing; they can't be saved.
    pub damaged: Vec<u32>,
}

/// The file changed on disk while there was something unsaved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Moved {
    /// In other places than the draft: both can be kept.
    Apart {
        /// What the other program did, such as `6 lines were added below yours.`
        what: String,
    },
    /// In the same places.
    Overlap {
        /// The first line of the draft that both changed.
        line: u32,
        /// How many places overlap.
        places: u32,
    },
    /// The file is gone.
    Gone,
}

/// One of the two files as the editor has it.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Which file.
    pub file: FileKind,
    /// Its path, for reading.
    pub path: String,
    /// Rises with every change, whoever made it.
    pub version: u32,
    /// The whole text, lines ended by `\n` whatever the file has; masked unless `shows_secrets`.
    pub text: String,
    /// The text is not masked, because the person asked.
    pub shows_secrets: bool,
    /// Why it can only be looked at, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub read_only: Option<FailureView>,
    /// The file is not there yet; saving creates it.
    pub new: bool,
    /// The file changed on disk since.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub moved: Option<Moved>,
    /// When it was typed last, where that was before Rolecall started: unsaved text of the time before. Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub restored: Option<i64>,
    /// What is found in it.
    pub diagnosis: Diagnosis,
}

/// Both sides, for the compare view; masked as the draft is.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// What is on disk now.
    pub theirs: String,
    /// What was typed.
    pub mine: String,
    /// The places that both changed, in order; each is for the person to settle.
    pub places: Vec<ComparedPlace>,
}

/// A place that the draft and another program both changed, in lines from 1. No lines, where one of them removed all
/// that stood there: then `line` is the one below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ComparedPlace {
    /// The first of the lines on disk.
    pub their_line: u32,
    /// How many lines it has on disk.
    pub their_lines: u32,
    /// The first of the draft's lines.
    pub my_line: u32,
    /// How many lines it has in the draft.
    pub my_lines: u32,
}

/// Which side stands at a place that both changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum PlaceSide {
    /// What is on disk.
    Theirs,
    /// What was typed.
    Mine,
}

/// What becomes of the draft when the file changed on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Resolution {
    /// Both sides, where they don't touch.
    KeepBoth,
    /// The draft goes; what is on disk is shown.
    LoadTheirs,
    /// The draft stays, and saving puts it in the place of what is on disk.
    KeepMine,
}

/// What saving came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum SaveOutcome {
    /// It is on disk.
    Saved {
        /// The draft as it is now, with what others changed elsewhere.
        draft: Box<Draft>,
        /// How many lines of the file changed.
        lines: u32,
        /// How it was written, where a person should know.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        note: Option<String>,
    },
    /// Another program changed the same places; nothing was written.
    Conflict {
        /// The draft, with `moved`.
        draft: Box<Draft>,
    },
}

// What a person typed, or asked to see, may be a secret: none of it is ever printed.

impl fmt::Debug for TextChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextChange({}:{})", self.start_line, self.start_column)
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({:?}, version {})", self.file, self.version)
    }
}

impl fmt::Debug for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Comparison")
    }
}
