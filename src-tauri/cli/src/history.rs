//! `rolecall history`: what was changed, by whom, and back again. Listing asks nobody; showing and writing may need the
//! key, from the keyring or by the passphrase that a person types.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal},
};

use rolecall_engine::{
    Engine, Failure, Secret, escape_line,
    view::{ChangeOutcome, HistoryChoice, HistoryDocument, KeptVersion},
};

use crate::{
    arguments::{HistoryVerb, Keep},
    consent::{self, Shown},
    diff,
    print::{self, Ending},
    verbs::How,
};

pub(crate) fn run(engine: &Engine, verb: HistoryVerb, how: How) -> Result<Ending, Failure> {
    match verb {
        HistoryVerb::List => Ok(list(&engine.history_document(), how)),
        HistoryVerb::Show { id } => {
            open(engine)?;
            show(engine, id, how)
        }
        HistoryVerb::Restore { id, name, writing } => {
            open(engine)?;
            let changes = engine.restore_preview(id, name.as_deref())?;
            consent::write(engine, Shown::lines(changes), &writing, how, || {
                engine.restore(id, name.as_deref())?;
                Ok(ChangeOutcome::Written)
            })
        }
        HistoryVerb::Undo { writing } => {
            open(engine)?;
            let (what, changes) = engine.undo_preview()?;
            print::note(Some(&format!("Undo: {}", escape_line(&what))));
            if changes.is_empty() && !writing.diff {
                // Another program took it back already: the next undo walks on.
                engine.undo()?;
            }
            consent::write(engine, Shown::lines(changes), &writing, how, || {
                engine.undo()?;
                Ok(ChangeOutcome::Written)
            })
        }
        HistoryVerb::Keep { how: keep } => {
            let choice = match keep {
                Keep::Keyring => HistoryChoice::Keyring,
                Keep::Passphrase | Keep::NewPassphrase => HistoryChoice::Passphrase,
                Keep::WithoutSecrets => HistoryChoice::WithoutSecrets,
                Keep::None => HistoryChoice::None,
            };
            match keep {
                Keep::NewPassphrase => engine.replace_passphrase(&new_passphrase())?,
                Keep::Passphrase => engine.choose_history(choice, Some(&new_passphrase()))?,
                _ => engine.choose_history(choice, None)?,
            }
            print::note(Some(said(choice)));
            Ok(Ending::Done)
        }
    }
}

/// Before something is written: History can keep what is there, or a person says what to do. Where nobody can be asked it
/// is kept without secrets, and that is said, once.
pub(crate) fn ready(engine: &Engine) -> Result<(), Failure> {
    open(engine)?;
    let Err(failure) = engine.history_ready() else {
        return Ok(());
    };
    if engine.history_choice().is_some() {
        return Err(failure);
    }
    if !consent::can_ask() {
        engine.choose_history(HistoryChoice::WithoutSecrets, None)?;
        print::note(Some(&format!(
            "{} It is kept without secrets from now on; rolecall history keep changes that.",
            failure.message
        )));
        return Ok(());
    }
    print::note(Some(&failure.message));
    let question = "Keep it with a [p]assphrase, [w]ithout secrets, or [n]ot at all? ";
    let (choice, passphrase) = match print::ask(question).as_str() {
        "p" => (HistoryChoice::Passphrase, Some(new_passphrase())),
        "w" => (HistoryChoice::WithoutSecrets, None),
        "n" => (HistoryChoice::None, None),
        _ => return Err(failure),
    };
    engine.choose_history(choice, passphrase.as_ref())
}

/// What is locked with a passphrase is opened, where a person can type it.
fn open(engine: &Engine) -> Result<(), Failure> {
    let locked = engine.history_choice() == Some(HistoryChoice::Passphrase)
        && engine.history_ready().is_err();
    if locked && consent::can_ask() {
        engine.choose_history(HistoryChoice::Passphrase, Some(&passphrase()))?;
    }
    Ok(())
}

fn passphrase() -> Secret {
    Secret::new(typed("Passphrase of History: "))
}

/// Typed twice, since nobody sees it; two that differ are none.
fn new_passphrase() -> Secret {
    let once = typed("New passphrase of History: ");
    let same = !io::stdin().is_terminal() || once == typed("Once more: ");
    Secret::new(if same { once } else { String::new() })
}

/// Unseen on a terminal, else the first line of standard input. What can't be read is no passphrase.
fn typed(question: &str) -> String {
    if io::stdin().is_terminal() {
        rpassword::prompt_password(question).unwrap_or_default()
    } else {
        print::ask(question)
    }
}

fn list(document: &HistoryDocument, how: How) -> Ending {
    if how.json {
        return print::json(document);
    }
    let mut text = String::new();
    for version in &document.versions {
        writeln!(text, "{}", line(version)).expect("a String");
    }
    let ended = print::out(&text);
    let count = match document.versions.len() {
        1 => "1 version".to_owned(),
        count => format!("{count} versions"),
    };
    print::note(Some(&match document.kept {
        Some(choice) => format!("{count}. {}", said(choice)),
        None => format!("{count}."),
    }));
    if document.damaged > 0 {
        let damaged = document.damaged;
        print::note(Some(&format!("{damaged} more can't be read.")));
    }
    ended
}

fn show(engine: &Engine, id: u64, how: How) -> Result<Ending, Failure> {
    let document = engine.version_document(id)?;
    Ok(if how.json {
        print::json(&document)
    } else {
        let lines = diff::text(&document.changes, how.look);
        print::out(&format!("{}\n{lines}", line(&document.version)))
    })
}

fn line(version: &KeptVersion) -> String {
    let by = match &version.by_rolecall {
        Some(what) => format!("Rolecall: {}", escape_line(what)),
        None => "another program".to_owned(),
    };
    format!(
        "{:>5}  {}  {:<11}  {:>7} B  {by}",
        version.id,
        version.at,
        version.file.name(),
        version.size
    )
}

fn said(choice: HistoryChoice) -> &'static str {
    match choice {
        HistoryChoice::Keyring => "Text is kept encrypted, its key in the system's keyring.",
        HistoryChoice::Passphrase => "Text is kept encrypted, its key behind your passphrase.",
        HistoryChoice::WithoutSecrets => "Text is kept with its secrets masked.",
        HistoryChoice::None => "Nothing is kept from now on, and nothing can be undone.",
    }
}
