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

/// What a person is asked about.
pub(crate) struct Shown {
    /// Lines that go and come.
    pub(crate) changes: Vec<FileChange>,
    /// What is done besides, as sentences.
    pub(crate) besides: Vec<String>,
}

impl Shown {
    /// Nothing but lines.
    pub(crate) fn lines(changes: Vec<FileChange>) -> Self {
        Self {
            changes,
            besides: Vec::new(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.changes.is_empty() && self.besides.is_empty()
    }
}

/// Shows what changes, and writes it where that is agreed to.
pub(crate) fn write(
    engine: &Engine,
    shown: Shown,
    writing: &Writing,
    how: How,
    put: impl Fn() -> Result<ChangeOutcome, Failure>,
) -> Result<Ending, Failure> {
    if !how.json {
        print::out(&diff::text(&shown.changes, how.look));
        for sentence in &shown.besides {
            print::out(&format!("{sentence}\n"));
        }
    }
    let outcome = match agreed(&shown, writing) {
        None => {
            history::ready(engine)?;
            with_history(engine, put)?
        }
        Some(outcome) => outcome,
    };
    let ended = told(&outcome, shown.is_nothing());
    if how.json {
        let Shown { changes, besides } = shown;
        print::json(&ChangeDocument {
            outcome,
            changes,
            besides,
        });
    }
    Ok(ended)
}

/// Somebody is there who can answer.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Nothing where it may be written, else why not.
fn agreed(shown: &Shown, writing: &Writing) -> Option<ChangeOutcome> {
    if shown.is_nothing() || writing.diff {
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
