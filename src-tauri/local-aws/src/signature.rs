//! Signature Version 4, from the other side: the request as it came is signed again with the secret that belongs to its
//! key, by AWS's own signer, and the two signatures must be the same. Presigned addresses are not taken.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};
use bytes::Bytes;
use http::Request;
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use subtle::ConstantTimeEq;

use crate::{
    refusal::{Answer, Refusal, refuse},
    state::Credential,
};

/// How far a request's time may be from ours.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);
const TIME: &str = "%Y%m%dT%H%M%SZ";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS \
                        Secret Access Key and signing method. Consult the service documentation for details.";

/// What a request says of its signature.
pub(crate) struct Claim<'a> {
    pub(crate) key_id: &'a str,
    /// The region of the credential scope.
    pub(crate) region: &'a str,
    date: &'a str,
    service: &'a str,
    end: &'a str,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

impl<'a> Claim<'a> {
    /// Reads the `Authorization` header, which says who signed and how.
    pub(crate) fn of(request: &'a Request<Bytes>) -> Answer<Self> {
        let Some(header) = text(request, "authorization") else {
            return Err(refuse(
                403,
                "MissingAuthenticationToken",
                "Request is missing Authentication Token",
            ));
        };
        Self::read(header).ok_or_else(|| {
            refuse(
                400,
                "IncompleteSignature",
                "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.",
            )
        })
    }

    fn read(header: &'a str) -> Option<Self> {
        let parts = header.strip_prefix("AWS4-HMAC-SHA256 ")?;
        let part = |name: &str| {
            let mut parts = parts
                .split(',')
                .filter_map(|part| part.trim().split_once('='));
            parts
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value)
        };
        let scope: Vec<_> = part("Credential")?.split('/').collect();
        let [key_id, date, region, service, end] = scope[..] else {
            return None;
        };
        Some(Self {
            key_id,
            region,
            date,
            service,
            end,
            signed_headers: part("SignedHeaders")?.split(';').collect(),
            signature: part("Signature")?,
        })
    }

    /// Says no unless this credential signed this request about now.
    pub(crate) fn check(
        &self,
        request: &Request<Bytes>,
        credential: &Credential,
        now: Timestamp,
    ) -> Answer<()> {
        let (written, at) = date_of(request)?;
        self.check_scope(written)?;
        check_window(at, now)?;
        for name in ["host", "x-amz-date", "x-amz-security-token"] {
            let there = request.headers().contains_key(name);
            if there && !self.signed_headers.contains(&name) {
                return Err(Refusal::bad_signature(format!(
                    "'{name}' must be a 'SignedHeader' in the AWS Authorization."
                )));
            }
        }
        let ours = self
            .sign_again(request, credential, at)
            .ok_or_else(|| Refusal::bad_signature(MISMATCH))?;
        if bool::from(ours.as_bytes().ct_eq(self.signature.as_bytes())) {
            Ok(())
        } else {
            Err(Refusal::bad_signature(MISMATCH))
        }
    }

    fn check_scope(&self, written: &str) -> Answer<()> {
        let wrong = if self.service != "sts" {
            "Credential should be scoped to correct service: 'sts'.".to_owned()
        } else if self.end != "aws4_request" {
            "Credential should be scoped with a valid terminator: 'aws4_request'.".to_owned()
        } else if !written.starts_with(self.date) || self.date.len() != 8 {
            format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', \
                 from '{written}'.",
                self.date,
                &written[..8]
            )
        } else {
            return Ok(());
        };
        Err(Refusal::bad_signature(wrong))
    }

    /// The signature that the request should have; none where it can't be signed at all.
    fn sign_again(
        &self,
        request: &Request<Bytes>,
        credential: &Credential,
        at: Timestamp,
    ) -> Option<String> {
        let signed = request.headers().iter().filter_map(|(name, value)| {
            let name = name.as_str();
            let wanted = self.signed_headers.contains(&name);
            wanted.then(|| Some((name, value.to_str().ok()?)))
        });
        let headers = signed.collect::<Option<Vec<_>>>()?;
        let host = text(request, "host")?;
        let signable = SignableRequest::new(
            request.method().as_str(),
            format!("http://{host}{}", request.uri()),
            headers.into_iter(),
            SignableBody::Bytes(request.body()),
        );
        let mut keys = Credentials::builder()
            .access_key_id(&*credential.key.id)
            .secret_access_key(&*credential.key.secret)
            .provider_name("local-aws");
        keys.set_session_token(credential.token.clone());
        let identity = keys.build().into();
        let mut settings = SigningSettings::default();
        // The caller chose which headers count; every one it named does.
        settings.excluded_headers = None;
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region)
            .name(self.service)
            .time(SystemTime::from(at))
            .settings(settings)
            .build()
            .ok()?
            .into();
        Some(sign(signable.ok()?, &params).ok()?.into_parts().1)
    }
}

/// The request's time, as written and as a moment.
fn date_of(request: &Request<Bytes>) -> Answer<(&str, Timestamp)> {
    let moment = |written| {
        let civil = DateTime::strptime(TIME, written).ok()?;
        Some((written, TimeZone::UTC.to_timestamp(civil).ok()?))
    };
    text(request, "x-amz-date")
        .filter(|written| written.len() == 16)
        .and_then(moment)
        .ok_or_else(|| {
            refuse(
                400,
                "IncompleteSignature",
                "Date must be in ISO-8601 'basic format'. Authorization header requires existence of 'X-Amz-Date'.",
            )
        })
}

fn check_window(at: Timestamp, now: Timestamp) -> Answer<()> {
    let say = |time: Timestamp| time.strftime(TIME).to_string();
    let wrong = if at < now - WINDOW {
        format!(
            "Signature expired: {} is now earlier than {} ({} - 5 min.)",
            say(at),
            say(now - WINDOW),
            say(now)
        )
    } else if at > now + WINDOW {
        format!(
            "Signature not yet current: {} is still later than {} ({} + 5 min.)",
            say(at),
            say(now + WINDOW),
            say(now)
        )
    } else {
        return Ok(());
    };
    Err(Refusal::bad_signature(wrong))
}

/// A header that is there once and is text.
pub(crate) fn text<'a>(request: &'a Request<Bytes>, name: &str) -> Option<&'a str> {
    let mut values = request.headers().get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        documentation::{KEY_ID, SECRET, USER},
        state::Who,
        world::Key,
    };

    const BODY: &str = "Action=GetCallerIdentity&Version=2011-06-15";
    const NOW: &str = "2026-11-22T09:00:00Z";

    fn now() -> Timestamp {
        NOW.parse().expect("a time")
    }

    fn credential(token: Option<&str>) -> Credential {
        Credential {
            key: Key {
                id: KEY_ID.to_owned(),
                secret: SECRET.to_owned(),
            },
            token: token.map(str::to_owned),
            ends: None,
            who: Who::of(USER),
        }
    }

    /// A request that this credential signed at this time, as a client does it.
    fn signed(credential: &Credential) -> Request<Bytes> {
        let mut keys = Credentials::builder()
            .access_key_id(&*credential.key.id)
            .secret_access_key(&*credential.key.secret)
            .provider_name("test");
        keys.set_session_token(credential.token.clone());
        let identity = keys.build().into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region("eu-west-1")
            .name("sts")
            .time(SystemTime::from(now()))
            .settings(SigningSettings::default())
            .build()
            .expect("all is said")
            .into();
        let headers = [("host", "127.0.0.1:4000"), ("content-type", "text/plain")];
        let signable = SignableRequest::new(
            "POST",
            "http://127.0.0.1:4000/",
            headers.into_iter(),
            SignableBody::Bytes(BODY.as_bytes()),
        );
        let (instructions, _) = sign(signable.expect("a request"), &params)
            .expect("signed")
            .into_parts();
        let mut request = Request::post("/")
            .body(Bytes::from(BODY))
            .expect("a request");
        let signed = instructions.headers();
        for (name, value) in headers.into_iter().chain(signed) {
            let name = http::HeaderName::try_from(name).expect("a name");
            request
                .headers_mut()
                .insert(name, value.parse().expect("a value"));
        }
        request
    }

    fn check(request: &Request<Bytes>, credential: &Credential) -> Answer<()> {
        Claim::of(request)?.check(request, credential, now())
    }

    /// Every text that differs from this one in one lowest bit and is still made of letters, digits and signs.
    fn flipped(text: &str) -> impl Iterator<Item = String> {
        (0..text.len()).filter_map(move |at| {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] ^= 1;
            let kept = bytes[at].is_ascii_graphic();
            kept.then(|| String::from_utf8(bytes).expect("ASCII"))
        })
    }

    fn with_header(request: &Request<Bytes>, name: &'static str, value: &str) -> Request<Bytes> {
        let mut request = request.clone();
        let value = value.parse().expect("a value");
        request.headers_mut().insert(name, value);
        request
    }

    #[test]
    fn what_was_signed_with_the_known_secret_is_taken() {
        for token in [None, Some("IQoJb3JpZ2luX2VjEXAMPLE")] {
            let credential = credential(token);
            assert_eq!(check(&signed(&credential), &credential), Ok(()));
        }
    }

    #[test]
    fn one_bit_of_the_secret_the_token_or_the_body_is_enough_to_be_refused() {
        let token = "IQoJb3JpZ2luX2VjEXAMPLE";
        let right = credential(Some(token));
        let request = signed(&right);
        let mut tried = 0;
        for secret in flipped(SECRET) {
            let mut wrong = right.clone();
            wrong.key.secret = secret;
            assert_eq!(
                check(&request, &wrong),
                Err(Refusal::bad_signature(MISMATCH))
            );
            tried += 1;
        }
        for token in flipped(token) {
            let wrong = credential(Some(&token));
            assert_eq!(
                check(&request, &wrong),
                Err(Refusal::bad_signature(MISMATCH))
            );
            tried += 1;
        }
        for body in flipped(BODY) {
            let mut wrong = request.clone();
            *wrong.body_mut() = body.into();
            assert_eq!(check(&wrong, &right), Err(Refusal::bad_signature(MISMATCH)));
            tried += 1;
        }
        assert!(tried > 90, "{tried}");
    }

    #[test]
    fn one_bit_of_a_signed_header_the_method_or_the_address_is_enough_to_be_refused() {
        let credential = credential(None);
        let request = signed(&credential);
        for (name, value) in [("host", "127.0.0.1:4000"), ("content-type", "text/plain")] {
            for value in flipped(value) {
                let wrong = with_header(&request, name, &value);
                assert!(check(&wrong, &credential).is_err(), "{name}: {value}");
            }
        }
        let mut wrong = request.clone();
        *wrong.method_mut() = http::Method::PUT;
        assert!(check(&wrong, &credential).is_err(), "method");
        for address in ["/a", "/?a=b"] {
            let mut wrong = request.clone();
            *wrong.uri_mut() = address.parse().expect("an address");
            assert!(check(&wrong, &credential).is_err(), "{address}");
        }
    }

    #[test]
    fn one_bit_of_the_date_the_scope_or_the_signature_is_enough_to_be_refused() {
        let credential = credential(None);
        let request = signed(&credential);
        for date in flipped("20261122T090000Z") {
            let wrong = with_header(&request, "x-amz-date", &date);
            assert!(check(&wrong, &credential).is_err(), "{date}");
        }
        let authorization = text(&request, "authorization").expect("signed");
        let from = authorization.find("/2026").expect("a scope");
        let mut tried = 0;
        for end in flipped(&authorization[from..]) {
            let wrong = format!("{}{end}", &authorization[..from]);
            let wrong = with_header(&request, "authorization", &wrong);
            assert!(check(&wrong, &credential).is_err(), "{end}");
            tried += 1;
        }
        assert!(tried > 100, "{tried}");
    }

    #[test]
    fn what_must_be_signed_cannot_be_left_out_of_the_signed_headers() {
        let credential = credential(Some("IQoJb3JpZ2luX2VjEXAMPLE"));
        let request = signed(&credential);
        let authorization = text(&request, "authorization").expect("signed");
        for name in ["host", "x-amz-date", "x-amz-security-token"] {
            let less = authorization.replace(name, "content-type");
            let wrong = with_header(&request, "authorization", &less);
            let refusal = check(&wrong, &credential).expect_err("refused");
            assert!(refusal.message.contains(name), "{refusal:?}");
        }
    }

    #[test]
    fn a_header_that_was_not_signed_may_change_on_its_way() {
        let credential = credential(None);
        let request = with_header(&signed(&credential), "user-agent", "a proxy");
        assert_eq!(check(&request, &credential), Ok(()));
    }
}
