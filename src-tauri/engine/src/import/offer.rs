//! Which profile a paste is of: the one with the same key ID, else the one that keys of the same account and role went
//! into before, else a new one under a name that is free.

use std::collections::HashSet;

use rolecall_core::{
    document::{Document, Masker},
    import::Found,
    intent::check_name,
    profiles::{Home, Profile},
};

use super::intents::commented;
use crate::{
    answers::{short, short_key_id},
    settings::Settings,
    view::PasteOffer,
};

/// What is suggested where nothing in the paste has a name.
const NAMELESS: &str = "default";
/// And where that is taken.
const NAMELESS_TOO: &str = "pasted";

pub(super) fn offers(
    found: &[Found],
    home: &Home,
    settings: &Settings,
    masker: &mut Masker,
) -> Vec<PasteOffer> {
    let mut taken = HashSet::new();
    found
        .iter()
        .map(|found| {
            let known = of_same_keys(found, home).or_else(|| of_same_role(found, home, settings));
            // Two of one paste never go into one profile.
            let known = known.filter(|profile| !taken.contains(profile.name()));
            let name = match known {
                Some(profile) => profile.name().to_owned(),
                None => free(&suggested(found, home, settings), |name| {
                    home.named_profile(name).is_some() || taken.contains(name)
                }),
            };
            taken.insert(name.clone());
            PasteOffer {
                name,
                updates: known.is_some(),
                key_id: found.keys.as_ref().map(|keys| short(&keys.id)),
                key_id_now: known.and_then(short_key_id),
                account_id: found.account.clone(),
                role: found.role.clone(),
                command: found
                    .command
                    .as_deref()
                    .map(|command| masked(command, masker)),
                ends_at: found.ends_at.map(jiff::Timestamp::as_second),
            }
        })
        .collect()
}

/// The line of a command, as everybody is shown it.
fn masked(command: &str, masker: &mut Masker) -> String {
    let line = Document::parse(commented(command).into_bytes());
    String::from_utf8_lossy(&masker.mask(&line)).into_owned()
}

/// How a name is remembered: by the account and the role that the keys are of.
pub(super) fn remembered_by(found: &Found) -> Option<String> {
    Some(format!(
        "{}/{}",
        found.account.as_ref()?,
        found.role.as_ref()?
    ))
}

fn key_id(profile: Profile<'_>) -> Option<String> {
    Some(profile.get("aws_access_key_id")?.value.into_owned())
}

fn of_same_keys<'a>(found: &Found, home: &'a Home) -> Option<Profile<'a>> {
    let id = &found.keys.as_ref()?.id;
    home.profiles()
        .find(|profile| key_id(*profile).as_ref() == Some(id))
}

/// The profile that the person named for this account and role, or the one that bears the portal's own name for them.
fn of_same_role<'a>(found: &Found, home: &'a Home, settings: &Settings) -> Option<Profile<'a>> {
    found.keys.as_ref()?;
    let remembered = settings.names.get(&remembered_by(found)?);
    let portal = portal_name(found);
    [remembered, portal.as_ref()]
        .into_iter()
        .flatten()
        .find_map(|name| home.named_profile(name))
}

/// `123456789012_Role`, as the access portal names its blocks.
fn portal_name(found: &Found) -> Option<String> {
    Some(format!(
        "{}_{}",
        found.account.as_ref()?,
        found.role.as_ref()?
    ))
}

fn suggested(found: &Found, home: &Home, settings: &Settings) -> String {
    let remembered = remembered_by(found).and_then(|by| settings.names.get(&by).cloned());
    let nameless = || {
        let taken = home.named_profile(NAMELESS).is_some();
        if taken { NAMELESS_TOO } else { NAMELESS }.to_owned()
    };
    let named = found.name.as_deref().and_then(readable);
    remembered
        .or(named)
        .or_else(|| portal_name(found))
        .unwrap_or_else(nameless)
}

/// The name with what not every SDK reads taken out of it.
fn readable(name: &str) -> Option<String> {
    let characters = name.chars().map(|c| {
        let is_read = c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c);
        if is_read { c } else { '-' }
    });
    let name: String = characters.collect();
    let name = name.trim_matches(['-', '/', '.', '%', '@', ':', '+']);
    check_name(name).is_ok().then(|| name.to_owned())
}

/// The name, with a number where it is taken.
fn free(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2u32..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|name| !is_taken(name))
        .expect("there are more numbers than profiles")
}
