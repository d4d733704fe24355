//! What Identity Center remembers: the programs that registered, the sign-ins under way, the tokens it gave, and how
//! many calls it still takes this second.

use jiff::{SignedDuration, Timestamp};

use crate::{
    state::{State, random_text},
    world::Portal,
};

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A program that registered.
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) name: String,
    pub(crate) ends: Timestamp,
    pub(crate) scopes: Vec<String>,
    /// Empty where it named none: then it may use device codes alone.
    pub(crate) grants: Vec<String>,
    pub(crate) redirects: Vec<String>,
    /// The start URL that it named.
    pub(crate) issuer: Option<String>,
}

/// A sign-in with a code that a person types, or confirms.
pub(crate) struct DeviceAsk {
    pub(crate) device_code: String,
    pub(crate) user_code: String,
    pub(crate) client: String,
    pub(crate) start_url: String,
    pub(crate) ends: Timestamp,
    /// What the person said.
    pub(crate) allowed: Option<bool>,
    pub(crate) polled: Option<Timestamp>,
}

/// A code that a browser carried back.
pub(crate) struct Code {
    pub(crate) text: String,
    pub(crate) client: String,
    pub(crate) redirect: String,
    pub(crate) challenge: String,
    pub(crate) start_url: String,
    pub(crate) ends: Timestamp,
}

/// A token, and with it the session at the portal.
pub(crate) struct Token {
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) client: String,
    pub(crate) start_url: String,
    pub(crate) ends: Timestamp,
}

/// All of it.
#[derive(Default)]
pub(crate) struct Identity {
    pub(crate) clients: Vec<Client>,
    pub(crate) asks: Vec<DeviceAsk>,
    pub(crate) codes: Vec<Code>,
    pub(crate) tokens: Vec<Token>,
    bucket: Option<Bucket>,
}

/// Calls that may still be made: as many as a second's at most, refilled by the clock.
struct Bucket {
    left: f64,
    since: Timestamp,
}

impl State {
    pub(crate) fn portal(&self, start_url: &str) -> Option<&Portal> {
        // `https://x/start`, `https://x/start/` and `https://x/start#/` are one portal.
        let plain = |url: &str| url.trim_end_matches(['/', '#']).to_owned();
        let portals = self.world.portals.iter();
        portals
            .into_iter()
            .find(|portal| plain(&portal.start_url) == plain(start_url))
    }

    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.identity.clients.iter().find(|client| client.id == id)
    }

    /// Gives a token of this portal to that program; one that may renew gets a token for that too.
    pub(crate) fn give_token(&mut self, client: &str, start_url: &str) -> (String, Option<String>) {
        let now = self.clock.now();
        let seconds = self.portal(start_url).map_or(0, |portal| portal.seconds);
        let may_renew = self.client(client).is_some_and(|client| {
            // A registration with a scope is one of the newer kind, whose tokens can be renewed.
            !client.scopes.is_empty()
                && (client.grants.is_empty()
                    || client.grants.iter().any(|grant| grant == "refresh_token"))
        });
        let text = |prefix: &str| format!("{prefix}{}", random_text(URL_SAFE, 96));
        let refresh = may_renew.then(|| text("aorEXAMPLE"));
        let access = text("aoaEXAMPLE");
        self.identity.tokens.push(Token {
            access: access.clone(),
            refresh: refresh.clone(),
            client: client.to_owned(),
            start_url: start_url.to_owned(),
            ends: now + SignedDuration::from_secs(seconds.into()),
        });
        (access, refresh)
    }

    /// Whether one call more is within the rate.
    pub(crate) fn within_rate(&mut self) -> bool {
        let Some(rate) = self.world.portal_rate else {
            return true;
        };
        let (now, rate) = (self.clock.now(), f64::from(rate));
        let bucket = self.identity.bucket.get_or_insert(Bucket {
            left: rate,
            since: now,
        });
        let passed = now.duration_since(bucket.since).as_secs_f64().max(0.0);
        bucket.left = (bucket.left + passed * rate).min(rate);
        bucket.since = now;
        if bucket.left < 1.0 {
            return false;
        }
        bucket.left -= 1.0;
        true
    }

    /// A person's answer to a sign-in with a code; of the only one under way where none is named. Whether there was one.
    pub(crate) fn decide(&mut self, user_code: Option<&str>, allow: bool) -> bool {
        let now = self.clock.now();
        let ask = self.identity.asks.iter_mut().find(|ask| {
            ask.allowed.is_none()
                && ask.ends > now
                && user_code.is_none_or(|code| code.eq_ignore_ascii_case(&ask.user_code))
        });
        ask.map(|ask| ask.allowed = Some(allow)).is_some()
    }
}

/// `ABCD-EFGH`.
pub(crate) fn user_code() -> String {
    let letters = random_text(LETTERS, 8);
    format!("{}-{}", &letters[..4], &letters[4..])
}

/// A text that nobody guesses.
pub(crate) fn opaque(length: usize) -> String {
    random_text(URL_SAFE, length)
}
