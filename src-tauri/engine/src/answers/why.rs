//! `rolecall why NAME`: which keys each SDK would use, step by step. Worked out over masked text, so that no sentence of
//! a reader quotes a secret.

use rolecall_core::{
    dialect::{
        At, Engine as Dialect, Files, Reading, Refusal,
        locations::{Surroundings, System, locate},
        why::{Asked, Base, Found, why},
    },
    document::Document,
    profiles::{File, Home},
};

use crate::{
    Failure,
    snapshot::Snapshot,
    view::{BaseOfWhy, LinePlace, LooksAt, RoleOfWhy, WhyDocument, WhySdk, WhyStep},
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
        let masked = self.masked_files();
        let files = Files::from(&masked);
        let readings: Vec<_> = dialects
            .iter()
            .map(|dialect| (*dialect, dialect.read(files)))
            .collect();
        let mut known = readings.iter().filter_map(|(_, read)| read.as_ref().ok());
        if !known.any(|reading| reading.profiles.contains_key(name)) {
            self.named(name)?;
        }
        let sdk = |(dialect, read): &(Dialect, Result<Reading<'_>, Refusal>)| match read {
            Err(refusal) => Some(WhySdk {
                engine: dialect.name(),
                looks_at: looks_at(*dialect, variable),
                steps: Vec::new(),
                base: None,
                roles: Vec::new(),
                error: Some(refusal.words.to_string()),
                at: refusal.line.map(|line| {
                    place(At {
                        file: refusal.file,
                        line,
                    })
                }),
            }),
            Ok(reading) => {
                let asked = Asked {
                    files,
                    reading,
                    variable,
                };
                let why = why(*dialect, asked, name)?;
                let steps = why.steps.iter().map(|step| WhyStep {
                    profile: step.profile.clone(),
                    what: step.what.clone(),
                    at: step.at.map(place),
                });
                let steps = steps.collect();
                let (found, stop) = match why.end {
                    Ok(found) => (Some(found), None),
                    Err(stop) => (None, Some(stop)),
                };
                Some(WhySdk {
                    engine: dialect.name(),
                    looks_at: looks_at(*dialect, variable),
                    steps,
                    base: found.as_ref().map(base),
                    roles: found.iter().flat_map(roles).collect(),
                    at: stop.as_ref().and_then(|stop| stop.at).map(place),
                    error: stop.map(|stop| stop.words),
                })
            }
        };
        Ok(WhyDocument {
            profile: name.to_owned(),
            sdks: readings.iter().filter_map(sdk).collect(),
        })
    }

    fn masked_files(&self) -> Home {
        let read = |file| {
            self.masked(file)
                .map(|it| Document::parse(it.bytes().to_vec()))
        };
        Home::read(read(File::Config), read(File::Credentials))
    }
}

fn place(at: At) -> LinePlace {
    LinePlace {
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
