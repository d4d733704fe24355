//! The watch over a disk and a clock that a test moves: what is published after which outside change, and what is not.
//! The rows of the fault cases are in `rows`, a real disk is watched in `tests/watch`.

mod rows;

use std::{sync::Arc, time::Duration};

use tokio::task::JoinHandle;

use crate::{
    engine::{Engine, Options},
    snapshot::Snapshot,
    view::Message,
    world::{World, clock::FakeClock, disk::FakeDisk, env::FakeEnv, notices::FakeNotices},
};

const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";

/// A home that is being watched, with what a test moves: disk, clock, notices.
pub(crate) struct Watched {
    pub(crate) engine: Arc<Engine>,
    pub(crate) disk: FakeDisk,
    pub(crate) clock: FakeClock,
    pub(crate) notices: FakeNotices,
    watching: JoinHandle<()>,
}

impl Watched {
    /// A home with these files, being watched.
    pub(crate) async fn home(files: &[(&str, &str)]) -> Self {
        let (disk, clock) = (FakeDisk::new(), FakeClock::at("2026-11-22T12:00:00Z"));
        disk.folder("/home/jo");
        for (path, text) in files {
            disk.write(format!("/home/jo/.aws/{path}"), *text);
        }
        Self::on(disk, clock).await
    }

    async fn on(disk: FakeDisk, clock: FakeClock) -> Self {
        let notices = FakeNotices::default();
        let world = World {
            disk: Arc::new(disk.clone()),
            clock: Arc::new(clock.clone()),
            notices: Arc::new(notices.clone()),
            ..World::fake(FakeEnv::with_home("/home/jo"))
        };
        let engine = Engine::start(world, Options::default());
        let watching = tokio::spawn(engine.clone().watch());
        let watched = Self {
            engine,
            disk,
            clock,
            notices,
            watching,
        };
        watched.pass(1000).await;
        watched
    }

    /// Rolecall is closed, something happens, and it is opened again.
    pub(crate) async fn reopened(self, meanwhile: impl FnOnce(&Self)) -> Self {
        self.watching.abort();
        meanwhile(&self);
        Self::on(self.disk, self.clock).await
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        self.disk.write(format!("/home/jo/.aws/{path}"), text);
    }

    pub(crate) fn delete(&self, path: &str) {
        self.disk.delete(format!("/home/jo/.aws/{path}"));
    }

    /// Lets time pass in small steps, so that whoever waits gets a turn at each.
    pub(crate) async fn pass(&self, milliseconds: u64) {
        for _ in 0..milliseconds / 25 {
            self.clock.pass(Duration::from_millis(25));
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
        }
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.engine.snapshot()
    }

    /// Names and statuses.
    pub(crate) fn rows(&self) -> Vec<String> {
        self.snapshot()
            .rows()
            .iter()
            .map(|row| format!("{} {}", row.name, row.status.name()))
            .collect()
    }
}

#[tokio::test]
async fn an_outside_change_is_published_within_a_second_and_only_its_rows_cross() {
    let home = Watched::home(&[(
        "config",
        "[profile a]\nregion = x\n[profile b]\nregion = y\n",
    )])
    .await;
    let mut messages = home.engine.messages();
    let Some(Message::Update { update }) = messages.next().await else {
        panic!("everything at first")
    };
    assert_eq!(update.rows.changed.len(), 2);
    home.write(
        "config",
        "[profile a]\nregion = x\n[profile c]\nsso_session = s\n",
    );
    home.pass(900).await;
    let Some(Message::Update { update }) = messages.next().await else {
        panic!("a change")
    };
    let changed: Vec<_> = update
        .rows
        .changed
        .iter()
        .map(|row| row.name.as_str())
        .collect();
    assert_eq!(
        (changed.as_slice(), update.rows.removed.len()),
        (&["c"][..], 1),
        "a stayed as it was"
    );
    assert_eq!(
        update.overview.last_change.map(|change| change.what),
        Some("config".into())
    );
}

#[tokio::test]
async fn a_session_that_ends_is_ended_without_any_change_on_disk() {
    let token = "sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
    let config = "[sso-session s]\nsso_region = x\n[profile a]\nsso_session = s\n";
    let home = Watched::home(&[
        ("config", config),
        (
            token,
            "{\"accessToken\":\"t\",\"expiresAt\":\"2026-11-22T12:01:00Z\"}",
        ),
    ])
    .await;
    assert_eq!(home.rows(), ["a connected"]);
    home.pass(61_000).await;
    assert_eq!(home.rows(), ["a ended"]);
    home.write(
        token,
        "{\"accessToken\":\"t\",\"expiresAt\":\"2026-11-22T20:00:00Z\"}",
    );
    home.pass(900).await;
    assert_eq!(
        home.rows(),
        ["a connected"],
        "a sign-in in another program is seen in the cache"
    );
}

#[tokio::test]
async fn a_shown_secret_is_hidden_after_30_seconds_and_a_copied_one_gone_after_60() {
    let home = Watched::home(&[("credentials", &format!("[a]\n{KEYS}"))]).await;
    let mut messages = home.engine.messages();
    messages.next().await;
    let shown = home
        .engine
        .reveal(0, "aws_secret_access_key")
        .unwrap_or_else(|_| panic!("shown"));
    assert_eq!(shown.text, "s");
    home.engine
        .copy(0, "aws_secret_access_key")
        .expect("copied");
    let next = tokio::spawn(async move {
        let mut heard = Vec::new();
        while heard.len() < 2 {
            heard.extend(
                messages
                    .next()
                    .await
                    .filter(|message| !matches!(message, Message::Update { .. })),
            );
        }
        heard
    });
    home.pass(29_000).await;
    assert!(!next.is_finished());
    home.pass(32_000).await;
    assert!(next.is_finished(), "both were told");
    assert_eq!(
        next.await.expect("both"),
        [
            Message::Concealed {
                ticket: shown.ticket
            },
            Message::ClipboardCleared
        ]
    );
}

#[tokio::test]
async fn a_script_that_asks_for_many_secrets_is_stopped() {
    let home = Watched::home(&[("credentials", &format!("[a]\n{KEYS}"))]).await;
    let ask = || home.engine.reveal(0, "aws_secret_access_key").is_ok();
    assert_eq!((0..30).filter(|_| ask()).count(), 20);
    home.pass(61_000).await;
    assert!(ask());
}
