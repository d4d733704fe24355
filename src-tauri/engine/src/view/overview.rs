//! What stands around every view: which files, what the counts are, what is being watched.

use serde::{Deserialize, Serialize};

use super::{Connections, Draft, FailureView, RowChanges, Undo};

/// One of the two files. Their names are the field's: `config` and `credentials`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum FileKind {
    /// `~/.aws/config`, or what `AWS_CONFIG_FILE` names.
    Config,
    /// `~/.aws/credentials`, or what `AWS_SHARED_CREDENTIALS_FILE` names.
    Credentials,
}

/// What was found where a file should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum FileState {
    /// Nothing is there. Not a fault: AWS tools treat it as an empty file.
    Missing,
    /// It was read whole.
    Read {
        /// How many lines it has.
        lines: u32,
        /// Why this file can only be looked at, if so: it is larger than the editor takes.
        #[serde(rename = "readOnly", skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        read_only: Option<String>,
    },
    /// The world said no. The other file still works.
    Failed {
        /// What happened and what to do.
        failure: FailureView,
    },
}

/// One of the two files, as found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct FileView {
    /// Which of the two.
    pub kind: FileKind,
    /// Where it is, for reading: the home folder as `~`.
    pub path: String,
    /// What was found there.
    pub state: FileState,
}

/// The numbers beside the sidebar's entries and in the status bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Profiles, each name once.
    pub profiles: u32,
    /// Profiles that assume a role from a source profile or a credential source.
    pub assume_role: u32,
    /// Profiles of `config` for which nothing gives keys.
    pub dangling: u32,
    /// Problems about the same keys, section or property standing twice.
    pub duplicates: u32,
    /// Problems of severity error and warning together.
    pub problems: u32,
    /// Problems of severity error.
    pub errors: u32,
    /// Problems of severity warning.
    pub warnings: u32,
    /// Problems that “Fix all safe ones” solves.
    pub safe: u32,
    /// Profiles with status Broken or Warning.
    pub attention: u32,
}

/// How outside changes are noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "by", rename_all = "camelCase")]
pub enum Watching {
    /// The system tells of each change.
    Events,
    /// The system tells of each change; the folder itself is not there yet and is waited for.
    Waiting,
    /// The files are looked at every few seconds, because the system can't tell.
    Polling {
        /// Seconds between two looks.
        seconds: u32,
        /// Why, as a sentence.
        why: String,
    },
}

/// An environment variable that decides which files or profile AWS tools use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    /// Its name, such as `AWS_PROFILE`.
    pub name: String,
    /// Its value, for reading.
    pub value: String,
    /// What is wrong with it, as a sentence: it names a profile that no file has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub problem: Option<String>,
}

/// The newest outside change that Rolecall saw while it was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct LastChange {
    /// What changed: `config`, `credentials`, `config and credentials` or `sign-in cache`.
    pub what: String,
    /// When it was seen, in seconds since 1970.
    pub at: i64,
}

/// Everything around the lists. Sent at the start and with every change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// Rises by one with every published snapshot.
    pub revision: u32,
    /// These are the sample files, in a temporary copy; the person's own are not open.
    pub sample: bool,
    /// The code that the sample's MFA device shows: nobody has that device.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub sample_code: Option<String>,
    /// `config` first, then `credentials`.
    pub files: Vec<FileView>,
    /// The folder that AWS tools look in, for reading: `~/.aws` where that is it.
    pub folder: String,
    /// The numbers.
    pub counts: Counts,
    /// Accounts and what works now.
    pub connections: Connections,
    /// How outside changes are noticed.
    pub watching: Watching,
    /// Environment variables that are set and matter, in a fixed order.
    pub variables: Vec<Variable>,
    /// The newest outside change seen while open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub last_change: Option<LastChange>,
    /// What Undo would take back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub undo: Option<Undo>,
    /// When the files were last looked at, in seconds since 1970.
    pub checked_at: i64,
}

/// One published snapshot, for the window: all rows at first, then only those that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// What stands around the lists.
    pub overview: Overview,
    /// What the row table becomes.
    pub rows: RowChanges,
}

/// What the window is told without asking, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Message {
    /// A newer snapshot.
    Update {
        /// What became of everything.
        update: Box<Update>,
    },
    /// A shown secret has had its 30 seconds.
    Concealed {
        /// The showing that ended.
        ticket: u32,
    },
    /// A copied secret has had its 60 seconds; it is gone from the clipboard unless something newer was there.
    ClipboardCleared,
    /// The engine changed what the file editor shows: the file changed on disk, or shown secrets are hidden again.
    Draft {
        /// The draft as it is now.
        draft: Box<Draft>,
    },
}
