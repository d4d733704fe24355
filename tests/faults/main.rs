//! After any fault: the old bytes or the new ones, and a sentence. Here with real system calls, real signals, real mounts
//! and real other programs; the same is struck call by call, in memory, in the engine's own tests, and under strace in the
//! command's. Numbers are those of the fault cases.
#![expect(
    clippy::disallowed_methods,
    reason = "the harness has a home folder, and starts programs in it"
)]

mod born;
mod places;
mod race;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

/// The program that saves as the window does.
const SAVER: &str = env!("CARGO_BIN_EXE_saver");
const TEXT: &str = "[profile a]\nregion = us-east-1\n[profile b]\nregion = us-east-1\n";

/// A home folder that is gone with the test, unless the test fails.
struct Home {
    folder: tempfile::TempDir,
    /// What `$SAVER` stands for.
    saver: PathBuf,
}

impl Home {
    fn with(config: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join(".aws")).expect("made");
        let saver = SAVER.into();
        let home = Self { folder, saver };
        fs::write(home.config(), config).expect("written");
        // What is struck here is saving itself; History is struck call by call in the engine's own tests.
        fs::create_dir(home.path().join("data")).expect("made");
        let settings = home.path().join("data/settings.toml");
        fs::write(settings, "history = \"none\"\n").expect("written");
        // Rolecall has been here before: of two that start for the first time at once, only one may make the key.
        fs::write(home.path().join("data/mask.key"), [7; 32]).expect("written");
        home
    }

    /// On a system that can't exchange two files: old kernels, some network disks.
    fn without_exchange(mut self) -> Self {
        use std::os::unix::fs::PermissionsExt;
        self.saver = self.path().join("saver-without-exchange");
        let inject =
            "strace -f -qq -o ~/strace.log -e trace=renameat2 -e inject=renameat2:error=EINVAL";
        let script = format!("#!/bin/bash\nexec {inject} {SAVER} \"$@\"\n");
        fs::write(&self.saver, script).expect("written");
        fs::set_permissions(&self.saver, fs::Permissions::from_mode(0o755)).expect("runnable");
        self
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn config(&self) -> PathBuf {
        self.path().join(".aws/config")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.config()).expect("the config")
    }

    /// A program with this home and nothing else of ours.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("HOME", self.path())
            .env("ROLECALL_DATA", self.path().join("data"))
            .env_remove("AWS_CONFIG_FILE")
            .env_remove("AWS_SHARED_CREDENTIALS_FILE")
            .env_remove("AWS_PROFILE");
        command
    }

    /// Runs a shell line in which `$SAVER` saves.
    fn shell(&self, line: &str) -> Output {
        let mut command = self.command("bash");
        command.args(["-c", line]).env("SAVER", &self.saver);
        command.output().expect("bash runs")
    }

    /// Saves with nothing in the way.
    fn save(&self, value: &str) {
        let output = self.command(SAVER).args(["set", value]).output();
        let output = output.expect("it runs");
        assert!(output.status.success(), "{}", said(&output));
    }

    /// What stands in the folder beside the config.
    fn beside(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path().join(".aws")).expect("the folder");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.filter(|path| *path != self.config()).collect()
    }

    /// The file's mode.
    fn mode(&self, path: &str) -> u32 {
        use std::os::unix::fs::MetadataExt;
        let metadata = fs::metadata(self.path().join(path));
        metadata.expect("it is there").mode() & 0o7777
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// With another region in the first profile.
fn with_region(value: &str) -> String {
    TEXT.replacen("us-east-1", value, 1)
}

/// Waits until another program has done something, for as long as there is something missing.
fn until(missing: impl Fn() -> Option<String>) {
    let end = Instant::now() + Duration::from_secs(30);
    while let Some(missing) = missing() {
        assert!(Instant::now() < end, "still missing: {missing}");
        std::thread::yield_now();
    }
}
