//! The verbs of IAM Identity Center: `login`, `logout`, `sso`. These connect, and `login` alone opens a browser. What a
//! person has to see meanwhile goes to standard error, so that the answer can be piped.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal},
    sync::Arc,
};

use rolecall_engine::{
    Engine, Failure, LoginWish, TEMPLATE, escape_line,
    view::{
        ChangeRequest, GenerateRequest, ListingDocument, ListingProgress, LoginDocument, LoginStep,
        LogoutDocument, PortalListing,
    },
};

use crate::{
    arguments::{Making, SsoVerb},
    change,
    keys::wait,
    print::{self, Ending},
    verbs::How,
};

/// Signs in, and says meanwhile what there is to do.
pub(crate) fn login(
    engine: &Arc<Engine>,
    name: Option<&str>,
    wish: LoginWish,
    how: How,
) -> Result<Ending, Failure> {
    let shadowed = engine.shadows(name)?;
    for sentence in &shadowed {
        print::note(Some(sentence));
    }
    let outcome = wait(engine.login(name, wish, Arc::new(|step| tell(&step))))?;
    let Some(document) = LoginDocument::of(&outcome, shadowed) else {
        return Ok(Ending::Interrupted);
    };
    if how.json {
        return Ok(print::json(&document));
    }
    Ok(print::out(&format!(
        "Signed in to {} until {}.\n",
        escape_line(&document.portal),
        document.ends_at
    )))
}

fn tell(step: &LoginStep) {
    let lines = match step {
        LoginStep::Waiting => {
            vec!["Another Rolecall signs in to this portal already; waiting for it.".to_owned()]
        }
        LoginStep::Browser { url, opened: true } => vec![
            "Finish signing in in your browser. If it did not open, this is the page:".to_owned(),
            format!("  {url}"),
        ],
        LoginStep::Browser { url, opened: false } => vec![
            "Open this page in a browser on this computer to sign in:".to_owned(),
            format!("  {url}"),
        ],
        LoginStep::Code {
            code,
            url,
            complete_url,
            opened,
            why,
            ..
        } => {
            let why = why.as_ref().map(|why| format!("{why}. "));
            let code = escape_line(code);
            let what = if *opened {
                format!("The browser shows a code. Allow it if it is {code}.")
            } else {
                format!("Open {} and type this code: {code}", escape_line(url))
            };
            vec![
                why.unwrap_or_default() + &what,
                format!("  {}", escape_line(complete_url)),
                "Never allow a code that somebody sent you: it would sign them in as you."
                    .to_owned(),
            ]
        }
    };
    for line in lines {
        print::note(Some(&line));
    }
}

/// Signs out.
pub(crate) fn logout(
    engine: &Arc<Engine>,
    name: Option<&str>,
    how: How,
) -> Result<Ending, Failure> {
    let document = LogoutDocument::from(&wait(engine.logout(name))?);
    if how.json {
        return Ok(print::json(&document));
    }
    let portal = escape_line(&document.portal);
    Ok(print::out(&if document.was_signed_in {
        format!("Signed out of {portal}.\n")
    } else {
        format!("Nobody was signed in to {portal}.\n")
    }))
}

/// The portals, or what one of them opens.
pub(crate) fn sso(
    engine: &Arc<Engine>,
    verb: Option<SsoVerb>,
    how: How,
) -> Result<Ending, Failure> {
    match verb {
        None => Ok(portals(engine, how)),
        Some(SsoVerb::List { portal, cached }) => {
            let known = if cached {
                engine.known_listing(portal.as_deref())?
            } else {
                None
            };
            let listing = match known {
                Some(known) => known,
                None => list(engine, portal.as_deref())?,
            };
            Ok(listed(listing, how))
        }
        Some(SsoVerb::Generate { portal, making }) => {
            generate(engine, portal.as_deref(), &making, how)
        }
        Some(SsoVerb::GiveSection {
            start_url,
            name,
            writing,
        }) => {
            let request = ChangeRequest::GiveSection { start_url, name };
            change::change(engine, &request, &writing, how)
        }
    }
}

fn list(engine: &Arc<Engine>, name: Option<&str>) -> Result<PortalListing, Failure> {
    let shows = io::stderr().is_terminal();
    let listing = wait(engine.list_portal(name, false, |progress| {
        if shows {
            eprint_progress(&progress);
        }
    }));
    if shows {
        print::progress("");
    }
    listing
}

fn eprint_progress(progress: &ListingProgress) {
    let of = if progress.has_all_accounts {
        format!("of {}", progress.accounts)
    } else {
        format!("of {} or more", progress.accounts)
    };
    print::progress(&format!("{} {of} accounts", progress.listed));
}

fn portals(engine: &Engine, how: How) -> Ending {
    let document = engine.portals_document();
    if how.json {
        let printed = print::json(&document);
        return print::with_failures(printed, &document.failures);
    }
    let mut text = String::new();
    for portal in &document.portals {
        let state = match (&portal.unfit, portal.signed_in, &portal.ends_at) {
            (Some(unfit), ..) => escape_line(unfit).into_owned(),
            (None, true, Some(end)) => format!("signed in until {end}"),
            (None, false, Some(end)) => format!("ended {end}"),
            (None, ..) => "not signed in".to_owned(),
        };
        let name = escape_line(&portal.name);
        writeln!(text, "{name}  {} profiles  {state}", portal.profiles).expect("a String");
    }
    print::with_failures(print::out(&text), &document.failures)
}

fn listed(listing: PortalListing, how: How) -> Ending {
    let document = ListingDocument::from(listing);
    let ended = if document.complete {
        Ending::Done
    } else {
        print::note(Some(
            "Listing was given up before the end; run it again to go on.",
        ));
        Ending::No
    };
    if how.json {
        return print::json(&document).at_least(ended);
    }
    let mut text = String::new();
    for account in &document.accounts {
        let name = account.name.as_deref().unwrap_or("(no name)");
        let roles: Vec<_> = account.roles.iter().map(|role| escape_line(role)).collect();
        let id = escape_line(&account.id);
        let roles = roles.join(", ");
        writeln!(text, "{id}  {}  {roles}", escape_line(name)).expect("a String");
    }
    print::out(&text).at_least(ended)
}

fn generate(
    engine: &Arc<Engine>,
    portal: Option<&str>,
    making: &Making,
    how: How,
) -> Result<Ending, Failure> {
    if !making.cached || engine.known_listing(portal)?.is_none() {
        list(engine, portal)?;
    }
    let wish = GenerateRequest {
        portal: portal.map(str::to_owned),
        template: making
            .template
            .clone()
            .unwrap_or_else(|| TEMPLATE.to_owned()),
        region: making.region.clone(),
        accounts: making.account.clone(),
        roles: making.role.clone(),
        only: None,
        remove_gone: making.remove_gone,
    };
    change::change(
        engine,
        &ChangeRequest::Generate { wish },
        &making.writing,
        how,
    )
}
