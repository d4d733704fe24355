//! Before a verb writes to the two files: what changes is shown, and a person agrees, on a terminal or by `--yes`.
//! Where nobody can be asked nothing is written. All verbs that write go through here.

use std::io::{self, IsTerminal};

use rolecall_engine::{
    Engine, Failure,
    view::{ChangeDocument, ChangeOutcome, FileChange},
};

use crate::{
    arguments::Writing,
    diff, history,
    print::{self, Ending},
    verbs::How,
};

/// Shows what changes, and writes it where that is agreed to.
pub(crate) fn write(
    engine: &Engine,
    changes: Vec<FileChange>,
    writing: &Writing,
    how: How,
    put: impl Fn() -> Result<ChangeOutcome, Failure>,
) -> Result<Ending, Failure> {
    if !how.json {
        print::out(&diff::text(&changes, how.look));
    }
    let outcome = match agreed(&changes, writing) {
        None => {
            history::ready(engine)?;
            with_history(engine, put)?
        }
        Some(outcome) => outcome,
    };
    let ended = told(&outcome, changes.is_empty());
    if how.json {
        print::json(&ChangeDocument { outcome, changes });
    }
    Ok(ended)
}

/// Somebody is there who can answer.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Nothing where it may be written, else why not.
fn agreed(changes: &[FileChange], writing: &Writing) -> Option<ChangeOutcome> {
    if changes.is_empty() || writing.diff {
        return Some(ChangeOutcome::Shown);
    }
    if writing.yes {
        return None;
    }
    if !can_ask() {
        return Some(ChangeOutcome::ConsentNeeded);
    }
    (!yes("Write this? [y/N] ")).then_some(ChangeOutcome::Cancelled)
}

/// History may have been ready and still fail, as on a full disk: then a person says whether it is written without.
fn with_history(
    engine: &Engine,
    put: impl Fn() -> Result<ChangeOutcome, Failure>,
) -> Result<ChangeOutcome, Failure> {
    match put() {
        Err(failure) if failure.cause == Some("history.unwritable") && can_ask() => {
            print::note(Some(&failure.message));
            if !yes("Write it without keeping what was there? [y/N] ") {
                return Err(failure);
            }
            engine.skip_history_once();
            put()
        }
        outcome => outcome,
    }
}

fn yes(question: &str) -> bool {
    matches!(print::ask(question).to_lowercase().as_str(), "y" | "yes")
}

fn told(outcome: &ChangeOutcome, nothing: bool) -> Ending {
    let (words, ended) = match outcome {
        ChangeOutcome::Written => (None, Ending::Done),
        ChangeOutcome::Shown if nothing => (Some("Nothing to change."), Ending::Done),
        ChangeOutcome::Shown => (Some("Nothing was written."), Ending::Done),
        ChangeOutcome::ConsentNeeded => (
            Some(
                "Nothing was written, since there is no terminal to ask on. --yes writes without asking.",
            ),
            Ending::No,
        ),
        ChangeOutcome::Cancelled => (Some("Nothing was written."), Ending::Interrupted),
        ChangeOutcome::Conflict => (
            Some(
                "Nothing was written: another program changed the same lines meanwhile. Run it again.",
            ),
            Ending::No,
        ),
    };
    print::note(words);
    ended
}
