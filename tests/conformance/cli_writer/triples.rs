//! The edits of the AWS CLI's own tests of its writer: a file, what is set, the file after it. Rolecall makes the same edits;
//! where its file is another one, that is below, and botocore reads the value in every one.

use std::fs;

use rolecall_core::{
    document::Document,
    edit::apply,
    intent::{Intent, Named},
    profiles::{File, Home},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
struct Suite {
    cases: Vec<Triple>,
}

#[derive(Deserialize)]
struct Triple {
    test: String,
    original: String,
    update: Map<String, Value>,
    expected: String,
}

/// What Rolecall writes where the CLI writes something else: in the file's own way around `=`, a new section below a blank
/// line, a block's keys behind two blanks.
const OTHERWISE: [(&str, &str); 6] = [
    (
        "test_update_single_existing_value_no_spaces",
        "[default]\nfoo=newvalue\nbar=1",
    ),
    (
        "test_handles_no_spaces",
        "[default]\nfoo=1\nbar=2\nbaz=newvalue\n",
    ),
    (
        "test_section_does_not_exist",
        "[notdefault]\nfoo = bar\nbaz = bar\n\n\n\n[other \"section\"]\n\nfoo = bar\n\n[default]\nfoo = value\n",
    ),
    (
        "test_nested_attributes_new_file",
        "[default]\ns3 =\n  signature_version = s3v4\n",
    ),
    (
        "test_update_nested_attr_no_prior_nesting",
        "[default]\nfoo = bar\ns3 =\n  signature_version = newval\n[profile foo]\nfoo = bar\n",
    ),
    (
        "test_appends_newline_on_new_section",
        "[preview]\ncloudfront = true\n\n[new-section]\nregion = us-west-2\n",
    ),
];

impl Triple {
    /// The section and the file in which it is a profile.
    fn profile(&self) -> (&str, File) {
        let section = self.update.get("__section__").and_then(Value::as_str);
        let section = section.unwrap_or("default");
        match section.strip_prefix("profile ") {
            Some(name) => (name, File::Config),
            None if section == "default" => (section, File::Config),
            None => (section, File::Credentials),
        }
    }

    /// The one key that is set, nested ones with a dot, and its value.
    fn property(&self) -> (String, &str) {
        let mut keys = self.update.iter().filter(|(key, _)| *key != "__section__");
        let (key, value) = keys.next().expect("something is set");
        match value {
            Value::Object(block) => {
                let (nested, value) = block.iter().next().expect("something is set");
                (format!("{key}.{nested}"), value.as_str().expect("text"))
            }
            value => (key.clone(), value.as_str().expect("text")),
        }
    }

    /// The file after the edit.
    fn edited(&self) -> String {
        let (profile, file) = self.profile();
        let (key, value) = self.property();
        let document = || Some(Document::parse(self.original.clone().into()));
        let home = match file {
            File::Config => Home::read(document(), None),
            File::Credentials => Home::read(None, document()),
        };
        let section = Named::Profile(profile.into());
        let (file, value) = (Some(file), value.to_owned());
        let intent = match home.named_profile(profile) {
            Some(_) => Intent::Set {
                section,
                file,
                key,
                value,
            },
            None => Intent::Add {
                section,
                properties: vec![(key, value)],
                file,
            },
        };
        let edits = intent.edits(&home);
        let edits = edits.unwrap_or_else(|refusal| panic!("{}: {refusal:?}", self.test));
        let (_, file) = self.profile();
        let document = home.document(file).expect("it was read");
        String::from_utf8(apply(document, file, &edits)).expect("text")
    }
}

#[test]
fn the_edits_of_the_clis_own_tests_leave_every_other_line_alone() {
    let Some(folder) = super::super::published("edits, the AWS CLI") else {
        return;
    };
    let suite: Suite = super::super::parsed(&folder.join("aws-cli/configure-writer-cases.json"));
    assert_eq!(suite.cases.len(), 23);
    let (mut alike, mut told, mut questions) = (0, Vec::new(), Vec::new());
    let temporary = tempfile::tempdir().expect("a temporary folder");
    for (number, case) in suite.cases.iter().enumerate() {
        let after = case.edited();
        let otherwise = OTHERWISE.iter().find(|(name, _)| *name == case.test);
        let wanted = otherwise.map_or(&*case.expected, |(_, after)| after);
        alike += usize::from(after == case.expected);
        if after != wanted {
            told.push(format!(
                "(\"{}\", {after:?}), // {:?}",
                case.test, case.expected
            ));
        }
        told.extend(lost_line(case, &after));
        let (profile, file) = case.profile();
        let path = temporary.path().join(number.to_string());
        fs::write(&path, &after).expect("written");
        let absent = temporary.path().join("absent");
        let files = match file {
            File::Config => [path, absent],
            File::Credentials => [absent, path],
        };
        questions.push(json!({"files": files, "profile": profile, "key": case.property().0}));
    }
    for (case, read) in suite
        .cases
        .iter()
        .zip(super::read_by_botocore(questions.into_iter()))
    {
        if read != json!(case.property().1) {
            told.push(format!("{}: botocore reads {read}", case.test));
        }
    }
    rolecall_tests::say(&format!(
        "edits, the AWS CLI: 23 published cases hold, {alike} to the byte, {} otherwise by name; all read by botocore",
        OTHERWISE.len()
    ));
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// A line of the file before that is not there after, besides the one that was set.
fn lost_line(case: &Triple, after: &str) -> Option<String> {
    let (key, _) = case.property();
    let key = key.rsplit('.').next().unwrap_or(&key);
    let mut lines = after.lines();
    let is_of_key = |line: &&str| line.trim_start().starts_with(key);
    let mut kept = case.original.lines().filter(|line| !is_of_key(line));
    let lost = kept.find(|line| !lines.any(|new| new == *line))?;
    Some(format!("{}: {lost:?} is gone", case.test))
}
