//! `session.ended`: a session that is set up right and over. Not a fault, so it is only worth knowing; the status says
//! it. One problem per portal, not per profile that hangs from it.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{Home, SessionState, Source, ends_of_portals, portals_in, session};

pub(super) const RULE: Rule = Rule {
    name: "session.ended",
    severity: Severity::Info,
    short: "ended",
    why: "Sessions last as long as your admin set, often 8 to 12 hours. Everything is set up right; it needs a new sign-in or new keys.",
    source: "AWS IAM Identity Center User Guide, “Session duration”",
    check,
};

fn check(home: &Home, facts: &Facts, found: &mut Found) {
    for (portal, profiles) in portals_in(home, facts, SessionState::Ended) {
        found
            .problem(
                profiles[0].place(),
                format!("Your {} sign-in has ended.", portal.name),
            )
            .about_all(&profiles)
            .advice(format!(
                "Sign in again: aws sso login --profile {}",
                profiles[0].name()
            ));
    }
    ends_of_portals(home, facts).for_each(|at| found.changes_at(at));
    let own = home
        .profiles()
        .filter(|profile| profile.source() == Source::SessionKeys);
    for profile in own {
        let Some(session) = session(facts, profile) else {
            continue;
        };
        if session.state == SessionState::Live {
            session
                .ends_at
                .into_iter()
                .for_each(|at| found.changes_at(at));
        }
        if session.state == SessionState::Ended {
            let place = profile
                .get("aws_access_key_id")
                .map_or(profile.place(), |id| id.place);
            found
                .problem(place, format!("The keys of {} have ended.", profile.name()))
                .about(profile)
                .advice("Get new keys where these came from, and replace all three lines.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        caches::{SsoToken, sso_token_file},
        document::Document,
        fingerprint::Fingerprint,
        profiles::Home,
        rules::{Facts, check, tests::check_with},
    };

    fn facts(now: &str) -> Facts {
        let ends_at = "2026-11-22T12:00:00Z".parse().expect("a time");
        Facts {
            now: now.parse().expect("a time"),
            sso_tokens: [(
                sso_token_file("acme"),
                SsoToken::Readable {
                    ends_at,
                    token: Fingerprint::default(),
                },
            )]
            .into(),
            ..Facts::default()
        }
    }

    #[test]
    fn one_portal_is_one_problem() {
        check_with(
            &RULE,
            "[profile a]\n#^^^^^^^^^ Your acme sign-in has ended.\nsso_session = acme\n[profile b]\nsso_session = acme\n",
            &facts("2026-11-22T12:00:00Z"),
        );
    }

    #[test]
    fn a_live_session_is_fine_and_says_when_to_look_again() {
        let text = "[profile a]\nsso_session = acme\n";
        check_with(&RULE, text, &facts("2026-11-22T11:59:59Z"));
        let home = Home::read(Some(Document::parse(text.as_bytes().to_vec())), None);
        assert_eq!(
            check(&home, &facts("2026-11-22T11:59:59Z")).next_change,
            "2026-11-22T12:00:00Z".parse().ok()
        );
    }

    #[test]
    fn keys_with_a_written_end_count_too() {
        let text = "--- credentials\n[a]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\n#                   ^^^^^^^^^^^^^^^^^^^^ The keys of a have ended.\naws_secret_access_key = s\naws_session_token = t\naws_expiration = 2026-11-22T10:00:00Z\n";
        check_with(&RULE, text, &facts("2026-11-22T12:00:00Z"));
    }
}
