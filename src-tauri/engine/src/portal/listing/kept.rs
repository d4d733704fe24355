//! What was listed of each portal, kept in the data folder with its time: accounts and role names, no token and no key.

use serde::{Deserialize, Serialize};

use crate::{
    failure::Failure,
    notes::{Note, Noted},
    portal::Reached,
    view::{ListedAccountRoles, PortalListing},
    world::{World, portal::PortalAccount},
};

use jiff::Timestamp;

/// The file of the data folder.
const NOTE: Note = Note {
    name: "portals",
    head: "# What Rolecall listed of portals: accounts and roles, with the time. It is made anew when it is missing.\n",
    not_kept: "What was listed was not kept",
};

/// All accounts of a portal, as far as they were listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Catalog {
    /// The portal's address and region.
    pub(crate) key: String,
    /// When listing began, in seconds since 1970.
    pub(crate) listed_at: i64,
    /// No account is missing.
    pub(crate) has_all_accounts: bool,
    #[serde(default, rename = "account")]
    pub(crate) accounts: Vec<KnownAccount>,
}

/// An account with its roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownAccount {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    #[serde(default)]
    pub(crate) roles: Vec<String>,
    /// No role is missing.
    #[serde(default)]
    pub(crate) is_listed: bool,
}

/// By what a portal is known again: two sections for one portal list the same.
pub(super) fn key(reached: &Reached) -> String {
    let url = reached.portal.start_url.trim_end_matches(['/', '#']);
    format!("{url} {}", reached.portal.region)
}

impl Catalog {
    pub(super) fn new(reached: &Reached, now: Timestamp) -> Self {
        Self {
            key: key(reached),
            listed_at: now.as_second(),
            has_all_accounts: false,
            accounts: Vec::new(),
        }
    }

    /// Nothing is missing.
    pub(crate) fn is_whole(&self) -> bool {
        self.has_all_accounts && self.accounts.iter().all(|account| account.is_listed)
    }

    /// Its place, where it is a new one.
    pub(super) fn add(&mut self, account: PortalAccount) -> Option<usize> {
        if self.accounts.iter().any(|known| known.id == account.id) {
            return None;
        }
        self.accounts.push(KnownAccount {
            id: account.id,
            name: account.name,
            email: account.email,
            roles: Vec::new(),
            is_listed: false,
        });
        Some(self.accounts.len() - 1)
    }

    pub(super) fn add_roles(&mut self, at: usize, roles: Vec<String>) {
        let known = &mut self.accounts[at].roles;
        for role in roles {
            if !known.contains(&role) {
                known.push(role);
            }
        }
    }

    pub(super) fn without_roles(&self) -> Vec<usize> {
        let accounts = self.accounts.iter().enumerate();
        let without = accounts.filter(|(_, account)| !account.is_listed);
        without.map(|(at, _)| at).collect()
    }

    pub(super) fn view(&self, portal: &str) -> PortalListing {
        PortalListing {
            portal: portal.to_owned(),
            listed_at: self.listed_at,
            complete: self.is_whole(),
            accounts: self.accounts.iter().map(KnownAccount::view).collect(),
        }
    }
}

impl KnownAccount {
    pub(super) fn view(&self) -> ListedAccountRoles {
        ListedAccountRoles {
            id: self.id.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            roles: self.roles.clone(),
        }
    }
}

/// The way to the file; held while it is read and written.
#[derive(Debug, Default)]
pub(crate) struct Catalogs(());

#[derive(Default, Serialize, Deserialize)]
struct CatalogsFile {
    #[serde(default, rename = "portal")]
    portals: Vec<Catalog>,
}

impl Catalogs {
    #[expect(clippy::unused_self, reason = "whoever has it has the lock")]
    pub(super) fn load(&self, world: &World) -> Vec<Catalog> {
        match NOTE.load::<CatalogsFile>(world) {
            Noted::Read(file) => file.portals,
            Noted::Missing | Noted::Damaged => Vec::new(),
        }
    }

    pub(super) fn keep(&self, world: &World, catalog: &Catalog) -> Result<(), Failure> {
        let mut portals = self.load(world);
        if portals.contains(catalog) {
            return Ok(());
        }
        portals.retain(|known| known.key != catalog.key);
        portals.push(catalog.clone());
        NOTE.save(world, &CatalogsFile { portals })
    }
}
