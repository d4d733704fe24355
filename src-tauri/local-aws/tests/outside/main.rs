//! The judges: boto3 and the AWS CLI, which know nothing of Rolecall, call this AWS. Every refusal is shown by two calls
//! that differ in one thing: the first is answered, the second is refused for that one thing.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "the harness runs boto3 and the AWS CLI"
)]

mod boto3;
mod command_line;
mod faults;
mod identity_center;
mod refusals;
mod sample;

use std::{env, path::PathBuf};

/// A program of the Python environment that `scripts/setup.sh` makes.
fn program(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let python = env::var_os("ROLECALL_PYTHON_ENV")
        .map_or_else(|| target.join("python"), |folder| root.join(folder));
    let program = python.join("bin").join(name);
    assert!(
        program.exists(),
        "{} is not there: run scripts/setup.sh",
        program.display()
    );
    program
}
