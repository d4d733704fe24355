//! `~/.aws/sso/cache`: tokens of portals, and the registrations of the programs that asked for them. Of the token itself only
//! a fingerprint leaves this file: enough to see that it was renewed.
//! Source: botocore `tokens.py` and `utils.py` (`SSOTokenLoader`, `SSOTokenFetcher`).

use jiff::Timestamp;

use super::{
    names::{object, sha1_file, text},
    time,
};
use crate::{document::MaskKey, fingerprint::Fingerprint};

/// What a cache file says of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SsoToken {
    /// It has a token with an end.
    Readable {
        /// The token's end.
        ends_at: Timestamp,
        /// Another one for another token.
        token: Fingerprint,
    },
    /// It is not whole JSON, or has no token or no end that can be read.
    Unreadable,
}

/// The file that holds the token of a session's name, or of a start URL exactly as written.
pub fn sso_token_file(key: &str) -> String {
    sha1_file(key)
}

/// The file that holds botocore's registration as a program; other tools name theirs as they like.
pub fn sso_registration_file(
    start_url: &str,
    region: &str,
    session: Option<&str>,
    scopes: Option<&[&str]>,
) -> String {
    let or_null = |value: Option<String>| value.unwrap_or_else(|| "null".to_owned());
    let scopes = scopes.map(|scopes| {
        let scopes: Vec<_> = scopes.iter().copied().map(text).collect();
        format!("[{}]", scopes.join(", "))
    });
    sha1_file(&object(&[
        ("region", text(region)),
        ("scopes", or_null(scopes)),
        ("session_name", or_null(session.map(text))),
        ("startUrl", text(start_url)),
        ("tool", text("botocore")),
    ]))
}

/// Reads a token file; fingerprints are made with `key`.
pub fn sso_token(bytes: &[u8], key: &MaskKey) -> SsoToken {
    let readable = serde_json::from_slice::<serde_json::Value>(bytes)
        .ok()
        .and_then(|json| {
            let token = json.get("accessToken")?.as_str();
            let token = token.filter(|token| !token.is_empty())?;
            Some(SsoToken::Readable {
                ends_at: time(json.get("expiresAt")?.as_str()?)?,
                token: Fingerprint::of(key, &["sso", token]),
            })
        });
    readable.unwrap_or(SsoToken::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> SsoToken {
        sso_token(bytes, &MaskKey::new([7; 32]))
    }

    #[test]
    fn a_renewed_token_is_another_one_even_with_the_same_end() {
        let file = |token: &str| {
            format!("{{\"accessToken\":\"{token}\",\"expiresAt\":\"2026-01-02T03:04:05Z\"}}")
        };
        assert_eq!(read(file("a").as_bytes()), read(file("a").as_bytes()));
        assert_ne!(read(file("a").as_bytes()), read(file("b").as_bytes()));
    }

    #[test]
    fn times_of_old_and_new_tools_are_read() {
        let want: Timestamp = "2026-01-02T03:04:05Z".parse().expect("a time");
        for text in [
            "2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05UTC",
            "2026-01-02T04:04:05+01:00",
            "2026-01-02 03:04:05Z",
        ] {
            assert_eq!(time(text), Some(want), "{text}");
        }
        assert_eq!(
            time("2026-01-02T03:04:05.678Z").map(Timestamp::as_second),
            Some(want.as_second())
        );
        assert_eq!(time("soon"), None);
    }

    #[test]
    fn a_torn_file_and_one_without_a_token_are_unreadable() {
        assert_eq!(
            read(b"{\"accessToken\":\"t\",\"expiresAt\":\"2026-"),
            SsoToken::Unreadable
        );
        assert_eq!(
            read(b"{\"expiresAt\":\"2026-01-02T03:04:05Z\"}"),
            SsoToken::Unreadable
        );
        assert_eq!(read(b"[]"), SsoToken::Unreadable);
        assert_eq!(read(b""), SsoToken::Unreadable);
    }
}
