//! Every refusal that a request can cause, and the answers beside them.

use local_aws::{Command, LocalAws, User, World, documentation as d};
use serde_json::{Value, json};

use super::boto3::{Boto3, Call, jo};

struct Bench {
    aws: LocalAws,
    boto3: Boto3,
}

impl Bench {
    fn new() -> Self {
        Self::of(World::documentation())
    }

    fn of(world: World) -> Self {
        Self {
            aws: LocalAws::start(world).expect("a port"),
            boto3: Boto3::start(),
        }
    }

    fn answered(&mut self, call: &Call) -> Value {
        let mut answer = self.boto3.call(&self.aws, call);
        assert!(answer.get("ok").is_some(), "{answer}");
        answer["ok"].take()
    }

    fn refused(&mut self, situation: &str, call: &Call, status: u16, code: &str, message: &str) {
        let answer = self.boto3.call(&self.aws, call);
        let told = (&answer["status"], &answer["code"], &answer["message"]);
        let wanted = (&json!(status), &json!(code), &json!(message));
        assert_eq!(told, wanted, "{situation}");
    }

    /// The first is answered, the second is not.
    fn differ(&mut self, situation: &str, calls: [&Call; 2], no: (u16, &str, &str)) {
        let answer = self.boto3.call(&self.aws, calls[0]);
        assert!(answer.get("ok").is_some(), "{situation}: {answer}");
        self.refused(situation, calls[1], no.0, no.1, no.2);
    }
}

fn not_authorized(caller: &str, role: &str) -> String {
    format!("User: {caller} is not authorized to perform: sts:AssumeRole on resource: {role}")
}

#[test]
fn whoever_is_let_in_gets_keys_that_work_and_is_who_they_say() {
    let mut bench = Bench::new();
    let jo = bench.answered(&Call::identity());
    assert_eq!(
        (&jo["Arn"], &jo["Account"]),
        (&json!(d::USER), &json!("111122223333"))
    );
    assert!(jo["UserId"].as_str().expect("an ID").starts_with("AIDA"));

    let first = bench.boto3.keys(&bench.aws, &Call::assume(d::ROLE));
    let second = Call::assume(d::SECOND_ROLE).signed_by(first.clone());
    let answer = bench.answered(&second);
    let session = "arn:aws:sts::444455556666:assumed-role/DeployEurope/jo";
    assert_eq!(answer["AssumedRoleUser"]["Arn"], json!(session));
    let second = bench.boto3.keys(&bench.aws, &second);
    let identity = bench.answered(&Call::identity().signed_by(second.clone()));
    assert_eq!(identity["Arn"], json!(session));
    assert_eq!(
        identity["UserId"],
        answer["AssumedRoleUser"]["AssumedRoleId"]
    );
    assert!(first.key_id.starts_with("ASIA") && second.key_id.starts_with("ASIA"));
    assert!(first.key_id != second.key_id && first.token != second.token);
}

#[test]
fn a_session_that_another_program_made_is_taken_as_its_own() {
    let mut bench = Bench::new();
    let session = "arn:aws:sts::111122223333:assumed-role/Deploy/elsewhere";
    let keys = bench.aws.issue(session, 900);
    let identity = bench.answered(&Call::identity().signed_by(keys.clone()));
    assert_eq!(identity["Arn"], json!(session));
    bench.answered(&Call::assume(d::SECOND_ROLE).signed_by(keys));
}

#[test]
fn a_role_lets_in_whom_it_trusts_and_tells_nobody_else_why() {
    let mut bench = Bench::new();
    let denied = |role| not_authorized(d::USER, role);
    let nobody = "arn:aws:iam::111122223333:role/Nobody";
    let good = Call::assume(d::ROLE);
    for (situation, role) in [("not trusted", d::LOCKED_ROLE), ("no such role", nobody)] {
        let bad = good.clone().with("RoleArn", role);
        bench.differ(
            situation,
            [&good, &bad],
            (403, "AccessDenied", &denied(role)),
        );
    }
    let good = Call::assume(d::PARTNER_ROLE).with("ExternalId", d::EXTERNAL_ID);
    for (situation, id) in [
        ("wrong", json!("acme-0000-EXAMPLE")),
        ("missing", Value::Null),
    ] {
        let bad = good.clone().with("ExternalId", id);
        let situation = format!("{situation} external ID");
        let no = (403, "AccessDenied", &*denied(d::PARTNER_ROLE));
        bench.differ(&situation, [&good, &bad], no);
    }
    let chained = Call::assume(d::SECOND_ROLE);
    let first = bench.boto3.keys(&bench.aws, &Call::assume(d::ROLE));
    let good = chained.clone().signed_by(first);
    let no = (403, "AccessDenied", &*denied(d::SECOND_ROLE));
    bench.differ("the role is trusted, not its user", [&good, &chained], no);
}

#[test]
fn a_role_that_wants_a_code_wants_the_right_one_of_the_callers_device() {
    let mut bench = Bench::new();
    let good = Call::assume(d::MFA_ROLE)
        .with("SerialNumber", d::DEVICE)
        .with("TokenCode", d::CODE);
    let denied = not_authorized(d::USER, d::MFA_ROLE);
    let bad = good
        .clone()
        .with("SerialNumber", Value::Null)
        .with("TokenCode", Value::Null);
    bench.differ("no code", [&good, &bad], (403, "AccessDenied", &denied));
    let bad = good.clone().with("TokenCode", "654321");
    let wrong = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    bench.differ("wrong code", [&good, &bad], (403, "AccessDenied", wrong));
    let bad = good
        .clone()
        .with("SerialNumber", "arn:aws:iam::111122223333:mfa/ann");
    let whose = "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number \
                 is valid and associated with this user.";
    bench.differ(
        "another's device",
        [&good, &bad],
        (403, "AccessDenied", whose),
    );

    let session = Call::session()
        .with("SerialNumber", d::DEVICE)
        .with("TokenCode", d::CODE);
    let shown = bench.boto3.keys(&bench.aws, &session);
    let plain = bench.boto3.keys(&bench.aws, &Call::session());
    let good = Call::assume(d::MFA_ROLE).signed_by(shown);
    let bad = Call::assume(d::MFA_ROLE).signed_by(plain);
    bench.differ(
        "a session made without a code",
        [&good, &bad],
        (403, "AccessDenied", &denied),
    );
}

#[test]
fn a_code_that_is_good_once_is_refused_the_second_time() {
    let mut world = World::documentation();
    world.users[0].device.as_mut().expect("a device").once = true;
    let mut bench = Bench::of(world);
    let call = Call::assume(d::MFA_ROLE)
        .with("SerialNumber", d::DEVICE)
        .with("TokenCode", d::CODE);
    let wrong = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    bench.differ("again", [&call, &call], (403, "AccessDenied", wrong));
}

#[test]
fn no_session_is_longer_than_the_role_and_the_chain_allow() {
    let mut bench = Bench::new();
    let of = |seconds| Call::assume(d::ROLE).with("DurationSeconds", seconds);
    let most = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    bench.differ(
        "role's most",
        [&of(7200), &of(7201)],
        (400, "ValidationError", most),
    );

    let first = bench.boto3.keys(&bench.aws, &Call::assume(d::ROLE));
    let of = |seconds| {
        let call = Call::assume(d::SECOND_ROLE).signed_by(first.clone());
        call.with("DurationSeconds", seconds)
    };
    let hour = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
    bench.differ(
        "chained",
        [&of(3600), &of(3601)],
        (400, "ValidationError", hour),
    );
}

/// Who calls, which parameter, a value that is taken, one that is not, and what it breaks.
const LIMITS: &str = r"
role    | DurationSeconds | 900                          | 899                   | have value greater than or equal to 900
role    | DurationSeconds | 3600                         | 43201                 | have value less than or equal to 43200
session | DurationSeconds | 129600                       | 129601                | have value less than or equal to 129600
role    | RoleSessionName | ab                           | a                     | have length greater than or equal to 2
role    | RoleSessionName | {64}                         | {65}                  | have length less than or equal to 64
role    | RoleSessionName | a@b                          | a b                   | satisfy regular expression pattern: [\w+=,.@-]*
role    | RoleArn         | {role}                       | arn:aws:iam::1:role   | have length greater than or equal to 20
partner | ExternalId      | acme-7c4f-EXAMPLE            | x                     | have length greater than or equal to 2
partner | ExternalId      | acme-7c4f-EXAMPLE            | a#b                   | satisfy regular expression pattern: [\w+=,.@:\/-]*
mfa     | SerialNumber    | {device}                     | 12345678              | have length greater than or equal to 9
mfa     | SerialNumber    | {device}                     | a device of jo's      | satisfy regular expression pattern: [\w+=/:,.@-]*
mfa     | TokenCode       | 123456                       | 12345                 | have length greater than or equal to 6
mfa     | TokenCode       | 123456                       | 1234567               | have length less than or equal to 6
mfa     | TokenCode       | 123456                       | 12345a                | satisfy regular expression pattern: [\d]*
";

#[test]
fn parameters_keep_the_limits_of_the_model() {
    let mut bench = Bench::new();
    let table = LIMITS
        .replace("{64}", &"x".repeat(64))
        .replace("{65}", &"x".repeat(65))
        .replace("{role}", d::ROLE)
        .replace("{device}", d::DEVICE);
    for row in table.trim().lines() {
        let row: Vec<_> = row.split('|').map(str::trim).collect();
        let [who, name, good, bad, constraint] = row[..] else {
            unreachable!("five columns: {row:?}")
        };
        let call = match who {
            "session" => Call::session(),
            "partner" => Call::assume(d::PARTNER_ROLE).with("ExternalId", d::EXTERNAL_ID),
            "mfa" => Call::assume(d::MFA_ROLE)
                .with("SerialNumber", d::DEVICE)
                .with("TokenCode", d::CODE),
            _ => Call::assume(d::ROLE),
        };
        let member = name[..1].to_lowercase() + &name[1..];
        let message = format!(
            "1 validation error detected: Value '{bad}' at '{member}' failed to satisfy constraint: Member must {constraint}"
        );
        let calls = [
            &call.clone().with(name, good),
            &call.clone().with(name, bad),
        ];
        bench.differ(name, calls, (400, "ValidationError", &message));
    }
}

#[test]
fn what_is_missing_malformed_or_wrong_twice_is_told_at_once() {
    let mut bench = Bench::new();
    let role = Call::assume(d::ROLE);
    let two = role
        .clone()
        .with("RoleSessionName", "a")
        .with("DurationSeconds", 1);
    let message = "2 validation errors detected: Value 'a' at 'roleSessionName' failed to satisfy constraint: Member must \
                   have length greater than or equal to 2; Value '1' at 'durationSeconds' failed to satisfy constraint: \
                   Member must have value greater than or equal to 900";
    bench.differ(
        "two at once",
        [&role, &two],
        (400, "ValidationError", message),
    );
    let none = role.clone().with("RoleSessionName", Value::Null);
    let message = "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must \
                   not be null";
    bench.differ("no name", [&role, &none], (400, "ValidationError", message));
    let user = role
        .clone()
        .with("RoleArn", "arn:aws:iam::111122223333:user/jo");
    bench.differ(
        "no role's ARN",
        [&role, &user],
        (400, "ValidationError", "Request ARN is invalid"),
    );
    let escape = role
        .clone()
        .with("RoleArn", "arn:aws:iam::111122223333:role/\u{1b}[2J");
    let message = "1 validation error detected: Value 'arn:aws:iam::111122223333:role/\u{fffd}[2J' at 'roleArn' failed to \
                   satisfy constraint: Member must satisfy regular expression pattern: \
                   [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+";
    bench.differ(
        "an escape",
        [&role, &escape],
        (400, "ValidationError", message),
    );
    let word = role.clone().with("DurationSeconds", "long");
    let message = "DurationSeconds is no whole number";
    bench.differ(
        "no number",
        [&role, &word],
        (400, "MalformedInput", message),
    );
}

#[test]
fn a_key_is_good_with_its_own_secret_and_token_until_it_ends_or_is_revoked() {
    let mut bench = Bench::of(World::documentation().session_seconds(120));
    let unknown = (
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
    );
    let mismatch = "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                    Access Key and signing method. Consult the service documentation for details.";
    let good = Call::identity();

    let mut key = jo();
    key.key_id = "AKIAI44QH8DHBEXAMPLE".to_owned();
    bench.differ(
        "unknown key",
        [&good, &good.clone().signed_by(key)],
        unknown,
    );
    let mut key = jo();
    key.secret = key.secret.replace('+', "/");
    let no = (403, "SignatureDoesNotMatch", mismatch);
    bench.differ("wrong secret", [&good, &good.clone().signed_by(key)], no);
    let mut unsigned = good.clone();
    unsigned.key = None;
    let no = (
        403,
        "MissingAuthenticationToken",
        "Request is missing Authentication Token",
    );
    bench.differ("no signature", [&good, &unsigned], no);

    let session = bench.boto3.keys(&bench.aws, &Call::assume(d::ROLE));
    let other = bench.boto3.keys(&bench.aws, &Call::assume(d::ROLE));
    let by_session = good.clone().signed_by(session.clone());
    for (situation, token) in [("no token", None), ("another's token", other.token)] {
        let mut key = session.clone();
        key.token = token;
        bench.differ(
            situation,
            [&by_session, &good.clone().signed_by(key)],
            unknown,
        );
    }
    let mut key = jo();
    key.token = session.token.clone();
    bench.differ(
        "a user's key with a token",
        [&good, &good.clone().signed_by(key)],
        unknown,
    );
    let denied = (
        403,
        "AccessDenied",
        "Cannot call GetSessionToken with session credentials",
    );
    let own = bench.boto3.keys(&bench.aws, &Call::session());
    for session in [&session, &own] {
        let bad = Call::session().signed_by(session.clone());
        bench.differ("a session of a session", [&Call::session(), &bad], denied);
    }

    bench.aws.advance(110);
    bench.answered(&by_session);
    bench.aws.advance(11);
    let ended = "The security token included in the request is expired";
    bench.refused("ended", &by_session, 403, "ExpiredToken", ended);

    bench.answered(&good);
    let revoke = Command::Revoke {
        key_id: d::KEY_ID.to_owned(),
    };
    bench.aws.control(revoke).expect("jo's key is known");
    bench.refused("revoked", &good, unknown.0, unknown.1, unknown.2);
}

#[test]
fn a_signature_is_good_for_five_minutes_either_way() {
    let mut bench = Bench::new();
    for (near, beyond, start) in [
        (290, 11, "Signature expired: "),
        (-590, -12, "Signature not yet current: "),
    ] {
        bench.aws.advance(near);
        bench.answered(&Call::identity());
        bench.aws.advance(beyond);
        let answer = bench.boto3.call(&bench.aws, &Call::identity());
        assert_eq!(
            (&answer["status"], &answer["code"]),
            (&json!(403), &json!("SignatureDoesNotMatch"))
        );
        let message = answer["message"].as_str().expect("a sentence");
        assert!(message.starts_with(start), "{message}");
        assert!(message.ends_with("5 min.)"), "{message}");
    }
}

#[test]
fn a_key_that_was_rotated_gives_way_to_the_new_one() {
    let world = World::default().user(User::new(d::USER).key(d::KEY_ID, d::SECRET));
    let mut bench = Bench::of(world);
    bench.answered(&Call::identity());
    let rotate = Command::Rotate {
        key_id: d::KEY_ID.to_owned(),
    };
    let new = bench.aws.control(rotate).expect("jo's key is known");
    let new = Call::identity().signed_by(serde_json::from_value(new).expect("keys"));
    assert_eq!(bench.answered(&new)["Arn"], json!(d::USER));
    let unknown = "The security token included in the request is invalid.";
    bench.refused(
        "the old one",
        &Call::identity(),
        403,
        "InvalidClientTokenId",
        unknown,
    );
}
