//! The clipboard: putting one thing there, and taking that thing away again if it is still there.

#[cfg(any(test, feature = "fakes"))]
mod fake;
mod real;

use std::fmt;

#[cfg(any(test, feature = "fakes"))]
pub use fake::FakeClipboard;
pub use real::RealClipboard;

/// The system has no clipboard for us, or refused.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ClipboardError(pub String);

/// The clipboard.
#[expect(
    clippy::missing_errors_doc,
    reason = "each fails when the system has no clipboard for us"
)]
pub trait Clipboard: Send + Sync + fmt::Debug {
    /// Puts text there. A secret is marked so that clipboard histories leave it out, where the system knows that.
    fn put(&self, text: &str, secret: bool) -> Result<(), ClipboardError>;
    /// Empties it, if this text is what it holds. Says whether it was.
    fn clear_if(&self, text: &str) -> Result<bool, ClipboardError>;
}
