//! Profiles for the roles that a portal gives. A role that a profile signs in for already needs none, so a second run
//! changes nothing, and what a person wrote by hand stays as it is. Names come from a template; where two come to the same
//! the second one says its account's number too. Carried out as one change: shown first, and one Undo.

use std::collections::{BTreeMap, BTreeSet};

use rolecall_core::{
    intent::{Intent, Named, check_name},
    profiles::{PermissionSet, PortalKey, Profile, SignInAt, Source, endpoint::is_region},
};

use super::{Reached, listing::Catalog, listing::KnownAccount};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    snapshot::Snapshot,
    view::{GenerateRequest, RoleOfAccount},
};

/// What a name may be made of.
const PARTS: [&str; 5] = ["account", "id", "role", "email", "portal"];
/// The name where nobody chose a template.
pub const TEMPLATE: &str = "{account}-{role}";

impl Engine {
    /// What a request comes to on these files.
    ///
    /// # Errors
    /// `notFound` without such a portal or before its accounts were listed, `unsupported` for a template that names
    /// nothing.
    pub(crate) fn generated(
        &self,
        snapshot: &Snapshot,
        wish: &GenerateRequest,
    ) -> Result<Intent, Failure> {
        let reached = snapshot.portal_named(wish.portal.as_deref())?;
        check_template(&wish.template)?;
        if let Some(region) = wish.region.as_deref().filter(|region| !is_region(region)) {
            return Err(Failure::bad_region(region));
        }
        let catalog = self.catalog(&reached);
        let catalog = catalog.ok_or_else(|| Failure::not_listed(&reached.portal.name))?;
        let there = signed_in_there(snapshot, &reached);
        let names = Names::of(snapshot, &reached, &wish.template);
        let wished = planned(&catalog, &there, names)?.into_iter();
        let wished = wished.filter(|it| wish.names(it.account) && wish.wants(it.account, it.role));
        let sections: Vec<_> = wished
            .map(
                |Planned {
                     account,
                     role,
                     name,
                 }| {
                    let set = permission_set(account, role);
                    let properties = properties(&reached.portal, &set, wish.region.as_deref());
                    (Named::Profile(name), self.covered_all(properties))
                },
            )
            .collect();
        let mut intents = Vec::new();
        if !sections.is_empty() {
            intents.push(Intent::AddAll { sections });
        }
        if wish.remove_gone && catalog.is_whole() {
            intents.extend(gone(&there, &catalog).map(|name| Intent::Remove {
                section: Named::Profile(name.clone()),
            }));
        }
        Ok(Intent::Together(intents))
    }

    /// Values as masked text has them: a role's name may look like a secret.
    fn covered_all(&self, properties: Vec<(String, String)>) -> Vec<(String, String)> {
        let mut masker = lock(&self.masker);
        let covered = properties.into_iter().map(|(key, value)| {
            let value = masker.cover_value(&key, &value);
            (key, value)
        });
        covered.collect()
    }
}

/// A role that no profile signs in for yet, and the name that one would get.
pub(super) struct Planned<'a> {
    pub(super) account: &'a KnownAccount,
    pub(super) role: &'a str,
    pub(super) name: String,
}

/// Names are given out to all of them, so that each keeps its own whichever are wished for.
pub(super) fn planned<'a>(
    catalog: &'a Catalog,
    there: &There,
    mut names: Names<'_>,
) -> Result<Vec<Planned<'a>>, Failure> {
    let accounts = catalog.accounts.iter();
    let all = accounts.flat_map(|account| account.roles.iter().map(move |role| (account, role)));
    let new = all.filter(|(account, role)| !there.contains_key(&permission_set(account, role)));
    let planned = new.map(|(account, role)| {
        let name = names.for_role(account, role)?;
        Ok(Planned {
            account,
            role,
            name,
        })
    });
    planned.collect()
}

pub(super) fn permission_set(account: &KnownAccount, role: &str) -> PermissionSet {
    PermissionSet {
        account_id: account.id.clone(),
        role_name: role.to_owned(),
    }
}

impl Snapshot {
    /// A portal of the older form gets a section, which its profiles name from then on. Their token's file is another one
    /// then, so one signs in anew.
    ///
    /// # Errors
    /// `notFound` when no profile has this start URL in the older form.
    pub(crate) fn section_given(&self, start_url: &str, name: &str) -> Result<Intent, Failure> {
        let key = PortalKey::StartUrl(start_url.to_owned());
        let profiles: Vec<_> = self
            .home()
            .profiles()
            .filter(|it| is_old(*it, &key))
            .collect();
        let first = profiles.first();
        let first = first.ok_or_else(|| Failure::no_portal(Some(start_url), &[]))?;
        let portal = SignInAt::of_profile(*first, &self.around.asking)
            .map_err(|bad| Failure::bad_portal(first.name(), &bad))?;
        let mut intents = Vec::new();
        for profile in profiles {
            let section = || Named::Profile(profile.name().to_owned());
            intents.push(Intent::Set {
                section: section(),
                file: None,
                key: "sso_session".to_owned(),
                value: name.to_owned(),
            });
            for key in ["sso_start_url", "sso_region"] {
                if profile.get(key).is_some() {
                    intents.push(Intent::Unset {
                        section: section(),
                        file: None,
                        key: key.to_owned(),
                    });
                }
            }
        }
        // Of two that come below one line the first comes first, and what is a profile's stays with it.
        if self.home().sso_session(name).is_none() {
            let property = |key: &str, value: &str| (key.to_owned(), value.to_owned());
            intents.push(Intent::Add {
                section: Named::SsoSession(name.to_owned()),
                properties: vec![
                    property("sso_start_url", &portal.start_url),
                    property("sso_region", &portal.region),
                    property("sso_registration_scopes", "sso:account:access"),
                ],
                file: None,
            });
        }
        Ok(Intent::Together(intents))
    }
}

fn is_old(profile: Profile<'_>, key: &PortalKey) -> bool {
    profile.source() == Source::Sso
        && profile.get("sso_session").is_none()
        && profile
            .get("sso_start_url")
            .is_some_and(|url| *url.value == *key.text())
}

/// Profiles by what they sign in for.
pub(super) type There = BTreeMap<PermissionSet, Vec<String>>;

/// The profiles that sign in at this portal, under whatever section, by what they sign in for.
pub(super) fn signed_in_there(snapshot: &Snapshot, reached: &Reached) -> There {
    let mut there = There::new();
    for profile in snapshot
        .home()
        .profiles()
        .filter(|it| reached.portal.is_of(*it))
    {
        if let Ok(set) = PermissionSet::of(profile) {
            there
                .entry(set)
                .or_default()
                .push(profile.name().to_owned());
        }
    }
    there
}

/// The profiles whose role is no longer given.
pub(super) fn gone<'a>(there: &'a There, catalog: &'a Catalog) -> impl Iterator<Item = &'a String> {
    let given: BTreeSet<(&str, &str)> = catalog
        .accounts
        .iter()
        .flat_map(|account| account.roles.iter().map(|role| (&*account.id, &**role)))
        .collect();
    let gone = there
        .iter()
        .filter(move |(set, _)| !given.contains(&(&*set.account_id, &*set.role_name)));
    gone.flat_map(|(_, names)| names)
}

/// As `aws configure sso` writes them.
fn properties(
    portal: &SignInAt,
    set: &PermissionSet,
    region: Option<&str>,
) -> Vec<(String, String)> {
    let mut properties = match &portal.key {
        PortalKey::Session(name) => vec![("sso_session", name.as_str())],
        PortalKey::StartUrl(url) => vec![
            ("sso_start_url", url.as_str()),
            ("sso_region", portal.region.as_str()),
        ],
    };
    properties.push(("sso_account_id", &set.account_id));
    properties.push(("sso_role_name", &set.role_name));
    properties.extend(region.map(|region| ("region", region)));
    let owned = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
    properties.into_iter().map(owned).collect()
}

impl GenerateRequest {
    fn names(&self, account: &KnownAccount) -> bool {
        let is = |word: &String| {
            *word == account.id
                || account
                    .name
                    .as_ref()
                    .is_some_and(|name| name.eq_ignore_ascii_case(word))
        };
        self.accounts.is_empty() || self.accounts.iter().any(is)
    }

    fn wants(&self, account: &KnownAccount, role: &str) -> bool {
        let in_roles = self.roles.is_empty() || self.roles.iter().any(|name| name == role);
        let is = |only: &RoleOfAccount| only.account == account.id && only.role == role;
        let in_only = self.only.as_ref().is_none_or(|only| only.iter().any(is));
        in_roles && in_only
    }
}

/// Which names are taken.
pub(super) struct Names<'a> {
    template: &'a str,
    portal: &'a str,
    taken: BTreeSet<String>,
}

impl<'a> Names<'a> {
    pub(super) fn of(snapshot: &Snapshot, reached: &'a Reached, template: &'a str) -> Self {
        let taken = snapshot.home().profiles();
        Self {
            template,
            portal: &reached.portal.name,
            taken: taken.map(|profile| profile.name().to_owned()).collect(),
        }
    }

    /// A name that nothing has, and takes it.
    fn for_role(&mut self, account: &KnownAccount, role: &str) -> Result<String, Failure> {
        let filled = self.filled(account, role);
        check_name(&filled).map_err(|_| {
            Failure::bad_template(self.template, &format!("it comes to “{filled}”"))
        })?;
        let with_id = format!("{filled}-{}", account.id);
        let numbered = (2..).map(|number| format!("{with_id}-{number}"));
        let mut all = [filled, with_id.clone()].into_iter().chain(numbered);
        let name = all
            .find(|name| !self.taken.contains(name))
            .expect("there is always another number");
        self.taken.insert(name.clone());
        Ok(name)
    }

    fn filled(&self, account: &KnownAccount, role: &str) -> String {
        let mut name = self.template.to_owned();
        for part in PARTS {
            let value = match part {
                "account" => account.name.as_deref().unwrap_or(&account.id),
                "id" => &account.id,
                "role" => role,
                "email" => account.email.as_deref().unwrap_or_default(),
                _ => self.portal,
            };
            name = name.replace(&format!("{{{part}}}"), &fitting(value));
        }
        name
    }
}

/// What every SDK reads of it: anything else becomes a dash, and several one.
fn fitting(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() || "_-/.%@:+".contains(letter) {
            out.push(letter);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

pub(super) fn check_template(template: &str) -> Result<(), Failure> {
    let mut rest = template;
    let mut has_part = false;
    while let Some((_, behind)) = rest.split_once('{') {
        let (part, after) = behind
            .split_once('}')
            .ok_or_else(|| Failure::bad_template(template, "a brace is open"))?;
        if !PARTS.contains(&part) {
            return Err(Failure::bad_template(
                template,
                &format!("{{{part}}} is nothing"),
            ));
        }
        has_part = true;
        rest = after;
    }
    if has_part {
        Ok(())
    } else {
        Err(Failure::bad_template(
            template,
            "all profiles would have one name",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_names_parts_that_there_are() {
        for good in [TEMPLATE, "{id}.{role}", "x-{email}"] {
            assert_eq!(check_template(good), Ok(()), "{good}");
        }
        for bad in ["", "mine", "{account", "{label}-{role}"] {
            assert!(check_template(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_no_sdk_reads_becomes_a_dash() {
        assert_eq!(fitting("Dev, Europe"), "Dev-Europe");
        assert_eq!(
            fitting("<img src=x onerror=alert(1)>"),
            "img-src-x-onerror-alert-1"
        );
        assert_eq!(fitting("\u{1b}]52;c;x\u{7}"), "52-c-x");
    }
}
