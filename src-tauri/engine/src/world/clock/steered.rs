//! The real clock, moved ahead by as many seconds as a file says. Only in builds for the window tests, which have to
//! see what happens after 30 and 60 seconds without waiting for them.
#![expect(clippy::disallowed_methods, reason = "this is the port")]

use std::{path::PathBuf, time::Duration};

use jiff::{SignedDuration, Timestamp};

use super::{Clock, Wait};

const LOOK: Duration = Duration::from_millis(20);

/// The real clock, moved ahead by a file.
#[derive(Clone, Debug)]
pub struct SteeredClock {
    file: PathBuf,
}

impl SteeredClock {
    /// Reads seconds from `file`, each time anew; nothing there is zero.
    pub fn by(file: PathBuf) -> Self {
        Self { file }
    }
}

impl Clock for SteeredClock {
    fn now(&self) -> Timestamp {
        let seconds = std::fs::read_to_string(&self.file)
            .ok()
            .and_then(|text| text.trim().parse().ok());
        Timestamp::now() + SignedDuration::from_secs(seconds.unwrap_or(0))
    }

    fn sleep(&self, duration: Duration) -> Wait {
        let clock = self.clone();
        let end = clock.now() + duration;
        Box::pin(async move {
            while clock.now() < end {
                let left = Duration::try_from(end.duration_since(clock.now())).unwrap_or_default();
                tokio::time::sleep(left.min(LOOK)).await;
            }
        })
    }

    fn pause(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}
