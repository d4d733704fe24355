//! `rolecall check --for`: where a reader parts from what Rolecall lists, as problems on their lines.

use rolecall_core::{
    dialect::{At, Engine as Dialect, Reason, Refusal, Seen, compare},
    profiles::{File, Profile},
};

use crate::{
    snapshot::Snapshot,
    view::{CheckDocument, CheckedProblem, Severity},
};

impl Snapshot {
    /// `rolecall check --for ENGINE,…`: the problems, and where one of these readers parts from what Rolecall lists.
    pub fn check_document_for(&self, dialects: &[Dialect]) -> CheckDocument {
        let mut document = self.check_document();
        for (dialect, read) in &self.readings(dialects) {
            let who = who(*dialect);
            let mut told = Vec::new();
            let passed_over = read.iter().flat_map(|reading| &reading.passed_over);
            for refusal in read.as_ref().err().into_iter().chain(passed_over) {
                let at = At {
                    file: refusal.file,
                    line: refusal.line.unwrap_or(0),
                };
                let message = format!("{who} does not read this file: {}.", refusal.words);
                told.push(("portability.refused", Severity::Error, at, message));
            }
            if read.is_ok() {
                let profiles = self.by_name.iter().map(|id| self.home().profile(*id));
                told.extend(profiles.filter_map(|profile| {
                    apart(profile, who, compare(self.home(), profile, read))
                }));
            }
            let told = told.into_iter();
            document.problems.extend(
                told.map(|(rule, severity, at, message)| {
                    self.of_a_line(rule, severity, at, message)
                }),
            );
        }
        let order =
            |problem: &CheckedProblem| (problem.file == File::Credentials.into(), problem.line);
        document.problems.sort_by_key(order);
        document
    }

    fn of_a_line(&self, rule: &str, severity: Severity, at: At, message: String) -> CheckedProblem {
        let length = self.home().document(at.file).and_then(|document| {
            let line = document.lines().get(at.line as usize)?;
            u32::try_from(document.text(line.span).chars().count()).ok()
        });
        CheckedProblem {
            rule: rule.to_owned(),
            severity,
            file: at.file.into(),
            line: at.line + 1,
            column: 1,
            end_line: at.line + 1,
            end_column: length.unwrap_or(0) + 1,
            message,
            fixes: Vec::new(),
        }
    }
}

/// How a problem names a reader.
fn who(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Botocore => "The AWS CLI (botocore)",
        Dialect::Js => "The AWS SDK for JavaScript v3",
        Dialect::Go => "The AWS SDK for Go v2",
        Dialect::Java => "The AWS SDK for Java v2",
        Dialect::Rust => "The AWS SDK for Rust",
        Dialect::RustIni => "rust-ini (OpenDAL, rust-s3)",
    }
}

/// Keys that say whose keys are used: one of these from another profile, and requests are signed as somebody else.
const GIVES_KEYS: [&str; 9] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "credential_process",
    "login_session",
    "role_arn",
    "source_profile",
    "sso_account_id",
    "sso_session",
    "web_identity_token_file",
];

type Told = (&'static str, Severity, At, String);

fn apart(profile: Profile<'_>, who: &str, seen: Seen) -> Option<Told> {
    let name = profile.name();
    let header = At {
        file: profile.place().file,
        line: profile.place().line,
    };
    match seen {
        // A file that it refuses is told once, at its line.
        Seen::Refused(Refusal {
            line: Some(line),
            file,
            words,
            reason: Reason::HalfAPair,
        }) => {
            let message = format!("{who} refuses to use {name}: {words}.");
            Some((
                "portability.refused",
                Severity::Error,
                At { file, line },
                message,
            ))
        }
        Seen::Same | Seen::Refused(_) => None,
        Seen::Absent => {
            let message = format!("{who} does not see {name}.");
            Some(("portability.absent", Severity::Warning, header, message))
        }
        Seen::Differs(differences) => {
            let leaked = differences
                .iter()
                .find(|one| one.of.is_some() && GIVES_KEYS.contains(&one.key.as_str()));
            if let Some((of, at)) =
                leaked.and_then(|one| Some((one.of.as_ref()?, one.there.as_ref()?.at)))
            {
                let message = format!("{who} would sign as {name} with the keys of {of}.");
                return Some(("portability.leaks", Severity::Error, at, message));
            }
            let keys: Vec<_> = differences.iter().map(|one| one.key.as_str()).collect();
            let first = differences
                .iter()
                .find_map(|one| one.there.as_ref().or(one.here.as_ref()));
            let message = format!("{who} reads {name} differently: {}.", keys.join(", "));
            let at = first.map_or(header, |held| held.at);
            Some(("portability.differs", Severity::Warning, at, message))
        }
    }
}
