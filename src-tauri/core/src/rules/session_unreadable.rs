//! `session.unreadable`: the sign-in file of a portal that profiles use is not whole: half-written, or another tool's.
//! Files that no profile names are left alone; many tools keep theirs in the same folder.

use std::collections::BTreeMap;

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{Home, Portal, Profile, SessionOrigin, SessionState, portal, session};

pub(super) const RULE: Rule = Rule {
    name: "session.unreadable",
    severity: Severity::Warning,
    short: "sign-in unreadable",
    why: "Tools can't tell whether you are signed in. Most ask you to sign in again; some fail with an error about JSON.",
    source: "botocore tokens.py and utils.py, SSOTokenLoader",
    check,
};

fn check(home: &Home, facts: &Facts, found: &mut Found) {
    let mut portals: BTreeMap<Portal, (String, Vec<Profile<'_>>)> = BTreeMap::new();
    for profile in home.profiles() {
        let Some(session) = session(facts, profile) else {
            continue;
        };
        if let (SessionState::Unreadable, Some(portal), SessionOrigin::SsoCache(file)) =
            (session.state, portal(profile), session.origin)
        {
            portals
                .entry(portal)
                .or_insert_with(|| (file, Vec::new()))
                .1
                .push(profile);
        }
    }
    for (portal, (file, profiles)) in portals {
        let message = format!(
            "The sign-in of {} can't be read: sso/cache/{file} is not whole JSON with a token and its end.",
            portal.name
        );
        let problem = found.problem(profiles[0].place(), message);
        problem.advice(format!(
            "Sign in again, which writes the file anew: aws sso login --profile {}",
            profiles[0].name()
        ));
        for profile in profiles {
            problem.profiles.push(profile.id);
        }
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
