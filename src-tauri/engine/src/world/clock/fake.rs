//! A clock that stands still until a test moves it.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::{Clock, Wait};

/// A clock that stands still until a test moves it. Clones show the same time.
#[derive(Clone, Debug)]
pub struct FakeClock(watch::Sender<Timestamp>);

impl FakeClock {
    /// Shows this time, RFC 3339.
    ///
    /// # Panics
    /// When the text is no time.
    pub fn at(time: &str) -> Self {
        Self(watch::Sender::new(
            time.parse().expect("a time in RFC 3339"),
        ))
    }

    /// How many wait for it to be later.
    pub fn waiting(&self) -> usize {
        self.0.receiver_count()
    }

    /// Lets time pass.
    pub fn pass(&self, duration: Duration) {
        self.0.send_modify(|now| *now += duration);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *self.0.borrow()
    }

    fn sleep(&self, duration: Duration) -> Wait {
        let end = self.now() + duration;
        let mut time = self.0.subscribe();
        Box::pin(async move {
            // The sender lives as long as the clock; without it, time has ended.
            let _ = time.wait_for(|now| *now >= end).await;
        })
    }

    /// Nobody waits in a test: the time is simply later.
    fn pause(&self, duration: Duration) {
        self.pass(duration);
    }
}
