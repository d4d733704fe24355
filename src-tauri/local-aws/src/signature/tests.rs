//! One bit of anything that was signed is enough to be refused.

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
