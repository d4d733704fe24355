//! The AWS SDK for Go v2, for a profile that was named. Source: aws-sdk-go-v2 `config/shared_config.go`
//! (`setFromIniSections` and its checks) and `config/resolve_credentials.go` (`resolveCredsFromProfile`). Read, not run. The
//! releases that were read know no `login_session`: it stands here where JavaScript has it, behind keys and the portal.

use super::{
    Base, Duration, End, Found, Role, Stop, Visited, Walk, keys, line, role, set, sso, stop,
    web_identity,
};
use crate::dialect::Section;

const EXCLUSIVE: [&str; 4] = [
    "source_profile",
    "credential_source",
    "credential_process",
    "web_identity_token_file",
];

pub(super) fn resolve<'a>(walk: &mut Walk<'a, '_>, selected: &str) -> End<'a> {
    let mut roles: Vec<Role<'a>> = Vec::new();
    let mut visited = Visited::default();
    let mut name = selected.to_owned();
    let mut came_from: Option<(String, &'a Section<'a>)> = None;
    let base = loop {
        let Some(profile) = walk.profile(&name) else {
            let words = format!("failed to get shared config profile, {name}");
            return match &came_from {
                None => stop(words, None),
                Some((_, from)) => stop(
                    assume_role_error(&name, from, &words),
                    line(from, "source_profile"),
                ),
            };
        };
        if let Some(at) = walk.asked.reading.unusable.get(name.as_str()) {
            // Also where the other half stands in the other file.
            return stop(
                format!("partial credentials found for profile {name}"),
                Some(*at),
            );
        }
        let is_again = visited.has(&name);
        if !is_again {
            needs_role(&name, profile)?;
        }
        if !visited.is_empty() && is_keys(profile) {
            walk.step(&name, profile, "aws_access_key_id", "It has a key pair: a source profile with keys is used for them, whatever else it says.");
            break keys(&name, profile, &["aws_session_token"]);
        }
        // Coming by a profile again, its role and its source count no more: what is left may give keys, or nothing does.
        let source = set(profile, "source_profile").filter(|_| !is_again);
        visited.push(name.clone());
        only_one(profile, is_again)?;
        if let Some(source) = source {
            walk.step(&name, profile, "role_arn", "role_arn is set with source_profile: a role is assumed, and what else the profile says of keys is left out.");
            walk.step(
                &name,
                profile,
                "source_profile",
                format!("source_profile says that the keys for it come from {source}."),
            );
            roles.push(role_of(&name, profile));
            came_from = Some((name, profile));
            name = source.into_owned();
            continue;
        }
        let base = own(walk, &name, profile, is_again)?;
        if base == Base::Beyond
            && let Some((_, from)) = &came_from
        {
            return stop(
                assume_role_error(&name, from, "<nil>"),
                line(from, "source_profile"),
            );
        }
        let has_own_role = !is_again && set(profile, "role_arn").is_some();
        if has_own_role && !matches!(base, Base::WebIdentity { .. }) {
            walk.step(
                &name,
                profile,
                "role_arn",
                "role_arn is set: the role is assumed with these keys.",
            );
            roles.push(role_of(&name, profile));
        }
        break base;
    };
    roles.reverse();
    Ok(Found { base, roles })
}

fn role_of<'a>(name: &str, profile: &'a Section<'a>) -> Role<'a> {
    let duration = profile
        .text("duration_seconds")
        .and_then(|text| text.parse().ok());
    role(
        name,
        profile,
        duration.map_or(Duration::Unsaid, Duration::Seconds),
    )
}

fn assume_role_error(source: &str, from: &Section<'_>, error: &str) -> String {
    let role = from.text("role_arn").unwrap_or_default();
    format!("failed to load assume role {role}, of profile {source}, {error}")
}

fn is_keys(profile: &Section<'_>) -> bool {
    set(profile, "aws_access_key_id").is_some() && set(profile, "aws_secret_access_key").is_some()
}

/// A source of keys for a role needs the role.
fn needs_role(name: &str, profile: &Section<'_>) -> Result<(), Stop> {
    let needy = [
        "source_profile",
        "credential_source",
        "web_identity_token_file",
    ];
    let found = needy.into_iter().find(|key| set(profile, key).is_some());
    match found {
        Some(key) if set(profile, "role_arn").is_none() => {
            let words = format!("credential type {key} requires role_arn, profile {name}");
            stop(words, line(profile, key))
        }
        _ => Ok(()),
    }
}

fn only_one(profile: &Section<'_>, is_again: bool) -> Result<(), Stop> {
    let mut found = EXCLUSIVE
        .into_iter()
        .filter(|key| set(profile, key).is_some());
    if is_again || found.next().is_none() {
        return Ok(());
    }
    match found.next() {
        None => Ok(()),
        Some(second) => {
            let words = "only one credential type may be specified per profile: source profile, credential source, credential process, web identity token";
            stop(words, line(profile, second))
        }
    }
}

/// What the profile says of itself, in this order.
fn own<'a>(
    walk: &mut Walk<'a, '_>,
    name: &str,
    profile: &'a Section<'a>,
    is_again: bool,
) -> Result<Base<'a>, Stop> {
    if is_keys(profile) {
        walk.step(
            name,
            profile,
            "aws_access_key_id",
            "It has a key pair: that is used, before anything but source_profile.",
        );
        return Ok(keys(name, profile, &["aws_session_token"]));
    }
    if let Some(source) = set(profile, "credential_source").filter(|_| !is_again) {
        walk.step(
            name,
            profile,
            "credential_source",
            format!("credential_source says that the keys come from {source}."),
        );
        if !["EcsContainer", "Ec2InstanceMetadata", "Environment"].contains(&&*source) {
            let words = "credential_source values must be EcsContainer, Ec2InstanceMetadata, or Environment";
            return stop(words, line(profile, "credential_source"));
        }
        return Ok(Base::Named {
            profile: name.to_owned(),
            source,
        });
    }
    if set(profile, "web_identity_token_file").is_some() && !is_again {
        walk.step(
            name,
            profile,
            "web_identity_token_file",
            "web_identity_token_file is set: the role is assumed with the token in that file.",
        );
        return Ok(web_identity(name, profile));
    }
    let of_portal = [
        "sso_session",
        "sso_account_id",
        "sso_region",
        "sso_role_name",
        "sso_start_url",
    ];
    if let Some(key) = of_portal
        .into_iter()
        .find(|key| set(profile, key).is_some())
    {
        walk.step(
            name,
            profile,
            key,
            format!("{key} is set: the portal is asked, before a process."),
        );
        return portal(walk, name, profile);
    }
    if set(profile, "login_session").is_some() {
        return Ok(walk.console_sign_in(name, profile));
    }
    if set(profile, "credential_process").is_some() {
        walk.step(
            name,
            profile,
            "credential_process",
            "credential_process is set: the program is run.",
        );
        return Ok(Base::process(name));
    }
    Ok(Base::Beyond)
}

fn portal<'a>(walk: &Walk<'a, '_>, name: &str, profile: &'a Section<'a>) -> Result<Base<'a>, Stop> {
    let mut session = None;
    if let Some(named) = set(profile, "sso_session") {
        let Some(found) = walk.sso_session(named.trim()) else {
            let words = format!("failed to find SSO session section, {named}");
            return stop(words, line(profile, "sso_session"));
        };
        for key in ["sso_region", "sso_start_url"] {
            let (here, there) = (set(profile, key), set(found, key));
            if there.is_none() {
                let words = format!(
                    "profile \"{name}\" is configured to use SSO but is missing required configuration: {key}"
                );
                return stop(words, Some(found.at));
            }
            if here.is_some() && here != there {
                let words = format!("{key} in profile \"{name}\" must match {key} in sso-session");
                return stop(words, line(profile, key));
            }
        }
        session = Some(found);
    }
    let wanted: &[&str] = match session {
        Some(_) => &["sso_account_id", "sso_role_name"],
        None => &[
            "sso_account_id",
            "sso_region",
            "sso_role_name",
            "sso_start_url",
        ],
    };
    let missing: Vec<_> = wanted
        .iter()
        .copied()
        .filter(|key| set(profile, key).is_none())
        .collect();
    if !missing.is_empty() {
        let words = format!(
            "profile \"{name}\" is configured to use SSO but is missing required configuration: {}",
            missing.join(", ")
        );
        return stop(words, Some(profile.at));
    }
    Ok(sso(name, profile, session))
}
