//! The verbs that change the two files: the arguments become a request, the engine says what it would do, that is shown
//! and agreed to, and done. A secret is never an argument, since process lists show those.

use std::io::{self, IsTerminal};

use rolecall_engine::{
    Engine, Failure, escape_line, is_secret,
    view::{
        ChangeOutcome, ChangeRequest, FileKind, GivenValue, NewProperty, NewSection, SectionName,
    },
};

use crate::{
    arguments::{ChangeVerb, Fix, Section, Writing},
    consent::{self, Shown},
    print::{self, Ending},
    verbs::How,
};

/// Runs one of these verbs.
pub(crate) fn run(engine: &Engine, verb: &ChangeVerb, how: How) -> Result<Ending, Failure> {
    let (request, writing) = request(verb)?;
    change(engine, &request, writing, how)
}

/// Fixes problems.
pub(crate) fn fix(
    engine: &Engine,
    fix: Fix,
    writing: &Writing,
    how: How,
) -> Result<Ending, Failure> {
    let safe = fix == Fix::Safe;
    change(engine, &ChangeRequest::FixAll { safe }, writing, how)
}

/// Shows what a request would do, and does it where that is agreed to.
pub(crate) fn change(
    engine: &Engine,
    request: &ChangeRequest,
    writing: &Writing,
    how: How,
) -> Result<Ending, Failure> {
    let proposal = match engine.propose(request) {
        // Nothing to do is no failure: a script may say twice what it wants.
        Err(failure) if failure.cause == Some("change.same") => None,
        proposal => Some(proposal?),
    };
    let Some(proposal) = proposal else {
        let nothing = Shown::lines(Vec::new());
        return consent::write(engine, nothing, writing, how, || Ok(ChangeOutcome::Shown));
    };
    for sentence in &proposal.worse {
        print::note(Some(&format!("Then: {}", escape_line(sentence))));
    }
    let shown = Shown {
        changes: proposal.changes,
        besides: proposal.besides,
    };
    consent::write(engine, shown, writing, how, || {
        engine.carry_out(request, &proposal.id)
    })
}

fn request(verb: &ChangeVerb) -> Result<(ChangeRequest, &Writing), Failure> {
    Ok(match verb {
        ChangeVerb::Set {
            name,
            key,
            value,
            section,
            writing,
        } => {
            let request = ChangeRequest::Set {
                section: named(name, section.sso_session),
                file: file(section),
                key: key.clone(),
                value: given(key, value)?,
            };
            (request, writing)
        }
        ChangeVerb::Unset {
            name,
            key,
            section,
            writing,
        } => {
            let request = ChangeRequest::Unset {
                section: named(name, section.sso_session),
                file: file(section),
                key: key.clone(),
            };
            (request, writing)
        }
        ChangeVerb::Add {
            name,
            properties,
            sso_session,
            writing,
        } => {
            let properties = properties.iter().map(|(key, value)| {
                Ok(NewProperty {
                    key: key.clone(),
                    value: given(key, value)?,
                })
            });
            let sections = vec![NewSection {
                section: named(name, *sso_session),
                properties: properties.collect::<Result<_, Failure>>()?,
            }];
            (ChangeRequest::Add { sections }, writing)
        }
        ChangeVerb::Rename { old, new, writing } => {
            let (profile, to) = (old.clone(), new.clone());
            (ChangeRequest::Rename { profile, to }, writing)
        }
        ChangeVerb::Duplicate { name, new, writing } => {
            let (profile, to) = (name.clone(), new.clone());
            (ChangeRequest::Duplicate { profile, to }, writing)
        }
        ChangeVerb::Move { name, to, writing } => {
            let profile = name.clone();
            let to = (*to).into();
            (ChangeRequest::Move { profile, to }, writing)
        }
        ChangeVerb::Remove {
            name,
            sso_session,
            writing,
        } => {
            let section = named(name, *sso_session);
            (ChangeRequest::Remove { section }, writing)
        }
        ChangeVerb::Merge { a, b, writing } => {
            let (profile, into) = (a.clone(), b.clone());
            (ChangeRequest::Merge { profile, into }, writing)
        }
    })
}

fn named(name: &str, is_portal: bool) -> SectionName {
    if is_portal {
        SectionName::SsoSession(name.to_owned())
    } else {
        SectionName::Profile(name.to_owned())
    }
}

fn file(section: &Section) -> Option<FileKind> {
    section.file.map(Into::into)
}

/// A value as it was given; `-` stands for the next line of standard input, or is asked for without being seen.
fn given(key: &str, value: &str) -> Result<GivenValue, Failure> {
    if value != "-" {
        return if is_secret(key) {
            Err(Failure::secret_argument(key))
        } else {
            Ok(value.to_owned().into())
        };
    }
    if io::stdin().is_terminal() && is_secret(key) {
        let typed = rpassword::prompt_password(format!("{key}: ")).unwrap_or_default();
        return Ok(typed.into());
    }
    Ok(print::ask(&format!("{key}: ")).into())
}
