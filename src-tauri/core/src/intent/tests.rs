//! Each intent on small files: which lines come, go and change, and that no other does.

use super::{Intent, Named, Refusal};
use crate::{
    document::Document,
    edit::{Edit, apply},
    profiles::{File, Home},
};

const CONFIG: &str = "\
# mine
[default]
region = eu-west-1   # home

[profile dev]
region=us-east-1
output=json
s3 =
    max_queue_size = 1

# the deployer
[profile deploy]
role_arn       = arn:aws:iam::111122223333:role/Deploy
source_profile = dev
";
const CREDENTIALS: &str = "\
[dev]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
";

fn home(config: &str, credentials: &str) -> Home {
    let document = |text: &str| Document::parse(text.as_bytes().to_vec());
    Home::read(Some(document(config)), Some(document(credentials)))
}

/// Both files after an intent.
fn after(config: &str, credentials: &str, intent: &Intent) -> Result<[String; 2], Refusal> {
    let home = home(config, credentials);
    let edits = intent.edits(&home)?;
    Ok(File::BOTH.map(|file| {
        let document = home.document(file).expect("both are there");
        String::from_utf8(apply(document, file, &edits)).expect("text")
    }))
}

/// The lines that are gone and those that are new, in the order of the files.
fn changed(intent: &Intent) -> Vec<String> {
    let [config, credentials] = after(CONFIG, CREDENTIALS, intent).expect("it is carried out");
    let mut lines = Vec::new();
    for (old, new) in [(CONFIG, config), (CREDENTIALS, credentials)] {
        let patch = diffy::DiffOptions::new()
            .set_context_len(0)
            .create_patch(old, &new)
            .to_string();
        lines.extend(
            patch
                .lines()
                .skip(2)
                .filter(|line| !line.starts_with('@'))
                .map(str::to_owned),
        );
    }
    lines
}

fn profile(name: &str) -> Named {
    Named::Profile(name.into())
}

fn set(name: &str, key: &str, value: &str) -> Intent {
    Intent::Set {
        section: profile(name),
        file: None,
        key: key.into(),
        value: value.into(),
    }
}

fn unset(name: &str, key: &str) -> Intent {
    Intent::Unset {
        section: profile(name),
        file: None,
        key: key.into(),
    }
}

#[test]
fn a_comment_goes_below_the_properties_and_no_tool_reads_it() {
    let note = |text: &str| Intent::Comment {
        section: Named::Profile("a".into()),
        text: text.into(),
    };
    let home = Home::read(
        Some(Document::parse(
            b"[profile a]\nregion = x\n\n[profile b]\n".to_vec(),
        )),
        Some(Document::parse(b"[a]\n".to_vec())),
    );
    let edits = note("output = json").edits(&home).expect("it is there");
    assert_eq!(
        edits,
        [Edit::InsertLines {
            file: File::Config,
            below: Some(1),
            lines: vec!["# output = json".into()],
        }]
    );
    let commented = Home::read(
        Some(Document::parse(b"[profile a]\n# output = json\n".to_vec())),
        None,
    );
    assert_eq!(note("output = json").edits(&commented), Err(Refusal::Same));
}

#[test]
fn a_value_is_set_where_it_stands_and_the_comment_behind_it_stays() {
    assert_eq!(
        changed(&set("default", "region", "eu-central-1")),
        [
            "-region = eu-west-1   # home",
            "+region = eu-central-1   # home"
        ]
    );
}

#[test]
fn a_new_property_is_written_like_its_neighbours() {
    assert_eq!(
        changed(&set("dev", "cli_pager", "less")),
        ["+cli_pager=less"]
    );
    assert_eq!(
        changed(&set("deploy", "region", "eu-west-1")),
        ["+region         = eu-west-1"]
    );
    assert_eq!(
        changed(&set("deploy", "role_session_name", "jo")),
        ["+role_session_name = jo"],
        "longer than the column"
    );
}

#[test]
fn a_new_property_stands_behind_the_last_one_and_before_the_comment_of_the_next_section() {
    let [config, _] = after(CONFIG, CREDENTIALS, &set("dev", "cli_pager", "less")).expect("done");
    assert!(
        config.contains("    max_queue_size = 1\ncli_pager=less\n\n# the deployer\n"),
        "{config}"
    );
}

#[test]
fn nested_properties_are_set_added_and_taken_away() {
    assert_eq!(
        changed(&set("dev", "s3.max_queue_size", "9")),
        ["-    max_queue_size = 1", "+    max_queue_size = 9"]
    );
    assert_eq!(
        changed(&set("dev", "s3.addressing_style", "path")),
        ["+    addressing_style = path"]
    );
    assert_eq!(
        changed(&set("default", "s3.addressing_style", "path")),
        ["+s3 =", "+  addressing_style = path"]
    );
    assert_eq!(
        changed(&unset("dev", "s3")),
        ["-s3 =", "-    max_queue_size = 1"]
    );
}

#[test]
fn a_nested_property_is_not_put_below_one_that_has_a_value() {
    assert_eq!(
        after(CONFIG, CREDENTIALS, &set("dev", "output.a", "1")),
        Err(Refusal::HasValue {
            key: "output".into()
        })
    );
}

#[test]
fn keys_go_into_credentials_and_the_rest_into_config_with_a_section_where_there_is_none() {
    assert_eq!(
        changed(&set("deploy", "aws_session_token", "t")),
        ["+", "+[deploy]", "+aws_session_token = t"]
    );
    let in_credentials = Intent::Set {
        section: profile("dev"),
        file: Some(File::Credentials),
        key: "region".into(),
        value: "x".into(),
    };
    assert_eq!(changed(&in_credentials), ["+region = x"]);
}

#[test]
fn a_property_is_taken_away_from_wherever_it_stands() {
    assert_eq!(changed(&unset("dev", "OUTPUT")), ["-output=json"]);
    assert_eq!(
        after(CONFIG, CREDENTIALS, &unset("dev", "duration_seconds")),
        Err(Refusal::NotSet {
            key: "duration_seconds".into()
        })
    );
}

#[test]
fn a_new_profile_stands_in_both_files_where_its_properties_belong() {
    let add = Intent::Add {
        section: profile("new"),
        properties: [("aws_access_key_id", "A"), ("region", "eu-west-1")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        file: None,
    };
    let [config, credentials] = after(CONFIG, CREDENTIALS, &add).expect("done");
    assert_eq!(
        config,
        format!("{CONFIG}\n[profile new]\nregion = eu-west-1\n")
    );
    assert_eq!(
        credentials,
        format!("{CREDENTIALS}\n[new]\naws_access_key_id = A\n")
    );
    let [config, _] = after("", "", &add).expect("done");
    assert_eq!(config, "[profile new]\nregion = eu-west-1\n");
    assert_eq!(
        after(&config, "", &add),
        Err(Refusal::Taken(profile("new")))
    );
}

#[test]
fn a_new_profile_has_each_key_once_and_none_below_a_value() {
    let add = |keys: [&str; 2]| Intent::Add {
        section: profile("new"),
        properties: keys.map(|key| (key.to_owned(), "x".to_owned())).into(),
        file: None,
    };
    let refused = |keys| after(CONFIG, CREDENTIALS, &add(keys)).expect_err("refused");
    let key = || "region".to_owned();
    assert_eq!(refused(["region", "region"]), Refusal::Twice { key: key() });
    assert_eq!(
        refused(["region.a", "region"]),
        Refusal::HasValue { key: key() }
    );
    assert!(after(CONFIG, CREDENTIALS, &add(["s3.a", "s3.b"])).is_ok());
}

#[test]
fn line_ends_and_a_file_that_ends_without_one_are_continued_as_they_are() {
    let [config, _] = after(
        "[default]\r\nregion = a",
        "",
        &set("default", "output", "json"),
    )
    .expect("done");
    assert_eq!(config, "[default]\r\nregion = a\r\noutput = json\r\n");
    let [config, _] = after(
        "[default]\r\n[profile b]\r\nregion = x\r\n",
        "",
        &set("default", "output", "json"),
    )
    .expect("done");
    assert_eq!(
        config,
        "[default]\r\noutput = json\r\n[profile b]\r\nregion = x\r\n"
    );
}

#[test]
fn a_rename_changes_every_header_and_every_line_that_starts_from_the_profile() {
    let rename = |from: &str, to: &str| Intent::Rename {
        profile: from.into(),
        to: to.into(),
    };
    assert_eq!(
        changed(&rename("dev", "acme")),
        [
            "-[profile dev]",
            "+[profile acme]",
            "-source_profile = dev",
            "+source_profile = acme",
            "-[dev]",
            "+[acme]"
        ]
    );
    assert_eq!(
        changed(&rename("default", "first")),
        ["-[default]", "+[profile first]"]
    );
    assert_eq!(
        after(CONFIG, CREDENTIALS, &rename("dev", "deploy")),
        Err(Refusal::Taken(profile("deploy")))
    );
}

#[test]
fn a_copy_has_the_lines_of_all_sections() {
    let copy = Intent::Duplicate {
        profile: "dev".into(),
        to: "dev-2".into(),
    };
    let [config, credentials] = after(CONFIG, CREDENTIALS, &copy).expect("done");
    assert_eq!(
        config,
        format!(
            "{CONFIG}\n[profile dev-2]\nregion=us-east-1\noutput=json\ns3 =\n    max_queue_size = 1\n"
        )
    );
    assert!(credentials.ends_with("EXAMPLEKEY\n\n[dev-2]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"));
}

#[test]
fn a_profile_goes_with_its_lines_and_what_introduces_the_next_stays() {
    let remove = |name: &str| Intent::Remove {
        section: profile(name),
    };
    let [config, credentials] = after(CONFIG, CREDENTIALS, &remove("dev")).expect("done");
    assert!(
        config.contains("# home\n\n# the deployer\n[profile deploy]"),
        "{config}"
    );
    assert_eq!(credentials, "");
    let [config, _] = after(CONFIG, CREDENTIALS, &remove("deploy")).expect("done");
    assert!(
        config.ends_with("max_queue_size = 1\n\n# the deployer\n"),
        "{config}"
    );
    assert_eq!(
        after(CONFIG, CREDENTIALS, &remove("nobody")),
        Err(Refusal::Missing(profile("nobody")))
    );
}

#[test]
fn a_profile_moves_into_the_other_file_and_what_stands_there_already_holds() {
    let to = |to| Intent::Move {
        profile: "dev".into(),
        to,
    };
    let [config, credentials] = after(CONFIG, CREDENTIALS, &to(File::Credentials)).expect("done");
    assert!(!config.contains("[profile dev]"), "{config}");
    assert_eq!(
        credentials,
        format!("{CREDENTIALS}region=us-east-1\noutput=json\ns3 =\n    max_queue_size = 1\n")
    );
    let [config, credentials] = after(&config, &credentials, &to(File::Config)).expect("done");
    assert_eq!(credentials, "");
    assert!(config.ends_with("source_profile = dev\n\n[profile dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\nregion=us-east-1\noutput=json\ns3 =\n    max_queue_size = 1\n"), "{config}");
}

#[test]
fn two_profiles_become_one_which_keeps_what_it_had() {
    let config = "[profile a]\nregion = x\noutput = json\n\n[profile b]\nregion = y\n\n[profile c]\nrole_arn = r\nsource_profile = a\n";
    let merge = Intent::Merge {
        profile: "a".into(),
        into: "b".into(),
    };
    let [config, credentials] =
        after(config, "[a]\naws_access_key_id = A\n", &merge).expect("done");
    assert_eq!(
        config,
        "[profile b]\nregion = y\noutput = json\n\n[profile c]\nrole_arn = r\nsource_profile = b\n"
    );
    assert_eq!(credentials, "[b]\naws_access_key_id = A\n");
}

#[test]
fn what_not_every_sdk_reads_alike_is_refused_with_the_reason() {
    for name in [
        "",
        "my team",
        "équipe",
        "-x",
        "__proto__",
        "Default",
        "a]b",
        "a#b",
    ] {
        assert!(super::check_name(name).is_err(), "{name}");
    }
    for name in ["default", "acme-dev", "123456789012_Admin", "a/b.c%d@e+f:g"] {
        assert_eq!(super::check_name(name), Ok(()), "{name}");
    }
    for value in [
        "", " x", "x ", "a\nb", "a # b", "a ;b", "# a", "\"a\"", "'a'", "\t",
    ] {
        assert!(super::check_value("region", value).is_err(), "{value}");
    }
    for value in ["x#y", "a;b", "/bin/sh -c \"echo 'a'\"", "https://x/#/"] {
        assert_eq!(super::check_value("region", value), Ok(()), "{value}");
    }
    for key in ["", "Region", "a b", "a.b.c", "a=b", "[a"] {
        assert!(super::check_key(key).is_err(), "{key}");
    }
}

#[test]
fn an_intent_that_changes_nothing_says_so() {
    assert_eq!(
        after(CONFIG, CREDENTIALS, &set("dev", "output", "json")),
        Err(Refusal::Same)
    );
}

#[test]
fn many_sections_come_as_if_each_had_come_alone() {
    let section = |name: &str| {
        let properties = vec![
            ("sso_session".to_owned(), "acme".to_owned()),
            ("region".to_owned(), "eu-west-1".to_owned()),
        ];
        (Named::Profile(name.to_owned()), properties)
    };
    let all = Intent::AddAll {
        sections: vec![section("one"), section("two")],
    };
    for text in [
        "",
        "[default]\nregion=x\n",
        "[a]\nx=1\n\n[b]\nx=1\n",
        "[a]\nx = 1\n[b]\nx = 1",
    ] {
        let [together, _] = after(text, "", &all).expect("it is carried out");
        let mut one_by_one = text.to_owned();
        for (named, properties) in [section("one"), section("two")] {
            let add = Intent::Add {
                section: named,
                properties,
                file: None,
            };
            let [config, _] = after(&one_by_one, "", &add).expect("it is carried out");
            one_by_one = config;
        }
        assert_eq!(together, one_by_one, "{text:?}");
    }
    let twice = Intent::AddAll {
        sections: vec![section("one"), section("one")],
    };
    let taken = Refusal::Taken(Named::Profile("one".into()));
    assert_eq!(after("", "", &twice), Err(taken));
}

#[test]
fn what_has_nothing_to_do_with_each_other_is_done_together() {
    let dev = || Named::Profile("dev".into());
    let together = Intent::Together(vec![
        Intent::Set {
            section: dev(),
            file: None,
            key: "region".into(),
            value: "eu-north-1".into(),
        },
        Intent::Unset {
            section: dev(),
            file: None,
            key: "output".into(),
        },
    ]);
    assert_eq!(
        changed(&together),
        ["-region=us-east-1", "-output=json", "+region=eu-north-1"]
    );
    let nothing = after(CONFIG, CREDENTIALS, &Intent::Together(Vec::new()));
    assert_eq!(nothing, Err(Refusal::Same));
}

#[test]
fn a_value_stays_apart_from_the_comment_that_follows_an_empty_one() {
    let set = |config: &str| {
        let intent = Intent::Set {
            section: Named::Profile("a".into()),
            file: None,
            key: "region".into(),
            value: "eu-west-1".into(),
        };
        let [config, _] = after(config, "", &intent).expect("it is carried out");
        config
    };
    for (before, now) in [
        ("region =; home", "region = eu-west-1 ; home"),
        ("region = # home", "region = eu-west-1 # home"),
        ("region =", "region = eu-west-1"),
        ("region = x;y ; home", "region = eu-west-1 ; home"),
    ] {
        let config = set(&format!("[profile a]\n{before}\n"));
        assert_eq!(config, format!("[profile a]\n{now}\n"));
    }
}

#[test]
fn a_header_that_is_indented_stays_one_below_a_new_property() {
    let intent = Intent::Set {
        section: Named::Profile("a".into()),
        file: None,
        key: "region".into(),
        value: "eu-west-1".into(),
    };
    for (before, now) in [
        (
            "  [profile a]\n  output = json\n  [profile b]\n  output = text\n",
            "  [profile a]\n  output = json\n  region = eu-west-1\n  [profile b]\n  output = text\n",
        ),
        (
            "[profile a]\n\t[profile b]\n",
            "[profile a]\n\tregion = eu-west-1\n\t[profile b]\n",
        ),
    ] {
        let [config, _] = after(before, "", &intent).expect("it is carried out");
        assert_eq!(config, now);
        assert!(home(&config, "").named_profile("b").is_some());
    }
}
