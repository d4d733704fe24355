//! What an account can't be, each with its sentence.

use crate::{failure::Failure, view::FailureCode};

/// Longer names don't fit the switcher.
pub(super) const LONGEST_NAME: usize = 64;

impl Failure {
    fn refused(cause: &'static str, message: String, hint: impl Into<String>) -> Self {
        Self::new(FailureCode::Unsupported, cause, message, hint)
    }

    pub(super) fn accounts_damaged() -> Self {
        Self::new(
            FailureCode::Unreadable,
            "account.damaged",
            "accounts.toml in Rolecall's data folder can't be read as accounts.".into(),
            "Repair it, or go on: the next change of an account sets it aside and begins a new one.",
        )
    }

    pub(super) fn account_without_name() -> Self {
        Self::refused(
            "account.noName",
            "An account needs a name.".into(),
            "Type one, such as Acme Dev.",
        )
    }

    pub(super) fn account_name_too_long(length: usize) -> Self {
        Self::refused(
            "account.longName",
            format!("The name has {length} characters, more than the {LONGEST_NAME} that fit."),
            "Choose a shorter one.",
        )
    }

    pub(super) fn account_name_odd() -> Self {
        Self::refused(
            "account.oddName",
            "The name has a character that can't be shown, such as a line break.".into(),
            "Type the name instead of pasting it.",
        )
    }

    pub(super) fn account_name_taken(name: &str) -> Self {
        Self::refused(
            "account.nameTaken",
            format!("There is an account “{name}” already."),
            "Choose another name.",
        )
    }

    pub(super) fn no_such_account(name: &str) -> Self {
        Self::new(
            FailureCode::NotFound,
            "account.notFound",
            format!("There is no account “{name}”."),
            "rolecall accounts lists all accounts.",
        )
    }

    pub(super) fn account_gone() -> Self {
        Self::new(
            FailureCode::NotFound,
            "account.gone",
            "This account is gone; another Rolecall may have removed it.".into(),
            "Choose another one.",
        )
    }

    pub(super) fn no_account_in_use() -> Self {
        Self::new(
            FailureCode::NotFound,
            "account.noneInUse",
            "No account is in use, so there is no region to change.".into(),
            "Choose an account first.",
        )
    }

    pub(super) fn no_role_profile(name: &str, profile: &str) -> Self {
        Self::refused(
            "account.noRole",
            format!("{name} assumes no role."),
            format!("Choose a role that starts from {profile}, or none."),
        )
    }

    pub(super) fn role_starts_elsewhere(name: &str, profile: &str, from: Option<&str>) -> Self {
        let instead = from.map_or_else(
            || "it starts from no profile".to_owned(),
            |from| format!("it starts from {from}"),
        );
        Self::refused(
            "account.otherStart",
            format!("{name} does not start from {profile}: {instead}."),
            format!("Choose a role that starts from {profile}, or another profile."),
        )
    }

    pub(super) fn no_region(region: &str) -> Self {
        Self::refused(
            "account.region",
            format!("“{region}” is no region name."),
            "Write it as AWS does, such as eu-west-1.",
        )
    }

    /// `why` goes on after “The endpoint”. The address itself is not repeated: it may hold a password.
    pub(super) fn endpoint(cause: &'static str, why: &str, hint: &str) -> Self {
        Self::refused(cause, format!("The endpoint {why}."), hint)
    }
}
