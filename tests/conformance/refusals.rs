//! Refusals in the words of the engines, which say the line in ways of their own.

use rolecall_core::dialect::{Engine, Reason, Refusal};
use serde_json::{Value, json};

/// A refusal as the engine would have told it.
pub(crate) fn of_refusal(engine: Engine, refusal: &Refusal, recorded: &Value) -> Value {
    let (file, words) = (refusal.file.name(), &refusal.words);
    let line = refusal.line.map_or(0, |line| line + 1);
    let error = match engine {
        Engine::Rust => format!("error parsing {file} on line {line}:\n  {words}"),
        Engine::Java if words.starts_with("String") => words.to_string(),
        Engine::Java => format!("{words} on line {line}"),
        Engine::Botocore => {
            return json!({ "ok": false, "error": botocore(refusal, line, recorded) });
        }
        _ => words.to_string(),
    };
    json!({ "ok": false, "error": error })
}

/// botocore says a line for doubles alone, and the byte of what it can't decode; what it says is held to be the same.
fn botocore(refusal: &Refusal, line: u32, recorded: &Value) -> String {
    let file = refusal.file.name();
    let start = format!("ConfigParseError: Unable to parse config file: {file} [");
    let words = &refusal.words;
    match refusal.reason {
        Reason::DuplicateKey | Reason::DuplicateSection => {
            let (kind, what) = words.split_once(": ").unwrap_or_default();
            format!("{start}{kind}: While reading from '{file}' [line {line:2}]: {what}]")
        }
        Reason::NoSeparator | Reason::NoKey => format!("{start}{words}: '{file}']"),
        Reason::NotUtf8 => {
            let recorded = recorded["error"].as_str().unwrap_or_default();
            let expected = format!("{start}{words}");
            if recorded.starts_with(&expected) {
                recorded.to_owned()
            } else {
                expected
            }
        }
        _ => format!("{start}{words}]"),
    }
}
