//! The AWS SDK for Rust. Source: aws-config `profile/credentials/repr.rs` (`resolve_chain`, `base_provider`), held against
//! its published chains.

use super::{
    Base, Duration, End, Found, Stop, Visited, Walk, get, has, keys, line, role, sso, stop,
    web_identity,
};
use crate::dialect::Section;

pub(super) fn resolve<'a>(walk: &mut Walk<'a, '_>, selected: &str) -> End<'a> {
    if walk.asked.reading.profiles.is_empty() {
        return stop("No profiles were defined", None);
    }
    let mut roles = Vec::new();
    let mut visited = Visited::default();
    let mut name = selected.to_owned();
    let mut from = None;
    let base = loop {
        let Some(profile) = walk.profile(&name) else {
            let parent = visited.last().unwrap_or("the root profile");
            let words = format!("could not find source profile {name} referenced from {parent}");
            return stop(words, from);
        };
        if visited.has(&name) {
            // Also where it has keys: it looks whether it was here before it looks for them.
            let words = format!(
                "profile formed an infinite loop: {} -> {name}",
                visited.joined(" -> ")
            );
            return stop(words, from);
        }
        visited.push(name.clone());
        if visited.len() > 1 && static_keys(&name, profile).is_ok() {
            walk.step(&name, profile, "aws_access_key_id", "It has a key pair: a source profile with keys is used for them, whatever else it says.");
            break static_keys(&name, profile)?;
        }
        if !has(profile, "role_arn") || has(profile, "web_identity_token_file") {
            break base_of(walk, &name, profile).map_err(|stop| match visited.len() {
                1 => stop,
                _ => Stop {
                    words: format!("could not load source profile: {}", stop.words),
                    ..stop
                },
            })?;
        }
        walk.step(&name, profile, "role_arn", "role_arn is set: a role is assumed. mfa_serial and duration_seconds are not looked at.");
        // It never sends a duration, and it never asks for a code.
        let role = role(&name, profile, Duration::Unsaid);
        roles.push(super::Role {
            mfa_serial: None,
            ..role
        });
        let source = match (
            get(profile, "source_profile"),
            has(profile, "credential_source"),
        ) {
            (Some(_), true) => {
                let words = "profile contained both source_profile and credential_source. Only one or the other can be defined";
                return stop(words, line(profile, "credential_source"));
            }
            (None, false) => {
                let words = "profile must contain `source_profile` or `credential_source` but neither were defined";
                return stop(words, line(profile, "role_arn"));
            }
            (None, true) => break base_of(walk, &name, profile)?,
            (Some(source), false) => source.into_owned(),
        };
        walk.step(
            &name,
            profile,
            "source_profile",
            format!("source_profile says that the keys for it come from {source}."),
        );
        if source == name {
            break base_of(walk, &name, profile)?;
        }
        from = line(profile, "source_profile");
        name = source;
    };
    roles.reverse();
    Ok(Found { base, roles })
}

/// What the profile says of itself, in this order.
fn base_of<'a>(
    walk: &mut Walk<'a, '_>,
    name: &str,
    profile: &'a Section<'a>,
) -> Result<Base<'a>, Stop> {
    if let Some(source) = get(profile, "credential_source") {
        walk.step(
            name,
            profile,
            "credential_source",
            format!(
                "credential_source says that the keys come from {source}, in any case of letters."
            ),
        );
        return Ok(Base::Named {
            profile: name.to_owned(),
            source,
        });
    }
    if has(profile, "web_identity_token_file") {
        walk.step(
            name,
            profile,
            "web_identity_token_file",
            "web_identity_token_file is set: a role is assumed with the token in that file.",
        );
        if !has(profile, "role_arn") {
            let words = "`web_identity_token_file` was specified but `role_arn` was missing";
            return stop(words, line(profile, "web_identity_token_file"));
        }
        return Ok(web_identity(name, profile));
    }
    let of_portal = [
        "sso_account_id",
        "sso_region",
        "sso_role_name",
        "sso_start_url",
        "sso_session",
    ];
    if let Some(key) = of_portal.into_iter().find(|key| has(profile, key)) {
        walk.step(
            name,
            profile,
            key,
            format!("{key} is set: the portal is asked, before keys of the profile are looked at."),
        );
        return portal(walk, name, profile);
    }
    if has(profile, "login_session") {
        return Ok(walk.console_sign_in(name, profile));
    }
    if has(profile, "credential_process") {
        walk.step(name, profile, "credential_process", "credential_process is set: the program is run, before keys of the profile are looked at.");
        return Ok(Base::process(name));
    }
    let base = static_keys(name, profile)?;
    walk.step(name, profile, "aws_access_key_id", "It has a key pair, from either file or one half from each, and nothing else that gives keys.");
    Ok(base)
}

fn static_keys<'a>(name: &str, profile: &'a Section<'a>) -> Result<Base<'a>, Stop> {
    let keys_of_pair = ["aws_access_key_id", "aws_secret_access_key"];
    if ![keys_of_pair[0], keys_of_pair[1], "aws_session_token"]
        .into_iter()
        .any(|key| has(profile, key))
    {
        let words = format!("profile `{name}` did not contain credential information");
        return stop(words, Some(profile.at));
    }
    if let Some(missing) = keys_of_pair.into_iter().find(|key| !has(profile, key)) {
        return stop(format!("profile missing {missing}"), Some(profile.at));
    }
    Ok(keys(name, profile, &["aws_session_token"]))
}

fn portal<'a>(walk: &Walk<'a, '_>, name: &str, profile: &'a Section<'a>) -> Result<Base<'a>, Stop> {
    let mut session = None;
    if let Some(named) = get(profile, "sso_session") {
        // Also where both say the same.
        if let Some(key) = ["sso_start_url", "sso_region"]
            .into_iter()
            .find(|key| has(profile, key))
        {
            let words = format!(
                "`{key}` can only be specified in the [sso-session] config when a session name is given"
            );
            return stop(words, line(profile, key));
        }
        let Some(found) = walk.sso_session(&named) else {
            let words = format!(
                "sso-session named `{named}` (referenced by profile `{name}`) was not found"
            );
            return stop(words, line(profile, "sso_session"));
        };
        session = Some(found);
    }
    let halves = [
        ("sso_account_id", "sso_role_name"),
        ("sso_role_name", "sso_account_id"),
    ];
    for (here, missing) in halves {
        if has(profile, here) && !has(profile, missing) {
            let words = format!("if `{here}` is set, then `{missing}` must also be set");
            return stop(words, line(profile, here));
        }
    }
    for key in ["sso_region", "sso_start_url"] {
        if !has(session.unwrap_or(profile), key) {
            return stop(
                format!("`{key}` was missing"),
                Some(session.unwrap_or(profile).at),
            );
        }
    }
    Ok(sso(name, profile, session))
}
