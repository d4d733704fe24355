//! What other programs do to `~/.aws` is seen: a real disk, real events, and real programs beside a watching engine. The
//! same is tried step by step, on a clock that a test moves, in the engine's own tests. Numbers are those of the fault
//! cases.
#![expect(
    clippy::disallowed_methods,
    reason = "the harness has a home folder, and acts in it as other programs do"
)]

mod outside;
mod rows;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use rolecall_core::{document::Document, profiles::File};
use rolecall_engine::{
    Engine, Options,
    view::{Message, TokenChange},
    world::{World, env::FakeEnv, vault::FakeVault},
};
use tokio::sync::watch;

/// Longer than anything here takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a person was asked about tokens.
#[derive(Default)]
struct Questions {
    open: Option<TokenChange>,
    /// Every one that there ever was, by its ticket.
    asked: BTreeSet<u32>,
}

/// A home that is being watched.
struct Watched {
    home: tempfile::TempDir,
    engine: Arc<Engine>,
    /// The questions about tokens.
    questions: watch::Receiver<Questions>,
    runtime: tokio::runtime::Runtime,
}

impl Watched {
    /// A home in which this happened before Rolecall started.
    fn home(before: impl FnOnce(&Path)) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        // What is written down of each look is tested elsewhere.
        let data = home.path().join("data");
        fs::create_dir(&data).expect("made");
        fs::write(data.join("settings.toml"), "history = \"none\"\n").expect("written");
        before(home.path());
        let env = FakeEnv::with_home(home.path()).var("ROLECALL_DATA", &data);
        let world = World {
            env: Arc::new(env),
            vault: Arc::new(FakeVault::default()),
            ..World::real()
        };
        let engine = Engine::start(world, Options::default());
        // Questions stand in the window, which is seen.
        engine.set_visible(true);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.spawn(engine.clone().watch());
        let (heard, questions) = watch::channel(Questions::default());
        let mut messages = engine.messages();
        runtime.spawn(async move {
            while let Some(message) = messages.next().await {
                let Message::Update { update } = message else {
                    continue;
                };
                let open = update.overview.connections.token_change;
                heard.send_modify(|questions| {
                    questions
                        .asked
                        .extend(open.as_ref().map(|open| open.ticket));
                    questions.open = open;
                });
            }
        });
        let watched = Self {
            home,
            engine,
            questions,
            runtime,
        };
        watched.starts_watching();
        watched
    }

    /// Waits until the watch has begun to hear: what is written now is seen.
    fn starts_watching(&self) {
        let aws = self.path("");
        let Ok(aws) = fs::canonicalize(&aws) else {
            return;
        };
        let probe = aws.join("credentials");
        let before = fs::read(&probe).unwrap_or_default();
        let mut text = before.clone();
        text.extend_from_slice(b"# is anybody there\n");
        fs::write(&probe, &text).expect("written");
        self.until("the watch hears", || self.holds(File::Credentials, &text));
        fs::write(&probe, &before).expect("written");
        self.until("the watch hears", || self.holds(File::Credentials, &before));
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(".aws").join(name)
    }

    /// As a program that writes in place.
    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).expect("written");
    }

    /// As an editor does: a new file takes the old one's place.
    fn save_by_rename(&self, name: &str, text: impl AsRef<[u8]>) {
        let new = self.path(&format!(".{name}.swp"));
        fs::write(&new, text).expect("written");
        fs::rename(new, self.path(name)).expect("renamed");
    }

    fn revision(&self) -> u32 {
        self.engine.snapshot().revision
    }

    /// What Rolecall shows of a file is this.
    fn holds(&self, file: File, text: &[u8]) -> bool {
        let snapshot = self.engine.snapshot();
        let document = snapshot.home().document(file);
        document.map(Document::bytes).unwrap_or_default() == text
    }

    fn names(&self) -> Vec<String> {
        let snapshot = self.engine.snapshot();
        let profiles = snapshot.home().profiles();
        profiles.map(|profile| profile.name().to_owned()).collect()
    }

    /// Waits until it is so, and says how long that took.
    fn until(&self, what: &str, is_so: impl Fn() -> bool) -> Duration {
        let started = Instant::now();
        let mut messages = self.engine.messages();
        self.runtime.block_on(async {
            while !is_so() {
                let left = PATIENCE.saturating_sub(started.elapsed());
                let heard = tokio::time::timeout(left, messages.next()).await;
                assert!(heard.is_ok(), "after {PATIENCE:?} not yet: {what}");
            }
        });
        started.elapsed()
    }

    /// Waits for the questions to be so.
    fn asks(&self, is_so: impl Fn(&Questions) -> bool) -> Option<TokenChange> {
        let mut questions = self.questions.clone();
        self.runtime.block_on(async {
            let asked = tokio::time::timeout(PATIENCE, questions.wait_for(|now| is_so(now))).await;
            let asked = asked.expect("it is asked in time");
            asked.expect("the engine is there").open.clone()
        })
    }

    fn shows(&self, names: &[&str]) -> Duration {
        self.until(&format!("{names:?}"), || self.names() == names)
    }
}

/// A config file with one profile.
fn profile(name: &str) -> String {
    format!("[profile {name}]\nregion = eu-west-1\n")
}
