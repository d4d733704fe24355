//! Both files as each reader has them, beside what Rolecall lists. Made when somebody asks, once for each state of the
//! files, and from masked text: whatever a reader glues together, no secret is in it.

use rolecall_core::{
    dialect::{
        Engine, Files,
        beside::{Beside, Difference, Verdict},
    },
    profiles::{Home, Profile},
};

use crate::{
    Failure,
    answers::hides,
    snapshot::Snapshot,
    view::{self, EngineReads, NotRead, Reader, Reading, ReadingKind, Shown},
};

/// What each reader makes of the profiles.
pub(crate) struct Compared(Vec<(Engine, Beside)>);

impl Compared {
    /// Reads the two files, masked, as each reader does.
    pub(crate) fn of(masked: &Home) -> Self {
        let files = Files::from(masked);
        let beside = |engine: Engine| (engine, Beside::of(masked, engine.read(files)));
        Self(Engine::ALL.into_iter().map(beside).collect())
    }

    pub(crate) fn all(&self) -> &[(Engine, Beside)] {
        &self.0
    }

    fn readers(&self, profile: Profile<'_>) -> Vec<Reader> {
        let one = |(engine, beside): &(Engine, Beside)| Reader {
            engine: engine.name().into(),
            used_by: engine.used_by().into(),
            reading: beside.verdict(profile).into(),
        };
        self.0.iter().map(one).collect()
    }
}

impl Snapshot {
    /// Who can read a profile. The first to ask after a change of the files waits until each reader has read them.
    ///
    /// # Errors
    /// `notFound` when its name is gone.
    pub fn read_by(&self, id: u32) -> Result<view::ReadBy, Failure> {
        let profile = self.profile(id)?;
        Ok(view::ReadBy {
            revision: self.revision,
            id,
            name: profile.name().to_owned(),
            readers: self.readers(profile),
        })
    }

    /// What each reader makes of a profile; nobody where a file is too large to be read as often.
    fn readers(&self, profile: Profile<'_>) -> Vec<Reader> {
        let compared = self.compared();
        compared.map_or_else(Vec::new, |compared| compared.readers(profile))
    }

    /// What each reader makes of both files, and of the profiles that not all read as they are listed.
    pub fn compatibility(&self) -> view::Compatibility {
        let Some(compared) = self.compared() else {
            return view::Compatibility {
                revision: self.revision,
                is_too_large: true,
                ..view::Compatibility::default()
            };
        };
        let mut engines: Vec<_> = compared.0.iter().map(engine_reads).collect();
        let mut profiles = Vec::new();
        for profile in self.home().profiles() {
            let readers = compared.readers(profile);
            for (engine, reader) in engines.iter_mut().zip(&readers) {
                *match reader.reading {
                    Reading::Same => &mut engine.same,
                    Reading::Differs { .. } => &mut engine.differs,
                    Reading::Absent => &mut engine.absent,
                    Reading::Unusable { .. } => &mut engine.unusable,
                    Reading::Refuses { .. } => &mut engine.refused,
                } += 1;
            }
            // A file that is refused as a whole is told once.
            let is_told =
                |reading: &Reading| matches!(reading, Reading::Same | Reading::Refuses { .. });
            if !readers.iter().all(|reader| is_told(&reader.reading)) {
                profiles.push(view::ProfileReadings {
                    id: profile.id.0,
                    name: profile.name().to_owned(),
                    readings: readers
                        .iter()
                        .map(|reader| (&reader.reading).into())
                        .collect(),
                });
            }
        }
        view::Compatibility {
            revision: self.revision,
            is_too_large: false,
            engines,
            profiles,
        }
    }

    /// `rolecall compat [NAME] --json`.
    ///
    /// # Errors
    /// `notFound` when there is no profile of this name.
    pub fn compat_document(
        &self,
        name: Option<&str>,
        dialects: &[Engine],
    ) -> Result<view::CompatDocument, Failure> {
        let chosen = name.map(|name| self.named(name)).transpose()?;
        let profiles = self.home().profiles();
        let profiles =
            profiles.filter(|profile| chosen.is_none_or(|chosen| chosen.id == profile.id));
        let is_asked = |name: &str| dialects.iter().any(|dialect| dialect.name() == name);
        let of = |profile: Profile<'_>| {
            let mut readers = self.readers(profile);
            readers.retain(|reader| is_asked(&reader.engine));
            view::CompatProfile {
                name: profile.name().to_owned(),
                readers,
            }
        };
        let mut engines = self.compatibility().engines;
        engines.retain(|engine| is_asked(&engine.engine));
        Ok(view::CompatDocument {
            engines,
            profiles: profiles.map(of).collect(),
        })
    }
}

fn engine_reads((engine, beside): &(Engine, Beside)) -> EngineReads {
    EngineReads {
        engine: engine.name().into(),
        used_by: engine.used_by().into(),
        not_read: beside
            .refusal
            .iter()
            .chain(&beside.passed_over)
            .map(NotRead::from)
            .collect(),
        reads_nothing: beside.refusal.is_some(),
        ..EngineReads::default()
    }
}

impl From<Verdict> for Reading {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Same => Self::Same,
            Verdict::Absent => Self::Absent,
            Verdict::Unusable(at) => Self::Unusable {
                file: at.file.into(),
                line: at.line + 1,
            },
            Verdict::Refuses(refusal) => Self::Refuses {
                file: refusal.file.into(),
                line: refusal.line.map(|line| line + 1),
                error: refusal.words.into_owned(),
            },
            Verdict::Differs {
                differences,
                signs_with,
            } => Self::Differs {
                differences: differences.into_iter().map(Into::into).collect(),
                signs_with,
            },
        }
    }
}

impl From<&Reading> for ReadingKind {
    fn from(reading: &Reading) -> Self {
        match reading {
            Reading::Same => Self::Same,
            Reading::Differs {
                signs_with: Some(_),
                ..
            } => Self::SignsAsAnother,
            Reading::Differs { .. } => Self::Differs,
            Reading::Absent => Self::Absent,
            Reading::Unusable { .. } => Self::Unusable,
            Reading::Refuses { .. } => Self::Refuses,
        }
    }
}

impl From<Difference> for view::Difference {
    fn from(Difference { key, here, there }: Difference) -> Self {
        let is_hidden = hides(&key);
        let shown = |(text, _)| {
            if is_hidden {
                Shown::Hidden
            } else {
                Shown::Text { text }
            }
        };
        Self {
            here: here.map(shown),
            there: there.map(shown),
            key,
        }
    }
}
