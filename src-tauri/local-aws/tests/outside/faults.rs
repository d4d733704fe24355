//! What no request can cause and a script can: what boto3 makes of each, and that the next call is answered again.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use local_aws::{CONTROL, LocalAws, Scripted, World, documentation as d};
use serde_json::{Value, json};

use super::boto3::{Boto3, Call};

const DISABLED: &str = "STS is not activated in this region for account:111122223333. Your account administrator can \
                        activate STS in this region using the IAM Console.";

/// One request over a connection of its own: status line and head, and body.
fn http(aws: &LocalAws, request: &str) -> (String, String) {
    let address = aws.url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).expect("it listens");
    stream
        .write_all(request.replace("HOST", &address).as_bytes())
        .expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    (head.to_owned(), body.to_owned())
}

fn post(aws: &LocalAws, body: &Value, more: &str) -> (String, Value) {
    let body = body.to_string();
    let length = body.len();
    let (head, body) = http(
        aws,
        &format!(
            "POST {CONTROL} HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{more}\
             Connection: close\r\n\r\n{body}"
        ),
    );
    (head, serde_json::from_str(&body).expect("JSON"))
}

#[test]
fn a_server_that_is_busy_or_off_is_scripted_over_the_control_route() {
    let aws = LocalAws::start(World::documentation()).expect("a port");
    let mut boto3 = Boto3::start();
    let later = json!({ "kind": "refuse", "status": 503, "code": "ServiceUnavailable", "message": "Later." });
    let rows = [
        (
            json!({ "kind": "throttled" }),
            json!([400, "Throttling", "Rate exceeded", "ClientError"]),
        ),
        (
            json!({ "kind": "region_disabled" }),
            json!([
                403,
                "RegionDisabledException",
                DISABLED,
                "RegionDisabledException"
            ]),
        ),
        (
            later,
            json!([503, "ServiceUnavailable", "Later.", "ClientError"]),
        ),
    ];
    for (answer, wanted) in rows {
        let command = json!({ "do": "script", "action": "AssumeRole", "answer": answer });
        let (head, _) = post(&aws, &command, "");
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        let identity = boto3.call(&aws, &Call::identity());
        assert!(identity.get("ok").is_some(), "another action is not meant");
        let told = boto3.call(&aws, &Call::assume(d::ROLE));
        assert_eq!(
            json!([told["status"], told["code"], told["message"], told["class"]]),
            wanted
        );
        let after = boto3.call(&aws, &Call::assume(d::ROLE));
        assert!(after.get("ok").is_some(), "{after}");
    }
}

#[test]
fn every_fault_of_the_line_is_a_fault_for_boto3_and_passes() {
    let aws = LocalAws::start(World::documentation()).expect("a port");
    let mut boto3 = Boto3::start();
    let html = |status| Scripted::Page {
        status,
        content_type: "text/html".to_owned(),
        body: "<html><body>Sign in to the guest network</body></html>".to_owned(),
    };
    let elsewhere = Scripted::Redirect {
        location: "http://127.0.0.1:9/elsewhere".to_owned(),
    };
    let rows = [
        (Scripted::Hang, "ReadTimeoutError"),
        (
            Scripted::Reset,
            "ResponseStreamingError|ConnectionClosedError|ProtocolError",
        ),
        (Scripted::Truncated, "ResponseParserError"),
        (html(502), "ClientError"),
        (elsewhere, "ResponseParserError"),
    ];
    for (fault, wanted) in rows {
        aws.script("AssumeRole", &fault, 1);
        let mut call = Call::assume(d::ROLE);
        if matches!(fault, Scripted::Hang) {
            call.patience = 1;
        }
        let told = boto3.call(&aws, &call);
        let class = told["class"]
            .as_str()
            .unwrap_or_else(|| panic!("{fault:?}: {told}"));
        assert!(
            wanted.split('|').any(|known| known == class),
            "{fault:?}: {told}"
        );
        let after = boto3.call(&aws, &Call::assume(d::ROLE));
        assert!(after.get("ok").is_some(), "{after}");
    }
    // boto3 takes a page of 200 for an answer without keys.
    aws.script("AssumeRole", &html(200), 1);
    let told = boto3.call(&aws, &Call::assume(d::ROLE));
    assert_eq!(told["ok"]["Credentials"], Value::Null, "{told}");
}

#[test]
fn a_reset_cuts_the_body_in_its_middle_and_sends_no_proper_end() {
    let aws = LocalAws::start(World::documentation()).expect("a port");
    aws.script("AssumeRole", &Scripted::Reset, 1);
    let address = aws.url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).expect("it listens");
    let body = "Action=AssumeRole";
    let length = body.len();
    let request =
        format!("POST / HTTP/1.1\r\nHost: {address}\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes);
    assert_eq!(
        end.map_err(|error| error.kind()),
        Err(std::io::ErrorKind::ConnectionReset)
    );
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        text.contains("<ErrorResponse") && !text.contains("</ErrorResponse>"),
        "{text}"
    );
}

#[test]
fn whoever_hangs_is_seen_to_ask_and_let_go_when_this_aws_stops() {
    let aws = LocalAws::start(World::documentation()).expect("a port");
    aws.script("AssumeRole", &Scripted::Hang, 1);
    assert!(
        !aws.wait_for_requests(1, Duration::ZERO),
        "nobody asked yet"
    );
    let address = aws.url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).expect("it listens");
    let request = format!("GET /?Action=AssumeRole HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it reads");
    assert!(aws.wait_for_requests(1, Duration::from_mins(1)));
    drop(aws);
    let mut answer = Vec::new();
    // A proper end or a reset: both are an end.
    let _ = stream.read_to_end(&mut answer);
    assert_eq!(answer, b"");
    assert!(
        TcpStream::connect(&address).is_err(),
        "nobody listens any more"
    );
}

#[test]
fn the_log_says_who_asked_what_and_no_secret() {
    let aws = LocalAws::start(World::documentation()).expect("a port");
    let mut boto3 = Boto3::start();
    let call = Call::assume(d::MFA_ROLE)
        .with("SerialNumber", d::DEVICE)
        .with("TokenCode", "654321");
    boto3.call(&aws, &call);
    let keys = boto3.keys(&aws, &Call::session());
    boto3.call(&aws, &Call::identity().signed_by(keys.clone()));
    let (_, log) = post(&aws, &json!({ "do": "log" }), "");
    let entry = &log[0];
    let told = json!([
        entry["action"],
        entry["key_id"],
        entry["region"],
        entry["answer"],
        entry["host"]
    ]);
    let host = aws.url().replace("http://", "");
    assert_eq!(
        told,
        json!(["AssumeRole", d::KEY_ID, "eu-west-1", "AccessDenied", host])
    );
    assert_eq!(entry["parameters"]["SerialNumber"], json!(d::DEVICE));
    let text = log.to_string();
    let token = keys.token.expect("a session has one");
    for secret in ["654321", d::SECRET, &keys.secret, &token] {
        assert!(!text.contains(secret), "{text}");
    }
    assert_eq!(log[2]["key_id"], json!(keys.key_id));
}

#[test]
fn the_date_of_every_answer_is_this_clocks() {
    let aws = LocalAws::start(World::documentation()).expect("a port");
    let at = "2026-11-22T09:00:00Z".parse().expect("a time");
    aws.stop_clock(at);
    let get = "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n";
    let (head, _) = http(&aws, get);
    assert!(
        head.contains("date: Sun, 22 Nov 2026 09:00:00 GMT"),
        "{head}"
    );
    post(&aws, &json!({ "do": "advance", "seconds": 600 }), "");
    let (head, _) = http(&aws, get);
    assert!(
        head.contains("date: Sun, 22 Nov 2026 09:10:00 GMT"),
        "{head}"
    );
}

#[test]
fn no_page_and_no_other_name_reaches_the_control_route() {
    let aws = LocalAws::start(World::documentation()).expect("a port");
    let log = json!({ "do": "log" });
    let (head, _) = post(&aws, &log, "");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    for header in [
        "Origin: http://127.0.0.1\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Host: 127.0.0.1\r\n",
    ] {
        let (head, _) = post(&aws, &log, header);
        assert!(head.starts_with("HTTP/1.1 403"), "{header}: {head}");
    }
    let other = format!(
        "POST {CONTROL} HTTP/1.1\r\nHost: rebound.example\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\
         Connection: close\r\n\r\n{{\"do\":\"log\"}}"
    );
    let plain = other
        .replace("rebound.example", "HOST")
        .replace("application/json", "text/plain");
    for request in [other, plain] {
        let (head, _) = http(&aws, &request);
        assert!(head.starts_with("HTTP/1.1 403"), "{head}");
    }
}
