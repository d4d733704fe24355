//! The folds beside what they are folds of: random files go to the real botocore, the real loader of JavaScript v3, the real
//! aws-runtime and rust-ini, and to ours; Go and Java can't be run here, so their folds go beside the models of their
//! sources. Nothing may differ but what a row of `docs/compatibility.md` says changes from run to run.
//!
//! The short run is part of `npm test`; `npm run differential` is the long one. `ROLECALL_FILES` and `ROLECALL_SEED` say how
//! many pairs of files and which; a pair that tells two readers apart is shrunk and printed, and joins `found.json`.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "the harness runs the judges on files of its own and reports what it saw"
)]

#[path = "../conformance/form.rs"]
mod form;
mod generator;
mod judges;
mod shrink;

use std::path::{Path, PathBuf};

use generator::{Generator, Pair};
use judges::{Judge, Judged};
use rolecall_core::dialect::Engine;
use serde::Deserialize;

/// Pairs of files in the short run, for each judge.
const FILES: u32 = 1500;

#[test]
fn botocore_and_its_fold_read_alike() {
    beside(&Judge::Botocore);
}

#[test]
fn javascript_and_its_fold_read_alike() {
    beside(&Judge::Js);
}

#[test]
fn aws_runtime_and_its_fold_read_alike() {
    beside(&Judge::Rust);
}

#[test]
fn rust_ini_and_its_fold_read_alike() {
    beside(&Judge::RustIni);
}

#[test]
fn the_models_of_go_and_java_and_their_folds_read_alike() {
    let Some(folder) = std::env::var_os("ROLECALL_CONFORMANCE").map(PathBuf::from) else {
        rolecall_tests::say("not run: models of Go and Java (ROLECALL_CONFORMANCE is not set)");
        assert!(
            std::env::var_os("CI").is_none(),
            "in CI the published suites must be there"
        );
        return;
    };
    beside(&Judge::Model(Engine::Go, folder.join("engines")));
    beside(&Judge::Model(Engine::Java, folder.join("engines")));
}

/// Pairs that told a fold from its judge once, at their smallest.
#[derive(Deserialize)]
struct Found {
    config: Option<String>,
    credentials: Option<String>,
}

fn beside(judge: &Judge) {
    let seed = number("ROLECALL_SEED").unwrap_or(1);
    let files =
        number("ROLECALL_FILES").map_or(FILES, |files| u32::try_from(files).unwrap_or(u32::MAX));
    let folder = tempfile::tempdir().expect("a folder");
    let mut judge = judge.open(folder.path());
    let mut varies = 0;
    for found in found() {
        let pair = Pair {
            config: found.config.map(String::into_bytes),
            credentials: found.credentials.map(String::into_bytes),
        };
        varies += u32::from(judge.judge(&pair) == Judged::Varies);
        assert_alike(&mut judge, &pair, seed);
    }
    let published = published();
    for pair in &published {
        varies += u32::from(judge.judge(pair) == Judged::Varies);
        assert_alike(&mut judge, pair, seed);
    }
    let mut generator = Generator::new(seed);
    let mut refused = 0;
    for _ in 0..files {
        let pair = generator.pair();
        match judge.judge(&pair) {
            Judged::Alike { is_refused } => refused += u32::from(is_refused),
            Judged::Varies => varies += 1,
            Judged::Apart { .. } => assert_alike(&mut judge, &pair, seed),
        }
    }
    rolecall_tests::say(&format!(
        "differential, {}: {} published files in each place and {files} random pairs, seed {seed}, none apart; {refused} refused by both, {varies} with one name under two spellings (random for aws-runtime)",
        judge.name(),
        published.len() / 2
    ));
}

fn assert_alike(judge: &mut judges::Open, pair: &Pair, seed: u64) {
    if let Judged::Apart { .. } = judge.judge(pair) {
        let least = shrink::shrink(pair, |pair| {
            matches!(judge.judge(pair), Judged::Apart { .. })
        });
        let Judged::Apart { ours, theirs } = judge.judge(&least) else {
            panic!("what was shrunk is apart");
        };
        panic!(
            "{} (seed {seed})\n{least}\n  theirs {theirs}\n  ours   {ours}",
            judge.name()
        );
    }
}

fn found() -> Vec<Found> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("differential/found.json");
    let text = std::fs::read_to_string(path).expect("it is in the repository");
    serde_json::from_str(&text).expect("a list of pairs")
}

/// Every file of the published suites, once as config and once as credentials.
fn published() -> Vec<Pair> {
    let Some(folder) = std::env::var_os("ROLECALL_CONFORMANCE").map(PathBuf::from) else {
        rolecall_tests::say(
            "not run: published files beside the readers (ROLECALL_CONFORMANCE is not set)",
        );
        return Vec::new();
    };
    let paths = rolecall_tests::files_below(&folder);
    let files = paths
        .iter()
        .map(|path| std::fs::read(path).expect("a file of the suites"));
    let files: Vec<_> = files.collect();
    assert!(
        files.len() > 200,
        "the suites are whole: {} files",
        files.len()
    );
    let pairs = files.into_iter().flat_map(|bytes| {
        let config = Pair {
            config: Some(bytes.clone()),
            credentials: None,
        };
        [
            config,
            Pair {
                config: None,
                credentials: Some(bytes),
            },
        ]
    });
    pairs.collect()
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}
