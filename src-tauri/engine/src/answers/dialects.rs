//! What each reader makes of the files: `rolecall read --as`, `compat` and `why`.

use std::collections::BTreeMap;

use rolecall_core::dialect::{
    At, Difference, Engine as Dialect, Files, Held, Reading, Refusal, Seen, compare,
    locations::{Surroundings, System, locate},
    why::{Asked, Base, Found, why},
};

use super::hidden::Hidden;
use crate::{
    Failure,
    snapshot::Snapshot,
    view::{
        BaseOfWhy, CompatDocument, CompatProfile, CompatReader, DifferentKey, EngineDocument,
        LinePlace, LooksAt, RoleOfWhy, SeenAs, WhyDocument, WhySdk, WhyStep,
    },
};

impl Snapshot {
    fn files(&self) -> Files<'_> {
        self.home().into()
    }

    /// `rolecall read --as ENGINE`, of the engines that read both files together.
    pub fn engine_document(&self, dialect: Dialect, reveal: bool) -> EngineDocument {
        let hidden = self.hidden(reveal);
        match dialect.read(self.files()) {
            Err(refusal) => EngineDocument::refused(dialect.name(), &refusal),
            Ok(reading) => EngineDocument {
                engine: dialect.name(),
                ok: true,
                profiles: hidden.sections(reading.profiles.iter()),
                sso_sessions: hidden.sections(reading.sso_sessions.iter()),
                services: hidden.sections(reading.services.iter()),
                other: hidden.sections(reading.other.iter()),
                profile_errors: reading
                    .unusable
                    .keys()
                    .map(|name| (name.to_string(), half(name)))
                    .collect(),
                passed_over: reading.passed_over.iter().map(refused_file).collect(),
                refusal: None,
            },
        }
    }

    /// `rolecall compat`: each profile, or one, beside what each of these readers makes of it.
    ///
    /// # Errors
    /// `notFound`: no profile of this name.
    pub fn compat_document(
        &self,
        name: Option<&str>,
        dialects: &[Dialect],
    ) -> Result<CompatDocument, Failure> {
        let hidden = self.hidden(false);
        let readings = self.readings(dialects);
        let profiles: Vec<_> = match name {
            Some(name) => vec![self.named(name)?],
            None => self
                .by_name
                .iter()
                .map(|id| self.home().profile(*id))
                .collect(),
        };
        let profiles = profiles.into_iter().map(|profile| CompatProfile {
            name: profile.name().to_owned(),
            readers: readings
                .iter()
                .map(|(dialect, read)| CompatReader {
                    engine: dialect.name(),
                    seen: seen_as(&hidden, compare(self.home(), profile, read)),
                })
                .collect(),
        });
        Ok(CompatDocument {
            profiles: profiles.collect(),
            refusals: readings.iter().flat_map(refusals).collect(),
        })
    }

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
        let hidden = self.hidden(false);
        let readings = self.readings(dialects);
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
                let files = self.files();
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
                    error: stop.map(|stop| hidden.sentence(&stop.words)),
                })
            }
        };
        Ok(WhyDocument {
            profile: name.to_owned(),
            sdks: readings.iter().filter_map(sdk).collect(),
        })
    }

    pub(super) fn readings(
        &self,
        dialects: &[Dialect],
    ) -> Vec<(Dialect, Result<Reading<'_>, Refusal>)> {
        let read = |dialect: &Dialect| (*dialect, dialect.read(self.files()));
        dialects.iter().map(read).collect()
    }
}

fn half(name: &str) -> String {
    format!("partial credentials found for profile {name}")
}

fn place(at: At) -> LinePlace {
    LinePlace {
        file: at.file.into(),
        line: at.line + 1,
    }
}

fn refused_file(refusal: &Refusal) -> SeenAs {
    SeenAs::Refused {
        file: refusal.file.into(),
        line: refusal.line.map(|line| line + 1),
        error: refusal.words.to_string(),
    }
}

fn refusals((dialect, read): &(Dialect, Result<Reading<'_>, Refusal>)) -> Vec<CompatReader> {
    let found: Vec<&Refusal> = match read {
        Err(refusal) => vec![refusal],
        Ok(reading) => reading.passed_over.iter().collect(),
    };
    let found = found.into_iter();
    let found = found.map(|refusal| CompatReader {
        engine: dialect.name(),
        seen: refused_file(refusal),
    });
    found.collect()
}

fn seen_as(hidden: &Hidden, seen: Seen) -> SeenAs {
    match seen {
        Seen::Same => SeenAs::Same,
        Seen::Absent => SeenAs::Absent,
        Seen::Refused(refusal) => refused_file(&refusal),
        Seen::Differs(differences) => SeenAs::Differs {
            differences: differences
                .iter()
                .map(|one| different(hidden, one))
                .collect(),
        },
    }
}

fn different(hidden: &Hidden, difference: &Difference) -> DifferentKey {
    let shown = |held: &Held| hidden.shown(&difference.key, &held.text, held.at);
    DifferentKey {
        key: hidden.text(&difference.key),
        here: difference.here.as_ref().map(shown),
        there: difference.there.as_ref().map(shown),
        at: difference
            .there
            .as_ref()
            .or(difference.here.as_ref())
            .map(|held| place(held.at)),
        of: difference.of.clone(),
        random: difference.is_random,
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

impl EngineDocument {
    fn refused(engine: &'static str, refusal: &Refusal) -> Self {
        Self {
            engine,
            ok: false,
            profiles: BTreeMap::new(),
            sso_sessions: BTreeMap::new(),
            services: BTreeMap::new(),
            other: BTreeMap::new(),
            profile_errors: BTreeMap::new(),
            passed_over: Vec::new(),
            refusal: Some(refused_file(refusal)),
        }
    }
}
