//! This computer's clock.
#![expect(clippy::disallowed_methods, reason = "this is the port")]

use std::time::Duration;

use jiff::Timestamp;

use super::{Clock, Wait};

/// Waits look at the wall again after this, since the monotonic clock stands still while a laptop sleeps.
const LOOK: Duration = Duration::from_secs(30);

/// This computer's clock.
#[derive(Debug)]
pub struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, duration: Duration) -> Wait {
        let end = Timestamp::now() + duration;
        Box::pin(async move {
            loop {
                let left =
                    Duration::try_from(end.duration_since(Timestamp::now())).unwrap_or_default();
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(LOOK)).await;
            }
        })
    }

    fn pause(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}
