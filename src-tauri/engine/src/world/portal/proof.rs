//! Proof that whoever renews a console sign-in holds its private key (RFC 9449, DPoP): a short signed text for one request.
//! The key is the one in the file, as the AWS CLI and botocore write it: PEM, of SEC 1 or PKCS #8.

use aws_smithy_types::base64;
use jiff::Timestamp;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::json;

use crate::portal::url_safe;

/// The proof for a `POST` to this address; none where the key is none of this kind.
pub(super) fn of(pem: &str, url: &str, now: Timestamp) -> Option<String> {
    let random = SystemRandom::new();
    let key = key(pem, &random)?;
    // The first byte says that both halves follow.
    let (x, y) = key.public_key().as_ref().get(1..)?.split_at_checked(32)?;
    let mut id = [0; 16];
    getrandom::fill(&mut id).ok()?;
    let header = json!({
        "typ": "dpop+jwt",
        "alg": "ES256",
        "jwk": { "kty": "EC", "x": url_safe(x), "y": url_safe(y), "crv": "P-256" },
    });
    let payload = json!({
        "htm": "POST", "htu": url, "iat": now.as_second(), "jti": url_safe(&id),
    });
    let part = |value: serde_json::Value| url_safe(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(header), part(payload));
    let signature = key.sign(&random, signed.as_bytes()).ok()?;
    Some(format!("{signed}.{}", url_safe(signature.as_ref())))
}

fn key(pem: &str, random: &SystemRandom) -> Option<EcdsaKeyPair> {
    let text: String = pem
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let der = base64::decode(text.trim()).ok()?;
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    EcdsaKeyPair::from_pkcs8(algorithm, &der, random)
        .ok()
        .or_else(|| {
            let (private, public) = halves(&der)?;
            EcdsaKeyPair::from_private_key_and_public_key(algorithm, private, public, random).ok()
        })
}

/// SEC 1, C.4: `version 1, OCTET STRING of 32 bytes`, and at the end a `BIT STRING` with the public key.
fn halves(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let behind = |mark: &[u8]| {
        let at = der.windows(mark.len()).position(|window| window == mark)?;
        der.get(at + mark.len()..)
    };
    let private = behind(&[0x02, 0x01, 0x01, 0x04, 0x20])?.get(..32)?;
    let public = behind(&[0x03, 0x42, 0x00])?.get(..65)?;
    Some((private, public))
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    /// RFC 7515's example key (A.3) in SEC 1 form.
    const PEM: &str = "-----BEGIN EC PRIVATE KEY-----\n\
        MHcCAQEEII6bEJ5xkJi/mASH3x9dd+nLKWBuvtImO19XwhPfhPSyoAoGCCqGSM49\n\
        AwEHoUQDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTNG72b\n\
        focs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n-----END EC PRIVATE KEY-----\n";

    #[test]
    fn a_proof_names_the_request_and_its_own_key_and_is_signed_by_it() {
        let now = "2026-11-22T12:00:00Z".parse().expect("a time");
        let proof = of(PEM, "https://x.example/v1/token", now).expect("a key");
        let parts: Vec<&str> = proof.split('.').collect();
        let bytes = |part: &str| {
            let text = part.replace('-', "+").replace('_', "/");
            let padded = format!("{text}{}", "=".repeat((4 - text.len() % 4) % 4));
            base64::decode(padded).expect("base64")
        };
        let json = |part| serde_json::from_slice::<serde_json::Value>(&bytes(part)).expect("JSON");
        let (header, payload) = (json(parts[0]), json(parts[1]));
        assert_eq!(
            header["jwk"]["x"],
            "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
        );
        assert_eq!(payload["htu"], "https://x.example/v1/token");
        let coordinate = |name: &str| bytes(header["jwk"][name].as_str().expect("text"));
        let public = [vec![4], coordinate("x"), coordinate("y")].concat();
        let signed = format!("{}.{}", parts[0], parts[1]);
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public)
            .verify(signed.as_bytes(), &bytes(parts[2]))
            .expect("signed by the key that it names");
        let again = of(PEM, "https://x.example/v1/token", now).expect("a key");
        assert_ne!(proof, again, "each is good once");
        assert_eq!(of("no key", "https://x.example", now), None);
    }
}
