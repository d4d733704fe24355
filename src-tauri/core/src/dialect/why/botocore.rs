//! botocore, for a profile that was named (`--profile`, `Session(profile_name=…)`). Source: botocore `credentials.py`,
//! `create_credential_resolver`, `AssumeRoleProvider` and the providers of `ProfileProviderBuilder`, in their order.

use super::{
    Base, Duration, End, Found, Stop, Visited, Walk, get, has, keys, line, role, set, sso, stop,
    web_identity,
};
use crate::dialect::{Engine, Files, Section, process};

const TOKENS: [&str; 2] = ["aws_security_token", "aws_session_token"];

pub(super) fn resolve<'a>(walk: &mut Walk<'a, '_>, name: &str) -> End<'a> {
    let Some(profile) = walk.profile(name) else {
        let words = format!("ProfileNotFound: The config profile ({name}) could not be found");
        return stop(words, None);
    };
    if assumes_role(profile) {
        return assume(walk, name, profile);
    }
    match providers(walk, name, profile)? {
        Some(base) => Ok(Found {
            base,
            roles: Vec::new(),
        }),
        None => Ok(Found {
            base: Base::Beyond,
            roles: Vec::new(),
        }),
    }
}

/// A role without a token file: that one has a provider of its own.
fn assumes_role(profile: &Section<'_>) -> bool {
    has(profile, "role_arn") && !has(profile, "web_identity_token_file")
}

/// Either key counts.
fn has_static_keys(profile: &Section<'_>) -> bool {
    has(profile, "aws_access_key_id") || has(profile, "aws_secret_access_key")
}

fn assume<'a>(walk: &mut Walk<'a, '_>, top: &str, profile: &'a Section<'a>) -> End<'a> {
    let mut roles = Vec::new();
    let mut visited = Visited::default();
    visited.push(top.to_owned());
    let (mut name, mut profile) = (top.to_owned(), profile);
    let base = loop {
        walk.step(&name, profile, "role_arn", "role_arn is set and web_identity_token_file is not: a role is assumed, before anything else is looked at.");
        // What is no number is dropped.
        let duration = get(profile, "duration_seconds").and_then(|text| text.trim().parse().ok());
        roles.push(role(
            &name,
            profile,
            duration.map_or(Duration::Unsaid, Duration::Seconds),
        ));
        let source = match (
            get(profile, "source_profile"),
            get(profile, "credential_source"),
        ) {
            (Some(_), Some(_)) => {
                let words = format!(
                    "InvalidConfigError: The profile \"{name}\" contains both source_profile and credential_source."
                );
                return stop(words, line(profile, "credential_source"));
            }
            (None, None) => {
                let words = "PartialCredentialsError: Partial credentials found in assume-role, missing: source_profile or credential_source";
                return stop(words, line(profile, "role_arn"));
            }
            (None, Some(source)) => break named(walk, &name, profile, &source)?,
            (Some(source), None) => source.into_owned(),
        };
        walk.step(
            &name,
            profile,
            "source_profile",
            format!("source_profile says that the keys for it come from {source}."),
        );
        let next = checked(walk, &name, profile, &source, &visited)?;
        visited.push(source.clone());
        (name, profile) = (source, next);
        if has_static_keys(profile) || !assumes_role(profile) {
            match providers(walk, &name, profile)? {
                Some(base) => break base,
                None => {
                    let words = format!(
                        "InvalidConfigError: The source profile \"{name}\" must have credentials."
                    );
                    return stop(words, Some(profile.at));
                }
            }
        }
    };
    roles.reverse();
    Ok(Found { base, roles })
}

/// The source profile, where it is there and the chain does not come by it again.
fn checked<'a>(
    walk: &Walk<'a, '_>,
    parent: &str,
    profile: &Section<'_>,
    source: &str,
    visited: &Visited,
) -> Result<&'a Section<'a>, Stop> {
    let at = line(profile, "source_profile");
    let Some(next) = walk.profile(source) else {
        let words = format!(
            "InvalidConfigError: The source_profile \"{source}\" referenced in the profile \"{parent}\" does not exist."
        );
        return stop(words, at);
    };
    // A profile may start from itself where it has keys of its own.
    let may_come_by = source == parent && has_static_keys(next);
    if visited.has(source) && !may_come_by {
        let words = format!(
            "InfiniteLoopConfigError: Infinite loop in credential configuration detected. Attempting to load from profile {source} which has already been visited. Visited profiles: ['{}']",
            visited.joined("', '")
        );
        return stop(words, at);
    }
    Ok(next)
}

/// `credential_source`, in exactly one of three spellings.
fn named<'a>(
    walk: &mut Walk<'a, '_>,
    name: &str,
    profile: &Section<'_>,
    source: &str,
) -> Result<Base<'a>, Stop> {
    let at = line(profile, "credential_source");
    if !["Environment", "EcsContainer", "Ec2InstanceMetadata"].contains(&source) {
        let words = format!(
            "InvalidConfigError: The credential source \"{source}\" referenced in profile \"{name}\" is not valid."
        );
        return stop(words, at);
    }
    walk.step(
        name,
        profile,
        "credential_source",
        format!("credential_source says that the keys for it come from {source}."),
    );
    if source == "Environment" && !walk.has_variables() {
        let words = format!(
            "CredentialRetrievalError: Error when retrieving credentials from Environment: No credentials found in credential_source referenced in profile {name}"
        );
        return stop(words, at);
    }
    Ok(Base::Named {
        profile: name.to_owned(),
        source: source.to_owned().into(),
    })
}

/// The providers of one profile; the first that finds something of its own wins, or fails.
fn providers<'a>(
    walk: &mut Walk<'a, '_>,
    name: &str,
    profile: &'a Section<'a>,
) -> Result<Option<Base<'a>>, Stop> {
    if set(profile, "web_identity_token_file").is_some() {
        walk.step(
            name,
            profile,
            "web_identity_token_file",
            "web_identity_token_file is set: a role is assumed with the token in that file.",
        );
        if set(profile, "role_arn").is_none() {
            let words = "InvalidConfigError: The provided profile or the current environment is configured to assume role with web identity but has no role ARN configured. Ensure that the profile has the role_arnconfiguration set or the AWS_ROLE_ARN env var is set.";
            return stop(words, line(profile, "web_identity_token_file"));
        }
        return Ok(Some(web_identity(name, profile)));
    }
    if let Some(key) = ["sso_role_name", "sso_account_id"]
        .into_iter()
        .find(|key| has(profile, key))
    {
        walk.step(
            name,
            profile,
            key,
            format!("{key} is set: the portal is asked, before keys in either file."),
        );
        return portal(walk, name, profile).map(Some);
    }
    if let Some(base) = keys_of_one_file(walk, name, profile, "shared-credentials-file")? {
        return Ok(Some(base));
    }
    if has(profile, "login_session") {
        walk.step(name, profile, "login_session", "login_session is set: the console sign-in is used, before a process and keys in config.");
        return Ok(Some(Base::login(name)));
    }
    if has(profile, "credential_process") {
        walk.step(
            name,
            profile,
            "credential_process",
            "credential_process is set: the program is run, before keys in config are looked at.",
        );
        if let Err(words) = process::run(
            Engine::Botocore,
            profile.text("credential_process").unwrap_or_default(),
        ) {
            return stop(words, line(profile, "credential_process"));
        }
        return Ok(Some(Base::process(name)));
    }
    keys_of_one_file(walk, name, profile, "config-file")
}

/// The two providers of keys never mix the files, other than the reading of both.
fn keys_of_one_file<'a>(
    walk: &mut Walk<'a, '_>,
    name: &str,
    profile: &'a Section<'a>,
    provider: &str,
) -> Result<Option<Base<'a>>, Stop> {
    let files = walk.asked.files;
    let (files, file) = match provider {
        "config-file" => (
            Files {
                credentials: None,
                ..files
            },
            "config",
        ),
        _ => (
            Files {
                config: None,
                ..files
            },
            "credentials",
        ),
    };
    let alone = Engine::Botocore
        .read(files)
        .map_err(|refusal| Stop::from(&refusal))?;
    let Some(section) = alone
        .profiles
        .get(name)
        .filter(|section| has(section, "aws_access_key_id"))
    else {
        return Ok(None);
    };
    walk.step(
        name,
        section,
        "aws_access_key_id",
        format!("aws_access_key_id stands in {file}: the key pair of that file is used."),
    );
    if !has(section, "aws_secret_access_key") {
        let words = format!(
            "PartialCredentialsError: Partial credentials found in {provider}, missing: aws_secret_access_key"
        );
        return stop(words, line(section, "aws_access_key_id"));
    }
    let Base::Keys {
        profile,
        key_id,
        has_token,
    } = keys(name, section, &TOKENS)
    else {
        return Ok(Some(keys(name, profile, &TOKENS)));
    };
    let key_id = key_id.into_owned().into();
    Ok(Some(Base::Keys {
        profile,
        key_id,
        has_token,
    }))
}

fn portal<'a>(walk: &Walk<'a, '_>, name: &str, profile: &'a Section<'a>) -> Result<Base<'a>, Stop> {
    let mut session = None;
    if let Some(named) = get(profile, "sso_session") {
        let at = line(profile, "sso_session");
        let Some(found) = walk.sso_session(&named) else {
            let words = format!(
                "InvalidConfigError: The specified sso-session does not exist: \"{named}\""
            );
            return stop(words, at);
        };
        for (key, property) in &found.properties {
            let (here, there) = (get(profile, key), property.value.text());
            if let (Some(here), Some(there)) = (here, there)
                && here != there
            {
                let words = format!(
                    "InvalidConfigError: The value for {key} is inconsistent between profile ({here}) and sso-session ({there})."
                );
                return stop(words, line(profile, key));
            }
        }
        session = Some(found);
    }
    let is_there =
        |key: &str| has(profile, key) || session.is_some_and(|session| has(session, key));
    let missing: Vec<_> = [
        "sso_role_name",
        "sso_account_id",
        "sso_start_url",
        "sso_region",
    ]
    .into_iter()
    .filter(|key| !is_there(key))
    .collect();
    if !missing.is_empty() {
        let words = format!(
            "InvalidConfigError: The profile \"{name}\" is configured to use SSO but is missing required configuration: {}",
            missing.join(", ")
        );
        return stop(words, Some(profile.at));
    }
    Ok(sso(name, profile, session))
}
