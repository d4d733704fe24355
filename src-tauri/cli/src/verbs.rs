//! One function a verb: ask the engine, hand over what to print, say how it ended.

use rolecall_engine::{
    Engine, Failure, LoginWish, Options, Overrides, Snapshot,
    view::{AccountForm, AccountsDocument, CheckDocument, Endpoint, FailureView, Label, Severity},
    world::World,
};

use crate::{
    arguments::{
        AccountsVerb, Arguments, Fields, HistoryVerb, Label as GivenLabel, Reader, StandardInput,
        Verb, dialects,
    },
    change, history, import, keys, portal,
    print::{self, Ending, Look},
    readers, why,
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
        Verb::Check {
            fix: None, engines, ..
        } => Ok(check(&snapshot, &engines, how)),
        Verb::Check {
            fix: Some(fix),
            writing,
            ..
        } => change::fix(&engine, fix, &writing, how),
        Verb::Change(verb) => {
            change::run(&engine, &verb, how).map_err(|failure| unless_unread(&snapshot, failure))
        }
        Verb::Import {
            from: StandardInput,
            names,
            writing,
        } => import::run(&engine, &names, &writing, how),
        Verb::Read { engine, reveal } => Ok(readers::read(&snapshot, engine, reveal, how)),
        Verb::Compat { name, engines } => {
            readers::compat(&snapshot, name.as_deref(), &engines, how)
                .map_err(|failure| unless_unread(&snapshot, failure))
        }
        Verb::Why { name, engines } => why::why(world, &snapshot, &name, &engines, how)
            .map_err(|failure| unless_unread(&snapshot, failure)),
        Verb::Accounts { verb } => accounts(&engine, verb.unwrap_or(AccountsVerb::List), how)
            .map_err(|failure| unless_unread(&snapshot, failure)),
        Verb::Use {
            name,
            role,
            base_keys,
            region,
        } => engine
            .use_named(&name, role.as_deref(), base_keys, region.as_deref())
            .map(|()| used(&engine.snapshot(), how))
            .map_err(|failure| unless_unread(&snapshot, failure)),
        Verb::History { verb } => history::run(&engine, verb.unwrap_or(HistoryVerb::List), how),
        Verb::Assume { name, asking } => {
            id(&name).and_then(|id| keys::assume(&engine, id, &asking, how))
        }
        Verb::Env {
            name,
            shell,
            asking,
        } => id(&name).and_then(|id| keys::env(&engine, id, shell, &asking, how)),
        Verb::Process { name } => id(&name).map(|id| keys::process(&engine, id)),
        Verb::Login {
            portal: name,
            device,
            no_browser,
            fresh,
        } => {
            let wish = LoginWish {
                by_code: device,
                open_browser: !no_browser,
                fresh,
            };
            portal::login(&engine, name.as_deref(), wish, how)
                .map_err(|failure| unless_unread(&snapshot, failure))
        }
        Verb::Logout { portal: name } => portal::logout(&engine, name.as_deref(), how)
            .map_err(|failure| unless_unread(&snapshot, failure)),
        Verb::Sso { verb } => {
            portal::sso(&engine, verb, how).map_err(|failure| unless_unread(&snapshot, failure))
        }
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

fn check(snapshot: &Snapshot, engines: &[Reader], how: How) -> Ending {
    let document = if engines.is_empty() {
        snapshot.check_document()
    } else {
        snapshot.check_document_for(&dialects(engines))
    };
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

fn accounts(engine: &Engine, verb: AccountsVerb, how: How) -> Result<Ending, Failure> {
    match verb {
        AccountsVerb::List => {}
        AccountsVerb::Add {
            name,
            profile,
            fields,
        } => {
            let form = AccountForm {
                name,
                profile,
                role: None,
                region: None,
                endpoint: Endpoint::Aws,
                label: None,
            };
            engine.save_account(&filled(form, fields), None)?;
        }
        AccountsVerb::Edit {
            name,
            new_name,
            profile,
            fields,
        } => {
            let (id, known) = engine.account_named(&name)?;
            let form = AccountForm {
                name: new_name.unwrap_or(known.name),
                profile: profile.unwrap_or(known.profile),
                ..known
            };
            engine.save_account(&filled(form, fields), Some(id))?;
        }
        AccountsVerb::Remove { name } => {
            let (id, _) = engine.account_named(&name)?;
            engine.remove_account(id)?;
        }
    }
    let document = engine.snapshot().accounts_document();
    let printed = if how.json {
        print::json(&document)
    } else {
        print::accounts(&document, how.look)
    };
    Ok(print::with_failures(printed, &document.failures))
}

/// What was given wins over what is known.
fn filled(form: AccountForm, fields: Fields) -> AccountForm {
    let label = fields.label.map(|label| match label {
        GivenLabel::Dev => Some(Label::Dev),
        GivenLabel::Staging => Some(Label::Staging),
        GivenLabel::Production => Some(Label::Production),
        GivenLabel::None => None,
    });
    AccountForm {
        role: fields.role.or(form.role),
        region: fields.region.or(form.region),
        endpoint: fields
            .endpoint
            .map_or(form.endpoint, |text| Endpoint::named(&text)),
        label: label.unwrap_or(form.label),
        ..form
    }
}

fn used(snapshot: &Snapshot, how: How) -> Ending {
    let AccountsDocument { in_use, .. } = snapshot.accounts_document();
    if how.json {
        print::json(&print::Used { in_use })
    } else {
        print::used(in_use.as_ref())
    }
}

fn found_something(document: &CheckDocument) -> bool {
    document
        .problems
        .iter()
        .any(|problem| problem.severity != Severity::Info)
}

pub(crate) fn failures(snapshot: &Snapshot) -> Vec<FailureView> {
    snapshot.failures().map(Failure::view).collect()
}

/// A profile that is not found because its file could not be read is no missing profile.
fn unless_unread(snapshot: &Snapshot, failure: Failure) -> Failure {
    let unread = snapshot.failures().next().cloned();
    unread
        .filter(|_| matches!(failure.cause, Some("profile.notFound" | "sso.noPortal")))
        .unwrap_or(failure)
}
