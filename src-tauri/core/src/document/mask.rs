//! Masked text: the document that everyone outside the engine sees. Each secret becomes bullets around a short id, an
//! HMAC of the secret under a key of this installation; equal secrets give equal tokens, so masked text can be shown,
//! compared, copied and merged, and put back exactly at the one place that writes.

use std::{collections::BTreeMap, fmt};

use hmac::{Hmac, KeyInit, Mac};
use memchr::memmem;
use secrecy::zeroize::Zeroizing;
use sha2::Sha256;

use super::{
    Document,
    secrets::{BULLETS, secret_spans},
};
use crate::profiles::keys::is_secret;

/// Enough to tell the secrets of one home apart; two that collide get longer ids.
const ID_LENGTH: usize = 8;

/// The key that makes the ids, 32 bytes. Made once per installation, so that ids stay the same.
#[derive(Clone)]
pub struct MaskKey(Zeroizing<[u8; 32]>);

impl MaskKey {
    /// Takes over 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for the one file that keeps them.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn mac(&self) -> Hmac<Sha256> {
        Hmac::new_from_slice(self.0.as_slice()).expect("HMAC takes keys of any length")
    }
}

/// A token in masked text that no longer names a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DamagedToken {
    /// The first line is 0.
    pub line: usize,
}

/// Masks documents, remembers what it masked, and puts it back.
pub struct Masker {
    key: MaskKey,
    secrets: BTreeMap<String, Zeroizing<Vec<u8>>>,
}

impl Masker {
    /// A masker that has seen no secret yet.
    pub fn new(key: MaskKey) -> Self {
        Self {
            key,
            secrets: BTreeMap::new(),
        }
    }

    /// The bytes of the document with every secret replaced by its token.
    pub fn mask(&mut self, document: &Document) -> Vec<u8> {
        let mut masked = Vec::with_capacity(document.bytes().len());
        let mut at = 0;
        for span in secret_spans(document) {
            let range = span.range();
            // Bullets of the person's own that touch the secret go into its token: the border would be lost else.
            let start = range.start - bullets_at_end(&document.bytes()[at..range.start]);
            let end = range.end + bullets_at_start(&document.bytes()[range.end..]);
            self.plain(&document.bytes()[at..start], &mut masked);
            self.token(&document.bytes()[start..end], &mut masked);
            at = end;
        }
        self.plain(&document.bytes()[at..], &mut masked);
        masked
    }

    /// Masked text in which somebody typed, with tokens for the secrets that were typed too. Of a token that typing
    /// damaged only bullets are left, still damaged: what stands beside them may be a secret.
    pub fn cover_typed(&mut self, typed: &Document) -> Vec<u8> {
        let mut covered = Vec::with_capacity(typed.bytes().len());
        let mut at = 0;
        for span in secret_spans(typed) {
            let range = span.range();
            covered.extend_from_slice(&typed.bytes()[at..range.start]);
            at = range.end;
            let value = &typed.bytes()[range];
            if self.is_token(value) {
                covered.extend_from_slice(value);
            } else if memmem::find(value, BULLETS.as_bytes()).is_some() {
                covered.extend_from_slice(BULLETS.as_bytes());
            } else {
                self.token(value, &mut covered);
            }
        }
        covered.extend_from_slice(&typed.bytes()[at..]);
        covered
    }

    /// The token of a secret that no document has yet.
    pub fn cover(&mut self, secret: &str) -> String {
        let mut token = Vec::new();
        self.token(secret.as_bytes(), &mut token);
        String::from_utf8(token).expect("bullets and letters")
    }

    /// The value of a property that no document has yet, as masked text has it.
    pub fn cover_value(&mut self, key: &str, value: &str) -> String {
        if is_secret(key) {
            return self.cover(value);
        }
        let mut masked = Vec::new();
        self.plain(value.as_bytes(), &mut masked);
        String::from_utf8(masked).expect("whole characters of a text")
    }

    /// Masked text with the secrets put back.
    ///
    /// # Errors
    /// The tokens that are damaged or unknown, by line. Nothing is guessed.
    pub fn unmask(&self, masked: &[u8]) -> Result<Vec<u8>, Vec<DamagedToken>> {
        let mut bytes = Vec::with_capacity(masked.len());
        let damaged = self.read(masked, |piece| bytes.extend_from_slice(piece));
        if damaged.is_empty() {
            Ok(bytes)
        } else {
            Err(damaged)
        }
    }

    /// The tokens of masked text that can't be put back, by line.
    pub fn damaged(&self, masked: &[u8]) -> Vec<DamagedToken> {
        self.read(masked, |_| {})
    }

    /// Gives the pieces of masked text, secrets put back; answers with the tokens that are damaged or unknown.
    fn read<'a>(&'a self, masked: &'a [u8], mut put: impl FnMut(&'a [u8])) -> Vec<DamagedToken> {
        let bullets = memmem::Finder::new(BULLETS);
        let mut damaged = Vec::new();
        let mut rest = masked;
        while let Some(at) = bullets.find(rest) {
            put(&rest[..at]);
            let token = &rest[at + BULLETS.len()..];
            let id = token
                .iter()
                .take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                .count();
            let whole = token[id..].starts_with(BULLETS.as_bytes());
            match std::str::from_utf8(&token[..id])
                .ok()
                .filter(|_| whole)
                .and_then(|id| self.secrets.get(id))
            {
                Some(secret) => {
                    put(secret);
                    rest = &token[id + BULLETS.len()..];
                }
                None => {
                    let before = &masked[..masked.len() - rest.len() + at];
                    damaged.push(DamagedToken {
                        line: memchr::memchr_iter(b'\n', before).count(),
                    });
                    rest = token;
                }
            }
        }
        put(rest);
        damaged
    }

    fn is_token(&self, value: &[u8]) -> bool {
        let bullets = BULLETS.as_bytes();
        let inner = value
            .strip_prefix(bullets)
            .and_then(|rest| rest.strip_suffix(bullets));
        inner
            .and_then(|id| std::str::from_utf8(id).ok())
            .is_some_and(|id| self.secrets.contains_key(id))
    }

    /// Text without secrets; runs of bullets in it would read as tokens, so they become some.
    fn plain(&mut self, mut text: &[u8], masked: &mut Vec<u8>) {
        while let Some(at) = memmem::find(text, BULLETS.as_bytes()) {
            masked.extend_from_slice(&text[..at]);
            let run = bullets_at_start(&text[at..]);
            self.token(&text[at..at + run], masked);
            text = &text[at + run..];
        }
        masked.extend_from_slice(text);
    }

    fn token(&mut self, secret: &[u8], masked: &mut Vec<u8>) {
        let digest = self.digest(secret);
        let id = (ID_LENGTH..=digest.len())
            .map(|length| &digest[..length])
            .find(|id| {
                self.secrets
                    .get(*id)
                    .is_none_or(|known| known.as_slice() == secret)
            })
            .unwrap_or(&digest)
            .to_owned();
        masked.extend_from_slice(BULLETS.as_bytes());
        masked.extend_from_slice(id.as_bytes());
        masked.extend_from_slice(BULLETS.as_bytes());
        self.secrets
            .entry(id)
            .or_insert_with(|| Zeroizing::new(secret.to_vec()));
    }

    fn digest(&self, secret: &[u8]) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut mac = self.key.mac();
        mac.update(secret);
        mac.finalize()
            .into_bytes()
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
            .collect()
    }
}

impl fmt::Debug for MaskKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MaskKey(••••)")
    }
}

impl fmt::Debug for Masker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Masker({} secrets)", self.secrets.len())
    }
}

fn bullets_at_start(text: &[u8]) -> usize {
    let bullet = "•".as_bytes();
    text.chunks_exact(bullet.len())
        .take_while(|chunk| *chunk == bullet)
        .count()
        * bullet.len()
}

fn bullets_at_end(text: &[u8]) -> usize {
    let bullet = "•".as_bytes();
    text.rchunks_exact(bullet.len())
        .take_while(|chunk| *chunk == bullet)
        .count()
        * bullet.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masker() -> Masker {
        Masker::new(MaskKey::new([7; 32]))
    }

    fn masked(text: &str) -> String {
        String::from_utf8(masker().mask(&Document::parse(text.as_bytes().to_vec())))
            .expect("text stays text")
    }

    #[test]
    fn equal_secrets_give_equal_tokens_and_no_secret_is_left() {
        let text = masked(
            "[a]\naws_secret_access_key = one\n[b]\naws_secret_access_key = one\n[c]\naws_secret_access_key = two\n",
        );
        let values: Vec<_> = text
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(_, value)| value)
            .collect();
        assert_eq!(values[0], values[1]);
        assert_ne!(values[0], values[2]);
        assert!(!text.contains("one") && !text.contains("two"), "{text}");
    }

    #[test]
    fn a_token_tells_nothing_of_the_length_and_depends_on_the_key() {
        let short = masked("[a]\naws_session_token = x\n");
        assert_eq!(
            short.len(),
            masked(&format!("[a]\naws_session_token = {}\n", "x".repeat(900))).len()
        );
        let other = Masker::new(MaskKey::new([8; 32]))
            .mask(&Document::parse(b"[a]\naws_session_token = x\n".to_vec()));
        assert_ne!(short.as_bytes(), other);
    }

    #[test]
    fn what_is_typed_into_masked_text_is_covered_as_a_file_would_be() {
        let mut masker = masker();
        let old = masker.mask(&Document::parse(
            b"[a]\naws_secret_access_key = one\n[b]\naws_secret_access_key = two\n".to_vec(),
        ));
        let old = String::from_utf8(old).expect("text");
        let typed = format!("{old}[c]\naws_secret_access_key = three\n");
        let mut cover = |text: String| {
            let covered = masker.cover_typed(&Document::parse(text.into_bytes()));
            String::from_utf8(covered).expect("text")
        };
        let covered = cover(typed.clone());
        assert!(covered.starts_with(&old), "tokens stay as they are");
        assert!(!covered.contains("three"), "{covered}");
        assert_eq!(cover(covered.clone()), covered, "once is enough");
        let hurt = cover(old.replacen("••••", "••••mine", 1));
        assert!(!hurt.contains("mine"), "{hurt}");
        let unmasked = |text: &str| masker.unmask(text.as_bytes());
        assert_eq!(unmasked(&hurt), Err(vec![DamagedToken { line: 1 }]));
        let real = typed.replace(
            &old,
            "[a]\naws_secret_access_key = one\n[b]\naws_secret_access_key = two\n",
        );
        assert_eq!(unmasked(&covered), Ok(real.into_bytes()));
    }

    #[test]
    fn a_damaged_token_is_named_by_its_line_and_nothing_is_guessed() {
        let mut masker = masker();
        let text = masker.mask(&Document::parse(
            b"[a]\naws_secret_access_key = one\n".to_vec(),
        ));
        let broken = String::from_utf8(text).expect("text").replacen('•', "", 1);
        assert_eq!(
            masker.unmask(broken.as_bytes()),
            Err(vec![DamagedToken { line: 1 }])
        );
    }

    #[test]
    fn a_value_that_looks_like_a_token_stays_what_was_typed_and_brings_no_secret() {
        let mut masker = masker();
        let token = masker.cover("one");
        for value in [&token, "••••abcdefgh••••", "a • b •••••• c"] {
            let covered = masker.cover_value("region", value);
            let back = masker.unmask(covered.as_bytes());
            assert_eq!(back.expect("no damaged token"), value.as_bytes());
        }
        assert_eq!(masker.cover_value("aws_secret_access_key", "one"), token);
    }

    #[test]
    fn bullets_of_the_persons_own_come_back() {
        for text in [
            "# • item\n",
            "•••••\n",
            "[a]\naws_secret_access_key = •\n",
            "••••abc•••• = x\n",
            "# •aws_secret_access_key=•x•\n",
        ] {
            let mut masker = masker();
            let shown = masker.mask(&Document::parse(text.as_bytes().to_vec()));
            assert_eq!(
                masker.unmask(&shown).expect("no damaged token"),
                text.as_bytes(),
                "{text}"
            );
        }
    }
}
