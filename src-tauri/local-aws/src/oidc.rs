//! The sign-in service of Identity Center (`oidc`): programs register, ask for a code, and trade it for a token. As
//! strict as AWS's: a code is good once, for its own program, address and verifier, and a registration ends.

use jiff::SignedDuration;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    call::Call,
    identity::{Client, DeviceAsk, opaque, user_code},
    refusal::{Answer, Refusal, refuse},
    state::State,
};

/// How long a registration lasts, in seconds: ninety days, as AWS's do.
const REGISTERED: i64 = 90 * 24 * 3600;
/// How long a code can be used, in seconds.
pub(crate) const CODE_SECONDS: i64 = 600;
pub(crate) const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Answers a call; `here` is the address under which this AWS was called.
pub(crate) fn answer(state: &mut State, call: &Call, here: &str) -> Answer<Value> {
    match call.action.as_str() {
        "RegisterClient" => register(state, call),
        "StartDeviceAuthorization" => start_device(state, call, here),
        _ => create_token(state, call),
    }
}

fn register(state: &mut State, call: &Call) -> Answer<Value> {
    let name = required(call, "clientName")?;
    if call.get("clientType") != Some("public") {
        return Err(invalid_request("The clientType is not public"));
    }
    let (grants, redirects) = (call.words("grantTypes"), call.words("redirectUris"));
    let known = [DEVICE, "authorization_code", "refresh_token"];
    if grants.iter().any(|grant| !known.contains(&grant.as_str())) {
        return Err(invalid_request("A grantType is not supported"));
    }
    let by_browser = grants.iter().any(|grant| grant == "authorization_code");
    if by_browser && (redirects.is_empty() || call.get("issuerUrl").is_none()) {
        return Err(refuse(
            400,
            "InvalidRedirectUriException",
            "redirectUris and issuerUrl are needed for this grantType",
        ));
    }
    let now = state.clock.now();
    let client = Client {
        id: opaque(22),
        secret: opaque(64),
        name: name.to_owned(),
        ends: now + SignedDuration::from_secs(REGISTERED),
        scopes: call.words("scopes"),
        grants,
        redirects,
        issuer: call.get("issuerUrl").map(str::to_owned),
    };
    let answer = json!({
        "clientId": client.id,
        "clientSecret": client.secret,
        "clientIdIssuedAt": now.as_second(),
        "clientSecretExpiresAt": client.ends.as_second(),
    });
    state.identity.clients.push(client);
    Ok(answer)
}

/// The program that says it is, if it knows its own secret and has not ended.
fn known<'a>(state: &'a State, call: &Call) -> Answer<&'a Client> {
    let (id, secret) = (required(call, "clientId")?, required(call, "clientSecret")?);
    let client = state.client(id).filter(|client| client.secret == secret);
    client
        .filter(|client| client.ends > state.clock.now())
        .ok_or_else(|| {
            refuse(
                401,
                "InvalidClientException",
                "Client authentication failed",
            )
        })
}

fn start_device(state: &mut State, call: &Call, here: &str) -> Answer<Value> {
    let client = known(state, call)?;
    if !client.grants.is_empty() && !client.grants.iter().any(|grant| grant == DEVICE) {
        return Err(refuse(
            400,
            "UnauthorizedClientException",
            "The client is not registered for this grant",
        ));
    }
    let client = client.id.clone();
    let start_url = required(call, "startUrl")?.to_owned();
    let portal = state
        .portal(&start_url)
        .ok_or_else(|| invalid_request("Invalid start url provided"))?;
    let interval = portal.poll_seconds;
    let ask = DeviceAsk {
        device_code: opaque(86),
        user_code: user_code(),
        client,
        start_url,
        ends: state.clock.now() + SignedDuration::from_secs(CODE_SECONDS),
        allowed: None,
        polled: None,
    };
    let answer = json!({
        "deviceCode": ask.device_code,
        "userCode": ask.user_code,
        "verificationUri": format!("{here}/device"),
        "verificationUriComplete": format!("{here}/device?user_code={}", ask.user_code),
        "expiresIn": CODE_SECONDS,
        "interval": interval,
    });
    state.identity.asks.push(ask);
    Ok(answer)
}

fn create_token(state: &mut State, call: &Call) -> Answer<Value> {
    let client = known(state, call)?;
    let (id, grants) = (client.id.clone(), client.grants.clone());
    let grant = required(call, "grantType")?;
    let registered = grants.is_empty() && grant != "authorization_code"
        || grants.iter().any(|known| known == grant);
    if !registered {
        return Err(refuse(
            400,
            "UnauthorizedClientException",
            "The client is not registered for this grant",
        ));
    }
    let start_url = match grant {
        DEVICE => by_device(state, call, &id)?,
        "authorization_code" => by_code(state, call, &id)?,
        "refresh_token" => by_refresh(state, call, &id)?,
        _ => {
            return Err(refuse(
                400,
                "UnsupportedGrantTypeException",
                "The grant type is not supported",
            ));
        }
    };
    let seconds = state.portal(&start_url).map_or(0, |portal| portal.seconds);
    let (access, refresh) = state.give_token(&id, &start_url);
    Ok(json!({
        "accessToken": access,
        "tokenType": "Bearer",
        "expiresIn": seconds,
        "refreshToken": refresh,
    }))
}

fn by_device(state: &mut State, call: &Call, client: &str) -> Answer<String> {
    let code = required(call, "deviceCode")?;
    let now = state.clock.now();
    let asks = &mut state.identity.asks;
    let at = asks
        .iter()
        .position(|ask| ask.device_code == code && ask.client == client)
        .ok_or_else(invalid_grant)?;
    let interval = state.world.portals.iter();
    let interval = interval
        .filter(|portal| portal.start_url == asks[at].start_url)
        .map(|portal| portal.poll_seconds)
        .max();
    let ask = &mut asks[at];
    let before = ask.polled.replace(now);
    if ask.ends <= now {
        return Err(refuse(
            400,
            "ExpiredTokenException",
            "The device code has expired",
        ));
    }
    match ask.allowed {
        Some(true) => Ok(asks.swap_remove(at).start_url),
        Some(false) => Err(refuse(
            400,
            "AccessDeniedException",
            "The user denied the request",
        )),
        None => {
            // A program that waits a little less than a second is no pest.
            let least = SignedDuration::from_millis(i64::from(interval.unwrap_or(1)) * 1000 - 200);
            let too_soon = before.is_some_and(|before| now.duration_since(before) < least);
            Err(if too_soon {
                refuse(400, "SlowDownException", "Polling too fast")
            } else {
                refuse(
                    400,
                    "AuthorizationPendingException",
                    "The user has not decided yet",
                )
            })
        }
    }
}

fn by_code(state: &mut State, call: &Call, client: &str) -> Answer<String> {
    let (code, redirect) = (required(call, "code")?, required(call, "redirectUri")?);
    let verifier = required(call, "codeVerifier")?;
    let codes = &mut state.identity.codes;
    let at = codes.iter().position(|known| known.text == code);
    // It is used up whatever comes of it.
    let known = codes.swap_remove(at.ok_or_else(invalid_grant)?);
    let fits = known.client == client
        && known.redirect == redirect
        && known.ends > state.clock.now()
        && known.challenge == challenge(verifier);
    fits.then_some(known.start_url).ok_or_else(invalid_grant)
}

fn by_refresh(state: &mut State, call: &Call, client: &str) -> Answer<String> {
    let refresh = required(call, "refreshToken")?;
    let tokens = &mut state.identity.tokens;
    let at = tokens
        .iter()
        .position(|token| token.refresh.as_deref() == Some(refresh) && token.client == client)
        .ok_or_else(invalid_grant)?;
    // The old access token works on until its end; the token for renewing is good once.
    tokens[at].refresh = None;
    Ok(tokens[at].start_url.clone())
}

/// `S256`: the verifier's hash, in the letters of URLs (RFC 7636, 4.2).
fn challenge(verifier: &str) -> String {
    use std::fmt::Write;
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let hash = Sha256::digest(verifier);
    let mut out = String::new();
    for three in hash.chunks(3) {
        let number = three
            .iter()
            .fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
        let number = number << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            let letter = LETTERS[(number >> (18 - 6 * place)) as usize & 63];
            write!(out, "{}", char::from(letter)).expect("writing to a String");
        }
    }
    out
}

fn required<'a>(call: &'a Call, name: &str) -> Answer<&'a str> {
    call.get(name)
        .ok_or_else(|| invalid_request(&format!("The {name} is missing")))
}

fn invalid_request(message: &str) -> Refusal {
    refuse(400, "InvalidRequestException", message)
}

fn invalid_grant() -> Refusal {
    refuse(400, "InvalidGrantException", "Invalid grant provided")
}

#[cfg(test)]
mod tests {
    use super::challenge;

    #[test]
    fn the_challenge_is_that_of_rfc_7636() {
        // Appendix B.
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
