//! Who reads the files how.

use serde::Serialize;

use super::{FileKind, Shown};

/// Where a reader and Rolecall disagree about one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// The key.
    pub key: String,
    /// What this page shows; absent when it has no such key.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub here: Option<Shown>,
    /// What the reader gets; absent when it gets nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub there: Option<Shown>,
}

/// What a reader makes of the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Reading {
    /// The same as this page.
    Same,
    /// Something else.
    Differs {
        /// Key by key.
        differences: Vec<Difference>,
        /// The profile or section whose keys it would sign with.
        #[serde(rename = "signsWith", skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        signs_with: Option<String>,
    },
    /// It has no such profile.
    Absent,
    /// It lists the profile and refuses to use it.
    Unusable {
        /// The file of the line that it can't do with.
        file: FileKind,
        /// That line, from 1.
        line: u32,
    },
    /// It refuses a whole file.
    Refuses {
        /// Which.
        file: FileKind,
        /// The line that it stumbles over, from 1; absent where it gives up on the file as a whole.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        line: Option<u32>,
        /// Its own words.
        error: String,
    },
}

/// A parser that programs read these files with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Reader {
    /// The engine's name, as in `rolecall read --as`.
    pub engine: String,
    /// Who reads with it: `AWS CLI, boto3`.
    pub used_by: String,
    /// What it makes of the profile.
    pub reading: Reading,
}

/// Who can read a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ReadBy {
    /// Of this look.
    pub revision: u32,
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// What each reader makes of it; none where a file is too large to be read once more by each of them.
    pub readers: Vec<Reader>,
}

/// What every reader makes of both files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Compatibility {
    /// Of this look.
    pub revision: u32,
    /// A file is too large to be read once more by each of them.
    pub is_too_large: bool,
    /// The readers.
    pub engines: Vec<EngineReads>,
    /// The profiles that not all read as they are listed, those of refused files left out.
    pub profiles: Vec<ProfileReadings>,
}

/// What one reader makes of both files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct EngineReads {
    /// The engine's name, as in `rolecall read --as`.
    pub engine: String,
    /// Who reads with it: `AWS CLI, boto3`.
    pub used_by: String,
    /// The files that it refuses.
    pub not_read: Vec<NotRead>,
    /// For the sake of one of them it reads none.
    pub reads_nothing: bool,
    /// How many profiles it has as they are listed.
    pub same: u32,
    /// How many it has with other values.
    pub differs: u32,
    /// How many it does not have.
    pub absent: u32,
    /// How many it lists and refuses to use.
    pub unusable: u32,
    /// How many stand in a file that it refuses.
    pub refused: u32,
}

/// A file that a reader refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct NotRead {
    /// Which.
    pub file: FileKind,
    /// The line that it stumbles over, from 1; absent where it gives up on the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub line: Option<u32>,
    /// Its own words.
    pub error: String,
}

/// A profile, and what each reader makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ProfileReadings {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// In the order of the readers.
    pub readings: Vec<ReadingKind>,
}

/// What a reader makes of a profile, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum ReadingKind {
    /// The same.
    Same,
    /// Other values.
    Differs,
    /// The keys of another profile: it would sign with them.
    SignsAsAnother,
    /// Nothing.
    Absent,
    /// Something that it refuses to use.
    Unusable,
    /// Nothing, for it refuses the file.
    Refuses,
}

/// `rolecall compat [NAME] --json`.
#[derive(Debug, Serialize)]
pub struct CompatDocument {
    /// What each reader makes of both files.
    pub engines: Vec<EngineReads>,
    /// Profile by profile.
    pub profiles: Vec<CompatProfile>,
}

/// A profile in it.
#[derive(Debug, Serialize)]
pub struct CompatProfile {
    /// Its name.
    pub name: String,
    /// What each reader makes of it.
    pub readers: Vec<Reader>,
}
