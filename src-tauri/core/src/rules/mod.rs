//! What is wrong, one file per problem. A rule looks at the home and at what the world knows (`Facts`), and says where,
//! what, and what to do; it calls nothing. `ALL` names the rules in the order in which their problems are told.

mod chain_loop;
mod chain_mfa_unread;
mod chain_missing_source;
mod chain_too_long;
mod file_lone_cr;
mod file_not_utf8;
mod file_permissions;
mod key_case;
mod key_colon;
mod key_duplicate;
mod key_not_taken_over;
mod key_unknown;
mod keys_duplicate;
mod keys_incomplete;
mod keys_two_files;
mod line_unreadable;
mod portability_refused;
mod process_shell;
mod profile_dangling;
mod profile_missing_services;
mod profile_no_account;
mod profile_two_kinds;
mod profile_unseen;
mod section_default_case;
mod section_duplicate;
mod section_keys_leak;
mod section_wrong_prefix;
mod session_ended;
mod session_unreadable;
mod sso_missing_session;
mod value_comment;
mod value_comment_below;
mod value_quotes;

use jiff::Timestamp;

pub use crate::facts::Facts;
use crate::{
    dialect::Engine,
    edit::Edit,
    profiles::{File, Home, Place, Profile, ProfileId},
};

/// Every rule.
pub const ALL: &[Rule] = &[
    file_not_utf8::RULE,
    file_lone_cr::RULE,
    file_permissions::RULE,
    line_unreadable::RULE,
    portability_refused::RULE,
    section_keys_leak::RULE,
    section_duplicate::RULE,
    section_wrong_prefix::RULE,
    profile_unseen::RULE,
    section_default_case::RULE,
    key_duplicate::RULE,
    key_unknown::RULE,
    key_colon::RULE,
    key_case::RULE,
    value_comment::RULE,
    value_comment_below::RULE,
    value_quotes::RULE,
    keys_duplicate::RULE,
    keys_incomplete::RULE,
    keys_two_files::RULE,
    profile_two_kinds::RULE,
    process_shell::RULE,
    chain_missing_source::RULE,
    chain_loop::RULE,
    chain_too_long::RULE,
    chain_mfa_unread::RULE,
    sso_missing_session::RULE,
    profile_missing_services::RULE,
    key_not_taken_over::RULE,
    session_unreadable::RULE,
    session_ended::RULE,
    profile_dangling::RULE,
    profile_no_account::RULE,
];

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A tool will fail, or sign as somebody else.
    Error,
    /// Works, but look.
    Warning,
    /// Worth knowing.
    Info,
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Who reads the file reads the same afterwards; who refused it may read it then.
    Safe,
    /// The person decides.
    Choice,
}

/// What a rule is, apart from what it finds.
pub struct Rule {
    /// `group.claim`; the file is `group_claim.rs`.
    pub name: &'static str,
    /// How bad its problems are, unless one says otherwise.
    pub severity: Severity,
    /// In two or three words, for a row of the list.
    pub short: &'static str,
    /// Why it matters, in a sentence or two.
    pub why: &'static str,
    /// Where outside Rolecall it is written down.
    pub source: &'static str,
    /// Looks.
    pub check: fn(&Home, &Facts, &mut Found),
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// Where; the first is the main one.
    pub places: Vec<Place>,
    /// Which profiles it is about.
    pub profiles: Vec<ProfileId>,
    /// What happened, as a sentence.
    pub message: String,
    /// What to do, as a sentence.
    pub advice: String,
    /// What can be done, as changes.
    pub fixes: Vec<Fix>,
    /// The permission bits of the file of its first place, where closing that to others solves it.
    pub open: Option<u32>,
}

/// Something that can be done about a problem.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What a button would say, such as `Change to acme-dev`.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// The changes.
    pub edits: Vec<Edit>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Collects what the rules find.
pub struct Found {
    rule: &'static Rule,
    problems: Vec<Problem>,
    next_change: Option<Timestamp>,
}

impl Found {
    /// A new problem, about the profile in whose section the place lies, if any.
    pub fn problem(&mut self, place: Place, message: String) -> &mut Problem {
        self.problems.push(Problem {
            rule: self.rule,
            severity: self.rule.severity,
            places: vec![place],
            profiles: Vec::new(),
            message,
            advice: String::new(),
            fixes: Vec::new(),
            open: None,
        });
        self.problems.last_mut().expect("it was pushed above")
    }

    /// The rule's answer changes by itself at this time.
    pub fn changes_at(&mut self, at: Timestamp) {
        self.next_change = Some(self.next_change.map_or(at, |next| next.min(at)));
    }
}

impl Problem {
    /// It is about this profile.
    pub fn about(&mut self, profile: Profile<'_>) -> &mut Self {
        if !self.profiles.contains(&profile.id) {
            self.profiles.push(profile.id);
        }
        self
    }

    /// It is about these profiles, which are all different.
    pub fn about_all(&mut self, profiles: &[Profile<'_>]) -> &mut Self {
        self.profiles
            .extend(profiles.iter().map(|profile| profile.id));
        self
    }

    /// It is about the profile of this section, if it is one's.
    pub fn about_id(&mut self, profile: Option<ProfileId>) -> &mut Self {
        self.profiles
            .extend(profile.filter(|id| !self.profiles.contains(id)));
        self
    }

    /// It is also here.
    pub fn also(&mut self, place: Place) -> &mut Self {
        self.places.push(place);
        self
    }

    /// What to do.
    pub fn advice(&mut self, advice: impl Into<String>) -> &mut Self {
        self.advice = advice.into();
        self
    }

    /// Closing its file to others, which has these permission bits, solves it.
    pub fn open_to_others(&mut self, mode: u32) -> &mut Self {
        self.open = Some(mode & 0o7777);
        self
    }

    /// It is not as bad as its rule says, or worse.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// The person may do this about it.
    pub fn fix(&mut self, title: impl Into<String>, safety: Safety, edits: Vec<Edit>) -> &mut Self {
        self.fixes.push(Fix {
            title: title.into(),
            safety,
            edits,
        });
        self
    }
}

/// What all rules found, and the next time at which an answer changes by itself.
#[derive(Debug)]
pub struct Report {
    /// In the order of the files: by file, line, rule.
    pub problems: Vec<Problem>,
    /// Look again at this time.
    pub next_change: Option<Timestamp>,
}

/// Asks every rule.
pub fn check(home: &Home, facts: &Facts) -> Report {
    let mut problems = Vec::new();
    let mut next_change = None;
    for rule in ALL {
        let mut found = Found {
            rule,
            problems: Vec::new(),
            next_change,
        };
        (rule.check)(home, facts, &mut found);
        problems.append(&mut found.problems);
        next_change = found.next_change;
    }
    problems.sort_by_key(|problem| problem.places[0]);
    Report {
        problems,
        next_change,
    }
}

/// `the AWS CLI, boto3 and Go`: who reads with these engines.
fn who(engines: &[Engine]) -> String {
    let names: Vec<_> = engines
        .iter()
        .flat_map(|engine| engine.used_by().split(", "))
        .collect();
    let names = match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    if names.starts_with("AWS CLI") {
        format!("the {names}")
    } else {
        names
    }
}

/// The same where a sentence begins with them.
fn who_first(engines: &[Engine]) -> String {
    who(engines).replacen("the ", "The ", 1)
}

/// The start of a file, for a problem that is about the file as a whole.
pub(super) fn start_of(file: File) -> Place {
    Place {
        file,
        line: 0,
        span: crate::document::Span::default(),
    }
}

#[cfg(test)]
mod tests;
