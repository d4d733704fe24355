//! Signature Version 4, from the other side: the request as it came is signed again with the secret that belongs to its
//! key, by AWS's own signer, and the two signatures must be the same. Presigned addresses are not taken.

#[cfg(test)]
mod tests;

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
