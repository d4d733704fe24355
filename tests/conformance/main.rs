//! Our readings against recorded answers of real readers, and every published file of the SDKs' suites against the
//! promise that nothing is lost. `own/` was recorded by us; the published suites are read where
//! `ROLECALL_CONFORMANCE` points and are never part of this repository.
#![expect(
    clippy::disallowed_methods,
    reason = "the harness reads test data and the environment"
)]

mod caches;
mod chains;
mod cli_writer;
mod published;
mod rust_ini;

use serde::de::DeserializeOwned;

/// A file of `own/`.
fn own<T: DeserializeOwned>(name: &str) -> T {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("conformance/own")
        .join(name);
    let text = std::fs::read_to_string(&path).expect("recorded data is in the repository");
    serde_json::from_str(&text).expect("recorded data has the form of its test")
}
