//! What each of the six engines makes of 200 pairs of files, against what it was recorded to make of them: profiles,
//! values, blocks, and where it refuses a file its own words and line.

use std::collections::BTreeMap;

use rolecall_core::{
    dialect::{Engine, Files},
    document::Document,
    profiles::File,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{form, refusals};

#[derive(Deserialize)]
struct Matrix {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    config: Option<String>,
    credentials: Option<String>,
    config_base64: Option<String>,
    credentials_base64: Option<String>,
    results: BTreeMap<String, Value>,
    /// The answer of aws-runtime changed from run to run.
    #[serde(default)]
    rust_varies: bool,
}

impl Case {
    fn document(&self, file: File) -> Option<Document> {
        let (text, base64) = match file {
            File::Config => (&self.config, &self.config_base64),
            File::Credentials => (&self.credentials, &self.credentials_base64),
        };
        match (text, base64) {
            (Some(text), _) => Some(Document::parse(text.clone().into_bytes())),
            (None, Some(base64)) => Some(Document::parse(decode(base64))),
            (None, None) => None,
        }
    }
}

#[test]
fn every_engine_reads_as_it_was_recorded() {
    let matrix: Matrix = super::own("matrix.json");
    assert_eq!(matrix.cases.len(), 200);
    let mut apart = Vec::new();
    for engine in Engine::ALL
        .into_iter()
        .filter(|engine| *engine != Engine::RustIni)
    {
        let mut refusals = 0;
        for case in &matrix.cases {
            let config = case.document(File::Config);
            let credentials = case.document(File::Credentials);
            let read = engine.read(Files {
                config: config.as_ref(),
                credentials: credentials.as_ref(),
            });
            let recorded = &case.results[engine.name()];
            let ours = match &read {
                Ok(reading) => form::of_reading(engine, reading),
                Err(refusal) => {
                    refusals += 1;
                    refusals::of_refusal(engine, refusal, recorded)
                }
            };
            let varies = case.rust_varies && engine == Engine::Rust;
            if varies {
                let reading = read.as_ref().expect("what varies is read");
                let mut properties = reading
                    .profiles
                    .values()
                    .flat_map(|section| section.properties.values());
                assert!(
                    properties.any(|property| property.is_contested),
                    "{}",
                    case.name
                );
            } else if ours != form::of_recorded(recorded) {
                apart.push(format!(
                    "{} {}\n  recorded {}\n  ours     {ours}",
                    engine.name(),
                    case.name,
                    form::of_recorded(recorded)
                ));
            }
        }
        rolecall_tests::say(&format!(
            "matrix, {}: {} cases, {refusals} of them refused",
            engine.name(),
            matrix.cases.len()
        ));
    }
    assert!(
        apart.is_empty(),
        "{}\n{} apart",
        apart.join("\n"),
        apart.len()
    );
}

#[test]
fn rust_ini_reads_as_it_was_recorded() {
    let matrix: Matrix = super::own("matrix.json");
    let mut files = 0;
    for case in &matrix.cases {
        for file in File::BOTH {
            let Some(document) = case.document(file) else {
                continue;
            };
            files += 1;
            let mut recorded = case.results["rust_ini"][file.name()].clone();
            if let Some(object) = recorded.as_object_mut() {
                object.remove("engine");
            }
            assert_eq!(
                form::of_ini(file, &document),
                recorded,
                "{} {}",
                case.name,
                file.name()
            );
        }
    }
    rolecall_tests::say(&format!(
        "matrix, rust-ini: {files} files of {} cases",
        matrix.cases.len()
    ));
}

#[test]
fn every_property_knows_a_line_that_names_its_key() {
    let matrix: Matrix = super::own("matrix.json");
    let mut looked_at = 0;
    for case in &matrix.cases {
        let documents = File::BOTH.map(|file| case.document(file));
        let [config, credentials] = &documents;
        for engine in Engine::ALL {
            let files = Files {
                config: config.as_ref(),
                credentials: credentials.as_ref(),
            };
            let Ok(reading) = engine.read(files) else {
                continue;
            };
            for section in reading.profiles.values() {
                for (key, property) in &section.properties {
                    let document = documents[property.at.file as usize]
                        .as_ref()
                        .expect("its file");
                    let line = document.lines()[property.at.line as usize].span;
                    let line = document.text(line).to_lowercase();
                    let word = key.rsplit('.').next().unwrap_or(key).to_lowercase();
                    let word = word
                        .split(['\n', '\r', '\u{fffd}'])
                        .next()
                        .unwrap_or_default();
                    assert!(
                        line.contains(word),
                        "{} {}: {key}",
                        engine.name(),
                        case.name
                    );
                    looked_at += 1;
                }
            }
        }
    }
    rolecall_tests::say(&format!(
        "matrix: {looked_at} properties stand on the line they name"
    ));
    assert!(looked_at > 1000);
}

fn decode(base64: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0u32, 0);
    for letter in base64.bytes().filter(|letter| *letter != b'=') {
        held = (held << 6) | u32::from(value(letter));
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(((held >> bits) & 0xff) as u8);
        }
    }
    bytes
}
