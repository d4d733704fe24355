//! `profile.no_account`: a profile of the credentials file that none of the person's accounts uses, neither by name
//! nor through a role that starts from it. Silent as long as there are no accounts, so that a new home is not all amber.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{File, Home, used_by_accounts};

pub(super) const RULE: Rule = Rule {
    name: "profile.no_account",
    severity: Severity::Info,
    short: "no account",
    why: "Rolecall can't tell whether anything here still uses it: it may be left over, or new.",
    source: "Rolecall's own: accounts are its addition",
    check,
};

fn check(home: &Home, facts: &Facts, found: &mut Found) {
    if facts.account_profiles.is_empty() {
        return;
    }
    let used = used_by_accounts(home, &facts.account_profiles);
    for profile in home
        .profiles()
        .filter(|profile| profile.is_in(File::Credentials))
    {
        if used[profile.id.0 as usize].is_none() {
            found
                .problem(
                    profile.place(),
                    format!("No account uses {}.", profile.name()),
                )
                .about(profile)
                .advice("Create an account from it, or remove it if nothing needs it.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::{
        Facts,
        tests::{check_text, check_with},
    };

    #[test]
    fn keys_that_no_account_uses_are_marked_once_there_is_an_account() {
        let facts = Facts {
            account_profiles: vec!["acme".into()],
            ..Facts::default()
        };
        check_with(
            &RULE,
            "--- credentials\n[acme]\nk = v\n[legacy-backup]\n#^^^^^^^^^^^^^ No account uses legacy-backup.\nk = v\n",
            &facts,
        );
    }

    #[test]
    fn keys_that_feed_an_accounts_role_are_used() {
        let facts = Facts {
            account_profiles: vec!["deploy".into()],
            ..Facts::default()
        };
        check_with(
            &RULE,
            "--- config\n[profile deploy]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = base\n--- credentials\n[base]\naws_access_key_id = A\naws_secret_access_key = s\n",
            &facts,
        );
    }

    #[test]
    fn without_accounts_there_is_nothing_to_say() {
        check_text(&RULE, "--- credentials\n[acme]\nk = v\n");
    }
}
