//! Real system calls that fail or kill: the saver under strace. First it is only watched, and each of its calls that
//! concern the save is numbered; then each of those is struck in turn. That it was struck is seen in strace's own log,
//! since a strace that injects nothing would make everything here pass.

use std::{collections::BTreeMap, fs, process::Output};

use super::{Home, SAVER, TEXT, said, with_region};

const CALLS: &str = "openat,write,fsync,fchmod,renameat2,close,unlink,mkdir";
/// Calls of the save that are struck; fewer means that something is not struck any more.
const FLOOR: usize = 12;

/// Runs a save under strace, perhaps with a fault, and answers what strace wrote too.
fn traced(home: &Home, value: &str, inject: Option<&str>) -> (Output, String) {
    let log = home.path().join("strace.log");
    let mut command = home.command("strace");
    command.args(["-f", "-qq", "-o"]).arg(&log);
    command.arg("-e").arg(format!("trace={CALLS}"));
    if let Some(inject) = inject {
        command.arg("-e").arg(format!("inject={inject}"));
    }
    let output = command.arg(SAVER).args(["set", value]).output();
    let output = output.expect("strace is here: scripts/setup.sh installs it");
    (output, fs::read_to_string(log).expect("a log"))
}

/// Each call of the save, with the how-manieth of its kind it is.
fn calls_of_a_save() -> Vec<(String, usize)> {
    let home = Home::with(TEXT);
    let (output, log) = traced(&home, "watched", None);
    assert!(output.status.success(), "{}", said(&output));
    let mut counts = BTreeMap::new();
    let mut calls = Vec::new();
    let mut has_begun = false;
    for line in log.lines() {
        let call = line.split_once(' ').expect("process and call").1.trim();
        let Some((name, arguments)) = call.split_once('(') else {
            continue;
        };
        let number = counts.entry(name.to_owned()).or_insert(0);
        *number += 1;
        // The first thing that a save does is to make room for its lock.
        has_begun |= name == "mkdir" && arguments.contains("data");
        if has_begun {
            calls.push((name.to_owned(), *number));
        }
    }
    assert!(calls.iter().any(|(name, _)| name == "renameat2"), "{log}");
    calls
}

#[test]
fn f039_f041_each_system_call_of_a_save_fails_and_the_file_is_old_or_new() {
    let calls = calls_of_a_save();
    assert!(calls.len() >= FLOOR, "{calls:?}");
    for (call, number) in &calls {
        let errors: &[&str] = match call.as_str() {
            "renameat2" => &["EINVAL", "EBUSY", "EACCES", "ENOSPC"],
            _ => &["ENOSPC", "EIO"],
        };
        for error in errors {
            let home = Home::with(TEXT);
            let inject = format!("{call}:error={error}:when={number}");
            let (output, log) = traced(&home, "new", Some(&inject));
            assert!(log.contains("(INJECTED)"), "{inject}:\n{log}");
            let text = home.text();
            if output.status.success() {
                assert_eq!(text, with_region("new"), "{inject}");
            } else {
                assert_eq!(text, TEXT, "{inject}: {}", said(&output));
                assert!(said(&output).trim_end().ends_with('.'), "{output:?}");
            }
            clears_up(&home, &inject);
        }
    }
    println!("{} system calls were struck", calls.len());
}

#[test]
fn f064_a_kill_at_each_system_call_of_a_save_leaves_the_file_old_or_new() {
    for (call, number) in calls_of_a_save() {
        let home = Home::with(TEXT);
        let inject = format!("{call}:signal=KILL:when={number}");
        let (_, log) = traced(&home, "new", Some(&inject));
        assert!(log.contains("killed by SIGKILL"), "{inject}:\n{log}");
        let text = home.text();
        assert!(
            text == TEXT || text == with_region("new"),
            "{inject}: {text}"
        );
        assert!(home.beside().len() <= 1, "{inject}: {:?}", home.beside());
        clears_up(&home, &inject);
    }
}

/// The next save goes well, and nothing is left over.
fn clears_up(home: &Home, when: &str) {
    home.age_leftovers();
    home.save("next");
    assert_eq!(home.text(), with_region("next"), "{when}");
    assert!(home.beside().is_empty(), "{when}: {:?}", home.beside());
}

#[test]
fn f034_new_files_are_born_private_whatever_the_umask() {
    for umask in ["000", "077", "777"] {
        let home = Home::with(TEXT);
        fs::remove_dir_all(home.path().join(".aws")).expect("gone");
        let line =
            format!("umask {umask}; strace -f -qq -o log -e trace=openat,mkdir \"$SAVER\" create");
        let output = home.shell(&format!("cd \"$HOME\"; {line}"));
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(home.mode(".aws"), 0o700, "umask {umask}");
        assert_eq!(home.mode(".aws/config"), 0o600, "umask {umask}");
        assert_eq!(home.mode(".aws/credentials"), 0o600, "umask {umask}");
        let log = fs::read_to_string(home.path().join("log")).expect("a log");
        let created = log.lines().filter(|line| line.contains("O_CREAT|O_EXCL"));
        let created: Vec<_> = created.collect();
        assert!(created.len() >= 2, "{log}");
        assert!(
            created.iter().all(|line| line.contains("0600")),
            "{created:?}"
        );
        let folders = log.lines().filter(|line| line.contains(" mkdir("));
        assert!(
            folders.into_iter().all(|line| line.contains("0700")),
            "{log}"
        );
    }
}
