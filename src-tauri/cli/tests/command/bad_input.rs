//! Bad input at the command: an AWS that refuses, breaks off or lies, a clock that is off, values that can't be asked
//! with. Each row at `assume` and at `env`: the exact sentence, what to do, the exit code, and the same in JSON.

use std::{fs, path::Path};

use local_aws::{LocalAws, Scripted, World, documentation as d};
use serde_json::json;

use super::home::Home;

/// What stands in the way, and what is said of it.
struct Row {
    what: &'static str,
    profile: &'static str,
    /// What AWS answers instead of the truth.
    answer: Option<Scripted>,
    /// Changes `config`: this text becomes that one.
    config: (&'static str, &'static str),
    /// How far ahead AWS's clock is, in seconds.
    clock: i64,
    /// Typed for `--mfa -`.
    code: &'static str,
    wanted: Wanted,
}

struct Wanted {
    code: &'static str,
    cause: &'static str,
    /// `HOST` is where AWS listens.
    message: &'static str,
    hint: &'static str,
}

const NOT_STS: Wanted = Wanted {
    code: "offline",
    cause: "endpoint.notAws",
    message: "What answers at HOST is not STS.",
    hint: "Look whether the address is right; a web page or another program is there.",
};

fn row(what: &'static str, wanted: Wanted) -> Row {
    Row {
        what,
        profile: "deploy",
        answer: None,
        config: ("", ""),
        clock: 0,
        code: "",
        wanted,
    }
}

fn answered(what: &'static str, answer: Scripted, wanted: Wanted) -> Row {
    Row {
        answer: Some(answer),
        ..row(what, wanted)
    }
}

fn page(content_type: &str, body: &str) -> Scripted {
    Scripted::Page {
        status: 200,
        content_type: content_type.into(),
        body: body.into(),
    }
}

const ENDED: &str = "<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId>\
    <Arn>arn:aws:sts::111122223333:assumed-role/Deploy/rolecall-jo</Arn></AssumedRoleUser><Credentials>\
    <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>\
    <Expiration>2020-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

/// An AWS that doesn't say what it should.
fn of_the_server() -> Vec<Row> {
    vec![
        answered(
            "a page of HTML",
            page("text/html", "<html><body>Sign in</body></html>"),
            NOT_STS,
        ),
        answered("half an answer", Scripted::Truncated, NOT_STS),
        answered("keys that ended long ago", page("text/xml", ENDED), NOT_STS),
        answered(
            "a reset in the middle",
            Scripted::Reset,
            Wanted {
                code: "offline",
                cause: "net.reset",
                message: "The connection to HOST broke off before the answer was whole.",
                hint: "Try again.",
            },
        ),
        answered(
            "a busy server",
            Scripted::Throttled,
            Wanted {
                code: "denied",
                cause: "sts.throttled",
                message: "HOST asked us to slow down.",
                hint: "Wait a moment, then try again.",
            },
        ),
        answered(
            "a region that is off",
            Scripted::RegionDisabled,
            Wanted {
                code: "denied",
                cause: "sts.regionOff",
                message: "eu-west-1 isn't switched on for this account.",
                hint: "Choose another region, or switch this one on in the account's settings.",
            },
        ),
    ]
}

/// A person who may not, at a time that is not, with values that are wrong.
fn of_the_caller() -> Vec<Row> {
    vec![
        Row {
            profile: "locked",
            ..row(
                "a role that trusts somebody else",
                Wanted {
                    code: "denied",
                    cause: "sts.notTrusted",
                    message: "jo may not assume Locked.",
                    hint: "The role doesn't trust it, a condition (MFA code, external ID) isn't met, or there is no such role; AWS \
                           doesn't say which. Look at the role's trust policy, and at external_id and mfa_serial of the profile.",
                },
            )
        },
        Row {
            profile: "admin",
            code: "000000\n",
            ..row(
                "a wrong code",
                Wanted {
                    code: "denied",
                    cause: "sts.mfaRejected",
                    message: "That code was refused.",
                    hint: "It was mistyped, was used already, or the clock is off. Wait for the next code.",
                },
            )
        },
        Row {
            clock: -600,
            ..row(
                "a clock that is ten minutes ahead",
                Wanted {
                    code: "denied",
                    cause: "sts.clock",
                    message: "Your computer's clock is 10 minutes ahead.",
                    hint: "AWS accepts 5 minutes at most. Set the clock, then try again.",
                },
            )
        },
        Row {
            clock: 600,
            ..row(
                "a clock that is ten minutes behind",
                Wanted {
                    code: "denied",
                    cause: "sts.clock",
                    message: "Your computer's clock is 10 minutes behind.",
                    hint: "AWS accepts 5 minutes at most. Set the clock, then try again.",
                },
            )
        },
        Row {
            config: ("source_profile = jo", "source_profile = half"),
            ..row(
                "keys of a session without their token",
                Wanted {
                    code: "unsupported",
                    cause: "keys.noToken",
                    message: "half has the keys of a session but no session token.",
                    hint: "Paste all three lines again: keys that begin with ASIA work only with their session token.",
                },
            )
        },
        Row {
            config: ("endpoint_url = URL", "endpoint_url = not a url"),
            ..row(
                "an endpoint that is no URL",
                Wanted {
                    code: "unsupported",
                    cause: "endpoint.noUrl",
                    message: "“not a url” (endpoint_url) is no address.",
                    hint: "Write it as http://localhost:4566 or https://host.",
                },
            )
        },
        Row {
            config: ("endpoint_url = URL", "endpoint_url = http://127.0.0.1:9"),
            ..row(
                "an endpoint where nobody is",
                Wanted {
                    code: "offline",
                    cause: "endpoint.down",
                    message: "LocalStack isn't running: nothing answers at 127.0.0.1:9.",
                    hint: "Start it (localstack start), then try again.",
                },
            )
        },
    ]
}

fn home(url: &str, (from, to): (&str, &str)) -> Home {
    let role = |name, arn, rest| {
        format!(
            "[profile {name}]\nrole_arn = {arn}\nsource_profile = jo\nregion = eu-west-1\nendpoint_url = URL\n{rest}\n"
        )
    };
    let config = role("deploy", d::ROLE, "")
        + &role("locked", d::LOCKED_ROLE, "")
        + &role("admin", d::MFA_ROLE, &format!("mfa_serial = {}", d::DEVICE));
    let keys = |id| {
        format!(
            "aws_access_key_id = {id}\naws_secret_access_key = {}\n",
            d::SECRET
        )
    };
    let credentials = format!(
        "[jo]\n{}[half]\n{}",
        keys(d::KEY_ID),
        keys("ASIAIOSFODNN7EXAMPLE")
    );
    let config = if from.is_empty() {
        config
    } else {
        config.replace(from, to)
    };
    Home::with(&[
        ("config", &config.replace("URL", url)),
        ("credentials", &credentials),
    ])
}

fn content(home: &Path) -> Vec<(String, Vec<u8>)> {
    let folder = fs::read_dir(home.join(".aws")).expect("the folder");
    let mut files: Vec<_> = folder
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn each_bad_input_has_its_sentence_its_hint_and_its_code_and_changes_nothing() {
    for row in of_the_server().into_iter().chain(of_the_caller()) {
        let aws = LocalAws::start(World::documentation()).expect("a port");
        aws.advance(row.clock);
        let home = home(&aws.url(), row.config);
        let before = content(home.path());
        let host = aws.url().replace("http://", "");
        let message = row.wanted.message.replace("HOST", &host);
        let hint = row.wanted.hint;
        for verb in ["assume", "env"] {
            let ask = |more: &[&str]| {
                if let Some(answer) = &row.answer {
                    aws.script("AssumeRole", answer, 1);
                }
                let mut arguments = vec![verb, row.profile];
                if !row.code.is_empty() {
                    arguments.extend(["--mfa", "-"]);
                }
                arguments.extend(more);
                home.fed(row.code, &arguments)
            };
            let what = format!("{verb}: {}", row.what);

            let shown = ask(&[]);
            assert_eq!(shown.code, 3, "{what}: {shown:?}");
            assert_eq!(
                shown.err,
                format!("rolecall: {message}\n  {hint}\n"),
                "{what}"
            );
            assert!(shown.out.is_empty(), "{what}: no keys");

            let told = ask(&["--json"]);
            assert_eq!(told.code, 3, "{what}: {told:?}");
            let failure = json!({"code": row.wanted.code, "cause": row.wanted.cause, "message": message, "hint": hint});
            assert_eq!(told.json(), json!({ "failure": failure }), "{what}");
        }
        assert_eq!(content(home.path()), before, "{}", row.what);
    }
}
