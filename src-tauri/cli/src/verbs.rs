//! One function a verb: ask the engine, hand over what to print, say how it ended.

use rolecall_engine::{
    Engine, Failure, Options, Overrides, Snapshot,
    view::{CheckDocument, FailureView, Severity},
    world::World,
};

use crate::{
    arguments::{Arguments, Engine as Reader, Verb},
    keys,
    print::{self, Ending, Look},
};

/// How answers are printed.
#[derive(Clone, Copy)]
pub(crate) struct How {
    pub(crate) json: bool,
    pub(crate) look: Look,
}

/// Runs one verb.
pub(crate) fn run(world: &World, arguments: Arguments) -> Ending {
    let overrides = Overrides {
        config: arguments.files.config,
        credentials: arguments.files.credentials,
    };
    let how = How {
        json: arguments.files.json,
        look: Look::of_stdout(world),
    };
    let engine = Engine::start(
        world.clone(),
        Options {
            overrides,
            sample: false,
        },
    );
    let snapshot = engine.snapshot();
    let id = |name: &str| {
        let id = engine.id_of(name);
        id.map_err(|failure| unless_unread(&snapshot, failure))
    };
    let ended = match arguments.verb {
        Verb::List { filter } => Ok(list(&snapshot, &filter.join(" "), how)),
        Verb::Show { name, reveal } => show(&snapshot, &name, reveal, how),
        Verb::Chain { name } => chain(&snapshot, &name, how),
        Verb::Check => Ok(check(&snapshot, how)),
        Verb::Read {
            engine: Reader::RustIni,
            reveal,
        } => Ok(read(&snapshot, reveal, how)),
        Verb::Assume { name, asking } => {
            id(&name).and_then(|id| keys::assume(&engine, id, &asking, how))
        }
        Verb::Env {
            name,
            shell,
            asking,
        } => id(&name).and_then(|id| keys::env(&engine, id, shell, &asking, how)),
        Verb::Exec {
            name,
            asking,
            command,
        } => id(&name).and_then(|id| keys::exec(&engine, id, &asking, &command, how)),
    };
    ended.unwrap_or_else(|failure| print::failure(&failure.view(), how.json))
}

fn list(snapshot: &Snapshot, filter: &str, how: How) -> Ending {
    let (document, hint) = snapshot.list_document(filter);
    print::note(hint.as_deref());
    let printed = if how.json {
        print::json(&document)
    } else {
        print::list(&document, how.look)
    };
    print::with_failures(printed, &document.failures)
}

fn show(snapshot: &Snapshot, name: &str, reveal: bool, how: How) -> Result<Ending, Failure> {
    let document = snapshot
        .show_document(name, reveal)
        .map_err(|failure| unless_unread(snapshot, failure))?;
    let printed = if how.json {
        print::json(&document)
    } else {
        print::show(&document, how.look)
    };
    Ok(print::with_failures(printed, &failures(snapshot)))
}

fn chain(snapshot: &Snapshot, name: &str, how: How) -> Result<Ending, Failure> {
    let document = snapshot
        .chain_document(name)
        .map_err(|failure| unless_unread(snapshot, failure))?;
    let printed = if how.json {
        print::json(&document)
    } else {
        print::chain(&snapshot.chain_steps(name)?, how.look)
    };
    let ended = print::with_failures(printed, &failures(snapshot));
    let leads_nowhere = document.end != rolecall_engine::view::ChainEnd::Complete;
    Ok(if leads_nowhere {
        ended.at_least(Ending::No)
    } else {
        ended
    })
}

fn check(snapshot: &Snapshot, how: How) -> Ending {
    let document = snapshot.check_document();
    let printed = if how.json {
        print::json(&document)
    } else {
        print::check(&document, how.look)
    };
    let ended = if found_something(&document) {
        printed.at_least(Ending::No)
    } else {
        printed
    };
    print::with_failures(ended, &document.failures)
}

fn read(snapshot: &Snapshot, reveal: bool, how: How) -> Ending {
    let document = snapshot.read_document(reveal);
    let printed = if how.json {
        print::json(&document)
    } else {
        print::read(&document)
    };
    print::with_failures(printed, &failures(snapshot))
}

fn found_something(document: &CheckDocument) -> bool {
    document
        .problems
        .iter()
        .any(|problem| problem.severity != Severity::Info)
}

fn failures(snapshot: &Snapshot) -> Vec<FailureView> {
    snapshot.failures().map(Failure::view).collect()
}

/// A profile that is not found because its file could not be read is no missing profile.
fn unless_unread(snapshot: &Snapshot, failure: Failure) -> Failure {
    snapshot.failures().next().cloned().unwrap_or(failure)
}
