//! What time it is, and waiting. Ends of sessions are wall time; a laptop that slept must notice.

#[cfg(any(test, feature = "fakes"))]
mod fake;
mod real;
#[cfg(feature = "steered-clock")]
mod steered;

use std::{fmt, pin::Pin, time::Duration};

use jiff::Timestamp;

#[cfg(any(test, feature = "fakes"))]
pub use fake::FakeClock;
pub use real::RealClock;
#[cfg(feature = "steered-clock")]
pub use steered::SteeredClock;

/// A wait that somebody else drives.
pub type Wait = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What time it is, and waiting.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The wall time, UTC.
    fn now(&self) -> Timestamp;
    /// Ends when that much time has passed on the wall.
    fn sleep(&self, duration: Duration) -> Wait;
    /// Comes back when that much time has passed. For the few moments within a save in which nothing else can happen.
    fn pause(&self, duration: Duration);
}
