//! The journey with an AWS that answers what a test put down. What real servers answer is asked in `cli/tests`.

use std::sync::Arc;

use jiff::SignedDuration;

use super::*;
use crate::{
    engine::Options,
    view::{Assumable, AssumedSession, SessionColumn},
    world::{
        World,
        aws::{AwsError, AwsErrorKind, FakeAws},
        clock::FakeClock,
        disk::FakeDisk,
        env::FakeEnv,
    },
};

const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n";
const CONFIG: &str = "[profile deploy]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = middle\nregion = eu-west-1\n\
    [profile middle]\nrole_arn = arn:aws:iam::123456789012:role/Middle\nsource_profile = base\nexternal_id = ticket-7\n\
    [profile coded]\nrole_arn = arn:aws:iam::111122223333:role/Coded\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/jo\n\
    [profile beyond]\nrole_arn = arn:aws:iam::111122223333:role/Beyond\nsource_profile = coded\n\
    [profile local]\nrole_arn = arn:aws:iam::111122223333:role/Local\nsource_profile = base\nendpoint_url = http://localhost:4566\n\
    [profile strange]\nrole_arn = arn:aws:iam::111122223333:role/Strange\nsource_profile = base\nendpoint_url = https://sts.example.com\n\
    [profile portal]\nsso_session = acme\n\
    [profile from-portal]\nrole_arn = arn:aws:iam::111122223333:role/P\nsource_profile = portal\n";

struct Home {
    engine: Arc<Engine>,
    aws: FakeAws,
    clock: FakeClock,
    disk: FakeDisk,
}

impl Home {
    fn new() -> Self {
        Self::in_env(FakeEnv::with_home("/home/jo").var("USER", "jo"))
    }

    fn in_env(env: FakeEnv) -> Self {
        let disk = FakeDisk::new();
        disk.folder("/home/jo/.aws");
        disk.write("/home/jo/.aws/config", CONFIG);
        disk.write("/home/jo/.aws/credentials", format!("[base]\n{KEYS}"));
        let (aws, clock) = (FakeAws::default(), FakeClock::at("2026-11-22T12:00:00Z"));
        let world = World {
            disk: Arc::new(disk.clone()),
            aws: Arc::new(aws.clone()),
            clock: Arc::new(clock.clone()),
            ..World::fake(env)
        };
        Self {
            engine: Engine::start(world, Options::default()),
            aws,
            clock,
            disk,
        }
    }

    fn id(&self, name: &str) -> u32 {
        let snapshot = self.engine.snapshot();
        snapshot.id(snapshot.named(name).expect("there"))
    }

    async fn assume(&self, name: &str, code: Option<&str>) -> Result<AssumeOutcome, Failure> {
        let code = code.map(|code| Secret::new(code.into()));
        let wish = Wish {
            code,
            ..Wish::default()
        };
        self.engine.assume(self.id(name), wish).await
    }

    async fn session(&self, name: &str, code: Option<&str>) -> AssumedSession {
        match self.assume(name, code).await {
            Ok(AssumeOutcome::Assumed { session }) => session,
            other => panic!("{other:?}"),
        }
    }
}

fn denied() -> AwsError {
    AwsError {
        kind: AwsErrorKind::Refused,
        code: Some("AccessDenied".into()),
        message: None,
        status: Some(403),
        request_id: None,
        server_time: None,
    }
}

#[tokio::test]
async fn a_chain_is_asked_hop_by_hop_and_its_session_is_everywhere() {
    let home = Home::new();
    let session = home.session("deploy", None).await;
    assert_eq!(
        home.aws.asked(),
        [
            "AKIAIOSFODNN7EXAMPLE in eu-west-1 at AWS: arn:aws:iam::123456789012:role/Middle as rolecall-jo for 3600",
            "ASIAIOSFODNN1EXAMPLE in eu-west-1 at AWS: arn:aws:iam::111122223333:role/Deploy as rolecall-jo for 3600",
        ]
    );
    assert_eq!(session.identity.name, "assumed-role/Deploy/rolecall-jo");
    assert_eq!(session.identity.account_id, "111122223333");
    assert_eq!(session.key_id, "ASIA…MPLE");
    assert_eq!(session.ends_at - session.started_at, 3600);
    let snapshot = home.engine.snapshot();
    let id = home.id("deploy");
    let row = snapshot.rows().iter().find(|row| row.id == id).cloned();
    assert_eq!(
        row.expect("a row").session,
        SessionColumn::Ends {
            at: session.ends_at
        }
    );
    let listed = snapshot.overview().connections.sessions;
    assert_eq!(listed, std::slice::from_ref(&session));
    let detail = snapshot.detail(id).expect("there");
    assert_eq!(detail.assumed, [session]);
    assert!(detail.can_verify);
    assert_eq!(detail.reason, "Assumed; its keys work now.");
    assert_eq!(
        snapshot.next_change.map(|at| at.to_string()).as_deref(),
        Some("2026-11-22T13:00:00Z")
    );
}

#[tokio::test]
async fn a_code_is_asked_for_before_anything_is_sent_and_then_goes_to_its_hop_alone() {
    let home = Home::new();
    let asked = home.assume("beyond", None).await;
    assert_eq!(
        asked,
        Ok(AssumeOutcome::MfaNeeded {
            profile: "coded".into(),
            serial: "arn:aws:iam::111122223333:mfa/jo".into(),
            device: "jo".into()
        })
    );
    assert!(home.aws.asked().is_empty());
    let no_code = home.assume("beyond", Some("12345a")).await;
    assert_eq!(no_code.expect_err("no code").cause, Some("sts.mfaRejected"));
    assert!(home.aws.asked().is_empty());
    home.session("beyond", Some("123456")).await;
    let asked = home.aws.asked();
    assert!(asked[0].ends_with("with 123456 of arn:aws:iam::111122223333:mfa/jo"));
    assert!(asked[1].ends_with("for 3600"), "{asked:?}");
}

#[tokio::test]
async fn a_role_on_the_way_that_works_is_where_the_next_one_starts() {
    let home = Home::new();
    home.session("coded", Some("123456")).await;
    home.session("beyond", None).await;
    assert!(home.aws.asked()[1].starts_with("ASIAIOSFODNN1EXAMPLE"));
    home.clock.pass(Duration::from_secs(3601));
    let again = home.assume("beyond", None).await;
    assert!(
        matches!(again, Ok(AssumeOutcome::MfaNeeded { .. })),
        "it has ended"
    );
}

#[tokio::test]
async fn a_denial_says_who_was_denied_what() {
    let home = Home::new();
    home.aws.then(None);
    home.aws.then(Some(denied()));
    let failure = home.assume("deploy", None).await.expect_err("denied");
    assert_eq!(
        (failure.cause, failure.message.as_str()),
        (Some("sts.notTrusted"), "Middle may not assume Deploy.")
    );
    assert!(
        home.engine
            .snapshot()
            .overview()
            .connections
            .sessions
            .is_empty()
    );
}

#[tokio::test]
async fn two_presses_are_one_journey_and_both_hear_its_end() {
    let home = Home::new();
    let hold = home.aws.hold();
    let press = || home.session("coded", Some("123456"));
    // Polled in this order, so the answer is let go when both wait for it.
    let (one, two, ()) = tokio::join!(press(), press(), async { hold.notify_one() });
    assert_eq!(one, two);
    assert_eq!(home.aws.asked().len(), 1, "a code works once");
}

#[tokio::test]
async fn a_journey_can_be_given_up_and_gives_itself_up_after_a_minute() {
    let home = Home::new();
    let _never = home.aws.hold();
    let press = || {
        let (engine, id) = (home.engine.clone(), home.id("middle"));
        tokio::spawn(async move { engine.assume(id, Wish::default()).await })
    };
    let in_the_air = async || {
        while lock(&home.engine.flights).is_empty() || home.aws.asked().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    let first = press();
    in_the_air().await;
    home.engine.cancel_assume(home.id("middle")).expect("there");
    assert_eq!(first.await.expect("no panic"), Ok(AssumeOutcome::Cancelled));
    let second = press();
    in_the_air().await;
    while home.aws.asked().len() < 2 {
        tokio::task::yield_now().await;
    }
    home.clock.pass(AT_MOST);
    let failure = second.await.expect("no panic").expect_err("too late");
    assert_eq!(failure.cause, Some("net.timeout"));
    assert!(
        home.engine
            .snapshot()
            .overview()
            .connections
            .sessions
            .is_empty()
    );
}

#[tokio::test]
async fn an_ended_session_is_forgotten_on_request_and_never_handed_over() {
    let home = Home::new();
    home.aws.sessions_live(SignedDuration::from_secs(120));
    home.session("middle", None).await;
    let id = home.id("middle");
    let exports = || home.engine.exports(id, crate::Target::Sh, None);
    assert!(exports().is_ok());
    home.clock.pass(Duration::from_secs(100));
    let soon = exports().expect_err("a quarter is not left");
    assert_eq!(
        soon.message,
        "The session of middle ends in less than a minute."
    );
    home.clock.pass(Duration::from_secs(200));
    let over = exports().expect_err("ended");
    assert_eq!(
        (over.code, over.message.as_str()),
        (
            crate::view::FailureCode::Expired,
            "The session of middle ended 3 minutes ago."
        )
    );
    home.engine.end_session(id, None).expect("there");
    assert!(
        home.engine
            .snapshot()
            .overview()
            .connections
            .sessions
            .is_empty()
    );
    assert_eq!(exports().expect_err("none").cause, Some("session.none"));
}

#[tokio::test]
async fn a_session_whose_base_key_was_replaced_is_outdated_and_no_start() {
    let home = Home::new();
    home.session("coded", Some("123456")).await;
    let newer = KEYS.replace("AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE");
    home.disk
        .write("/home/jo/.aws/credentials", format!("[base]\n{newer}"));
    let (_, sight) = home.engine.look_around();
    home.engine
        .publish(Some(crate::snapshot::Read::from(sight)), |_| {});
    assert!(home.engine.snapshot().overview().connections.sessions[0].outdated);
    let asked = home.assume("beyond", None).await;
    assert!(matches!(asked, Ok(AssumeOutcome::MfaNeeded { .. })));
}

#[tokio::test]
async fn calls_go_where_the_profile_says_unless_that_is_a_stranger() {
    let home = Home::new();
    let local = home.session("local", None).await;
    assert_eq!(local.endpoint.as_deref(), Some("http://localhost:4566"));
    assert!(home.aws.asked()[0].contains("in us-east-1 at http://localhost:4566"));
    let strange = home.assume("strange", None).await.expect_err("refused");
    assert_eq!(strange.cause, Some("endpoint.notAws"));
    assert_eq!(home.aws.asked().len(), 1, "nothing was sent");
    let in_env = Home::in_env(
        FakeEnv::with_home("/home/jo").var("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:5000"),
    );
    in_env.session("middle", None).await;
    assert!(in_env.aws.asked()[0].contains("at http://127.0.0.1:5000"));
}

#[tokio::test]
async fn what_can_be_assumed_is_told_before_anybody_presses() {
    let home = Home::new();
    let snapshot = home.engine.snapshot();
    let assumable = |name| snapshot.detail(home.id(name)).expect("there").assume;
    assert_eq!(assumable("base"), Assumable::NoRole);
    assert_eq!(assumable("deploy"), Assumable::Yes { mfa: false });
    assert_eq!(assumable("coded"), Assumable::Yes { mfa: true });
    assert!(
        matches!(assumable("from-portal"), Assumable::No { why } if why.starts_with("portal has no sso_account_id."))
    );
    assert!(matches!(assumable("strange"), Assumable::No { .. }));
    let reason = |name| snapshot.detail(home.id(name)).expect("there").reason;
    assert_eq!(
        reason("local"),
        "Set up right. Nobody has assumed this role yet."
    );
    assert_eq!(reason("strange"), "Nobody has assumed this role yet.");
    let no_role = home.assume("base", None).await.expect_err("no role");
    assert_eq!(no_role.cause, Some("assume.noRole"));
}

#[tokio::test]
async fn who_one_is_is_asked_with_the_keys_and_kept_by_their_id() {
    let home = Home::new();
    let id = home.id("base");
    let identity = home.engine.verify(id).await.expect("verified");
    assert_eq!(
        (identity.name.as_str(), identity.account_id.as_str()),
        ("user/jo", "111122223333")
    );
    let detail = home.engine.snapshot().detail(id).expect("there");
    assert_eq!(detail.verified, Some(identity));
    assert_eq!(detail.reason, "Keys that never end. AWS knows them.");
    assert!(detail.can_verify);
    let role = home
        .engine
        .verify(home.id("deploy"))
        .await
        .expect_err("not assumed");
    assert_eq!(role.cause, Some("session.none"));
    home.session("middle", None).await;
    home.engine
        .verify(home.id("middle"))
        .await
        .expect("with the session");
    assert_eq!(home.aws.asked()[2], "ASIAIOSFODNN2EXAMPLE: who?");
}

#[tokio::test]
async fn a_longer_session_is_asked_for_only_where_there_can_be_one() {
    let home = Home::new();
    let ask = |name, seconds| {
        let wish = Wish {
            seconds: Some(seconds),
            ..Wish::default()
        };
        home.engine.assume(home.id(name), wish)
    };
    assert!(ask("middle", 7200).await.is_ok());
    assert!(home.aws.asked()[0].ends_with("for 7200"));
    let chained = ask("deploy", 7200).await.expect_err("a role from a role");
    assert_eq!(chained.cause, Some("sts.duration"));
}
