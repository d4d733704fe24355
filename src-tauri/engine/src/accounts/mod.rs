//! The person's accounts: a name for a profile with a role, a region, an endpoint and a label; and the one in use.
//! They name profiles and copy nothing from them. A profile that goes away marks its accounts and never deletes one.
//! How they look to the shells is in `answers/connections`; who AWS says one is with them is not here.

mod file;
mod form;
mod refusals;
#[cfg(test)]
mod tests;

use std::{collections::HashSet, path::PathBuf};

pub(crate) use file::KeptAccount;
use file::{AccountsFile, NOTE, Use};

use crate::{
    asking::Override,
    engine::{Engine, lock},
    failure::Failure,
    snapshot::{Names, Snapshot},
    view::{AccountForm, ProfileChoice},
    world::World,
};

/// The accounts, each with a number that stays the same for it as long as Rolecall is open.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accounts {
    file: AccountsFile,
    ids: Names,
    /// The file can't be read.
    pub(crate) failure: Option<Failure>,
}

impl Accounts {
    /// Reads them. A file that can't be read counts as none, and is set aside before the next write.
    pub(crate) fn load(world: &World) -> Self {
        let mut accounts = Self::default();
        accounts.follow(world);
        accounts
    }

    /// Takes over what another Rolecall wrote. Says whether that changed anything.
    pub(crate) fn follow(&mut self, world: &World) -> bool {
        let (file, failure) = AccountsFile::load(world, &self.file);
        let differs = (&file, &failure) != (&self.file, &self.failure);
        for account in &file.accounts {
            self.ids.id(&account.name);
        }
        (self.file, self.failure) = (file, failure);
        differs
    }

    /// All, each name once, with their numbers.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u32, &KeptAccount)> {
        let mut seen = HashSet::new();
        self.file.accounts.iter().filter_map(move |account| {
            let id = self.ids.known(&account.name)?;
            seen.insert(id).then_some((id, account))
        })
    }

    /// The profiles that they name, roles too.
    pub(crate) fn profiles(&self) -> Vec<String> {
        let named = |account: &KeptAccount| [Some(account.profile.clone()), account.role.clone()];
        let accounts = self.file.accounts.iter();
        accounts.flat_map(named).flatten().collect()
    }

    /// What the top of the window names: the account, and its number.
    pub(crate) fn in_use(&self) -> Option<(u32, &KeptAccount, &Use)> {
        let in_use = self.file.in_use.as_ref()?;
        let account = self.file.named(&in_use.account)?;
        Some((self.ids.known(&account.name)?, account, in_use))
    }

    /// The profile of an account, and the role profile that it works with: the one in use, else its own.
    ///
    /// # Errors
    /// `notFound` when it is gone.
    pub(crate) fn names(&self, id: u32) -> Result<(String, Option<String>), Failure> {
        let account = &self.file.accounts[self.at(id)?];
        let role = match self.in_use().filter(|(used, ..)| *used == id) {
            Some((_, _, in_use)) => in_use.role.clone(),
            None => account.role.clone(),
        };
        Ok((account.profile.clone(), role))
    }

    /// Where the calls of an account go, and for which region: the one in force if it is in use, else its own.
    ///
    /// # Errors
    /// `notFound` when it is gone.
    pub(crate) fn address(&self, id: u32) -> Result<Override, Failure> {
        let account = &self.file.accounts[self.at(id)?];
        let in_use = self.in_use().filter(|(used, ..)| *used == id);
        let chosen = in_use.and_then(|(_, _, in_use)| in_use.region.clone());
        Ok(Override {
            endpoint: account.form().endpoint.url(),
            region: chosen.or_else(|| account.region.clone()),
        })
    }

    fn at(&self, id: u32) -> Result<usize, Failure> {
        let at = self.file.accounts.iter().position(|account| {
            // By name: numbers are given to names.
            self.ids.known(&account.name) == Some(id)
        });
        at.ok_or_else(Failure::account_gone)
    }
}

/// Where they are kept.
pub(crate) fn path(world: &World) -> Option<PathBuf> {
    NOTE.path(world)
}

impl Engine {
    /// Keeps an account, a new one or a changed one, and answers its number.
    ///
    /// # Errors
    /// `notFound` and `unsupported` for what an account can't be, `unwritable`; nothing is changed then.
    pub fn save_account(&self, form: &AccountForm, id: Option<u32>) -> Result<u32, Failure> {
        self.change_accounts(|accounts, snapshot| {
            let at = id.map(|id| accounts.at(id)).transpose()?;
            let others = accounts.file.accounts.iter().enumerate();
            let others = others.filter(|(other, _)| Some(*other) != at);
            let form = form::checked(form, snapshot, others.map(|(_, other)| &*other.name))?;
            let name = form.name.clone();
            match at {
                Some(at) => {
                    let known = &mut accounts.file.accounts[at];
                    let unknown = std::mem::take(&mut known.unknown);
                    let before = std::mem::replace(known, KeptAccount::of(form, unknown));
                    accounts.ids.rename(&before.name, &name);
                    accounts.follow_change(&before, at);
                }
                None => {
                    let account = KeptAccount::of(form, toml::Table::new());
                    accounts.file.accounts.push(account);
                }
            }
            Ok(accounts.ids.id(&name))
        })
    }

    /// Accounts and pins name profiles: they follow one that has another name.
    ///
    /// # Errors
    /// `unwritable`; the profile has its new name nevertheless.
    pub(crate) fn profile_renamed(&self, from: &str, to: &str) -> Result<(), Failure> {
        self.rename_remembered(from, to)?;
        let names = self.snapshot().around.accounts.profiles();
        if !names.iter().any(|name| name == from) {
            return Ok(());
        }
        self.change_accounts(|accounts, _| {
            let follow = |name: &mut String| {
                if name == from {
                    to.clone_into(name);
                }
            };
            for account in &mut accounts.file.accounts {
                follow(&mut account.profile);
                account.role.iter_mut().for_each(follow);
            }
            let in_use = accounts.file.in_use.iter_mut();
            in_use
                .filter_map(|in_use| in_use.role.as_mut())
                .for_each(follow);
            Ok(())
        })
    }

    /// Forgets an account. The files of `~/.aws` stay as they are.
    ///
    /// # Errors
    /// `notFound`, `unwritable`; it is still there then.
    pub fn remove_account(&self, id: u32) -> Result<(), Failure> {
        self.change_accounts(|accounts, _| {
            let at = accounts.at(id)?;
            let gone = accounts.file.accounts.remove(at).name;
            let was_in_use = |in_use: &mut Use| in_use.account == gone;
            accounts.file.in_use.take_if(was_in_use);
            Ok(())
        })
    }

    /// Puts an account at the top of the window, with a role or its base keys; none puts no account there.
    ///
    /// # Errors
    /// `notFound`, `unsupported` for a role that does not start from the account's profile, `unwritable`.
    pub fn use_account(&self, id: Option<u32>, role: Option<u32>) -> Result<(), Failure> {
        self.change_accounts(|accounts, snapshot| {
            let Some(id) = id else {
                accounts.file.in_use = None;
                return Ok(());
            };
            let role = match role {
                Some(role) => Some(snapshot.profile(role)?.name().to_owned()),
                None => None,
            };
            accounts.put_in_use(id, role, snapshot)
        })
    }

    /// Puts the account of this name in use: with this role, else with the base keys if so wanted, else with the
    /// account's own role.
    ///
    /// # Errors
    /// `notFound`, `unsupported` for a role or region that can't be, `unwritable`.
    pub fn use_named(
        &self,
        name: &str,
        role: Option<&str>,
        base_keys: bool,
        region: Option<&str>,
    ) -> Result<(), Failure> {
        let (id, form) = self.account_named(name)?;
        region.map_or(Ok(()), form::check_region)?;
        let own = form.role.filter(|_| !base_keys);
        let role = role.map(str::to_owned).or(own);
        self.change_accounts(|accounts, snapshot| accounts.put_in_use(id, role, snapshot))?;
        region.map_or(Ok(()), |region| self.use_region(Some(region)))
    }

    /// Changes the region in force; none is the account's own again.
    ///
    /// # Errors
    /// `notFound` when no account is in use, `unsupported` for what is no region, `unwritable`.
    pub fn use_region(&self, region: Option<&str>) -> Result<(), Failure> {
        self.change_accounts(|accounts, _| {
            let region = region.map(str::trim).filter(|region| !region.is_empty());
            region.map_or(Ok(()), form::check_region)?;
            let in_use = accounts.file.in_use.as_mut();
            in_use.ok_or_else(Failure::no_account_in_use)?.region = region.map(str::to_owned);
            Ok(())
        })
    }

    /// The number of the account of this name, and the account; letter case does not matter where one alone fits.
    ///
    /// # Errors
    /// `notFound`.
    pub fn account_named(&self, name: &str) -> Result<(u32, AccountForm), Failure> {
        let accounts = lock(&self.accounts);
        let same = |known: &str| known.to_lowercase() == name.to_lowercase();
        let exact = accounts.all().find(|(_, account)| account.name == name);
        let found = exact.or_else(|| accounts.all().find(|(_, account)| same(&account.name)));
        found
            .map(|(id, account)| (id, account.form()))
            .ok_or_else(|| Failure::no_such_account(name))
    }

    /// What a profile fills into the account form.
    ///
    /// # Errors
    /// `notFound` when its name is gone.
    pub fn profile_choice(&self, id: u32) -> Result<ProfileChoice, Failure> {
        self.snapshot().profile_choice(id)
    }

    /// Changes what the file says now, not what it said when Rolecall last looked, and publishes it.
    fn change_accounts<T>(
        &self,
        change: impl FnOnce(&mut Accounts, &Snapshot) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let snapshot = self.snapshot();
        let (followed, answer) = {
            let mut known = lock(&self.accounts);
            let followed = known.follow(&self.world);
            let mut accounts = known.clone();
            let changed = change(&mut accounts, &snapshot);
            let answer = changed.and_then(|answer| {
                NOTE.save(&self.world, &accounts.file)?;
                accounts.failure = None;
                *known = accounts;
                Ok(answer)
            });
            (followed, answer)
        };
        if followed || answer.is_ok() {
            self.republish();
        }
        answer
    }
}

impl Accounts {
    fn put_in_use(
        &mut self,
        id: u32,
        role: Option<String>,
        snapshot: &Snapshot,
    ) -> Result<(), Failure> {
        let account = &self.file.accounts[self.at(id)?];
        if let Some(role) = &role {
            let profile = snapshot.named(&account.profile)?;
            form::check_role(snapshot.named(role)?, profile)?;
        }
        self.file.in_use = Some(Use {
            account: account.name.clone(),
            role,
            region: None,
        });
        Ok(())
    }

    /// What is in use keeps up with a changed account: its new name, and what of role and region was changed.
    fn follow_change(&mut self, before: &KeptAccount, at: usize) {
        let now = &self.file.accounts[at];
        let is_this = |in_use: &&mut Use| in_use.account == before.name;
        if let Some(in_use) = self.file.in_use.as_mut().filter(is_this) {
            in_use.account.clone_from(&now.name);
            if (&before.profile, &before.role) != (&now.profile, &now.role) {
                in_use.role.clone_from(&now.role);
            }
            if before.region != now.region {
                in_use.region = None;
            }
        }
    }
}
