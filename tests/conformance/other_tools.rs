//! The cases of two tools that read and write the same files: aws-vault's tests of its reader, and what Granted makes of a
//! file when it puts a registry's profiles into it. What they say about profiles must be what Rolecall says; keys that are
//! the tool's own are named as such.

use std::collections::BTreeSet;

use rolecall_core::{
    document::Document,
    edit::apply,
    intent::{Intent, Named},
    profiles::{File, Home, Profile, Source},
    rules::{self, Facts},
};
use serde_json::{Map, Value};

/// What no AWS SDK reads, and Rolecall shows as it stands.
const OWN_KEYS: [(&str, &str); 3] = [
    (
        "TestIncludeProfile",
        "include_profile is aws-vault's own inheritance",
    ),
    (
        "TestSessionTaggingFromIni",
        "session_tags are read by aws-vault alone",
    ),
    (
        "TestSessionTaggingFromEnvironmentChainedRoles",
        "tags of variables are read by aws-vault alone",
    ),
];

fn home(text: &str) -> Home {
    Home::read(Some(Document::parse(text.as_bytes().to_vec())), None)
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value[key].as_str()
}

#[test]
fn aws_vaults_files_have_the_profiles_that_it_says() {
    let Some(folder) = super::published("files, aws-vault") else {
        return;
    };
    let suite: Value = super::parsed(&folder.join("aws-vault/config-cases.json"));
    let cases = suite["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 12);
    let (mut held, mut beside) = (0, Vec::new());
    for case in cases {
        let name = text(case, "test").expect("a name");
        if let Some(own) = OWN_KEYS.iter().find(|(of, _)| *of == name) {
            beside.push(*own);
            continue;
        }
        judge(name, case);
        held += 1;
    }
    let rows = suite["session_tags_syntax"].as_array().expect("rows");
    for row in rows {
        let value = text(row, "value").expect("text");
        beside.push((value, "a row of aws-vault's syntax of session_tags"));
    }
    super::tell("files, aws-vault", held, &beside);
}

fn judge(name: &str, case: &Value) {
    let before = text(case, "ini").expect("a file");
    let after = case["add"]
        .as_object()
        .map_or_else(|| before.to_owned(), |add| added(before, add));
    let home = home(&after);
    if let Some(profiles) = case["expect_profiles_in_order"].as_array() {
        // `[DEFAULT]` is no profile for aws-vault; for the AWS CLI it is in every profile, and is listed for that.
        let ours = home
            .profiles()
            .filter(|profile| profile.name() != "DEFAULT");
        let ours: Vec<_> = ours.collect();
        assert_eq!(ours.len(), profiles.len(), "{name}");
        for (ours, theirs) in ours.into_iter().zip(profiles) {
            assert_eq!(Some(ours.name()), text(theirs, "name"), "{name}");
            has_the_values(name, ours, theirs);
        }
    }
    for missing in case["expect_missing"].as_array().into_iter().flatten() {
        assert!(
            home.named_profile(missing.as_str().expect("a name"))
                .is_none()
        );
    }
    if let Some(bytes) = text(case, "expect_file_bytes") {
        assert_eq!(after, bytes, "{name}");
    }
    let Some(loaded) = text(case, "load") else {
        return;
    };
    let profile = home.named_profile(loaded).expect("it is there");
    if case["expect_section"].is_object() {
        has_the_values(name, profile, &case["expect_section"]);
    }
    match name {
        // Without a role, source_profile does nothing for an SDK either.
        "TestLoadedProfileDoesntReferToItself" | "TestSourceProfileCanReferToParent" => {
            assert_eq!(
                (profile.source(), profile.starts_from().is_none()),
                (Source::None, true)
            );
        }
        "TestIncludeSsoSession" => portal_holds(&home, profile, &case["expect_resolved"]),
        other => panic!("{other} says something that this test does not ask"),
    }
}

fn has_the_values(name: &str, profile: Profile<'_>, wanted: &Value) {
    for (key, wanted) in wanted.as_object().expect("keys") {
        if key == "name" {
            continue;
        }
        let wanted = wanted
            .as_str()
            .map_or_else(|| wanted.to_string(), str::to_owned);
        let ours = profile.get(key).map(|property| property.value);
        assert_eq!(
            ours.as_deref(),
            Some(&*wanted),
            "{name} {} {key}",
            profile.name()
        );
    }
}

/// The profile's own region beside the portal's address and region.
fn portal_holds(home: &Home, profile: Profile<'_>, wanted: &Value) {
    let named = profile.get("sso_session").expect("it names a portal");
    let portal = home.sso_session(&named.value).expect("it has a section");
    let of_portal = |key: &str| {
        let mut properties = home.properties(portal.section);
        properties
            .find(|property| property.key == key)
            .map(|property| property.value)
    };
    let region = profile.get("region").map(|property| property.value);
    assert_eq!(region.as_deref(), text(wanted, "region"));
    for key in ["sso_start_url", "sso_region"] {
        assert_eq!(of_portal(key).as_deref(), text(wanted, key));
    }
}

/// The file with one more profile.
fn added(before: &str, add: &Map<String, Value>) -> String {
    let home = home(before);
    let value = |key: &str| add[key].as_str().expect("text").to_owned();
    let keys = ["mfa_serial", "region", "source_profile"];
    let keys = keys.into_iter().filter(|key| add.contains_key(*key));
    let intent = Intent::Add {
        section: Named::Profile(value("name")),
        properties: keys.map(|key| (key.to_owned(), value(key))).collect(),
        file: Some(File::Config),
    };
    let edits = intent.edits(&home).expect("the name is free");
    let document = home.document(File::Config).expect("it was read");
    String::from_utf8(apply(document, File::Config, &edits)).expect("text")
}

/// The one case in which Granted writes nothing: both sides have the profile.
const REFUSED: (&str, &str) = (
    "duplicate_error",
    "Granted's refusal to write; there is no file after it",
);

#[test]
fn a_file_that_granted_wrote_into_has_the_profiles_of_both_sides() {
    let Some(folder) = super::published("registries, Granted") else {
        return;
    };
    let suite: Value = super::parsed(&folder.join("granted/registry-merge-cases.json"));
    let cases = suite["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 7);
    let (mut held, mut beside) = (0, Vec::new());
    for case in cases {
        let name = text(case, "test").expect("a name");
        let Some(after) = text(case, "want") else {
            assert_eq!(name, REFUSED.0);
            beside.push(REFUSED);
            continue;
        };
        let after = home(after);
        let names = |home: &Home| -> BTreeSet<String> {
            home.profiles()
                .map(|profile| profile.name().to_owned())
                .collect()
        };
        let ours = names(&after);
        for side in ["src", "dst"] {
            let side = home(text(case, side).expect("a file"));
            for profile in side.profiles() {
                held_somewhere(name, &after, profile);
            }
        }
        // A fence is a section and no profile, and nothing of it is wrong.
        assert!(
            ours.iter().all(|name| !name.contains("granted_registry")),
            "{ours:?}"
        );
        let report = rules::check(&after, &Facts::default());
        let wrong = report
            .problems
            .iter()
            .find(|problem| problem.message.contains("granted_registry"));
        assert!(wrong.is_none(), "{name}: {wrong:?}");
        held += 1;
    }
    super::tell("registries, Granted", held, &beside);
}

/// The profile is there with its values, under its name or with the registry's in front; of a registry that was written
/// before, what is gone is gone.
fn held_somewhere(case: &str, after: &Home, wanted: Profile<'_>) {
    if (case, wanted.name()) == ("merge_on_existing_profile_registry", "old") {
        return assert!(after.named_profile("old").is_none());
    }
    let names = [wanted.name().to_owned(), format!("test.{}", wanted.name())];
    let mut found = names.iter().filter_map(|name| after.named_profile(name));
    let has_all = |found: Profile<'_>| {
        wanted.properties().all(|property| {
            found
                .get(&property.key)
                .is_some_and(|ours| ours.value == property.value)
        })
    };
    assert!(found.any(has_all), "{case}: {}", wanted.name());
}
