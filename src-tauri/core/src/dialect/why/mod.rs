//! Which keys an SDK would use with a profile, and why: the source inside the profile that wins, what it follows, where
//! that ends or which of the SDK's errors stops it, with the lines that decide. From the files alone: nothing is run,
//! nothing is asked, no cache is opened. One file per SDK, named as it is.
//! Not here: rust-ini. The programs that read with it look for a key pair, and beyond that each goes its own way.

mod botocore;
mod container;
mod go;
mod java;
mod js;
mod rust;

pub use container::container_uri;

use std::{borrow::Cow, fmt};

use indexmap::IndexSet;

use super::{At, Engine, Files, Reading, Refusal, Section, process};

/// How an SDK gets keys with a profile.
#[derive(Debug)]
pub struct Why<'a> {
    /// What it looks at, in order, as sentences.
    pub steps: Vec<Step>,
    /// Where it ends.
    pub end: Result<Found<'a>, Stop>,
}

/// One thing that an SDK does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The profile that it looks at.
    pub profile: String,
    /// What it does and for which key: a sentence without secrets.
    pub what: String,
    /// The line that decides.
    pub at: Option<At>,
}

/// What an SDK ends with, where nothing in the files stops it.
#[derive(Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Where the first keys come from.
    pub base: Base<'a>,
    /// The roles that are assumed with them, in the order of the calls.
    pub roles: Vec<Role<'a>>,
}

/// Where keys come from that no role gives.
#[derive(PartialEq, Eq)]
pub enum Base<'a> {
    /// A key pair in the files.
    Keys {
        /// The profile that has it.
        profile: String,
        /// The access key ID.
        key_id: Cow<'a, str>,
        /// It comes with a session token.
        has_token: bool,
    },
    /// A token in a file, for which a role gives keys.
    WebIdentity {
        /// The profile that names both.
        profile: String,
        /// The role.
        role_arn: Cow<'a, str>,
        /// The file.
        token_file: Cow<'a, str>,
        /// `role_session_name`.
        session_name: Option<Cow<'a, str>>,
    },
    /// A portal.
    Sso {
        /// The profile that names it.
        profile: String,
        /// The portal's section, where one is named.
        session: Option<Cow<'a, str>>,
        /// The AWS account, where one is named: a profile may sign in for a token alone.
        account_id: Option<Cow<'a, str>>,
        /// The permission-set role.
        role_name: Option<Cow<'a, str>>,
        /// The portal's region.
        region: Option<Cow<'a, str>>,
        /// The portal's address.
        start_url: Option<Cow<'a, str>>,
    },
    /// What `credential_process` prints.
    Process {
        /// The profile that names the program.
        profile: String,
    },
    /// A console sign-in.
    Login {
        /// The profile that names it.
        profile: String,
    },
    /// `credential_source`, as it is written.
    Named {
        /// The profile that says so.
        profile: String,
        /// `Environment`, `EcsContainer` or `Ec2InstanceMetadata`.
        source: Cow<'a, str>,
    },
    /// Nothing in the profile: what comes after profiles is asked, container and machine.
    Beyond,
}

impl Base<'_> {
    fn process(profile: &str) -> Self {
        Self::Process {
            profile: profile.to_owned(),
        }
    }

    fn login(profile: &str) -> Self {
        Self::Login {
            profile: profile.to_owned(),
        }
    }
}

impl fmt::Debug for Base<'_> {
    /// Without what stands in the profile: a command line may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, profile) = match self {
            Self::Keys { profile, .. } => ("Keys", profile.as_str()),
            Self::WebIdentity { profile, .. } => ("WebIdentity", profile.as_str()),
            Self::Sso { profile, .. } => ("Sso", profile.as_str()),
            Self::Process { profile } => ("Process", profile.as_str()),
            Self::Login { profile } => ("Login", profile.as_str()),
            Self::Named { profile, .. } => ("Named", profile.as_str()),
            Self::Beyond => ("Beyond", ""),
        };
        write!(f, "{word}({profile})")
    }
}

/// A call of `AssumeRole`, as an SDK would make it.
#[derive(Debug, PartialEq, Eq)]
pub struct Role<'a> {
    /// The profile that names the role.
    pub profile: String,
    /// The role; some SDKs call with an empty one.
    pub role_arn: Cow<'a, str>,
    /// `external_id`.
    pub external_id: Option<Cow<'a, str>>,
    /// `role_session_name`; without one the SDK makes one up.
    pub session_name: Option<Cow<'a, str>>,
    /// `mfa_serial`, where the SDK reads it.
    pub mfa_serial: Option<Cow<'a, str>>,
    /// `duration_seconds`.
    pub duration: Duration,
}

/// How long a role is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duration {
    /// The SDK doesn't say, which is an hour.
    Unsaid,
    /// Whole seconds.
    Seconds(i64),
    /// The SDK sends what is no number, and AWS refuses it.
    NotANumber,
}

/// An SDK's error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// In the SDK's own words, its class in front where it has one.
    pub words: String,
    /// The line that is to blame, where one is.
    pub at: Option<At>,
}

impl From<&Refusal> for Stop {
    fn from(refusal: &Refusal) -> Self {
        Self {
            words: refusal.words.to_string(),
            at: refusal.line.map(|line| At {
                file: refusal.file,
                line,
            }),
        }
    }
}

/// What the files are and what is known beside them.
#[derive(Clone, Copy)]
pub struct Asked<'a, 'v> {
    /// Both files.
    pub files: Files<'a>,
    /// What the SDK makes of them.
    pub reading: &'a Reading<'a>,
    /// An environment variable, for `credential_source = Environment`.
    pub variable: &'v dyn Fn(&str) -> Option<String>,
}

/// Says what an engine does with a profile that was asked for by name; none for rust-ini.
pub fn why<'a>(engine: Engine, asked: Asked<'a, '_>, profile: &str) -> Option<Why<'a>> {
    let mut walk = Walk {
        asked,
        steps: Vec::new(),
    };
    let end = match engine {
        Engine::Botocore => botocore::resolve(&mut walk, profile),
        Engine::Js => js::resolve(&mut walk, profile),
        Engine::Go => go::resolve(&mut walk, profile),
        Engine::Java => java::resolve(&mut walk, profile),
        Engine::Rust => rust::resolve(&mut walk, profile),
        Engine::RustIni => return None,
    };
    if let Ok(Found { base, .. }) = &end {
        walk.step_outside(engine, base);
    }
    Some(Why {
        steps: walk.steps,
        end,
    })
}

type End<'a> = Result<Found<'a>, Stop>;

/// The files with what was done so far.
struct Walk<'a, 'v> {
    asked: Asked<'a, 'v>,
    steps: Vec<Step>,
}

impl<'a> Walk<'a, '_> {
    fn profile(&self, name: &str) -> Option<&'a Section<'a>> {
        self.asked.reading.profiles.get(name)
    }

    fn sso_session(&self, name: &str) -> Option<&'a Section<'a>> {
        self.asked.reading.sso_sessions.get(name)
    }

    /// Notes what is done, at the line of a key.
    fn step(&mut self, profile: &str, section: &Section<'_>, key: &str, what: impl Into<String>) {
        self.steps.push(Step {
            profile: profile.to_owned(),
            what: what.into(),
            at: section.properties.get(key).map(|property| property.at),
        });
    }

    /// The console sign-in that a profile names, where an SDK says no more about it.
    fn console_sign_in(&mut self, profile: &str, section: &Section<'_>) -> Base<'a> {
        let what = "login_session is set: the console sign-in is used.";
        self.step(profile, section, "login_session", what);
        Base::login(profile)
    }

    /// What the files can't say of where keys come from: how a program is run, which container is asked.
    fn step_outside(&mut self, engine: Engine, base: &Base<'_>) {
        let (profile, what) = match base {
            Base::Process { profile } => {
                let line = self
                    .profile(profile)
                    .and_then(|section| get(section, "credential_process"))
                    .unwrap_or_default();
                let how = match process::run(engine, &line) {
                    Ok(process::Run::Words(_)) if process::wants_a_shell(&line) => {
                        "without a shell, so that what the line says to one stays as it is written"
                    }
                    Ok(process::Run::Words(_)) => "without a shell",
                    Ok(process::Run::Shell) | Err(_) => "in the system's shell",
                };
                (profile.clone(), format!("The program is run {how}."))
            }
            Base::Named { profile, source } if source.eq_ignore_ascii_case("EcsContainer") => {
                (profile.clone(), self.container())
            }
            Base::Beyond => (String::new(), self.container()),
            _ => return,
        };
        self.steps.push(Step {
            profile,
            what,
            at: None,
        });
    }

    fn container(&self) -> String {
        match container_uri(self.asked.variable) {
            Ok(uri) => format!("The container is asked at {uri}."),
            Err(words) => format!("No container is asked: {words}."),
        }
    }

    /// The keys of the environment are there.
    fn has_variables(&self) -> bool {
        ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
            .into_iter()
            .all(|name| (self.asked.variable)(name).is_some_and(|value| !value.is_empty()))
    }
}

/// The profiles that a chain came by, in order. Chains may be as long as a file.
#[derive(Default)]
struct Visited(IndexSet<String>);

impl Visited {
    fn push(&mut self, profile: String) {
        self.0.insert(profile);
    }

    fn has(&self, profile: &str) -> bool {
        self.0.contains(profile)
    }

    fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str)
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their names with this between them.
    fn joined(&self, between: &str) -> String {
        let names: Vec<_> = self.0.iter().map(String::as_str).collect();
        names.join(between)
    }
}

fn stop<T>(words: impl Into<String>, at: Option<At>) -> Result<T, Stop> {
    Err(Stop {
        words: words.into(),
        at,
    })
}

fn line(section: &Section<'_>, key: &str) -> Option<At> {
    section.properties.get(key).map(|property| property.at)
}

fn has(section: &Section<'_>, key: &str) -> bool {
    section.properties.contains_key(key)
}

/// The value of a key, also where it is empty.
fn get<'a>(section: &'a Section<'a>, key: &str) -> Option<Cow<'a, str>> {
    section.text(key).map(Cow::Borrowed)
}

/// The value of a key that is not empty.
fn set<'a>(section: &'a Section<'a>, key: &str) -> Option<Cow<'a, str>> {
    get(section, key).filter(|value| !value.is_empty())
}

/// What a role is assumed with, by the profile that names it.
fn role<'a>(profile: &str, section: &'a Section<'a>, duration: Duration) -> Role<'a> {
    Role {
        profile: profile.to_owned(),
        role_arn: get(section, "role_arn").unwrap_or_default(),
        external_id: get(section, "external_id"),
        session_name: get(section, "role_session_name"),
        mfa_serial: get(section, "mfa_serial"),
        duration,
    }
}

fn keys<'a>(profile: &str, section: &'a Section<'a>, tokens: &[&str]) -> Base<'a> {
    Base::Keys {
        profile: profile.to_owned(),
        key_id: get(section, "aws_access_key_id").unwrap_or_default(),
        has_token: tokens.iter().any(|token| set(section, token).is_some()),
    }
}

fn web_identity<'a>(profile: &str, section: &'a Section<'a>) -> Base<'a> {
    Base::WebIdentity {
        profile: profile.to_owned(),
        role_arn: get(section, "role_arn").unwrap_or_default(),
        token_file: get(section, "web_identity_token_file").unwrap_or_default(),
        session_name: get(section, "role_session_name"),
    }
}

/// A portal by what the profile says and its section adds.
fn sso<'a>(profile: &str, section: &'a Section<'a>, session: Option<&'a Section<'a>>) -> Base<'a> {
    let of_portal = |key| {
        let own = get(section, key);
        session.and_then(|session| get(session, key)).or(own)
    };
    Base::Sso {
        profile: profile.to_owned(),
        session: get(section, "sso_session"),
        account_id: get(section, "sso_account_id"),
        role_name: get(section, "sso_role_name"),
        region: of_portal("sso_region"),
        start_url: of_portal("sso_start_url"),
    }
}

#[cfg(test)]
mod tests;
