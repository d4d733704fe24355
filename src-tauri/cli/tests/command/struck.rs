//! `rolecall set` under strace: each of its system calls that concerns the home is struck in turn, with an error and with
//! `kill -9`. The file is the old one or the new one, entirely, and the next run leaves nothing over. That a call was struck
//! is seen in strace's own log, since a strace that injects nothing would make everything here pass.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    os::unix::process::ExitStatusExt as _,
    path::PathBuf,
    process::Output,
    time::{Duration, SystemTime},
};

use super::home::Home;

const TEXT: &str = "[profile a]\nregion = us-east-1\n[profile b]\nregion = us-east-1\n";
const CALLS: &str = "openat,write,fsync,fchmod,renameat2,close,unlink,mkdir";
/// Calls that are struck; fewer means that something is not struck any more.
const FLOOR: usize = 80;

/// Rolecall has been here before.
pub(crate) fn known_home() -> Home {
    let home = Home::with(&[("config", TEXT)]);
    set(&home, "known");
    home.write("config", TEXT);
    home
}

pub(crate) fn set(home: &Home, value: &str) {
    home.done(&["set", "a", "region", value, "--yes"]);
}

pub(crate) fn with_region(value: &str) -> String {
    TEXT.replacen("us-east-1", value, 1)
}

/// What stands in the folder beside the config.
pub(crate) fn beside(home: &Home) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.aws()).expect("the folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| *path != home.aws().join("config"))
        .collect()
}

/// A minute later, the next change goes well, and nothing is left over.
pub(crate) fn clears_up(home: &Home, value: &str, when: &str) {
    let long_ago = SystemTime::now() - Duration::from_mins(1);
    for path in beside(home) {
        let file = File::options().write(true).open(path).expect("a file");
        file.set_modified(long_ago).expect("aged");
    }
    set(home, value);
    assert_eq!(home.read("config"), with_region(value), "{when}");
    assert!(beside(home).is_empty(), "{when}: {:?}", beside(home));
}

/// Changes a value under strace, perhaps with a fault, and answers what strace wrote too.
fn traced(home: &Home, inject: Option<&str>) -> (Output, String) {
    let log = home.path().join("strace.log");
    let trace = format!("trace={CALLS}");
    let inject = inject.map(|inject| format!("inject={inject}"));
    let mut arguments = vec!["-f", "-qq", "-y", "-o", "strace.log", "-e", &trace];
    if let Some(inject) = &inject {
        arguments.extend(["-e", inject]);
    }
    let rolecall = env!("CARGO_BIN_EXE_rolecall");
    arguments.extend([rolecall, "set", "a", "region", "new", "--yes"]);
    let output = home.program("strace", &arguments).output();
    let output = output.expect("strace is here: scripts/setup.sh installs it");
    (output, fs::read_to_string(log).expect("a log"))
}

/// Each call that concerns the home, with the how-manieth of its kind it is.
fn calls() -> Vec<(String, usize)> {
    let home = known_home();
    let (output, log) = traced(&home, None);
    assert!(output.status.success(), "{output:?}");
    let mut counts = BTreeMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        let call = line.split_once(' ').expect("process and call").1.trim();
        let Some((name, arguments)) = call.split_once('(') else {
            continue;
        };
        let number = counts.entry(name.to_owned()).or_insert(0);
        *number += 1;
        // Rust's own library gives up where a folder that was listed can't be closed, which no system says.
        let closes_folder = name == "close" && fd_path(arguments).is_some_and(|path| path.is_dir());
        if arguments.contains(home.path().to_str().expect("text")) && !closes_folder {
            calls.push((name.to_owned(), *number));
        }
    }
    assert!(calls.iter().any(|(name, _)| name == "renameat2"), "{log}");
    assert!(calls.len() >= FLOOR, "{calls:?}");
    calls
}

/// What `5</home/jo/.aws>)` is open for.
fn fd_path(arguments: &str) -> Option<PathBuf> {
    let path = arguments.split_once('<')?.1.split_once('>')?.0;
    Some(path.into())
}

#[test]
fn f039_f041_each_system_call_of_a_change_fails_and_the_file_is_old_or_new() {
    let calls = calls();
    let (mut old, mut new) = (0, 0);
    for (call, number) in &calls {
        let errors: &[&str] = match call.as_str() {
            "renameat2" => &["EINVAL", "EBUSY", "EACCES", "ENOSPC"],
            "close" | "unlink" => &["EIO"],
            _ => &["ENOSPC", "EIO"],
        };
        for error in errors {
            let home = known_home();
            let inject = format!("{call}:error={error}:when={number}");
            let (output, log) = traced(&home, Some(&inject));
            assert!(log.contains("(INJECTED)"), "{inject}:\n{log}");
            if output.status.success() {
                assert_eq!(home.read("config"), with_region("new"), "{inject}");
                new += 1;
            } else {
                assert_eq!(home.read("config"), TEXT, "{inject}: {output:?}");
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(said.trim_end().ends_with('.'), "{inject}: {said}");
                old += 1;
            }
            clears_up(&home, "next", &inject);
        }
    }
    println!(
        "{} system calls struck: {old} times the old file, {new} times the new one",
        calls.len()
    );
}

#[test]
fn f064_a_kill_at_each_system_call_of_a_change_leaves_the_file_old_or_new() {
    let calls = calls();
    let (mut old, mut new) = (0, 0);
    for (call, number) in &calls {
        let home = known_home();
        let inject = format!("{call}:signal=KILL:when={number}");
        let (output, log) = traced(&home, Some(&inject));
        assert!(log.contains("killed by SIGKILL"), "{inject}:\n{log}");
        assert_eq!(output.status.signal(), Some(9), "{inject}");
        let text = home.read("config");
        assert!(
            text == TEXT || text == with_region("new"),
            "{inject}: {text}"
        );
        if text == TEXT {
            old += 1;
        } else {
            new += 1;
        }
        assert!(beside(&home).len() <= 1, "{inject}: {:?}", beside(&home));
        clears_up(&home, "next", &inject);
    }
    println!(
        "killed at {} system calls: {old} times the old file, {new} times the new one",
        calls.len()
    );
    assert!(old > 0 && new > 0, "both sides were struck");
}
