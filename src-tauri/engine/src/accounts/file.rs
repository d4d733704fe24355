//! `accounts.toml`: the person's accounts and the one in use, without any secret. Read again before each write, since
//! the command and the window may both be open; what a newer Rolecall wrote is kept as it is.

use serde::{Deserialize, Serialize};

use crate::{
    failure::Failure,
    notes::{Note, Noted},
    view::{AccountForm, Endpoint, Label},
    world::World,
};

pub(crate) const NOTE: Note = Note {
    name: "accounts",
    head: "# The accounts of Rolecall: names for profiles, with a role, a region, an endpoint and a label. No secrets.\n\
           # endpoint: absent for what the profile says, \"localstack\", or a URL. label: dev, staging or production.\n\n",
    not_kept: "The account was not kept",
};

/// Everything in the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct AccountsFile {
    /// What the top of the window names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_use: Option<Use>,
    /// The accounts.
    #[serde(rename = "account", skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<KeptAccount>,
    /// What a newer Rolecall wrote.
    #[serde(flatten)]
    pub unknown: toml::Table,
}

/// What the top of the window names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Use {
    /// The account's name.
    pub account: String,
    /// The role profile; absent for the base keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The region; absent for the account's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptAccount {
    pub name: String,
    pub profile: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What a newer Rolecall wrote.
    #[serde(flatten)]
    pub unknown: toml::Table,
}

impl KeptAccount {
    /// As the form has it.
    pub(crate) fn form(&self) -> AccountForm {
        let label = match self.label.as_deref() {
            Some("dev") => Some(Label::Dev),
            Some("staging") => Some(Label::Staging),
            Some("production") => Some(Label::Production),
            _ => None,
        };
        AccountForm {
            name: self.name.clone(),
            profile: self.profile.clone(),
            role: self.role.clone(),
            region: self.region.clone(),
            endpoint: Endpoint::named(self.endpoint.as_deref().unwrap_or_default()),
            label,
        }
    }

    /// From the form; `unknown` is what the account had besides.
    pub(crate) fn of(form: AccountForm, unknown: toml::Table) -> Self {
        let label = form.label.map(|label| match label {
            Label::Dev => "dev".to_owned(),
            Label::Staging => "staging".to_owned(),
            Label::Production => "production".to_owned(),
        });
        Self {
            name: form.name,
            profile: form.profile,
            role: form.role,
            region: form.region,
            endpoint: form.endpoint.name().map(str::to_owned),
            label,
            unknown,
        }
    }
}

impl AccountsFile {
    /// What the file says now. One that can't be read says what was known before, since a person may be typing in it,
    /// and comes with that failure.
    pub(crate) fn load(world: &World, known: &Self) -> (Self, Option<Failure>) {
        match NOTE.load(world) {
            Noted::Read(file) => (file, None),
            Noted::Missing if NOTE.path(world).is_some() => (Self::default(), None),
            Noted::Missing => (known.clone(), None),
            Noted::Damaged => (known.clone(), Some(Failure::accounts_damaged())),
        }
    }

    pub(crate) fn named(&self, name: &str) -> Option<&KeptAccount> {
        self.accounts.iter().find(|account| account.name == name)
    }
}
