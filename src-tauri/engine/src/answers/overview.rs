//! What stands around the lists.

use rolecall_core::{profiles::File, rules::Severity, status::Status};

use crate::{
    change::is_safe,
    look::EDIT_LIMIT,
    snapshot::{FileFound, Snapshot},
    view::{Counts, FileState, FileView, Overview, Variable},
};

impl Snapshot {
    /// What stands around the lists.
    pub fn overview(&self) -> Overview {
        let around = &self.around;
        Overview {
            revision: self.revision,
            sample: around.sample,
            sample_code: around.sample_code.clone(),
            files: File::BOTH.map(|file| self.file_view(file)).into(),
            folder: around.places.shown(&around.places.folder),
            counts: self.counts(),
            connections: self.connections(),
            watching: around.watching.clone(),
            variables: around
                .variables
                .iter()
                .map(|(name, value)| self.variable(name, value))
                .collect(),
            last_change: around.last_change.clone(),
            undo: around.undo.clone(),
            checked_at: around.checked_at.as_second(),
        }
    }

    fn file_view(&self, file: File) -> FileView {
        let path = self.around.places.of(file);
        let state = match self.found(file) {
            FileFound::Missing => FileState::Missing,
            FileFound::Failed(failure) => FileState::Failed {
                failure: failure.view(),
            },
            FileFound::Read => {
                let document = self
                    .home()
                    .document(file)
                    .expect("a file that was read has a document");
                let size = document.bytes().len() as u64;
                let read_only = (size > EDIT_LIMIT).then(|| {
                    format!(
                        "{} is {} MB, so it can be looked at and not edited here.",
                        file.name(),
                        size >> 20
                    )
                });
                FileState::Read {
                    lines: count(document.lines().len()),
                    read_only,
                }
            }
        };
        let path = path.map_or_else(
            || "no file".to_owned(),
            |path| self.around.places.shown(path),
        );
        FileView {
            kind: file.into(),
            path,
            state,
        }
    }

    /// The numbers.
    pub fn counts(&self) -> Counts {
        let problems = |test: &dyn Fn(&rolecall_core::rules::Problem) -> bool| {
            count(self.problems.iter().filter(|p| test(p)).count())
        };
        let errors = problems(&|problem| problem.severity == Severity::Error);
        let warnings = problems(&|problem| problem.severity == Severity::Warning);
        Counts {
            profiles: count(self.home().profiles().len()),
            assume_role: count(
                self.home()
                    .profiles()
                    .filter(|profile| profile.source().assumes_role())
                    .count(),
            ),
            dangling: problems(&|problem| problem.rule.name == "profile.dangling"),
            duplicates: problems(&|problem| super::problems::is_duplicate(problem)),
            problems: errors + warnings,
            errors,
            warnings,
            safe: problems(&is_safe),
            attention: count(
                self.statuses
                    .iter()
                    .filter(|(s, _)| matches!(s, Status::Broken | Status::Warning))
                    .count(),
            ),
        }
    }

    fn variable(&self, name: &str, value: &str) -> Variable {
        let problem = match name {
            "AWS_PROFILE" | "AWS_DEFAULT_PROFILE" if self.home().named_profile(value).is_none() => {
                let found = self
                    .home()
                    .closest_to(value)
                    .map(|profile| format!(" Did you mean {}?", profile.name()));
                Some(format!(
                    "There is no profile “{value}”.{}",
                    found.unwrap_or_default()
                ))
            }
            "AWS_CONFIG_FILE" | "AWS_SHARED_CREDENTIALS_FILE" if value.is_empty() => {
                Some("It is set to nothing, so the AWS CLI reads no such file.".to_owned())
            }
            _ => None,
        };
        Variable {
            name: name.to_owned(),
            value: value.to_owned(),
            problem,
        }
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
