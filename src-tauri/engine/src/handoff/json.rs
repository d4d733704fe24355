//! JSON: what a `credential_process` prints, and what `rolecall assume --json` does.

use serde::Serialize;

use super::Line;
use crate::sessions::{RoleSession, identity};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Process<'a> {
    version: u8,
    access_key_id: &'a str,
    secret_access_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    profile: Option<&'a str>,
    arn: Option<String>,
    account_id: Option<String>,
    region: Option<&'a str>,
    endpoint: Option<&'a str>,
    access_key_id: &'a str,
    secret_access_key: &'a str,
    session_token: Option<&'a str>,
    expiration: Option<&'a str>,
}

/// AWS SDKs and Tools Reference, “Process credential provider”.
pub(super) fn process(lines: &[Line<'_>]) -> String {
    let document = Process {
        version: 1,
        access_key_id: value(lines, "AWS_ACCESS_KEY_ID").unwrap_or_default(),
        secret_access_key: value(lines, "AWS_SECRET_ACCESS_KEY").unwrap_or_default(),
        session_token: value(lines, "AWS_SESSION_TOKEN"),
        expiration: value(lines, "AWS_CREDENTIAL_EXPIRATION"),
    };
    serde_json::to_string(&document).expect("plain data") + "\n"
}

pub(super) fn session(lines: &[Line<'_>], session: Option<&RoleSession>) -> String {
    let who = session.map(|session| {
        identity(
            &session.arn,
            session.account_id.as_deref(),
            session.started_at,
        )
    });
    let document = Document {
        profile: session.map(|session| &*session.profile),
        arn: who
            .as_ref()
            .map(|who| who.arn.clone())
            .filter(|arn| !arn.is_empty()),
        account_id: who.map(|who| who.account_id),
        region: value(lines, "AWS_REGION"),
        endpoint: session.and_then(|session| session.endpoint.as_deref()),
        access_key_id: value(lines, "AWS_ACCESS_KEY_ID").unwrap_or_default(),
        secret_access_key: value(lines, "AWS_SECRET_ACCESS_KEY").unwrap_or_default(),
        session_token: value(lines, "AWS_SESSION_TOKEN"),
        expiration: value(lines, "AWS_CREDENTIAL_EXPIRATION"),
    };
    serde_json::to_string_pretty(&document).expect("plain data") + "\n"
}

fn value<'a>(lines: &[Line<'a>], name: &str) -> Option<&'a str> {
    lines.iter().find(|line| line.name == name)?.value
}
