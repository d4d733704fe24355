//! The keys that stand in a profile's own sections, ready to sign with: what every chain of roles begins with.

use super::Profile;
use crate::Secret;

/// A key pair, with the token of its session if it is one's.
#[derive(Debug)]
pub struct Keys {
    /// `AKIA…` or `ASIA…`; an identifier, not a secret.
    pub access_key_id: String,
    /// What signs.
    pub secret_access_key: Secret,
    /// The session's token.
    pub session_token: Option<Secret>,
}

impl Keys {
    /// They are a session's and its token is missing; AWS takes them from nobody.
    /// Source: IAM User Guide, “IAM identifiers”, unique ID prefixes.
    pub fn lack_token(&self) -> bool {
        self.access_key_id.starts_with("ASIA") && self.session_token.is_none()
    }
}

impl Profile<'_> {
    /// The keys that its own sections hold; none unless there are both the key ID and the secret. An empty token counts
    /// as none, as it does for the AWS CLI.
    pub fn keys(self) -> Option<Keys> {
        let value = |key| self.get(key).map(|property| property.value.into_owned());
        let token = ["aws_session_token", "aws_security_token"]
            .into_iter()
            .find_map(value);
        Some(Keys {
            access_key_id: value("aws_access_key_id")?,
            secret_access_key: Secret::new(value("aws_secret_access_key")?),
            session_token: token.filter(|token| !token.is_empty()).map(Secret::new),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{document::Document, profiles::Home};

    #[test]
    fn both_halves_make_keys_and_an_empty_token_is_none() {
        let text = "[a]\naws_access_key_id = A\naws_secret_access_key = s\naws_session_token =\n[b]\naws_access_key_id = B\n";
        let home = Home::read(None, Some(Document::parse(text.as_bytes().to_vec())));
        let keys = |name| home.named_profile(name).expect("there").keys();
        let a = keys("a").expect("both halves");
        assert_eq!(a.access_key_id, "A");
        assert!(a.session_token.is_none());
        assert!(keys("b").is_none());
    }
}
