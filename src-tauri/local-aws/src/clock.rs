//! The time at this AWS: this computer's, moved, or standing still. Sessions end by it, signatures are held against it,
//! and the `Date` of every answer is it.
#![expect(clippy::disallowed_methods, reason = "this AWS has a clock of its own")]

use jiff::{SignedDuration, Timestamp};

/// A clock that a test can move.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clock {
    /// This computer's time and so much more.
    Runs(SignedDuration),
    /// Always the same.
    Stands(Timestamp),
}

impl Clock {
    pub(crate) const REAL: Self = Self::Runs(SignedDuration::ZERO);

    pub(crate) fn now(self) -> Timestamp {
        match self {
            Self::Runs(ahead) => Timestamp::now() + ahead,
            Self::Stands(at) => at,
        }
    }

    /// Moves it on, or back with a number below zero.
    pub(crate) fn advance(&mut self, seconds: i64) {
        let further = SignedDuration::from_secs(seconds);
        match self {
            Self::Runs(ahead) => *ahead += further,
            Self::Stands(at) => *at += further,
        }
    }
}
