//! The console's sign-in service, as far as programs renew with it what `aws login` left (`POST /v1/token`). The proof of
//! the key that they send (`DPoP`) has to be there and is taken as it is: that it is signed by the key that it names is tried beside Rolecall's code.

use jiff::SignedDuration;
use serde_json::{Value, json};

use bytes::Bytes;
use http::Request;

use crate::{
    call::Call,
    identity::opaque,
    refusal::{Answer, refuse},
    signature::text,
    state::{State, Who},
};

/// How long keys of a console sign-in last, in seconds.
const SECONDS: u32 = 900;

/// Answers a call.
pub(crate) fn answer(state: &mut State, request: &Request<Bytes>, call: &Call) -> Answer<Value> {
    let proof = text(request, "dpop").unwrap_or_default();
    if proof.split('.').filter(|part| !part.is_empty()).count() != 3 {
        return Err(refuse(400, "ValidationException", "INVALID_REQUEST"));
    }
    let refresh = match call.get("grantType") {
        Some("refresh_token") => call.get("refreshToken"),
        _ => None,
    };
    let now = state.clock.now();
    let consoles = state.world.consoles.iter_mut();
    let mut consoles = consoles.filter(|console| Some(console.refresh_token.as_str()) == refresh);
    let console = consoles
        .next()
        .ok_or_else(|| refuse(400, "ValidationException", "INVALID_REQUEST"))?;
    if console.ended {
        return Err(refuse(403, "AccessDeniedException", "TOKEN_EXPIRED"));
    }
    console.refresh_token = opaque(80);
    let (refresh, arn) = (console.refresh_token.clone(), console.arn.clone());
    let issued = state.issue(Who::of(&arn), SECONDS);
    let ends = issued.ends.unwrap_or(now + SignedDuration::from_secs(900));
    Ok(json!({
        "accessToken": {
            "accessKeyId": issued.key_id,
            "secretAccessKey": issued.secret,
            "sessionToken": issued.token,
        },
        "tokenType": "aws_sigv4",
        "expiresIn": ends.as_second() - now.as_second(),
        "refreshToken": refresh,
    }))
}
