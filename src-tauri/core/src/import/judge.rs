//! What gathered parts come to: whole profiles, or what is missing of them.

use secrecy::zeroize::Zeroizing;

use super::{Found, NotKeys, PastedKeys, parts::Parts};
use crate::{Secret, intent::check_value};

/// What the parts come to. Those that lack something are left out and noted, unless nothing else is left.
pub(super) fn found(parts: Vec<Parts>, notes: &mut Vec<String>) -> Result<Vec<Found>, NotKeys> {
    let mut found = Vec::new();
    let mut lacking = Vec::new();
    let mut note = |text: &str| {
        if !notes.iter().any(|known| known == text) {
            notes.push(text.to_owned());
        }
    };
    for parts in parts {
        if parts.had_blanks {
            note("Blanks inside a key or token were taken out.");
        }
        let (is_elsewhere, called) = (parts.is_elsewhere, parts.called());
        match judged(parts, &called, &mut note) {
            Ok(Some(one)) => found.push(one),
            Ok(None) => {}
            Err(_) if is_elsewhere => {
                lacking.push(
                    "A value is taken from a variable here, so it is not in the text.".into(),
                );
            }
            Err(said) => lacking.push(said),
        }
    }
    if found.is_empty() {
        let said = lacking.into_iter().next();
        return Err(NotKeys::half(
            said.unwrap_or_else(|| "There are no keys in it.".into()),
        ));
    }
    for said in lacking {
        note(&format!("{said} It was left out."));
    }
    Ok(found)
}

/// The profile that the parts make; none where they make none; what is missing, as a sentence.
fn judged(
    parts: Parts,
    called: &str,
    note: &mut impl FnMut(&str),
) -> Result<Option<Found>, String> {
    if parts.is_empty() {
        return Ok(None);
    }
    let keys = match (parts.id, parts.secret, parts.token) {
        (None, None, None) => None,
        (Some(id), Some(secret), token) => Some(keys(id, secret, token, note)?),
        (Some(_), None, _) => return Err(format!("{called} a key ID but no secret.")),
        (None, Some(_), _) => return Err(format!("{called} a secret but no key ID.")),
        (None, None, Some(_)) => {
            return Err(format!(
                "{called} a session token but no key ID and no secret."
            ));
        }
    };
    Ok(Some(Found {
        name: parts.name,
        ends_at: parts.ends_at.filter(|_| keys.is_some()),
        keys,
        account: parts.account,
        role: parts.role,
        command: parts.command.filter(|command| {
            // What has a second line would bring a line that is no comment.
            let is_one_line = !command.contains("••••") && !command.chars().any(char::is_control);
            note(if is_one_line {
                "A credential_process goes in as a comment: it is a command that AWS tools would run. \
                 Take the # away if you trust it."
            } else {
                "A credential_process was left out: it has characters that can't be shown."
            });
            is_one_line
        }),
        properties: readable(parts.properties, note),
    }))
}

/// The properties without those that would not be read as they are meant.
fn readable(
    mut properties: Vec<(String, String)>,
    note: &mut impl FnMut(&str),
) -> Vec<(String, String)> {
    properties.retain(|(key, value)| {
        // Bullets would be taken for a hidden secret.
        let is_read = check_value(key, value).is_ok() && !value.contains("••••");
        if !is_read {
            note(&format!(
                "{key} was left out: not every SDK reads such a value."
            ));
        }
        is_read
    });
    properties
}

fn keys(
    id: String,
    secret: Zeroizing<String>,
    token: Option<Zeroizing<String>>,
    note: &mut impl FnMut(&str),
) -> Result<PastedKeys, String> {
    let is_plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_graphic() && !"\"'#;".contains(c))
    };
    let all_plain = [
        Some(&*id),
        Some(&**secret),
        token.as_deref().map(String::as_str),
    ]
    .into_iter()
    .flatten()
    .all(is_plain);
    if !all_plain {
        return Err("A key or token has characters that AWS's never have.".into());
    }
    let is_known = ["AKIA", "ASIA"].iter().any(|kind| id.starts_with(kind)) && id.len() >= 16;
    if is_known && secret.len() != 40 {
        note("The secret doesn't look like AWS's, which have 40 characters. Was all of it copied?");
    }
    if id.starts_with("ASIA") && token.is_none() {
        note("Keys that begin with ASIA work only with their session token, which is not here.");
    }
    let wipe = |text: Zeroizing<String>| Secret::new((*text).clone());
    Ok(PastedKeys {
        id,
        secret: wipe(secret),
        token: token.map(wipe),
    })
}
