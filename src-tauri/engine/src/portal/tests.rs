//! The journeys to a portal: the real client against `local-aws`, a real door on this computer, and a clock and a disk that
//! the tests move. What the browser carries back is knocked by hand, rightly and wrongly.

use std::{io, sync::Arc, time::Duration};

use local_aws::{LocalAws, Portal as Company, Scripted, World as Aws, documentation as d};
use rolecall_core::{Secret, caches::Registration, profiles::PermissionSet};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
    task::JoinHandle,
};

use super::*;
use crate::{
    engine::Options,
    view::{LoginOutcome, LoginStep, PortalState},
    world::{
        aws::{AwsError, AwsErrorKind, Reply},
        browser::FakeBrowser,
        clock::FakeClock,
        disk::FakeDisk,
        env::FakeEnv,
        loopback::{Door, Loopback},
        notices::FakeNotices,
        portal::{
            ConsoleAsk, ConsoleGranted, DeviceAsked, Grant, Granted, Page, Portal, PortalAccount,
            Program, RealPortal,
        },
    },
};

const CONFIG: &str = "[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n\
    [profile dev]\nsso_session = acme\nsso_account_id = 111122223333\nsso_role_name = Admin\n";
const TOKEN: &str = "/home/jo/.aws/sso/cache/293abb6b76d7791c0732cc517d38c4b5c734b87f.json";
const NOON: &str = "2026-11-22T12:00:00Z";

struct Home {
    engine: Arc<Engine>,
    aws: LocalAws,
    clock: FakeClock,
    disk: FakeDisk,
    browser: FakeBrowser,
    notices: FakeNotices,
}

impl Home {
    fn new() -> Self {
        Self::of(
            Company::new(d::START_URL).account("111122223333", "Sandbox", &["Admin"]),
            |_| {},
        )
    }

    fn of(company: Company, change: impl FnOnce(&mut World)) -> Self {
        let aws = LocalAws::start(Aws::default().portal(company.patient())).expect("a port");
        aws.stop_clock(NOON.parse().expect("a time"));
        let disk = FakeDisk::new();
        disk.folder("/home/jo/.aws");
        disk.write("/home/jo/.aws/config", CONFIG);
        let (clock, browser) = (FakeClock::at(NOON), FakeBrowser::default());
        let notices = FakeNotices::default();
        let env = FakeEnv::with_home("/home/jo")
            .var("DISPLAY", ":0")
            .var("AWS_ENDPOINT_URL", aws.url());
        let mut world = World {
            disk: Arc::new(disk.clone()),
            clock: Arc::new(clock.clone()),
            browser: Arc::new(browser.clone()),
            notices: Arc::new(notices.clone()),
            portal: Arc::new(RealPortal::default()),
            ..World::fake(env)
        };
        change(&mut world);
        Self {
            engine: Engine::start(world, Options::default()),
            aws,
            clock,
            disk,
            browser,
            notices,
        }
    }

    /// Signs in, and hears what a person has to see.
    fn login(
        &self,
        wish: LoginWish,
    ) -> (
        JoinHandle<Result<LoginOutcome, Failure>>,
        mpsc::UnboundedReceiver<LoginStep>,
    ) {
        let (tell, steps) = mpsc::unbounded_channel();
        let engine = self.engine.clone();
        let told: Told = Arc::new(move |step| {
            // A test that has heard enough may be gone.
            let _ = tell.send(step);
        });
        let login = tokio::spawn(async move { engine.login(None, wish, told).await });
        (login, steps)
    }

    /// Time passes here and at AWS.
    fn pass(&self, seconds: u32) {
        self.clock.pass(Duration::from_secs(seconds.into()));
        self.aws.advance(seconds.into());
    }

    fn token(&self) -> Option<Value> {
        let bytes = self.disk.content(TOKEN)?;
        Some(serde_json::from_slice(&bytes).expect("JSON"))
    }

    fn decide(&self, allow: bool) {
        let decide = local_aws::Command::Decide {
            user_code: None,
            allow,
        };
        self.aws.control(decide).expect("it waits");
    }

    /// Signed in with a code.
    async fn signed_in(&self) {
        let (login, mut steps) = self.login(LoginWish {
            by_code: true,
            ..LoginWish::default()
        });
        let Some(LoginStep::Code { code, .. }) = steps.recv().await else {
            panic!("no code");
        };
        let user_code = Some(code);
        let allow = local_aws::Command::Decide {
            user_code,
            allow: true,
        };
        self.aws.control(allow).expect("it waits");
        self.pass_until(&login, 1, 2).await;
        login.await.expect("it ran").expect("signed in");
    }

    /// Time passes in steps of so many seconds, each once so many wait for it in the journey, until that has ended.
    async fn pass_until<T>(&self, journey: &JoinHandle<T>, seconds: u64, waiting: usize) {
        while !journey.is_finished() {
            if self.clock.waiting() >= waiting {
                self.clock.pass(Duration::from_secs(seconds));
            }
            tokio::task::yield_now().await;
        }
    }

    fn asked(&self, action: &str) -> usize {
        let asked = self.aws.requests().into_iter();
        asked.filter(|logged| logged.action == action).count()
    }
}

/// One request to a port of this computer: the whole answer, or none where nobody is there.
async fn knock(port: u16, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    // Who has heard enough may hang up before all is said.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    Some(String::from_utf8_lossy(&answer).into_owned())
}

fn request(method: &str, port: u16, target: &str, body: &str) -> String {
    format!(
        "{method} {target} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// What the page sends the browser to after this button.
async fn pressed(url: &str, decision: &str) -> String {
    let rest = url.strip_prefix("http://127.0.0.1:").expect("of local-aws");
    let (port, rest) = rest.split_once('/').expect("a path");
    let (path, query) = rest.split_once('?').expect("a query");
    let port = port.parse().expect("a port");
    let body = format!("{query}&decision={decision}");
    let answer = knock(port, &request("POST", port, &format!("/{path}"), &body)).await;
    let answer = answer.expect("it is there");
    let location = answer
        .lines()
        .find_map(|line| line.strip_prefix("location: "));
    location
        .unwrap_or_else(|| panic!("{answer}"))
        .trim()
        .to_owned()
}

/// The port and the rest of an address that the browser is sent to.
fn callback(url: &str) -> (u16, String) {
    let rest = url
        .strip_prefix("http://127.0.0.1:")
        .expect("this computer");
    let (port, target) = rest.split_once('/').expect("a path");
    (port.parse().expect("a port"), format!("/{target}"))
}

async fn browser_step(steps: &mut mpsc::UnboundedReceiver<LoginStep>) -> String {
    match steps.recv().await {
        Some(LoginStep::Browser { url, .. }) => url,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn whatever_else_knocks_the_first_right_answer_signs_in_and_the_door_closes() {
    let home = Home::new();
    let (login, mut steps) = home.login(LoginWish::default());
    let url = browser_step(&mut steps).await;
    assert_eq!(home.browser.opened(), [url.as_str()]);
    let back = pressed(&url, "allow").await;
    let (port, target) = callback(&back);
    let (path, query) = target.split_once('?').expect("a code");
    let code = query.split('&').next().expect("it comes first");
    let big = format!("{path}?{code}&state={}", "x".repeat(1 << 20));
    for (method, wrong) in [
        ("GET", format!("{path}?{code}")),
        ("GET", format!("{path}?{code}&state=of-somebody-else")),
        (
            "GET",
            format!("{path}?error=access_denied&state=of-somebody-else"),
        ),
        ("POST", target.clone()),
        ("GET", format!("/elsewhere?{query}")),
        ("GET", big),
    ] {
        let answer = knock(port, &request(method, port, &wrong, ""))
            .await
            .expect("open");
        assert!(!answer.starts_with("HTTP/1.1 200"), "{method}: {answer}");
        assert!(!login.is_finished());
    }
    let strange = request("GET", port, &target, "").replace("127.0.0.1", "evil.example");
    let answer = knock(port, &strange).await.expect("open");
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    assert!(home.token().is_none());
    let answer = knock(port, &request("GET", port, &target, ""))
        .await
        .expect("open");
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains("You are signed in."),
        "{answer}"
    );
    login.await.expect("it ran").expect("signed in");
    assert!(home.token().is_some());
    let second_tab = knock(port, &request("GET", port, &target, "")).await;
    assert_eq!(second_tab, None, "the door is closed");
}

#[tokio::test]
async fn a_no_in_the_browser_is_a_no() {
    let home = Home::new();
    let (login, mut steps) = home.login(LoginWish::default());
    let url = browser_step(&mut steps).await;
    let (port, target) = callback(&pressed(&url, "deny").await);
    knock(port, &request("GET", port, &target, ""))
        .await
        .expect("open");
    let failure = login.await.expect("it ran").expect_err("declined");
    assert_eq!(failure.cause, Some("sso.declined"));
    assert!(home.token().is_none());
}

#[tokio::test]
async fn a_browser_that_was_closed_is_waited_for_ten_minutes_and_no_longer() {
    let home = Home::new();
    let (login, mut steps) = home.login(LoginWish::default());
    browser_step(&mut steps).await;
    home.clock.pass(Duration::from_secs(599));
    tokio::task::yield_now().await;
    assert!(!login.is_finished());
    home.clock.pass(Duration::from_secs(1));
    let failure = login.await.expect("it ran").expect_err("nobody came");
    assert_eq!(failure.cause, Some("sso.timeout"));
    let (again, mut steps) = home.login(LoginWish::default());
    browser_step(&mut steps).await;
    assert!(!again.is_finished(), "the turn is free again");
    again.abort();
}

#[tokio::test]
async fn given_up_it_ends_at_once_and_the_next_one_can_begin() {
    let home = Home::new();
    for wish in [
        LoginWish::default(),
        LoginWish {
            by_code: true,
            ..LoginWish::default()
        },
    ] {
        let (login, mut steps) = home.login(wish);
        steps.recv().await.expect("it began");
        home.engine
            .cancel_login(Some("acme"))
            .expect("there is one");
        let soon = tokio::time::timeout(Duration::from_millis(100), login).await;
        let outcome = soon
            .expect("within 100 ms")
            .expect("it ran")
            .expect("no failure");
        assert_eq!(outcome, LoginOutcome::Cancelled);
    }
    assert!(home.token().is_none());
    home.signed_in().await;
}

/// All ports are taken.
#[derive(Debug)]
struct NoPort;

impl Loopback for NoPort {
    fn open(&self) -> io::Result<Box<dyn Door>> {
        Err(io::ErrorKind::AddrInUse.into())
    }
}

#[tokio::test]
async fn without_a_browser_the_page_is_told_and_without_a_port_a_code_does_it() {
    let missing = |world: &mut World| world.browser = Arc::new(FakeBrowser::missing());
    let company = || Company::new(d::START_URL).account("111122223333", "Sandbox", &["Admin"]);
    let home = Home::of(company(), missing);
    let (login, mut steps) = home.login(LoginWish::default());
    let step = steps.recv().await;
    assert!(
        matches!(step, Some(LoginStep::Browser { opened: false, .. })),
        "{step:?}"
    );
    login.abort();

    let home = Home::of(company(), |world| world.loopback = Arc::new(NoPort));
    let (login, mut steps) = home.login(LoginWish::default());
    let step = steps.recv().await;
    assert!(
        matches!(step, Some(LoginStep::Code { opened: true, .. })),
        "{step:?}"
    );
    home.decide(true);
    home.pass_until(&login, 1, 2).await;
    login.await.expect("it ran").expect("signed in");
}

#[tokio::test]
async fn a_code_outlives_a_line_that_breaks_and_not_its_own_end() {
    let home = Home::new();
    home.aws.script("CreateToken", &Scripted::Reset, 2);
    home.aws.script(
        "CreateToken",
        &Scripted::Refuse {
            status: 500,
            code: "InternalServerException".into(),
            message: "x".into(),
        },
        1,
    );
    let by_code = LoginWish {
        by_code: true,
        ..LoginWish::default()
    };
    let (login, mut steps) = home.login(by_code);
    steps.recv().await.expect("a code");
    while home.asked("CreateToken") < 3 {
        if home.clock.waiting() >= 2 {
            home.clock.pass(Duration::from_secs(1));
        }
        tokio::task::yield_now().await;
    }
    home.decide(true);
    home.pass_until(&login, 1, 2).await;
    login.await.expect("it ran").expect("signed in");

    let (login, mut steps) = home.login(LoginWish {
        by_code: true,
        ..LoginWish::default()
    });
    steps.recv().await.expect("a code");
    home.pass_until(&login, 300, 2).await;
    let failure = login.await.expect("it ran").expect_err("over");
    assert!(
        matches!(failure.cause, Some("sso.codeExpired" | "sso.timeout")),
        "{failure:?}"
    );
}

/// A portal that another program is quicker at: it has renewed the token, and the old one is worth nothing.
#[derive(Debug)]
struct Raced {
    disk: FakeDisk,
    grants: bool,
}

impl Portal for Raced {
    fn register(&self, _: &At, _: Program) -> Reply<Registration> {
        unreachable!("nobody registers")
    }

    fn ask_device(&self, _: &At, _: &Registration, _: &str) -> Reply<DeviceAsked> {
        unreachable!("nobody signs in")
    }

    fn token(&self, _: &At, _: &Registration, _: Grant) -> Reply<Granted> {
        self.disk.write(
            TOKEN,
            token_file("of-the-cli", "2026-11-22T20:00:00Z", true),
        );
        let grants = self.grants;
        Box::pin(async move {
            if grants {
                return Ok(Granted {
                    access_token: Secret::new("ours".into()),
                    seconds: 28800,
                    refresh_token: None,
                });
            }
            Err(AwsError {
                kind: AwsErrorKind::Refused,
                code: Some("InvalidGrantException".into()),
                message: None,
                status: Some(400),
                request_id: None,
                server_time: None,
            })
        })
    }

    fn accounts(&self, _: &At, _: &Secret, _: Option<String>) -> Reply<Page<PortalAccount>> {
        unreachable!("nothing is listed")
    }

    fn roles(&self, _: &At, _: &Secret, _: &str, _: Option<String>) -> Reply<Page<String>> {
        unreachable!("nothing is listed")
    }

    fn keys(
        &self,
        _: &At,
        _: &Secret,
        _: &PermissionSet,
    ) -> Reply<(rolecall_core::profiles::Keys, jiff::Timestamp)> {
        unreachable!("no keys are wanted")
    }

    fn console(&self, _: &At, _: ConsoleAsk) -> Reply<ConsoleGranted> {
        unreachable!("nobody uses the console")
    }

    fn log_out(&self, _: &At, _: &Secret) -> Reply<()> {
        unreachable!("nobody signs out")
    }
}

fn token_file(token: &str, ends_at: &str, renews: bool) -> String {
    let mut file = json!({
        "startUrl": d::START_URL, "region": "eu-west-1", "accessToken": token, "expiresAt": ends_at,
    });
    if renews {
        file["refreshToken"] = json!("aorEXAMPLE");
        file["clientId"] = json!("c");
        file["clientSecret"] = json!("s");
        file["registrationExpiresAt"] = json!("2027-01-01T00:00:00Z");
    }
    file.to_string()
}

#[tokio::test]
async fn a_token_that_the_aws_cli_renewed_meanwhile_is_used_and_stays() {
    for grants in [false, true] {
        let home = Home::of(Company::new(d::START_URL), |_| {});
        let raced = Raced {
            disk: home.disk.clone(),
            grants,
        };
        let world = World {
            portal: Arc::new(raced),
            ..home.engine.world().clone()
        };
        let engine = Engine::start(world, Options::default());
        home.disk
            .write(TOKEN, token_file("old", "2026-11-22T12:01:00Z", true));
        let reached = engine.snapshot().portal_named(None).expect("there");
        let token = engine.portal_token(&reached).await.expect("one that works");
        assert!(
            cache::same(&token, &Secret::new("of-the-cli".into())),
            "grants: {grants}"
        );
        assert_eq!(
            home.token().expect("there")["accessToken"],
            json!("of-the-cli")
        );
    }
}

#[tokio::test]
async fn a_token_that_still_works_is_used_when_renewing_fails() {
    let home = Home::new();
    home.disk
        .write(TOKEN, token_file("old", "2026-11-22T12:01:00Z", true));
    let reached = home.engine.snapshot().portal_named(None).expect("there");
    let token = home
        .engine
        .portal_token(&reached)
        .await
        .expect("one that works");
    assert!(cache::same(&token, &Secret::new("old".into())));
    home.clock.pass(Duration::from_secs(61));
    let failure = home.engine.portal_token(&reached).await.expect_err("over");
    assert_eq!(failure.cause, Some("sso.registrationExpired"));
}

#[tokio::test]
async fn an_end_is_told_once_for_the_portal_and_what_renews_is_not_told() {
    let home = Home::new();
    let ends_soon = || {
        let portals = home.engine.portals();
        portals[0].state == PortalState::EndsSoon
    };
    home.disk
        .write(TOKEN, token_file("t", "2026-11-22T12:20:00Z", false));
    assert!(
        home.engine.look_at_ends().await.is_empty() && !ends_soon(),
        "twenty minutes are no news"
    );
    home.clock.pass(Duration::from_mins(6));
    assert_eq!(home.engine.look_at_ends().await, ["acme"]);
    assert!(ends_soon());
    assert!(home.engine.look_at_ends().await.is_empty(), "once");
    assert_eq!(home.notices.shown().len(), 1);
    assert!(
        home.notices.shown()[0].contains("acme ends in 14 min"),
        "{:?}",
        home.notices.shown()
    );
    home.engine.remind_later(Some("acme"), 5).expect("put off");
    assert!(home.engine.look_at_ends().await.is_empty() && !ends_soon());
    home.clock.pass(Duration::from_mins(5));
    assert_eq!(home.engine.look_at_ends().await, ["acme"], "later has come");
    assert!(
        home.engine.look_at_ends().await.is_empty(),
        "once more, and not again"
    );

    let home = Home::new();
    home.signed_in().await;
    let before = home.token().expect("there");
    home.pass(8 * 3600 - 600);
    assert!(home.engine.look_at_ends().await.is_empty());
    assert_ne!(
        home.token().expect("there")["accessToken"],
        before["accessToken"],
        "it was renewed"
    );
    assert!(home.notices.shown().is_empty());
}

#[tokio::test]
async fn a_listing_that_was_given_up_goes_on_where_it_was() {
    let mut company = Company::new(d::START_URL);
    for number in 0..40 {
        company = company.account(&format!("{number:012}"), "Many", &["Admin"]);
    }
    let home = Home::of(company, |_| {});
    home.signed_in().await;
    let (tell, mut rows) = mpsc::unbounded_channel();
    let engine = home.engine.clone();
    let listing = tokio::spawn(async move {
        engine
            .list_portal(None, true, |progress| {
                let _ = tell.send(progress);
            })
            .await
    });
    // By a clock that stands still fifteen calls go, the first of them for the accounts.
    let mut listed = 0;
    while listed < 14 {
        listed = rows.recv().await.expect("rows come").listed;
    }
    listing.abort();
    listing.await.expect_err("given up");
    let known = home
        .engine
        .known_listing(None)
        .expect("a portal")
        .expect("kept");
    assert_eq!((known.complete, known.accounts.len()), (false, 40));
    let before = home.asked("ListAccountRoles");
    assert_eq!((before, home.asked("ListAccounts")), (14, 1));
    let engine = home.engine.clone();
    let rest = tokio::spawn(async move { engine.list_portal(None, false, |_| {}).await });
    home.pass_until(&rest, 1, 1).await;
    let listing = rest.await.expect("it ran").expect("whole");
    assert!(
        listing.complete
            && listing
                .accounts
                .iter()
                .all(|account| account.roles == ["Admin"])
    );
    assert_eq!(
        (home.asked("ListAccountRoles"), home.asked("ListAccounts")),
        (40, 1)
    );
}

#[tokio::test]
async fn a_token_that_was_got_here_is_no_question_to_anybody() {
    let home = Home::new();
    let asks = || {
        let (_, sight) = home.engine.look_around();
        home.engine
            .observe_tokens(&crate::snapshot::Read::from(sight))
    };
    home.engine.ask_about_tokens();
    for _ in 0..2 {
        home.signed_in().await;
        assert!(!asks());
    }
    home.disk.write(
        TOKEN,
        token_file("of-the-cli", "2026-11-22T20:00:00Z", true),
    );
    assert!(asks(), "another program's is one");
}

/// Keeps a token, for whoever strikes the disk meanwhile.
pub(crate) fn keep_a_token(engine: &Engine) -> Result<bool, Failure> {
    let reached = engine.snapshot().portal_named(None)?;
    let granted = Granted {
        access_token: Secret::new("aoaEXAMPLE".into()),
        seconds: 3600,
        refresh_token: Some(Secret::new("aorEXAMPLE".into())),
    };
    let now = engine.world().clock.now();
    let known = Registration {
        client_id: "c".into(),
        client_secret: Secret::new("s".into()).into(),
        ends_at: now + jiff::SignedDuration::from_hours(24),
        grants: Vec::new(),
    };
    engine
        .keep_token(&reached, granted, known, now)
        .map(|_| true)
}

/// A home with a portal, and a token of another tool's.
pub(crate) fn with_a_token(disk: &FakeDisk) {
    disk.write("/home/jo/.aws/config", CONFIG);
    disk.write(
        TOKEN,
        token_file("of-the-cli", "2026-11-22T20:00:00Z", false),
    );
}
