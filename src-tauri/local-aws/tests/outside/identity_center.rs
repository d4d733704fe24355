//! Identity Center as boto3 hears it: registrations, codes, tokens, accounts, roles and their keys, and every no. What a
//! browser does is done by hand here, a request at a time; a real one presses the buttons in `tests/e2e`.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use local_aws::{Command, LocalAws, Portal, World, documentation as d};
use serde_json::{Value, json};

use super::boto3::{Boto3, Call};

const CALLBACK: &str = "http://127.0.0.1:49152/oauth/callback";
/// RFC 7636, appendix B: a verifier and its challenge.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

struct Bench {
    aws: LocalAws,
    boto3: Boto3,
}

impl Bench {
    fn of(world: World) -> Self {
        Self {
            aws: LocalAws::start(world).expect("a port"),
            boto3: Boto3::start(),
        }
    }

    fn call(&mut self, service: &'static str, operation: &'static str, with: &Value) -> Value {
        let call = Call::unsigned(service, operation, with.clone());
        self.boto3.call(&self.aws, &call)
    }

    fn ok(&mut self, service: &'static str, operation: &'static str, with: &Value) -> Value {
        let mut answer = self.call(service, operation, with);
        assert!(answer.get("ok").is_some(), "{operation}: {answer}");
        answer["ok"].take()
    }

    /// The class that boto3 makes of a no, by which programs catch it.
    fn no(&mut self, service: &'static str, operation: &'static str, with: &Value) -> String {
        let answer = self.call(service, operation, with);
        assert!(answer.get("ok").is_none(), "{operation}: {answer}");
        answer["class"].as_str().expect("a class").to_owned()
    }

    fn register(&mut self, more: &Value) -> Value {
        let mut with = json!({ "clientName": "judge", "clientType": "public", "scopes": ["sso:account:access"] });
        for (name, value) in more.as_object().expect("an object") {
            with[name] = value.clone();
        }
        self.ok("sso-oidc", "RegisterClient", &with)
    }

    /// A program that may use a browser.
    fn register_for_browser(&mut self) -> Value {
        self.register(&json!({
            "grantTypes": ["authorization_code", "refresh_token"],
            "redirectUris": ["http://127.0.0.1/oauth/callback"],
            "issuerUrl": d::START_URL,
        }))
    }

    /// Where the browser ends up after pressing.
    fn press(&self, client: &Value, decision: &str) -> String {
        let id = client["clientId"].as_str().expect("an ID");
        let form = form(&[
            ("client_id", id),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("state", "of-the-judge"),
            ("code_challenge_method", "S256"),
            ("code_challenge", CHALLENGE),
            ("scopes", "sso:account:access"),
            ("decision", decision),
        ]);
        let answer = request(&self.aws, "POST", "/authorize", &form);
        let location = answer.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("location").then_some(value)
        });
        location.unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    fn token(&mut self) -> Value {
        let client = self.register(&json!({}));
        let ask = self.ok(
            "sso-oidc",
            "StartDeviceAuthorization",
            &of(&client, &json!({ "startUrl": d::START_URL })),
        );
        let code = ask["userCode"].as_str().expect("a code").to_owned();
        let allowed = Command::Decide {
            user_code: Some(code),
            allow: true,
        };
        self.aws.control(allowed).expect("it waits");
        let with = of(
            &client,
            &json!({ "grantType": DEVICE, "deviceCode": ask["deviceCode"] }),
        );
        self.ok("sso-oidc", "CreateToken", &with)
    }
}

/// With what a program proves that it is the one that registered.
fn of(client: &Value, more: &Value) -> Value {
    let mut with =
        json!({ "clientId": client["clientId"], "clientSecret": client["clientSecret"] });
    for (name, value) in more.as_object().expect("an object") {
        with[name] = value.clone();
    }
    with
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// One request over a connection of its own; the whole answer.
fn request(aws: &LocalAws, method: &str, path: &str, body: &str) -> String {
    let url = aws.url();
    let host = url.strip_prefix("http://").expect("plain");
    let mut stream = TcpStream::connect(host).expect("it listens");
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer
}

fn query(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[test]
fn a_code_that_a_browser_carries_is_good_once_and_for_its_own_verifier_and_address() {
    let mut bench = Bench::of(World::documentation());
    let client = bench.register_for_browser();
    let trade = |code: &str, verifier: &str, redirect: &str| {
        of(
            &client,
            &json!({
                "grantType": "authorization_code", "code": code, "codeVerifier": verifier, "redirectUri": redirect,
            }),
        )
    };
    let fresh = |bench: &Bench| {
        let back = bench.press(&client, "allow");
        assert!(back.starts_with(CALLBACK), "{back}");
        assert_eq!(query(&back, "state").as_deref(), Some("of-the-judge"));
        query(&back, "code").expect("a code")
    };
    let code = fresh(&bench);
    let good = trade(&code, VERIFIER, CALLBACK);
    let token = bench.ok("sso-oidc", "CreateToken", &good);
    assert_eq!(
        (&token["expiresIn"], &token["tokenType"]),
        (&json!(28800), &json!("Bearer"))
    );
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &good),
        "InvalidGrantException",
        "used twice"
    );

    let code = fresh(&bench);
    let wrong = trade(
        &code,
        "another-verifier-another-verifier-another-ver",
        CALLBACK,
    );
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &wrong),
        "InvalidGrantException",
        "verifier"
    );
    let code = fresh(&bench);
    let wrong = trade(&code, VERIFIER, "http://127.0.0.1:49153/oauth/callback");
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &wrong),
        "InvalidGrantException",
        "address"
    );
    let code = fresh(&bench);
    bench.aws.advance(601);
    let late = trade(&code, VERIFIER, CALLBACK);
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &late),
        "InvalidGrantException",
        "ten minutes"
    );

    let back = bench.press(&client, "deny");
    assert_eq!(query(&back, "error").as_deref(), Some("access_denied"));
    assert_eq!(query(&back, "code"), None);
}

#[test]
fn the_page_shows_two_buttons_and_a_strange_address_gets_no_code() {
    let mut bench = Bench::of(World::documentation());
    let client = bench.register_for_browser();
    let id = client["clientId"].as_str().expect("an ID");
    let asked = |redirect: &str| {
        let pairs = [
            ("client_id", id),
            ("response_type", "code"),
            ("redirect_uri", redirect),
            ("state", "s"),
            ("code_challenge_method", "S256"),
            ("code_challenge", CHALLENGE),
        ];
        request(
            &bench.aws,
            "GET",
            &format!("/authorize?{}", form(&pairs)),
            "",
        )
    };
    let page = asked(CALLBACK);
    assert!(
        page.starts_with("HTTP/1.1 200")
            && page.contains("id=\"allow\"")
            && page.contains("id=\"deny\"")
    );
    for strange in [
        "http://evil.example/oauth/callback",
        "http://127.0.0.1/elsewhere",
    ] {
        let page = asked(strange);
        assert!(
            page.starts_with("HTTP/1.1 400") && !page.contains("id=\"allow\""),
            "{page}"
        );
    }
}

#[test]
fn a_code_of_a_device_is_pending_then_too_fast_then_allowed_denied_or_over() {
    let mut bench = Bench::of(World::documentation());
    bench
        .aws
        .stop_clock("2026-11-22T12:00:00Z".parse().expect("a time"));
    let client = bench.register(&json!({}));
    let start = of(&client, &json!({ "startUrl": d::START_URL }));
    let ask = |bench: &mut Bench| {
        let ask = bench.ok("sso-oidc", "StartDeviceAuthorization", &start);
        of(
            &client,
            &json!({ "grantType": DEVICE, "deviceCode": ask["deviceCode"] }),
        )
    };
    let poll = ask(&mut bench);
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &poll),
        "AuthorizationPendingException"
    );
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &poll),
        "SlowDownException"
    );
    bench.aws.advance(1);
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &poll),
        "AuthorizationPendingException"
    );
    let decide = |allow| Command::Decide {
        user_code: None,
        allow,
    };
    bench.aws.control(decide(true)).expect("it waits");
    let token = bench.ok("sso-oidc", "CreateToken", &poll);
    assert!(token["refreshToken"].is_string(), "{token}");
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &poll),
        "InvalidGrantException",
        "used twice"
    );

    let poll = ask(&mut bench);
    bench.aws.control(decide(false)).expect("it waits");
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &poll),
        "AccessDeniedException"
    );
    let poll = ask(&mut bench);
    bench.aws.advance(600);
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &poll),
        "ExpiredTokenException"
    );
    let strange = of(
        &client,
        &json!({ "startUrl": "https://other.awsapps.com/start" }),
    );
    assert_eq!(
        bench.no("sso-oidc", "StartDeviceAuthorization", &strange),
        "InvalidRequestException"
    );
}

#[test]
fn a_token_is_renewed_once_by_its_own_program_until_the_registration_ends() {
    let mut bench = Bench::of(World::documentation());
    let client = bench.register_for_browser();
    let code = query(&bench.press(&client, "allow"), "code").expect("a code");
    let by_code = json!({
        "grantType": "authorization_code", "code": code, "codeVerifier": VERIFIER, "redirectUri": CALLBACK,
    });
    let first = bench.ok("sso-oidc", "CreateToken", &of(&client, &by_code));
    let by_refresh = json!({ "grantType": "refresh_token", "refreshToken": first["refreshToken"] });
    let other = bench.register_for_browser();
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &of(&other, &by_refresh)),
        "InvalidGrantException"
    );
    let second = bench.ok("sso-oidc", "CreateToken", &of(&client, &by_refresh));
    assert_ne!(first["accessToken"], second["accessToken"]);
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &of(&client, &by_refresh)),
        "InvalidGrantException",
        "twice"
    );

    bench.aws.advance(91 * 24 * 3600);
    let next = json!({ "grantType": "refresh_token", "refreshToken": second["refreshToken"] });
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &of(&client, &next)),
        "InvalidClientException",
        "it ended"
    );
    let mut wrong = client.clone();
    wrong["clientSecret"] = json!("EXAMPLE");
    assert_eq!(
        bench.no("sso-oidc", "CreateToken", &of(&wrong, &next)),
        "InvalidClientException"
    );
}

#[test]
fn accounts_come_in_pages_and_keep_their_zeros() {
    let mut portal = Portal::new(d::START_URL);
    for number in 0..250 {
        portal = portal.account(
            &format!("{number:012}"),
            &format!("Account {number}"),
            &["Admin", "ReadOnly"],
        );
    }
    let mut bench =
        Bench::of(World::default().portal(portal.account("999900001111", "", &["Admin"])));
    let token = bench.token()["accessToken"].clone();
    let (mut accounts, mut next, mut pages) = (Vec::new(), Value::Null, 0);
    loop {
        let mut with = json!({ "accessToken": token, "maxResults": 100 });
        if next.is_string() {
            with["nextToken"] = next;
        }
        let page = bench.ok("sso", "ListAccounts", &with);
        accounts.extend(page["accountList"].as_array().expect("a list").clone());
        pages += 1;
        next = page["nextToken"].clone();
        if next.is_null() {
            break;
        }
    }
    assert_eq!((accounts.len(), pages), (251, 3));
    assert_eq!(accounts[7]["accountId"], json!("000000000007"));
    assert_eq!(accounts[250].get("accountName"), None);
    let with = json!({ "accessToken": token, "accountId": "000000000007" });
    let roles = bench.ok("sso", "ListAccountRoles", &with);
    assert_eq!(
        roles["roleList"][1],
        json!({ "roleName": "ReadOnly", "accountId": "000000000007" })
    );
    let with = json!({ "accessToken": token, "maxResults": 101 });
    assert_eq!(
        bench.no("sso", "ListAccounts", &with),
        "InvalidRequestException"
    );
}

#[test]
fn keys_of_a_role_are_taken_by_sts_and_go_with_the_assignment() {
    let mut bench = Bench::of(World::documentation());
    let token = bench.token()["accessToken"].clone();
    let with = json!({ "accessToken": token, "accountId": "111122223333", "roleName": "Admin" });
    let keys = bench.ok("sso", "GetRoleCredentials", &with)["roleCredentials"].take();
    let text = |name: &str| keys[name].as_str().expect("text").to_owned();
    let issued = local_aws::Issued {
        key_id: text("accessKeyId"),
        secret: text("secretAccessKey"),
        token: Some(text("sessionToken")),
        ends: None,
    };
    let who = bench
        .boto3
        .call(&bench.aws, &Call::identity().signed_by(issued.clone()));
    let arn = who["ok"]["Arn"].as_str().expect("an ARN");
    assert!(
        arn.starts_with("arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_"),
        "{arn}"
    );
    let end = keys["expiration"].as_i64().expect("milliseconds");
    let left = end / 1000 - jiff::Timestamp::now().as_second();
    assert!((3500..=3600).contains(&left), "{left} s");
    let chained = bench
        .boto3
        .call(&bench.aws, &Call::assume(d::PORTAL_ROLE).signed_by(issued));
    assert!(chained.get("ok").is_some(), "{chained}");

    let unassign = |allowed| Command::Assign {
        account_id: "111122223333".into(),
        role_name: "Admin".into(),
        allowed,
    };
    bench.aws.control(unassign(false)).expect("it is there");
    let answer = bench.call("sso", "GetRoleCredentials", &with);
    assert_eq!(
        (&answer["status"], &answer["code"]),
        (&json!(403), &json!("ForbiddenException"))
    );
    bench.aws.control(unassign(true)).expect("it is there");
    bench.ok("sso", "GetRoleCredentials", &with);
}

#[test]
fn a_token_that_is_over_or_signed_out_opens_nothing() {
    let mut bench = Bench::of(World::documentation());
    let token = bench.token()["accessToken"].clone();
    let with = json!({ "accessToken": token });
    bench.ok("sso", "ListAccounts", &with);
    bench.ok("sso", "Logout", &with);
    assert_eq!(
        bench.no("sso", "ListAccounts", &with),
        "UnauthorizedException"
    );
    let token = bench.token()["accessToken"].clone();
    let with = json!({ "accessToken": token });
    bench.ok("sso", "ListAccounts", &with);
    bench.aws.advance(8 * 3600);
    assert_eq!(
        bench.no("sso", "ListAccounts", &with),
        "UnauthorizedException"
    );
}

#[test]
fn more_calls_than_the_rate_are_refused_until_the_bucket_fills() {
    let mut bench = Bench::of(World::documentation().portal_rate(20));
    bench
        .aws
        .stop_clock("2026-11-22T12:00:00Z".parse().expect("a time"));
    let token = bench.token()["accessToken"].clone();
    let with = json!({ "accessToken": token });
    for _ in 0..20 {
        bench.ok("sso", "ListAccounts", &with);
    }
    let answer = bench.call("sso", "ListAccounts", &with);
    assert_eq!(
        (&answer["status"], &answer["class"]),
        (&json!(429), &json!("TooManyRequestsException"))
    );
    bench.aws.advance(1);
    for _ in 0..20 {
        bench.ok("sso", "ListAccounts", &with);
    }
    assert_eq!(
        bench.no("sso", "ListAccounts", &with),
        "TooManyRequestsException"
    );
}

#[test]
fn the_log_names_no_secret_of_a_sign_in() {
    let mut bench = Bench::of(World::documentation());
    let token = bench.token();
    let access = token["accessToken"].as_str().expect("text");
    bench.ok("sso", "ListAccounts", &json!({ "accessToken": access }));
    let log = serde_json::to_string(&bench.aws.requests()).expect("JSON");
    assert!(log.contains("ListAccounts") && log.contains("CreateToken"));
    assert!(!log.contains(access) && !log.contains("EXAMPLE"), "{log}");
}
