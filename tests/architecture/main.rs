//! The arrows of `ARCHITECTURE.md` point down, and what is absent stays absent. Each test here goes red when somebody
//! reverses an arrow or opens the fence; the patches of `tests/sabotage` try.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "the harness reads the source tree and asks cargo"
)]

mod arrows;
mod commands;
mod docs;
mod fence;
mod page;

use std::path::{Path, PathBuf};

/// The folder of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests is a folder of the repository")
        .to_owned()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files below a folder that end in one of these, with their paths from the root and their texts.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if endings
                .iter()
                .any(|ending| path.to_string_lossy().ends_with(ending))
            {
                let name = path
                    .strip_prefix(root())
                    .expect("below the root")
                    .to_string_lossy()
                    .into_owned();
                found.push((
                    name,
                    std::fs::read_to_string(&path).expect("source is text"),
                ));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has files");
    found.sort();
    found
}
