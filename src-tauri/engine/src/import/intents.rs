//! A paste as intents: three values of a profile that is there, or a new one. Secrets are covered before they go in, as
//! all text that intents work on is masked.

use std::collections::HashMap;

use rolecall_core::{
    Purpose, Secret,
    document::Masker,
    import::{Found, PastedKeys},
    intent::{Intent, Named},
    profiles::{File, Home, Profile},
};

use super::offer::remembered_by;
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    snapshot::Snapshot,
};

/// Keys that tools write an end into; an old one beside new keys would be a lie.
const ENDS: [&str; 3] = ["aws_expiration", "x_security_token_expires", "expiration"];

impl Engine {
    /// What a paste comes to under these names, one for each profile in it; an empty name leaves that one out.
    ///
    /// # Errors
    /// `notFound` when the paste is gone.
    pub(crate) fn import_intents(
        &self,
        snapshot: &Snapshot,
        ticket: u32,
        names: &[String],
    ) -> Result<Vec<Intent>, Failure> {
        let pasted = lock(&self.pasted);
        let chosen = chosen(pasted.of(ticket)?, names);
        // Who starts from another profile of the paste goes on to do so under its new name.
        let renamed: HashMap<&str, &str> = chosen
            .iter()
            .filter_map(|(found, name)| Some((found.name.as_deref()?, *name)))
            .collect();
        let mut masker = lock(&self.masker);
        let mut intents = Vec::new();
        for (found, name) in &chosen {
            let properties = found.properties.iter().map(|(key, value)| {
                let now = renamed.get(value.as_str());
                let now = now.filter(|_| key == "source_profile");
                let value = now.copied().unwrap_or(value);
                (key.clone(), masker.cover_value(key, value))
            });
            let properties = properties.collect();
            let mut writer = Writer {
                masker: &mut masker,
                intents: &mut intents,
            };
            match snapshot.home().named_profile(name) {
                Some(profile) => writer.update(snapshot.home(), profile, found, properties),
                None => writer.add(name, found, properties),
            }
        }
        Ok(intents)
    }

    /// It is written: the names are kept for the next paste of the same account and role, and the secrets let go.
    pub(crate) fn imported(&self, ticket: u32, names: &[String]) {
        let by_role = {
            let pasted = lock(&self.pasted);
            let found = pasted.of(ticket).unwrap_or_default();
            let by_role =
                |(found, name): (&Found, &str)| Some((remembered_by(found)?, name.to_owned()));
            chosen(found, names)
                .into_iter()
                .filter_map(by_role)
                .collect()
        };
        self.forget_paste();
        // The keys are where they belong; a name that can't be kept is typed again, and not worth a failure.
        let _ = self.remember_names(by_role);
    }
}

/// What *Undo* and a button call it: `Update acme`, `Add acme-dev and acme-prod`.
pub(crate) fn import_in_words(home: &Home, names: &[String]) -> String {
    let names = names.iter().map(String::as_str);
    let (known, new): (Vec<_>, Vec<_>) = names
        .filter(|name| !name.is_empty())
        .partition(|name| home.named_profile(name).is_some());
    let parts = [("Update", known), ("Add", new)].into_iter();
    let parts = parts.filter(|(_, names)| !names.is_empty());
    let parts: Vec<_> = parts
        .map(|(does, names)| format!("{does} {}", names.join(" and ")))
        .collect();
    parts.join(", ")
}

/// What goes where.
fn chosen<'a>(found: &'a [Found], names: &'a [String]) -> Vec<(&'a Found, &'a str)> {
    let both = found.iter().zip(names.iter().map(String::as_str));
    both.filter(|(_, name)| !name.is_empty()).collect()
}

/// A command as it goes in, behind the sign of a comment.
pub(super) fn commented(command: &str) -> String {
    format!("credential_process = {command}")
}

struct Writer<'a> {
    masker: &'a mut Masker,
    intents: &'a mut Vec<Intent>,
}

impl Writer<'_> {
    fn add(&mut self, name: &str, found: &Found, properties: Vec<(String, String)>) {
        let section = Named::Profile(name.to_owned());
        let Some(keys) = &found.keys else {
            self.intents.push(Intent::Add {
                section: section.clone(),
                properties,
                file: None,
            });
            return self.comment(section, found);
        };
        let mut lines = self.lines(keys);
        lines.extend(found.ends_at.map(|at| (ENDS[0].to_owned(), at.to_string())));
        self.intents.push(Intent::Add {
            section: section.clone(),
            properties: lines,
            file: Some(File::Credentials),
        });
        let set = properties.into_iter().map(|(key, value)| Intent::Set {
            section: section.clone(),
            file: None,
            key,
            value,
        });
        self.intents.extend(set);
        self.comment(section, found);
    }

    /// A command that was pasted is there to be looked at, and no tool runs it.
    fn comment(&mut self, section: Named, found: &Found) {
        if let Some(text) = found.command.as_deref().map(commented) {
            self.intents.push(Intent::Comment { section, text });
        }
    }

    /// The three values where they stand now, and nothing else but what would be untrue beside them.
    fn update(
        &mut self,
        home: &Home,
        profile: Profile<'_>,
        found: &Found,
        properties: Vec<(String, String)>,
    ) {
        let mut values = properties;
        let mut gone = Vec::new();
        if let Some(keys) = &found.keys {
            values.splice(0..0, self.lines(keys));
            gone.push("aws_security_token");
            if keys.token.is_none() {
                gone.push("aws_session_token");
            }
            match found.ends_at {
                Some(at) => {
                    let ends = ENDS.into_iter().filter(|key| profile.get(key).is_some());
                    values.extend(ends.map(|key| (key.to_owned(), at.to_string())));
                }
                None => gone.extend(ENDS),
            }
        }
        let section = Named::Profile(profile.name().to_owned());
        let stand_in = |key: &str| {
            let keys = key.starts_with("aws_").then_some("aws_access_key_id");
            let there = profile.get(key).or_else(|| profile.get(keys?));
            there.map(|property| property.place.file)
        };
        for (key, value) in values {
            let now = profile
                .get(&key)
                .map(|property| self.masker.cover_value(&key, &property.value));
            if now.as_ref() != Some(&value) {
                self.intents.push(Intent::Set {
                    section: section.clone(),
                    file: stand_in(&key),
                    key,
                    value,
                });
            }
        }
        for key in gone.into_iter().filter(|key| profile.get(key).is_some()) {
            self.intents.push(Intent::Unset {
                section: section.clone(),
                file: None,
                key: key.to_owned(),
            });
        }
        let is_there = |command: &str| section.has_comment(home, &commented(command));
        if !found.command.as_deref().is_some_and(is_there) {
            self.comment(section, found);
        }
    }

    fn lines(&mut self, keys: &PastedKeys) -> Vec<(String, String)> {
        let mut cover =
            |secret: &Secret| secret.expose(Purpose::WriteFile, |text| self.masker.cover(text));
        let line = |key: &str, value| (key.to_owned(), value);
        let mut lines = vec![
            line("aws_access_key_id", keys.id.clone()),
            line("aws_secret_access_key", cover(&keys.secret)),
        ];
        lines.extend(
            keys.token
                .as_ref()
                .map(|token| line("aws_session_token", cover(token))),
        );
        lines
    }
}
