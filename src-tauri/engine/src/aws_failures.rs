//! What AWS, or the way there, says no with, as sentences: what happened, to what, and what to do. AWS's own words are
//! somebody else's text: they decide little and are shown escaped and short.
//! Source for the codes: AWS STS API Reference, “Common Errors” and the errors of `AssumeRole`.

use jiff::Timestamp;
use rolecall_core::{
    document::escape_line,
    profiles::{
        Profile, Source,
        endpoint::{BadEndpoint, Endpoint, Host},
        plan::Obstacle,
    },
};

use crate::{
    failure::Failure,
    snapshot::Snapshot,
    view::FailureCode,
    world::aws::{AwsError, AwsErrorKind},
};

/// AWS accepts a signature made this many seconds ago or ahead.
const CLOCK_SECONDS: i64 = 5 * 60;

/// What was asked, for the sentence about its answer.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Whose keys signed: a profile's name, or the role before.
    pub(crate) caller: String,
    /// The role that was asked for; none for `GetCallerIdentity`.
    pub(crate) role: Option<String>,
    /// How long it should have lasted, in seconds.
    pub(crate) seconds: Option<u32>,
    /// The region.
    pub(crate) region: String,
    /// The address, where it is not AWS's own.
    pub(crate) endpoint: Option<Endpoint>,
    /// The time that the request was signed with.
    pub(crate) now: Timestamp,
}

impl Asked {
    fn place(&self) -> String {
        self.endpoint.as_ref().map_or_else(
            || format!("sts.{}", self.region),
            |endpoint| endpoint.authority.clone(),
        )
    }

    /// Who speaks, where it may be LocalStack.
    fn speaker(&self) -> String {
        match &self.endpoint {
            Some(endpoint) if endpoint.host != Host::Aws => endpoint.authority.clone(),
            _ => "AWS".into(),
        }
    }
}

impl Failure {
    /// AWS, or the way there, said no.
    pub(crate) fn of_aws(error: &AwsError, asked: &Asked) -> Self {
        let host = asked
            .endpoint
            .as_ref()
            .map_or(Host::Aws, |endpoint| endpoint.host);
        match error.kind {
            AwsErrorKind::Refused => Self::said_no(error, asked),
            kind => Self::on_the_way(kind, &asked.place(), host, "STS"),
        }
    }

    /// What kept an answer from coming, or made it none.
    pub(crate) fn on_the_way(kind: AwsErrorKind, place: &str, host: Host, service: &str) -> Self {
        let offline =
            |cause, message, hint: &str| Self::new(FailureCode::Offline, cause, message, hint);
        match (kind, host) {
            (AwsErrorKind::Unreachable, Host::Aws) => offline(
                "net.offline",
                format!("You're offline: no connection to {place}."),
                "Your files still work. Connect, then try again.",
            ),
            (AwsErrorKind::Unreachable, Host::Loopback) => offline(
                "endpoint.down",
                format!("LocalStack isn't running: nothing answers at {place}."),
                "Start it (localstack start), then try again.",
            ),
            (AwsErrorKind::Unreachable, Host::Other) => offline(
                "endpoint.down",
                format!("Nothing answers at {place}."),
                "Look whether the address is right and its server runs, then try again.",
            ),
            (AwsErrorKind::NotAws, _) => offline(
                "endpoint.notAws",
                format!(
                    "What answers at {place} is not {}.",
                    if host == Host::Aws { "AWS" } else { service }
                ),
                "Look whether the address is right; a web page or another program is there.",
            ),
            (AwsErrorKind::TimedOut, _) => offline(
                "net.timeout",
                format!("{place} did not answer in time."),
                "Look at your connection, then try again.",
            ),
            (AwsErrorKind::Cut, _) => offline(
                "net.reset",
                format!("The connection to {place} broke off before the answer was whole."),
                "Try again.",
            ),
            (AwsErrorKind::Untrusted, _) => offline(
                "net.tls",
                format!("The connection to {place} was replaced by another certificate."),
                "A company proxy may inspect traffic: add its certificate to the system's.",
            ),
            (AwsErrorKind::Unmade | AwsErrorKind::Refused, _) => Self::new(
                FailureCode::Bug,
                "aws.unmade",
                format!("The request to {place} could not be made."),
                "Please report this, with the role and the region.",
            ),
        }
    }

    fn said_no(error: &AwsError, asked: &Asked) -> Self {
        let denied =
            |cause, message, hint: &str| Self::new(FailureCode::Denied, cause, message, hint);
        let caller = escape_line(&asked.caller).into_owned();
        let role = escape_line(asked.role.as_deref().unwrap_or("this")).into_owned();
        let speaker = asked.speaker();
        let words = error.message.as_deref().unwrap_or_default();
        let code = error.code.as_deref().unwrap_or_default();
        if let Some(off) = clock_off(error, asked.now)
            && is_about_time(code)
        {
            return denied(
                "sts.clock",
                format!("Your computer's clock is {off}."),
                "AWS accepts 5 minutes at most. Set the clock, then try again.",
            );
        }
        match code {
            // One code for two things: only the words tell a wrong code from a role that may not be assumed.
            "AccessDenied" if words.starts_with("MultiFactorAuthentication failed") => denied(
                "sts.mfaRejected",
                "That code was refused.".into(),
                "It was mistyped, was used already, or the clock is off. Wait for the next code.",
            ),
            "AccessDenied" | "AccessDeniedException" if asked.role.is_some() => denied(
                "sts.notTrusted",
                format!(
                    "{} may not assume {role}.",
                    denied_to(words).unwrap_or(caller)
                ),
                "The role doesn't trust it, a condition (MFA code, external ID) isn't met, or there is no such role; AWS \
                 doesn't say which. Look at the role's trust policy, and at external_id and mfa_serial of the profile.",
            ),
            "InvalidClientTokenId" | "UnrecognizedClientException" | "InvalidAccessKeyId" => {
                denied(
                    "sts.invalidKey",
                    format!("{speaker} doesn't know the access key of {caller}."),
                    "It was deleted, never existed, or belongs to another partition or to LocalStack. Look in IAM, or \
                 replace the keys.",
                )
            }
            "SignatureDoesNotMatch" | "IncompleteSignature" | "InvalidSignatureException" => {
                denied(
                    "sts.badSignature",
                    format!("The secret of {caller} doesn't fit its key ID."),
                    "A character was lost in the copy. Paste both again.",
                )
            }
            "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => Self::new(
                FailureCode::Expired,
                "sts.expired",
                format!("The keys of {caller} have ended."),
                "Renew them, or sign in again.",
            ),
            "ValidationError"
                if words.contains("DurationSeconds") || words.contains("durationSeconds") =>
            {
                let asked = asked.seconds.map_or_else(|| "so long".into(), length);
                denied(
                    "sts.duration",
                    format!("{role} doesn't allow {asked}."),
                    "Set duration_seconds to 3600 (1 hour), or leave it out.",
                )
            }
            "RegionDisabledException" => denied(
                "sts.regionOff",
                format!("{} isn't switched on for this account.", asked.region),
                "Choose another region, or switch this one on in the account's settings.",
            ),
            "Throttling"
            | "ThrottlingException"
            | "RequestLimitExceeded"
            | "TooManyRequestsException" => denied(
                "sts.throttled",
                format!("{speaker} asked us to slow down."),
                "Wait a moment, then try again.",
            ),
            _ => {
                let words: String = words.chars().take(200).collect();
                denied(
                    "sts.refused",
                    format!(
                        "{speaker} refused {}: {} ({}).",
                        if asked.role.is_some() {
                            format!("to let {caller} assume {role}")
                        } else {
                            format!("to say who {caller} is")
                        },
                        escape_line(words.trim_end_matches('.')),
                        escape_line(code)
                    ),
                    "Look at the profile's values, then try again.",
                )
            }
        }
    }

    /// An address that no call goes to. `named` is where it stands.
    pub(crate) fn bad_endpoint(url: &str, named: &str, bad: BadEndpoint) -> Self {
        let short: String = url.chars().take(100).collect();
        let url = escape_line(&short);
        let (cause, message, hint) = match bad {
            BadEndpoint::NoUrl => (
                "endpoint.noUrl",
                format!("“{url}” ({named}) is no address."),
                "Write it as http://localhost:4566 or https://host.",
            ),
            BadEndpoint::PlainHttp => (
                "endpoint.plainHttp",
                format!("“{url}” ({named}) would send keys unencrypted to another computer."),
                "Use https; http is for this computer alone.",
            ),
        };
        Self::new(FailureCode::Unsupported, cause, message, hint)
    }

    /// A file or a variable names somebody else's host.
    pub(crate) fn strange_endpoint(profile: &str, named: &str, endpoint: &Endpoint) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "endpoint.notAws",
            format!(
                "{} would send its calls to {}, which is not AWS ({named}).",
                escape_line(profile),
                endpoint.authority
            ),
            "If you mean that, make an account with this endpoint.",
        )
    }

    /// Nothing can be asked for this profile from here.
    pub(crate) fn obstacle(snapshot: &Snapshot, obstacle: &Obstacle) -> Self {
        let profile = |id| snapshot.home().profile(id);
        let name = |profile: Profile<'_>| escape_line(profile.name()).into_owned();
        let no =
            |cause, message, hint: &str| Self::new(FailureCode::Unsupported, cause, message, hint);
        match obstacle {
            Obstacle::Loop => no(
                "chain.loop",
                "Its chain goes in a circle.".into(),
                "Choose where it starts: one of its profiles needs keys of its own.",
            ),
            Obstacle::NoSource { last } => {
                let last = profile(*last);
                let message = match last.get("source_profile") {
                    Some(source) if last.starts_from().is_none() => {
                        format!(
                            "{} starts from {}, which does not exist.",
                            name(last),
                            escape_line(&source.value)
                        )
                    }
                    _ => format!("{} names a role and no source.", name(last)),
                };
                no(
                    "chain.missingSource",
                    message,
                    "Set source_profile to a profile that has keys.",
                )
            }
            Obstacle::NoKeys(id) => no(
                "keys.none",
                format!("{} has no keys of its own.", name(profile(*id))),
                "Add both the key ID and the secret, or choose another profile.",
            ),
            Obstacle::NoToken(id) => no(
                "keys.noToken",
                format!(
                    "{} has the keys of a session but no session token.",
                    name(profile(*id))
                ),
                "Paste all three lines again: keys that begin with ASIA work only with their session token.",
            ),
            Obstacle::Elsewhere { base, source } => elsewhere(&name(profile(*base)), *source),
            Obstacle::Portal { base, bad } => Self::bad_portal(profile(*base).name(), bad),
            Obstacle::Value {
                profile: id,
                key,
                rule,
            } => no(
                "value.refused",
                format!(
                    "The {key} of {} can't be sent to AWS as it is.",
                    name(profile(*id))
                ),
                rule,
            ),
            Obstacle::RegionOfVariable => no(
                "value.refused",
                "AWS_REGION or AWS_DEFAULT_REGION holds something that is no region.".into(),
                "It looks like eu-west-1.",
            ),
            Obstacle::TwoDevices => no(
                "mfa.twoDevices",
                "Two of its roles want codes of two different devices.".into(),
                "Assume the first of them by itself; this one then starts from there.",
            ),
            Obstacle::TooLong => no(
                "chain.tooLong",
                "There are more than 50 roles in a row.".into(),
                "Start from a profile nearer to the end.",
            ),
        }
    }

    /// There is no role to assume.
    pub(crate) fn no_role(profile: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "assume.noRole",
            format!(
                "{} is no role; its keys are used as they are.",
                escape_line(profile)
            ),
            "Choose a profile with role_arn.",
        )
    }

    /// The role has no keys yet.
    pub(crate) fn not_assumed(profile: &str) -> Self {
        Self::new(
            FailureCode::Expired,
            "session.none",
            format!(
                "{} is a role that nobody has assumed yet.",
                escape_line(profile)
            ),
            "Assume it first.",
        )
    }

    /// The session has ended, or is about to.
    pub(crate) fn session_over(profile: &str, seconds_left: i64) -> Self {
        let profile = escape_line(profile);
        let message = if seconds_left > 0 {
            format!(
                "The session of {profile} ends in {}.",
                minutes(seconds_left)
            )
        } else {
            format!(
                "The session of {profile} ended {} ago.",
                minutes(-seconds_left)
            )
        };
        Self::new(
            FailureCode::Expired,
            "session.ended",
            message,
            "Assume it again.",
        )
    }

    /// All calls together took too long.
    pub(crate) fn assuming_took_too_long(profile: &str) -> Self {
        Self::new(
            FailureCode::Offline,
            "net.timeout",
            format!("{} was not assumed within a minute.", escape_line(profile)),
            "Look at your connection, then try again.",
        )
    }

    /// `credential_source = Environment`, and there are none.
    pub(crate) fn no_environment_keys() -> Self {
        Self::new(
            FailureCode::Unsupported,
            "keys.none",
            "The role starts from keys in the environment, and there are none.".into(),
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then start Rolecall again.",
        )
    }

    /// A code is wanted where nobody can be asked.
    pub fn code_needed(device: &str) -> Self {
        Self::new(
            FailureCode::Expired,
            "mfa.needed",
            format!("A code of the device {} is wanted.", escape_line(device)),
            "Nobody can be asked here: assume the role in Rolecall, or run rolecall assume --mfa -",
        )
    }

    /// What was typed is no code of a device.
    pub(crate) fn no_code() -> Self {
        Self::new(
            FailureCode::Denied,
            "sts.mfaRejected",
            "That is no code: a code has six digits.".into(),
            "Type what the device shows now.",
        )
    }

    /// A role from a role can't last as long as was asked for.
    pub(crate) fn chained_too_long(role: &str) -> Self {
        Self::new(
            FailureCode::Denied,
            "sts.duration",
            format!(
                "{} starts from another role, so it lasts 1 hour at most.",
                escape_line(role)
            ),
            "Ask for 1 hour or less.",
        )
    }
}

fn elsewhere(base: &str, source: Source) -> Failure {
    let (what, hint) = match source {
        Source::Process => (
            format!("A program gives the keys of {base}, and Rolecall does not run it yet."),
            "Use the AWS CLI with this profile.",
        ),
        Source::WebIdentity => (
            format!("{base} starts from a token file, and Rolecall does not read it yet."),
            "Use the AWS CLI with this profile.",
        ),
        _ => (
            format!(
                "{base} gets its keys from the machine it runs on, an instance or a container."
            ),
            "Use it there.",
        ),
    };
    Failure::new(FailureCode::Unsupported, "source.elsewhere", what, hint)
}

/// Signatures and tokens are refused for their time with these codes.
fn is_about_time(code: &str) -> bool {
    matches!(
        code,
        "SignatureDoesNotMatch"
            | "InvalidSignatureException"
            | "RequestExpired"
            | "RequestTimeTooSkewed"
            | "ExpiredToken"
            | "ExpiredTokenException"
            | "AccessDenied"
            | "AuthFailure"
    )
}

/// How far our clock is from the answer's, where that is more than AWS accepts.
pub(crate) fn clock_off(error: &AwsError, now: Timestamp) -> Option<String> {
    let ahead = now.as_second() - error.server_time?.as_second();
    let way = if ahead > 0 { "ahead" } else { "behind" };
    (ahead.abs() >= CLOCK_SECONDS).then(|| format!("{} {way}", minutes(ahead.abs())))
}

/// The name behind `User: arn:… is not authorized`, as AWS tells it to who is denied.
fn denied_to(words: &str) -> Option<String> {
    let arn = words.strip_prefix("User: ")?.split(' ').next()?;
    let name = arn.strip_prefix("arn:")?.splitn(5, ':').nth(4)?;
    let name = name.strip_prefix("user/").unwrap_or(name);
    let short: String = name.chars().take(140).collect();
    (!short.is_empty()).then(|| escape_line(&short).into_owned())
}

fn minutes(seconds: i64) -> String {
    match (seconds + 30) / 60 {
        0 => "less than a minute".into(),
        1 => "1 minute".into(),
        minutes if minutes < 120 => format!("{minutes} minutes"),
        minutes => format!("{} hours", (minutes + 30) / 60),
    }
}

/// `2 hours`, `90 minutes`.
fn length(seconds: u32) -> String {
    match seconds {
        3600 => "1 hour".into(),
        seconds if seconds % 3600 == 0 => format!("{} hours", seconds / 3600),
        seconds => minutes(seconds.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(endpoint: Option<&str>) -> Asked {
        Asked {
            caller: "acme".into(),
            role: Some("Deploy".into()),
            seconds: Some(7200),
            region: "eu-west-1".into(),
            endpoint: endpoint.map(|url| Endpoint::parse(url).expect("an address")),
            now: "2026-11-22T12:00:00Z".parse().expect("a time"),
        }
    }

    fn refused(code: &str, message: &str) -> AwsError {
        AwsError {
            kind: AwsErrorKind::Refused,
            code: Some(code.into()),
            message: Some(message.into()),
            status: Some(403),
            request_id: None,
            server_time: Some("2026-11-22T12:00:01Z".parse().expect("a time")),
        }
    }

    fn told(error: &AwsError, endpoint: Option<&str>) -> (&'static str, String) {
        let failure = Failure::of_aws(error, &asked(endpoint));
        (failure.cause.expect("a cause"), failure.message)
    }

    #[test]
    fn each_no_of_aws_has_its_sentence() {
        let table = [
            (
                "AccessDenied",
                "User: arn:aws:iam::111122223333:user/commandeer-dev-base is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/Deploy",
                "sts.notTrusted",
                "commandeer-dev-base may not assume Deploy.",
            ),
            (
                "AccessDenied",
                "Access denied",
                "sts.notTrusted",
                "acme may not assume Deploy.",
            ),
            (
                "AccessDenied",
                "MultiFactorAuthentication failed with invalid MFA one time pass code.",
                "sts.mfaRejected",
                "That code was refused.",
            ),
            (
                "InvalidClientTokenId",
                "",
                "sts.invalidKey",
                "AWS doesn't know the access key of acme.",
            ),
            (
                "SignatureDoesNotMatch",
                "",
                "sts.badSignature",
                "The secret of acme doesn't fit its key ID.",
            ),
            (
                "ExpiredToken",
                "",
                "sts.expired",
                "The keys of acme have ended.",
            ),
            (
                "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
                "sts.duration",
                "Deploy doesn't allow 2 hours.",
            ),
            (
                "RegionDisabledException",
                "",
                "sts.regionOff",
                "eu-west-1 isn't switched on for this account.",
            ),
            (
                "Throttling",
                "Rate exceeded",
                "sts.throttled",
                "AWS asked us to slow down.",
            ),
            (
                "Odd\u{1b}[2J",
                "a\u{1b}]0;b",
                "sts.refused",
                "AWS refused to let acme assume Deploy: a\\u{1b}]0;b (Odd\\u{1b}[2J).",
            ),
        ];
        for (code, message, cause, sentence) in table {
            let (found, text) = told(&refused(code, message), None);
            assert!(!text.contains('\u{1b}'), "{text:?}");
            assert_eq!(found, cause, "{code}");
            if !code.starts_with("Odd") {
                assert_eq!(text, sentence, "{code}");
            }
        }
    }

    #[test]
    fn a_clock_that_is_off_is_said_with_its_minutes() {
        let mut error = refused("SignatureDoesNotMatch", "Signature expired: …");
        error.server_time = Some("2026-11-22T11:50:00Z".parse().expect("a time"));
        assert_eq!(
            told(&error, None),
            (
                "sts.clock",
                "Your computer's clock is 10 minutes ahead.".into()
            )
        );
        error.server_time = Some("2026-11-22T12:07:00Z".parse().expect("a time"));
        assert_eq!(
            told(&error, None).1,
            "Your computer's clock is 7 minutes behind."
        );
        error.server_time = Some("2026-11-22T12:04:00Z".parse().expect("a time"));
        assert_eq!(told(&error, None).0, "sts.badSignature");
    }

    #[test]
    fn the_way_there_is_told_by_who_should_have_answered() {
        let at = |kind, endpoint| {
            let error = AwsError {
                kind,
                code: None,
                ..refused("", "")
            };
            told(&error, endpoint)
        };
        let local = Some("http://localhost:4566");
        assert_eq!(
            at(AwsErrorKind::Unreachable, local),
            (
                "endpoint.down",
                "LocalStack isn't running: nothing answers at localhost:4566.".into()
            )
        );
        assert_eq!(
            at(AwsErrorKind::Unreachable, None),
            (
                "net.offline",
                "You're offline: no connection to sts.eu-west-1.".into()
            )
        );
        assert_eq!(at(AwsErrorKind::NotAws, local).0, "endpoint.notAws");
        assert_eq!(at(AwsErrorKind::TimedOut, None).0, "net.timeout");
        assert_eq!(at(AwsErrorKind::Cut, None).0, "net.reset");
        assert_eq!(at(AwsErrorKind::Untrusted, None).0, "net.tls");
    }
}
