//! History over a disk, a clock and a keyring that a test moves: what is kept before a write, what a person is asked,
//! what is taken back, and what nobody else can read.

mod kept;
mod taken_back;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{
    engine::{Engine, Options},
    failure::Failure,
    view::{FileKind, SaveOutcome, TextChange},
    world::{
        Disk, World,
        clock::FakeClock,
        disk::FakeDisk,
        env::FakeEnv,
        random::Random,
        vault::{FakeVault, Mood, VaultError},
    },
};

const CREDENTIALS: &str = "/home/jo/.aws/credentials";
const DATA: &str = "/home/jo/.local/share/rolecall";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TEXT: &str = "[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
                    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\n\
                    [b]\nregion = y\n\n[c]\nregion = z\n";

/// Other bytes at each call, unlike the usual fake: things are told apart by them here.
#[derive(Debug, Default)]
struct Counting(AtomicU64);

impl Random for Counting {
    fn bytes(&self) -> [u8; 32] {
        let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&count.to_le_bytes());
        bytes
    }
}

struct Desk {
    engine: Arc<Engine>,
    world: World,
    disk: FakeDisk,
    clock: FakeClock,
    vault: FakeVault,
}

impl Desk {
    /// A home with these credentials, and a keyring that works.
    fn with(text: &str) -> Self {
        Self::in_mood(text, Mood::Well)
    }

    fn in_mood(text: &str, mood: Mood) -> Self {
        let (disk, clock) = (FakeDisk::new(), FakeClock::at("2026-11-22T12:00:00Z"));
        let vault = FakeVault::default();
        vault.set(mood);
        disk.folder("/home/jo");
        disk.write(CREDENTIALS, text);
        let world = World {
            disk: Arc::new(disk.clone()),
            clock: Arc::new(clock.clone()),
            vault: Arc::new(vault.clone()),
            random: Arc::new(Counting::default()),
            ..World::fake(FakeEnv::with_home("/home/jo"))
        };
        Self {
            engine: Engine::start(world.clone(), Options::default()),
            world,
            disk,
            clock,
            vault,
        }
    }

    /// A home whose system has no keyring, and a person who chose history without secrets.
    fn without_secrets(text: &str) -> Self {
        let desk = Self::in_mood(text, Mood::Fails(VaultError::Absent));
        let chosen = desk
            .engine
            .choose_history(crate::view::HistoryChoice::WithoutSecrets, None);
        chosen.expect("it needs nothing");
        desk
    }

    /// The same once more, on a disk of its own.
    fn forked(&self) -> Self {
        let disk = self.disk.fork();
        let world = World {
            disk: Arc::new(disk.clone()),
            ..self.world.clone()
        };
        Self {
            engine: Engine::start(world.clone(), Options::default()),
            world,
            disk,
            clock: self.clock.clone(),
            vault: self.vault.clone(),
        }
    }

    /// Rolecall is closed and opened again.
    fn reopened(mut self) -> Self {
        self.engine = Engine::start(self.world.clone(), Options::default());
        self
    }

    /// Replaces a text of the credentials in the editor, and saves.
    fn edit(&self, what: &str, with: &str) -> Result<SaveOutcome, Failure> {
        let file = FileKind::Credentials;
        let draft = self.engine.open_draft(file).expect("a draft");
        let mut lines = draft.text.split('\n').enumerate();
        let (line, column) = lines
            .find_map(|(line, text)| Some((line, text.find(what)?)))
            .expect("it stands there");
        let number = |at: usize| u32::try_from(at + 1).expect("small");
        let change = TextChange {
            start_line: number(line),
            start_column: number(column),
            end_line: number(line),
            end_column: number(column + what.encode_utf16().count()),
            text: with.into(),
        };
        let typed = self.engine.edit_draft(file, draft.version, &[change]);
        typed.expect("in step");
        self.engine.save_draft(file)
    }

    fn edited(&self, what: &str, with: &str) {
        let saved = self.edit(what, with).expect("no failure");
        assert!(matches!(saved, SaveOutcome::Saved { .. }), "{saved:?}");
        // Beyond the time in which a change is put back.
        self.clock.pass(std::time::Duration::from_secs(3));
    }

    /// Another program writes the file, and Rolecall looks.
    fn outside(&self, text: &str) {
        self.disk.write(CREDENTIALS, text);
        self.engine.see_what_is_there();
    }

    fn on_disk(&self) -> String {
        String::from_utf8(self.disk.content(CREDENTIALS).expect("the file")).expect("text")
    }

    /// Every file below Rolecall's folder.
    fn data(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        self.walk(Path::new(DATA), &mut found);
        found
    }

    fn walk(&self, at: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
        if let Some(bytes) = self.disk.content(at) {
            found.push((at.to_owned(), bytes));
        }
        for name in self.disk.list(at).unwrap_or_default() {
            self.walk(&at.join(name), found);
        }
    }
}
