//! What each reader makes of the files: `rolecall read --as`, `compat`, `why` and `check --for`. Secrets are hidden here,
//! wherever a reader puts them: by its key, by its line, and by its text.

use std::collections::{BTreeMap, HashSet};

use rolecall_core::{
    dialect::{
        At, Difference, Engine as Dialect, Files, Held, Reading, Refusal, Section, Seen, Value,
        compare,
        locations::{Surroundings, System, locate},
        why::{Asked, Base, Found, why},
    },
    profiles::{
        File, Profile,
        keys::{Showing, known},
    },
};

use super::documents::{BULLETS, without};
use crate::{
    Failure,
    snapshot::Snapshot,
    view::{
        BaseOfWhy, CheckDocument, CheckedProblem, CompatDocument, CompatProfile, CompatReader,
        DifferentKey, EngineDocument, LinePlace, LooksAt, ReadBlock, ReadSections, ReadValue,
        RoleOfWhy, SeenAs, Severity, WhyDocument, WhySdk, WhyStep,
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

    /// `rolecall check --for ENGINE,…`: the problems, and where one of these readers parts from what Rolecall lists.
    pub fn check_document_for(&self, dialects: &[Dialect]) -> CheckDocument {
        let mut document = self.check_document();
        for (dialect, read) in &self.readings(dialects) {
            let who = who(*dialect);
            let mut told = Vec::new();
            let passed_over = read.iter().flat_map(|reading| &reading.passed_over);
            for refusal in read.as_ref().err().into_iter().chain(passed_over) {
                let at = At {
                    file: refusal.file,
                    line: refusal.line.unwrap_or(0),
                };
                let message = format!("{who} does not read this file: {}.", refusal.words);
                told.push(("portability.refused", Severity::Error, at, message));
            }
            if read.is_ok() {
                let profiles = self.by_name.iter().map(|id| self.home().profile(*id));
                told.extend(profiles.filter_map(|profile| {
                    apart(profile, who, compare(self.home(), profile, read))
                }));
            }
            let told = told.into_iter();
            document.problems.extend(
                told.map(|(rule, severity, at, message)| {
                    self.of_a_line(rule, severity, at, message)
                }),
            );
        }
        let order =
            |problem: &CheckedProblem| (problem.file == File::Credentials.into(), problem.line);
        document.problems.sort_by_key(order);
        document
    }

    fn readings(&self, dialects: &[Dialect]) -> Vec<(Dialect, Result<Reading<'_>, Refusal>)> {
        let read = |dialect: &Dialect| (*dialect, dialect.read(self.files()));
        dialects.iter().map(read).collect()
    }

    fn of_a_line(&self, rule: &str, severity: Severity, at: At, message: String) -> CheckedProblem {
        let length = self.home().document(at.file).and_then(|document| {
            let line = document.lines().get(at.line as usize)?;
            u32::try_from(document.text(line.span).chars().count()).ok()
        });
        CheckedProblem {
            rule: rule.to_owned(),
            severity,
            file: at.file.into(),
            line: at.line + 1,
            column: 1,
            end_line: at.line + 1,
            end_column: length.unwrap_or(0) + 1,
            message,
            fixes: Vec::new(),
        }
    }

    fn hidden(&self, reveal: bool) -> Hidden {
        let mut hidden = Hidden {
            reveal,
            ..Hidden::default()
        };
        for file in File::BOTH {
            let Some(document) = self.home().document(file) else {
                continue;
            };
            for span in self.secrets(file) {
                hidden.texts.insert(document.text(*span).into_owned());
                let line = document
                    .lines()
                    .partition_point(|line| line.span.end < span.start);
                hidden
                    .lines
                    .insert((file, u32::try_from(line).unwrap_or(u32::MAX)));
            }
        }
        hidden
    }
}

/// What is not shown.
#[derive(Default)]
struct Hidden {
    reveal: bool,
    texts: HashSet<String>,
    lines: HashSet<(File, u32)>,
}

impl Hidden {
    fn shown(&self, key: &str, text: &str, at: At) -> String {
        if self.reveal {
            return text.to_owned();
        }
        let word = key.rsplit(['.', '\n']).next().unwrap_or(key).trim();
        // What stands behind a lone `=` may be the end of anything.
        let is_secret =
            word.is_empty() || known(word).is_some_and(|known| known.showing == Showing::Secret);
        if !text.is_empty() && (is_secret || self.lines.contains(&(at.file, at.line))) {
            return BULLETS.to_owned();
        }
        self.text(text)
    }

    fn text(&self, text: &str) -> String {
        if self.reveal {
            text.to_owned()
        } else {
            without(text, |part| self.texts.contains(part))
        }
    }

    /// A sentence of a reader, which may quote any value.
    fn sentence(&self, words: &str) -> String {
        let long = self.texts.iter().filter(|text| text.len() > 3);
        long.fold(words.to_owned(), |words, text| words.replace(text, BULLETS))
    }

    fn sections<'r, N: AsRef<str> + 'r>(
        &self,
        sections: impl Iterator<Item = (&'r N, &'r Section<'r>)>,
    ) -> ReadSections {
        let value = |key: &str, value: &Value<'_>, at| match value {
            Value::Text(text) => ReadValue::Text(self.shown(key, text, at)),
            Value::Block(block) => ReadValue::Block(
                block
                    .iter()
                    .map(|(sub, (text, at))| (self.text(sub), self.shown(sub, text, *at)))
                    .collect::<ReadBlock>(),
            ),
        };
        sections
            .map(|(name, section)| {
                let properties = section.properties.iter();
                let properties = properties.map(|(key, property)| {
                    (self.text(key), value(key, &property.value, property.at))
                });
                (self.text(name.as_ref()), properties.collect())
            })
            .collect()
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

/// How a problem names a reader.
fn who(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Botocore => "The AWS CLI (botocore)",
        Dialect::Js => "The AWS SDK for JavaScript v3",
        Dialect::Go => "The AWS SDK for Go v2",
        Dialect::Java => "The AWS SDK for Java v2",
        Dialect::Rust => "The AWS SDK for Rust",
        Dialect::RustIni => "rust-ini (OpenDAL, rust-s3)",
    }
}

/// Keys that say whose keys are used: one of these from another profile, and requests are signed as somebody else.
const GIVES_KEYS: [&str; 9] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "credential_process",
    "login_session",
    "role_arn",
    "source_profile",
    "sso_account_id",
    "sso_session",
    "web_identity_token_file",
];

type Told = (&'static str, Severity, At, String);

fn apart(profile: Profile<'_>, who: &str, seen: Seen) -> Option<Told> {
    let name = profile.name();
    let header = At {
        file: profile.place().file,
        line: profile.place().line,
    };
    match seen {
        // A file that it refuses is told once, at its line.
        Seen::Refused(Refusal {
            line: Some(line),
            file,
            words,
            reason: rolecall_core::dialect::Reason::HalfAPair,
        }) => {
            let message = format!("{who} refuses to use {name}: {words}.");
            Some((
                "portability.refused",
                Severity::Error,
                At { file, line },
                message,
            ))
        }
        Seen::Same | Seen::Refused(_) => None,
        Seen::Absent => {
            let message = format!("{who} does not see {name}.");
            Some(("portability.absent", Severity::Warning, header, message))
        }
        Seen::Differs(differences) => {
            let leaked = differences
                .iter()
                .find(|one| one.of.is_some() && GIVES_KEYS.contains(&one.key.as_str()));
            if let Some((of, at)) =
                leaked.and_then(|one| Some((one.of.as_ref()?, one.there.as_ref()?.at)))
            {
                let message = format!("{who} would sign as {name} with the keys of {of}.");
                return Some(("portability.leaks", Severity::Error, at, message));
            }
            let keys: Vec<_> = differences.iter().map(|one| one.key.as_str()).collect();
            let first = differences
                .iter()
                .find_map(|one| one.there.as_ref().or(one.here.as_ref()));
            let message = format!("{who} reads {name} differently: {}.", keys.join(", "));
            let at = first.map_or(header, |held| held.at);
            Some(("portability.differs", Severity::Warning, at, message))
        }
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
