//! The verbs that change the two files: what they show, when they write, what they leave alone. The real binary on real
//! files.

use super::home::{Home, Ran, mode, set_mode};

const CONFIG: &str = "# mine\r\n[default]\r\nregion = eu-west-1\r\n\r\n[profile dev]\r\nrole_arn = arn:aws:iam::111122223333:role/Dev\r\nsource_profile = base\r\n";
const CREDENTIALS: &str = "[base]\naws_access_key_id=AKIAIOSFODNN7EXAMPLE\naws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const SECRET: &str = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";

fn home() -> Home {
    Home::with(&[("config", CONFIG), ("credentials", CREDENTIALS)])
}

#[test]
fn without_a_terminal_nothing_is_written_unless_it_is_agreed_to() {
    let home = home();
    let Ran { code, out, err } = home.run(&["set", "dev", "region", "us-east-1"]);
    assert_eq!(code, 1);
    assert!(out.contains("+ region = us-east-1"), "{out}");
    assert!(err.contains("--yes"), "{err}");
    assert_eq!(home.read("config"), CONFIG);
    home.done(&["set", "dev", "region", "us-east-1", "--diff"]);
    assert_eq!(home.read("config"), CONFIG);
    home.done(&["set", "dev", "region", "us-east-1", "--yes"]);
    assert_eq!(
        home.read("config"),
        format!("{CONFIG}region = us-east-1\r\n")
    );
    assert_eq!(home.read("credentials"), CREDENTIALS);
}

#[test]
fn the_same_again_is_done_and_writes_nothing() {
    let home = home();
    let Ran { code, err, .. } = home.run(&["set", "default", "region", "eu-west-1"]);
    assert_eq!((code, err.trim()), (0, "rolecall: Nothing to change."));
}

#[test]
fn a_secret_is_read_from_standard_input_and_refused_as_an_argument() {
    let home = home();
    let set = ["set", "base", "aws_secret_access_key", SECRET, "--yes"];
    let Ran { code, out, err } = home.run(&set);
    assert_eq!(code, 3);
    assert!(err.contains("Give - as its value") && !(out + &err).contains(SECRET));
    assert_eq!(home.read("credentials"), CREDENTIALS);
    let set = [
        "set",
        "base",
        "aws_secret_access_key",
        "-",
        "--yes",
        "--json",
    ];
    let ran = home.fed(format!("{SECRET}\n"), &set);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(!ran.said().contains(SECRET), "{ran:?}");
    assert!(
        home.read("credentials")
            .ends_with(&format!("aws_secret_access_key={SECRET}\n"))
    );
    let document = ran.json();
    assert_eq!(document["outcome"]["is"], "written");
    assert_eq!(document["changes"][0]["file"], "credentials");
}

#[test]
fn a_profile_is_added_renamed_copied_moved_merged_and_removed_and_the_rest_stays_byte_for_byte() {
    let home = home();
    home.done(&["add", "new", "region=eu-north-1", "output=json", "--yes"]);
    assert_eq!(
        home.read("config"),
        format!("{CONFIG}\r\n[profile new]\r\nregion = eu-north-1\r\noutput = json\r\n")
    );
    home.done(&["unset", "new", "output", "--yes"]);
    home.done(&["duplicate", "new", "newer", "--yes"]);
    home.done(&["move", "newer", "--to", "credentials", "--yes"]);
    assert_eq!(
        home.read("credentials"),
        format!("{CREDENTIALS}\n[newer]\nregion = eu-north-1\n")
    );
    home.done(&["merge", "new", "newer", "--yes"]);
    home.done(&["remove", "newer", "--yes"]);
    assert_eq!(
        (home.read("config"), home.read("credentials")),
        (CONFIG.into(), CREDENTIALS.into())
    );
    home.done(&["rename", "base", "root", "--yes"]);
    assert_eq!(home.read("config"), CONFIG.replace("= base", "= root"));
    assert_eq!(
        home.read("credentials"),
        CREDENTIALS.replace("[base]", "[root]")
    );
}

#[test]
fn what_a_removal_breaks_is_said_before_it_is_agreed_to() {
    let home = home();
    let Ran { err, .. } = home.run(&["remove", "base"]);
    assert!(
        err.contains("Then: dev has nothing to start from: there is no profile “base”."),
        "{err}"
    );
}

#[test]
fn what_can_not_be_is_refused_with_what_to_do_and_a_code() {
    let home = home();
    for (arguments, code, words) in [
        (
            vec!["set", "nobody", "region", "x"],
            1,
            "There is no profile “nobody”.",
        ),
        (
            vec!["set", "defualt", "region", "x"],
            1,
            "Did you mean default?",
        ),
        (
            vec!["rename", "dev", "base"],
            3,
            "There is a profile “base” already.",
        ),
        (
            vec!["rename", "dev", "my team"],
            3,
            "most AWS SDKs don't find a name with a space",
        ),
        (
            vec!["add", "dev", "region=x"],
            3,
            "There is a profile “dev” already.",
        ),
        (vec!["add", "x", "region"], 2, "KEY=VALUE"),
        (
            vec!["set", "dev", "region", "a # b"],
            3,
            "take # or ; behind a space for a comment",
        ),
        (
            vec!["unset", "dev", "output"],
            1,
            "output is not set there.",
        ),
        (
            vec!["set", "dev", "Bad Key", "x"],
            3,
            "is no key of a profile",
        ),
    ] {
        let ran = home.run(&arguments);
        assert_eq!(ran.code, code, "{ran:?}");
        assert!(ran.err.contains(words), "{arguments:?}: {ran:?}");
    }
    assert_eq!(
        (home.read("config"), home.read("credentials")),
        (CONFIG.into(), CREDENTIALS.into())
    );
}

#[test]
fn check_fix_closes_a_file_that_others_can_read_once_that_is_agreed_to() {
    let home = home();
    let credentials = home.aws().join("credentials");
    set_mode(&credentials, 0o644);
    let sentence = "credentials becomes private: its permissions 0644 become 0600.";
    let asked = home.run(&["check", "--fix"]);
    assert_eq!((asked.code, asked.out.trim_end()), (1, sentence));
    assert_eq!(mode(&credentials), 0o644);
    let done = home.run(&["check", "--fix", "--yes", "--json"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(done.json()["besides"][0], sentence);
    assert_eq!(done.json()["outcome"]["is"], "written");
    assert_eq!(mode(&credentials), 0o600);
    assert_eq!(home.read("credentials"), CREDENTIALS);
}

#[test]
fn check_fix_alone_removes_only_what_is_said_twice_alike() {
    let home = home();
    let twice = CONFIG.replace(
        "region = eu-west-1\r\n",
        "region = eu-west-1\r\nregion = eu-west-1\r\n",
    );
    home.write("config", &twice);
    home.done(&["check", "--fix", "--yes"]);
    assert_eq!(home.read("config"), CONFIG);
    let differ = twice.replacen("eu-west-1", "eu-north-1", 1);
    home.write("config", &differ);
    home.done(&["check", "--fix", "--yes"]);
    assert_eq!(home.read("config"), differ);
}

#[test]
fn problems_are_fixed_together_and_what_is_a_choice_only_when_asked_for() {
    let home = home();
    let broken = CONFIG.replace("= base", "= bsae");
    home.write("config", &broken);
    home.done(&["check", "--fix", "--yes"]);
    assert_eq!(home.read("config"), broken);
    home.done(&["check", "--fix=all", "--yes"]);
    assert_eq!(home.read("config"), CONFIG);
}
