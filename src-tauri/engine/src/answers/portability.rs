//! `rolecall check --for ENGINE,…`: the problems, and where one of these readers parts from what Rolecall lists.

use rolecall_core::{
    dialect::{
        At, Engine as Dialect,
        beside::{Beside, Verdict},
    },
    profiles::{File, Profile},
};

use crate::{
    snapshot::Snapshot,
    view::{CheckDocument, CheckedProblem, Severity},
};

/// Rule, severity, line and sentence.
type Told = (&'static str, Severity, At, String);

impl Snapshot {
    /// The problems, those of these readers among them.
    pub fn check_document_for(&self, dialects: &[Dialect]) -> CheckDocument {
        let mut document = self.check_document();
        let compared = self.compared().map_or(&[][..], |compared| compared.all());
        for (dialect, beside) in compared.iter().filter(|(it, _)| dialects.contains(it)) {
            let who = who(*dialect);
            let mut told = not_read(who, beside);
            // A file that it refuses is told once, at its line.
            if beside.refusal.is_none() {
                let profiles = self.home().profiles();
                told.extend(profiles.filter_map(|profile| apart(profile, who, beside)));
            }
            document.problems.extend(
                told.into_iter().map(|(rule, severity, at, message)| {
                    self.of_a_line(rule, severity, at, message)
                }),
            );
        }
        document
            .problems
            .sort_by_key(|problem| (problem.file == File::Credentials.into(), problem.line));
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

fn not_read(who: &str, beside: &Beside) -> Vec<Told> {
    let refusals = beside.refusal.iter().chain(&beside.passed_over);
    let told = |refusal: &rolecall_core::dialect::Refusal| {
        let at = At {
            file: refusal.file,
            line: refusal.line.unwrap_or(0),
        };
        let message = format!("{who} does not read this file: {}.", refusal.words);
        ("portability.refused", Severity::Error, at, message)
    };
    refusals.map(told).collect()
}

fn apart(profile: Profile<'_>, who: &str, beside: &Beside) -> Option<Told> {
    let name = profile.name();
    let header = At {
        file: profile.place().file,
        line: profile.place().line,
    };
    match beside.verdict(profile) {
        Verdict::Same | Verdict::Refuses(_) => None,
        Verdict::Unusable(at) => {
            let message = format!("{who} refuses to use {name}: it has half a pair of keys.");
            Some(("portability.refused", Severity::Error, at, message))
        }
        Verdict::Absent => {
            let message = format!("{who} does not see {name}.");
            Some(("portability.absent", Severity::Warning, header, message))
        }
        Verdict::Differs {
            differences,
            signs_with,
        } => {
            let places = differences
                .iter()
                .filter_map(|one| one.there.as_ref().or(one.here.as_ref()));
            let at = places.map(|(_, at)| *at).next().unwrap_or(header);
            if let Some(other) = signs_with {
                let message = format!("{who} would sign as {name} with {other}'s keys.");
                return Some(("portability.leaks", Severity::Error, at, message));
            }
            let keys: Vec<_> = differences.iter().map(|one| one.key.as_str()).collect();
            let message = format!("{who} reads {name} differently: {}.", keys.join(", "));
            Some(("portability.differs", Severity::Warning, at, message))
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
