//! The profiles that connections make, as the Amazon provider of Airflow reads them: one with the keys, and one for the role
//! that is assumed with them. What no profile can say is named, and nothing of it repeated.

use serde_json::Value;

use super::{Connection, text_of};
use crate::{
    import::{Form, NotKeys, Reading, parts::Parts},
    profiles::arn::is_account_id,
};

/// What an assumed role is asked for with, and how a profile says it.
const KWARGS: [(&str, &str); 4] = [
    ("ExternalId", "external_id"),
    ("DurationSeconds", "duration_seconds"),
    ("RoleSessionName", "role_session_name"),
    ("SerialNumber", "mfa_serial"),
];

/// What of `extra` is read here; all else is noted as not kept.
const READ: [&str; 14] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "region_name",
    "role_arn",
    "aws_account_id",
    "aws_iam_role",
    "assume_role_kwargs",
    "external_id",
    "endpoint_url",
    "host",
    "profile_name",
    "profile",
    "session_kwargs",
];

pub(super) fn reading(connections: Vec<Connection>) -> Result<Reading, NotKeys> {
    let mut reading = Reading::of(Form::Airflow, Vec::new());
    let mut points_at = None;
    for connection in connections {
        if !matches!(&*connection.kind, "aws" | "") {
            let note = "A connection that is not of the type aws was left out.";
            reading.notes.push(note.into());
            continue;
        }
        points_at = points_at.or_else(|| profiles(connection, &mut reading));
    }
    let is_empty = reading.parts.iter().all(Parts::is_empty);
    match points_at {
        Some(profile) if is_empty => Err(NotKeys::new(
            format!("This connection has no keys: it points at the profile “{profile}”."),
            "Paste the keys of that profile, where it is missing here.",
        )),
        _ if is_empty => Err(NotKeys::new(
            "This connection has no keys: it uses whatever Airflow finds where it runs.",
            "Paste a connection with login and password.",
        )),
        _ => Ok(reading),
    }
}

/// The profile of the connection, and the one that its role starts from. Answers the profile that it points at.
fn profiles(connection: Connection, reading: &mut Reading) -> Option<String> {
    let extra = &connection.extra;
    let text = |key: &str| {
        extra
            .get(key)
            .and_then(text_of)
            .filter(|text| !text.is_empty())
    };
    let mut base = Parts::default();
    for key in [
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
    ] {
        base.put(key, &text(key).unwrap_or_default());
    }
    base.put(
        "aws_access_key_id",
        connection.login.as_deref().unwrap_or_default(),
    );
    base.put(
        "aws_secret_access_key",
        connection.password.as_deref().unwrap_or_default(),
    );
    let points_at = text("profile_name")
        .or_else(|| text("profile"))
        .or_else(|| text_of(extra.get("session_kwargs")?.get("profile_name")?));
    let mut settings = Vec::new();
    settings.extend(text("region_name").map(|region| ("region", region)));
    settings.extend(
        text("endpoint_url")
            .or_else(|| text("host"))
            .map(|url| ("endpoint_url", url)),
    );
    let name = connection.name.unwrap_or_else(|| "airflow".into());
    let role = text("role_arn").or_else(|| built_role(&text, text("region_name").as_deref()));
    let mut left_out: Vec<&str> = extra.keys().map(String::as_str).collect();
    left_out.retain(|key| !READ.contains(key));
    if let Some(role_arn) = role {
        let mut role = Parts::default();
        role.principal(&role_arn);
        role.set("role_arn", &role_arn);
        let kwargs = extra.get("assume_role_kwargs");
        let kwarg = |name: &str| kwargs.and_then(|kwargs| kwargs.get(name)).and_then(text_of);
        for (theirs, ours) in KWARGS {
            if let Some(value) = kwarg(theirs).or_else(|| text(ours)) {
                role.set(ours, &value);
            }
        }
        left_out.extend(
            kwargs
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(|kwargs| {
                    let names = kwargs.keys().map(String::as_str);
                    names.filter(|name| !KWARGS.iter().any(|(theirs, _)| theirs == name))
                }),
        );
        for (key, value) in &settings {
            role.set(key, value);
        }
        let base_name = match (&points_at, base.is_empty()) {
            (Some(profile), true) => Some(profile.clone()),
            (None, true) => None,
            (_, false) => Some(format!("{name}-base")),
        };
        if let Some(base) = &base_name {
            role.set("source_profile", base);
        }
        role.name = Some(name);
        base.name = base_name;
        reading.parts.push(base);
        reading.parts.push(role);
    } else if !base.is_empty() {
        for (key, value) in &settings {
            base.set(key, value);
        }
        base.name = Some(name);
        reading.parts.push(base);
    }
    if !left_out.is_empty() {
        let names = left_out.into_iter().filter(|name| is_name(name));
        let names: Vec<_> = names.collect();
        let note = format!(
            "Not kept, since no profile can say it: {}.",
            names.join(", ")
        );
        reading.notes.push(note);
    }
    points_at
}

/// The role of `aws_account_id` and `aws_iam_role`, which older connections have.
fn built_role(text: &impl Fn(&str) -> Option<String>, region: Option<&str>) -> Option<String> {
    // As a number it lost its leading zeros.
    let account = format!("{:0>12}", text("aws_account_id")?);
    let role = text("aws_iam_role")?;
    let partition = match region.unwrap_or_default() {
        region if region.starts_with("cn-") => "aws-cn",
        region if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    };
    is_account_id(&account).then(|| format!("arn:{partition}:iam::{account}:role/{role}"))
}

fn is_name(text: &str) -> bool {
    text.len() < 40 && text.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}
