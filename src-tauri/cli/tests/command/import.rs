//! `import -`: what comes in over standard input becomes profiles of real files, shown first. The real binary; the keys
//! are AWS's documented examples.

use std::fs;

use serde_json::Value;

use super::home::{Home, Ran, feed};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SESSION_ID: &str = "ASIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthTEXAMPLE";
const BEFORE: &str = "# mine\r\n[default]\r\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\r\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\r\n";

fn home() -> Home {
    Home::with(&[("credentials", BEFORE)])
}

/// Imports this; no secret of it is ever printed.
fn import(home: &Home, arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
    let ran = home.fed(input, &[&["import"], arguments].concat());
    for secret in [SECRET, TOKEN] {
        assert!(!ran.said().contains(secret), "{ran:?}");
    }
    ran
}

fn block() -> String {
    format!(
        "[123456789012_Admin]\naws_access_key_id={SESSION_ID}\naws_secret_access_key={SECRET}\naws_session_token={TOKEN}\n"
    )
}

#[test]
fn a_portal_block_is_shown_and_written_only_when_that_is_agreed_to() {
    let home = home();
    let Ran { code, out, err } = import(&home, &["-"], block().as_bytes());
    assert_eq!(code, 1, "{err}");
    assert!(out.contains("+ [123456789012_Admin]"), "{out}");
    assert!(out.contains("+ aws_session_token = ••••"), "{out}");
    assert!(err.contains("--yes"), "{err}");
    let Ran { code, .. } = import(&home, &["-", "--diff"], block().as_bytes());
    assert_eq!((code, home.read("credentials").as_str()), (0, BEFORE));
    let Ran { code, .. } = import(&home, &["-", "--as", "acme", "--yes"], block().as_bytes());
    assert_eq!(code, 0);
    assert_eq!(
        home.read("credentials"),
        format!(
            "{BEFORE}\r\n[acme]\r\naws_access_key_id = {SESSION_ID}\r\naws_secret_access_key = {SECRET}\r\naws_session_token = {TOKEN}\r\n"
        )
    );
}

#[test]
fn the_next_block_of_the_same_account_and_role_goes_where_the_last_one_went() {
    let home = home();
    import(&home, &["-", "--as", "acme", "--yes"], block().as_bytes());
    let newer = block().replace(SESSION_ID, "ASIAI44QH8DHBEXAMPLE");
    let Ran { code, out, err } = import(&home, &["-", "--yes", "--json"], newer.as_bytes());
    assert_eq!(code, 0, "{err}");
    let document: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(document["outcome"]["is"], "written");
    assert_eq!(document["changes"][0]["file"], "credentials");
    assert!(home.read("credentials").contains("ASIAI44QH8DHBEXAMPLE"));
    assert_eq!(
        home.read("credentials").matches('[').count(),
        2,
        "no third profile"
    );
}

#[test]
fn a_csv_of_windows_is_read_and_said_twice_it_changes_nothing() {
    let home = home();
    let csv = format!("\u{feff}Access key ID,Secret access key\r\n{ID},{SECRET}\r\n");
    let bytes: Vec<u8> = csv.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for _ in 0..2 {
        let Ran { code, err, .. } = import(&home, &["-", "--as", "ci", "--yes"], &bytes);
        assert_eq!(code, 0, "{err}");
    }
    assert_eq!(home.read("credentials").matches(ID).count(), 1);
}

#[test]
fn granted_363_keys_that_are_there_are_replaced_only_when_that_was_shown_and_agreed_to() {
    let home = home();
    let newer = format!("[default]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\n");
    let asked = import(&home, &["-", "--as", "default"], &newer);
    assert_eq!((asked.code, home.read("credentials").as_str()), (1, BEFORE));
    assert!(
        asked
            .out
            .contains("- aws_access_key_id = AKIAI44QH8DHBEXAMPLE"),
        "{asked:?}"
    );
    assert!(
        asked.out.contains(&format!("+ aws_access_key_id = {ID}")),
        "{asked:?}"
    );
}

#[test]
fn granted_587_failed_sync_loses_no_profile() {
    let home = home();
    let several: String = (0..3)
        .map(|number| block().replace("_Admin", &format!("_Role{number}")))
        .collect();
    home.done(&["history", "keep", "none"]);
    fs::write(home.path().join("pasted"), several).expect("written");
    let line = format!(
        "ulimit -f 0; {} import - --yes < pasted",
        env!("CARGO_BIN_EXE_rolecall")
    );
    let ran = feed(home.program("bash", &["-c", &line]), b"");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("The file is as it was"), "{ran:?}");
    assert_eq!(home.read("credentials"), BEFORE);
}

/// What comes in, what is said of it, and what to do.
const BAD: [(&str, &str, &str); 7] = [
    ("", "There is nothing to read.", "Copy the keys first."),
    (
        "Dear Jo",
        "That doesn't look like AWS keys.",
        "Rolecall needs aws_access_key_id and aws_secret_access_key, as the access portal, IAM or a tool shows them.",
    ),
    (
        "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
        "“dev” has a key ID but no secret.",
        "Copy the whole block: key ID, secret, and the session token where there is one.",
    ),
    (
        "User name,Password,Console sign-in URL\njo,hunter2,https://123456789012.signin.aws.amazon.com/console\n",
        "This file has a password for the console, and no access key.",
        "In IAM, choose the user, Security credentials, Create access key, and download that .csv file.",
    ),
    (
        "{\"Credentials\":{\"AccessKeyId\":",
        "It begins like JSON and is none, at character 30.",
        "Copy all of it, from the first brace to the last.",
    ),
    (
        "aws://AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY@/",
        "The secret in the URI is not percent-encoded.",
        "Write / as %2F and + as %2B, or paste the connection as JSON.",
    ),
    (
        "\u{0}\u{1}\u{2}",
        "That doesn't look like AWS keys.",
        "Rolecall needs aws_access_key_id and aws_secret_access_key, as the access portal, IAM or a tool shows them.",
    ),
];

#[test]
fn bad_input_is_told_in_one_sentence_and_writes_nothing() {
    for (input, message, hint) in BAD {
        let home = home();
        let Ran { code, out, err } = import(&home, &["-", "--yes", "--json"], input.as_bytes());
        assert_eq!(code, 3, "{input}: {err}");
        let failure = &serde_json::from_str::<Value>(&out).expect("JSON")["failure"];
        assert_eq!(failure["message"], message, "{input}");
        assert_eq!(failure["hint"], hint, "{input}");
        assert_eq!(failure["cause"], "paste.notKeys");
        assert!(!failure.to_string().contains("hunter2"));
        assert_eq!(home.read("credentials"), BEFORE);
    }
}

#[test]
fn too_much_too_many_names_and_no_dash_are_told() {
    let home = home();
    let Ran { code, err, .. } = import(&home, &["-", "--yes"], vec![b'x'; 2 << 20]);
    assert!(code == 3 && err.contains("more than 1 MB"), "{err}");
    let names = ["-", "--as", "a", "--as", "b", "--yes"];
    let Ran { code, err, .. } = import(&home, &names, block().as_bytes());
    assert!(code == 3 && err.contains("2 names for 1"), "{err}");
    let Ran { code, err, .. } = import(&home, &["keys.csv"], b"");
    assert!(
        code == 2 && err.contains("rolecall import - < FILE"),
        "{err}"
    );
    assert_eq!(home.read("credentials"), BEFORE);
}
