//! Who there is: users with their keys and devices, and roles with whom they trust. A world is written as TOML, or built
//! in a test. Accounts are not listed: an account is the twelve digits in the ARNs. Permissions are not either: whom a
//! role trusts is all that decides here.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// All that this AWS knows before the first request.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// Sessions end this many seconds after they were made, however long was asked for; as asked where there is none.
    pub session_seconds: Option<u32>,
    /// The users.
    #[serde(default, rename = "user")]
    pub users: Vec<User>,
    /// The roles.
    #[serde(default, rename = "role")]
    pub roles: Vec<Role>,
    /// Sessions that somebody made before.
    #[serde(default, rename = "session")]
    pub sessions: Vec<Session>,
}

/// One user of one account.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// `arn:aws:iam::111122223333:user/jo`.
    pub arn: String,
    /// The long-lived keys, as many as there are.
    #[serde(default)]
    pub keys: Vec<Key>,
    /// The device whose code proves who one is.
    pub device: Option<Device>,
}

/// A key ID and its secret.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// `AKIA…`, or `ASIA…` for a session's.
    pub id: String,
    /// Forty characters.
    pub secret: String,
}

/// An MFA device that always shows the same code.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// `arn:aws:iam::111122223333:mfa/jo`.
    pub serial: String,
    /// Six digits.
    pub code: String,
    /// Whether a code that was taken once is refused the next time, as AWS does; a code that never changes is otherwise
    /// good for ever.
    #[serde(default)]
    pub once: bool,
}

/// A role, and when it may be assumed.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// `arn:aws:iam::444455556666:role/Deploy`.
    pub arn: String,
    /// ARNs of users, roles or sessions; `arn:aws:iam::111122223333:root` is everyone of that account.
    #[serde(default)]
    pub trusts: Vec<String>,
    /// What the caller must say.
    pub external_id: Option<String>,
    /// Whether the caller must have shown a code.
    #[serde(default)]
    pub mfa_required: bool,
    /// `MaxSessionDuration`, in seconds.
    #[serde(default = "hour")]
    pub max_session: u32,
}

/// A session that is there from the start, such as one that was pasted from a portal.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// `arn:aws:sts::111122223333:assumed-role/PowerUser/jo`.
    pub arn: String,
    /// Its key.
    pub key: Key,
    /// Its token.
    pub token: String,
    /// Its end, in seconds after the start of this AWS; below zero it has ended already.
    pub seconds: i64,
}

fn hour() -> u32 {
    3600
}

impl World {
    /// Reads a world.
    ///
    /// # Errors
    /// What is wrong with the text, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// Reads a world from a file.
    ///
    /// # Errors
    /// Why the file could not be read, or what is wrong with its text.
    #[expect(
        clippy::disallowed_methods,
        reason = "the world is handed over as a file"
    )]
    pub fn read(file: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        Self::parse(&text).map_err(|error| format!("{}: {error}", file.display()))
    }

    /// The world of AWS's documentation: jo with a key and a device, and a role of every kind.
    pub fn documentation() -> Self {
        use crate::documentation as d;
        Self::default()
            .user(
                User::new(d::USER)
                    .key(d::KEY_ID, d::SECRET)
                    .device(d::DEVICE, d::CODE),
            )
            .role(Role::new(d::ROLE).trusts(d::USER).max_session(7200))
            .role(Role::new(d::SECOND_ROLE).trusts(d::ROLE).max_session(7200))
            .role(Role::new(d::MFA_ROLE).trusts(d::USER).mfa_required())
            .role(
                Role::new(d::PARTNER_ROLE)
                    .trusts(d::USER)
                    .external_id(d::EXTERNAL_ID),
            )
            .role(Role::new(d::LOCKED_ROLE))
    }

    /// This world with one user more.
    #[must_use]
    pub fn user(mut self, user: User) -> Self {
        self.users.push(user);
        self
    }

    /// This world with one role more.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.roles.push(role);
        self
    }

    /// This world with sessions that end after so many seconds.
    #[must_use]
    pub fn session_seconds(mut self, seconds: u32) -> Self {
        self.session_seconds = Some(seconds);
        self
    }
}

impl User {
    /// A user without keys.
    pub fn new(arn: &str) -> Self {
        Self {
            arn: arn.to_owned(),
            keys: Vec::new(),
            device: None,
        }
    }

    /// With one key more.
    #[must_use]
    pub fn key(mut self, id: &str, secret: &str) -> Self {
        self.keys.push(Key {
            id: id.to_owned(),
            secret: secret.to_owned(),
        });
        self
    }

    /// With a device that always shows this code.
    #[must_use]
    pub fn device(mut self, serial: &str, code: &str) -> Self {
        self.device = Some(Device {
            serial: serial.to_owned(),
            code: code.to_owned(),
            once: false,
        });
        self
    }
}

impl Role {
    /// A role that trusts nobody, for an hour at most.
    pub fn new(arn: &str) -> Self {
        Self {
            arn: arn.to_owned(),
            trusts: Vec::new(),
            external_id: None,
            mfa_required: false,
            max_session: hour(),
        }
    }

    /// Trusting one more.
    #[must_use]
    pub fn trusts(mut self, arn: &str) -> Self {
        self.trusts.push(arn.to_owned());
        self
    }

    /// Only for those who say this.
    #[must_use]
    pub fn external_id(mut self, id: &str) -> Self {
        self.external_id = Some(id.to_owned());
        self
    }

    /// Only for those who showed a code.
    #[must_use]
    pub fn mfa_required(mut self) -> Self {
        self.mfa_required = true;
        self
    }

    /// For so many seconds at most.
    #[must_use]
    pub fn max_session(mut self, seconds: u32) -> Self {
        self.max_session = seconds;
        self
    }
}
