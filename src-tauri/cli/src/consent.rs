//! Before a verb writes to the two files: what changes is shown, and a person agrees, on a terminal or by `--yes`.
//! Where nobody can be asked nothing is written. All verbs that write go through here.

use std::io::{self, IsTerminal};

use rolecall_engine::{
    Failure,
    view::{ChangeDocument, ChangeOutcome, FileChange},
};

use crate::{
    arguments::Writing,
    diff,
    print::{self, Ending},
    verbs::How,
};

/// Shows what changes, and writes it where that is agreed to.
pub(crate) fn write(
    changes: Vec<FileChange>,
    writing: &Writing,
    how: How,
    write: impl FnOnce() -> Result<ChangeOutcome, Failure>,
) -> Result<Ending, Failure> {
    if !how.json {
        print::out(&diff::text(&changes, how.look));
    }
    let outcome = match agreed(&changes, writing) {
        None => write()?,
        Some(outcome) => outcome,
    };
    let ended = told(&outcome, changes.is_empty());
    if how.json {
        print::json(&ChangeDocument { outcome, changes });
    }
    Ok(ended)
}

/// Nothing where it may be written, else why not.
fn agreed(changes: &[FileChange], writing: &Writing) -> Option<ChangeOutcome> {
    if changes.is_empty() || writing.diff {
        return Some(ChangeOutcome::Shown);
    }
    if writing.yes {
        return None;
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Some(ChangeOutcome::ConsentNeeded);
    }
    let answer = print::ask("Write this? [y/N] ");
    let agreed = matches!(answer.to_lowercase().as_str(), "y" | "yes");
    (!agreed).then_some(ChangeOutcome::Cancelled)
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
