//! One profile in full.

use std::collections::{HashMap, hash_map::Entry};

use rolecall_core::{
    Secret,
    document::{Span, escape_line},
    profiles::{
        self, Profile, Property, SessionFact, Source,
        keys::{Showing, known},
    },
    status::Reason,
};

use crate::{
    Failure,
    asking::Override,
    snapshot::Snapshot,
    view::{Advice, Assumable, Detail, Link, Session, SessionOrigin, SessionState, Shown, Value},
    words,
};

/// Values sent to the window; nobody writes more by hand.
const VALUES: usize = 500;
/// Places named where a key stands again.
const HIDDEN: usize = 20;
/// Profiles named under “Used by”.
const USED_BY: usize = 12;

/// The order in which people look for values; all others follow in the files' order.
const FIRST: [&str; 17] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "role_arn",
    "source_profile",
    "credential_source",
    "sso_session",
    "sso_account_id",
    "sso_role_name",
    "sso_start_url",
    "sso_region",
    "web_identity_token_file",
    "credential_process",
    "login_session",
    "mfa_serial",
    "region",
    "output",
];

impl Snapshot {
    /// One profile in full.
    ///
    /// # Errors
    /// `notFound` when its name is gone.
    pub fn detail(&self, id: u32) -> Result<Detail, Failure> {
        let profile = self.profile(id)?;
        let (status, reason) = self.status(profile);
        let mut values: Vec<_> = self
            .values(profile)
            .into_iter()
            .map(|(value, _)| value)
            .collect();
        let value_count = u32::try_from(values.len()).unwrap_or(u32::MAX);
        values.truncate(VALUES);
        let users = self.home().profiles().filter(|other| {
            other.id != profile.id
                && other
                    .starts_from()
                    .is_some_and(|source| source.id == profile.id)
        });
        Ok(Detail {
            revision: self.revision,
            id,
            name: profile.name().to_owned(),
            status: status.into(),
            reason: self.reason(profile, reason),
            source: profile.source().into(),
            role: words::role(profile),
            account_id: words::account_id(profile),
            pinned: self.is_pinned(profile),
            sections: profile
                .sections()
                .map(|section| Self::place(section.place))
                .collect(),
            session: self
                .session(profile)
                .map(|(owner, fact)| self.session_view(profile, owner, fact)),
            values,
            value_count,
            chain: self.chain_view(profile),
            problems: self.problems_of(profile),
            advice: advice(profile),
            used_by: users
                .clone()
                .take(USED_BY)
                .map(|user| self.profile_ref(user))
                .collect(),
            used_by_count: u32::try_from(users.count()).unwrap_or(u32::MAX),
            assume: self.assumable(profile),
            assumed: self
                .around
                .sessions
                .of(profile.name())
                .map(|session| self.assumed_view(profile, session))
                .collect(),
            verified: self.verified(profile).cloned(),
            can_verify: self.can_verify(profile),
        })
    }

    fn assumable(&self, profile: Profile<'_>) -> Assumable {
        let source = profile.source();
        let asks = matches!(source, Source::WebIdentity | Source::Sso | Source::Login);
        if !asks && !source.assumes_role() {
            return Assumable::NoRole;
        }
        let plan = self.plan(profile);
        let asked = plan.and_then(|plan| {
            self.target(profile, &plan, &Override::default())?;
            Ok(plan.mfa.is_some())
        });
        match asked {
            Ok(mfa) => Assumable::Yes { mfa },
            Err(failure) => Assumable::No {
                why: format!("{} {}", failure.message, failure.hint),
            },
        }
    }

    /// Why the status is what it is, as a sentence.
    pub(crate) fn reason(&self, profile: Profile<'_>, reason: Reason) -> String {
        let named = |id| {
            let base = self.home().profile(id);
            (base.id != profile.id).then(|| base.name().to_owned())
        };
        match reason {
            // The problem itself stands below, with what to do.
            Reason::Problem(_) => what_it_is(profile),
            Reason::StartsFromBroken(id) => {
                format!(
                    "It starts from {}, which is broken.",
                    self.home().profile(id).name()
                )
            }
            Reason::ChainDoesNotEnd => "Its chain does not lead to any keys.".into(),
            Reason::SessionEnded(id) => match named(id) {
                Some(base) => {
                    format!("Set up right. It starts from {base}, whose session has ended.")
                }
                None => "Set up right. It needs a new sign-in or new keys.".into(),
            },
            Reason::SignedIn(id) => {
                let name = self
                    .home()
                    .profile(id)
                    .portal()
                    .map_or("", |portal| &portal.name);
                match named(id) {
                    Some(base) => {
                        format!("It starts from {base}, and the portal {name} is signed in.")
                    }
                    None => format!("The portal {name} is signed in."),
                }
            }
            Reason::Used(id) => match named(id) {
                Some(user) => format!("It feeds {user}, which an account uses."),
                None => "An account uses it.".into(),
            },
            Reason::Nothing => match profile.source() {
                _ if self.live_session(profile).is_some() => "Assumed; its keys work now.",
                Source::StaticKeys if self.verified(profile).is_some() => {
                    "Keys that never end. AWS knows them."
                }
                Source::StaticKeys => "Keys that never end. Nobody has asked AWS about them yet.",
                Source::SessionKeys => "Keys of a session. Nothing says when they end.",
                Source::Sso => "Set up right. Nobody is signed in at its portal.",
                Source::AssumeRole | Source::CredentialSource => match self.assumable(profile) {
                    Assumable::No { .. } => "Nobody has assumed this role yet.",
                    _ => "Set up right. Nobody has assumed this role yet.",
                },
                Source::WebIdentity => "A role with a token file, which another program renews.",
                Source::Process => "A program gives the keys. Rolecall does not run it to look.",
                Source::Login => "A console sign-in gives the keys.",
                Source::None => "It has settings and no keys of its own.",
            }
            .into(),
        }
    }

    fn session_view(&self, profile: Profile<'_>, owner: Profile<'_>, fact: SessionFact) -> Session {
        let (origin, from) = match fact.origin {
            profiles::SessionOrigin::SsoCache => {
                let file = owner.portal().map_or("", |portal| &portal.token_file);
                (SessionOrigin::SsoCache, format!("sso/cache/{file}"))
            }
            profiles::SessionOrigin::Property(key) => (SessionOrigin::Property, key.to_owned()),
        };
        Session {
            state: match fact.state {
                profiles::SessionState::Live => SessionState::Live,
                profiles::SessionState::Ended => SessionState::Ended,
                profiles::SessionState::SignedOut => SessionState::SignedOut,
                profiles::SessionState::Unreadable => SessionState::Unreadable,
                profiles::SessionState::Unknown => SessionState::Unknown,
            },
            ends_at: fact.ends_at.map(jiff::Timestamp::as_second),
            origin,
            from,
            portal: owner.portal().map(|portal| portal.name.to_string()),
            of: (owner.id != profile.id).then(|| self.profile_ref(owner)),
        }
    }

    /// Its values: each key once, with where it stands, and where it stands again and loses.
    pub(crate) fn values<'a>(&'a self, profile: Profile<'a>) -> Vec<(Value, Property<'a>)> {
        let mut by_key: HashMap<String, usize> = HashMap::new();
        let mut values: Vec<(Value, Property<'_>)> = Vec::new();
        for property in profile.properties() {
            let key = property.key.to_ascii_lowercase();
            let value = self.value(&key, &property, None);
            match by_key.entry(key) {
                Entry::Occupied(at) => {
                    let (hidden, _) = std::mem::replace(&mut values[*at.get()], (value, property));
                    let hides = &mut values[*at.get()].0.hides;
                    *hides = hidden.hides;
                    if hides.len() < HIDDEN {
                        hides.push(hidden.place);
                    }
                }
                Entry::Vacant(at) => {
                    at.insert(values.len());
                    values.push((value, property));
                }
            }
        }
        let session = profile
            .get("sso_session")
            .and_then(|name| self.home().sso_session(&name.value));
        for (session, property) in session.into_iter().flat_map(|session| {
            self.home()
                .properties(session.section)
                .map(move |property| (session, property))
        }) {
            let key = property.key.to_ascii_lowercase();
            if !by_key.contains_key(&key) {
                values.push((
                    self.value(&key, &property, Some(session.name.to_string())),
                    property,
                ));
            }
        }
        values.sort_by_key(|(value, _)| {
            FIRST
                .iter()
                .position(|key| *key == value.key)
                .unwrap_or(FIRST.len())
        });
        values
    }

    fn value(&self, key: &str, property: &Property<'_>, through: Option<String>) -> Value {
        let named = (key == "source_profile")
            .then(|| self.home().named_profile(&property.value))
            .flatten();
        Value {
            key: key.to_owned(),
            shown: self.shown(key, property),
            place: Self::place(property.place),
            through,
            hides: Vec::new(),
            link: named.map(|profile| Link {
                id: self.id(profile),
            }),
        }
    }

    /// A value as it may be shown: a secret not at all, a command line with what looks like one left out.
    fn shown(&self, key: &str, property: &Property<'_>) -> Shown {
        let place = property.place;
        let secrets = self.secrets(place.file);
        let first = secrets.partition_point(|span| span.end <= place.span.start);
        let inside: Vec<Span> = secrets[first..]
            .iter()
            .copied()
            .take_while(|span| span.start < place.span.end)
            .collect();
        let covers = inside
            .iter()
            .any(|span| span.start <= place.span.start && span.end >= place.span.end);
        if covers || known(key).is_some_and(|known| known.showing == Showing::Secret) {
            return Shown::Hidden;
        }
        if inside.is_empty() {
            return Shown::Text {
                text: escape_lines(&property.value),
            };
        }
        let mut text = String::new();
        let mut at = place.span.start;
        for span in inside {
            text += &self.home().text(profiles::Place {
                span: Span {
                    start: at,
                    end: span.start.max(at),
                },
                ..place
            });
            text += "••••••••";
            at = span.end;
        }
        text += &self.home().text(profiles::Place {
            span: Span {
                start: at.min(place.span.end),
                end: place.span.end,
            },
            ..place
        });
        Shown::Text {
            text: escape_lines(&text),
        }
    }

    /// The text of one value, and whether it is a secret.
    ///
    /// # Errors
    /// `notFound` when the profile or the key is gone.
    pub(crate) fn secret(&self, id: u32, key: &str) -> Result<(Secret, bool), Failure> {
        let profile = self.profile(id)?;
        let gone = || Failure::gone(&format!("The value of {key}"));
        let own = profile
            .properties()
            .filter(|property| property.key.eq_ignore_ascii_case(key))
            .last();
        let session = || {
            let name = profile.get("sso_session")?;
            let session = self.home().sso_session(&name.value)?;
            self.home()
                .properties(session.section)
                .filter(|property| property.key.eq_ignore_ascii_case(key))
                .last()
        };
        let property = own.or_else(session).ok_or_else(gone)?;
        let is_secret = self.shown(&property.key.to_ascii_lowercase(), &property) == Shown::Hidden;
        Ok((Secret::new(property.value.into_owned()), is_secret))
    }
}

/// What a profile is, where its problem is told beside it.
fn what_it_is(profile: Profile<'_>) -> String {
    let source = profile.get("source_profile").map(|source| source.value);
    match (profile.source(), source) {
        (Source::StaticKeys, _) => "Keys that never end.".into(),
        (Source::SessionKeys, _) => "Keys of a session.".into(),
        (Source::Sso, _) => profile.portal().map_or_else(
            || "It signs in at a portal.".to_owned(),
            |portal| format!("It signs in at the portal {}.", portal.name),
        ),
        (Source::AssumeRole, Some(source)) => format!("A role that starts from {source}."),
        (Source::AssumeRole | Source::CredentialSource, _) => "A role.".into(),
        (Source::WebIdentity, _) => "A role with a token file.".into(),
        (Source::Process, _) => "A program gives the keys.".into(),
        (Source::Login, _) => "A console sign-in.".into(),
        (Source::None, _) => "Settings without keys.".into(),
    }
}

fn escape_lines(text: &str) -> String {
    text.split('\n')
        .map(escape_line)
        .collect::<Vec<_>>()
        .join("\n")
}

fn advice(profile: Profile<'_>) -> Vec<Advice> {
    let id = profile.get("aws_access_key_id");
    let is_long_lived =
        profile.source() == Source::StaticKeys && id.is_some_and(|id| id.value.starts_with("AKIA"));
    let advice = Advice {
        title: "Long-lived key".into(),
        text: "This key never ends. If it leaks it works until someone deletes it; temporary sessions, from a sign-in or a role, limit the damage.".into(),
    };
    if is_long_lived {
        vec![advice]
    } else {
        Vec::new()
    }
}
