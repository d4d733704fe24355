//! `credential_process` as botocore and JavaScript were recorded to run and read it, with a program that really runs; and
//! the addresses of containers by the cases that the AWS SDK for Rust publishes.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use rolecall_core::dialect::{
    Engine,
    process::{Run, printed, run},
    why::container_uri,
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Suite {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    credential_process: String,
    stdout: Option<String>,
    results: BTreeMap<String, Value>,
}

/// Prints what the case says, or how many arguments it got and the first of them; `exit=3` makes it fail.
const TOOL: &str = r#"#!/bin/sh
for argument in "$@"; do case "$argument" in exit=*) echo boom >&2; exit "${argument#exit=}";; esac; done
if [ -f "HOME/stdout" ]; then cat "HOME/stdout"; else echo "{\"Version\":1,\"AccessKeyId\":\"$#-$1\",\"SecretAccessKey\":\"s\"}"; fi
"#;

#[test]
fn programs_are_run_and_read_as_recorded() {
    let suite: Suite = super::own("process.json");
    assert_eq!(suite.cases.len(), 25);
    let mut apart = Vec::new();
    for case in &suite.cases {
        for engine in [Engine::Botocore, Engine::Js] {
            let (ours, recorded) = (ours(engine, case), &case.results[engine.name()]);
            if !is_as_recorded(&ours, recorded) {
                apart.push(format!(
                    "{} {}\n  recorded {recorded}\n  ours     {ours}",
                    engine.name(),
                    case.name
                ));
            }
        }
    }
    rolecall_tests::say(&format!(
        "process: {} recorded cases of two readers",
        suite.cases.len()
    ));
    assert!(apart.is_empty(), "{}", apart.join("\n"));
}

/// What came of it, with the folder of the test named as in the recording.
fn ours(engine: Engine, case: &Case) -> Value {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().to_string_lossy().into_owned();
    place(home.path(), &path, case);
    let line = case.credential_process.replace("~home", &path);
    let output = match started(engine, &line, &path) {
        Ok(output) => output,
        Err(error) => return json!({ "error": error.replace(&path, "~home") }),
    };
    let now = "2026-01-01T00:00:00Z".parse().expect("a time");
    match printed(engine, "a", &output, now).expect("a recorded reader") {
        Ok(printed) => {
            json!({ "ok": true, "access_key": printed.key_id, "session_token": printed.has_token })
        }
        Err(error) => json!({ "error": error }),
    }
}

fn place(home: &Path, path: &str, case: &Case) {
    fs::create_dir(home.join("bin dir")).expect("a folder");
    for tool in ["tool", "bin dir/tool"] {
        fs::write(home.join(tool), TOOL.replace("HOME", path)).expect("a program");
        fs::set_permissions(home.join(tool), fs::Permissions::from_mode(0o700)).expect("its mode");
    }
    if let Some(stdout) = &case.stdout {
        fs::write(home.join("stdout"), stdout).expect("what it prints");
    }
}

/// Runs the line as the reader does; an error is in the reader's words.
fn started(engine: Engine, line: &str, home: &str) -> Result<String, String> {
    let mut command = match run(engine, line).map_err(str::to_owned)? {
        Run::Shell => {
            let mut command = Command::new("/bin/sh");
            command.args(["-c", line]);
            command
        }
        Run::Words(words) => {
            let mut command = Command::new(&words[0]);
            command.args(&words[1..]);
            command
        }
    };
    let failed = || match engine {
        Engine::Botocore => format!("FileNotFoundError: {line}"),
        _ => format!("Command failed: {line}"),
    };
    let output = command.env("HOME", home).output().map_err(|_| failed())?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(match engine {
            Engine::Botocore => format!(
                "CredentialRetrievalError: Error when retrieving credentials from custom-process: {said}"
            ),
            _ => failed(),
        });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Of errors that Python makes of its own, the class is what counts.
fn is_as_recorded(ours: &Value, recorded: &Value) -> bool {
    match (ours["error"].as_str(), recorded["error"].as_str()) {
        (None, None) => ["access_key", "session_token"]
            .iter()
            .all(|key| ours[key] == recorded[key]),
        (Some(ours), Some(recorded)) => {
            let class = |text: &str| text.split(':').next().unwrap_or_default().to_owned();
            let by_class =
                ["FileNotFoundError", "JSONDecodeError"].contains(&class(recorded).as_str());
            if by_class {
                class(ours) == class(recorded)
            } else {
                ours == recorded
            }
        }
        _ => false,
    }
}

#[derive(Deserialize)]
struct Containers {
    tests: Vec<Container>,
}

#[derive(Deserialize)]
struct Container {
    docs: String,
    env: BTreeMap<String, String>,
    result: Value,
}

#[test]
fn containers_are_asked_where_the_published_cases_say() {
    let Some(folder) = super::published("containers, rust") else {
        return;
    };
    let suite: Containers = super::parsed(
        &folder.join("smithy-rs/aws/rust-runtime/aws-config/test-data/ecs-tests.json"),
    );
    assert_eq!(suite.tests.len(), 11);
    for case in &suite.tests {
        match (
            container_uri(&|name| case.env.get(name).cloned()),
            case.result["Ok"].as_str(),
        ) {
            (Ok(uri), Some(wanted)) => assert_eq!(uri, wanted, "{}", case.docs),
            (Err(words), None) => {
                let wanted = case.result["ErrorContains"].as_str().expect("an error");
                assert!(words.contains(wanted), "{}: {words}", case.docs);
            }
            (ours, _) => panic!("{}: {ours:?}", case.docs),
        }
    }
    rolecall_tests::say(&format!(
        "containers: {} published cases",
        suite.tests.len()
    ));
}
