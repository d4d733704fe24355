//! The real port against servers that answer oddly. What a proper one answers is tried with `local-aws` and moto.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    thread,
};

use local_aws::{LocalAws, Scripted, World, documentation as d};
use rolecall_core::Purpose;

use super::{AwsErrorKind as Kind, *};

/// A server that hears requests and answers each connection with these bytes; none is no answer at all.
struct Server {
    url: String,
    heard: mpsc::Receiver<String>,
}

impl Server {
    fn answering(answer: Option<&'static [u8]>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let (tell, heard) = mpsc::channel();
        thread::spawn(move || {
            let mut open = Vec::new();
            for connection in listener.incoming().map_while(Result::ok) {
                let mut connection = connection;
                if tell.send(request(&mut connection)).is_err() {
                    return;
                }
                match answer {
                    // Dropping it ends the connection.
                    Some(bytes) => drop(connection.write_all(bytes)),
                    None => open.push(connection),
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

fn caller(url: &str) -> Caller {
    Caller {
        keys: Arc::new(Keys {
            access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_access_key: Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into()),
            session_token: Some(Secret::new("token".into())),
        }),
        region: "eu-west-1".into(),
        endpoint: Some(url.into()),
        now: "2026-11-22T12:00:00Z".parse().expect("a time"),
    }
}

fn role() -> RoleRequest {
    RoleRequest {
        role_arn: "arn:aws:iam::111122223333:role/Deploy".into(),
        session_name: "rolecall-jo".into(),
        external_id: Some("ticket-7".into()),
        duration_seconds: Some(900),
        mfa: Some((
            "GAHT12345678".into(),
            Arc::new(Secret::new("123456".into())),
        )),
    }
}

/// What asking came to.
async fn ask(url: &str) -> Result<Assumed, AwsError> {
    RealAws::default().assume_role(caller(url), role()).await
}

#[tokio::test]
async fn a_request_is_signed_and_says_what_was_asked() {
    let server = Server::answering(Some(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nconnection: close\r\n\r\n<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>\
        <AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/Deploy/rolecall-jo</Arn></AssumedRoleUser>\
        <Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-11-22T12:15:00Z</Expiration></Credentials>\
        </AssumeRoleResult></AssumeRoleResponse>",
    ));
    let assumed = ask(&server.url).await.expect("assumed");
    assert_eq!(assumed.keys.access_key_id, "ASIAIOSFODNN7EXAMPLE");
    assert_eq!(assumed.ends_at.to_string(), "2026-11-22T12:15:00Z");
    let heard = server.heard.recv().expect("a request");
    for part in [
        "Action=AssumeRole&",
        "RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FDeploy",
        "ExternalId=ticket-7",
        "DurationSeconds=900",
        "SerialNumber=GAHT12345678",
        "TokenCode=123456",
        "AKIAIOSFODNN7EXAMPLE/20261122/eu-west-1/sts/aws4_request",
        "x-amz-date: 20261122T120000Z",
        "x-amz-security-token: token",
    ] {
        assert!(heard.contains(part), "{part}: {heard}");
    }
    assert!(!heard.contains("wJalr"), "the secret signs and is not sent");
}

#[tokio::test]
async fn a_refusal_keeps_code_words_number_and_time() {
    let server = Server::answering(Some(
        b"HTTP/1.1 403 Forbidden\r\ncontent-type: text/xml\r\ndate: Sun, 22 Nov 2026 11:50:00 GMT\r\nx-amzn-requestid: 8d2a\r\nconnection: close\r\n\r\n\
        <ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>Signature expired</Message></Error><RequestId>8d2a</RequestId></ErrorResponse>",
    ));
    assert_eq!(
        ask(&server.url).await.expect_err("refused"),
        AwsError {
            kind: Kind::Refused,
            code: Some("SignatureDoesNotMatch".into()),
            message: Some("Signature expired".into()),
            status: Some(403),
            request_id: Some("8d2a".into()),
            server_time: "2026-11-22T11:50:00Z".parse().ok(),
        }
    );
}

#[tokio::test]
async fn every_odd_answer_is_told_by_its_kind() {
    const HTML: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n<!doctype html><html><body>Hello</body></html>";
    let table: [(&str, &[u8], Kind); 10] = [
        ("a page", HTML, Kind::NotAws),
        (
            "a page that is not there",
            b"HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n<html>",
            Kind::NotAws,
        ),
        (
            "half of some JSON",
            b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"AssumeRoleRes",
            Kind::NotAws,
        ),
        (
            "an answer without keys",
            b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<AssumeRoleResponse><AssumeRoleResult></AssumeRoleResult></AssumeRoleResponse>",
            Kind::NotAws,
        ),
        (
            "nothing with a good status",
            b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            Kind::NotAws,
        ),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.6\r\n", Kind::NotAws),
        ("a hang-up", b"", Kind::Cut),
        (
            "the end in the middle",
            b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n<AssumeRole",
            Kind::Cut,
        ),
        (
            "the end in the middle of a refusal",
            b"HTTP/1.1 403 Forbidden\r\ncontent-length: 1000\r\n\r\n<Error",
            Kind::Cut,
        ),
        (
            "the beginning of an answer",
            b"HTTP/1.1 200",
            Kind::Cut,
        ),
    ];
    for (what, answer, kind) in table {
        let server = Server::answering(Some(answer));
        let found = ask(&server.url).await.expect_err(what);
        assert_eq!(found.kind, kind, "{what}: {found:?}");
        assert!(server.heard.recv().is_ok(), "{what}");
        assert!(server.heard.try_recv().is_err(), "{what}: asked once");
    }
}

#[tokio::test]
async fn silence_is_waited_for_and_then_told() {
    let server = Server::answering(None);
    let aws = RealAws::patient_for(std::time::Duration::from_millis(300));
    let found = aws.assume_role(caller(&server.url), role()).await;
    assert_eq!(found.expect_err("no answer").kind, Kind::TimedOut);
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = port.local_addr().expect("its address");
    drop(port);
    let found = ask(&format!("http://{address}")).await.expect_err("nobody");
    assert_eq!(found.kind, Kind::Unreachable);
}

#[tokio::test]
async fn a_server_without_tls_gets_no_request_over_https() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let server = thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("somebody calls");
        let mut hello = [0; 4096];
        let count = connection.read(&mut hello).expect("a hello");
        let _ = connection.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        hello[..count].to_vec()
    });
    let found = ask(&format!("https://127.0.0.1:{port}")).await;
    assert_eq!(found.expect_err("no TLS").kind, Kind::NotAws);
    let hello = server.join().expect("no panic");
    let says = |text: &[u8]| hello.windows(text.len()).any(|part| part == text);
    assert!(!says(b"AssumeRole") && !says(b"AKIA"));
}

#[tokio::test]
async fn a_request_is_never_sent_on_to_where_an_answer_points() {
    let elsewhere = Server::answering(None);
    let answer = format!(
        "HTTP/1.1 302 Found\r\nlocation: {}/\r\ncontent-length: 0\r\n\r\n",
        elsewhere.url
    );
    let server = Server::answering(Some(answer.leak().as_bytes()));
    let found = ask(&server.url).await.expect_err("no answer");
    assert_eq!(found.kind, Kind::NotAws);
    assert!(elsewhere.heard.try_recv().is_err());
}

/// jo, as `local-aws` knows him.
fn jo(aws: &LocalAws) -> Caller {
    let mut caller = caller(&aws.url());
    caller.keys = Arc::new(Keys {
        access_key_id: d::KEY_ID.into(),
        secret_access_key: Secret::new(d::SECRET.into()),
        session_token: None,
    });
    caller
}

fn deploy() -> RoleRequest {
    RoleRequest {
        role_arn: d::ROLE.into(),
        session_name: "rolecall-jo".into(),
        external_id: None,
        duration_seconds: None,
        mfa: None,
    }
}

/// `local-aws`, at the time that `caller` has.
fn local_aws() -> LocalAws {
    let aws = LocalAws::start(World::documentation()).expect("a port");
    aws.stop_clock("2026-11-22T12:00:00Z".parse().expect("a time"));
    aws
}

#[tokio::test]
async fn an_answer_that_was_cut_off_is_no_answer() {
    let aws = local_aws();
    aws.script("AssumeRole", &Scripted::Truncated, 1);
    aws.script("GetCallerIdentity", &Scripted::Truncated, 1);
    let port = RealAws::default();
    let found = port.assume_role(jo(&aws), deploy()).await;
    assert_eq!(found.expect_err("half of it").kind, Kind::NotAws);
    let found = port.caller_identity(jo(&aws)).await;
    assert_eq!(found.expect_err("half of it").kind, Kind::NotAws);
    let whole = port.assume_role(jo(&aws), deploy()).await.expect("assumed");
    assert_eq!(whole.ends_at.to_string(), "2026-11-22T13:00:00Z");
    let whole = port.caller_identity(jo(&aws)).await.expect("an identity");
    assert_eq!(whole.arn, d::USER);
}

#[tokio::test]
async fn wherever_an_answer_ends_it_is_never_taken_for_another_one() {
    let order = [
        "<Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
         <SessionToken>token</SessionToken><Expiration>2026-11-22T13:00:00Z</Expiration></Credentials>",
        "<AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId>\
         <Arn>arn:aws:sts::111122223333:assumed-role/Deploy/rolecall-jo</Arn></AssumedRoleUser>",
    ];
    let aws = local_aws();
    let port = RealAws::default();
    for parts in [[order[0], order[1]], [order[1], order[0]]] {
        let inside = parts.concat();
        let whole = format!(
            "<AssumeRoleResponse><AssumeRoleResult>{inside}</AssumeRoleResult></AssumeRoleResponse>"
        );
        let mut answers = 0;
        for end in 0..=whole.len() {
            let answer = Scripted::Page {
                status: 200,
                content_type: "text/xml".into(),
                body: whole[..end].into(),
            };
            aws.script("AssumeRole", &answer, 1);
            let Ok(found) = port.assume_role(jo(&aws), deploy()).await else {
                continue;
            };
            answers += 1;
            let text = |secret: &Secret| secret.expose(Purpose::SignRequest, str::to_owned);
            assert_eq!(found.keys.access_key_id, "ASIAIOSFODNN7EXAMPLE", "{end}");
            assert_eq!(text(&found.keys.secret_access_key), "secret", "{end}");
            let token = found.keys.session_token.as_ref().map(text);
            assert_eq!(token.as_deref(), Some("token"), "{end}");
            assert_eq!(found.ends_at.to_string(), "2026-11-22T13:00:00Z", "{end}");
            assert!(
                found.arn.ends_with("assumed-role/Deploy/rolecall-jo"),
                "{end}"
            );
        }
        assert!((1..100).contains(&answers), "{answers} were taken");
    }
}

#[tokio::test]
async fn an_answer_that_lies_is_no_answer() {
    const TRUTH: &str = "<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/Deploy/rolecall-jo</Arn></AssumedRoleUser>\
        <Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>\
        <Expiration>2026-11-22T13:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
    let aws = local_aws();
    let port = RealAws::default();
    for (truth, lie) in [
        ("2026-11-22T13:00:00Z", "2026-11-22T12:00:00Z"),
        ("2026-11-22T13:00:00Z", "2020-01-01T00:00:00Z"),
        ("2026-11-22T13:00:00Z", "tomorrow"),
        ("<Expiration>2026-11-22T13:00:00Z</Expiration>", ""),
        ("<SessionToken>token</SessionToken>", ""),
        (
            "<SecretAccessKey>secret</SecretAccessKey>",
            "<SecretAccessKey/>",
        ),
        ("ASIAIOSFODNN7EXAMPLE", ""),
        ("/rolecall-jo", "/somebody-else"),
        ("", ""),
    ] {
        let answer = Scripted::Page {
            status: 200,
            content_type: "text/xml".into(),
            body: TRUTH.replace(truth, lie),
        };
        aws.script("AssumeRole", &answer, 1);
        let found = port.assume_role(jo(&aws), deploy()).await;
        if truth.is_empty() {
            assert!(found.is_ok(), "the truth is taken");
        } else {
            assert_eq!(found.expect_err(lie).kind, Kind::NotAws, "{truth}: {lie}");
        }
    }
}
