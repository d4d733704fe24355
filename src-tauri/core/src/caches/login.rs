//! `~/.aws/login/cache`: console sign-ins of `aws login`. Source: aws-config `login` and botocore `LoginTokenLoader`.
//! The file holds a private key (`dpopKey`), which goes to whoever renews and nowhere else.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{names::sha256_file, sign_in::written_time, time};
use crate::{Purpose, Secret, profiles::Keys};

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

/// A console sign-in whole, as it is used and renewed.
#[derive(Debug)]
pub struct ConsoleSignIn {
    /// What it gives.
    pub keys: Keys,
    /// Twelve digits.
    pub account_id: Option<String>,
    /// When the keys end.
    pub ends_at: Timestamp,
    /// The program that signed in.
    pub client_id: String,
    /// What gets the next keys; good once.
    pub refresh_token: Arc<Secret>,
    /// What proves that it was us: a private key in PEM.
    pub proof_key: Arc<Secret>,
    /// Where it was signed in; older ones don't say.
    pub region: Option<String>,
}

impl ConsoleSignIn {
    /// Reads a console sign-in's file; none where it is torn, or lacks something.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let json: Value = serde_json::from_slice(bytes).ok()?;
        let text = |path: &str| {
            let text = json.pointer(path)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        let secret = |path: &str| text(path).map(Secret::new);
        Some(Self {
            keys: Keys {
                access_key_id: text("/accessToken/accessKeyId")?,
                secret_access_key: secret("/accessToken/secretAccessKey")?,
                session_token: Some(secret("/accessToken/sessionToken")?),
            },
            account_id: text("/accessToken/accountId"),
            ends_at: time(&text("/accessToken/expiresAt")?)?,
            client_id: text("/clientId")?,
            refresh_token: secret("/refreshToken")?.into(),
            proof_key: secret("/dpopKey")?.into(),
            region: text("/signInRegion"),
        })
    }
}

/// A console sign-in's file with newer keys in it; everything else of it stays. None where it is torn.
pub fn renewed_login(
    before: &[u8],
    keys: &Keys,
    ends_at: Timestamp,
    refresh_token: &Secret,
) -> Option<Vec<u8>> {
    let mut json: Value = serde_json::from_slice(before).ok()?;
    let open = |secret: &Secret| json!(secret.expose(Purpose::WriteCache, str::to_owned));
    let token = json.get_mut("accessToken")?.as_object_mut()?;
    token.insert("accessKeyId".to_owned(), json!(keys.access_key_id));
    token.insert("secretAccessKey".to_owned(), open(&keys.secret_access_key));
    let session = keys.session_token.as_ref().map(open);
    token.insert("sessionToken".to_owned(), json!(session));
    token.insert("expiresAt".to_owned(), written_time(ends_at));
    json["refreshToken"] = open(refresh_token);
    Some(json.to_string().into_bytes())
}
