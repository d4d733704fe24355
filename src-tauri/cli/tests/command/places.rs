//! Odd things in the place of a file, row by row of the fault cases: nothing hangs, the other file still counts, and what
//! can't be written is refused with nothing created.

use std::{
    fs,
    os::unix::{fs::symlink, net::UnixListener},
    time::{Duration, Instant},
};

use super::home::{Home, feed, set_mode};

const KEYS: &str = "[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
/// None of this waits for anything.
const AT_ONCE: Duration = Duration::from_secs(5);

fn home() -> Home {
    Home::with(&[("credentials", KEYS)])
}

/// The file can't be read, which is told in these words; the other one is listed, and nothing is written to this one.
fn is_told(home: &Home, message: &str) {
    let started = Instant::now();
    let ran = home.run(&["list", "--json"]);
    assert!(started.elapsed() < AT_ONCE, "{:?}", started.elapsed());
    assert_eq!(ran.code, 3, "{ran:?}");
    let said = &ran.json()["failure"]["message"];
    assert_eq!(said, message);
    assert_eq!(ran.json()["profiles"][0]["name"], "keys");
    let names = || {
        let entries = fs::read_dir(home.aws()).expect("the folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        names
    };
    let before = names();
    let set = home.run(&["add", "new", "region=x", "--yes"]);
    assert_eq!(set.code, 3, "{set:?}");
    assert_eq!(names(), before);
    assert_eq!(home.read("credentials"), KEYS);
}

#[test]
fn f017_a_named_pipe_is_told_and_nobody_waits_for_it() {
    let home = home();
    let made = home.program("mkfifo", &[".aws/config"]).status();
    assert!(made.expect("it runs").success());
    is_told(
        &home,
        "config is a named pipe, not a file. It was not read.",
    );
}

#[test]
fn f018_a_folder_is_told() {
    let home = home();
    fs::create_dir(home.aws().join("config")).expect("made");
    is_told(&home, "config is a folder, not a file. It was not read.");
}

#[test]
fn f018_a_file_in_the_place_of_the_folder_is_told_and_nothing_is_made() {
    let home = Home::empty();
    fs::write(home.aws(), "mine").expect("written");
    let listed = home.run(&["list", "--json"]);
    assert_eq!(listed.json()["profiles"].as_array().map(Vec::len), Some(0));
    let added = home.run(&["add", "new", "region=x", "--yes", "--json"]);
    assert_eq!(added.code, 3, "{added:?}");
    assert_eq!(fs::read_to_string(home.aws()).expect("as it was"), "mine");
}

#[test]
fn f019_devices_are_told_and_not_read() {
    for device in ["/dev/zero", "/dev/full", "/dev/tty"] {
        let home = home();
        symlink(device, home.aws().join("config")).expect("linked");
        is_told(&home, "config is a device, not a file. It was not read.");
    }
}

#[test]
fn f020_a_socket_is_told() {
    let home = home();
    let _listens = UnixListener::bind(home.aws().join("config")).expect("bound");
    is_told(&home, "config is a socket, not a file. It was not read.");
}

/// Root reads everything: the command gives its powers up, and a file that it can read all the same would say so.
#[test]
fn f021_a_file_that_may_not_be_read_is_told_with_its_owner_and_mode() {
    let home = home();
    home.write("config", "[profile secret]\nregion = x\n");
    set_mode(&home.aws().join("config"), 0o000);
    let powers = "-dac_override,-dac_read_search";
    let rolecall = env!("CARGO_BIN_EXE_rolecall");
    let bound = [
        "--bounding-set",
        powers,
        "--inh-caps",
        powers,
        rolecall,
        "list",
        "--json",
    ];
    let ran = feed(home.program("setpriv", &bound), b"");
    assert_eq!(ran.code, 3, "{ran:?}");
    let message = ran.json()["failure"]["message"].to_string();
    assert!(
        message.contains("No permission to read config (owner "),
        "{message}"
    );
    assert!(message.contains("mode 000)"), "{message}");
    assert_eq!(ran.json()["profiles"][0]["name"], "keys");
    assert!(!ran.out.contains("secret\""), "it was not read");
}

#[test]
fn f029_a_link_over_links_is_followed_and_one_that_leads_back_is_told() {
    let home = home();
    for (link, target) in [("config", "one"), ("one", "two"), ("two", "three")] {
        symlink(target, home.aws().join(link)).expect("linked");
    }
    home.write("three", "[profile a]\nregion = x\n");
    home.done(&["set", "a", "region", "y", "--yes"]);
    assert_eq!(home.read("three"), "[profile a]\nregion = y\n");
    assert!(home.aws().join("config").is_symlink() && home.aws().join("two").is_symlink());
    fs::remove_file(home.aws().join("three")).expect("removed");
    symlink("config", home.aws().join("three")).expect("linked");
    is_told(&home, "config is a link that leads back to itself.");
}

#[test]
fn f029_forty_one_links_are_too_many() {
    let home = home();
    for number in 0..41 {
        symlink(
            format!("l{}", number + 1),
            home.aws().join(format!("l{number}")),
        )
        .expect("linked");
    }
    home.write("l41", "[profile a]\nregion = x\n");
    symlink("l0", home.aws().join("config")).expect("linked");
    let ran = home.run(&["list", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(ran.json()["profiles"][0]["name"], "keys");
}

#[test]
fn f030_a_link_to_nothing_is_filled_where_its_folder_is_and_refused_where_not() {
    let home = home();
    symlink("../nowhere/config", home.aws().join("config")).expect("linked");
    is_told(
        &home,
        "config points to ~/.aws/../nowhere/config, which does not exist.",
    );
    assert!(!home.path().join("nowhere").exists());
}

#[test]
fn f031_a_linked_folder_is_written_through() {
    let home = Home::empty();
    fs::create_dir(home.path().join("dot")).expect("made");
    symlink("dot", home.aws()).expect("linked");
    home.write("config", "[profile a]\nregion = x\n");
    home.done(&["set", "a", "region", "y", "--yes"]);
    assert!(home.aws().is_symlink());
    let names = fs::read_dir(home.path().join("dot"))
        .expect("there")
        .count();
    assert_eq!(
        (home.read("config").as_str(), names),
        ("[profile a]\nregion = y\n", 1)
    );
}

/// Both variables name one file: what is written into it as the one is not written over as the other.
#[test]
fn awsx_12_one_file_in_both_roles_is_written_once_and_whole() {
    let home = Home::with(&[("config", "[default]\nregion = x\n")]);
    let both = home.aws().join("config");
    let set = |arguments: &[&str]| {
        let mut command = home.command(arguments);
        command
            .env("AWS_CONFIG_FILE", &both)
            .env("AWS_SHARED_CREDENTIALS_FILE", &both);
        feed(command, b"AKIAIOSFODNN7EXAMPLE\n")
    };
    let ran = set(&["set", "default", "aws_access_key_id", "-", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = set(&["set", "default", "region", "y", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        home.read("config"),
        "[default]\nregion = y\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
    );
}
