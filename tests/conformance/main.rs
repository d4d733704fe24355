//! Our readings against recorded answers of real readers, and every published file of the SDKs' suites against the
//! promise that nothing is lost. `own/` was recorded by us; the published suites are read where
//! `ROLECALL_CONFORMANCE` points and are never part of this repository.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "the harness reads test data and the environment, and says what it did not find"
)]

mod caches;
mod chains;
mod cli_writer;
mod endpoints;
mod folders;
mod form;
mod go_fixtures;
mod grammar;
mod keys;
mod locations;
mod matrix;
mod other_tools;
mod page;
mod process;
mod published;
mod refusals;
mod tokens;
mod why;

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;

/// A file of `own/`.
fn own<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("conformance/own")
        .join(name);
    parsed(&path)
}

/// The folder of the published suites. Where there is none the suite is named as not run, which CI does not accept.
fn published(suite: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("ROLECALL_CONFORMANCE").map(PathBuf::from);
    if folder.is_none() {
        rolecall_tests::say(&format!(
            "not run: {suite} (ROLECALL_CONFORMANCE is not set)"
        ));
        assert!(
            std::env::var_os("CI").is_none(),
            "in CI the published suites must be there"
        );
    }
    folder
}

/// Says how many cases of a suite hold, and names those that say nothing about Rolecall, each with why.
fn tell(suite: &str, held: usize, beside: &[(&str, &str)]) {
    let beside: Vec<_> = beside
        .iter()
        .map(|(case, why)| format!("\n  does not apply: {case} ({why})"))
        .collect();
    rolecall_tests::say(&format!(
        "{suite}: {held} published cases hold, {} do not apply{}",
        beside.len(),
        beside.concat()
    ));
}

/// A file that the crate aws-runtime ships for its own tests, in the version of our lock file.
fn of_aws_runtime<T: DeserializeOwned>(name: &str) -> T {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo answers in JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages
        .iter()
        .find(|package| package["name"] == "aws-runtime")
        .expect("it is in the lock file");
    let manifest = package["manifest_path"].as_str().expect("a path");
    parsed(&Path::new(manifest).with_file_name("test-data").join(name))
}

fn parsed<T: DeserializeOwned>(path: &Path) -> T {
    let text = std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{} is part of the suites: {error}", path.display()));
    serde_json::from_str(&without_halves(&text)).expect("the data has the form of its test")
}

/// Python writes a byte that is not UTF-8 as the second half of a surrogate pair; here it becomes the replacement.
fn without_halves(json: &str) -> String {
    let is_first_half = |text: &str| {
        let escape = text.get(text.len().saturating_sub(6)..).unwrap_or_default();
        ["\\ud8", "\\ud9", "\\uda", "\\udb"]
            .iter()
            .any(|first| escape.starts_with(first))
    };
    let mut parts = json.split("\\udc");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (half, rest) = part.split_at(2);
        let is_pair = is_first_half(&whole);
        whole += if is_pair { "\\udc" } else { "\\ufffd" };
        whole += if is_pair { half } else { "" };
        whole += rest;
    }
    whole
}
