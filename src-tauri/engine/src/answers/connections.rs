//! Accounts as the shells see them: what is in use, what works, which roles there are, and the question “Session Token
//! Changed”. Everything follows from the accounts' file, the snapshot and the tokens that wait.

use std::{collections::HashMap, sync::Arc};

use rolecall_core::{
    profiles::{Profile, ProfileId},
    status::Reason,
};

use crate::{
    accounts::KeptAccount,
    failure::Failure,
    sessions::{RoleSession, identity},
    snapshot::Snapshot,
    tokens::{Holder, NewerToken},
    view::{
        Account, AccountForm, ChangedToken, Connections, Identity, InUse, RoleChoice, Status,
        TokenChange,
    },
    words,
};

use super::short_key_id;

/// More names than a person reads in one question.
const TOKENS: usize = 100;

impl Snapshot {
    /// Accounts and what works now.
    pub(crate) fn connections(&self) -> Connections {
        let accounts = self.around.accounts.all();
        let roles = self.roles_of(accounts.map(|(_, account)| account.profile.as_str()));
        let accounts = self.around.accounts.all();
        let mut accounts: Vec<_> = accounts
            .map(|(id, account)| self.account(id, account, &roles))
            .collect();
        accounts.sort_by(|a, b| alphanumeric_sort::compare_str(&a.form.name, &b.form.name));
        Connections {
            in_use: self.in_use(),
            accounts,
            failure: self.around.accounts.failure.as_ref().map(Failure::view),
            sessions: self.assumed(),
            token_change: self.token_change(false),
            declined_tokens: self.token_change(true),
            shell: self.around.shell,
        }
    }

    fn account(
        &self,
        id: u32,
        account: &KeptAccount,
        roles: &HashMap<ProfileId, Vec<Profile<'_>>>,
    ) -> Account {
        let form = account.form();
        let profile = self.home().named_profile(&account.profile);
        let role = account.role.as_deref();
        let role = role.and_then(|role| self.home().named_profile(role));
        let (status, reason) = self.account_status(account);
        let get = |key| {
            let value = |profile: Profile<'_>| Some(profile.get(key)?.value.into_owned());
            role.and_then(value).or_else(|| profile.and_then(value))
        };
        let endpoint = form.endpoint.url().or_else(|| get("endpoint_url"));
        let roles = profile.and_then(|profile| roles.get(&profile.id));
        let roles = roles.into_iter().flatten();
        let verified = self.verified_account(&form, role, profile);
        let said = verified
            .as_ref()
            .map(|identity| identity.account_id.clone());
        Account {
            id,
            profile_id: profile.map(|profile| self.id(profile)),
            status,
            reason,
            region: form.region.clone().or_else(|| get("region")),
            endpoint,
            key_id: profile.and_then(|profile| self.base_key_id(profile)),
            account_id: said.or_else(|| role.or(profile).and_then(words::account_id)),
            verified,
            roles: roles.map(|role| self.role_choice(*role)).collect(),
            unswitched: self.newer_of(account).any(|token| token.declined),
            form,
        }
    }

    /// What AWS said last of an account: of its role while that is assumed, else of the base keys.
    fn verified_account(
        &self,
        form: &AccountForm,
        role: Option<Profile<'_>>,
        profile: Option<Profile<'_>>,
    ) -> Option<Identity> {
        let url = form.endpoint.url();
        let session = role.and_then(|role| self.around.sessions.find(role.name(), url.as_deref()));
        let assumed = session.map(|session| {
            identity(
                &session.arn,
                session.account_id.as_deref(),
                session.started_at,
            )
        });
        let verified = profile.and_then(|profile| self.verified(profile));
        assumed.or_else(|| verified.cloned())
    }

    /// One word and one sentence; the profile's, or the role's where that is worse.
    fn account_status(&self, account: &KeptAccount) -> (Status, String) {
        let Some(profile) = self.home().named_profile(&account.profile) else {
            let reason = format!("Profile “{}” is gone.", account.profile);
            return (Status::Broken, reason);
        };
        let mut of = profile;
        if let Some(name) = &account.role {
            let Some(role) = self.home().named_profile(name) else {
                return (Status::Broken, format!("Role profile “{name}” is gone."));
            };
            if role.starts_from().is_none_or(|from| from.id != profile.id) {
                let reason = format!("{name} no longer starts from {}.", profile.name());
                return (Status::Broken, reason);
            }
            if self.status(role).0 <= self.status(profile).0 {
                of = role;
            }
        }
        let (status, why) = self.status(of);
        let status = Status::from(status);
        let now = self.around.checked_at;
        let waits = self.newer_of(account).find(|token| token.has_ended(now));
        if let Some(token) = waits.filter(|_| status > Status::Warning) {
            return (Status::Ended, ended(token));
        }
        let reason = match why {
            Reason::Problem(index) => self.problems[index].message.clone(),
            why => self.reason(of, why),
        };
        (status, reason)
    }

    /// The key ID in force, its middle left out, of where a profile's chain ends, where that has keys.
    fn base_key_id(&self, profile: Profile<'_>) -> Option<String> {
        let base = profile.hops(usize::MAX).pop()?;
        if let Some(newer) = self.newer_token(base) {
            return newer.old_key.clone();
        }
        base.source().has_keys().then(|| short_key_id(base))?
    }

    /// The newer token that waits for the keys of a profile itself.
    pub(crate) fn newer_token(&self, profile: Profile<'_>) -> Option<&NewerToken> {
        let holder = Holder::of(profile)?;
        let mut newer = self.around.newer_tokens.iter();
        newer.find(|token| token.holder == holder)
    }

    /// The newer tokens that wait for those whose keys an account uses.
    fn newer_of<'a>(&'a self, account: &'a KeptAccount) -> impl Iterator<Item = &'a NewerToken> {
        let named = [Some(&account.profile), account.role.as_ref()];
        let named = named.into_iter().flatten();
        let profiles = named.filter_map(|name| self.home().named_profile(name));
        let hops = profiles.flat_map(|profile| profile.hops(usize::MAX));
        let holders: Vec<_> = hops.filter_map(Holder::of).collect();
        let newer = self.around.newer_tokens.iter();
        newer.filter(move |token| holders.contains(&token.holder))
    }

    /// The roles that start directly from each of these profiles, by name.
    pub(super) fn roles_of<'a>(
        &self,
        names: impl Iterator<Item = &'a str>,
    ) -> HashMap<ProfileId, Vec<Profile<'_>>> {
        let profiles = names.filter_map(|name| self.home().named_profile(name));
        let mut roles: HashMap<_, _> = profiles.map(|profile| (profile.id, Vec::new())).collect();
        if roles.is_empty() {
            return roles;
        }
        let all = self.by_name.iter().map(|id| self.home().profile(*id));
        for role in all.filter(|profile| profile.source().assumes_role()) {
            let of = role.starts_from().and_then(|from| roles.get_mut(&from.id));
            if let Some(of) = of {
                of.push(role);
            }
        }
        roles
    }

    pub(super) fn role_choice(&self, role: Profile<'_>) -> RoleChoice {
        RoleChoice {
            profile: self.profile_ref(role),
            role: words::role(role).unwrap_or_default(),
            account_id: words::account_id(role),
            mfa: role.get("mfa_serial").is_some(),
            ends_at: self
                .session_of(role)
                .map(|session| session.ends_at.as_second()),
        }
    }

    /// The newest session of a role.
    fn session_of(&self, role: Profile<'_>) -> Option<&Arc<RoleSession>> {
        self.around.sessions.of(role.name()).next()
    }

    /// Nothing where the role in use is gone: it must not become the base keys by itself.
    fn in_use(&self) -> Option<InUse> {
        let (id, account, in_use) = self.around.accounts.in_use()?;
        let profile = self.home().named_profile(&account.profile);
        let role = match &in_use.role {
            Some(name) => Some(self.home().named_profile(name)?),
            None => None,
        };
        let region = |profile: Profile<'_>| Some(profile.get("region")?.value.into_owned());
        let region = in_use
            .region
            .clone()
            .or_else(|| account.region.clone())
            .or_else(|| role.and_then(region))
            .or_else(|| profile.and_then(region));
        let session = role.and_then(|role| self.session_of(role));
        let ends_at = match role {
            Some(_) => session.map(|session| session.ends_at.as_second()),
            None => profile.and_then(|profile| self.keys_end(profile)),
        };
        Some(InUse {
            account: id,
            role: role.map(|role| self.profile_ref(role)),
            region,
            ends_at,
            started_at: session.map(|session| session.started_at.as_second()),
        })
    }

    /// When the keys in force of a profile end: those in memory, where a newer token waits, else those in the files.
    fn keys_end(&self, profile: Profile<'_>) -> Option<i64> {
        let holder = Holder::of(profile);
        let mut newer = self.around.newer_tokens.iter();
        let ends_at = match newer.find(|token| Some(&token.holder) == holder.as_ref()) {
            Some(token) => token.old_ends_at,
            None => self.session(profile).and_then(|(_, fact)| fact.ends_at),
        };
        ends_at.map(jiff::Timestamp::as_second)
    }

    /// The question that waits, or what was declined and may still be said Yes to.
    fn token_change(&self, declined: bool) -> Option<TokenChange> {
        let newer = || {
            self.around
                .newer_tokens
                .iter()
                .filter(|token| token.declined == declined)
        };
        let ticket = newer().map(|token| token.ticket).max()?;
        let mut tokens: Vec<_> = newer().map(changed_token).collect();
        tokens.sort_by(|a, b| alphanumeric_sort::compare_str(&a.name, &b.name));
        let token_count = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
        tokens.truncate(TOKENS);
        let accounts = self.around.accounts.all();
        let switches = |account: &KeptAccount| {
            self.newer_of(account)
                .any(|token| token.declined == declined)
        };
        let mut accounts: Vec<_> = accounts
            .filter(|(_, account)| switches(account))
            .map(|(_, account)| account.name.clone())
            .collect();
        accounts.sort_by(|a, b| alphanumeric_sort::compare_str(a, b));
        let hangs_from = |session: &&Arc<RoleSession>| {
            newer().any(|token| self.hangs_from(session, &token.holder))
        };
        let sessions = self.around.sessions.all().filter(hangs_from).count();
        Some(TokenChange {
            ticket,
            tokens,
            token_count,
            accounts,
            sessions: u32::try_from(sessions).unwrap_or(u32::MAX),
        })
    }

    /// A role's chain begins with the token of this one.
    pub(crate) fn hangs_from(&self, session: &RoleSession, holder: &Holder) -> bool {
        let role = self.home().named_profile(&session.profile);
        let hops = role.into_iter().flat_map(|role| role.hops(usize::MAX));
        let mut holders = hops.filter_map(Holder::of);
        holders.any(|of| of == *holder)
    }
}

/// The key ID, its middle left out, of where a profile's chain ends, where that has keys.
fn ended(token: &NewerToken) -> String {
    let what = if token.held.is_some() {
        "have ended"
    } else {
        "are gone with the restart"
    };
    format!(
        "The keys of {} that were in use {what}; its newer token waits for your Yes.",
        token.name
    )
}

fn changed_token(token: &NewerToken) -> ChangedToken {
    ChangedToken {
        of: token.of(),
        name: token.name.clone(),
        old_key: token.old_key.clone(),
        new_key: token.new_key.clone(),
        old_ends_at: token.old_ends_at.map(jiff::Timestamp::as_second),
        new_ends_at: token.new_ends_at.map(jiff::Timestamp::as_second),
        about: false,
    }
}
