//! The claims that no single crate can make about itself. Each folder beside this one is one kind of claim
//! (`ARCHITECTURE.md`, tests); here is only what several of them need.
#![expect(
    clippy::disallowed_methods,
    reason = "where the tests' own tools are is told by variables"
)]

use std::{
    env, fs,
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

/// Every file below a folder, in no order.
///
/// # Panics
/// When the folder can't be read: the tests that ask were told that it is there.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the suites") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}
