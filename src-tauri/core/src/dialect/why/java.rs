//! The AWS SDK for Java v2, for a profile that was named. Source: aws-sdk-java-v2 `ProfileCredentialsUtils`. Read, not run.

use super::{
    Base, Duration, End, Found, Stop, Visited, Walk, get, has, keys, line, role, sso, stop,
    web_identity,
};
use crate::dialect::Section;

pub(super) fn resolve<'a>(walk: &mut Walk<'a, '_>, selected: &str) -> End<'a> {
    let mut roles = Vec::new();
    let mut visited = Visited::default();
    let mut name = selected.to_owned();
    let mut from = None;
    let base = loop {
        let Some(profile) = walk.profile(&name) else {
            return if visited.is_empty() {
                stop(
                    format!("Profile file contained no credentials for profile '{name}'"),
                    None,
                )
            } else {
                no_source(&name, from)
            };
        };
        let is_role = has(profile, "role_arn") && !has(profile, "web_identity_token_file");
        let sources = ["source_profile", "credential_source"].map(|key| has(profile, key));
        if !is_role || of_portal(profile).is_some() || sources == [false, false] {
            match own(walk, &name, profile)? {
                Some(base) => break base,
                None if visited.is_empty() => {
                    let words =
                        format!("Profile file contained no credentials for profile '{name}'");
                    return stop(words, Some(profile.at));
                }
                None => return no_source(&name, from),
            }
        }
        if sources == [true, true] {
            let words =
                "Invalid profile file: profile has both source_profile and credential_source.";
            return stop(words, line(profile, "credential_source"));
        }
        walk.step(
            &name,
            profile,
            "role_arn",
            "role_arn is set with a source: a role is assumed, before a process and before keys.",
        );
        roles.push(role(&name, profile, duration(profile)));
        let Some(source) = get(profile, "source_profile") else {
            break named(walk, &name, profile)?;
        };
        walk.step(
            &name,
            profile,
            "source_profile",
            format!("source_profile says that the keys for it come from {source}."),
        );
        if visited.has(&name) {
            // Also where a profile on the way has keys: those of a source profile with a role are not looked at.
            let words = format!(
                "Invalid profile file: Circular relationship detected with profiles [{}].",
                visited.joined(", ")
            );
            return stop(words, line(profile, "source_profile"));
        }
        from = line(profile, "source_profile");
        visited.push(std::mem::replace(&mut name, source.into_owned()));
    };
    roles.reverse();
    Ok(Found { base, roles })
}

fn duration(profile: &Section<'_>) -> Duration {
    let seconds = profile.text("duration_seconds").map(str::parse);
    seconds.map_or(Duration::Unsaid, |seconds| {
        seconds.map_or(Duration::NotANumber, Duration::Seconds)
    })
}

fn no_source<T>(name: &str, from: Option<crate::dialect::At>) -> Result<T, Stop> {
    let words = format!(
        "The source profile of '{name}' was configured to be '{name}', but that source profile has no credentials configured."
    );
    stop(words, from)
}

fn of_portal(profile: &Section<'_>) -> Option<&'static str> {
    [
        "sso_role_name",
        "sso_account_id",
        "sso_region",
        "sso_start_url",
        "sso_session",
    ]
    .into_iter()
    .find(|key| has(profile, key))
}

fn named<'a>(
    walk: &mut Walk<'a, '_>,
    name: &str,
    profile: &'a Section<'a>,
) -> Result<Base<'a>, Stop> {
    let source = get(profile, "credential_source").unwrap_or_default();
    walk.step(
        name,
        profile,
        "credential_source",
        format!("credential_source says that the keys come from {source}, in any case of letters."),
    );
    let known = ["Ec2InstanceMetadata", "EcsContainer", "Environment"];
    if !known
        .into_iter()
        .any(|known| known.eq_ignore_ascii_case(&source))
    {
        let words = format!("{source} is not a valid credential_source");
        return stop(words, line(profile, "credential_source"));
    }
    Ok(Base::Named {
        profile: name.to_owned(),
        source,
    })
}

/// What the profile says of itself, in this order.
fn own<'a>(
    walk: &mut Walk<'a, '_>,
    name: &str,
    profile: &'a Section<'a>,
) -> Result<Option<Base<'a>>, Stop> {
    if has(profile, "role_arn") && has(profile, "web_identity_token_file") {
        walk.step(name, profile, "web_identity_token_file", "web_identity_token_file and role_arn are set: the role is assumed with the token in that file, before anything else is looked at.");
        return Ok(Some(web_identity(name, profile)));
    }
    if let Some(key) = of_portal(profile) {
        walk.step(
            name,
            profile,
            key,
            format!("{key} is set: the portal is asked, before roles, processes and keys."),
        );
        return portal(walk, name, profile).map(Some);
    }
    if has(profile, "login_session") {
        let what = "login_session is set: the console sign-in is used, before a process and keys.";
        walk.step(name, profile, "login_session", what);
        return Ok(Some(Base::login(name)));
    }
    if has(profile, "credential_process") {
        walk.step(
            name,
            profile,
            "credential_process",
            "credential_process is set: the program is run, before keys are looked at.",
        );
        return Ok(Some(Base::process(name)));
    }
    let pair = ["aws_access_key_id", "aws_secret_access_key"];
    let Some(key) = ["aws_session_token", pair[0]]
        .into_iter()
        .find(|key| has(profile, key))
    else {
        return Ok(None);
    };
    walk.step(
        name,
        profile,
        key,
        format!("{key} is set, and nothing else that gives keys."),
    );
    match pair.into_iter().find(|key| !has(profile, key)) {
        Some(missing) => {
            let words = format!("Profile property '{missing}' was not configured for '{name}'.");
            stop(words, Some(profile.at))
        }
        None => Ok(Some(keys(name, profile, &["aws_session_token"]))),
    }
}

fn portal<'a>(walk: &Walk<'a, '_>, name: &str, profile: &'a Section<'a>) -> Result<Base<'a>, Stop> {
    let session = get(profile, "sso_session");
    let wanted: &[&str] = match session {
        Some(_) => &["sso_account_id", "sso_role_name"],
        None => &[
            "sso_account_id",
            "sso_role_name",
            "sso_region",
            "sso_start_url",
        ],
    };
    if let Some(missing) = wanted.iter().find(|key| !has(profile, key)) {
        let words = format!("Profile property '{missing}' was not configured for '{name}'.");
        return stop(words, Some(profile.at));
    }
    let Some(named) = session else {
        return Ok(sso(name, profile, None));
    };
    match walk.sso_session(&named) {
        Some(found) => Ok(sso(name, profile, Some(found))),
        None => {
            let words = format!("Sso-session section not found with sso-session title {named}.");
            stop(words, line(profile, "sso_session"))
        }
    }
}
