//! The form in which the answers of engines are recorded (`engines/` of the published suites), made of our readings.

use rolecall_core::{
    dialect::{Engine, Property, Reading, Refusal, Section, Sections, Value as Held, rust_ini},
    document::Document,
    profiles::File,
};
use serde_json::{Map, Value, json};

/// The parts of an answer that are compared; an empty one counts as none.
const PARTS: [&str; 5] = [
    "profiles",
    "sso_sessions",
    "services",
    "other",
    "profile_errors",
];

/// A reading, as the engine's harness would have printed it.
pub(crate) fn of_reading(engine: Engine, reading: &Reading<'_>) -> Value {
    let errors: Map<_, _> = reading
        .unusable
        .keys()
        .map(|name| {
            let error = format!("partial credentials found for profile {name}");
            (name.to_string(), error.into())
        })
        .collect();
    let mut other = sections(&reading.other);
    if engine == Engine::Js {
        // It keeps portals in the same map as profiles, under a name that no profile can have.
        let sessions = reading.sso_sessions.iter();
        for (name, session) in sessions {
            let entry = other.entry(format!("sso-session.{name}"));
            entry.or_insert_with(|| section(session));
        }
    }
    without_empty(json!({
        "ok": true,
        "profiles": sections(&reading.profiles),
        "sso_sessions": sections(&reading.sso_sessions),
        "services": sections(&reading.services),
        "other": other,
        "profile_errors": errors,
    }))
}

fn sections(sections: &Sections<'_>) -> Map<String, Value> {
    let one =
        |(name, of): (&std::borrow::Cow<'_, str>, &Section<'_>)| (name.to_string(), section(of));
    sections.iter().map(one).collect()
}

fn section(section: &Section<'_>) -> Value {
    let one = |(key, property): (&std::borrow::Cow<'_, str>, &Property<'_>)| {
        let value = match &property.value {
            Held::Text(text) => Value::from(text.as_ref()),
            Held::Block(block) => block
                .iter()
                .map(|(key, (value, _))| (key.to_string(), Value::from(value.as_ref())))
                .collect::<Map<_, _>>()
                .into(),
        };
        (key.to_string(), value)
    };
    section
        .properties
        .iter()
        .map(one)
        .collect::<Map<_, _>>()
        .into()
}

/// A file as rust-ini has it; or its refusal.
pub(crate) fn of_ini(file: File, document: &Document) -> Value {
    match rust_ini::read_file(file, document) {
        Err(Refusal { words, .. }) => json!({ "ok": false, "error": words }),
        Ok(read) => {
            let sections: Vec<_> = read
                .sections
                .iter()
                .map(|section| {
                    let pairs = section.properties.iter();
                    let pairs: Vec<_> = pairs.map(|pair| (&pair.key, &pair.value)).collect();
                    json!({ "section": section.name, "properties": pairs })
                })
                .collect();
            json!({ "ok": true, "sections": sections })
        }
    }
}

/// What was recorded, without what says who was asked.
pub(crate) fn of_recorded(recorded: &Value) -> Value {
    let mut kept = recorded.clone();
    if let Some(object) = kept.as_object_mut() {
        object.retain(|key, _| key == "ok" || key == "error" || PARTS.contains(&key.as_str()));
    }
    without_empty(kept)
}

fn without_empty(mut answer: Value) -> Value {
    if let Some(object) = answer.as_object_mut() {
        object.retain(|_, part| !part.as_object().is_some_and(Map::is_empty));
    }
    answer
}
