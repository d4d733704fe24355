//! `rolecall read --as ENGINE`: the files as one reader has them, in the form in which the answers of the readers
//! themselves are recorded. What is not revealed is read from masked text: whatever a reader glues together, no secret
//! is in it.

use rolecall_core::{
    dialect::{
        Engine, Files, Property, Reading, Refusal, Section, Sections, Value,
        rust_ini::{self, IniProperty, IniSection},
    },
    document::Document,
    profiles::{File, keys::is_secret},
};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::{snapshot::Snapshot, view::NotRead};

const BULLETS: &str = "••••••••";

/// The files as one reader has them.
#[derive(Serialize)]
#[serde(untagged)]
pub enum ReadDocument {
    /// It knows nothing of profiles: file by file.
    Files(ReadFiles),
    /// Both together, by profiles.
    Both(Box<ReadBoth>),
}

/// Each file by itself, nothing merged.
#[derive(Serialize)]
pub struct ReadFiles {
    /// The engine's name.
    pub engine: &'static str,
    /// What it reads in config; null when there is no file.
    pub config: Option<ReadFile>,
    /// What it reads in credentials; null when there is no file.
    pub credentials: Option<ReadFile>,
}

/// One file as an engine has it.
#[derive(Serialize)]
#[serde(untagged)]
pub enum ReadFile {
    /// Its sections, in order.
    Read {
        /// Always true.
        ok: bool,
        /// Name and properties, in order.
        sections: Vec<ReadSection>,
    },
    /// It refuses the file.
    Refused {
        /// Always false.
        ok: bool,
        /// Its own words.
        error: String,
    },
}

/// A section as an engine has it.
#[derive(Serialize)]
pub struct ReadSection {
    /// Its name; null for what stands before the first header.
    pub section: Option<String>,
    /// Keys and values; a secret that was not asked for as bullets.
    pub properties: Vec<(String, String)>,
}

/// Both files as an engine merges them. Values are texts, or objects where a block stands below the key.
#[derive(Serialize)]
pub struct ReadBoth {
    /// The engine's name.
    pub engine: &'static str,
    /// It reads them.
    pub ok: bool,
    /// The files that it refuses: for the sake of one all, or it takes them for empty.
    #[serde(rename = "notRead", skip_serializing_if = "Vec::is_empty")]
    pub not_read: Vec<NotRead>,
    /// By name.
    pub profiles: Map<String, Json>,
    /// By name.
    pub sso_sessions: Map<String, Json>,
    /// By name.
    pub services: Map<String, Json>,
    /// What it holds besides, such as `[plugins]`.
    pub other: Map<String, Json>,
    /// The profiles that it lists and refuses to use, and the line that it can't do with.
    pub profile_errors: Map<String, Json>,
}

impl Snapshot {
    /// Both files as an engine has them.
    pub fn read_document(&self, engine: Engine, reveal: bool) -> ReadDocument {
        let document = |file| {
            if reveal {
                self.home().document(file)
            } else {
                self.masked(file)
            }
        };
        if engine == Engine::RustIni {
            let read = |file| document(file).map(|document| by_itself(file, document, reveal));
            return ReadDocument::Files(ReadFiles {
                engine: engine.name(),
                config: read(File::Config),
                credentials: read(File::Credentials),
            });
        }
        let files = Files {
            config: document(File::Config),
            credentials: document(File::Credentials),
        };
        let reading = engine.read(files);
        let ok = reading.is_ok();
        let (reading, refusal) = match reading {
            Ok(reading) => (reading, None),
            Err(refusal) => (Reading::default(), Some(refusal)),
        };
        let sections = |all: &Sections<'_>| sections(all, reveal);
        ReadDocument::Both(Box::new(ReadBoth {
            engine: engine.name(),
            ok,
            not_read: refusal
                .iter()
                .chain(&reading.passed_over)
                .map(NotRead::from)
                .collect(),
            profiles: sections(&reading.profiles),
            sso_sessions: sections(&reading.sso_sessions),
            services: sections(&reading.services),
            other: sections(&reading.other),
            profile_errors: reading
                .unusable
                .iter()
                .map(|(name, at)| {
                    (
                        name.to_string(),
                        Json::from(format!("line {}", at.line + 1)),
                    )
                })
                .collect(),
        }))
    }
}

fn by_itself(file: File, document: &Document, reveal: bool) -> ReadFile {
    let property = |IniProperty { key, value, .. }: &IniProperty| {
        let value = hidden(key, value, reveal);
        (key.clone(), value.to_owned())
    };
    let section = |IniSection {
                       name, properties, ..
                   }: &IniSection| ReadSection {
        section: name.clone(),
        properties: properties.iter().map(property).collect(),
    };
    match rust_ini::read_file(file, document) {
        Err(refusal) => ReadFile::Refused {
            ok: false,
            error: refusal.words.into_owned(),
        },
        Ok(ini) => ReadFile::Read {
            ok: true,
            sections: ini.sections.iter().map(section).collect(),
        },
    }
}

fn hidden<'a>(key: &str, value: &'a str, reveal: bool) -> &'a str {
    if hides(key) && !reveal {
        BULLETS
    } else {
        value
    }
}

/// Whether a reader holds a secret for this key. What it has for no key at all may be the end of anything.
pub(crate) fn hides(key: &str) -> bool {
    let word = key.rsplit(['.', '\n']).next().unwrap_or(key).trim();
    word.is_empty() || is_secret(&word.to_ascii_lowercase())
}

fn sections(all: &Sections<'_>, reveal: bool) -> Map<String, Json> {
    let section = |section: &Section<'_>| {
        let properties = section.properties.iter();
        properties
            .map(|(key, property)| (key.to_string(), value(key, property, reveal)))
            .collect::<Map<_, _>>()
    };
    all.iter()
        .map(|(name, of)| (name.to_string(), section(of).into()))
        .collect()
}

fn value(key: &str, property: &Property<'_>, reveal: bool) -> Json {
    match &property.value {
        Value::Text(text) => hidden(key, text, reveal).into(),
        Value::Block(block) => block
            .iter()
            .map(|(key, (text, _))| (key.to_string(), Json::from(hidden(key, text, reveal))))
            .collect::<Map<_, _>>()
            .into(),
    }
}

impl From<&Refusal> for NotRead {
    fn from(refusal: &Refusal) -> Self {
        Self {
            file: refusal.file.into(),
            line: refusal.line.map(|line| line + 1),
            error: refusal.words.to_string(),
        }
    }
}
