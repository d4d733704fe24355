//! The published cases of the shared grammar, 65 of them, which ship in the crate aws-runtime: the AWS SDK for Rust
//! passes them all, and Java's reader is the reference that they were made of.

use rolecall_core::{
    dialect::{Engine, Files},
    document::Document,
};
use serde::Deserialize;
use serde_json::Value;

use crate::form;

#[derive(Deserialize)]
struct Suite {
    tests: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: Input,
    output: Output,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Input {
    config_file: Option<String>,
    credentials_file: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    config: Option<Value>,
    error_containing: Option<String>,
}

/// Where Java says it in other words, or keeps the case of a key, and the case of the suite.
const JAVA_APART: [(&str, &str); 8] = [
    (
        "Continuations cannot be used outside of a profile.",
        OTHER_WORDS,
    ),
    (
        "Continuations cannot be used outside of a property.",
        OTHER_WORDS,
    ),
    ("Continuations reset with profile definitions.", OTHER_WORDS),
    (
        "Duplicate properties in duplicate profiles use the last one defined (case insensitive).",
        r#"{"foo":{"Name":"value","name":"value2"}}"#,
    ),
    (
        "All valid property name characters are supported.",
        r#"{"foo":{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":"value"}}"#,
    ),
    (
        "Invalid sub-property definitions cause an error.",
        "Expected an '=' sign defining a property",
    ),
    (
        "Sub-property definitions cannot have an empty name.",
        "Property did not have a name",
    ),
    ("Invalid continuation", OTHER_WORDS),
];

const OTHER_WORDS: &str = "Expected a profile or property definition";

#[test]
fn the_published_grammar_cases_hold_for_rust_and_java() {
    let suite: Suite = super::of_aws_runtime("profile-parser-tests.json");
    assert_eq!(suite.tests.len(), 65);
    for (engine, known) in [(Engine::Rust, &[][..]), (Engine::Java, &JAVA_APART[..])] {
        let apart: Vec<_> = suite
            .tests
            .iter()
            .filter_map(|case| Some((case.name.as_str(), differs(engine, case)?)))
            .collect();
        rolecall_tests::say(&format!(
            "grammar, {}: {} published cases, {} of them apart by name",
            engine.name(),
            suite.tests.len(),
            apart.len()
        ));
        let apart: Vec<_> = apart
            .iter()
            .map(|(name, how)| (*name, how.as_str()))
            .collect();
        assert_eq!(apart, known, "{}", engine.name());
    }
}

fn differs(engine: Engine, case: &Case) -> Option<String> {
    let document = |text: &Option<String>| text.clone().map(|text| Document::parse(text.into()));
    let config = document(&case.input.config_file);
    let credentials = document(&case.input.credentials_file);
    let read = engine.read(Files {
        config: config.as_ref(),
        credentials: credentials.as_ref(),
    });
    match (read, &case.output.config, &case.output.error_containing) {
        (Ok(reading), Some(config), None) => {
            let ours = form::of_reading(engine, &reading);
            ["profiles", "sso_sessions"].into_iter().find_map(|part| {
                let empty = serde_json::Map::new();
                let map = |whole: &Value| whole[part].as_object().unwrap_or(&empty).clone();
                (map(&ours) != map(config)).then(|| Value::from(map(&ours)).to_string())
            })
        }
        (Err(refusal), None, Some(words)) => {
            (!refusal.words.contains(words)).then(|| refusal.words.into_owned())
        }
        (Err(refusal), ..) => Some(format!("refused: {}", refusal.words)),
        (Ok(_), ..) => Some("read".into()),
    }
}
