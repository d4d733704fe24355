//! “Session Token Changed”: which token of each profile and portal is in force, and what the person said to newer ones.
//! Between two looks the tokens in the files are compared with those known. A new one is asked about once, all that wait
//! as one question; until it is answered, and after “Not now”, the old keys stay in force, in memory, until their end.
//! What was known is kept as fingerprints, so that it works over restarts too. Not here: signing in, renewing.

mod file;
mod held;
mod journeys;
mod seen;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use rolecall_core::{
    Fingerprint,
    caches::SsoToken,
    document::MaskKey,
    profiles::{Keys, Profile, Source},
};

use self::{
    file::{NOTE, TokensFile},
    held::Held,
    seen::tokens_in,
};
use crate::{
    failure::Failure,
    mask_key::InstallKey,
    notes::Noted,
    snapshot::{FileFound, Read},
    view::TokenOf,
    world::World,
};

/// Whose token it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holder {
    /// The profile of this name, with the token in a file.
    Profile(String),
    /// The portal with this file in `sso/cache`.
    Portal(String),
}

impl Holder {
    /// The one that a profile's own keys belong to, if these are a session's. A role profile with keys of its own is
    /// used for them where another starts from it.
    pub(crate) fn of(profile: Profile<'_>) -> Option<Self> {
        let has = |key| profile.get(key).is_some();
        match profile.source() {
            Source::SessionKeys => {}
            Source::Sso => return Some(Self::Portal(profile.portal()?.token_file.to_string())),
            Source::AssumeRole
                if profile.has_own_keys()
                    && (has("aws_session_token") || has("aws_security_token")) => {}
            _ => return None,
        }
        Some(Self::Profile(profile.name().to_owned()))
    }
}

/// A token in the files that is not in force, as a snapshot tells of it.
#[derive(Clone, Debug)]
pub(crate) struct NewerToken {
    pub holder: Holder,
    /// The profile's or the portal's name.
    pub name: String,
    /// The question that names it.
    pub ticket: u32,
    /// The person said “Not now”.
    pub declined: bool,
    pub old_key: Option<String>,
    pub new_key: Option<String>,
    pub old_ends_at: Option<Timestamp>,
    pub new_ends_at: Option<Timestamp>,
    /// The old keys, where they are in memory.
    pub held: Option<Arc<Keys>>,
    /// Until when they work, where something says so.
    pub held_until: Option<Timestamp>,
}

impl NewerToken {
    pub(crate) fn of(&self) -> TokenOf {
        match self.holder {
            Holder::Profile(_) => TokenOf::Profile,
            Holder::Portal(_) => TokenOf::Portal,
        }
    }

    /// The old keys work no longer, or are not in memory.
    pub(crate) fn has_ended(&self, now: Timestamp) -> bool {
        self.held.is_none() || self.held_until.is_some_and(|at| at <= now)
    }
}

/// The tokens of every profile and portal that has one.
#[derive(Debug)]
pub(crate) struct Tokens {
    key: InstallKey,
    /// Somebody is there who can answer. Else the files are believed.
    asks: bool,
    held: BTreeMap<Holder, Held>,
    /// Rolecall itself is about to write these.
    ours: BTreeSet<Fingerprint>,
    last_ticket: u32,
    /// There is something that was not kept yet.
    unkept: bool,
}

impl Tokens {
    /// What was kept.
    pub(crate) fn load(world: &World, key: InstallKey) -> Self {
        let file = match NOTE.load::<TokensFile>(world) {
            Noted::Read(file) if file.key == key_mark(&key.key) => file,
            _ => TokensFile::default(),
        };
        let held = file.tokens.into_iter().filter_map(|kept| {
            let holder = match &kept.portal {
                Some(file) => Holder::Portal(file.clone()),
                None => Holder::Profile(kept.name.clone()),
            };
            Some((holder, Held::from_kept(kept)?))
        });
        Self {
            held: held.collect(),
            key,
            asks: false,
            ours: BTreeSet::new(),
            last_ticket: 0,
            unkept: false,
        }
    }

    /// Compares what was read with what is known. Says whether a question waits now where none did.
    pub(crate) fn observe(&mut self, read: &Read, now: Timestamp) -> bool {
        let waited = self.is_waiting();
        let ticket = self.last_ticket + 1;
        let seen = tokens_in(read, now, &self.key.key);
        let may_be_there = |holder: &Holder| match holder {
            Holder::Profile(_) => {
                let failed = |found: &FileFound| matches!(found, FileFound::Failed(_));
                read.files.iter().any(failed)
            }
            Holder::Portal(file) => read.sso_tokens.get(file) == Some(&SsoToken::Unreadable),
        };
        for (holder, held) in &mut self.held {
            if !seen.contains_key(holder) && !may_be_there(holder) {
                held.newer = None;
            }
        }
        for (holder, (name, token)) in seen {
            match self.held.get_mut(&holder) {
                Some(held) => {
                    let is_ours = self.ours.contains(&token.print);
                    self.unkept |= held.see(token, is_ours, ticket);
                }
                None => {
                    self.held.insert(holder, Held::first(name, token));
                    self.unkept = true;
                }
            }
        }
        let newer = self.held.values().filter_map(|held| held.newer.as_ref());
        self.last_ticket = newer
            .map(|newer| newer.ticket)
            .fold(self.last_ticket, u32::max);
        !waited && self.is_waiting()
    }

    fn is_waiting(&self) -> bool {
        let mut newer = self.held.values().filter_map(|held| held.newer.as_ref());
        newer.any(|newer| !newer.declined)
    }

    /// Those in the files that are not in force, by name.
    pub(crate) fn newer(&self) -> Vec<NewerToken> {
        let newer = self.held.iter().filter_map(|(holder, held)| {
            let newer = held.newer.as_ref()?;
            let (old, new) = (&held.in_force, &newer.token);
            // Tools that write keys and no end leave the old end beside the new keys.
            let stale = matches!(holder, Holder::Profile(_)) && old.ends_at == new.ends_at;
            Some(NewerToken {
                holder: holder.clone(),
                name: held.name.clone(),
                ticket: newer.ticket,
                declined: newer.declined,
                old_key: old.key_id.clone(),
                new_key: new.key_id.clone(),
                old_ends_at: old.ends_at,
                new_ends_at: new.ends_at.filter(|_| !stale),
                held: old.keys.clone(),
                held_until: old.ends_at.filter(|_| old.keys.is_some()),
            })
        });
        newer.collect()
    }

    /// The keys of a profile that are in force, if those are not the ones in its file.
    fn in_force(&self, profile: &str, now: Timestamp) -> InForce {
        let held = self.held.get(&Holder::Profile(profile.to_owned()));
        let Some(held) = held.filter(|held| self.asks && held.newer.is_some()) else {
            return InForce::File;
        };
        let old = &held.in_force;
        match &old.keys {
            Some(keys) if old.ends_at.is_none_or(|at| at > now) => InForce::Held(keys.clone()),
            _ => InForce::Ended,
        }
    }

    /// Answers the question of this ticket: what was named by it, and not what came after.
    fn answer(&mut self, ticket: u32, yes: bool) -> Result<(), Failure> {
        let newer = || self.held.values().filter_map(|held| held.newer.as_ref());
        let declined = newer().find(|newer| newer.ticket == ticket);
        let declined = declined.ok_or_else(Failure::question_closed)?.declined;
        let next_ticket = self.last_ticket + 1;
        for held in self.held.values_mut() {
            let is_meant = held
                .newer
                .as_ref()
                .is_some_and(|newer| newer.declined == declined && newer.ticket <= ticket);
            if is_meant {
                held.answer(yes, next_ticket);
            }
        }
        self.last_ticket = next_ticket;
        self.unkept = true;
        Ok(())
    }

    /// Makes sure that the key of this installation is on the disk.
    ///
    /// # Errors
    /// As the system says.
    pub(crate) fn keep_key(&mut self, world: &World) -> std::io::Result<()> {
        self.key.keep(world)
    }

    /// Writes down what has to outlast a restart, if anything is new.
    ///
    /// # Errors
    /// `unwritable`; it holds until Rolecall is closed then.
    pub(crate) fn keep(&mut self, world: &World) -> Result<(), Failure> {
        if !self.unkept {
            return Ok(());
        }
        // Asked for once: a disk that is full stays full, and the next answer tries again.
        self.unkept = false;
        self.key
            .keep(world)
            .map_err(|error| Failure::notes_unwritable(NOTE.not_kept, "mask.key", &error))?;
        let portal = |holder: &Holder| match holder {
            Holder::Profile(_) => None,
            Holder::Portal(file) => Some(file.clone()),
        };
        let tokens = self.held.iter();
        let file = TokensFile {
            key: key_mark(&self.key.key),
            tokens: tokens
                .map(|(holder, held)| held.kept(portal(holder)))
                .collect(),
        };
        NOTE.save(world, &file)
    }
}

/// The keys that a profile works with.
enum InForce {
    /// Those in its file.
    File,
    /// These, while a newer token waits in the file.
    Held(Arc<Keys>),
    /// None: the old ones have ended or are gone with a restart, and the newer ones wait for a Yes.
    Ended,
}

fn key_mark(key: &MaskKey) -> String {
    Fingerprint::of(key, &["tokens.toml"]).to_string()
}
