//! Those who know better: the real readers, each asked about one pair of files at a time, in the form of `form.rs`.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use aws_runtime::env_config::{
    file::EnvConfigFiles, property::PropertiesKey, section::EnvConfigSections, source,
};
use aws_types::os_shim_internal::{Env, Fs};
use rolecall_core::{
    dialect::{Engine, Files, Reading},
    document::Document,
    profiles::File,
};
use serde_json::{Map, Value, json};

use crate::{form, generator::Pair};

/// Who is asked.
pub(crate) enum Judge {
    Botocore,
    Js,
    Rust,
    RustIni,
    /// A model of the source, in this folder.
    Model(Engine, PathBuf),
}

/// What comes of it.
#[derive(PartialEq)]
pub(crate) enum Judged {
    Alike {
        is_refused: bool,
    },
    /// aws-runtime merges two spellings of one header in the order of a hash map: there is no one answer.
    Varies,
    Apart {
        ours: Value,
        theirs: Value,
    },
}

/// A judge that is ready, and the folder that it reads from.
pub(crate) struct Open {
    engine: Engine,
    folder: PathBuf,
    process: Option<Process>,
}

struct Process {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Judge {
    pub(crate) fn open(&self, folder: &Path) -> Open {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("differential");
        let python = |arguments: &[&Path]| {
            let mut command = Command::new(rolecall_tests::python("python"));
            command.arg(here.join("judge.py")).args(arguments);
            Some(command)
        };
        let (engine, command) = match self {
            Self::Botocore => (Engine::Botocore, python(&[])),
            Self::Model(engine, models) => (
                *engine,
                python(&[models, Path::new(&format!("{}_model", engine.name()))]),
            ),
            Self::Js => {
                let mut command = Command::new("node");
                command.arg(here.join("judge.mjs"));
                (Engine::Js, Some(command))
            }
            Self::Rust => (Engine::Rust, None),
            Self::RustIni => (Engine::RustIni, None),
        };
        Open {
            engine,
            folder: folder.to_owned(),
            process: command.map(Process::start),
        }
    }
}

impl Process {
    fn start(mut command: Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command
            .spawn()
            .expect("the judge starts: scripts/setup.sh installs it");
        let questions = child.stdin.take().expect("it is piped");
        let answers = BufReader::new(child.stdout.take().expect("it is piped"));
        Self {
            child,
            questions,
            answers,
        }
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.questions, "{question}").expect("the judge listens");
        let mut line = String::new();
        self.answers
            .read_line(&mut line)
            .expect("the judge answers");
        serde_json::from_str(&line).expect("in JSON")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Open {
    pub(crate) fn name(&self) -> &'static str {
        self.engine.name()
    }

    pub(crate) fn judge(&mut self, pair: &Pair) -> Judged {
        let parsed = |bytes: &Option<Vec<u8>>| bytes.clone().map(Document::parse);
        let (config, credentials) = (parsed(&pair.config), parsed(&pair.credentials));
        let files = Files {
            config: config.as_ref(),
            credentials: credentials.as_ref(),
        };
        if self.engine == Engine::RustIni {
            return judged(rust_ini_ours(files), self.rust_ini_theirs(pair));
        }
        let read = self.engine.read(files);
        if let Ok(reading) = &read
            && self.engine == Engine::Rust
            && varies(reading, files)
        {
            return Judged::Varies;
        }
        let ours = match &read {
            Ok(reading) => form::of_reading(self.engine, reading),
            Err(_) => json!({ "ok": false }),
        };
        let mut theirs = match self.process.as_mut() {
            Some(process) => process.ask(&placed(&self.folder, pair)),
            None => aws_runtime(pair),
        };
        if theirs["ok"] == false {
            theirs = json!({ "ok": false });
        }
        judged(ours, form::of_recorded(&theirs))
    }

    fn rust_ini_theirs(&self, pair: &Pair) -> Value {
        let one = |bytes: &Option<Vec<u8>>| {
            bytes.as_ref().map(|bytes| {
                let path = self.folder.join("ini");
                fs::write(&path, bytes).expect("a file of the test");
                match ini::Ini::load_from_file(&path) {
                    Err(error) => json!({ "ok": false, "error": error.to_string() }),
                    Ok(ini) => json!({ "ok": true, "sections": ini
                        .iter()
                        .filter(|(name, properties)| name.is_some() || !properties.is_empty())
                        .map(|(name, properties)| {
                            let pairs: Vec<_> = properties.iter().collect();
                            json!({ "section": name, "properties": pairs })
                        })
                        .collect::<Vec<_>>() }),
                }
            })
        };
        json!({ "ok": true, "config": one(&pair.config), "credentials": one(&pair.credentials) })
    }
}

fn rust_ini_ours(files: Files<'_>) -> Value {
    let one =
        |file, document: Option<&Document>| document.map(|document| form::of_ini(file, document));
    json!({ "ok": true, "config": one(File::Config, files.config), "credentials": one(File::Credentials, files.credentials) })
}

fn judged(ours: Value, theirs: Value) -> Judged {
    if ours == theirs {
        let is_refused = ours["ok"] == false
            || [&ours["config"], &ours["credentials"]]
                .iter()
                .any(|file| file.get("error").is_some());
        Judged::Alike { is_refused }
    } else {
        Judged::Apart { ours, theirs }
    }
}

/// Writes both files where the judge finds them.
fn placed(folder: &Path, pair: &Pair) -> Value {
    let mut question = Map::new();
    for (name, bytes) in [("config", &pair.config), ("credentials", &pair.credentials)] {
        if let Some(bytes) = bytes {
            let path = folder.join(name);
            fs::write(&path, bytes).expect("a file of the test");
            question.insert(name.into(), path.to_string_lossy().into());
        }
    }
    question.into()
}

/// Two spellings of one header set the same key, or the same key of a section that is kept by its blocks alone.
fn varies(reading: &Reading<'_>, files: Files<'_>) -> bool {
    let sections = reading
        .profiles
        .values()
        .chain(reading.sso_sessions.values());
    let mut properties = sections.flat_map(|section| section.properties.values());
    properties.any(|property| property.is_contested) || blocks_spelled_twice(files)
}

fn blocks_spelled_twice(files: Files<'_>) -> bool {
    let Some(config) = files.config else {
        return false;
    };
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let mut spelled: BTreeSet<String> = BTreeSet::new();
    for row in config.rows(rolecall_core::document::Breaks::LfOrCrLf) {
        let Some(inner) = row.text.strip_prefix('[') else {
            continue;
        };
        let inner = inner
            .split(['#', ';'])
            .next()
            .unwrap_or_default()
            .trim_end_matches([' ', '\t']);
        let Some(inner) = inner.strip_suffix(']') else {
            continue;
        };
        let Some((prefix, name)) = inner.trim_matches([' ', '\t']).split_once([' ', '\t']) else {
            continue;
        };
        let folded = (prefix.trim().to_owned(), name.trim().to_owned());
        let is_new_spelling = spelled.insert(inner.to_owned());
        if !seen.insert(folded) && is_new_spelling && !matches!(prefix, "profile" | "sso-session") {
            return true;
        }
    }
    false
}

/// What the crate holds. It lists no keys, so every piece of a line before its first `=` is asked for.
fn aws_runtime(pair: &Pair) -> Value {
    let mut map = std::collections::HashMap::new();
    let mut candidates = Candidates::default();
    for (name, bytes) in [
        ("/config", &pair.config),
        ("/credentials", &pair.credentials),
    ] {
        if let Some(bytes) = bytes {
            candidates.of(&String::from_utf8_lossy(bytes));
            map.insert(name.into(), bytes.clone());
        }
    }
    let env = Env::from_slice(&[
        ("AWS_CONFIG_FILE", "/config"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/credentials"),
        ("HOME", "/home"),
    ]);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let loaded = runtime
        .block_on(source::load(
            &env,
            &Fs::from_raw_map(map),
            &EnvConfigFiles::default(),
        ))
        .expect("files that are missing count as empty");
    let Ok(held) = EnvConfigSections::parse(loaded) else {
        return json!({ "ok": false });
    };
    let mut profiles = Map::new();
    for name in held.profiles() {
        let profile = held.get_profile(name).expect("it is listed");
        profiles.insert(name.to_owned(), candidates.asked(|key| profile.get(key)));
    }
    let mut sessions = Map::new();
    for name in held.sso_sessions() {
        let session = held.sso_session(name).expect("it is listed");
        sessions.insert(name.to_owned(), candidates.asked(|key| session.get(key)));
    }
    let (mut services, mut other) = (Map::new(), Map::new());
    for (prefix, name) in &candidates.sections {
        let blocks = candidates.blocks(&held, prefix, name);
        if blocks.is_empty() {
            continue;
        }
        if prefix == "services" {
            services.insert(name.clone(), blocks.into());
        } else {
            other.insert(format!("{prefix} {name}"), blocks.into());
        }
    }
    json!({ "ok": true, "profiles": profiles, "sso_sessions": sessions, "services": services, "other": other })
}

#[derive(Default)]
struct Candidates {
    keys: BTreeSet<String>,
    subs: BTreeSet<String>,
    sections: BTreeSet<(String, String)>,
}

impl Candidates {
    fn of(&mut self, text: &str) {
        let blanks = [' ', '\t'];
        for line in text.lines() {
            let line = line.trim_matches(blanks);
            // A block's value is cut at its first `=` once more: what stands behind one may be a key too.
            let mut rest = line;
            while let Some((key, behind)) = rest.split_once('=') {
                let key = key.trim_matches(blanks);
                self.keys.insert(key.to_ascii_lowercase());
                self.subs.insert(key.to_owned());
                rest = behind;
            }
            if let Some(inner) = line.strip_prefix('[') {
                let inner = inner
                    .split(['#', ';'])
                    .next()
                    .unwrap_or_default()
                    .trim_matches(blanks);
                let inner = inner
                    .strip_suffix(']')
                    .unwrap_or(inner)
                    .trim_matches(blanks);
                if let Some((prefix, name)) = inner.split_once(blanks) {
                    self.sections
                        .insert((prefix.trim().to_owned(), name.trim().to_owned()));
                }
            }
        }
    }

    fn asked<'a>(&self, get: impl Fn(&str) -> Option<&'a str>) -> Value {
        let held = self
            .keys
            .iter()
            .filter_map(|key| Some((key.clone(), get(key)?.into())));
        held.collect::<Map<_, _>>().into()
    }

    fn blocks(&self, held: &EnvConfigSections, prefix: &str, name: &str) -> Map<String, Value> {
        let mut blocks = Map::new();
        for key in &self.keys {
            let mut block = Map::new();
            for sub in &self.subs {
                let asked = PropertiesKey::builder()
                    .section_key(prefix)
                    .section_name(name)
                    .property_name(key)
                    .sub_property_name(sub)
                    .build()
                    .expect("all four parts are given");
                if let Some(value) = held.other_sections().get(&asked) {
                    block.insert(sub.clone(), value.as_str().into());
                }
            }
            if !block.is_empty() {
                blocks.insert(key.clone(), block.into());
            }
        }
        blocks
    }
}
