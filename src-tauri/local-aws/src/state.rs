//! What this AWS remembers: every credential it takes, the codes that were used, what it was told to answer next, and
//! what it was asked. One lock around all of it; nothing here waits.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    clock::Clock,
    identity::Identity,
    script::Scripted,
    world::{Key, Role, World},
};

/// A key that this AWS takes, and who signs with it.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) key: Key,
    /// A session's token.
    pub(crate) token: Option<String>,
    /// A session's end.
    pub(crate) ends: Option<Timestamp>,
    pub(crate) who: Who,
}

/// Whoever signs.
#[derive(Clone)]
pub(crate) struct Who {
    /// A user, or `arn:aws:sts::…:assumed-role/NAME/SESSION`.
    pub(crate) arn: String,
    /// The role that was assumed; none for a user, and for a session that `GetSessionToken` made.
    pub(crate) role: Option<String>,
    /// Whether a code was shown to become this; it does not pass on to the next role.
    pub(crate) mfa: bool,
    /// Whether these are a session's keys and not a user's own.
    pub(crate) from_session: bool,
}

impl Who {
    /// The role follows from a session's ARN. A path is not in it, so a role with one is not found by it.
    pub(crate) fn of(arn: &str) -> Self {
        let role = || {
            let rest = arn.strip_prefix("arn:aws:sts::")?;
            let (account, rest) = rest.split_once(":assumed-role/")?;
            let (name, _) = rest.split_once('/')?;
            Some(format!("arn:aws:iam::{account}:role/{name}"))
        };
        let role = role();
        Self {
            arn: arn.to_owned(),
            from_session: role.is_some(),
            role,
            mfa: false,
        }
    }
}

/// A session's keys, as they are handed out.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Issued {
    /// `ASIA…`.
    pub key_id: String,
    /// Forty characters.
    pub secret: String,
    /// The token that belongs to the key; none for a user's key.
    pub token: Option<String>,
    /// When it ends; never for a user's key.
    pub ends: Option<Timestamp>,
}

/// One request, without what is secret in it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Logged {
    /// `AssumeRole`; empty where none was named.
    pub action: String,
    /// The key ID that the signature names.
    pub key_id: Option<String>,
    /// The parameters but `Action` and `Version`; codes and tokens show as bullets.
    pub parameters: BTreeMap<String, String>,
    /// Where the caller thinks it called: the `Host` header.
    pub host: String,
    /// The region of the credential scope.
    pub region: Option<String>,
    /// When, by this AWS's clock.
    pub at: Timestamp,
    /// `ok`, the code of a refusal, or the kind of the scripted answer.
    pub answer: String,
}

/// All that changes while this AWS runs.
pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) world: World,
    pub(crate) credentials: Vec<Credential>,
    /// Device and code, for devices whose codes are good once.
    pub(crate) used_codes: Vec<(String, String)>,
    pub(crate) script: VecDeque<(String, Scripted)>,
    pub(crate) log: Vec<Logged>,
    pub(crate) identity: Identity,
}

impl State {
    pub(crate) fn of(world: World) -> Self {
        let clock = Clock::REAL;
        let users = world.users.iter().flat_map(|user| {
            user.keys.iter().map(|key| Credential {
                key: key.clone(),
                token: None,
                ends: None,
                who: Who::of(&user.arn),
            })
        });
        let sessions = world.sessions.iter().map(|session| Credential {
            key: session.key.clone(),
            token: Some(session.token.clone()),
            ends: Some(seconds_after(clock.now(), session.seconds)),
            who: Who::of(&session.arn),
        });
        Self {
            clock,
            credentials: users.chain(sessions).collect(),
            world,
            used_codes: Vec::new(),
            script: VecDeque::new(),
            log: Vec::new(),
            identity: Identity::default(),
        }
    }

    pub(crate) fn credential(&self, key_id: &str) -> Option<&Credential> {
        self.credentials
            .iter()
            .find(|credential| credential.key.id == key_id)
    }

    pub(crate) fn role(&self, arn: &str) -> Option<&Role> {
        self.world.roles.iter().find(|role| role.arn == arn)
    }

    /// Makes a session and remembers it.
    pub(crate) fn issue(&mut self, who: Who, seconds: u32) -> Issued {
        let seconds = self
            .world
            .session_seconds
            .map_or(seconds, |most| seconds.min(most));
        let ends = Some(seconds_after(self.clock.now(), seconds.into()));
        // The token of every real session begins with these letters.
        let token = Some(format!("IQoJb3JpZ2luX2Vj{}", random_text(BASE64, 240)));
        self.remember(who, "ASIA", token, ends)
    }

    /// Makes a new key of the same user in place of this one; none where it is no user's.
    pub(crate) fn rotate(&mut self, key_id: &str) -> Option<Issued> {
        let old = self.credential(key_id).filter(|old| old.token.is_none())?;
        let who = old.who.clone();
        self.revoke(key_id);
        Some(self.remember(who, "AKIA", None, None))
    }

    /// Forgets a key; whether it was there.
    pub(crate) fn revoke(&mut self, key_id: &str) -> bool {
        let before = self.credentials.len();
        self.credentials
            .retain(|credential| credential.key.id != key_id);
        self.credentials.len() < before
    }

    fn remember(
        &mut self,
        who: Who,
        prefix: &str,
        token: Option<String>,
        ends: Option<Timestamp>,
    ) -> Issued {
        let key = Key {
            id: format!("{prefix}{}", random_text(BASE32, 16)),
            secret: random_text(BASE64, 40),
        };
        let issued = Issued {
            key_id: key.id.clone(),
            secret: key.secret.clone(),
            token: token.clone(),
            ends,
        };
        self.credentials.push(Credential {
            key,
            token,
            ends,
            who,
        });
        issued
    }
}

/// The twelve digits in an ARN.
pub(crate) fn account_of(arn: &str) -> &str {
    arn.split(':').nth(4).unwrap_or_default()
}

/// The ID that AWS gives a user (`AIDA…`) or a role (`AROA…`): made from the ARN, so that it stays the same.
pub(crate) fn id_of(prefix: &str, arn: &str) -> String {
    let hash = Sha256::digest(arn);
    let letters = hash.iter().take(17).map(|byte| letter(BASE32, *byte));
    prefix.chars().chain(letters).collect()
}

fn seconds_after(now: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(now.as_second() + seconds).expect("a time within thousands of years")
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn letter(alphabet: &[u8], byte: u8) -> char {
    char::from(alphabet[usize::from(byte) % alphabet.len()])
}

/// So many random letters of an alphabet whose size divides 256.
pub(crate) fn random_text(alphabet: &[u8], length: usize) -> String {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).expect("the system has random bytes");
    bytes.iter().map(|byte| letter(alphabet, *byte)).collect()
}
