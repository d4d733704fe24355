//! Where the SDKs part in what they pick, and how each ends a chain that has no end.

use super::*;
use crate::document::Document;

/// The base and the roles that an engine ends with, or its error.
fn end(engine: Engine, config: &str) -> String {
    let document = Document::parse(config.as_bytes().to_vec());
    let files = Files {
        config: Some(&document),
        credentials: None,
    };
    let reading = engine.read(files).expect("the text is readable");
    let asked = Asked {
        files,
        reading: &reading,
        variable: &|_| None,
    };
    match why(engine, asked, "a").expect("an SDK").end {
        Ok(found) => {
            let roles: Vec<_> = found.roles.iter().map(|role| &*role.role_arn).collect();
            format!("{:?} {}", found.base, roles.join(" "))
                .trim()
                .to_owned()
        }
        Err(stop) => format!("! {}", stop.words),
    }
}

const SDKS: [Engine; 5] = [
    Engine::Botocore,
    Engine::Rust,
    Engine::Java,
    Engine::Js,
    Engine::Go,
];

#[test]
fn of_two_kinds_of_keys_in_one_profile_each_takes_its_own() {
    let keys = "aws_access_key_id = A\naws_secret_access_key = s\n";
    let sso = "sso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = R\n";
    for (other, theirs) in [
        (sso, "Sso(a)"),
        ("credential_process = p\n", "Process(a)"),
        ("login_session = l\n", "Login(a)"),
    ] {
        let ends = SDKS.map(|engine| end(engine, &format!("[profile a]\n{other}{keys}")));
        assert_eq!(ends, [theirs, theirs, theirs, "Keys(a)", "Keys(a)"]);
    }
}

#[test]
fn a_source_profile_with_a_role_and_keys_gives_its_keys_but_in_java() {
    let config = "[profile a]\nrole_arn = A\nsource_profile = b\n[profile b]\nrole_arn = B\n\
        source_profile = c\naws_access_key_id = K\naws_secret_access_key = s\n\
        [profile c]\naws_access_key_id = K\naws_secret_access_key = s\n";
    let ends = SDKS.map(|engine| end(engine, config));
    assert_eq!(
        ends,
        [
            "Keys(b) A",
            "Keys(b) A",
            "Keys(c) B A",
            "Keys(b) A",
            "Keys(b) A"
        ]
    );
}

#[test]
fn a_circle_ends_everywhere_and_half_a_pair_stops_go() {
    let circle = "[profile a]\nrole_arn = A\nsource_profile = b\n[profile b]\nrole_arn = B\nsource_profile = a\n";
    for engine in SDKS {
        assert!(end(engine, circle).starts_with('!'), "{engine:?}");
    }
    let half = "[profile a]\naws_access_key_id = K\ncredential_process = p\n";
    let ends = SDKS.map(|engine| end(engine, half));
    let process = "Process(a)";
    let partial = "! partial credentials found for profile a";
    assert_eq!(ends, [process, process, process, process, partial]);
}

#[test]
fn keys_in_the_first_profile_open_a_circle_for_javascript_and_go() {
    let config = "[profile a]\nrole_arn = A\nsource_profile = b\naws_access_key_id = K\n\
        aws_secret_access_key = s\n[profile b]\nrole_arn = B\nsource_profile = a\n";
    let ends = SDKS.map(|engine| end(engine, config));
    let fails = ends.clone().map(|end| end.starts_with('!'));
    assert_eq!(fails, [true, true, true, false, false], "{ends:?}");
    assert_eq!(ends[3], "Keys(a) B A");
}

#[test]
fn a_source_of_keys_needs_a_role_for_go_alone() {
    let config =
        "[profile a]\nsource_profile = b\naws_access_key_id = K\naws_secret_access_key = s\n";
    let ends = SDKS.map(|engine| end(engine, config));
    let go = "! credential type source_profile requires role_arn, profile a";
    assert_eq!(ends, ["Keys(a)", "Keys(a)", "Keys(a)", "Keys(a)", go]);
}

#[test]
fn a_chain_as_long_as_a_file_is_walked_in_no_time() {
    let link = |number: usize| {
        let next = number + 1;
        format!("[profile {number}]\nrole_arn = r\nsource_profile = {next}\n")
    };
    let mut config = "[profile a]\nrole_arn = r\nsource_profile = 0\n".to_owned();
    config.extend((0..30_000).map(link));
    for engine in SDKS {
        assert!(
            end(engine, &config).starts_with('!'),
            "nothing has keys: {engine:?}"
        );
    }
}

#[test]
fn each_step_names_the_line_that_decides() {
    let text =
        "[profile a]\nrole_arn = A\nsource_profile = b\n[profile b]\ncredential_process = p\n";
    let document = Document::parse(text.as_bytes().to_vec());
    let files = Files {
        config: Some(&document),
        credentials: None,
    };
    for engine in SDKS {
        let reading = engine.read(files).expect("readable");
        let asked = Asked {
            files,
            reading: &reading,
            variable: &|_| None,
        };
        let why = why(engine, asked, "a").expect("an SDK");
        let lines = why.steps.iter().filter_map(|step| step.at);
        let lines: Vec<_> = lines.map(|at| at.line).collect();
        assert_eq!(lines.last(), Some(&4), "{engine:?}");
        assert_eq!(lines[..2], [1, 2], "{engine:?}");
    }
}
