//! Why: which keys each SDK would use with a profile, step by step. Worked out over masked text, so that no sentence of
//! a reader quotes a secret.

use rolecall_core::{
    dialect::{
        At, Engine as Dialect, Files,
        beside::whose,
        locations::{Surroundings, System, locate},
        why::{Asked, Base, Found, Step, Why, why},
    },
    profiles::Home,
};

use crate::{
    Engine, Failure,
    snapshot::Snapshot,
    view::{BaseOfWhy, LooksAt, Place, RoleOfWhy, WhyDocument, WhySdk, WhyStep},
};

impl Snapshot {
    /// `rolecall why NAME`: which keys each SDK would use. `variable` reads an environment variable.
    ///
    /// # Errors
    /// `notFound`: neither Rolecall nor one of these SDKs knows a profile of this name.
    pub fn why_document(
        &self,
        name: &str,
        dialects: &[Dialect],
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<WhyDocument, Failure> {
        let home = self.masked_home();
        let files = Files::from(home);
        let readings: Vec<_> = dialects
            .iter()
            .map(|dialect| (*dialect, dialect.read(files)))
            .collect();
        let mut known = readings.iter().filter_map(|(_, read)| read.as_ref().ok());
        if !known.any(|reading| reading.profiles.contains_key(name)) {
            self.named(name)?;
        }
        let sdks: Vec<_> = readings
            .iter()
            .filter_map(|(dialect, read)| {
                let why = match read {
                    Err(refusal) => Why {
                        steps: Vec::new(),
                        end: Err(refusal.into()),
                    },
                    Ok(reading) => {
                        let asked = Asked {
                            files,
                            reading,
                            variable,
                        };
                        why(*dialect, asked, name)?
                    }
                };
                Some(sdk(home, *dialect, looks_at(*dialect, variable), why))
            })
            .collect();
        Ok(WhyDocument {
            profile: name.to_owned(),
            looks_apart: sdks.iter().any(|sdk| sdk.looks_at != sdks[0].looks_at),
            sdks,
        })
    }
}

impl Engine {
    /// Why, for the profile of a row and every SDK.
    ///
    /// # Errors
    /// `notFound` when its name is gone.
    pub fn why(&self, id: u32) -> Result<WhyDocument, Failure> {
        let snapshot = self.snapshot();
        let name = snapshot.profile(id)?.name();
        let variable = |name: &str| self.world.env.var(name)?.into_string().ok();
        snapshot.why_document(name, &Dialect::SDKS, &variable)
    }
}

fn sdk(home: &Home, dialect: Dialect, looks_at: Option<LooksAt>, why: Why<'_>) -> WhySdk {
    let told = |step: Step| WhyStep {
        stands_in: stands_in(home, &step),
        profile: step.profile,
        what: step.what,
        at: step.at.map(place),
    };
    let (found, stop) = match why.end {
        Ok(found) => (Some(found), None),
        Err(stop) => (None, Some(stop)),
    };
    let steps: Vec<_> = why.steps.into_iter().map(told).collect();
    WhySdk {
        engine: dialect.name(),
        used_by: dialect.used_by(),
        looks_at,
        ends: found.as_ref().map(|found| ends(found, steps.last())),
        steps,
        base: found.as_ref().map(base),
        roles: found.iter().flat_map(roles).collect(),
        at: stop.as_ref().and_then(|stop| stop.at).map(place),
        error: stop.map(|stop| stop.words),
    }
}

fn place(at: At) -> Place {
    Place {
        file: at.file.into(),
        line: at.line + 1,
    }
}

fn looks_at(dialect: Dialect, variable: &dyn Fn(&str) -> Option<String>) -> Option<LooksAt> {
    let system = if cfg!(windows) {
        System::Windows
    } else {
        System::Posix
    };
    let around = Surroundings {
        system,
        variable,
        account_home: None,
    };
    let found = locate(dialect, around)?;
    Some(LooksAt {
        config: found.config,
        credentials: found.credentials,
        profile: found.profile,
    })
}

/// Keys below a header that the SDK did not see are another profile's. A portal's lines stand in a section of its own.
fn stands_in(home: &Home, step: &Step) -> Option<String> {
    let profile = home.named_profile(&step.profile)?;
    whose(home, profile, step.at?).filter(|header| !header.starts_with("sso-session "))
}

/// Where the first keys come from, in a few words.
fn ends(found: &Found<'_>, last: Option<&WhyStep>) -> String {
    let whose = last.and_then(|step| step.stands_in.as_ref());
    match &found.base {
        Base::Keys { profile, .. } => match whose {
            Some(other) => format!("keys of {other}, under the name of {profile}"),
            None => format!("keys of {profile}"),
        },
        Base::WebIdentity { profile, .. } => format!("the token file of {profile}"),
        Base::Sso { profile, .. } => format!("the portal of {profile}"),
        Base::Process { profile } => format!("the program of {profile}"),
        Base::Login { profile } => format!("the console sign-in of {profile}"),
        Base::Named { profile, source } => {
            let source = match source.to_ascii_lowercase().as_str() {
                "environment" => "the environment’s variables",
                "ecscontainer" => "the container",
                "ec2instancemetadata" => "the machine",
                _ => source,
            };
            format!("{source}, as {profile} says")
        }
        Base::Beyond => {
            "nothing in the profile gives keys; container and machine are asked".to_owned()
        }
    }
}

fn base(found: &Found<'_>) -> BaseOfWhy {
    let (is, profile) = match &found.base {
        Base::Keys { profile, .. } => ("staticKeys", Some(profile)),
        Base::WebIdentity { profile, .. } => ("webIdentity", Some(profile)),
        Base::Sso { profile, .. } => ("sso", Some(profile)),
        Base::Process { profile } => ("process", Some(profile)),
        Base::Login { profile } => ("login", Some(profile)),
        Base::Named { profile, .. } => ("credentialSource", Some(profile)),
        Base::Beyond => ("none", None),
    };
    BaseOfWhy {
        is,
        profile: profile.cloned(),
        credential_source: match &found.base {
            Base::Named { source, .. } => Some(source.to_string()),
            _ => None,
        },
    }
}

fn roles(found: &Found<'_>) -> Vec<RoleOfWhy> {
    let roles = found.roles.iter().map(|role| RoleOfWhy {
        profile: role.profile.clone(),
        role_arn: role.role_arn.to_string(),
    });
    roles.collect()
}
