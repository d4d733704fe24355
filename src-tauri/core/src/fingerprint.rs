//! What is kept of a token in place of the token: enough to see that it is another one, too little to sign with.

use std::{fmt, str::FromStr};

use hmac::Mac;

use crate::document::MaskKey;

/// The first 16 bytes of an HMAC-SHA-256 under the key of this installation. Written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 16]);

/// The text is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAFingerprint;

impl Fingerprint {
    /// Of these parts, in this order; where one ends and the next begins counts too.
    pub fn of(key: &MaskKey, parts: &[&str]) -> Self {
        let mut mac = key.mac();
        for part in parts {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part.as_bytes());
        }
        let mut first = [0; 16];
        first.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        Self(first)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        let mut bytes = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return Err(NotAFingerprint);
        }
        for (byte, at) in bytes.iter_mut().zip((0..32).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| NotAFingerprint)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_secrets_borders_and_keys_apart_and_survives_being_written() {
        let (one, other) = (MaskKey::new([1; 32]), MaskKey::new([2; 32]));
        let print = Fingerprint::of(&one, &["ab", "c"]);
        assert_eq!(print, Fingerprint::of(&one, &["ab", "c"]));
        assert_ne!(print, Fingerprint::of(&one, &["a", "bc"]));
        assert_ne!(print, Fingerprint::of(&other, &["ab", "c"]));
        assert_eq!(print.to_string().parse(), Ok(print));
        assert_eq!("zz".parse::<Fingerprint>(), Err(NotAFingerprint));
    }
}
