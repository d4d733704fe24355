//! How a version's bytes become what lies on the disk: compressed, then encrypted with XChaCha20-Poly1305, under a name
//! that is a keyed hash of the bytes. The name is sealed with them, so that nobody can swap two versions. Without a key
//! the bytes have no secrets in them, and are compressed only.

use std::io::{self, Read as _, Write as _};

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use hmac::{Hmac, Mac as _};
use secrecy::zeroize::Zeroizing;
use sha2::Sha256;

use crate::{
    look::VIEW_LIMIT,
    world::{random::Random, vault::VaultKey},
};

const NONCE: usize = 24;

/// Wiped when dropped: it may be the text of a whole file.
pub(crate) type Text = Zeroizing<Vec<u8>>;

/// What names versions, and encrypts them where there is a key for that.
pub(crate) struct Sealer {
    names: VaultKey,
    cipher: Option<XChaCha20Poly1305>,
    /// Tells keys apart and nothing about them.
    pub(crate) key_id: Option<String>,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealer({:?})", self.key_id)
    }
}

impl Sealer {
    /// Encrypts with this key.
    pub(crate) fn encrypting(key: &VaultKey) -> Self {
        let cipher = derived(key, b"rolecall history text");
        Self {
            names: derived(key, b"rolecall history names"),
            cipher: Some(XChaCha20Poly1305::new((&*cipher).into())),
            key_id: Some(hex(&derived(key, b"rolecall history key")[..4])),
        }
    }

    /// Only compresses: for text whose secrets are masked.
    pub(crate) fn plain(key: &[u8; 32]) -> Self {
        Self {
            names: derived(key, b"rolecall history names"),
            cipher: None,
            key_id: None,
        }
    }

    /// The name of these bytes.
    pub(crate) fn name(&self, bytes: &[u8]) -> String {
        hex(mac(&self.names, bytes).as_slice())
    }

    /// As they lie on the disk.
    pub(crate) fn seal(&self, random: &dyn Random, name: &str, bytes: &[u8]) -> Vec<u8> {
        let packed = packed(bytes);
        let Some(cipher) = &self.cipher else {
            return packed.to_vec();
        };
        let nonce = &random.bytes()[..NONCE];
        let payload = Payload {
            msg: &packed,
            aad: name.as_bytes(),
        };
        let sealed = cipher
            .encrypt(&nonce_of(nonce), payload)
            .expect("a file is far below the cipher's limit");
        [nonce, &sealed].concat()
    }

    /// The bytes again; none where they are not those of this name.
    pub(crate) fn open(&self, name: &str, sealed: &[u8]) -> Option<Text> {
        let packed = match &self.cipher {
            None => Zeroizing::new(sealed.to_vec()),
            Some(cipher) => {
                let (nonce, msg) = sealed.split_at_checked(NONCE)?;
                let aad = name.as_bytes();
                let opened = cipher.decrypt(&nonce_of(nonce), Payload { msg, aad });
                Zeroizing::new(opened.ok()?)
            }
        };
        let bytes = unpacked(&packed).ok()?;
        (self.name(&bytes) == name).then_some(bytes)
    }
}

/// A key wrapped by another: for the key that a passphrase opens.
pub(crate) fn wrap(random: &dyn Random, by: &VaultKey, key: &VaultKey) -> Vec<u8> {
    let nonce = &random.bytes()[..NONCE];
    let sealed = XChaCha20Poly1305::new((&**by).into())
        .encrypt(&nonce_of(nonce), key.as_slice())
        .expect("32 bytes are below the cipher's limit");
    [nonce, &sealed].concat()
}

/// The key again; none where it was wrapped by another.
pub(crate) fn unwrap(by: &VaultKey, wrapped: &[u8]) -> Option<VaultKey> {
    let (nonce, sealed) = wrapped.split_at_checked(NONCE)?;
    let opened = XChaCha20Poly1305::new((&**by).into()).decrypt(&nonce_of(nonce), sealed);
    let opened = Zeroizing::new(opened.ok()?);
    Some(VaultKey::new(opened.as_slice().try_into().ok()?))
}

/// Bytes as digits, for names and notes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String");
        text
    })
}

/// Digits as bytes again.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() % 2 == 1 {
        return None;
    }
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

fn nonce_of(bytes: &[u8]) -> XNonce {
    XNonce::try_from(bytes).expect("its caller cut it to length")
}

fn derived(key: &[u8; 32], what_for: &[u8]) -> VaultKey {
    let mut derived = VaultKey::default();
    derived.copy_from_slice(&mac(key, what_for));
    derived
}

fn mac(key: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    let mut mac: Hmac<Sha256> =
        hmac::KeyInit::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

fn packed(bytes: &[u8]) -> Text {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    Zeroizing::new(packed.expect("memory takes all"))
}

/// No more than the largest file that is ever kept.
fn unpacked(packed: &[u8]) -> io::Result<Text> {
    let mut bytes = Zeroizing::new(Vec::new());
    DeflateDecoder::new(packed)
        .take(VIEW_LIMIT)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::random::FakeRandom;

    #[test]
    fn what_is_sealed_opens_under_its_name_and_key_alone() {
        let sealer = Sealer::encrypting(&VaultKey::new([1; 32]));
        let name = sealer.name(b"[a]\n");
        let locked = sealer.seal(&FakeRandom, &name, b"[a]\n");
        let opened = |sealer: &Sealer, name: &str, locked: &[u8]| {
            sealer.open(name, locked).map(|text| text.to_vec())
        };
        assert_eq!(opened(&sealer, &name, &locked), Some(b"[a]\n".to_vec()));
        assert_eq!(opened(&sealer, &sealer.name(b"[b]\n"), &locked), None);
        let other = Sealer::encrypting(&VaultKey::new([2; 32]));
        assert_eq!(opened(&other, &name, &locked), None);
        assert_ne!(sealer.key_id, other.key_id);
        for at in 0..locked.len() {
            let mut flipped = locked.clone();
            flipped[at] ^= 1;
            assert_eq!(opened(&sealer, &name, &flipped), None, "byte {at}");
        }
        assert_eq!(opened(&sealer, &name, &locked[..5]), None);
    }

    #[test]
    fn digits_are_bytes_again() {
        assert_eq!(unhex(&hex(&[0, 10, 255])), Some(vec![0, 10, 255]));
        assert_eq!((unhex("0"), unhex("zz"), unhex("é")), (None, None, None));
    }
}
