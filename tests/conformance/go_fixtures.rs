//! The files with which the AWS SDK for Go is tested, as of release 1.17.1. Its reader was another one then: it refused what
//! it did not know and made numbers of what looks like some. So names and values are believed and refusals are not; what is
//! apart is named with why. Which keys a profile of its big file would use is what its own test (`shared_config_test.go`)
//! says of it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use rolecall_core::{
    caches::{SsoToken, sso_token, sso_token_file},
    dialect::{
        Engine, Files,
        process::printed,
        why::{Asked, Base, why},
    },
    document::{Document, MaskKey},
};
use serde_json::Value;

const ROOT: &str = "aws-sdk-go-v2";

fn folder(suite: &str, path: &str) -> Option<PathBuf> {
    Some(super::published(suite)?.join(ROOT).join(path))
}

fn document(path: &Path) -> Document {
    Document::parse(fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// What the reader of then saw otherwise than the one of today: numbers and escapes, which are text by now, and an
/// indented header, which is one by now and takes what follows.
const OTHERWISE: [(&str, Option<&str>); 9] = [
    ("base_numbers_profile [default] binary", Some("0b1001")),
    ("base_numbers_profile [default] octal", Some("0o107")),
    ("base_numbers_profile [default] hex", Some("0xAFB1")),
    ("base_numbers_profile [default] hex2", Some("0xafb1")),
    ("exponent_profile [default] exponent", Some("1e4")),
    ("exponent_profile [default] exponent_2", Some("1E-4")),
    ("escaped_profile [default] foo", Some(r#"\"bar\""#)),
    ("escaped_profile [default] baz", Some(r"qux\n")),
    ("op_sep_in_values [case6] key", None),
];

#[test]
fn go_reads_its_own_files() {
    let Some(folder) = folder("files, go", "internal/ini/testdata") else {
        return;
    };
    let (mut files, mut values, mut apart) = (0, 0, 0);
    for path in sorted(&folder.join("valid")) {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if name.ends_with("_expected") {
            continue;
        }
        let expected = fs::read_to_string(path.with_file_name(format!("{name}_expected")));
        let expected: BTreeMap<String, BTreeMap<String, Value>> =
            serde_json::from_str(&expected.expect("its twin")).expect("maps");
        let file = document(&path);
        // Names without a prefix are profiles in credentials, those with one in config.
        let of = |config, credentials| {
            let files = Files {
                config,
                credentials,
            };
            Engine::Go.read(files).expect("Go reads it")
        };
        let (bare, prefixed) = (of(None, Some(&file)), of(Some(&file), None));
        files += 1;
        for (section, keys) in &expected {
            let held = match section.strip_prefix("profile ") {
                Some(name) => prefixed.profiles.get(name),
                None => bare.profiles.get(section.as_str()),
            };
            let held = held.unwrap_or_else(|| panic!("{name}: [{section}]"));
            for (key, wanted) in keys {
                let place = format!("{name} [{section}] {key}");
                let otherwise = OTHERWISE.iter().find(|(of, _)| *of == place);
                let then = wanted
                    .as_str()
                    .map_or_else(|| wanted.to_string(), str::to_owned);
                let wanted = otherwise.map_or(Some(&*then), |(_, now)| *now);
                assert_eq!(held.text(key), wanted, "{place}");
                apart += usize::from(otherwise.is_some());
                values += 1;
            }
        }
    }
    assert_eq!(files, 20, "the suite is whole");
    rolecall_tests::say(&format!(
        "files, go: {files} published files, {values} values, {apart} of them apart by name: the reader of then was another"
    ));
}

#[test]
fn go_refuses_none_of_its_bad_files_any_more() {
    let Some(folder) = folder("bad files, go", "internal/ini/testdata/invalid") else {
        return;
    };
    let paths = sorted(&folder);
    assert_eq!(paths.len(), 6);
    for path in &paths {
        let file = document(path);
        let files = Files {
            config: None,
            credentials: Some(&file),
        };
        let reading = Engine::Go
            .read(files)
            .expect("today's reader passes over what it does not know");
        let keys = reading
            .profiles
            .values()
            .map(|section| section.properties.len());
        assert!(keys.sum::<usize>() <= 1, "{}", path.display());
    }
    super::tell("bad files, go", paths.len(), &[]);
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the suite");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}

/// A profile of the big file: its keys or its error, then its roles.
const PROFILES: [(&str, &str); 19] = [
    ("complete_creds", "complete_creds_akid"),
    (
        "complete_creds_with_token",
        "complete_creds_with_token_akid",
    ),
    ("full_profile", "full_profile_akid"),
    ("assume_role", "complete_creds_akid > assume_role_role_arn"),
    (
        "assume_role_w_mfa",
        "complete_creds_akid > assume_role_role_arn",
    ),
    (
        "assume_role_w_creds",
        "assume_role_w_creds_akid > assume_role_w_creds_role_arn",
    ),
    (
        "assume_role_w_creds_ext_dur",
        "assume_role_w_creds_akid > assume_role_w_creds_role_arn",
    ),
    (
        "assume_role_with_credential_source",
        "Ec2InstanceMetadata > assume_role_with_credential_source_role_arn",
    ),
    (
        "multiple_assume_role",
        "complete_creds_akid > assume_role_role_arn > multiple_assume_role_role_arn",
    ),
    (
        "multiple_assume_role_with_credential_source",
        "Ec2InstanceMetadata > assume_role_with_credential_source_role_arn > multiple_assume_role_with_credential_source_role_arn",
    ),
    ("sso_creds", "Sso(sso_creds)"),
    ("source_sso_creds", "Sso(sso_creds) > source_sso_creds_arn"),
    ("sso_and_static", "sso_and_static_akid"),
    ("sso_mixed_credproc", "Sso(sso_mixed_credproc)"),
    (
        "source_sso_and_assume",
        "Ec2InstanceMetadata > assume_role_with_credential_source_role_arn > multiple_assume_role_with_credential_source_role_arn > sso_with_assume_role_arn > source_sso_and_assume_arn",
    ),
    ("with_mixed_case_keys", "accessKey"),
    ("partial_creds", "fails"),
    ("assume_role_invalid_source_profile", "fails"),
    ("assume_role_wo_creds", "fails"),
];

/// The same of the two files about sources, both read.
const SOURCES: [(&str, &str); 9] = [
    (
        "ec2metadata",
        "Ec2InstanceMetadata > assume_role_w_creds_role_arn_ec2",
    ),
    (
        "ecscontainer",
        "EcsContainer > assume_role_w_creds_role_arn_ecs",
    ),
    (
        "chained_assume_role",
        "Ec2InstanceMetadata > assume_role_w_creds_role_arn_ec2 > assume_role_w_creds_role_arn_chain",
    ),
    ("cred_proc_no_arn_set", "Process(cred_proc_no_arn_set)"),
    (
        "cred_proc_arn_set",
        "Process(cred_proc_arn_set) > assume_role_w_creds_proc_role_arn",
    ),
    (
        "chained_cred_proc",
        "Process(cred_proc_no_arn_set) > assume_role_w_creds_proc_source_prof",
    ),
    (
        "credentials_overide",
        "EcsContainer > assume_role_w_creds_role_arn_ec2",
    ),
    (
        "only_credentials_source",
        "EcsContainer > assume_role_w_creds_role_arn_ecs",
    ),
    ("invalid_source_and_credential_source", "fails"),
];

#[test]
fn go_takes_the_keys_that_its_own_tests_say() {
    let Some(folder) = folder("profiles, go", "config/testdata") else {
        return;
    };
    let [config, config_sources, credentials_sources] = [
        "shared_config",
        "config_source_shared",
        "credentials_source_shared",
    ]
    .map(|name| document(&folder.join(name)));
    let alone = Files {
        config: Some(&config),
        credentials: None,
    };
    take(alone, &PROFILES);
    let sources = Files {
        config: Some(&config_sources),
        credentials: Some(&credentials_sources),
    };
    take(sources, &SOURCES);
    names_keep_their_case(&folder);
    super::tell("profiles, go", PROFILES.len() + SOURCES.len() + 3, &[]);
}

fn take(files: Files<'_>, profiles: &[(&str, &str)]) {
    let reading = Engine::Go.read(files).expect("Go reads it");
    let asked = Asked {
        files,
        reading: &reading,
        variable: &|_| None,
    };
    for (profile, wanted) in profiles {
        let ours = match why(Engine::Go, asked, profile).expect("an SDK").end {
            Err(_) => "fails".to_owned(),
            Ok(found) => {
                let base = match &found.base {
                    Base::Keys { key_id, .. } => key_id.to_string(),
                    Base::Named { source, .. } => source.to_string(),
                    other => format!("{other:?}"),
                };
                let roles = found.roles.iter().map(|role| role.role_arn.to_string());
                let all: Vec<_> = std::iter::once(base).chain(roles).collect();
                all.join(" > ")
            }
        };
        assert_eq!(ours, *wanted, "{profile}");
    }
}

/// Three profiles that differ in nothing but case, in both files: the key pair comes from credentials.
fn names_keep_their_case(folder: &Path) {
    let (config, credentials) = (
        document(&folder.join("shared_config")),
        document(&folder.join("shared_credentials")),
    );
    let files = Files {
        config: Some(&config),
        credentials: Some(&credentials),
    };
    let reading = Engine::Go.read(files).expect("Go reads both");
    for (name, region) in [
        ("DoNotNormalize", "eu-west-1"),
        ("donotnormalize", "eu-west-2"),
        ("DONOTNORMALIZE", "eu-west-3"),
    ] {
        let profile = &reading.profiles[name];
        let wanted = [
            ("aws_access_key_id", format!("{name}_credentials_akid")),
            ("aws_session_token", format!("{name}_config_session_token")),
            ("region", region.to_owned()),
        ];
        for (key, value) in wanted {
            assert_eq!(profile.text(key), Some(&*value), "{name} {key}");
        }
    }
}

/// What programs print, and whether keys come of it.
const PRINTED: [(&str, bool); 10] = [
    ("credentials/processcreds/testdata/static.json", true),
    (
        "credentials/processcreds/testdata/longsessiontoken.json",
        true,
    ),
    ("credentials/processcreds/testdata/malformed.json", false),
    ("credentials/processcreds/testdata/missingkey.json", false),
    (
        "credentials/processcreds/testdata/missingsecret.json",
        false,
    ),
    ("credentials/processcreds/testdata/wrongversion.json", false),
    ("config/testdata/proc_creds_expired.json", false),
    ("config/testdata/proc_creds_not_expire.json", true),
    ("config/testdata/proc_creds_verybad.json", true),
    ("config/testdata/test_json.json", true),
];

#[test]
fn what_programs_print_is_taken_or_not_as_the_published_files_say() {
    let Some(root) = folder("programs, go", "") else {
        return;
    };
    let now = "2026-01-01T00:00:00Z".parse().expect("a time");
    for (path, gives_keys) in PRINTED {
        let output = fs::read_to_string(root.join(path)).expect("a file of the suite");
        for engine in [Engine::Botocore, Engine::Js] {
            let printed = printed(engine, "a", &output, now).expect("a recorded reader");
            // botocore looks at the end when keys are used, and then fails.
            let has_ended = printed
                .as_ref()
                .is_ok_and(|printed| printed.ends_at.is_some_and(|end| end < now));
            assert_eq!(
                printed.is_ok() && !has_ended,
                gives_keys,
                "{engine:?} {path}"
            );
        }
    }
    super::tell(
        "programs, go (as botocore and JavaScript take them)",
        PRINTED.len(),
        &[],
    );
}

/// Files of tokens, and whether one can be used at some time.
const TOKENS: [(&str, bool); 12] = [
    ("credentials/ssocreds/testdata/valid_token.json", true),
    ("credentials/ssocreds/testdata/expired_token.json", true),
    ("credentials/ssocreds/testdata/missing_clientId.json", true),
    (
        "credentials/ssocreds/testdata/missing_clientSecret.json",
        true,
    ),
    (
        "credentials/ssocreds/testdata/missing_refreshToken.json",
        true,
    ),
    (
        "credentials/ssocreds/testdata/missing_accessToken.json",
        false,
    ),
    (
        "credentials/ssocreds/testdata/missing_expiresAt.json",
        false,
    ),
    ("credentials/ssocreds/testdata/invalid_json.json", false),
    (
        "credentials/ssocreds/testdata/.aws/sso/cache/00126f0eb29dc1310529dcc8fc178693e1493135.json",
        true,
    ),
    (
        "credentials/ssocreds/testdata/.aws/sso/cache/b5f90cb535abf87a12eb4c57db2b1e837e229ea0.json",
        true,
    ),
    (
        "credentials/ssocreds/testdata/.aws/sso/cache/f7f7ff326478d8c33d47eeb3408cf1c783cb611e.json",
        false,
    ),
    ("config/testdata/cached_sso_token.json", true),
];

#[test]
fn files_of_tokens_are_readable_as_the_published_files_say() {
    let Some(root) = folder("tokens, go", "") else {
        return;
    };
    for (path, is_readable) in TOKENS {
        let bytes = fs::read(root.join(path)).expect("a file of the suite");
        let token = sso_token(&bytes, &MaskKey::new([7; 32]));
        assert_eq!(
            matches!(token, SsoToken::Readable { .. }),
            is_readable,
            "{path}"
        );
    }
    // Its test names the portals; the names of the files follow.
    let names = [
        (
            "https://valid-required-only",
            "00126f0eb29dc1310529dcc8fc178693e1493135.json",
        ),
        (
            "https://invalid-required",
            "f7f7ff326478d8c33d47eeb3408cf1c783cb611e.json",
        ),
        (
            "https://expired",
            "b5f90cb535abf87a12eb4c57db2b1e837e229ea0.json",
        ),
    ];
    for (start_url, file) in names {
        assert_eq!(sso_token_file(start_url), file);
    }
    super::tell("tokens, go", TOKENS.len(), &[]);
}

/// Files that nothing above asks about, and why.
const BESIDE: [(&str, &str); 14] = [
    ("config/testdata/load_config", SEVERAL),
    ("config/testdata/load_config_secondary", SEVERAL),
    ("config/testdata/load_credentials", SEVERAL),
    ("config/testdata/load_credentials_secondary", SEVERAL),
    ("config/testdata/shared_config_other", SEVERAL),
    (
        "config/testdata/shared_config_invalid_ini",
        "a refusal of the reader of then",
    ),
    ("config/testdata/empty_creds_config", "a blank line"),
    ("config/testdata/wit.txt", "a web identity's token"),
    (
        "config/testdata/proc_creds_config.ini",
        "names the programs whose output is asked about",
    ),
    (
        "config/testdata/proc_creds_credentials.ini",
        "names the programs whose output is asked about",
    ),
    (
        "config/testdata/proc_creds_config_win.ini",
        "the same for Windows",
    ),
    (
        "config/testdata/proc_creds_credentials_win.ini",
        "the same for Windows",
    ),
    (
        "config/testdata/config_source_shared_for_windows",
        "the same for Windows",
    ),
    (
        "config/testdata/credentials_source_shared_for_windows",
        "the same for Windows",
    ),
];
const SEVERAL: &str = "several files of one kind, which only a Go program can name";

#[test]
fn no_published_file_of_go_is_passed_over() {
    let Some(root) = folder("all files, go", "") else {
        return;
    };
    let mut known = BTreeMap::from(BESIDE);
    let named = PRINTED.iter().chain(&TOKENS).map(|(path, _)| *path);
    let read = [
        "shared_config",
        "shared_credentials",
        "config_source_shared",
        "credentials_source_shared",
    ];
    let read: Vec<_> = read
        .iter()
        .map(|name| format!("config/testdata/{name}"))
        .collect();
    for path in named.chain(read.iter().map(String::as_str)) {
        known.insert(path, "");
    }
    let mut files = 0;
    for path in rolecall_tests::files_below(&root) {
        let name = path.strip_prefix(&root).expect("it is below");
        let name = name.to_string_lossy().into_owned();
        if ["SOURCE.md", "LICENSE"].contains(&&*name) {
            continue;
        }
        let is_known = known.contains_key(&*name) || name.starts_with("internal/ini/testdata/");
        assert!(is_known, "{name}: nothing says what it says about Rolecall");
        files += 1;
    }
    assert_eq!(files, 86);
    super::tell("all files, go", files - BESIDE.len(), &BESIDE);
}
