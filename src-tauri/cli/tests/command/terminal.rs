//! Terminals, signals and the data folder, row by row of the fault cases: a no changes nothing, in whatever way it is said,
//! and a verb that is stopped leaves the old file or the new one.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::{fs::MetadataExt as _, process::ExitStatusExt as _},
    path::{Path, PathBuf},
    process::Stdio,
};

use super::home::{Home, Ran, feed, set_mode};

const TEXT: &str = "[profile a]\nregion = us-east-1\n";

fn home() -> Home {
    Home::with(&[("config", TEXT)])
}

/// Content, time and number of every file of the person.
fn state(home: &Home) -> BTreeMap<PathBuf, (Vec<u8>, i64, i64, u64, u32)> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, (Vec<u8>, i64, i64, u64, u32)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let meta = fs::symlink_metadata(&path).expect("there");
            let bytes = if meta.is_file() {
                fs::read(&path).expect("bytes")
            } else {
                Vec::new()
            };
            if meta.is_dir() {
                walk(&path, found);
            }
            found.insert(
                path,
                (
                    bytes,
                    meta.mtime(),
                    meta.mtime_nsec(),
                    meta.ino(),
                    meta.mode(),
                ),
            );
        }
    }
    let mut found = BTreeMap::new();
    walk(&home.aws(), &mut found);
    found
}

#[test]
fn f068_jetbrains_5167_cancel_deletes_nothing_however_it_is_said() {
    let verbs = [
        "set a region x",
        "remove a",
        "rename a b",
        "move a --to credentials",
        "check --fix=all",
    ];
    for verb in verbs {
        let home = home();
        let before = state(&home);
        for answer in ["n\n", "\n"] {
            home.typed(verb, answer);
            assert_eq!(state(&home), before, "{verb}: {answer:?}");
        }
        home.run(verb.split(' ').collect::<Vec<_>>().as_slice());
        assert_eq!(state(&home), before, "{verb}: nobody to ask");
    }
}

#[test]
fn f068_f105_a_verb_that_waits_for_an_answer_and_is_ended_changes_nothing() {
    for (signal, number) in [("TERM", 15), ("INT", 2), ("HUP", 1)] {
        let home = home();
        let before = state(&home);
        // It reads the keys to import, which never come.
        let mut child = home
            .command(&["import", "-", "--yes"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("it runs");
        let ended = home
            .program("kill", &[&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(ended.expect("it runs").success());
        assert_eq!(child.wait().expect("it ends").signal(), Some(number));
        assert_eq!(state(&home), before);
    }
}

#[test]
fn f105_odd_terminals_and_locales_are_no_obstacle() {
    for (name, value) in [
        ("TERM", "dumb"),
        ("LC_ALL", "C"),
        ("LANG", "de_DE.ISO-8859-1"),
        ("COLUMNS", "20"),
        ("TERM", ""),
    ] {
        let home = home();
        let run = |arguments: &[&str]| -> Ran {
            let mut command = home.command(arguments);
            command.env(name, value);
            feed(command, b"")
        };
        for arguments in [
            &["list"][..],
            &["check"],
            &["--help"],
            &["set", "a", "region", "x", "--yes"],
        ] {
            let ran = run(arguments);
            assert!(ran.code < 2, "{name}={value}: {ran:?}");
            assert!(!ran.said().contains('\u{1b}'), "{name}={value}: {ran:?}");
        }
        assert_eq!(home.read("config"), TEXT.replace("us-east-1", "x"));
    }
}

/// Root writes everywhere, so the data folder is made of something that nobody can write into.
#[test]
fn f103_without_a_place_for_its_own_data_everything_can_be_looked_at_and_nothing_is_written() {
    let home = home();
    fs::write(home.path().join(".local"), "a file").expect("written");
    for arguments in [&["list"][..], &["show", "a"], &["chain", "a"], &["history"]] {
        assert!(home.run(arguments).code < 2, "{arguments:?}");
    }
    let before = state(&home);
    let ran = home.run(&["set", "a", "region", "x", "--yes", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(ran.json()["failure"]["code"], "unwritable");
    assert_eq!(state(&home), before);
}

#[test]
fn f102_damaged_settings_are_set_aside_and_the_verb_goes_on() {
    let home = home();
    fs::create_dir_all(home.data()).expect("made");
    for damaged in [
        "",
        "history = 7",
        "\u{0}\u{1}",
        "unknown = \"kept\"\nhistory = \"none\"\n",
    ] {
        let settings = home.data().join("settings.toml");
        fs::write(&settings, damaged).expect("written");
        assert_eq!(home.run(&["list"]).code, 0, "{damaged:?}");
        home.done(&["history", "keep", "without-secrets"]);
        let text = fs::read_to_string(&settings).expect("there");
        assert!(text.contains("history = \"withoutSecrets\""), "{text}");
        assert_eq!(
            text.contains("unknown"),
            damaged.contains("unknown"),
            "{text}"
        );
    }
}

#[test]
fn f101_a_version_is_put_back_over_a_file_that_moved_on_and_todays_text_is_kept_first() {
    let home = home();
    home.done(&["set", "a", "region", "eu-west-1", "--yes"]);
    let theirs = format!("{}[profile b]\nregion = x\n", home.read("config"));
    home.write("config", &theirs);
    let shown = home.done(&["history", "restore", "1", "--diff"]);
    assert!(shown.out.contains("- [profile b]"), "{shown:?}");
    home.done(&["history", "restore", "1", "--yes"]);
    assert_eq!(home.read("config"), TEXT);
    home.done(&["history", "undo", "--yes"]);
    assert_eq!(home.read("config"), theirs, "today's text was kept");
}

#[test]
fn f100_a_damaged_version_is_counted_and_the_others_can_be_put_back() {
    let home = home();
    for region in ["one", "two", "three"] {
        home.done(&["set", "a", "region", region, "--yes"]);
    }
    let notes: Vec<PathBuf> = home
        .kept()
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.to_string_lossy().contains("history"))
        .collect();
    let note = |number: &str| {
        let mut notes = notes.iter().filter(|path| {
            path.file_stem()
                .is_some_and(|stem| stem.to_string_lossy().trim_start_matches('0') == number)
        });
        notes.next().expect("a note for each version").clone()
    };
    fs::write(note("2"), "half a no").expect("damaged");
    fs::write(home.data().join("history/stranger"), "not ours").expect("written");
    let listed = home.done(&["history", "--json"]).json();
    assert_eq!(listed["damaged"], 1, "{listed}");
    home.done(&["history", "restore", "1", "--yes"]);
    assert_eq!(home.read("config"), TEXT);
    assert!(
        home.data().join("history/stranger").exists(),
        "nothing of others is removed"
    );
}

/// A file that is closed against its owner too is asked about, not forced.
#[test]
fn f022_a_file_that_is_marked_read_only_is_left_alone() {
    let home = home();
    set_mode(&home.aws().join("config"), 0o400);
    let ran = home.run(&["set", "a", "region", "x", "--yes", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(ran.json()["failure"]["cause"], "file.readOnly");
    assert_eq!(home.read("config"), TEXT);
}
