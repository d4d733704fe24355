//! One word per profile: is it set up right. The worst of its own problems,
//! and of what it starts from: a role whose source is broken is broken too, though the problem is told only once.

use crate::{
    profiles::{End, Home, Profile, ProfileId, SessionState, Source, session, used_by_accounts},
    rules::{Facts, Problem, Severity},
};

/// Worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A tool that uses it will fail, or sign as somebody else.
    Broken,
    /// Works or may work, but look.
    Warning,
    /// Set up right; its session has ended.
    Ended,
    /// No problem, and nothing known about it yet.
    Unchecked,
    /// No problem, and an account uses it, or it feeds a profile that an account uses, or its portal is signed in.
    Connected,
}

/// What decided the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A problem of its own, by its index.
    Problem(usize),
    /// It starts from this profile, which is broken.
    StartsFromBroken(ProfileId),
    /// Its chain does not end at keys.
    ChainDoesNotEnd,
    /// The session of this profile, its own or that of its base, has ended.
    SessionEnded(ProfileId),
    /// The portal of this profile is signed in.
    SignedIn(ProfileId),
    /// An account uses this profile: itself, or one that it feeds.
    Used(ProfileId),
    /// Nothing is known.
    Nothing,
}

/// The status of every profile, by number.
pub fn statuses(home: &Home, facts: &Facts, problems: &[Problem]) -> Vec<(Status, Reason)> {
    let worst = worst_problems(home, problems);
    let breaks_as_source = |id: ProfileId| {
        let has_own_keys = home.profile(id).has_own_keys();
        // With keys of its own, a source is used for them; where its own chain leads does not matter then.
        let matters =
            |problem: &Problem| !(has_own_keys && problem.rule.name.starts_with("chain."));
        worst[id.0 as usize].is_some_and(|(severity, index)| {
            severity == Severity::Error && matters(&problems[index])
        })
    };
    let broken_source = broken_sources(home, breaks_as_source);
    let used = used_by_accounts(home, &facts.account_profiles);
    home.profiles()
        .map(|profile| {
            status(
                home,
                facts,
                profile,
                worst[profile.id.0 as usize],
                &broken_source,
                used[profile.id.0 as usize],
            )
        })
        .collect()
}

fn status(
    home: &Home,
    facts: &Facts,
    profile: Profile<'_>,
    worst: Option<(Severity, usize)>,
    broken_source: &[Option<ProfileId>],
    used: Option<ProfileId>,
) -> (Status, Reason) {
    if let Some((Severity::Error, index)) = worst {
        return (Status::Broken, Reason::Problem(index));
    }
    let source = profile
        .starts_from()
        .filter(|source| source.id != profile.id);
    if let Some(broken) = source.and_then(|source| broken_source[source.id.0 as usize]) {
        return (Status::Broken, Reason::StartsFromBroken(broken));
    }
    let End::Complete { base } = profile.chain_end() else {
        return (Status::Broken, Reason::ChainDoesNotEnd);
    };
    if let Some((_, index)) = worst {
        return (Status::Warning, Reason::Problem(index));
    }
    let is_portal = home.profile(base).source() == Source::Sso;
    match session(facts, home.profile(base)).map(|session| session.state) {
        Some(SessionState::Ended) => (Status::Ended, Reason::SessionEnded(base)),
        Some(SessionState::Live) if is_portal => (Status::Connected, Reason::SignedIn(base)),
        _ => used.map_or((Status::Unchecked, Reason::Nothing), |used| {
            (Status::Connected, Reason::Used(used))
        }),
    }
}

/// For each profile its first worst problem, infos aside.
fn worst_problems(home: &Home, problems: &[Problem]) -> Vec<Option<(Severity, usize)>> {
    let mut worst: Vec<Option<(Severity, usize)>> = vec![None; home.profiles().len()];
    for (index, problem) in problems.iter().enumerate() {
        // With accounts, keys that none of them uses are worth a look in the list (`names.md`).
        let severity = if problem.rule.name == "profile.no_account" {
            Severity::Warning
        } else {
            problem.severity
        };
        if severity == Severity::Info {
            continue;
        }
        for id in &problem.profiles {
            let known = &mut worst[id.0 as usize];
            if known.is_none_or(|(worse, _)| severity < worse) {
                *known = Some((severity, index));
            }
        }
    }
    worst
}

/// For each profile as a source, the first broken one on the way to the keys, itself included. One walk over all.
fn broken_sources(home: &Home, is_broken: impl Fn(ProfileId) -> bool) -> Vec<Option<ProfileId>> {
    let mut known: Vec<Option<Option<ProfileId>>> = vec![None; home.profiles().len()];
    let mut path = Vec::new();
    for start in home.profiles() {
        path.clear();
        let mut at = start;
        let broken = loop {
            let seen = &mut known[at.id.0 as usize];
            if let Some(seen) = seen {
                break *seen;
            }
            // Until it is known better; this also ends the walk of a circle.
            *seen = Some(None);
            path.push(at.id);
            if is_broken(at.id) {
                break Some(at.id);
            }
            match at.starts_from() {
                Some(next) if !at.has_own_keys() => at = next,
                _ => break None,
            }
        };
        for id in &path {
            known[id.0 as usize] = Some(broken);
        }
    }
    known.into_iter().map(Option::flatten).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        caches::{SsoToken, sso_token_file},
        document::Document,
        fingerprint::Fingerprint,
        rules::check,
    };

    const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/R\nsource_profile =";

    fn words(config: &str) -> Vec<String> {
        words_with_accounts(config, &[])
    }

    fn words_with_accounts(config: &str, account_profiles: &[&str]) -> Vec<String> {
        let home = Home::read(Some(Document::parse(config.as_bytes().to_vec())), None);
        let token = |at: &str| SsoToken::Readable {
            ends_at: at.parse().expect("a time"),
            token: Fingerprint::default(),
        };
        let facts = Facts {
            now: "2026-11-22T12:00:00Z".parse().expect("a time"),
            sso_tokens: [
                (sso_token_file("live"), token("2026-11-22T18:00:00Z")),
                (sso_token_file("over"), token("2026-11-22T09:00:00Z")),
            ]
            .into(),
            account_profiles: account_profiles.iter().map(ToString::to_string).collect(),
            ..Facts::default()
        };
        let statuses = statuses(&home, &facts, &check(&home, &facts).problems);
        home.profiles()
            .zip(statuses)
            .map(|(profile, (status, _))| format!("{} {status:?}", profile.name()))
            .collect()
    }

    #[test]
    fn a_broken_source_breaks_all_that_starts_from_it() {
        let text = format!(
            "[profile a]\n{ROLE} b\n[profile b]\n{ROLE} c\n[profile c]\n{ROLE} gone\n[profile d]\n{ROLE} loop\n[profile loop]\n{ROLE} loop\n"
        );
        assert_eq!(
            words(&text),
            [
                "a Broken",
                "b Broken",
                "c Broken",
                "d Broken",
                "loop Broken"
            ]
        );
    }

    #[test]
    fn half_a_key_pair_breaks_the_roles_that_start_from_it() {
        let text = format!(
            "[profile a]\n{ROLE} b\n[profile b]\n{ROLE} half\n[profile half]\naws_access_key_id = A\n"
        );
        assert_eq!(words(&text), ["a Broken", "b Broken", "half Broken"]);
    }

    #[test]
    fn a_portal_lends_its_state_to_all_that_starts_from_it() {
        let text = format!(
            "[sso-session live]\n[sso-session over]\n[profile a]\nsso_session = live\n[profile b]\n{ROLE} a\n[profile c]\nsso_session = over\n[profile d]\n{ROLE} c\n[profile e]\nregion = x\n"
        );
        assert_eq!(
            words(&text),
            [
                "a Connected",
                "b Connected",
                "c Ended",
                "d Ended",
                "e Warning"
            ]
        );
    }

    #[test]
    fn keys_are_not_checked_until_somebody_asks() {
        assert_eq!(
            words("[profile a]\naws_access_key_id = A\naws_secret_access_key = s\n"),
            ["a Unchecked"]
        );
    }

    #[test]
    fn what_an_account_uses_or_is_fed_by_is_connected_unless_something_is_wrong_with_it() {
        let keys = "aws_access_key_id = A\naws_secret_access_key = s\n";
        let text = format!(
            "[sso-session over]\n[profile deploy]\n{ROLE} base\n[profile base]\n{keys}[profile other]\n{ROLE} base\n[profile half]\naws_access_key_id = A\n[profile portal]\nsso_session = over\n"
        );
        assert_eq!(
            words_with_accounts(&text, &["deploy", "half", "portal"]),
            [
                "deploy Connected",
                "base Connected",
                "other Unchecked",
                "half Broken",
                "portal Ended"
            ]
        );
    }
}
