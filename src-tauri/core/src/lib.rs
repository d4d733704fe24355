//! What the bytes of `~/.aws` mean: pure functions, no file, clock, environment, randomness or async.
//! Nothing here fails on text that a person may type; what is wrong with it is data (`rules`).

pub mod caches;
pub mod dialect;
pub mod document;
pub mod edit;
pub mod facts;
mod fingerprint;
pub mod import;
pub mod intent;
pub mod profiles;
pub mod rules;
mod secret;
pub mod status;

pub use fingerprint::{Fingerprint, NotAFingerprint};
pub use secret::{Purpose, Secret};
