//! The system's notices: a title and a line of text that say something to a person who looks elsewhere.

#[cfg(any(test, feature = "fakes"))]
mod fake;
mod real;

use std::fmt;

#[cfg(any(test, feature = "fakes"))]
pub use fake::FakeNotices;
pub use real::RealNotices;

/// The system's notices.
pub trait Notices: Send + Sync + fmt::Debug {
    /// Shows one, without waiting for the system. It has no button and never takes the focus. Where the system has none,
    /// nothing happens: what it says stands in the window too.
    fn show(&self, title: &str, text: &str);
}
