//! Problems: as a row of the list, on the profile they are about, and in full.

use serde::Serialize;

use super::overview::FileKind;

/// How bad it is (`names.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// A tool will fail, or sign as somebody else.
    Error,
    /// Works, but look.
    Warning,
    /// Worth knowing.
    Info,
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum Safety {
    /// Changes nothing of what any tool reads.
    Safe,
    /// The person decides.
    Choice,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Which file.
    pub file: FileKind,
    /// The first line is 1.
    pub line: u32,
}

/// A profile that something is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ProfileRef {
    /// The row's id.
    pub id: u32,
    /// Its name.
    pub name: String,
}

/// What the lines of an excerpt mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum ExcerptMark {
    /// Stands around it.
    Around,
    /// This is the place.
    Here,
    /// A fix takes this away.
    Removed,
    /// A fix puts this in.
    Added,
}

/// One line of a file, secrets masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ExcerptLine {
    /// The first line of the file is 1; absent for a line that a fix puts in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub line: Option<u32>,
    /// Masked text, at most 400 characters, bytes that are not text as `\xE9`.
    pub text: String,
    /// What it means here.
    pub mark: ExcerptMark,
}

/// A few lines of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Excerpt {
    /// Which file.
    pub file: FileKind,
    /// Its path, for reading.
    pub path: String,
    /// In the file's order.
    pub lines: Vec<ExcerptLine>,
}

/// What a person can do about a problem, with the lines it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct FixView {
    /// Such as `Change to acme-dev`.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// What it changes.
    pub changes: Vec<Excerpt>,
}

/// A problem as it stands on a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ProblemView {
    /// Opens it in the Problems view. Stays the same while the problem does.
    pub key: String,
    /// `group.claim`, such as `chain.missing_source`.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// What happened: `reporting-role has nothing to start from.`
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub advice: String,
    /// Where; the first is the main one.
    pub places: Vec<Place>,
    /// Which profiles it is about.
    pub profiles: Vec<ProfileRef>,
}

/// A problem as a row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ProblemRow {
    /// Opens it.
    pub key: String,
    /// How bad it is.
    pub severity: Severity,
    /// What happened.
    pub message: String,
    /// `credentials, lines 22 and 40`.
    pub place: String,
}

/// The groups of the Problems view, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum ProblemGroupKind {
    /// Severity error, duplicates aside.
    Broken,
    /// The same thing twice.
    Duplicates,
    /// Nothing gives keys.
    Dangling,
    /// Other warnings.
    Warnings,
    /// Severity info.
    WorthKnowing,
}

/// Problems that stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ProblemGroup {
    /// Why they do.
    pub kind: ProblemGroupKind,
    /// In the order of the files.
    pub problems: Vec<ProblemRow>,
}

/// A file that is to be closed to everybody but its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Closing {
    /// Which file.
    pub file: FileKind,
    /// Its path, for reading.
    pub path: String,
    /// Its permissions now: `0644 rw-r--r--`.
    pub now: String,
    /// And then: `0600 rw-------`.
    pub then: String,
}

/// A problem in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ProblemDetail {
    /// The snapshot it was made from.
    pub revision: u32,
    /// What, why, what to do.
    pub problem: ProblemView,
    /// The lines in question, with a little around them.
    pub excerpts: Vec<Excerpt>,
    /// What can be done, as changes of lines.
    pub fixes: Vec<FixView>,
    /// What can be done about who may open the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub closing: Option<Closing>,
    /// The rule's source outside Rolecall: an AWS page, an SDK file.
    pub source: String,
}
