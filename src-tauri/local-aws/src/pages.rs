//! What a person sees in a browser: the page that asks whether a program may use the portal, once reached by an address
//! that the program opened (`/authorize`) and once by a code (`/device`). Two buttons, Allow and Deny; whoever looks at
//! them is signed in already. A real browser presses them in the tests.

use std::fmt::Write;

use bytes::Bytes;
use http::{Method, Request};
use jiff::SignedDuration;

use crate::{
    call::Call,
    identity::{Code, opaque},
    oidc::CODE_SECONDS,
    refusal::{Answer, Refusal, escaped, refuse},
    state::State,
};

/// What the browser gets.
pub(crate) enum Page {
    /// Something to look at.
    Shown {
        /// HTTP status.
        status: u16,
        /// The whole page.
        html: String,
    },
    /// It goes on there.
    GoTo(String),
}

pub(crate) fn answer(state: &mut State, request: &Request<Bytes>, call: &Call) -> Answer<Page> {
    let pressed = match (request.method(), call.get("decision")) {
        (&Method::POST, Some("allow")) => Some(true),
        (&Method::POST, Some("deny")) => Some(false),
        _ => None,
    };
    if call.action == "DevicePage" {
        device(state, call, pressed)
    } else {
        authorize(state, call, pressed)
    }
}

/// A no, as a page.
pub(crate) fn refused(refusal: &Refusal) -> Page {
    Page::Shown {
        status: refusal.status,
        html: html("Something went wrong", &refusal.message, ""),
    }
}

fn device(state: &mut State, call: &Call, pressed: Option<bool>) -> Answer<Page> {
    let now = state.clock.now();
    let Some(code) = call.get("user_code") else {
        let field = "<form method=\"get\"><label>Code <input name=\"user_code\" id=\"code\" autofocus></label>\
                     <button>Next</button></form>";
        return Ok(shown(
            "Authorization requested",
            "Enter the code that the program shows.",
            field,
        ));
    };
    let ask = state.identity.asks.iter().find(|ask| {
        ask.user_code.eq_ignore_ascii_case(code) && ask.ends > now && ask.allowed.is_none()
    });
    let ask =
        ask.ok_or_else(|| refuse(400, "InvalidCode", "That code is not valid, or is over."))?;
    let (code, client) = (ask.user_code.clone(), ask.client.clone());
    match pressed {
        Some(allow) => {
            state.decide(Some(&code), allow);
            Ok(decided(allow))
        }
        None => {
            let sentence = format!(
                "Confirm that the program shows this code: {}. {} asks to use your access.",
                escaped(&code),
                escaped(client_name(state, &client)),
            );
            Ok(shown("Authorization requested", &sentence, &buttons(call)))
        }
    }
}

fn authorize(state: &mut State, call: &Call, pressed: Option<bool>) -> Answer<Page> {
    let no = |sentence: &str| refuse(400, "InvalidRequest", sentence);
    let get = |name: &str| {
        call.get(name)
            .ok_or_else(|| no(&format!("{name} is missing.")))
    };
    let now = state.clock.now();
    let client = state.client(get("client_id")?);
    let client = client
        .filter(|client| client.ends > now)
        .ok_or_else(|| no("The program is not registered."))?;
    let redirect = get("redirect_uri")?;
    let known = client
        .redirects
        .iter()
        .any(|known| same_but_for_port(known, redirect));
    if !known {
        return Err(no("The program did not register this redirect_uri."));
    }
    if get("response_type")? != "code" || get("code_challenge_method")? != "S256" {
        return Err(no("Only code with S256 is supported."));
    }
    let (challenge, carried) = (get("code_challenge")?.to_owned(), get("state")?.to_owned());
    let start_url = client.issuer.clone().unwrap_or_default();
    let (id, name) = (client.id.clone(), client.name.clone());
    if state.portal(&start_url).is_none() {
        return Err(no("There is no such portal."));
    }
    let Some(allow) = pressed else {
        let sentence = format!("{} asks to use your access.", escaped(&name));
        return Ok(shown("Allow access?", &sentence, &buttons(call)));
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    if allow {
        let code = Code {
            text: opaque(64),
            client: id,
            redirect: redirect.to_owned(),
            challenge,
            start_url,
            ends: now + SignedDuration::from_secs(CODE_SECONDS),
        };
        query.append_pair("code", &code.text);
        state.identity.codes.push(code);
    } else {
        query.append_pair("error", "access_denied");
        query.append_pair("error_description", "The user denied the request");
    }
    query.append_pair("state", &carried);
    Ok(Page::GoTo(format!("{redirect}?{}", query.finish())))
}

fn client_name<'a>(state: &'a State, id: &str) -> &'a str {
    state.client(id).map_or("A program", |client| &client.name)
}

/// Programs register `http://127.0.0.1/oauth/callback` and listen on whatever port is free.
fn same_but_for_port(known: &str, redirect: &str) -> bool {
    let parts = |url: &str| {
        let url: http::Uri = url.parse().ok()?;
        let scheme = url.scheme_str()?.to_owned();
        Some((scheme, url.host()?.to_owned(), url.path().to_owned()))
    };
    parts(known).is_some() && parts(known) == parts(redirect)
}

fn decided(allow: bool) -> Page {
    if allow {
        shown("Request approved", "You can close this window.", "")
    } else {
        shown("Request denied", "You can close this window.", "")
    }
}

/// Allow and Deny, with all that the page was asked with.
fn buttons(call: &Call) -> String {
    let mut form = String::from("<form method=\"post\">");
    for (name, value) in &call.parameters {
        let (name, value) = (attribute(name), attribute(value));
        write!(
            form,
            "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"
        )
        .expect("writing to a String");
    }
    form + "<button name=\"decision\" value=\"allow\" id=\"allow\">Allow access</button>\
            <button name=\"decision\" value=\"deny\" id=\"deny\">Deny access</button></form>"
}

fn attribute(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}

fn shown(title: &str, sentence: &str, form: &str) -> Page {
    Page::Shown {
        status: 200,
        html: html(title, sentence, form),
    }
}

fn html(title: &str, sentence: &str, form: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <body><h1>{title}</h1><p>{sentence}</p>{form}</body></html>\n"
    )
}
