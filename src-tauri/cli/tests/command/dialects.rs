//! `read --as`, `compat`, `why` and `check --for`: what scripts may count on, and that no secret gets out by them, wherever
//! a reader puts it.

use serde_json::json;

use crate::home::{Home, Ran};

const ENGINES: [&str; 6] = ["botocore", "js", "go", "java", "rust", "rust-ini"];
const LEAKING: &str = "[profile a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n[profile b\n\
    aws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";

fn home(config: &str, credentials: &str) -> Home {
    Home::with(&[("config", config), ("credentials", credentials)])
}

fn run(home: &Home, arguments: &[&str]) -> Ran {
    home.run(arguments)
}

fn of_config(config: &str) -> Home {
    home(config, "")
}

#[test]
fn each_sdk_reads_in_the_published_form() {
    let home = of_config(
        "[profile a]\nRegion = x # home\ns3 =\n  max_queue_size = 5\n[sso-session s]\nsso_region = r\n",
    );
    let profiles =
        |engine| run(&home, &["read", "--as", engine, "--json"]).json()["profiles"]["a"].clone();
    let block = json!({ "max_queue_size": "5" });
    assert_eq!(
        profiles("botocore"),
        json!({ "region": "x # home", "s3": block })
    );
    assert_eq!(profiles("go"), json!({ "region": "x", "s3": block }));
    assert_eq!(
        profiles("js"),
        json!({ "Region": "x", "s3.max_queue_size": "5" })
    );
    assert_eq!(
        profiles("rust"),
        json!({ "region": "x", "s3": "\nmax_queue_size = 5" })
    );
    assert_eq!(
        profiles("java"),
        json!({ "Region": "x", "s3": "\nmax_queue_size = 5" })
    );
    let botocore = run(&home, &["read", "--as", "botocore", "--json"]).json();
    assert_eq!(
        botocore["sso_sessions"],
        json!({ "s": { "sso_region": "r" } })
    );
    assert_eq!(
        (&botocore["ok"], &botocore["engine"]),
        (&json!(true), &json!("botocore"))
    );
}

#[test]
fn a_refusal_has_the_words_and_the_line_of_the_sdk() {
    let home = of_config("[profile a]\nregion = x\njunk\n");
    let ran = run(&home, &["read", "--as", "rust", "--json"]);
    let document = ran.json();
    assert_eq!(document["ok"], false);
    let wanted =
        json!([{"file": "config", "line": 3, "error": "Expected an '=' sign defining a property"}]);
    assert_eq!(document["notRead"], wanted);
    let text = run(&home, &["read", "--as", "java"]);
    assert!(
        text.out
            .contains("refuses config, line 3: Expected an '=' sign"),
        "{}",
        text.out
    );
}

#[test]
fn compat_is_asked_for_the_sdks_of_a_team() {
    let home = of_config(LEAKING);
    let ran = run(&home, &["compat", "a", "--for", "js,rust", "--json"]);
    assert_eq!(ran.code, 1);
    let readers = ran.json()["profiles"][0]["readers"].clone();
    assert_eq!(readers.as_array().map(Vec::len), Some(2));
    assert_eq!(
        (&readers[0]["engine"], &readers[0]["reading"]["signsWith"]),
        (&json!("js"), &json!("b"))
    );
    assert_eq!(readers[1]["reading"]["line"], 3);
    assert_eq!(ran.json()["engines"].as_array().map(Vec::len), Some(2));
}

#[test]
fn why_says_what_each_sdk_picks_of_two_kinds_of_keys() {
    let home = of_config(
        "[profile a]\ncredential_process = p\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
         aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
    );
    let ran = run(&home, &["why", "a", "--json"]);
    assert_eq!(ran.code, 0);
    let sdks = ran.json()["sdks"].as_array().expect("SDKs").clone();
    let base = |at: usize| sdks[at]["base"]["is"].clone();
    let names: Vec<_> = sdks.iter().map(|sdk| sdk["engine"].clone()).collect();
    assert_eq!(names, ["botocore", "js", "go", "java", "rust"]);
    assert_eq!(
        [base(0), base(3), base(4)],
        ["process", "process", "process"]
    );
    assert_eq!([base(1), base(2)], ["staticKeys", "staticKeys"]);
    assert_eq!(
        sdks[0]["steps"][0]["at"],
        json!({ "file": "config", "line": 2 })
    );

    let one = run(&home, &["why", "a", "--sdk", "js"]);
    assert!(one.out.starts_with("js: keys of a\n"), "{}", one.out);
    assert_eq!(run(&home, &["why", "nobody"]).code, 1);
    let lost = of_config("[profile a]\nrole_arn = r\nsource_profile = b\n");
    let ran = run(&lost, &["why", "a", "--sdk", "botocore", "--json"]);
    assert_eq!(ran.code, 1);
    let error = ran.json()["sdks"][0]["error"].clone();
    assert!(
        error
            .as_str()
            .is_some_and(|error| error.contains("does not exist")),
        "{error}"
    );
}

#[test]
fn why_reads_the_keys_of_the_environment_where_a_profile_says_so() {
    let home = of_config("[profile a]\nrole_arn = r\ncredential_source = Environment\n");
    let answer = |set: bool| {
        let mut command = home.command(&["why", "a", "--sdk", "botocore", "--json"]);
        if set {
            command.env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
            command.env(
                "AWS_SECRET_ACCESS_KEY",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            );
        }
        Ran::of(command.output().expect("it runs")).code
    };
    assert_eq!((answer(true), answer(false)), (0, 1));
}

#[test]
fn why_says_which_sdk_would_look_elsewhere() {
    let home = of_config(
        "[profile a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n",
    );
    let mut command = home.command(&["why", "a", "--sdk", "js,go", "--json"]);
    command
        .args(["--config"])
        .arg(home.path().join(".aws/config"));
    let output = command
        .env("AWS_CONFIG_FILE", "~/elsewhere")
        .env("AWS_PROFILE", "b")
        .output()
        .expect("it runs");
    let document = Ran::of(output).json();
    let looks = |at: usize| document["sdks"][at]["looksAt"].clone();
    let elsewhere = home.path().join("elsewhere").to_string_lossy().into_owned();
    assert_eq!(
        (&looks(0)["config"], &looks(0)["profile"]),
        (&json!(elsewhere), &json!("b"))
    );
    assert_eq!(
        looks(1)["config"],
        "~/elsewhere",
        "Go opens a folder that is called ~"
    );
}

#[test]
fn check_for_a_reader_says_where_it_parts() {
    let home = of_config(LEAKING);
    let problems = |engines: &str| {
        let ran = run(&home, &["check", "--for", engines, "--json"]);
        assert_eq!(ran.code, 1);
        let problems = ran.json()["problems"].as_array().expect("problems").clone();
        let own = problems.iter().filter(|problem| {
            problem["rule"]
                .as_str()
                .is_some_and(|rule| rule.starts_with("portability."))
        });
        own.map(|problem| {
            (
                problem["rule"].clone(),
                problem["line"].clone(),
                problem["message"].clone(),
            )
        })
        .collect::<Vec<_>>()
    };
    let go = problems("go");
    let says = "The AWS SDK for Go v2 would sign as a with b's keys.";
    assert!(
        go.contains(&(json!("portability.leaks"), json!(4), json!(says))),
        "{go:?}"
    );
    let program = of_config("[profile a]\nregion = x\n[profile b\ncredential_process = p\n");
    let out = run(&program, &["check", "--for", "js"]).out;
    assert!(out.contains("would sign as a with b's keys"), "{out}");
    let rust = problems("rust");
    assert_eq!(
        (&rust[0].0, &rust[0].1),
        (&json!("portability.refused"), &json!(3))
    );
    assert_eq!(
        rust.len(),
        1,
        "a file that is refused is told once: {rust:?}"
    );
    let plain = of_config("[profile a]\nregion = eu-west-1\n");
    let ran = run(
        &plain,
        &[
            "check",
            "--for",
            "botocore,js,go,java,rust,rust-ini",
            "--json",
        ],
    );
    assert!(!ran.out.contains("portability."), "{}", ran.out);
}

#[test]
fn no_reader_makes_a_secret_come_out() {
    const SECRETS: [&str; 3] = [
        "hunter2hunter2hunter2",
        "correcthorsebattery",
        "trustno1trustno1",
    ];
    let places = [
        "[a]\naws_secret_access_key = hunter2hunter2hunter2\n",
        "[a]\nnot a property\naws_secret_access_key = hunter2hunter2hunter2\n",
        "[a]\naws_secret_access_key = hunter2hunter2hunter2 # old: correcthorsebattery\n",
        "[a]\n  aws_secret_access_key = hunter2hunter2hunter2\n",
        "[a]\naws_secret_access_key =\n  hunter2hunter2hunter2\n",
        "[a]\naws_secret_access_key =\n  x = hunter2hunter2hunter2\n",
        "[a]\nregion = x\n  aws_secret_access_key = hunter2hunter2hunter2\n",
        "[a]\naws_session_token: correcthorsebattery\n",
        "[a]\nAWS_SECRET_ACCESS_KEY = hunter2hunter2hunter2\n",
        "[a]\naws_secret_access_key = \"hunter2hunter2hunter2\"\n",
        "[a]\naws_secret_access_key = hunter2hunter2hunter2\\n\n",
        "[a\naws_secret_access_key = hunter2hunter2hunter2\n",
        "[a]\r aws_secret_access_key = hunter2hunter2hunter2\r",
        "[a]\naws_secret_access_key\n= hunter2hunter2hunter2\n",
        "[default]\nregion = x\n[sso-session s]\naws_session_token = trustno1trustno1\n[a]\nsso_account_id = 1\nsso_role_name = r\nsso_session = s\naws_session_token = correcthorsebattery\n",
    ];
    for place in places {
        for (config, credentials) in [
            (place.to_owned(), ""),
            (place.replace("[a", "[profile a"), ""),
            (String::new(), place),
        ] {
            let home = home(&config, credentials);
            let mut outs = vec![
                run(&home, &["compat"]).out,
                run(&home, &["compat", "--json"]).out,
                run(&home, &["why", "a"]).out,
                run(
                    &home,
                    &[
                        "check",
                        "--for",
                        "botocore,js,go,java,rust,rust-ini",
                        "--json",
                    ],
                )
                .out,
            ];
            for engine in ENGINES {
                outs.push(run(&home, &["read", "--as", engine]).out);
                outs.push(run(&home, &["read", "--as", engine, "--json"]).out);
            }
            for out in outs {
                let found = SECRETS.iter().find(|secret| out.contains(**secret));
                assert_eq!(found, None, "{config:?} {credentials:?}\n{out}");
            }
        }
    }
    let home = of_config("[profile a]\naws_secret_access_key = hunter2hunter2hunter2\n");
    let ran = run(&home, &["read", "--as", "go", "--reveal"]);
    assert!(
        ran.out.contains("hunter2hunter2hunter2"),
        "asked for, it is shown"
    );
}
