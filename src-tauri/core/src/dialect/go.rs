//! The AWS SDK for Go v2. Source: `internal/ini` (lines) and `config/shared_config.go` (profiles) of aws-sdk-go-v2. It
//! can't be run here: the fold is held against a model restated from that source and against recorded answers.
//! There are no errors: what it does not know it skips, and the keys below a header that it did not see land in the
//! section above (rows `leak: [b`, `leak: [b] text`).

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

use indexmap::IndexMap;

use super::reading::{
    At, Block, Files, Property, Reading, Reason, Refusal, Section, Sections, Value, behind,
};
use crate::{
    document::{Breaks, Document},
    profiles::File,
};

const BLANKS: [char; 2] = [' ', '\t'];

/// What credentials may add to a profile that config has too, besides the key pair and its token; all else is lost.
const TAKEN_OVER: [&str; 27] = [
    "role_arn",
    "source_profile",
    "credential_source",
    "external_id",
    "mfa_serial",
    "role_session_name",
    "region",
    "endpoint_discovery_enabled",
    "credential_process",
    "web_identity_token_file",
    "s3_use_arn_region",
    "s3_disable_multiregion_access_points",
    "ec2_metadata_service_endpoint_mode",
    "ec2_metadata_service_endpoint",
    "ec2_metadata_v1_disabled",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
    "defaults_mode",
    "retry_mode",
    "ca_bundle",
    "duration_seconds",
    "max_attempts",
    "sso_session",
    "sso_account_id",
    "sso_region",
    "sso_role_name",
    "sso_start_url",
];

/// Reads both files.
///
/// # Errors
/// A value that is one quote and nothing else: the program that reads it stops (row `one "`).
pub(super) fn read(files: Files<'_>) -> Result<Reading<'_>, Refusal> {
    let config = read_file(File::Config, files.config)?;
    let credentials = read_file(File::Credentials, files.credentials)?;

    let mut held = of_config(config);
    let mut halves = BTreeMap::new();
    for (name, section) in &held {
        halves.insert(name.clone(), half(section));
    }
    for (name, section) in credentials {
        if name.starts_with("profile ") {
            continue; // row `[profile a] in credentials`
        }
        halves.insert(name.clone(), half(&section));
        match held.get_mut(&name) {
            Some(target) => take_over(target, section),
            None => {
                held.insert(name, section);
            }
        }
    }
    Ok(sorted_by_kind(held, &halves))
}

fn read_file(file: File, document: Option<&Document>) -> Result<Sections<'_>, Refusal> {
    let mut sections = Sections::new();
    let Some(document) = document else {
        return Ok(sections);
    };
    let mut section = None;
    let mut key: Option<Cow<'_, str>> = None;
    for row in document.rows(Breaks::Lf) {
        let (line, at) = (
            row.text,
            At {
                file,
                line: row.line,
            },
        );
        let indented = line.trim_start_matches(BLANKS);
        if line.trim().is_empty() || indented.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = header(line) {
            let entry = sections.entry(name);
            // What stands below `[]` belongs to no section (row `[]`).
            section = (!entry.key().is_empty()).then(|| entry.index());
            entry.or_insert_with(|| Section::new(at));
            key = None;
            continue;
        }
        let is_indented = line.starts_with(BLANKS);
        let text = if is_indented {
            indented
        } else {
            uncommented(line).trim_end_matches(BLANKS)
        };
        let pair = key_and_value(text)
            .map(|(name, value)| Ok((lower(name), unquoted(value, at)?)))
            .transpose()?;
        let Some((_, section)) = section.and_then(|index| sections.get_index_mut(index)) else {
            continue; // row `property before any section`
        };
        let properties = &mut section.properties;
        match pair {
            Some((name, value)) if !is_indented => {
                properties.insert(name.clone(), Property::new(value, at));
                key = Some(name);
            }
            Some((name, value)) => match block_below(properties, key.as_ref()) {
                Some(block) => {
                    block.insert(name, (value.into(), at));
                }
                None => {
                    // Row `continuation with =`: it becomes a property of the section.
                    let value = uncommented(value).trim();
                    properties.insert(name.clone(), Property::new(value, at));
                    key = Some(name);
                }
            },
            None if is_indented => go_on(properties, key.as_ref(), text),
            None => {} // row `line without separator`
        }
    }
    Ok(sections)
}

/// The name between the brackets, as `type name` with one blank; none where the line is no header.
fn header(line: &str) -> Option<Cow<'_, str>> {
    let line = line
        .find(['#', ';'])
        .map_or(line, |comment| &line[..comment]);
    let inner = line.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    let Some(blank) = inner.find(BLANKS) else {
        return Some(Cow::Borrowed(inner));
    };
    let (kind, rest) = inner.split_at(blank);
    let name = rest.trim_start_matches(BLANKS);
    if rest.len() == name.len() + 1 && rest.starts_with(' ') {
        return Some(Cow::Borrowed(inner));
    }
    Some(Cow::Owned(format!("{kind} {name}")))
}

/// Whichever of `=` and `:` comes first separates.
fn key_and_value(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(['=', ':'])?;
    Some((key.trim(), value.trim()))
}

/// Cuts at each mark in turn.
fn uncommented(mut text: &str) -> &str {
    for mark in [" #", " ;", "\t#", "\t;"] {
        text = text.split_once(mark).map_or(text, |(before, _)| before);
    }
    text
}

/// Row `"v"`: one pair of the same quotes goes.
fn unquoted(value: &str, at: At) -> Result<&str, Refusal> {
    for quote in ['\'', '"'] {
        if value.starts_with(quote) && value.ends_with(quote) {
            return value.get(1..value.len() - 1).ok_or_else(|| {
                let words = "panic: slice bounds out of range [1:0]";
                Refusal::new(at, Reason::Quote, words)
            });
        }
    }
    Ok(value)
}

/// Letter by letter, as `strings.ToLower` does: one letter never becomes two.
fn lower(key: &str) -> Cow<'_, str> {
    if !key.chars().any(char::is_uppercase) {
        return Cow::Borrowed(key);
    }
    let lower = |letter: char| letter.to_lowercase().next().unwrap_or(letter);
    Cow::Owned(key.chars().map(lower).collect())
}

/// The block that an indented pair belongs to: that of the key above, if that has no text of its own.
fn block_below<'p, 'a>(
    properties: &'p mut IndexMap<Cow<'a, str>, Property<'a>>,
    key: Option<&Cow<'a, str>>,
) -> Option<&'p mut Block<'a>> {
    let key = key.filter(|key| !key.is_empty())?;
    let property = properties.get_mut(key)?;
    if property.value.text() == Some("") {
        property.value = Value::Block(Block::new());
    }
    match &mut property.value {
        Value::Block(block) => Some(block),
        Value::Text(_) => None,
    }
}

fn go_on<'a>(
    properties: &mut IndexMap<Cow<'a, str>, Property<'a>>,
    key: Option<&Cow<'a, str>>,
    line: &str,
) {
    let property = key
        .filter(|key| !key.is_empty())
        .and_then(|key| properties.get_mut(key));
    if let Some(Property {
        value: Value::Text(text),
        ..
    }) = property
        && !text.is_empty()
    {
        let text = text.to_mut();
        text.push('\n');
        text.push_str(line);
    }
}

/// What config's sections are: in the order of their names, a `profile x` takes the place of a bare `x`.
fn of_config(mut sections: Sections<'_>) -> Sections<'_> {
    sections.sort_unstable_by(|one, _, other, _| one.cmp(other));
    let mut held = Sections::new();
    let mut renamed: HashSet<Cow<'_, str>> = HashSet::new();
    for (name, section) in sections {
        if renamed.contains(&name) {
            continue;
        }
        if let Some(profile) = behind(&name, "profile ") {
            renamed.insert(profile.clone());
            held.insert(profile, section);
        } else if name.starts_with("sso-session ")
            || name.starts_with("services")
            || name.to_lowercase() == "default"
        {
            held.insert(name, section); // row `[DEFAULT] in config`: in any case of letters
        }
    }
    held
}

/// The line of a key pair's one half, where the other half is not in the same section.
fn half(section: &Section<'_>) -> Option<At> {
    let at = |key| section.properties.get(key).map(|property| property.at);
    match (at("aws_access_key_id"), at("aws_secret_access_key")) {
        (Some(at), None) | (None, Some(at)) => Some(at),
        _ => None,
    }
}

/// Row `endpoint_url in credentials`: of a profile in both files credentials give a fixed list of keys; the pair as a pair.
fn take_over<'a>(target: &mut Section<'a>, mut from: Section<'a>) {
    let mut take = |key: &str| {
        if let Some((key, property)) = from.properties.swap_remove_entry(key) {
            target.properties.insert(key, property);
        }
    };
    TAKEN_OVER.iter().copied().for_each(&mut take);
    let is_pair = ["aws_access_key_id", "aws_secret_access_key"]
        .iter()
        .all(|key| from.properties.contains_key(*key));
    if is_pair {
        target
            .properties
            .extend(from.properties.into_iter().filter(|(key, _)| {
                [
                    "aws_access_key_id",
                    "aws_secret_access_key",
                    "aws_session_token",
                ]
                .contains(&&**key)
            }));
    }
}

fn sorted_by_kind<'a>(
    mut held: Sections<'a>,
    halves: &BTreeMap<Cow<'a, str>, Option<At>>,
) -> Reading<'a> {
    held.sort_by(|_, one, _, other| one.at.cmp(&other.at));
    let mut reading = Reading::default();
    for (name, section) in held {
        if let Some(session) = behind(&name, "sso-session ") {
            // Row `[sso-session s] in credentials`: honoured there too.
            reading.sso_sessions.insert(session, section);
        } else if name.starts_with("services") {
            // Row `[services] no name`: kept under the bare word.
            let services = behind(&name, "services ").unwrap_or(name);
            reading.services.insert(services, section);
        } else {
            if let Some(Some(at)) = halves.get(&name) {
                reading.unusable.insert(name.clone(), *at);
            }
            reading.profiles.insert(name, section);
        }
    }
    reading
}
