//! A home folder for one test, and the command run in it: no variable, no bus and no terminal of the tests' own.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

const ROLECALL: &str = env!("CARGO_BIN_EXE_rolecall");

/// Gone with the test.
pub(crate) struct Home(TempDir);

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    /// Nothing in it, not even `~/.aws`.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// With these files in `~/.aws`.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let home = Self::empty();
        fs::create_dir(home.aws()).expect("the folder");
        for (name, text) in files {
            home.write(name, text);
        }
        home
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn aws(&self) -> PathBuf {
        self.path().join(".aws")
    }

    /// Where Rolecall keeps what is its own.
    pub(crate) fn data(&self) -> PathBuf {
        self.path().join(".local/share/rolecall")
    }

    /// As another program would; only its owner may read it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.aws().join(name);
        fs::write(&path, text).expect("written");
        set_mode(&path, 0o600);
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.aws().join(name)).expect("text")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.program(ROLECALL, arguments)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.fed("", arguments)
    }

    /// With this on standard input, which is no terminal.
    pub(crate) fn fed(&self, input: impl AsRef<[u8]>, arguments: &[&str]) -> Ran {
        feed(self.command(arguments), input.as_ref())
    }

    /// Runs what must go well.
    pub(crate) fn done(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran
    }

    /// On a terminal, where somebody types this: what stands on it then, and the exit code.
    pub(crate) fn typed(&self, arguments: &str, input: &str) -> (String, i32) {
        let line = format!("{ROLECALL} {arguments}");
        let mut terminal = self.program(
            "script",
            &["--quiet", "--return", "--command", &line, "/dev/null"],
        );
        let mut child = terminal
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("util-linux is there");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input.as_bytes()).expect("it listens");
        let output = child.wait_with_output().expect("it ends");
        drop(stdin);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (text, output.status.code().expect("no signal"))
    }

    /// Any program in this home.
    pub(crate) fn program(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.path())
            .env("XDG_RUNTIME_DIR", self.path())
            .env("PATH", "/usr/bin:/bin")
            .env("USER", "jo")
            .current_dir(self.path());
        command
    }

    /// Every file that Rolecall keeps, with its bytes.
    pub(crate) fn kept(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        walk(&self.path().join(".local"), &mut found);
        found
    }
}

/// Runs it to its end with this on standard input.
pub(crate) fn feed(mut command: Command, input: &[u8]) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    // Who doesn't read it may be gone already.
    let _ = stdin.write_all(input);
    drop(stdin);
    Ran::of(child.wait_with_output().expect("it ends"))
}

impl Ran {
    pub(crate) fn of(output: std::process::Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
        Self {
            code: output.status.code().expect("no signal"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// All that it printed.
    pub(crate) fn said(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its mode is set");
}

pub(crate) fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    let metadata = fs::metadata(path).expect("it is there");
    metadata.permissions().mode() & 0o7777
}

fn walk(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push((path.clone(), fs::read(&path).expect("its bytes")));
        }
    }
}
