//! The AWS SDK for JavaScript v3, for a profile that was named. Source: @aws-sdk/credential-provider-ini
//! `resolveProfileData`, `resolveAssumeRoleCredentials`, `resolveCredentialSource`, and `fromSSO`.

use super::{
    Base, Duration, End, Found, Role, Stop, Visited, Walk, get, has, keys, line, role, sso, stop,
    web_identity,
};
use crate::dialect::Section;

pub(super) fn resolve<'a>(walk: &mut Walk<'a, '_>, selected: &str) -> End<'a> {
    let mut roles: Vec<Role<'a>> = Vec::new();
    let mut visited = Visited::default();
    let mut name = selected.to_owned();
    let mut is_behind_source = false;
    let base = loop {
        let Some(profile) = walk.profile(&name) else {
            return stop(unresolved(&name), None);
        };
        let is_keys = has(profile, "aws_access_key_id") && has(profile, "aws_secret_access_key");
        if !visited.is_empty() && is_keys {
            walk.step(&name, profile, "aws_access_key_id", "It has a key pair: a source profile with keys is used for them, whatever else it says.");
            break keys(&name, profile, &["aws_session_token"]);
        }
        // A source profile with credential_source needs no role of its own.
        let only_source = is_behind_source && is_source_without_role(profile);
        if !only_source && !assumes_role(profile) {
            break own(walk, &name, profile)?;
        }
        let source = get(profile, "source_profile").map(std::borrow::Cow::into_owned);
        if source.as_ref().is_some_and(|source| visited.has(source)) {
            let words = format!(
                "Detected a cycle attempting to resolve credentials for profile {selected}. Profiles visited: {}",
                visited.joined(", ")
            );
            return stop(words, line(profile, "source_profile"));
        }
        if !is_source_without_role(profile) {
            walk.step(&name, profile, "role_arn", "role_arn is set with exactly one source: a role is assumed, before keys of the profile are looked at.");
            roles.push(role(&name, profile, duration(profile)));
        }
        match source {
            Some(source) => {
                walk.step(
                    &name,
                    profile,
                    "source_profile",
                    format!("source_profile says that the keys for it come from {source}."),
                );
                is_behind_source = true;
                visited.push(source.clone());
                name = source;
            }
            None => break named(walk, &name, profile)?,
        }
    };
    roles.reverse();
    Ok(Found { base, roles })
}

fn unresolved(name: &str) -> String {
    format!(
        "Could not resolve credentials using profile: [{name}] in configuration/credentials file(s)."
    )
}

fn assumes_role(profile: &Section<'_>) -> bool {
    has(profile, "role_arn") && has(profile, "source_profile") != has(profile, "credential_source")
}

fn is_source_without_role(profile: &Section<'_>) -> bool {
    !has(profile, "role_arn") && has(profile, "credential_source")
}

/// `parseInt`: the digits at the start; none are sent as what is no number.
fn duration(profile: &Section<'_>) -> Duration {
    let text = profile
        .text("duration_seconds")
        .unwrap_or("3600")
        .trim_start();
    let digits = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    text[..digits]
        .parse()
        .map_or(Duration::NotANumber, Duration::Seconds)
}

/// What the profile says of itself, without a role over a source.
fn own<'a>(
    walk: &mut Walk<'a, '_>,
    name: &str,
    profile: &'a Section<'a>,
) -> Result<Base<'a>, Stop> {
    if has(profile, "aws_access_key_id") && has(profile, "aws_secret_access_key") {
        walk.step(name, profile, "aws_access_key_id", "It has a key pair, from either file or one half from each: that is used, before anything but a role with a source.");
        return Ok(keys(name, profile, &["aws_session_token"]));
    }
    if has(profile, "web_identity_token_file") && has(profile, "role_arn") {
        walk.step(name, profile, "web_identity_token_file", "web_identity_token_file and role_arn are set: the role is assumed with the token in that file.");
        return Ok(web_identity(name, profile));
    }
    if has(profile, "credential_process") {
        walk.step(
            name,
            profile,
            "credential_process",
            "credential_process is set: the program is run, before the portal is asked.",
        );
        return Ok(Base::process(name));
    }
    let of_portal = [
        "sso_start_url",
        "sso_account_id",
        "sso_session",
        "sso_region",
        "sso_role_name",
    ];
    if let Some(key) = of_portal.into_iter().find(|key| has(profile, key)) {
        walk.step(
            name,
            profile,
            key,
            format!("{key} is set: the portal is asked."),
        );
        return portal(walk, name, profile);
    }
    if has(profile, "login_session") {
        return Ok(walk.console_sign_in(name, profile));
    }
    stop(unresolved(name), Some(profile.at))
}

fn named<'a>(
    walk: &mut Walk<'a, '_>,
    name: &str,
    profile: &'a Section<'a>,
) -> Result<Base<'a>, Stop> {
    let source = get(profile, "credential_source").unwrap_or_default();
    let at = line(profile, "credential_source");
    if !["EcsContainer", "Ec2InstanceMetadata", "Environment"].contains(&&*source) {
        let words = format!(
            "Unsupported credential source in profile {name}. Got {source}, expected EcsContainer or Ec2InstanceMetadata or Environment."
        );
        return stop(words, at);
    }
    walk.step(
        name,
        profile,
        "credential_source",
        format!("credential_source says that the keys come from {source}."),
    );
    if source == "Environment" && !walk.has_variables() {
        return stop("Unable to find environment variable credentials.", at);
    }
    Ok(Base::Named {
        profile: name.to_owned(),
        source,
    })
}

fn portal<'a>(walk: &Walk<'a, '_>, name: &str, profile: &'a Section<'a>) -> Result<Base<'a>, Stop> {
    let mut session = None;
    if let Some(named) = get(profile, "sso_session") {
        let Some(found) = walk.sso_session(&named) else {
            // It looks into what is not there, and says so in JavaScript's own words.
            let words = "Cannot read properties of undefined (reading 'sso_region')";
            return stop(words, line(profile, "sso_session"));
        };
        session = Some(found);
    }
    let is_there = |key: &str| match session {
        // The portal's own region and address take the place of the profile's, also where it has none.
        Some(session) if matches!(key, "sso_region" | "sso_start_url") => has(session, key),
        _ => has(profile, key),
    };
    let wanted = [
        "sso_start_url",
        "sso_account_id",
        "sso_region",
        "sso_role_name",
    ];
    if !wanted.into_iter().all(is_there) {
        let words = "Profile is configured with invalid SSO credentials. Required parameters \"sso_account_id\", \"sso_region\", \"sso_role_name\", \"sso_start_url\".";
        return stop(words, Some(profile.at));
    }
    Ok(sso(name, profile, session))
}
