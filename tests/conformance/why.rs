//! Which keys each SDK would use: against what botocore and JavaScript were recorded to do with 51 profiles (they ran, with
//! a stand-in for STS), and against the chains that the AWS SDK for Rust publishes.

use std::collections::BTreeMap;

use rolecall_core::{
    dialect::{
        Engine, Files,
        why::{Asked, Base, Duration, Found, Role, Why, why},
    },
    document::Document,
    profiles::File,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
struct Chains {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    profile: String,
    config: Option<String>,
    credentials: Option<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    results: BTreeMap<String, Value>,
}

/// Recorded errors that the world made, not the files, and the word of what we must have ended with there.
const OF_THE_WORLD: [(&str, &str); 4] = [
    ("SSOTokenLoadError", "Sso(a)"),
    ("The SSO session token associated with", "Sso(a)"),
    ("MissingDependencyException", "Login(a)"),
    ("FileNotFoundError", "WebIdentity(a)"),
];

#[test]
fn botocore_and_javascript_pick_what_they_were_recorded_to_pick() {
    let chains: Chains = super::own("chains.json");
    assert_eq!(chains.cases.len(), 51);
    let mut apart = Vec::new();
    for engine in [Engine::Botocore, Engine::Js] {
        for case in &chains.cases {
            let recorded = &case.results[engine.name()];
            let ours = answer(engine, case, recorded);
            let recorded = told(recorded);
            if ours != recorded {
                apart.push(format!(
                    "{} {}\n  recorded {recorded}\n  ours     {ours}",
                    engine.name(),
                    case.name
                ));
            }
        }
        rolecall_tests::say(&format!(
            "why, {}: {} recorded profiles",
            engine.name(),
            chains.cases.len()
        ));
    }
    assert!(apart.is_empty(), "{}", apart.join("\n"));
}

/// What we say, in the form of the recording.
fn answer(engine: Engine, case: &Case, recorded: &Value) -> Value {
    asked(engine, case, |why| {
        let error = recorded["error"].as_str().unwrap_or_default();
        match &why.end {
            Err(stop) if !error.is_empty() && stop.words.starts_with(error) => {
                json!({ "error": error })
            }
            Err(stop) => json!({ "error": stop.words }),
            Ok(Found {
                base: Base::Beyond, ..
            }) => json!({ "error": "no credentials" }),
            Ok(found) => {
                let of_the_world = OF_THE_WORLD
                    .iter()
                    .find(|(words, _)| error.starts_with(words));
                match of_the_world {
                    Some((_, base)) if format!("{:?}", found.base) == *base => {
                        json!({ "error": error })
                    }
                    _ => found_as_recorded(engine, why, found),
                }
            }
        }
    })
}

fn asked<T>(engine: Engine, case: &Case, look: impl FnOnce(&Why<'_>) -> T) -> T {
    let document = |text: &Option<String>| text.clone().map(|text| Document::parse(text.into()));
    let (config, credentials) = (document(&case.config), document(&case.credentials));
    let files = Files {
        config: config.as_ref(),
        credentials: credentials.as_ref(),
    };
    let reading = engine.read(files).expect("the cases are readable");
    let variable = |name: &str| case.env.get(name).cloned();
    let asked = Asked {
        files,
        reading: &reading,
        variable: &variable,
    };
    look(&why(engine, asked, &case.profile).expect("an SDK"))
}

fn found_as_recorded(engine: Engine, why: &Why<'_>, found: &Found<'_>) -> Value {
    let (mut key, has_token) = match &found.base {
        Base::Keys {
            key_id, has_token, ..
        } => (key_id.to_string(), *has_token),
        Base::Process { .. } => ("AKPROC".to_owned(), false),
        Base::Named { .. } => ("AKENV".to_owned(), false),
        other => (format!("{other:?}"), false),
    };
    let mut hops = Vec::new();
    for role in &found.roles {
        hops.push(hop(engine, &key, role));
        key = format!(
            "ASIA{}",
            role.role_arn.rsplit('/').next().unwrap_or_default()
        );
    }
    let mut answer = json!({
        "access_key": key,
        "session_token": if hops.is_empty() { Value::from(has_token) } else { Value::Null },
        "hops": hops,
    });
    if engine == Engine::Botocore {
        let file = why.steps.last().and_then(|step| step.at).map(|at| at.file);
        answer["method"] = match (&found.base, file) {
            _ if !found.roles.is_empty() => "assume-role",
            (Base::Process { .. }, _) => "custom-process",
            (_, Some(File::Credentials)) => "shared-credentials-file",
            _ => "config-file",
        }
        .into();
    }
    answer
}

fn hop(engine: Engine, with: &str, role: &Role<'_>) -> Value {
    let session = role.session_name.as_deref().unwrap_or("<generated>");
    let mut hop = Map::new();
    hop.insert("with".into(), with.into());
    hop.insert("RoleArn".into(), role.role_arn.as_ref().into());
    hop.insert("RoleSessionName".into(), session.into());
    if let Some(id) = &role.external_id {
        hop.insert("ExternalId".into(), id.as_ref().into());
    }
    if let Some(device) = &role.mfa_serial {
        hop.insert("SerialNumber".into(), device.as_ref().into());
        hop.insert("TokenCode".into(), "123456".into());
    }
    match role.duration {
        Duration::Seconds(seconds) => _ = hop.insert("DurationSeconds".into(), seconds.into()),
        Duration::NotANumber if engine == Engine::Js => {
            hop.insert("DurationSeconds".into(), Value::Null);
        }
        Duration::NotANumber | Duration::Unsaid => {}
    }
    hop.into()
}

fn told(recorded: &Value) -> Value {
    let mut told = recorded.clone();
    let object = told.as_object_mut().expect("an answer");
    object.remove("ok");
    told
}

#[test]
fn rust_walks_the_published_chains() {
    let Some(folder) = super::published("chains, rust") else {
        return;
    };
    let suite: Vec<Value> = super::parsed(
        &folder.join("smithy-rs/aws/rust-runtime/aws-config/test-data/assume-role-tests.json"),
    );
    assert_eq!(suite.len(), 28);
    for case in &suite {
        let config = as_text(&case["input"]);
        let document = Document::parse(config.into());
        let files = Files {
            config: Some(&document),
            credentials: None,
        };
        let reading = Engine::Rust.read(files).expect("what we wrote is readable");
        let asked = Asked {
            files,
            reading: &reading,
            variable: &|_| None,
        };
        let selected = case["input"]["selected_profile"].as_str().expect("a name");
        let why = why(Engine::Rust, asked, selected).expect("an SDK");
        match (&why.end, case["output"]["Error"].as_str()) {
            (Ok(found), None) => assert_eq!(
                chain(found, &reading),
                case["output"]["ProfileChain"],
                "{}",
                case["docs"]
            ),
            (Err(stop), Some(words)) => assert!(
                stop.words.contains(words),
                "{}: {}",
                case["docs"],
                stop.words
            ),
            (Ok(_), Some(words)) => panic!("{}: it must fail with {words}", case["docs"]),
            (Err(stop), None) => panic!("{}: {}", case["docs"], stop.words),
        }
    }
    rolecall_tests::say(&format!("why, rust: {} published chains", suite.len()));
}

/// The suite gives profiles as maps; here they become the file that reads as these.
pub(super) fn as_text(input: &Value) -> String {
    let mut lines = Vec::new();
    for (part, prefix) in [("profiles", "profile"), ("sso_sessions", "sso-session")] {
        for (name, keys) in input[part].as_object().into_iter().flatten() {
            lines.push(format!("[{prefix} {name}]"));
            for (key, value) in keys.as_object().expect("keys") {
                lines.push(format!("{key} = {}", value.as_str().expect("text")));
            }
        }
    }
    lines.join("\n")
}

fn chain(found: &Found<'_>, reading: &rolecall_core::dialect::Reading<'_>) -> Value {
    let base = match &found.base {
        Base::Keys { profile, .. } => {
            let text = |key: &str| {
                reading.profiles[profile.as_str()]
                    .text(key)
                    .map(Value::from)
            };
            json!({ "AccessKey": present([
                ("access_key_id", text("aws_access_key_id")),
                ("secret_access_key", text("aws_secret_access_key")),
                ("account_id", text("aws_account_id")),
            ]) })
        }
        Base::WebIdentity {
            role_arn,
            token_file,
            session_name,
            ..
        } => json!({ "WebIdentityToken": present([
            ("role_arn", Some(role_arn.as_ref().into())),
            ("web_identity_token_file", Some(token_file.as_ref().into())),
            ("role_session_name", session_name.as_deref().map(Value::from)),
        ]) }),
        Base::Sso {
            session,
            account_id,
            role_name,
            region,
            start_url,
            ..
        } => json!({ "Sso": present([
            ("sso_session", session.as_deref().map(Value::from)),
            ("sso_account_id", account_id.as_deref().map(Value::from)),
            ("sso_role_name", role_name.as_deref().map(Value::from)),
            ("sso_region", region.as_deref().map(Value::from)),
            ("sso_start_url", start_url.as_deref().map(Value::from)),
        ]) }),
        Base::Named { source, .. } => json!({ "NamedSource": source }),
        other => format!("{other:?}").into(),
    };
    let roles = found.roles.iter().map(|role| {
        json!({ "AssumeRole": present([
        ("role_arn", Some(role.role_arn.as_ref().into())),
        ("external_id", role.external_id.as_deref().map(Value::from)),
        ("role_session_name", role.session_name.as_deref().map(Value::from)),
    ]) })
    });
    std::iter::once(base).chain(roles).collect()
}

fn present<const N: usize>(parts: [(&str, Option<Value>); N]) -> Value {
    let parts = parts
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    parts.collect::<Map<_, _>>().into()
}
