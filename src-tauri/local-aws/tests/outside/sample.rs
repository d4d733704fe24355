//! The sample home and the sample world fit together: boto3, reading the sample's own files, becomes with each profile
//! whom the sample's README promises.

use std::{fs, path::Path, process::Command};

use local_aws::{LocalAws, World};
use serde_json::{Value, json};

#[test]
fn every_profile_of_the_sample_becomes_whom_its_readme_promises() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let world = World::read(&assets.join("sample-world.toml")).expect("a world");
    let device = world.users[0].device.clone().expect("jo has one");
    let aws = LocalAws::start(world).expect("a port");

    let home = tempfile::tempdir().expect("a folder");
    for name in ["config", "credentials"] {
        let text = fs::read_to_string(assets.join("sample-home/aws").join(name)).expect("text");
        // boto3 refuses the file for what begins there, and this is not about that.
        let text = text.split("[staging]").next().expect("a part");
        let text = text.replace("{{aws}}", &aws.url());
        fs::write(home.path().join(name), text).expect("written");
    }

    let role = |account, rest| format!("arn:aws:sts::{account}:assumed-role/{rest}");
    let promised = json!({
        "default": "arn:aws:iam::111122223333:user/jo",
        "acme-ci": "arn:aws:iam::111122223333:user/acme-ci",
        "acme-ci-old": "arn:aws:iam::111122223333:user/acme-ci",
        "legacy-backup": "arn:aws:iam::444455556666:user/legacy-backup",
        "team/data+etl@acme": "arn:aws:iam::012345678901:user/data-etl",
        "lambda-runner": role("111122223333", "lambda-role/jo-at-the-laptop"),
        "s3-archive": role("444455556666", "ArchiveReader/"),
        "acme-admin": role("777788889999", "Admin/"),
        "partner-drop": role("123456789012", "PartnerDrop/"),
        "billing-admin": "AccessDenied",
        "111122223333_PowerUser": role("111122223333", "PowerUser/jo"),
        "444455556666_ReadOnly": "ExpiredToken",
    });
    let profiles = promised.as_object().expect("an object");
    let output = Command::new(super::program("python"))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sample.py"))
        .arg(&device.code)
        .args(profiles.keys())
        .env_clear()
        .env("HOME", home.path())
        .env("AWS_CONFIG_FILE", home.path().join("config"))
        .env(
            "AWS_SHARED_CREDENTIALS_FILE",
            home.path().join("credentials"),
        )
        .output()
        .expect("Python starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let became: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for (profile, promised) in profiles {
        let (became, promised) = (became[profile].as_str(), promised.as_str().expect("text"));
        // boto3 makes up the name of a session that the file does not name.
        let is = |became: &str| {
            became == promised || promised.ends_with('/') && became.starts_with(promised)
        };
        assert!(became.is_some_and(is), "{profile} became {became:?}");
    }
}
