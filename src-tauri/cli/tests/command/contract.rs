//! The command's contract with scripts: names, JSON keys, exit codes, what goes where. The real binary on real files.

use std::{fs, path::Path, process::Stdio};

use serde_json::{Value, json};

use super::home::{Home, Ran};

const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const CONFIG: &str = "[profile deploy]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = base\nregion = eu-west-1 # home\n\
                      [profile lost]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = basse\n\
                      [profile loop]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = loop\n";

fn usual() -> Home {
    Home::with(&[
        ("config", CONFIG),
        (
            "credentials",
            &format!(
                "[base]
{KEYS}"
            ),
        ),
    ])
}

#[test]
fn list_gives_every_profile_once_with_the_promised_keys() {
    let ran = usual().run(&["list", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let wanted = json!({
        "profiles": [
            {"name": "base", "source": "staticKeys", "status": "unchecked", "region": null, "accountId": null, "roleArn": null, "files": ["credentials"], "problems": []},
            {"name": "deploy", "source": "assumeRole", "status": "unchecked", "region": "eu-west-1", "accountId": "111122223333", "roleArn": "arn:aws:iam::111122223333:role/Deploy", "files": ["config"], "problems": []},
            {"name": "loop", "source": "assumeRole", "status": "broken", "region": null, "accountId": "111122223333", "roleArn": "arn:aws:iam::111122223333:role/R", "files": ["config"], "problems": ["chain.loop"]},
            {"name": "lost", "source": "assumeRole", "status": "broken", "region": null, "accountId": "111122223333", "roleArn": "arn:aws:iam::111122223333:role/R", "files": ["config"], "problems": ["chain.missing_source"]},
        ],
        "problems": 2,
    });
    assert_eq!(ran.json(), wanted);
}

#[test]
fn list_narrows_by_words_and_tokens() {
    let names = |arguments: &[&str]| {
        let document = usual()
            .run(&[&["list", "--json"], arguments].concat())
            .json();
        let profiles = document["profiles"].as_array().expect("profiles").clone();
        profiles
            .iter()
            .map(|profile| profile["name"].as_str().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&["is:broken"]), ["loop", "lost"]);
    assert_eq!(names(&["deploy", "region:eu"]), ["deploy"]);
    assert_eq!(names(&["mple"]), ["base"], "the end of the key ID");
    assert_eq!(names(&["nothing-like-that"]), [""; 0]);
}

#[test]
fn f001_without_files_there_are_no_profiles_and_nothing_is_created() {
    let home = Home::empty();
    let ran = home.run(&["list", "--json"]);
    assert_eq!(
        (ran.code, ran.json()),
        (0, json!({"profiles": [], "problems": 0}))
    );
    assert!(
        fs::read_dir(home.path())
            .expect("the home")
            .next()
            .is_none()
    );
}

#[test]
fn show_hides_secrets_unless_asked_and_says_who_reads_each_key() {
    let home = usual();
    let ran = home.run(&["show", "base", "--json"]);
    assert_eq!(ran.code, 0);
    let value = |ran: &Ran, key: &str| {
        let document = ran.json();
        let values = document["values"].as_array().expect("values").clone();
        values
            .into_iter()
            .find(|value| value["key"] == key)
            .expect("the key")
    };
    let secret = value(&ran, "aws_secret_access_key");
    assert_eq!(
        (&secret["value"], &secret["secret"]),
        (&Value::Null, &json!(true))
    );
    assert_eq!(
        (&secret["file"], &secret["line"]),
        (&json!("credentials"), &json!(3))
    );
    assert_eq!(secret["readBy"].as_array().map(Vec::len), Some(6));
    for hidden in [ran, home.run(&["show", "base"])] {
        assert!(
            !hidden.out.contains("wJalr") && !hidden.err.contains("wJalr"),
            "{hidden:?}"
        );
    }
    let shown = home.run(&["show", "base", "--reveal", "--json"]);
    assert_eq!(
        value(&shown, "aws_secret_access_key")["value"],
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    );
}

#[test]
fn chain_leads_from_the_profile_to_its_keys_or_says_why_not() {
    let home = usual();
    let ran = home.run(&["chain", "deploy", "--json"]);
    let wanted = json!({
        "hops": [
            {"profile": "deploy", "via": "assumeRole", "roleArn": "arn:aws:iam::111122223333:role/Deploy"},
            {"profile": "base", "via": "staticKeys"},
        ],
        "end": "complete",
    });
    assert_eq!((ran.code, ran.json()), (0, wanted));
    let lost = home.run(&["chain", "lost", "--json"]);
    assert_eq!(
        (
            lost.code,
            lost.json()["end"].clone(),
            lost.json()["missing"].clone()
        ),
        (1, json!("missing"), json!("basse"))
    );
    assert_eq!(
        lost.json()["hops"].as_array().map(Vec::len),
        Some(1),
        "the missing name is no hop"
    );
    let circle = home.run(&["chain", "loop", "--json"]);
    assert_eq!(
        (circle.code, circle.json()["end"].clone()),
        (1, json!("loop"))
    );
}

#[test]
fn check_exits_1_for_a_warning_or_worse_and_marks_the_place() {
    let ran = usual().run(&["check", "--json"]);
    assert_eq!(ran.code, 1);
    let wanted = json!({
        "rule": "chain.missing_source", "severity": "error", "file": "config", "line": 7, "column": 18, "endLine": 7, "endColumn": 23,
        "message": "lost has nothing to start from: there is no profile “basse”.",
        "fixes": [{"title": "Change to base", "safety": "choice"}],
    });
    assert_eq!(ran.json()["problems"][0], wanted);
    let fine = Home::with(&[(
        "config",
        "[profile a]\nregion = x\nsso_session = s\n[sso-session s]\n",
    )])
    .run(&["check", "--json"]);
    assert_eq!((fine.code, fine.json()), (0, json!({"problems": []})));
}

#[test]
fn read_as_rust_ini_keeps_what_it_reads_otherwise_and_hides_secrets() {
    let ran = usual().run(&["read", "--as", "rust-ini", "--json"]);
    assert_eq!(ran.code, 0);
    let document = ran.json();
    assert_eq!(
        document["config"]["sections"][0]["section"],
        "profile deploy"
    );
    assert_eq!(
        document["config"]["sections"][0]["properties"][2],
        json!(["region", "eu-west-1 # home"])
    );
    assert_eq!(
        document["credentials"]["sections"][0]["properties"][1],
        json!(["aws_secret_access_key", "••••••••"])
    );
    let refused = Home::with(&[("config", "[a] # note\nk = v\n")])
        .run(&["read", "--as", "rust-ini", "--json"])
        .json();
    assert_eq!(
        (&refused["config"]["ok"], &refused["credentials"]),
        (&json!(false), &Value::Null)
    );
}

#[test]
fn a_secret_that_rust_ini_glues_into_a_key_is_hidden_too() {
    let home = Home::with(&[(
        "credentials",
        "[a]\nnot a property\naws_secret_access_key = hunter2hunter2\naws_session_token\n= glued-token-value\n",
    )]);
    let ran = home.run(&["read", "--as", "rust-ini", "--json"]);
    assert!(!ran.out.contains("hunter2"), "{}", ran.out);
}

/// `b` has an unclosed header.
fn leaking() -> Home {
    let other = "aws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\n";
    Home::with(&[("credentials", &format!("[a]\n{KEYS}[b\n{other}"))])
}

#[test]
fn read_as_an_sdk_is_both_files_as_it_merges_them_or_its_own_refusal() {
    let read = |engine: &str| leaking().run(&["read", "--as", engine, "--json"]);
    let ran = read("js");
    assert_eq!(ran.code, 0);
    let wanted = json!({"a": {"aws_access_key_id": "AKIAI44QH8DHBEXAMPLE", "aws_secret_access_key": "••••••••"}});
    assert_eq!(
        (&ran.json()["ok"], &ran.json()["profiles"]),
        (&json!(true), &wanted)
    );
    let wanted = json!([{"file": "credentials", "line": 4, "error": "Profile definition must end with ']'"}]);
    for engine in ["rust", "java"] {
        let refused = read(engine).json();
        assert_eq!(
            (&refused["ok"], &refused["notRead"]),
            (&json!(false), &wanted)
        );
    }
    for engine in ["botocore", "go"] {
        assert!(!read(engine).out.contains("je7Mt"));
    }
}

#[test]
fn compat_says_who_would_sign_with_somebody_elses_keys_and_who_refuses_the_file_at_which_line() {
    let ran = leaking().run(&["compat", "a", "--json"]);
    assert_eq!(ran.code, 1, "the answer is no");
    let readers = &ran.json()["profiles"][0]["readers"];
    let reading = |engine: &str| {
        let readers = readers.as_array().expect("readers");
        let found = readers.iter().find(|reader| reader["engine"] == engine);
        found.expect("it is there")["reading"].clone()
    };
    for engine in ["js", "go"] {
        assert_eq!(
            (&reading(engine)["is"], &reading(engine)["signsWith"]),
            (&json!("differs"), &json!("b"))
        );
    }
    let wanted = json!({"is": "refuses", "file": "credentials", "line": 4, "error": "Profile definition must end with ']'"});
    assert_eq!(reading("java"), wanted);
    let said = leaking().run(&["compat"]).out;
    assert!(said.contains("Go: would sign as a with b's keys"), "{said}");
    assert!(
        said.contains("Java (java): refuses credentials, line 4:"),
        "{said}"
    );
    assert!(!said.contains("je7Mt") && !said.contains("wJalr"), "{said}");
}

#[test]
fn compat_is_content_with_what_every_sdk_reads_alike() {
    let home = Home::with(&[
        ("config", "[default]\nregion = eu-west-1\n"),
        ("credentials", &format!("[default]\n{KEYS}")),
    ]);
    let ran = home.run(&["compat", "default"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.out.matches(": the same\n").count(), 6, "{}", ran.out);
    assert_eq!(home.run(&["compat", "nobody"]).code, 1);
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_other_still_listed() {
    let home = Home::with(&[("credentials", &format!("[base]\n{KEYS}"))]);
    fs::create_dir(home.aws().join("config")).expect("a folder in its place");
    let ran = home.run(&["list", "--json"]);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.json()["profiles"].as_array().map(Vec::len), Some(1));
    assert_eq!(ran.json()["failure"]["code"], "unreadable");
    assert_eq!(
        ran.json()["failure"]["message"],
        "config is a folder, not a file. It was not read."
    );
    assert!(
        ran.err.contains("config is a folder, not a file."),
        "{}",
        ran.err
    );
}

#[test]
fn a_name_that_is_not_there_is_an_answer_and_the_closest_is_named() {
    let ran = usual().run(&["show", "bsae", "--json"]);
    assert_eq!(ran.code, 1);
    let wanted = json!({"failure": {"code": "notFound", "cause": "profile.notFound", "message": "There is no profile “bsae”.", "hint": "Did you mean base?"}});
    assert_eq!(ran.json(), wanted);
}

#[test]
fn bad_usage_exits_2_and_help_0() {
    let home = usual();
    assert_eq!(home.run(&["lsit"]).code, 2);
    assert_eq!(home.run(&["read", "--as", "perl"]).code, 2);
    assert_eq!(home.run(&["--help"]).code, 0);
    assert_eq!(home.run(&["--version"]).code, 0);
}

#[test]
fn arguments_win_over_variables_and_variables_over_the_home_folder() {
    let home = usual();
    let other = Home::with(&[(
        "config",
        "[profile elsewhere]\nregion = x\nsso_session = s\n",
    )]);
    let elsewhere = other.aws().join("config");
    let by_variable = home
        .command(&["list", "--json"])
        .env("AWS_CONFIG_FILE", &elsewhere)
        .output()
        .expect("it runs");
    assert_eq!(
        Ran::of(by_variable).json()["profiles"][1]["name"],
        "elsewhere"
    );
    let path = elsewhere.to_str().expect("a path in UTF-8");
    let by_argument = home
        .command(&["list", "--json", "--config", path])
        .env("AWS_CONFIG_FILE", "/nowhere")
        .output()
        .expect("it runs");
    assert_eq!(
        Ran::of(by_argument).json()["profiles"][1]["name"],
        "elsewhere"
    );
}

#[test]
fn f105_a_pipe_that_closes_ends_quietly() {
    let mut config = String::new();
    for number in 0..20_000 {
        config += "[profile p";
        config += &number.to_string();
        config += "]\nregion = eu-west-1\nsso_session = s\n";
    }
    let home = Home::with(&[("config", &config)]);
    let mut child = home
        .command(&["list", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    let err = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(!err.contains("panicked"), "{err}");
}

#[test]
fn text_from_files_never_acts_on_the_terminal() {
    let config = "[profile \u{1b}]0;owned\u{7}]\nregion = \u{1b}[31mred\n[profile evil\u{202e}txt]\nsource_profile = \u{9b}2J\nrole_arn = x\n";
    let home = Home::with(&[("config", config)]);
    let name = "\u{1b}]0;owned\u{7}";
    for arguments in [
        &["list"][..],
        &["check"],
        &["show", name],
        &["chain", name],
        &["show", "nobody\u{1b}[2J"],
    ] {
        let ran = home.run(arguments);
        for text in [&ran.out, &ran.err] {
            assert!(
                !text.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}']),
                "{arguments:?}: {text:?}"
            );
        }
    }
}

#[test]
fn accounts_are_added_listed_edited_used_and_removed() {
    let home = usual();
    let add = &[
        "accounts",
        "add",
        "Acme Dev",
        "--profile",
        "base",
        "--role",
        "deploy",
        "--label",
        "dev",
        "--json",
    ];
    let added = home.run(add);
    let account = json!({
        "name": "Acme Dev", "profile": "base", "role": "deploy", "region": "eu-west-1", "endpoint": null, "label": "dev",
        "status": "connected", "reason": "An account uses it.", "keyId": "AKIA…MPLE", "accountId": "111122223333", "unswitched": false,
    });
    let wanted = json!({"accounts": [account], "inUse": null});
    assert_eq!((added.code, added.json()), (0, wanted.clone()), "{added:?}");
    assert_eq!(home.run(&["accounts", "--json"]).json(), wanted);
    let used = home.run(&["use", "acme dev", "--json"]);
    assert_eq!(
        (used.code, used.json()),
        (
            0,
            json!({"inUse": {"account": "Acme Dev", "role": "deploy", "region": "eu-west-1"}})
        )
    );
    let base = home.run(&[
        "use",
        "Acme Dev",
        "--base-keys",
        "--region",
        "us-east-1",
        "--json",
    ]);
    assert_eq!(
        base.json(),
        json!({"inUse": {"account": "Acme Dev", "role": null, "region": "us-east-1"}})
    );
    let edit = &[
        "accounts",
        "edit",
        "Acme Dev",
        "--name",
        "Acme",
        "--role",
        "",
        "--endpoint",
        "localstack",
        "--label",
        "none",
        "--json",
    ];
    let edited = home.run(edit).json();
    let account = &edited["accounts"][0];
    assert_eq!(
        (&account["name"], &account["role"]),
        (&json!("Acme"), &Value::Null)
    );
    assert_eq!(
        (&account["endpoint"], &account["label"]),
        (&json!("http://localhost:4566"), &Value::Null)
    );
    assert_eq!(edited["inUse"]["account"], "Acme");
    let shown = home.run(&["accounts"]);
    assert!(
        shown.out.starts_with("* ● connected  Acme  base"),
        "{}",
        shown.out
    );
    let removed = home.run(&["accounts", "remove", "Acme", "--json"]);
    assert_eq!(removed.json(), json!({"accounts": [], "inUse": null}));
    assert!(!fs::exists(home.data().join("mask.key")).expect("asked"));
}

#[test]
fn jetbrains_5121_forgetting_an_account_leaves_its_profiles() {
    let home = usual();
    let files = || ["config", "credentials"].map(|name| home.read(name));
    let before = files();
    home.done(&["accounts", "add", "Acme", "--profile", "base"]);
    home.done(&["use", "Acme"]);
    home.done(&["accounts", "remove", "Acme"]);
    assert_eq!(files(), before);
}

#[test]
fn what_an_account_can_not_be_is_a_failure_and_a_name_that_is_not_there_an_answer() {
    let home = usual();
    let table = [
        (
            &["accounts", "add", "", "--profile", "base"][..],
            3,
            "An account needs a name.",
        ),
        (
            &["accounts", "add", "A", "--profile", "bsae"],
            1,
            "There is no profile “bsae”.",
        ),
        (
            &[
                "accounts",
                "add",
                "A",
                "--profile",
                "base",
                "--role",
                "base",
            ],
            3,
            "base assumes no role.",
        ),
        (
            &[
                "accounts",
                "add",
                "A",
                "--profile",
                "base",
                "--region",
                "Ireland",
            ],
            3,
            "“Ireland” is no region name.",
        ),
        (
            &[
                "accounts",
                "add",
                "A",
                "--profile",
                "base",
                "--endpoint",
                "http://10.0.0.1",
            ],
            3,
            "The endpoint is http, which anybody on the way can read and change.",
        ),
        (&["accounts", "remove", "A"], 1, "There is no account “A”."),
        (&["use", "A"], 1, "There is no account “A”."),
        (&["accounts", "add", "A"], 2, ""),
    ];
    for (arguments, code, message) in table {
        let ran = home.run(&[arguments, &["--json"]].concat());
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        if code != 2 {
            assert_eq!(ran.json()["failure"]["message"], message, "{arguments:?}");
        }
    }
    assert!(
        !fs::exists(home.path().join(".local")).expect("asked"),
        "nothing was kept"
    );
}

#[test]
fn f102_a_damaged_accounts_file_is_told_and_set_aside_by_the_next_change() {
    let home = usual();
    let data = home.data();
    fs::create_dir_all(&data).expect("made");
    fs::write(data.join("accounts.toml"), "account = 7").expect("written");
    let listed = home.run(&["accounts", "--json"]);
    assert_eq!(listed.code, 3);
    assert_eq!(listed.json()["failure"]["cause"], "account.damaged");
    assert_eq!(home.run(&["list"]).code, 0, "everything else works");
    let added = home.run(&["accounts", "add", "A", "--profile", "base"]);
    assert_eq!(added.code, 0, "{added:?}");
    let names = fs::read_dir(&data).expect("the folder");
    let mut names: Vec<_> = names
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("text")
        })
        .collect();
    names.sort();
    assert!(
        names[0].starts_with("accounts.bad-") && names[1] == "accounts.toml",
        "{names:?}"
    );
}

#[test]
fn leapp_228_the_first_start_and_looking_change_nothing() {
    let home = usual();
    let before = state(home.path());
    for arguments in [
        &["list"][..],
        &["show", "base", "--reveal"],
        &["chain", "deploy"],
        &["check"],
        &["read", "--as", "rust-ini"],
        &["read", "--as", "go"],
        &["compat"],
        &["accounts"],
    ] {
        home.run(arguments);
    }
    assert_eq!(state(home.path()), before);
}

/// Every entry below a folder with its size, mode and time of change.
fn state(folder: &Path) -> Vec<String> {
    use std::os::unix::fs::MetadataExt;
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let meta = fs::symlink_metadata(&path).expect("its metadata");
        all.push(format!(
            "{} {} {:o} {}.{}",
            path.display(),
            meta.len(),
            meta.mode(),
            meta.mtime(),
            meta.mtime_nsec()
        ));
        if meta.is_dir() {
            all.extend(state(&path));
        }
    }
    all.sort();
    all
}
