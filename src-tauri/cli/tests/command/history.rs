//! `rolecall history`: the contract with scripts. The real binary on real files, on a system without a keyring.

use std::fs;

use serde_json::{Value, json};

use super::home::Home;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TEXT: &str = "# mine\n[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
                    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\n[b]\nregion = eu-west-1\n";

fn home() -> Home {
    Home::with(&[("credentials", TEXT)])
}

fn text(home: &Home) -> String {
    home.read("credentials")
}

#[test]
fn listing_asks_nobody_and_writes_nothing() {
    let home = home();
    let ran = home.run(&["history", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let wanted = json!({"versions": [], "damaged": 0, "kept": null});
    assert_eq!(ran.json(), wanted);
    assert!(home.kept().is_empty());
}

#[test]
fn a_version_is_shown_restored_and_taken_back_after_consent() {
    let home = home();
    assert_eq!(home.run(&["history", "keep", "without-secrets"]).code, 0);
    let theirs = TEXT.replace("eu-west-1", "us-east-1");
    home.write("credentials", &theirs);

    let asked = home.run(&["history", "restore", "1", "--json"]);
    assert_eq!(asked.code, 1, "{asked:?}");
    assert_eq!(asked.json()["outcome"], json!({"is": "consentNeeded"}));
    assert_eq!(text(&home), theirs);
    let shown = home.run(&["history", "restore", "1", "--diff"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(
        shown
            .out
            .contains("- region = us-east-1\n+ region = eu-west-1\n"),
        "{shown:?}"
    );
    assert_eq!(text(&home), theirs);

    let restored = home.run(&["history", "restore", "1", "--yes", "--json"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    let document = restored.json();
    assert_eq!(document["outcome"], json!({"is": "written"}));
    assert_eq!(document["changes"][0]["file"], "credentials");
    assert_eq!(text(&home), TEXT);

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
    assert_eq!(text(&home), theirs);
    let nothing = home.run(&["history", "undo", "--yes", "--json"]);
    assert_eq!(nothing.code, 1, "{nothing:?}");
    assert_eq!(nothing.json()["failure"]["cause"], "history.nothingToUndo");
    for (path, bytes) in home.kept() {
        let holds = bytes
            .windows(SECRET.len())
            .any(|part| part == SECRET.as_bytes());
        assert!(!holds, "{}", path.display());
    }
}

#[test]
fn a_terminal_is_asked_and_a_no_writes_nothing() {
    let home = home();
    home.run(&["history", "keep", "without-secrets"]);
    let theirs = TEXT.replace("eu-west-1", "us-east-1");
    home.write("credentials", &theirs);
    let (shown, code) = home.typed("history restore 1", "n\n");
    assert_eq!(code, 130, "{shown}");
    assert!(
        shown.contains("region = eu-west-1") && shown.contains("Write this? [y/N]"),
        "{shown}"
    );
    assert_eq!(text(&home), theirs);
    let (shown, code) = home.typed("history restore 1", "y\n");
    assert_eq!(code, 0, "{shown}");
    assert_eq!(text(&home), TEXT);
}

#[test]
fn f095_where_nobody_can_be_asked_it_is_kept_without_secrets_and_that_is_said_once() {
    let home = home();
    home.run(&["history", "keep", "without-secrets"]);
    let settings = home.data().join("settings.toml");
    fs::remove_file(&settings).expect("nobody has chosen");
    home.write("credentials", &TEXT.replace("eu-west-1", "us-east-1"));
    let said = "It is kept without secrets from now on";
    let restored = home.run(&["history", "restore", "1", "--yes"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert!(restored.err.contains(said), "{restored:?}");
    assert_eq!(text(&home), TEXT);
    let undone = home.run(&["history", "undo", "--yes"]);
    assert_eq!(undone.code, 0, "{undone:?}");
    assert!(!undone.err.contains(said), "{undone:?}");
}

#[test]
fn a_terminal_chooses_how_history_is_kept() {
    let home = home();
    home.run(&["history", "keep", "without-secrets"]);
    let settings = home.data().join("settings.toml");
    fs::remove_file(&settings).expect("nobody has chosen");
    let theirs = TEXT.replace("eu-west-1", "us-east-1");
    home.write("credentials", &theirs);
    let (shown, code) = home.typed("history restore 1", "y\nx\n");
    assert_eq!((code, text(&home)), (3, theirs), "{shown}");
    let (shown, code) = home.typed("history restore 1", "y\nn\n");
    assert_eq!((code, text(&home).as_str()), (0, TEXT), "{shown}");
    let settings = fs::read_to_string(settings).expect("the choice");
    assert!(settings.contains("history = \"none\""), "{settings}");
}

#[test]
fn one_profile_is_restored_and_what_a_version_changed_is_shown_masked() {
    let home = home();
    home.run(&["history", "keep", "without-secrets"]);
    home.write("credentials", "[c]\nregion = x\n");
    let gone = home.run(&["history", "restore", "1", "--yes"]);
    assert_eq!(gone.code, 3, "{gone:?}");
    assert!(gone.err.contains("what line 4 had is gone"), "{gone:?}");
    assert_eq!(text(&home), "[c]\nregion = x\n");
    let restored = home.run(&["history", "restore", "1", "b", "--yes"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert_eq!(text(&home), "[c]\nregion = x\n\n[b]\nregion = eu-west-1\n");
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
    let home = home();
    let kept = home.fed("correct horse\n", &["history", "keep", "passphrase"]);
    assert_eq!(kept.code, 0, "{kept:?}");
    for (path, bytes) in home.kept() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("region") && !text.contains("horse"),
            "{}",
            path.display()
        );
    }
    home.write("credentials", "[c]\nregion = x\n");
    let locked = home.run(&["history", "restore", "1", "--yes"]);
    assert_eq!(locked.code, 3, "{locked:?}");
    assert!(
        locked.err.contains("locked with your passphrase"),
        "{locked:?}"
    );
    let wrong = home.fed("wrong horse\n", &["history", "keep", "passphrase"]);
    assert_eq!(wrong.code, 3, "{wrong:?}");
    assert_eq!(text(&home), "[c]\nregion = x\n");
}

#[test]
fn a_forgotten_passphrase_is_replaced_and_what_was_kept_with_it_stays_closed() {
    let home = home();
    home.fed("correct horse\n", &["history", "keep", "passphrase"]);
    let before = home.kept();
    let replaced = home.fed("new horse\n", &["history", "keep", "new-passphrase"]);
    assert_eq!(replaced.code, 0, "{replaced:?}");
    let opens = |passphrase: &str| {
        home.fed(passphrase, &["history", "keep", "passphrase"])
            .code
    };
    assert_eq!((opens("correct horse\n"), opens("new horse\n")), (3, 0));
    let aside: Vec<_> = home
        .kept()
        .into_iter()
        .filter(|(path, _)| path.to_string_lossy().contains("forgotten"))
        .collect();
    let [(_, key)] = aside.as_slice() else {
        panic!("the old key, set aside: {aside:?}");
    };
    assert!(before.iter().any(|(_, bytes)| bytes == key));
}

#[test]
fn a_choice_is_written_once_and_a_keyring_that_is_not_there_is_said() {
    let home = home();
    let none = home.run(&["history", "keep", "keyring"]);
    assert_eq!(none.code, 3, "{none:?}");
    assert!(none.err.contains("no keyring running"), "{none:?}");
    assert!(home.kept().is_empty(), "no key was made anywhere else");
    home.run(&["history", "keep", "none"]);
    let settings = home.data().join("settings.toml");
    let settings = fs::read_to_string(settings).expect("the choice");
    assert!(settings.contains("history = \"none\""), "{settings}");
}
