//! The names of cache files, as the AWS CLI's own classes computed them, and the published cases of console sign-ins.

use jiff::Timestamp;
use rolecall_core::caches::{
    AssumeRole, LoginToken, assume_role_file, login_file, login_token, sso_keys_file,
    sso_registration_file, sso_token_file,
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    what: String,
    hash_input: String,
    file: String,
}

#[test]
fn cache_files_are_named_as_the_aws_cli_names_them() {
    let vectors: Vectors = super::own("vectors.json");
    assert_eq!(vectors.vectors.len(), 22);
    for vector in &vectors.vectors {
        assert_eq!(
            named(vector),
            vector.file,
            "{} {}",
            vector.what,
            vector.hash_input
        );
    }
    rolecall_tests::say(&format!("caches: {} names of files", vectors.vectors.len()));
}

/// The name that we give, from what the file is about and not from the text that was hashed.
fn named(vector: &Vector) -> String {
    let about: Value = serde_json::from_str(&vector.hash_input).unwrap_or_default();
    let text = |key: &str| about[key].as_str();
    match vector.what.as_str() {
        "token" => sso_token_file(&vector.hash_input),
        "login_session" => login_file(&vector.hash_input),
        "client registration" => {
            let scopes = about["scopes"].as_array();
            let scopes: Option<Vec<_>> =
                scopes.map(|scopes| scopes.iter().filter_map(Value::as_str).collect());
            let (url, region) = (text("startUrl"), text("region"));
            sso_registration_file(
                url.expect("an address"),
                region.expect("a region"),
                text("session_name"),
                scopes.as_deref(),
            )
        }
        "AssumeRole" => assume_role_file(&AssumeRole {
            role_arn: text("RoleArn").expect("a role"),
            duration_seconds: about["DurationSeconds"].as_i64(),
            external_id: text("ExternalId"),
            role_session_name: text("RoleSessionName"),
            mfa_serial: text("SerialNumber"),
        }),
        "SSO GetRoleCredentials" => {
            let portal = text("sessionName").or(text("startUrl")).expect("a portal");
            let (account, role) = (text("accountId"), text("roleName"));
            sso_keys_file(
                account.expect("an account"),
                role.expect("a role"),
                portal,
                text("sessionName").is_some(),
            )
        }
        other => panic!("{other} is a kind that this test does not know"),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignIn {
    documentation: String,
    config_contents: String,
    cache_contents: serde_json::Map<String, Value>,
    outcomes: Vec<Value>,
}

#[test]
fn console_sign_ins_are_judged_as_the_published_cases_say() {
    let Some(folder) = super::published("console sign-ins, rust and botocore") else {
        return;
    };
    let suites = [
        "smithy-rs/aws/rust-runtime/aws-config/test-data/login-provider-test-cases.json",
        "botocore/tests/unit/login/login-provider-test-cases.json",
    ];
    for suite in suites {
        let cases: Vec<SignIn> = super::parsed(&folder.join(suite));
        assert_eq!(cases.len(), 8);
        for case in &cases {
            let fails = case.outcomes[0]["result"] == "error";
            assert_eq!(
                judged(case),
                (fails, renews(case)),
                "{}",
                case.documentation
            );
        }
        rolecall_tests::say(&format!("sign-ins: {} cases of {suite}", cases.len()));
    }
}

/// The suite says so in its title alone.
fn renews(case: &SignIn) -> bool {
    case.documentation.contains("Expired token triggers")
}

/// Whether nothing can be had of the file, or of AWS for it; and whether AWS is asked for new keys.
fn judged(case: &SignIn) -> (bool, bool) {
    let session = case
        .config_contents
        .lines()
        .find_map(|line| line.strip_prefix("login_session = "));
    let file = login_file(session.expect("the case has one"));
    let token = case.cache_contents.get(&file);
    let token = token.map(|json| login_token(json.to_string().as_bytes()));
    let now: Timestamp = "2025-11-19T00:00:00Z"
        .parse()
        .expect("the suite's own time");
    match token {
        Some(LoginToken::Complete { ends_at }) if ends_at > now => (false, false),
        // What AWS answers is the world's: the case that is refused there fails there.
        Some(LoginToken::Complete { .. }) => (case.documentation.contains("failed refresh"), true),
        Some(LoginToken::Lacks(key)) => {
            assert!(
                case.documentation.contains(key),
                "{}: it lacks {key}",
                case.documentation
            );
            (true, false)
        }
        Some(LoginToken::Unreadable) | None => (true, false),
    }
}
