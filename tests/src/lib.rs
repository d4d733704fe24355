//! The claims that no single crate can make about itself. Each folder beside this one is one kind of claim
//! (`ARCHITECTURE.md`, tests); here is only what several of them need.
#![expect(
    clippy::disallowed_methods,
    reason = "where the tests' own tools are is told by variables"
)]

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Says what a suite counted, or that it was not run, also where the test passes: the harness hides what `println!` says
/// then.
pub fn say(line: &str) {
    // Nobody who listens is no reason to fail.
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// A program of the Python environment that `scripts/setup.sh` makes.
pub fn python(program: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    env::var_os("ROLECALL_PYTHON_ENV")
        .map_or_else(|| target.join("python"), |folder| root.join(folder))
        .join("bin")
        .join(program)
}
