//! `rolecall history`: the contract with scripts. The real binary on real files, on a system without a keyring.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "the harness makes homes and runs the command"
)]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TEXT: &str = "# mine\n[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
                    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\n[b]\nregion = eu-west-1\n";

struct Home(TempDir);

#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir(home.0.path().join(".aws")).expect("the folder");
        home.write(TEXT);
        home
    }

    fn credentials(&self) -> PathBuf {
        self.0.path().join(".aws/credentials")
    }

    /// As another program would.
    fn write(&self, text: &str) {
        fs::write(self.credentials(), text).expect("written");
    }

    fn text(&self) -> String {
        fs::read_to_string(self.credentials()).expect("text")
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.fed(arguments, "")
    }

    /// With this on standard input, which is no terminal.
    fn fed(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rolecall"))
            .args(arguments)
            .env_clear()
            .env("HOME", self.0.path())
            .env("XDG_RUNTIME_DIR", self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        // It may end without reading.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
        Ran {
            code: output.status.code().expect("no signal"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// On a terminal, where somebody types this; what stands on it then, and the exit code.
    fn typed(&self, arguments: &str, input: &str) -> (String, i32) {
        let command = format!("{} {arguments}", env!("CARGO_BIN_EXE_rolecall"));
        let mut child = Command::new("script")
            .args(["--quiet", "--return", "--command", &command, "/dev/null"])
            .env_clear()
            .env("HOME", self.0.path())
            .env("XDG_RUNTIME_DIR", self.0.path())
            .env("PATH", std::env::var_os("PATH").expect("a path"))
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

    fn data(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        walk(&self.0.path().join(".local"), &mut found);
        found
    }
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

#[test]
fn listing_asks_nobody_and_writes_nothing() {
    let home = Home::new();
    let ran = home.run(&["history", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let wanted = json!({"versions": [], "damaged": 0, "kept": null});
    assert_eq!(ran.json(), wanted);
    assert!(home.data().is_empty());
}

#[test]
fn a_version_is_shown_restored_and_taken_back_after_consent() {
    let home = Home::new();
    assert_eq!(home.run(&["history", "keep", "without-secrets"]).code, 0);
    let theirs = TEXT.replace("eu-west-1", "us-east-1");
    home.write(&theirs);

    let asked = home.run(&["history", "restore", "1", "--json"]);
    assert_eq!(asked.code, 1, "{asked:?}");
    assert_eq!(asked.json()["outcome"], json!({"is": "consentNeeded"}));
    assert_eq!(home.text(), theirs);
    let shown = home.run(&["history", "restore", "1", "--diff"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(
        shown
            .out
            .contains("- region = us-east-1\n+ region = eu-west-1\n"),
        "{shown:?}"
    );
    assert_eq!(home.text(), theirs);

    let restored = home.run(&["history", "restore", "1", "--yes", "--json"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    let document = restored.json();
    assert_eq!(document["outcome"], json!({"is": "written"}));
    assert_eq!(document["changes"][0]["file"], "credentials");
    assert_eq!(home.text(), TEXT);

    let listed = home.run(&["history", "list", "--json"]).json();
    let by: Vec<_> = listed["versions"]
        .as_array()
        .expect("versions")
        .iter()
        .map(|version| (version["id"].clone(), version["byRolecall"].clone()))
        .collect();
    let wanted = [
        (json!(3), json!("Restore version 1 of credentials")),
        (json!(2), Value::Null),
        (json!(1), Value::Null),
    ];
    assert_eq!(by, wanted);
    assert_eq!(listed["kept"], "withoutSecrets");

    let undone = home.run(&["history", "undo", "--yes"]);
    assert_eq!(undone.code, 0, "{undone:?}");
    assert!(undone.err.contains("Undo: Restore version 1"), "{undone:?}");
    assert_eq!(home.text(), theirs);
    let nothing = home.run(&["history", "undo", "--yes", "--json"]);
    assert_eq!(nothing.code, 1, "{nothing:?}");
    assert_eq!(nothing.json()["failure"]["cause"], "history.nothingToUndo");
    for (path, bytes) in home.data() {
        let holds = bytes
            .windows(SECRET.len())
            .any(|part| part == SECRET.as_bytes());
        assert!(!holds, "{}", path.display());
    }
}

#[test]
fn a_terminal_is_asked_and_a_no_writes_nothing() {
    let home = Home::new();
    home.run(&["history", "keep", "without-secrets"]);
    let theirs = TEXT.replace("eu-west-1", "us-east-1");
    home.write(&theirs);
    let (shown, code) = home.typed("history restore 1", "n\n");
    assert_eq!(code, 130, "{shown}");
    assert!(
        shown.contains("region = eu-west-1") && shown.contains("Write this? [y/N]"),
        "{shown}"
    );
    assert_eq!(home.text(), theirs);
    let (shown, code) = home.typed("history restore 1", "y\n");
    assert_eq!(code, 0, "{shown}");
    assert_eq!(home.text(), TEXT);
}

#[test]
fn where_nobody_can_be_asked_it_is_kept_without_secrets_and_that_is_said_once() {
    let home = Home::new();
    home.run(&["history", "keep", "without-secrets"]);
    let settings = home.0.path().join(".local/share/rolecall/settings.toml");
    fs::remove_file(&settings).expect("nobody has chosen");
    home.write(&TEXT.replace("eu-west-1", "us-east-1"));
    let said = "It is kept without secrets from now on";
    let restored = home.run(&["history", "restore", "1", "--yes"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert!(restored.err.contains(said), "{restored:?}");
    assert_eq!(home.text(), TEXT);
    let undone = home.run(&["history", "undo", "--yes"]);
    assert_eq!(undone.code, 0, "{undone:?}");
    assert!(!undone.err.contains(said), "{undone:?}");
}

#[test]
fn a_terminal_chooses_how_history_is_kept() {
    let home = Home::new();
    home.run(&["history", "keep", "without-secrets"]);
    let settings = home.0.path().join(".local/share/rolecall/settings.toml");
    fs::remove_file(&settings).expect("nobody has chosen");
    let theirs = TEXT.replace("eu-west-1", "us-east-1");
    home.write(&theirs);
    let (shown, code) = home.typed("history restore 1", "y\nx\n");
    assert_eq!((code, home.text()), (3, theirs), "{shown}");
    let (shown, code) = home.typed("history restore 1", "y\nn\n");
    assert_eq!((code, home.text().as_str()), (0, TEXT), "{shown}");
    let settings = fs::read_to_string(settings).expect("the choice");
    assert!(settings.contains("history = \"none\""), "{settings}");
}

#[test]
fn one_profile_is_restored_and_what_a_version_changed_is_shown_masked() {
    let home = Home::new();
    home.run(&["history", "keep", "without-secrets"]);
    home.write("[c]\nregion = x\n");
    let gone = home.run(&["history", "restore", "1", "--yes"]);
    assert_eq!(gone.code, 3, "{gone:?}");
    assert!(gone.err.contains("what line 4 had is gone"), "{gone:?}");
    assert_eq!(home.text(), "[c]\nregion = x\n");
    let restored = home.run(&["history", "restore", "1", "b", "--yes"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert_eq!(home.text(), "[c]\nregion = x\n\n[b]\nregion = eu-west-1\n");
    let shown = home.run(&["history", "show", "1"]);
    assert!(
        shown.out.contains("+ aws_secret_access_key = ••••"),
        "{shown:?}"
    );
    assert!(!shown.out.contains(SECRET));
    let missing = home.run(&["history", "show", "99", "--json"]);
    assert_eq!(missing.code, 1);
    assert_eq!(missing.json()["failure"]["cause"], "history.notFound");
}

#[test]
fn a_passphrase_comes_from_standard_input_and_text_is_encrypted_with_it() {
    let home = Home::new();
    let kept = home.fed(&["history", "keep", "passphrase"], "correct horse\n");
    assert_eq!(kept.code, 0, "{kept:?}");
    for (path, bytes) in home.data() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("region") && !text.contains("horse"),
            "{}",
            path.display()
        );
    }
    home.write("[c]\nregion = x\n");
    let locked = home.run(&["history", "restore", "1", "--yes"]);
    assert_eq!(locked.code, 3, "{locked:?}");
    assert!(
        locked.err.contains("locked with your passphrase"),
        "{locked:?}"
    );
    let wrong = home.fed(&["history", "keep", "passphrase"], "wrong horse\n");
    assert_eq!(wrong.code, 3, "{wrong:?}");
    assert_eq!(home.text(), "[c]\nregion = x\n");
}

#[test]
fn a_choice_is_written_once_and_a_keyring_that_is_not_there_is_said() {
    let home = Home::new();
    let none = home.run(&["history", "keep", "keyring"]);
    assert_eq!(none.code, 3, "{none:?}");
    assert!(none.err.contains("no keyring running"), "{none:?}");
    assert!(home.data().is_empty(), "no key was made anywhere else");
    home.run(&["history", "keep", "none"]);
    let settings = home.0.path().join(".local/share/rolecall/settings.toml");
    let settings = fs::read_to_string(settings).expect("the choice");
    assert!(settings.contains("history = \"none\""), "{settings}");
}
