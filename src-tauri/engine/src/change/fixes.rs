//! Fixes of problems as changes: one that a person chose, or the first of every problem that has one, and with those the
//! files that others can read are closed. Fixing one moves
//! the lines of the others, so each pass makes those that don't touch and looks again.

use rolecall_core::{
    document::Document,
    edit::Edit,
    profiles::{File, Home},
    rules::{self, Fix, Problem, Safety},
};

use super::{After, apply_to, named_in};
use crate::{failure::Failure, permissions, snapshot::Snapshot};

/// Each pass solves a problem at least; a file in which this does not suffice is edited by hand.
const PASSES: u32 = 100;

pub(super) fn one(snapshot: &Snapshot, key: &str, fix: u32) -> Result<After, Failure> {
    let problem = snapshot.keyed_problem(key)?;
    let fix = problem
        .fixes
        .get(fix as usize)
        .ok_or_else(|| Failure::gone("This fix"))?;
    let mut files = bytes(snapshot.home());
    apply_to(snapshot.home(), &fix.edits, &mut files)?;
    Ok(After {
        what: fix.title.clone(),
        files,
        named: Some(named_in(snapshot.home(), &fix.edits)),
        closes: Vec::new(),
    })
}

pub(super) fn all(snapshot: &Snapshot, safe: bool) -> Result<After, Failure> {
    let mut files = bytes(snapshot.home());
    for _ in 0..PASSES {
        let [config, credentials] = files.clone().map(|bytes| bytes.map(Document::parse));
        let home = Home::read(config, credentials);
        let report = rules::check(&home, &snapshot.facts);
        let firsts = report.problems.iter().filter_map(|problem| {
            let is_wanted = |fix: &&Fix| !safe || fix.safety == Safety::Safe;
            problem.fixes.iter().find(is_wanted)
        });
        let edits = apart(firsts);
        if edits.is_empty() {
            break;
        }
        let before = files.clone();
        apply_to(&home, &edits, &mut files)?;
        if files == before {
            break;
        }
    }
    let what = if safe {
        "Fix all safe ones"
    } else {
        "Fix all problems"
    };
    Ok(After {
        what: what.to_owned(),
        files,
        named: None,
        closes: open(snapshot),
    })
}

/// Whether “Fix all safe ones” solves it: no tool reads anything else then.
pub(crate) fn is_safe(problem: &Problem) -> bool {
    is_open(problem) || problem.fixes.iter().any(|fix| fix.safety == Safety::Safe)
}

fn is_open(problem: &Problem) -> bool {
    problem.rule.name == "file.permissions"
}

/// The files that others can read, where that is a problem.
fn open(snapshot: &Snapshot) -> Vec<File> {
    let open = snapshot.problems.iter().filter(|problem| is_open(problem));
    open.map(|problem| problem.places[0].file).collect()
}

/// What becomes of their permissions, as sentences.
pub(super) fn closed(snapshot: &Snapshot, files: &[File]) -> Vec<String> {
    let sentence = |file: &File| {
        let mode = snapshot.facts.modes.get(file)? & 0o7777;
        let name = file.name();
        Some(format!(
            "{name} becomes private: its permissions {mode:04o} become {:04o}.",
            permissions::closed(mode)
        ))
    };
    files.iter().filter_map(sentence).collect()
}

/// The edits of those fixes that touch no line of one before them.
fn apart<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Vec<Edit> {
    let mut taken: Vec<(File, u32, u32)> = Vec::new();
    let mut edits = Vec::new();
    for fix in fixes {
        let lines: Vec<_> = fix.edits.iter().flat_map(lines).collect();
        let touches = |(file, first, last): &(File, u32, u32)| {
            taken
                .iter()
                .any(|(other, from, to)| file == other && first <= to && from <= last)
        };
        if lines.is_empty() || lines.iter().any(touches) {
            continue;
        }
        taken.extend(lines);
        edits.extend(fix.edits.iter().cloned());
    }
    edits
}

/// The lines that an edit takes from, and puts to.
fn lines(edit: &Edit) -> Vec<(File, u32, u32)> {
    let file = edit.file();
    match edit {
        Edit::Replace { place, .. } => vec![(file, place.line, place.line)],
        Edit::RemoveLines { first, count } => vec![(file, first.line, first.line + count)],
        Edit::InsertLines { below, .. } => {
            let below = below.unwrap_or_default();
            vec![(file, below, below + 1)]
        }
        Edit::MoveLines {
            first,
            count,
            below,
        } => vec![
            (file, first.line, first.line + count),
            (file, *below, below + 1),
        ],
    }
}

fn bytes(home: &Home) -> [Option<Vec<u8>>; 2] {
    File::BOTH.map(|file| {
        home.document(file)
            .map(|document| document.bytes().to_vec())
    })
}
