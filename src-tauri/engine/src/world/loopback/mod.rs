//! A door on this computer, through which a browser brings back what the person decided. Open on 127.0.0.1 alone, on a
//! port that was free, for as long as somebody waits; who knocks is data, and gets a short page.

mod real;

use std::{fmt, io, pin::Pin};

pub use real::RealLoopback;

/// Says what somebody who knocked gets to see: an HTTP status and a page.
pub type Answer = Box<dyn FnOnce(u16, &str) + Send>;

/// Somebody who knocked: a browser, or anything else on this computer.
pub struct Visit {
    /// `GET`.
    pub method: String,
    /// The path with its query.
    pub target: String,
    /// What they get to see.
    pub answer: Answer,
}

/// An open door; dropping it closes it.
pub trait Door: Send {
    /// Its port.
    fn port(&self) -> u16;
    /// The next who knocks.
    fn visit(&mut self) -> Pin<Box<dyn Future<Output = Visit> + Send + '_>>;
}

/// Opens doors.
pub trait Loopback: Send + Sync + fmt::Debug {
    /// Opens one. Needs a runtime around it.
    ///
    /// # Errors
    /// When the system gives no port.
    fn open(&self) -> io::Result<Box<dyn Door>>;
}
