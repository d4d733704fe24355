//! `credential_process`: how each reader runs the line, and what it takes of what the program prints. Sources: botocore
//! `ProcessProvider` and `compat_shell_split`; @aws-sdk/credential-provider-process `resolveProcessCredentials` and
//! `getValidatedProcessCredentials`. Held against what both were recorded to do (`tests/conformance`).
//! Not here: running it. No file may start a program unasked.

use jiff::Timestamp;
use serde_json::Value;

use super::{Engine, shlex};

/// How a reader runs the line.
#[derive(Debug, PartialEq, Eq)]
pub enum Run {
    /// The program and its arguments, with no shell between: `~`, `$NAME`, `;` and `|` are letters like others.
    Words(Vec<String>),
    /// The whole line, in the system's shell.
    Shell,
}

/// Says how a reader runs a line; on Windows botocore splits by other rules.
///
/// # Errors
/// The reader's own words for a line that it can't take apart.
pub fn run(engine: Engine, line: &str) -> Result<Run, &'static str> {
    match engine {
        Engine::Botocore => match shlex::split(line) {
            Some(words) => Ok(Run::Words(words)),
            None => Err("ValueError: No closing quotation"),
        },
        _ => Ok(Run::Shell),
    }
}

/// Whether a line says something to a shell that nobody hears who runs it without one.
pub fn wants_a_shell(line: &str) -> bool {
    let Some(words) = shlex::split(line) else {
        return false;
    };
    let first_is_path = words.first().is_some_and(|word| word.starts_with('~'));
    let is_for_a_shell = |word: &String| {
        word.contains('$')
            || word.ends_with(';')
            || matches!(word.as_str(), "|" | "&&" | "||" | ">" | "<")
    };
    first_is_path || words.iter().any(is_for_a_shell)
}

/// What a reader takes of what the program printed, without the secrets.
#[derive(Debug, PartialEq, Eq)]
pub struct Printed {
    /// The access key ID.
    pub key_id: String,
    /// It came with a session token.
    pub has_token: bool,
    /// When the keys end; none where the program does not say, and they are never asked for again.
    pub ends_at: Option<Timestamp>,
}

/// Reads what the program printed on standard output, as botocore or JavaScript does; none for the others, which nobody
/// has recorded.
///
/// # Errors
/// The reader's own words.
pub fn printed(
    engine: Engine,
    profile: &str,
    output: &str,
    now: Timestamp,
) -> Option<Result<Printed, String>> {
    match engine {
        Engine::Botocore => Some(botocore(output, now)),
        Engine::Js => Some(js(profile, output, now)),
        _ => None,
    }
}

fn botocore(output: &str, now: Timestamp) -> Result<Printed, String> {
    let failed = |what: String| {
        format!(
            "CredentialRetrievalError: Error when retrieving credentials from custom-process: {what}"
        )
    };
    // Which letter it stumbles over is the JSON reader's own affair.
    let json: Value = serde_json::from_str(output).map_err(|_| "JSONDecodeError".to_owned())?;
    if json["Version"].as_f64() != Some(1.0) {
        let version = match &json["Version"] {
            Value::Null => "<Version key not provided>".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let what = format!(
            "Unsupported version '{version}' for credential process provider, supported versions: 1"
        );
        return Err(failed(what));
    }
    for key in ["AccessKeyId", "SecretAccessKey"] {
        if json.get(key).is_none() {
            return Err(failed(format!("Missing required key in response: '{key}'")));
        }
    }
    let printed = taken(&json);
    match (printed.ends_at, json["Expiration"].as_str()) {
        (None, Some(text)) => Err(format!("ParserError: Unknown string format: {text}")),
        (Some(ends_at), _) if ends_at <= now => {
            Err("RuntimeError: Credentials were refreshed, but the refreshed credentials are still expired.".to_owned())
        }
        _ => Ok(printed),
    }
}

fn js(profile: &str, output: &str, now: Timestamp) -> Result<Printed, String> {
    let failed = |what: &str| format!("Profile {profile} credential_process {what}");
    let Ok(json) = serde_json::from_str::<Value>(output) else {
        return Err(failed("returned invalid JSON."));
    };
    if json["Version"].as_f64() != Some(1.0) {
        return Err(failed("did not return Version 1."));
    }
    if json.get("AccessKeyId").is_none() || json.get("SecretAccessKey").is_none() {
        return Err(failed("returned invalid credentials."));
    }
    let printed = taken(&json);
    // An end that is no time is no time in the past either.
    if printed.ends_at.is_some_and(|ends_at| ends_at < now) {
        return Err(failed("returned expired credentials."));
    }
    Ok(printed)
}

fn taken(json: &Value) -> Printed {
    let text = |key: &str| json[key].as_str().unwrap_or_default();
    Printed {
        key_id: text("AccessKeyId").to_owned(),
        has_token: !text("SessionToken").is_empty(),
        ends_at: json["Expiration"].as_str().and_then(crate::caches::time),
    }
}

#[cfg(test)]
mod tests {
    use super::wants_a_shell;

    #[test]
    fn what_only_a_shell_understands_is_seen() {
        for line in [
            "~/tool",
            "$HOME/tool",
            "tool | jq .",
            "cd /x; tool",
            "tool \"$X\"",
        ] {
            assert!(wants_a_shell(line), "{line}");
        }
        for line in [
            "/opt/tool --profile a",
            "\"/opt/my tools/tool\" x",
            "C:\\tool.exe a",
        ] {
            assert!(!wants_a_shell(line), "{line}");
        }
    }
}
