//! Who there is: users with their keys and devices, roles with whom they trust, and portals with the accounts that they
//! open. A world is written as TOML, or built in a test. Other accounts are not listed: an account is the twelve digits in the ARNs. Permissions are not either: whom a
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
    /// The portals of Identity Center.
    #[serde(default, rename = "portal")]
    pub portals: Vec<Portal>,
    /// How many calls a second the portals take; any number where it isn't said. AWS takes twenty.
    pub portal_rate: Option<u32>,
    /// Console sign-ins, as `aws login` leaves them.
    #[serde(default, rename = "console")]
    pub consoles: Vec<Console>,
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

/// A portal of Identity Center, and what the one person who signs in there may do.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// `https://acme.awsapps.com/start`; how it ends does not matter.
    pub start_url: String,
    /// Who signs in; the name of every session.
    #[serde(default = "jo")]
    pub user: String,
    /// How long a token lasts, in seconds.
    #[serde(default = "working_day")]
    pub seconds: u32,
    /// How long the keys of a role last, in seconds.
    #[serde(default = "hour")]
    pub role_seconds: u32,
    /// How long a program waits before it asks again whether a code was confirmed, in seconds.
    #[serde(default = "second")]
    pub poll_seconds: u32,
    /// The accounts, in the order of the list.
    #[serde(default, rename = "account")]
    pub accounts: Vec<Account>,
}

/// An account that a portal opens.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// AWS leaves it out for an account without one.
    pub name: Option<String>,
    /// Whose account it is.
    #[serde(default)]
    pub email: String,
    /// Permission sets, in the order of the list; an account without any is not listed.
    #[serde(default)]
    pub roles: Vec<String>,
}

/// A console sign-in that can be renewed.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    /// Who signed in, as the session's ARN says it.
    pub arn: String,
    /// What renews it; another one after each time.
    pub refresh_token: String,
    /// Whether the console's own session is over.
    #[serde(default)]
    pub ended: bool,
}

fn jo() -> String {
    "jo".to_owned()
}

fn working_day() -> u32 {
    8 * 3600
}

fn second() -> u32 {
    1
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
            .role(Role::new(d::PORTAL_ROLE).trusts("arn:aws:iam::111122223333:root"))
            .portal(
                Portal::new(d::START_URL)
                    .account("111122223333", "Sandbox", &["Admin", "ReadOnly"])
                    .account("000011112222", "Dev, Europe", &["ReadOnly"])
                    .account("444455556666", "", &["Deploy"]),
            )
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

    /// This world with one portal more.
    #[must_use]
    pub fn portal(mut self, portal: Portal) -> Self {
        self.portals.push(portal);
        self
    }

    /// This world with one console sign-in more.
    #[must_use]
    pub fn console(mut self, arn: &str, refresh_token: &str) -> Self {
        self.consoles.push(Console {
            arn: arn.to_owned(),
            refresh_token: refresh_token.to_owned(),
            ended: false,
        });
        self
    }

    /// This world with portals that take so many calls a second.
    #[must_use]
    pub fn portal_rate(mut self, calls: u32) -> Self {
        self.portal_rate = Some(calls);
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

impl Portal {
    /// A portal without accounts, whose tokens last eight hours.
    pub fn new(start_url: &str) -> Self {
        Self {
            start_url: start_url.to_owned(),
            user: jo(),
            seconds: working_day(),
            role_seconds: hour(),
            poll_seconds: second(),
            accounts: Vec::new(),
        }
    }

    /// With one account more.
    #[must_use]
    pub fn account(mut self, id: &str, name: &str, roles: &[&str]) -> Self {
        self.accounts.push(Account {
            id: id.to_owned(),
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            email: format!("{id}@example.com"),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        });
        self
    }

    /// With tokens that last so long.
    #[must_use]
    pub fn seconds(mut self, seconds: u32) -> Self {
        self.seconds = seconds;
        self
    }

    /// For programs whose clock is not this one: they may ask again at once.
    #[must_use]
    pub fn patient(mut self) -> Self {
        self.poll_seconds = 0;
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
