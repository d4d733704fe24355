//! Reads the same files again and again with three readers by turns, so that a busy moment strikes all alike.
//!   in_process ROUNDS AWS_FOLDER
//! Prints milliseconds of each round. What was read before and what is thrown away after is not in them.

use std::{env, hint::black_box, path::Path, time::Instant};

use bench_peers::{Files, aws_sections, aws_source, home, lex};
use ini::Ini;
use rolecall_core::rules;
use serde_json::{Value, json};

fn main() {
    let mut line = env::args().skip(1);
    let rounds: usize = line
        .next()
        .and_then(|text| text.parse().ok())
        .expect("say how many rounds");
    let aws = line.next().expect("say which .aws folder");
    let aws = Path::new(&aws);
    let files = Files::read(aws);
    let mut profiles = [0, 0];
    let rounds: Vec<Value> = (0..rounds)
        .map(|_| round(aws, &files, &mut profiles))
        .collect();
    assert_eq!(profiles[0], profiles[1], "both read the same profiles");
    println!(
        "{}",
        json!({ "bytes": files.bytes(), "profiles": profiles[0], "rounds": rounds })
    );
}

fn round(aws: &Path, files: &Files, profiles: &mut [usize; 2]) -> Value {
    let (config, credentials) = (files.config.clone(), files.credentials.clone());
    let started = Instant::now();
    let documents = lex(config, credentials);
    let lexed = started.elapsed();
    let home = home(documents);
    let read = started.elapsed();
    let report = black_box(rules::check(&home, &files.facts));
    let checked = started.elapsed();

    let source = aws_source(aws);
    let started = Instant::now();
    let sections = black_box(aws_sections(source));
    let parsed = started.elapsed();

    let started = Instant::now();
    black_box((ini(&files.config), ini(&files.credentials)));
    let ini_parsed = started.elapsed();

    *profiles = [home.profiles().len(), sections.profiles().count()];
    json!({
        "lex": milliseconds(lexed),
        "read": milliseconds(read - lexed),
        "rules": milliseconds(checked - read),
        "rolecall": milliseconds(checked),
        "awsRuntime": milliseconds(parsed),
        "rustIni": milliseconds(ini_parsed),
        "problems": report.problems.len(),
    })
}

/// A file as the crate rust-ini reads it.
fn ini(bytes: &[u8]) -> Ini {
    let text = std::str::from_utf8(bytes).expect("the homes that are measured are text");
    Ini::load_from_str(text).expect("and whole for every reader")
}

fn milliseconds(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
