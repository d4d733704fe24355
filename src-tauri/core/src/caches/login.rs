//! `~/.aws/login/cache`: console sign-ins of `aws login`. Source: aws-config `login` and botocore `LoginTokenLoader`.
//! The file holds a private key (`dpopKey`); nothing of it leaves this file but whether it is there.

use jiff::Timestamp;
use serde_json::Value;

use super::{names::sha256_file, time};

/// What a console sign-in's file says, without its secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginToken {
    /// It has everything that an SDK needs to use it, and to renew it.
    Complete {
        /// When its keys end; then they are renewed with the file's own token.
        ends_at: Timestamp,
    },
    /// It lacks this, and no SDK uses it.
    Lacks(&'static str),
    /// It is not whole JSON.
    Unreadable,
}

/// The file of a `login_session`.
pub fn login_file(login_session: &str) -> String {
    // The AWS SDK for Rust takes the blanks around it away first; no file has any there.
    sha256_file(login_session.trim())
}

/// Reads a console sign-in's file.
pub fn login_token(bytes: &[u8]) -> LoginToken {
    let Ok(json) = serde_json::from_slice::<Value>(bytes) else {
        return LoginToken::Unreadable;
    };
    for key in ["accessToken", "refreshToken", "clientId", "dpopKey"] {
        if json.get(key).is_none() {
            return LoginToken::Lacks(key);
        }
    }
    let token = &json["accessToken"];
    for key in [
        "accessKeyId",
        "secretAccessKey",
        "sessionToken",
        "expiresAt",
    ] {
        if token.get(key).and_then(Value::as_str).is_none() {
            return LoginToken::Lacks(key);
        }
    }
    match token["expiresAt"].as_str().and_then(time) {
        Some(ends_at) => LoginToken::Complete { ends_at },
        None => LoginToken::Lacks("expiresAt"),
    }
}
