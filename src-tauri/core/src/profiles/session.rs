//! The session that a profile hangs from, as far as the files tell: the token of its portal in `sso/cache`, or an end
//! that a tool wrote beside the keys. Nothing is asked of AWS.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::Timestamp;

use super::{Home, Profile, Source};
use crate::{
    caches::{self, SsoToken},
    facts::Facts,
};

/// Does it work right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// It has time left.
    Live,
    /// Its end has passed.
    Ended,
    /// Nobody is signed in.
    SignedOut,
    /// There is a sign-in file, and it can't be read.
    Unreadable,
    /// There are session keys, and nothing says when they end.
    Unknown,
}

/// Where that is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionOrigin {
    /// The portal's file in `sso/cache`.
    SsoCache,
    /// A property of the profile, by its key.
    Property(&'static str),
}

/// What is known of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionFact {
    /// Does it work right now.
    pub state: SessionState,
    /// When it ends or ended.
    pub ends_at: Option<Timestamp>,
    /// Where that is known from.
    pub origin: SessionOrigin,
}

/// A portal as profiles name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Portal {
    /// The session's name; for the older form the first label of the portal's host.
    pub name: Box<str>,
    /// The file of `sso/cache` that holds its token.
    pub token_file: Box<str>,
}

impl Portal {
    /// What names the portal of a profile whose keys come from one: the session's name, or the start URL exactly as
    /// written.
    pub(super) fn key(profile: Profile<'_>) -> Option<Cow<'_, str>> {
        (profile.source() == Source::Sso)
            .then(|| {
                profile
                    .value("sso_session")
                    .or_else(|| profile.value("sso_start_url"))
            })
            .flatten()
    }

    /// The portal that goes by this session's name or start URL.
    pub(super) fn of(key: &str) -> Self {
        let host = key.split_once("://").map(|(_, rest)| rest);
        let label = host
            .and_then(|host| host.split(['.', '/', ':']).next())
            .filter(|label| !label.is_empty());
        Self {
            name: label.unwrap_or(key).into(),
            token_file: caches::sso_token_file(key).into(),
        }
    }
}

/// The portals whose session is in this state, each with the profiles that sign in there.
pub fn portals_in<'a>(
    home: &'a Home,
    facts: &Facts,
    state: SessionState,
) -> BTreeMap<&'a Portal, Vec<Profile<'a>>> {
    let is_so = |portal: &Portal| sso(facts, portal).state == state;
    let chosen: Vec<bool> = home.portals().iter().map(is_so).collect();
    let mut of_portals: Vec<Vec<Profile<'_>>> = vec![Vec::new(); chosen.len()];
    if chosen.contains(&true) {
        for profile in home.profiles() {
            if let Some(place) = profile.portal_place().filter(|place| chosen[*place]) {
                of_portals[place].push(profile);
            }
        }
    }
    let portals = home.portals().iter().zip(of_portals);
    portals
        .filter(|(_, profiles)| !profiles.is_empty())
        .collect()
}

/// When the sessions of portals end that work.
pub fn ends_of_portals<'a>(
    home: &'a Home,
    facts: &'a Facts,
) -> impl Iterator<Item = Timestamp> + 'a {
    let sessions = home.portals().iter().map(|portal| sso(facts, portal));
    let live = sessions.filter(|session| session.state == SessionState::Live);
    live.filter_map(|session| session.ends_at)
}

/// Keys that tools write an end into, beside session keys.
const ENDS: [&str; 3] = ["aws_expiration", "x_security_token_expires", "expiration"];

/// What is known of the session that the profile itself has. Roles have none until they are assumed.
pub fn session(facts: &Facts, profile: Profile<'_>) -> Option<SessionFact> {
    match profile.source() {
        Source::Sso => profile.portal().map(|portal| sso(facts, portal)),
        Source::SessionKeys => Some(keys(facts, profile)),
        _ => None,
    }
}

fn sso(facts: &Facts, portal: &Portal) -> SessionFact {
    let (state, ends_at) = match facts.sso_tokens.get(&*portal.token_file) {
        None => (SessionState::SignedOut, None),
        Some(SsoToken::Unreadable) => (SessionState::Unreadable, None),
        Some(SsoToken::Readable { ends_at, .. }) if *ends_at <= facts.now => {
            (SessionState::Ended, Some(*ends_at))
        }
        Some(SsoToken::Readable { ends_at, .. }) => (SessionState::Live, Some(*ends_at)),
    };
    SessionFact {
        state,
        ends_at,
        origin: SessionOrigin::SsoCache,
    }
}

fn keys(facts: &Facts, profile: Profile<'_>) -> SessionFact {
    let end = ENDS
        .into_iter()
        .find_map(|key| Some((key, caches::time(&profile.value(key)?)?)));
    match end {
        None => SessionFact {
            state: SessionState::Unknown,
            ends_at: None,
            origin: SessionOrigin::Property("aws_session_token"),
        },
        Some((key, at)) => {
            let state = if at <= facts.now {
                SessionState::Ended
            } else {
                SessionState::Live
            };
            SessionFact {
                state,
                ends_at: Some(at),
                origin: SessionOrigin::Property(key),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Document, fingerprint::Fingerprint};

    fn home(config: &str, credentials: &str) -> Home {
        let document = |text: &str| Some(Document::parse(text.as_bytes().to_vec()));
        Home::read(document(config), document(credentials))
    }

    fn facts() -> Facts {
        Facts {
            now: "2026-11-22T12:00:00Z".parse().expect("a time"),
            ..Facts::default()
        }
    }

    #[test]
    fn both_forms_of_a_portal_find_their_token() {
        let text = "[profile a]\nsso_session = s\n[profile b]\nsso_start_url = https://x/start\n[sso-session s]\n";
        let home = home(text, "");
        let ends_at = "2026-11-22T18:00:00Z".parse().expect("a time");
        let mut facts = facts();
        for file in [
            "a0f1490a20d0211c997b44bc357e1972deab8ae3.json",
            "f9bd89c67fef27fcb5df8d2e4b64eabe5bae45a4.json",
        ] {
            facts.sso_tokens.insert(
                file.into(),
                SsoToken::Readable {
                    ends_at,
                    token: Fingerprint::default(),
                },
            );
        }
        for profile in home.profiles() {
            let session = session(&facts, profile).expect("a session");
            assert_eq!(
                (session.state, session.ends_at),
                (SessionState::Live, Some(ends_at)),
                "{}",
                profile.name()
            );
        }
    }

    #[test]
    fn no_token_is_signed_out_and_a_past_end_is_ended() {
        let home = home(
            "[profile a]\nsso_session = s\n",
            "[b]\naws_access_key_id = A\naws_session_token = t\naws_expiration = 2026-11-22T11:00:00Z\n",
        );
        let state = |name| {
            session(&facts(), home.named_profile(name).expect("there"))
                .expect("a session")
                .state
        };
        assert_eq!(state("a"), SessionState::SignedOut);
        assert_eq!(state("b"), SessionState::Ended);
    }

    #[test]
    fn an_old_portal_is_named_by_its_host() {
        let home = home(
            "[profile a]\nsso_start_url = https://acme.awsapps.com/start#/\n",
            "",
        );
        assert_eq!(
            &*home
                .named_profile("a")
                .expect("there")
                .portal()
                .expect("a portal")
                .name,
            "acme"
        );
    }
}
