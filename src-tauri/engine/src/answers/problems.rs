//! Problems for people: in groups, on a profile, in full with the lines they are about.

use std::collections::BTreeMap;

use rolecall_core::{
    document::escape_line,
    edit::Edit,
    profiles::{self, File, Profile},
    rules::{Problem, Severity},
};

use crate::{
    Failure,
    permissions::closed,
    snapshot::Snapshot,
    view::{
        Closing, Excerpt, ExcerptLine, ExcerptMark, FixView, ProblemDetail, ProblemGroup,
        ProblemGroupKind, ProblemRow, ProblemView, ProfileRef,
    },
};

/// Profiles named on one problem; a portal's problem may be about thousands.
const NAMED: usize = 50;
/// Lines shown around the place of a problem.
const AROUND: u32 = 2;
/// Longer lines are cut.
const LINE: usize = 400;
/// Places shown of one problem.
const PLACES: usize = 12;

impl Snapshot {
    /// All problems, grouped, worst first.
    pub fn problem_groups(&self) -> Vec<ProblemGroup> {
        let mut groups: BTreeMap<ProblemGroupKind, Vec<ProblemRow>> = BTreeMap::new();
        for (key, problem) in self.keyed_problems() {
            let row = ProblemRow {
                key,
                severity: problem.severity.into(),
                message: problem.message.clone(),
                place: places(problem),
            };
            groups.entry(group(problem)).or_default().push(row);
        }
        groups
            .into_iter()
            .map(|(kind, problems)| ProblemGroup { kind, problems })
            .collect()
    }

    /// One problem in full.
    ///
    /// # Errors
    /// `notFound` when it is solved.
    pub fn problem(&self, key: &str) -> Result<ProblemDetail, Failure> {
        let problem = self.keyed_problem(key)?;
        Ok(ProblemDetail {
            revision: self.revision,
            excerpts: self.excerpts(&problem.places),
            fixes: problem
                .fixes
                .iter()
                .map(|fix| FixView {
                    title: fix.title.clone(),
                    safety: fix.safety.into(),
                    changes: fix
                        .edits
                        .iter()
                        .filter_map(|edit| self.change(edit))
                        .collect(),
                })
                .collect(),
            closing: problem
                .open
                .and_then(|mode| self.closing(problem.places[0].file, mode)),
            source: problem.rule.source.to_owned(),
            problem: self.problem_view(key.to_owned(), problem),
        })
    }

    fn closing(&self, file: File, mode: u32) -> Option<Closing> {
        let path = self.around.places.of(file)?;
        Some(Closing {
            file: file.into(),
            path: self.around.places.shown(path),
            now: permissions(mode),
            then: permissions(closed(mode)),
        })
    }

    /// The problem of this key.
    ///
    /// # Errors
    /// `notFound` when it is solved.
    pub(crate) fn keyed_problem(&self, key: &str) -> Result<&Problem, Failure> {
        let mut problems = self.keyed_problems().into_iter();
        let found = problems.find(|(known, _)| known == key);
        found
            .map(|(_, problem)| problem)
            .ok_or_else(|| Failure::gone("This problem"))
    }

    pub(crate) fn problems_of(&self, profile: Profile<'_>) -> Vec<ProblemView> {
        let mut found: Vec<_> = self
            .keyed_problems()
            .into_iter()
            .filter(|(_, problem)| problem.profiles.contains(&profile.id))
            .collect();
        found.sort_by_key(|(_, problem)| problem.severity);
        found
            .into_iter()
            .map(|(key, problem)| self.problem_view(key, problem))
            .collect()
    }

    /// A problem's key says which rule found it where in words that stay the same while lines move.
    fn keyed_problems(&self) -> Vec<(String, &Problem)> {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let key = |problem: &Problem| {
            let place = problem.places[0];
            let about = match problem.profiles.first() {
                Some(id) => self.home().profile(*id).name().to_owned(),
                None => self.home().text(place).into_owned(),
            };
            format!("{}/{}/{about}", problem.rule.name, place.file.name())
        };
        self.problems
            .iter()
            .map(|problem| {
                let key = key(problem);
                let again = seen
                    .entry(key.clone())
                    .and_modify(|count| *count += 1)
                    .or_insert(0);
                let key = if *again == 0 {
                    key
                } else {
                    format!("{key}/{again}")
                };
                (key, problem)
            })
            .collect()
    }

    fn problem_view(&self, key: String, problem: &Problem) -> ProblemView {
        let profiles = problem
            .profiles
            .iter()
            .take(NAMED)
            .map(|id| self.home().profile(*id));
        ProblemView {
            key,
            rule: problem.rule.name.to_owned(),
            severity: problem.severity.into(),
            message: problem.message.clone(),
            why: problem.rule.why.to_owned(),
            advice: problem.advice.clone(),
            places: problem
                .places
                .iter()
                .take(PLACES)
                .map(|place| Self::place(*place))
                .collect(),
            profiles: profiles.map(|profile| self.profile_ref(profile)).collect(),
        }
    }

    pub(crate) fn profile_ref(&self, profile: Profile<'_>) -> ProfileRef {
        ProfileRef {
            id: self.id(profile),
            name: profile.name().to_owned(),
        }
    }

    /// The lines of some places with a little around them, one excerpt per stretch.
    fn excerpts(&self, places: &[profiles::Place]) -> Vec<Excerpt> {
        let mut lines: BTreeMap<File, BTreeMap<u32, ExcerptMark>> = BTreeMap::new();
        for place in places.iter().take(PLACES) {
            let count = self
                .home()
                .document(place.file)
                .map_or(0, |document| document.lines().len());
            let last = u32::try_from(count).unwrap_or(u32::MAX).saturating_sub(1);
            let marks = lines.entry(place.file).or_default();
            for line in place.line.saturating_sub(AROUND)..=(place.line + AROUND).min(last) {
                marks.entry(line).or_insert(ExcerptMark::Around);
            }
            marks.insert(place.line.min(last), ExcerptMark::Here);
        }
        let mut excerpts: Vec<Excerpt> = Vec::new();
        for (file, marks) in lines {
            let mut before = None;
            for (line, mark) in marks {
                let Some(text) = self.masked_line(file, line) else {
                    continue;
                };
                if before.is_none_or(|before: u32| before + 1 != line) {
                    excerpts.push(self.excerpt(file));
                }
                let shown = ExcerptLine {
                    line: Some(line + 1),
                    text,
                    mark,
                };
                excerpts.last_mut().expect("pushed above").lines.push(shown);
                before = Some(line);
            }
        }
        excerpts
    }

    fn excerpt(&self, file: File) -> Excerpt {
        let path = self
            .around
            .places
            .of(file)
            .map(|path| self.around.places.shown(path));
        Excerpt {
            file: file.into(),
            path: path.unwrap_or_default(),
            lines: Vec::new(),
        }
    }

    /// What a fix changes: the line as it is, and as it becomes.
    fn change(&self, edit: &Edit) -> Option<Excerpt> {
        let mut excerpt = self.excerpt(edit.file());
        match edit {
            Edit::Replace { place, becomes } => {
                let document = self.home().document(place.file)?;
                let line = document.lines().get(place.line as usize)?.span;
                let before = self.masked_line(place.file, place.line)?;
                let (was, start) = (
                    self.home().text(*place),
                    (place.span.start - line.start) as usize,
                );
                // A fix replaces names, never secrets: the masked line has them where the file has them.
                let after = match before.get(start..start + was.len()) {
                    Some(found) if found == was => format!(
                        "{}{becomes}{}",
                        &before[..start],
                        &before[start + was.len()..]
                    ),
                    _ => before.replacen(was.as_ref(), becomes, 1),
                };
                excerpt.lines.push(ExcerptLine {
                    line: Some(place.line + 1),
                    text: before,
                    mark: ExcerptMark::Removed,
                });
                excerpt.lines.push(ExcerptLine {
                    line: None,
                    text: after,
                    mark: ExcerptMark::Added,
                });
            }
            Edit::RemoveLines { first, count } => {
                excerpt.lines = self.changed_lines(*first, *count, ExcerptMark::Removed)?;
            }
            Edit::InsertLines { lines, .. } => {
                excerpt.lines.extend(lines.iter().map(|text| ExcerptLine {
                    line: None,
                    text: text.clone(),
                    mark: ExcerptMark::Added,
                }));
            }
            Edit::MoveLines { first, count, .. } => {
                excerpt.lines = self.changed_lines(*first, *count, ExcerptMark::Removed)?;
                excerpt
                    .lines
                    .extend(self.changed_lines(*first, *count, ExcerptMark::Added)?);
            }
        }
        Some(excerpt)
    }

    /// Whole lines that go from where they stand, or arrive where they have no number yet.
    fn changed_lines(
        &self,
        first: profiles::Place,
        count: u32,
        mark: ExcerptMark,
    ) -> Option<Vec<ExcerptLine>> {
        let line = |line: u32| {
            Some(ExcerptLine {
                line: (mark == ExcerptMark::Removed).then_some(line + 1),
                text: self.masked_line(first.file, line)?,
                mark,
            })
        };
        (first.line..first.line + count).map(line).collect()
    }

    fn masked_line(&self, file: File, line: u32) -> Option<String> {
        let masked = self.masked(file)?;
        let line = masked.lines().get(line as usize)?;
        let text = masked.text(line.span);
        let shown: String = escape_line(&text).chars().take(LINE).collect();
        Some(if shown.chars().count() == LINE {
            shown + "…"
        } else {
            shown
        })
    }
}

/// The same thing twice.
pub(crate) fn is_duplicate(problem: &Problem) -> bool {
    matches!(
        problem.rule.name,
        "section.duplicate" | "key.duplicate" | "keys.duplicate"
    )
}

/// `0644 rw-r--r--`, as `ls` and `chmod` have it.
fn permissions(mode: u32) -> String {
    let letters: String = (0..9)
        .map(|at| match mode & (0o400 >> at) {
            0 => '-',
            _ => ['r', 'w', 'x'][at % 3],
        })
        .collect();
    format!("{mode:04o} {letters}")
}

fn group(problem: &Problem) -> ProblemGroupKind {
    match problem.severity {
        Severity::Info => ProblemGroupKind::WorthKnowing,
        _ if is_duplicate(problem) => ProblemGroupKind::Duplicates,
        _ if problem.rule.name == "profile.dangling" => ProblemGroupKind::Dangling,
        Severity::Error => ProblemGroupKind::Broken,
        Severity::Warning => ProblemGroupKind::Warnings,
    }
}

/// `credentials, lines 22 and 40`; a file after the other where it is about both.
fn places(problem: &Problem) -> String {
    let mut parts = Vec::new();
    for file in File::BOTH {
        let lines: Vec<u32> = problem
            .places
            .iter()
            .filter(|place| place.file == file)
            .map(|place| place.line + 1)
            .collect();
        let lines = match lines.as_slice() {
            [] => continue,
            [one] => format!("line {one}"),
            [one, other] => format!("lines {} and {}", one.min(other), one.max(other)),
            [one, more @ ..] => format!("line {one} and {} more", more.len()),
        };
        parts.push(format!("{}, {lines}", file.name()));
    }
    parts.join("; ")
}
