//! The real keyring: gnome-keyring on a session bus of its own. What one process puts there another one reads; what can't
//! be had is said, and nothing takes its place.

use std::fs;

use super::home::{Home, set_mode};

const OLD: &str = "[a]\nregion = x\n";

/// Runs lines of bash on a bus of its own, with the command as `$B`; what they print, and on which line they stopped.
fn on_a_bus(home: &Home, lines: &str) -> (String, bool) {
    let run = home.path().join("run");
    fs::create_dir_all(&run).expect("a folder");
    set_mode(&run, 0o700);
    let output = home
        .program("dbus-run-session", &["--", "bash", "-e", "-c", lines])
        .env("XDG_RUNTIME_DIR", &run)
        .env("B", env!("CARGO_BIN_EXE_rolecall"))
        .output()
        .expect("dbus-run-session and gnome-keyring are there: scripts/setup.sh brings them");
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (text, output.status.success())
}

/// Unlocks a keyring whose password is never needed again.
const UNLOCK: &str =
    "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n";

fn home() -> Home {
    Home::with(&[("config", OLD)])
}

#[test]
fn f097_f099_what_one_process_encrypts_another_one_restores_and_without_the_key_nothing_is_written()
{
    let home = home();
    let config = home.aws().join("config");
    let lines = "$B history keep keyring\nprintf '[a]\\nregion = y\\n' > ~/.aws/config\n$B history restore 1 --yes\n";
    let (text, well) = on_a_bus(&home, &format!("{UNLOCK}{lines}"));
    assert!(
        well && text.contains("its key in the system's keyring"),
        "{text}"
    );
    assert_eq!(fs::read_to_string(&config).expect("text"), OLD);
    let blobs = home.data().join("history/blobs");
    for blob in fs::read_dir(blobs).expect("kept") {
        let bytes = fs::read(blob.expect("an entry").path()).expect("its bytes");
        assert!(!bytes.windows(6).any(|part| part == b"region"));
    }
    // Later, without the keyring: it is said, nothing is written, and nothing is kept another way.
    fs::write(&config, "[a]\nregion = z\n").expect("written");
    let (text, well) = on_a_bus(&home, "$B history restore 1 --yes");
    assert!(!well && text.contains("keyring"), "{text}");
    assert_eq!(
        fs::read_to_string(&config).expect("text"),
        "[a]\nregion = z\n"
    );
}

#[test]
fn f095_a_bus_without_a_keyring_is_said_and_no_key_is_made() {
    let home = home();
    let (text, well) = on_a_bus(&home, "$B history keep keyring");
    assert!(
        !well && text.contains("History can't keep the old text"),
        "{text}"
    );
    assert!(!home.data().exists());
}
