//! Variables, the home folder, and who the person is to the system.

#[cfg(any(test, feature = "fakes"))]
mod fake;
mod real;

use std::{ffi::OsString, fmt, path::PathBuf};

#[cfg(any(test, feature = "fakes"))]
pub use fake::FakeEnv;
pub use real::RealEnv;

/// Variables, the home folder, and who the person is to the system.
pub trait Env: Send + Sync + fmt::Debug {
    /// A variable, also an empty one.
    fn var(&self, name: &str) -> Option<OsString>;
    /// The home folder: the variable of the system, else what the user database says.
    fn home(&self) -> Option<PathBuf>;
    /// The folder that relative paths start from.
    fn current_folder(&self) -> Option<PathBuf>;
    /// The person's number; none where the system has no such thing.
    fn user(&self) -> Option<u32>;
}
