//! `~/.aws/cli/cache`: keys of roles that the AWS CLI assumed or got from a portal. Source: botocore `credentials.py`
//! (`AssumeRoleCredentialFetcher`, `SSOCredentialFetcher`) and the CLI's `JSONFileCache`.
//! The name says nothing of who assumed: two profiles with the same role and the same arguments share a file.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    names::{object, sha1_file, text},
    time,
};

/// What the AWS CLI assumes a role with, as far as the name of its file goes.
#[derive(Clone, Copy, Debug, Default)]
pub struct AssumeRole<'a> {
    /// `role_arn`.
    pub role_arn: &'a str,
    /// `duration_seconds`, where it is a number.
    pub duration_seconds: Option<i64>,
    /// `external_id`.
    pub external_id: Option<&'a str>,
    /// `role_session_name`; one that the CLI makes up is no part of the name.
    pub role_session_name: Option<&'a str>,
    /// `mfa_serial`.
    pub mfa_serial: Option<&'a str>,
}

/// The file that holds the keys of an assumed role.
pub fn assume_role_file(arguments: &AssumeRole<'_>) -> String {
    let pairs = [
        (
            "DurationSeconds",
            arguments
                .duration_seconds
                .map(|seconds| seconds.to_string()),
        ),
        ("ExternalId", arguments.external_id.map(text)),
        ("RoleArn", Some(text(arguments.role_arn))),
        ("RoleSessionName", arguments.role_session_name.map(text)),
        ("SerialNumber", arguments.mfa_serial.map(text)),
    ];
    let pairs: Vec<_> = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect();
    sha1_file(&object(&pairs))
}

/// The file that holds the keys of a permission-set role. `portal` is the name of the portal's section, or with
/// `is_named` false its address.
pub fn sso_keys_file(account_id: &str, role_name: &str, portal: &str, is_named: bool) -> String {
    let key = if is_named { "sessionName" } else { "startUrl" };
    let json = [
        ("accountId", account_id),
        ("roleName", role_name),
        (key, portal),
    ];
    let pairs = json.map(|(key, value)| format!("\"{key}\":{}", text(value)));
    sha1_file(&format!("{{{}}}", pairs.join(",")))
}

/// What a file of keys says, without the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CliKeys {
    /// When they end.
    pub ends_at: Timestamp,
    /// They came from a portal: `aws sso logout` removes the file.
    pub is_of_portal: bool,
    /// The role that was assumed, where the file says it.
    pub assumed_role_arn: Option<String>,
}

/// Reads a file of keys; none where it is torn, or of another kind.
pub fn cli_keys(bytes: &[u8]) -> Option<CliKeys> {
    let json: Value = serde_json::from_slice(bytes).ok()?;
    let keys = json.get("Credentials")?;
    keys.get("AccessKeyId")?.as_str()?;
    let assumed = json.pointer("/AssumedRoleUser/Arn").and_then(Value::as_str);
    Some(CliKeys {
        ends_at: time(keys.get("Expiration")?.as_str()?)?,
        is_of_portal: json.get("ProviderType").and_then(Value::as_str) == Some("sso"),
        assumed_role_arn: assumed.map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_files_are_read_and_a_torn_one_is_none() {
        let of_role = br#"{"Credentials":{"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","Expiration":"2026-01-02T03:04:05UTC"},
            "AssumedRoleUser":{"Arn":"arn:aws:sts::111122223333:assumed-role/R/me"}}"#;
        let read = cli_keys(of_role).expect("the CLI writes it so");
        assert_eq!(
            read.ends_at,
            "2026-01-02T03:04:05Z".parse().expect("a time")
        );
        assert!(!read.is_of_portal);
        assert_eq!(
            read.assumed_role_arn.as_deref(),
            Some("arn:aws:sts::111122223333:assumed-role/R/me")
        );
        let of_portal = br#"{"ProviderType":"sso","Credentials":{"AccessKeyId":"A","Expiration":"2026-01-02T03:04:05Z","AccountId":"1"},"x":1}"#;
        assert!(cli_keys(of_portal).expect("so too").is_of_portal);
        for torn in [
            &of_role[..40],
            b"",
            b"[]",
            b"{\"Credentials\":{}}",
            b"session.db",
        ] {
            assert_eq!(cli_keys(torn), None);
        }
    }
}
