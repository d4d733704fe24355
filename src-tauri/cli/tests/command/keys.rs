//! `assume`, `env` and `exec`: the contract with scripts. The real binary, real files, real programs, and a server that
//! speaks as STS does; what a whole STS answers is tried in `local-aws`.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::Command,
    sync::mpsc,
    thread,
};

use serde_json::json;

use super::home::{Home, feed};

const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n";

/// Says yes to everybody, or the same no, and hears what was asked.
struct Sts {
    url: String,
    heard: mpsc::Receiver<String>,
}

impl Sts {
    fn generous() -> Self {
        Self::answering(|body| {
            let role = body
                .split("role%2F")
                .nth(1)
                .and_then(|rest| rest.split('&').next())
                .unwrap_or("none");
            let xml = format!(
                "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>\
                 <AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/{role}/rolecall-jo</Arn></AssumedRoleUser>\
                 <Credentials><AccessKeyId>ASIA{role}EXAMPLE</AccessKeyId><SecretAccessKey>secret+of/{role}</SecretAccessKey><SessionToken>token-of-{role}</SessionToken><Expiration>2126-11-22T12:00:00Z</Expiration></Credentials>\
                 </AssumeRoleResult></AssumeRoleResponse>"
            );
            ("200 OK", xml)
        })
    }

    fn refusing(code: &'static str, message: &'static str) -> Self {
        Self::answering(move |_| {
            let xml = format!(
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>"
            );
            ("403 Forbidden", xml)
        })
    }

    fn answering(answer: impl Fn(&str) -> (&'static str, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let (tell, heard) = mpsc::channel();
        thread::spawn(move || {
            for mut connection in listener.incoming().map_while(Result::ok) {
                let request = request(&mut connection);
                let (status, body) = answer(&request);
                let length = body.len();
                let first = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: text/xml\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
                );
                let _ = connection.write_all((first + &body).as_bytes());
                if tell.send(request).is_err() {
                    return;
                }
            }
        });
        Self { url, heard }
    }
}

/// One request, whole.
fn request(connection: &mut TcpStream) -> String {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_lowercase().lines().find_map(|line| {
                line.strip_prefix("content-length:")?
                    .trim()
                    .parse::<usize>()
                    .ok()
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match connection.read(&mut part) {
            Ok(0) | Err(_) => return text,
            Ok(count) => bytes.extend_from_slice(&part[..count]),
        }
    }
}

/// A home whose roles are asked for at this address.
fn at(url: &str) -> Home {
    let config = format!(
        "[profile deploy]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = middle\nregion = eu-west-1\nendpoint_url = {url}\n\
             [profile middle]\nrole_arn = arn:aws:iam::111122223333:role/Middle\nsource_profile = base\nendpoint_url = {url}\n\
             [profile coded]\nrole_arn = arn:aws:iam::111122223333:role/Coded\nsource_profile = base\nendpoint_url = {url}\nmfa_serial = arn:aws:iam::111122223333:mfa/jo\n\
             [profile portal]\nsso_start_url = https://acme.awsapps.com/start\n\
             [profile from-portal]\nrole_arn = arn:aws:iam::111122223333:role/P\nsource_profile = portal\n"
    );
    Home::with(&[
        ("config", &config),
        (
            "credentials",
            &format!(
                "[base]
{KEYS}"
            ),
        ),
    ])
}

#[test]
fn assume_walks_the_chain_and_gives_the_keys_as_json() {
    let sts = Sts::generous();
    let home = at(&sts.url);
    let ran = home.run(&["assume", "deploy", "--json", "--duration", "1h"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let wanted = json!({
        "profile": "deploy",
        "arn": "arn:aws:sts::111122223333:assumed-role/Deploy/rolecall-jo",
        "accountId": "111122223333",
        "region": "eu-west-1",
        "endpoint": sts.url,
        "accessKeyId": "ASIADeployEXAMPLE",
        "secretAccessKey": "secret+of/Deploy",
        "sessionToken": "token-of-Deploy",
        "expiration": "2126-11-22T12:00:00Z",
    });
    assert_eq!(ran.json(), wanted);
    let (first, second) = (sts.heard.recv(), sts.heard.recv());
    let (first, second) = (first.expect("a call"), second.expect("a call"));
    assert!(first.contains("AKIAIOSFODNN7EXAMPLE") && first.contains("role%2FMiddle"));
    assert!(second.contains("x-amz-security-token: token-of-Middle"));
    assert!(second.contains("DurationSeconds=3600"), "{second}");
}

#[test]
fn without_json_no_secret_is_printed() {
    let sts = Sts::generous();
    let ran = at(&sts.url).run(&["assume", "middle"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out
            .starts_with("middle: assumed-role/Middle/rolecall-jo in 111122223333\n"),
        "{ran:?}"
    );
    assert!(!format!("{ran:?}").contains("secret+of"));
    assert!(!format!("{ran:?}").contains("token-of"));
}

#[test]
fn a_code_is_asked_for_as_an_outcome_and_read_from_standard_input() {
    let sts = Sts::generous();
    let home = at(&sts.url);
    for arguments in [
        &["assume", "coded", "--json"][..],
        &["env", "coded", "--json"],
        &["exec", "coded", "--json", "--", "true"],
    ] {
        let ran = home.run(arguments);
        assert_eq!(ran.code, 1, "{ran:?}");
        let wanted = json!({"outcome": {"is": "mfaNeeded", "profile": "coded", "serial": "arn:aws:iam::111122223333:mfa/jo", "device": "jo"}});
        assert_eq!(ran.json(), wanted);
    }
    assert!(sts.heard.try_recv().is_err(), "nothing was sent");
    let ran = home.fed("123456\n", &["assume", "coded", "--mfa", "-"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        sts.heard
            .recv()
            .expect("a call")
            .contains("TokenCode=123456")
    );
    let no_code = home.fed("12\n", &["assume", "coded", "--mfa", "-", "--json"]);
    assert_eq!(no_code.code, 3);
    assert_eq!(no_code.json()["failure"]["cause"], "sts.mfaRejected");
    let argument = home.run(&["assume", "coded", "--mfa", "123456"]);
    assert_eq!(argument.code, 2);
    assert!(argument.err.contains("a code is never an argument"));
}

#[test]
fn env_gives_lines_that_a_shell_takes() {
    let sts = Sts::generous();
    let home = at(&sts.url);
    let ran = home.run(&["env", "middle", "--shell", "bash"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let script = format!(
        "{}\nprintf '%s|' \"$AWS_ACCESS_KEY_ID\" \"$AWS_SECRET_ACCESS_KEY\" \"$AWS_SESSION_TOKEN\" \"${{AWS_REGION-none}}\"",
        ran.out
    );
    let shell = Command::new("sh")
        .args(["-c", &script])
        .output()
        .expect("a shell");
    assert_eq!(
        String::from_utf8_lossy(&shell.stdout),
        "ASIAMiddleEXAMPLE|secret+of/Middle|token-of-Middle|none|"
    );
    let json = home.run(&["env", "middle", "--json"]).json();
    assert_eq!(json["Version"], 1);
    assert_eq!(json["AccessKeyId"], "ASIAMiddleEXAMPLE");
    let dotenv = home.run(&["env", "base", "--shell", "dotenv"]);
    assert_eq!(
        dotenv.out,
        "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n"
    );
}

#[test]
fn exec_becomes_the_program_with_keys_in_its_environment_and_nowhere_else() {
    let sts = Sts::generous();
    let home = at(&sts.url);
    let show = "printf '%s %s %s' \"$AWS_ACCESS_KEY_ID\" \"${AWS_PROFILE-none}\" \"$1\"; cat; tr '\\0' ' ' </proc/self/cmdline; exit 7";
    let mut command = home.command(&["exec", "middle", "--", "sh", "-c", show, "sh", "a b"]);
    command.env("AWS_PROFILE", "other");
    let ran = feed(command, b" from stdin ");
    assert!(
        ran.out
            .starts_with("ASIAMiddleEXAMPLE none a b from stdin "),
        "{ran:?}"
    );
    assert!(!ran.out.contains("secret+of"), "not in its arguments");
    assert_eq!(ran.code, 7, "the program's own code");
}

#[cfg(unix)]
#[test]
fn exec_ends_with_the_signal_that_ended_its_program() {
    use std::os::unix::process::ExitStatusExt;
    let home = at("http://127.0.0.1:1");
    let status = home
        .command(&["exec", "base", "--", "sh", "-c", "kill -TERM $$"])
        .status();
    assert_eq!(status.expect("it runs").signal(), Some(15));
}

#[test]
fn each_no_has_its_code_and_cause() {
    let denied = Sts::refusing(
        "AccessDenied",
        "User: arn:aws:iam::111122223333:user/jo&#27;[2J is not authorized to perform: sts:AssumeRole",
    );
    let expired = Sts::refusing(
        "ExpiredToken",
        "The security token included in the request is expired",
    );
    let odd = Sts::answering(|_| ("200 OK", "<html>hello</html>".into()));
    let table = [
        (denied.url.as_str(), "middle", 3, "denied", "sts.notTrusted"),
        (&expired.url, "middle", 3, "expired", "sts.expired"),
        (&odd.url, "middle", 3, "offline", "endpoint.notAws"),
        (
            "http://127.0.0.1:1",
            "middle",
            3,
            "offline",
            "endpoint.down",
        ),
        ("nonsense", "middle", 3, "unsupported", "endpoint.noUrl"),
        (
            "http://sts.example.com",
            "middle",
            3,
            "unsupported",
            "endpoint.plainHttp",
        ),
        (
            "https://sts.example.com",
            "middle",
            3,
            "unsupported",
            "endpoint.notAws",
        ),
        (
            "http://127.0.0.1:1",
            "from-portal",
            3,
            "unsupported",
            "sso.unfit",
        ),
        (
            "http://127.0.0.1:1",
            "midle",
            1,
            "notFound",
            "profile.notFound",
        ),
        (
            "http://127.0.0.1:1",
            "base",
            3,
            "unsupported",
            "assume.noRole",
        ),
    ];
    for (url, profile, code, kind, cause) in table {
        let ran = at(url).run(&["assume", profile, "--json"]);
        assert_eq!(ran.code, code, "{cause}: {ran:?}");
        let failure = &ran.json()["failure"];
        assert_eq!(failure["code"], kind, "{cause}");
        assert_eq!(failure["cause"], cause);
        let said = format!("{failure}{}", ran.err);
        assert!(!said.contains('\u{1b}'), "{said:?}");
        assert!(
            failure["hint"]
                .as_str()
                .is_some_and(|hint| !hint.is_empty())
        );
    }
    let missing =
        at("http://127.0.0.1:1").run(&["exec", "base", "--json", "--", "no-such-program"]);
    assert_eq!(missing.code, 1);
    assert_eq!(missing.json()["failure"]["cause"], "program.notFound");
}

#[test]
fn nothing_is_written_in_the_home() {
    let sts = Sts::generous();
    let home = at(&sts.url);
    let files = || {
        let aws = home.path().join(".aws");
        ["config", "credentials"].map(|name| fs::read(aws.join(name)).expect("there"))
    };
    let before = files();
    home.run(&["assume", "deploy", "--json"]);
    assert_eq!(files(), before);
    let entries = |folder: &std::path::Path| fs::read_dir(folder).expect("a folder").count();
    assert_eq!(entries(home.path()), 1);
    assert_eq!(entries(&home.path().join(".aws")), 2);
}
