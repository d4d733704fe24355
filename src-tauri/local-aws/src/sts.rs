//! The Security Token Service: who one is, a session of one's own, a role. Strict where AWS is strict, because a client
//! that is only ever told yes proves nothing. `AssumeRoleWithWebIdentity` and `…WithSAML` are not here yet: they need a
//! signer of tokens. Session policies, tags and the source identity are taken and have no effect.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Request;
use subtle::ConstantTimeEq;

use crate::{
    limits::Limits,
    refusal::{Answer, Refusal, escaped, refuse},
    signature::{Claim, text},
    state::{Issued, State, Who, account_of, id_of},
};

const VERSION: &str = "2011-06-15";
const CHAINED: u32 = 3600;

/// Answers a request: the inside of the result, or a no.
pub(crate) fn answer(
    state: &mut State,
    request: &Request<Bytes>,
    action: &str,
    parameters: &BTreeMap<String, String>,
) -> Answer<String> {
    let who = caller(state, request)?;
    if parameters.get("Version").map(String::as_str) != Some(VERSION) {
        return Err(unknown_action(action));
    }
    match action {
        "GetCallerIdentity" => Ok(caller_identity(&who)),
        "GetSessionToken" => session_token(state, &who, parameters),
        "AssumeRole" => assume_role(state, &who, parameters),
        _ => Err(unknown_action(action)),
    }
}

fn unknown_action(action: &str) -> Refusal {
    let message = format!("Could not find operation {action} for version {VERSION}");
    refuse(400, "InvalidAction", message)
}

/// Whoever signed: the key is known, the token belongs to it, neither has ended, and the signature is right.
fn caller(state: &State, request: &Request<Bytes>) -> Answer<Who> {
    let claim = Claim::of(request)?;
    let now = state.clock.now();
    let credential = state
        .credential(claim.key_id)
        .ok_or_else(Refusal::unknown_key)?;
    let token = text(request, "x-amz-security-token").unwrap_or_default();
    let belongs = token
        .as_bytes()
        .ct_eq(credential.token.as_deref().unwrap_or_default().as_bytes());
    if !bool::from(belongs) {
        return Err(Refusal::unknown_key());
    }
    if credential.ends.is_some_and(|end| end <= now) {
        return Err(refuse(
            403,
            "ExpiredToken",
            "The security token included in the request is expired",
        ));
    }
    claim.check(request, credential, now)?;
    Ok(credential.who.clone())
}

fn caller_identity(who: &Who) -> String {
    let (arn, id) = (escaped(&who.arn), escaped(&user_id(who)));
    let account = account_of(&who.arn);
    format!("    <Arn>{arn}</Arn>\n    <UserId>{id}</UserId>\n    <Account>{account}</Account>\n")
}

fn session_token(
    state: &mut State,
    who: &Who,
    parameters: &BTreeMap<String, String>,
) -> Answer<String> {
    let mut limits = Limits::of(parameters);
    let seconds = limits.duration(129_600, 43_200)?;
    let (serial, code) = (limits.serial_number(), limits.token_code());
    limits.hold()?;
    if who.from_session {
        return Err(Refusal::access_denied(
            "Cannot call GetSessionToken with session credentials",
        ));
    }
    let mfa = shown_code(state, who, serial, code)?;
    let session = Who {
        mfa,
        from_session: true,
        ..who.clone()
    };
    Ok(credentials(&state.issue(session, seconds)))
}

fn assume_role(
    state: &mut State,
    who: &Who,
    parameters: &BTreeMap<String, String>,
) -> Answer<String> {
    let mut limits = Limits::of(parameters);
    let (arn, name) = (limits.role_arn(), limits.session_name());
    let seconds = limits.duration(43_200, 3600)?;
    let external_id = limits.external_id();
    let (serial, code) = (limits.serial_number(), limits.token_code());
    limits.hold()?;
    let role_name = role_name(arn).ok_or_else(|| Refusal::validation("Request ARN is invalid"))?;

    let mfa = shown_code(state, who, serial, code)? || who.mfa;
    let allowed = state.role(arn).filter(|role| {
        role.trusts.iter().any(|trusted| trusts(trusted, who))
            && (role.external_id.is_none() || role.external_id.as_deref() == external_id)
            && (mfa || !role.mfa_required)
    });
    // One text for all of these: whoever is not let in is not told why.
    let role = allowed.ok_or_else(|| {
        Refusal::access_denied(format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: {arn}",
            who.arn
        ))
    })?;
    if seconds > role.max_session {
        return Err(Refusal::validation(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    if who.role.is_some() && seconds > CHAINED {
        return Err(Refusal::validation(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        ));
    }
    let session = Who {
        arn: format!(
            "arn:aws:sts::{}:assumed-role/{role_name}/{name}",
            account_of(arn)
        ),
        role: Some(arn.to_owned()),
        mfa: false,
        from_session: true,
    };
    let user = format!(
        "    <AssumedRoleUser>\n      <AssumedRoleId>{}</AssumedRoleId>\n      <Arn>{}</Arn>\n    </AssumedRoleUser>\n",
        escaped(&user_id(&session)),
        escaped(&session.arn)
    );
    Ok(credentials(&state.issue(session, seconds)) + &user)
}

/// Whether a right code was shown; a no when a wrong one was, or one of a device that is not the caller's.
fn shown_code(
    state: &mut State,
    who: &Who,
    serial: Option<&str>,
    code: Option<&str>,
) -> Answer<bool> {
    let (Some(serial), Some(code)) = (serial, code) else {
        return Ok(false);
    };
    let user = state.world.users.iter().find(|user| user.arn == who.arn);
    let device = user
        .and_then(|user| user.device.as_ref())
        .filter(|device| device.serial == serial && !who.from_session);
    let Some(device) = device else {
        return Err(Refusal::access_denied(
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is \
             valid and associated with this user.",
        ));
    };
    let shown = (serial.to_owned(), code.to_owned());
    let again = device.once && state.used_codes.contains(&shown);
    if again || !bool::from(device.code.as_bytes().ct_eq(code.as_bytes())) {
        return Err(Refusal::access_denied(
            "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
        ));
    }
    state.used_codes.push(shown);
    Ok(true)
}

fn trusts(trusted: &str, who: &Who) -> bool {
    let everyone = format!("arn:aws:iam::{}:root", account_of(&who.arn));
    trusted == who.arn || Some(trusted) == who.role.as_deref() || trusted == everyone
}

/// `Deploy` of `arn:aws:iam::111122223333:role/path/Deploy`.
fn role_name(arn: &str) -> Option<&str> {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    let ["arn", partition, "iam", "", account, resource] = parts[..] else {
        return None;
    };
    let usual = partition.starts_with("aws")
        && account.len() == 12
        && account.bytes().all(|byte| byte.is_ascii_digit());
    let name = resource.strip_prefix("role/")?.rsplit('/').next()?;
    (usual && !name.is_empty()).then_some(name)
}

fn user_id(who: &Who) -> String {
    match &who.role {
        None => id_of("AIDA", &who.arn),
        Some(role) => {
            let session = who.arn.rsplit('/').next().unwrap_or_default();
            format!("{}:{session}", id_of("AROA", role))
        }
    }
}

fn credentials(issued: &Issued) -> String {
    let (token, end) = (issued.token.as_deref(), issued.ends);
    format!(
        "    <Credentials>\n      <AccessKeyId>{}</AccessKeyId>\n      <SecretAccessKey>{}</SecretAccessKey>\n      \
         <SessionToken>{}</SessionToken>\n      <Expiration>{}</Expiration>\n    </Credentials>\n",
        issued.key_id,
        issued.secret,
        token.unwrap_or_default(),
        end.map(|end| end.to_string()).unwrap_or_default(),
    )
}
