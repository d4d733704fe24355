//! The person's browser. What is opened has been looked at before (`portal/links.rs`); here it only goes out, as one
//! argument of one program and through no shell.

#[cfg(any(test, feature = "fakes"))]
mod fake;
mod real;

use std::{fmt, io};

#[cfg(any(test, feature = "fakes"))]
pub use fake::FakeBrowser;
pub use real::RealBrowser;

/// The person's browser.
pub trait Browser: Send + Sync + fmt::Debug {
    /// Opens an address. May take a second, until it is clear that a browser came.
    ///
    /// # Errors
    /// When there is none, or it would not start.
    fn open(&self, url: &str) -> io::Result<()>;
}
