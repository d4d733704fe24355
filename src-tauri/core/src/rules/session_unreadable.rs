//! `session.unreadable`: the sign-in file of a portal that profiles use is not whole: half-written, or another tool's.
//! Files that no profile names are left alone; many tools keep theirs in the same folder.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{Home, SessionState, portals_in};

pub(super) const RULE: Rule = Rule {
    name: "session.unreadable",
    severity: Severity::Warning,
    short: "sign-in unreadable",
    why: "Tools can't tell whether you are signed in. Most ask you to sign in again; some fail with an error about JSON.",
    source: "botocore tokens.py and utils.py, SSOTokenLoader",
    check,
};

fn check(home: &Home, facts: &Facts, found: &mut Found) {
    for (portal, profiles) in portals_in(home, facts, SessionState::Unreadable) {
        let message = format!(
            "The sign-in of {} can't be read: sso/cache/{} is not whole JSON with a token and its end.",
            portal.name, portal.token_file
        );
        let advice = format!(
            "Sign in again, which writes the file anew: aws sso login --profile {}",
            profiles[0].name()
        );
        found
            .problem(profiles[0].place(), message)
            .about_all(&profiles)
            .advice(advice);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        caches::{SsoToken, sso_token_file},
        rules::{
            Facts,
            tests::{check_text, check_with},
        },
    };

    const TEXT: &str = "[profile a]\nsso_session = acme\n";

    #[test]
    fn a_torn_file_of_a_portal_in_use_is_marked() {
        let facts = Facts {
            sso_tokens: [(sso_token_file("acme"), SsoToken::Unreadable)].into(),
            ..Facts::default()
        };
        let file = sso_token_file("acme");
        let message = format!(
            "The sign-in of acme can't be read: sso/cache/{file} is not whole JSON with a token and its end."
        );
        check_with(
            &RULE,
            &TEXT.replace("sso_session", &format!("#^^^^^^^^^ {message}\nsso_session")),
            &facts,
        );
    }

    #[test]
    fn no_file_is_no_problem() {
        check_text(&RULE, TEXT);
    }
}
