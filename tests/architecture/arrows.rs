//! Which package may depend on which, asked of cargo itself.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

/// What each package of ours may depend on: our own packages by name, and nothing of these others.
const ALLOWED: [(&str, &[&str]); 6] = [
    ("rolecall-core", &[]),
    ("rolecall-engine", &["rolecall-core"]),
    ("rolecall-cli", &["rolecall-engine"]),
    ("rolecall-app", &["rolecall-engine"]),
    ("rolecall-tests", &["rolecall-core", "rolecall-engine"]),
    (EMULATOR, &[]),
];

/// The AWS that tests call; what ships does not have it.
const EMULATOR: &str = "local-aws";

/// Whole families that act on the world; core has none of them, and no library but the shells knows a shell's.
const ACTS: [&str; 11] = [
    "tokio",
    "tauri",
    "aws-",
    "notify",
    "arboard",
    "rustix",
    "libc",
    "getrandom",
    "reqwest",
    "clap",
    "tempfile",
];

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(super::root())
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo answers in JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn dependencies(package: &Value, kinds: &[Option<&str>]) -> BTreeSet<String> {
    let all = package["dependencies"]
        .as_array()
        .expect("dependencies")
        .iter();
    all.filter(|dependency| kinds.contains(&dependency["kind"].as_str()))
        .map(|dependency| dependency["name"].as_str().expect("a name").to_owned())
        .collect()
}

#[test]
fn every_package_depends_only_on_those_below_it() {
    let packages = packages();
    assert_eq!(
        packages.len(),
        ALLOWED.len(),
        "a new package needs its line in this test"
    );
    for package in &packages {
        let name = package["name"].as_str().expect("a name");
        let (_, allowed) = ALLOWED
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("{name} is not listed"));
        let ships = dependencies(package, &[None, Some("build")]);
        let tests = dependencies(package, &[Some("dev")]);
        let tests = tests.iter().filter(|dependency| *dependency != EMULATOR);
        let ours = |dependency: &&String| ALLOWED.iter().any(|(ours, _)| ours == dependency);
        let wrong: Vec<_> = ships
            .iter()
            .chain(tests)
            .filter(ours)
            .filter(|dependency| !allowed.contains(&dependency.as_str()))
            .collect();
        assert!(
            wrong.is_empty(),
            "{name} points up or sideways at {wrong:?}"
        );
    }
}

#[test]
fn core_depends_on_nothing_that_acts_and_the_engine_knows_no_shell() {
    for package in packages() {
        let name = package["name"].as_str().expect("a name").to_owned();
        let forbidden: &[&str] = match name.as_str() {
            "rolecall-core" => &ACTS,
            "rolecall-engine" => &["tauri", "clap"],
            _ => continue,
        };
        for dependency in dependencies(&package, &[None]) {
            let acts = forbidden.iter().any(|family| {
                dependency == *family
                    || dependency.starts_with(&format!("{family}-"))
                    || (family.ends_with('-') && dependency.starts_with(family))
            });
            assert!(!acts, "{name} depends on {dependency}");
        }
    }
}
