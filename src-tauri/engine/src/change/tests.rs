//! Requests over a disk that a test moves: what is shown, what is written, and what is left alone.

use std::sync::Arc;

use crate::{
    engine::{Engine, Options},
    view::{
        AccountForm, ChangeOutcome, ChangeRequest, Endpoint, FailureCode, FileKind, LineMark,
        NewProperty, NewSection, Proposal, SectionName,
    },
    world::{World, disk::FakeDisk, env::FakeEnv},
};

const CONFIG: &str = "/home/jo/.aws/config";
const CREDENTIALS: &str = "/home/jo/.aws/credentials";
const TEXT: &str = "# mine\n[profile dev]\nregion = eu-west-1\n\n[profile deploy]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = dev\n";
const KEYS: &str = "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const SECRET: &str = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";

fn desk() -> (Arc<Engine>, FakeDisk) {
    let disk = FakeDisk::new();
    disk.folder("/home/jo");
    disk.write(CONFIG, TEXT);
    disk.write(CREDENTIALS, KEYS);
    let world = World {
        disk: Arc::new(disk.clone()),
        ..World::fake(FakeEnv::with_home("/home/jo"))
    };
    (Engine::start(world, Options::default()), disk)
}

fn profile(name: &str) -> SectionName {
    SectionName::Profile(name.into())
}

fn set(name: &str, key: &str, value: &str) -> ChangeRequest {
    ChangeRequest::Set {
        section: profile(name),
        file: None,
        key: key.into(),
        value: value.to_owned().into(),
    }
}

fn read(disk: &FakeDisk, path: &str) -> String {
    String::from_utf8(disk.content(path).expect("it is there")).expect("text")
}

/// Shows and does it.
fn done(engine: &Engine, request: &ChangeRequest) -> Proposal {
    let shown = engine.propose(request).expect("it can be done");
    let outcome = engine.carry_out(request, &shown.id).expect("no failure");
    assert_eq!(outcome, ChangeOutcome::Written);
    shown
}

fn added(proposal: &Proposal) -> Vec<&str> {
    let lines = proposal
        .changes
        .iter()
        .flat_map(|change| &change.hunks)
        .flat_map(|hunk| &hunk.lines);
    lines
        .filter(|line| line.is == LineMark::Added)
        .map(|line| line.text.as_str())
        .collect()
}

#[test]
fn what_was_shown_is_what_is_written_and_showing_writes_nothing() {
    let (engine, disk) = desk();
    let request = set("dev", "output", "json");
    let shown = engine.propose(&request).expect("it can be done");
    assert_eq!(
        (shown.what.as_str(), added(&shown)),
        ("Set output of dev", vec!["output = json"])
    );
    assert_eq!(read(&disk, CONFIG), TEXT);
    engine.carry_out(&request, &shown.id).expect("no failure");
    assert_eq!(
        read(&disk, CONFIG),
        TEXT.replace("eu-west-1\n", "eu-west-1\noutput = json\n")
    );
    assert_eq!(read(&disk, CREDENTIALS), KEYS);
}

#[test]
fn a_secret_is_written_and_never_shown() {
    let (engine, disk) = desk();
    let request = set("dev", "aws_secret_access_key", SECRET);
    let shown = done(&engine, &request);
    assert!(!format!("{request:?}{shown:?}").contains("je7MtGbClwBF"));
    assert!(
        added(&shown)[0].starts_with("aws_secret_access_key = ••••"),
        "{shown:?}"
    );
    assert!(read(&disk, CREDENTIALS).contains(SECRET));
}

#[test]
fn another_change_by_another_program_is_kept_and_one_of_the_same_lines_stops_us() {
    let (engine, disk) = desk();
    let request = set("dev", "region", "us-east-1");
    let shown = engine.propose(&request).expect("it can be done");
    disk.write(CONFIG, format!("{TEXT}\n[profile new]\nregion = x\n"));
    assert_eq!(
        engine.carry_out(&request, &shown.id),
        Ok(ChangeOutcome::Written)
    );
    assert!(
        read(&disk, CONFIG).contains("us-east-1") && read(&disk, CONFIG).contains("[profile new]")
    );

    let request = set("dev", "region", "us-west-2");
    let shown = engine.propose(&request).expect("it can be done");
    let theirs = read(&disk, CONFIG).replace("us-east-1", "eu-north-1");
    disk.write(CONFIG, &*theirs);
    assert_eq!(
        engine.carry_out(&request, &shown.id),
        Ok(ChangeOutcome::Conflict)
    );
    assert_eq!(read(&disk, CONFIG), theirs);
}

#[test]
fn a_rename_takes_references_accounts_and_pins_along() {
    let (engine, disk) = desk();
    let form = AccountForm {
        name: "Dev".into(),
        profile: "dev".into(),
        role: Some("deploy".into()),
        region: None,
        endpoint: Endpoint::Aws,
        label: None,
    };
    engine.save_account(&form, None).expect("kept");
    engine
        .pin(engine.id_of("dev").expect("it is there"), true)
        .expect("kept");
    let rename = |profile: &str, to: &str| ChangeRequest::Rename {
        profile: profile.into(),
        to: to.into(),
    };
    done(&engine, &rename("dev", "acme"));
    done(&engine, &rename("deploy", "acme-deploy"));
    assert_eq!(
        read(&disk, CONFIG),
        TEXT.replace("dev]", "acme]")
            .replace("= dev", "= acme")
            .replace("deploy]", "acme-deploy]")
    );
    assert_eq!(read(&disk, CREDENTIALS), KEYS.replace("[dev]", "[acme]"));
    let (_, account) = engine.account_named("Dev").expect("it is there");
    assert_eq!(
        (account.profile.as_str(), account.role.as_deref()),
        ("acme", Some("acme-deploy"))
    );
    let settings = read(&disk, "/home/jo/.local/share/rolecall/settings.toml");
    assert!(
        settings.contains("acme") && !settings.contains("\"dev\""),
        "{settings}"
    );
}

#[test]
fn what_gets_worse_is_said_before() {
    let (engine, _) = desk();
    let shown = engine.propose(&ChangeRequest::Remove {
        section: profile("dev"),
    });
    assert_eq!(
        shown.expect("it can be done").worse,
        ["deploy has nothing to start from: there is no profile “dev”."]
    );
}

#[test]
fn a_portal_and_its_profile_come_in_one_go() {
    let (engine, disk) = desk();
    let property = |(key, value): (&str, &str)| NewProperty {
        key: key.into(),
        value: value.to_owned().into(),
    };
    let request = ChangeRequest::Add {
        sections: vec![
            NewSection {
                section: SectionName::SsoSession("corp".into()),
                properties: [
                    ("sso_start_url", "https://example.awsapps.com/start"),
                    ("sso_region", "eu-west-1"),
                ]
                .map(property)
                .into(),
            },
            NewSection {
                section: profile("corp-dev"),
                properties: [
                    ("sso_session", "corp"),
                    ("sso_account_id", "111122223333"),
                    ("sso_role_name", "Dev"),
                ]
                .map(property)
                .into(),
            },
        ],
    };
    let shown = done(&engine, &request);
    assert_eq!(
        (shown.what.as_str(), shown.worse.len()),
        ("Add corp and corp-dev", 0)
    );
    assert_eq!(
        read(&disk, CONFIG),
        format!(
            "{TEXT}\n[sso-session corp]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n\n[profile corp-dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Dev\n"
        )
    );
}

#[test]
fn a_home_without_files_gets_them_private() {
    let (_, disk) = desk();
    let world = World {
        disk: Arc::new(disk.clone()),
        ..World::fake(FakeEnv::with_home("/home/kim"))
    };
    disk.folder("/home/kim");
    let engine = Engine::start(world, Options::default());
    let request = ChangeRequest::Add {
        sections: vec![NewSection {
            section: profile("default"),
            properties: vec![NewProperty {
                key: "region".into(),
                value: "eu-west-1".to_owned().into(),
            }],
        }],
    };
    done(&engine, &request);
    assert_eq!(
        read(&disk, "/home/kim/.aws/config"),
        "[default]\nregion = eu-west-1\n"
    );
    assert_eq!(disk.content("/home/kim/.aws/credentials"), None);
}

#[test]
fn a_file_that_can_not_be_read_stops_every_change() {
    let (engine, disk) = desk();
    disk.delete(CREDENTIALS);
    disk.folder(CREDENTIALS);
    engine.see_what_is_there();
    let failure = engine
        .propose(&set("deploy", "region", "x"))
        .expect_err("half of it is hidden");
    assert_eq!(failure.code, FailureCode::Unreadable);
}

#[test]
fn f004_f008_what_is_no_text_is_not_added_to() {
    let (engine, disk) = desk();
    let add = |name: &str| ChangeRequest::Duplicate {
        profile: "dev".into(),
        to: name.into(),
    };
    for bytes in [
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0".as_slice(),
        b"\xff\xfe[\0a\0]\0",
    ] {
        disk.write(CREDENTIALS, bytes);
        engine.see_what_is_there();
        let set = ChangeRequest::Set {
            section: profile("dev"),
            file: Some(FileKind::Credentials),
            key: "region".into(),
            value: "x".to_owned().into(),
        };
        let failure = engine.propose(&set).expect_err("it is no text");
        assert_eq!(failure.cause, Some("file.noText"));
        assert!(
            engine.propose(&add("copy")).is_ok(),
            "the other file is text"
        );
    }
}

#[test]
fn fixes_are_made_one_by_one_or_all_together() {
    let (engine, disk) = desk();
    let broken = TEXT.replace("source_profile = dev", "source_profile = dve")
        + "\n[profile dev]\noutput = json\n";
    disk.write(CONFIG, &*broken);
    engine.see_what_is_there();
    let groups = engine.snapshot().problem_groups();
    let key = groups
        .iter()
        .flat_map(|group| &group.problems)
        .find(|problem| problem.key.starts_with("chain.missing_source"))
        .expect("dve is not there")
        .key
        .clone();
    done(
        &engine,
        &ChangeRequest::Fix {
            problem: key,
            fix: 0,
        },
    );
    assert_eq!(read(&disk, CONFIG), broken.replace("dve", "dev"));
    disk.write(CONFIG, &*broken);
    engine.see_what_is_there();
    let shown = done(&engine, &ChangeRequest::FixAll { safe: false });
    assert_eq!(shown.worse, [""; 0]);
    let joined = TEXT.replace(
        "region = eu-west-1\n",
        "region = eu-west-1\noutput = json\n",
    );
    assert_eq!(read(&disk, CONFIG), joined + "\n");
}

#[test]
fn f011_f023_safe_fixes_remove_what_is_said_twice_and_close_what_others_can_read() {
    let (engine, disk) = desk();
    let twice = format!("{TEXT}[profile dev]\nregion = eu-west-1\n");
    disk.write(CONFIG, &*twice);
    disk.own(CREDENTIALS, 0o644, 1000);
    engine.see_what_is_there();
    let request = ChangeRequest::FixAll { safe: true };
    let shown = engine.propose(&request).expect("it can be done");
    assert_eq!(
        shown.besides,
        ["credentials becomes private: its permissions 0644 become 0600."]
    );
    let mode = || disk.mode(CREDENTIALS);
    assert_eq!((read(&disk, CONFIG), mode()), (twice, Some(0o644)));
    assert_eq!(
        engine.carry_out(&request, &shown.id),
        Ok(ChangeOutcome::Written)
    );
    assert_eq!((read(&disk, CONFIG).as_str(), mode()), (TEXT, Some(0o600)));
    assert_eq!(read(&disk, CREDENTIALS), KEYS);
    let again = engine.propose(&request).expect("it can be done");
    assert_eq!((again.changes.len(), again.besides.len()), (0, 0));
}

#[test]
fn what_was_shown_before_a_file_was_opened_to_others_closes_nothing() {
    let (engine, disk) = desk();
    let request = ChangeRequest::FixAll { safe: true };
    let shown = engine.propose(&request).expect("it can be done");
    disk.own(CREDENTIALS, 0o644, 1000);
    assert_eq!(
        engine.carry_out(&request, &shown.id),
        Ok(ChangeOutcome::Conflict)
    );
    assert_eq!(disk.mode(CREDENTIALS), Some(0o644));
}

#[test]
fn a_name_or_value_that_not_all_sdks_read_is_refused() {
    let (engine, disk) = desk();
    let code = |request: &ChangeRequest| engine.propose(request).expect_err("refused").code;
    assert_eq!(
        code(&set("dev", "region", "a # b")),
        FailureCode::Unsupported
    );
    assert_eq!(
        code(&set("dev", "aws_secret_access_key", " x")),
        FailureCode::Unsupported
    );
    assert_eq!(code(&set("nobody", "region", "x")), FailureCode::NotFound);
    let rename = ChangeRequest::Rename {
        profile: "dev".into(),
        to: "my team".into(),
    };
    assert_eq!(code(&rename), FailureCode::Unsupported);
    assert_eq!(read(&disk, CONFIG), TEXT);
    let moved = ChangeRequest::Move {
        profile: "dev".into(),
        to: FileKind::Credentials,
    };
    assert!(engine.propose(&moved).is_ok());
}

#[test]
fn a_value_that_looks_like_a_covered_secret_is_written_as_it_was_typed() {
    let (engine, disk) = desk();
    let shown = engine.propose(&set("dev", "aws_secret_access_key", SECRET));
    let shown = shown.expect("it can be done");
    let token = added(&shown)[0].rsplit(' ').next().expect("a value");
    for value in [token, "••••abcdefgh••••"] {
        done(&engine, &set("dev", "output", value));
        assert!(read(&disk, CONFIG).contains(&format!("output = {value}\n")));
    }
    assert!(!read(&disk, CONFIG).contains(SECRET));
}

fn rename() -> ChangeRequest {
    ChangeRequest::Rename {
        profile: "dev".into(),
        to: "prod".into(),
    }
}

#[test]
fn when_the_second_file_can_not_be_written_the_first_one_is_as_it_was() {
    let (engine, disk) = desk();
    disk.own(CREDENTIALS, 0o400, 1000);
    engine.see_what_is_there();
    let shown = engine.propose(&rename()).expect("it can be done");
    let failure = engine.carry_out(&rename(), &shown.id).expect_err("no");
    assert_eq!(failure.cause, Some("file.readOnly"));
    assert!(!failure.message.contains("stands"), "{}", failure.message);
    assert_eq!(
        (read(&disk, CONFIG), read(&disk, CREDENTIALS)),
        (TEXT.into(), KEYS.into())
    );
    assert!(engine.undo_preview().is_err(), "nothing was done");
}

#[test]
fn a_change_of_both_files_is_in_both_or_in_none_whenever_another_program_writes_the_second_one() {
    let theirs = format!("{KEYS}# theirs\n");
    let (mut both, mut at_call) = (0, 0);
    loop {
        at_call += 1;
        let (engine, disk) = desk();
        let shown = engine.propose(&rename()).expect("it can be done");
        disk.meanwhile(at_call, CREDENTIALS, theirs.as_str());
        let outcome = engine.carry_out(&rename(), &shown.id).expect("no failure");
        let calls = u32::try_from(disk.log().len()).expect("few");
        // As the watch does a moment later.
        engine.see_what_is_there();
        let (config, keys) = (read(&disk, CONFIG), read(&disk, CREDENTIALS));
        if calls < at_call {
            break;
        }
        assert!(keys.contains("# theirs\n"), "{at_call}: {keys}");
        let is_in = |text: &str| text.contains("prod") && !text.contains("dev]");
        assert_eq!(is_in(&config), is_in(&keys), "{at_call}: {config}{keys}");
        assert_eq!(
            is_in(&config),
            outcome == ChangeOutcome::Written,
            "{at_call}"
        );
        both += u32::from(is_in(&config));
    }
    assert!(both > 0 && at_call > 20, "{both} of {at_call}");
}
