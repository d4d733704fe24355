//! No more calls than the service takes: twenty a second for each portal (IAM Identity Center User Guide, “quotas”), by the
//! clock. A few may go at once in the beginning; told to slow down, all wait, longer each time and never quite as long as
//! the one before, so that two programs don't meet again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::world::World;

/// Between two calls in the long run, in milliseconds.
const INTERVAL: i64 = 50;
/// So many may go at once; AWS has room for twenty, and some of that is for others who ask.
const AT_ONCE: i64 = 15;
/// The first wait of one who was told to slow down, in milliseconds, and the longest.
const BACK_OFF: i64 = 500;
const LONGEST: i64 = 8000;

/// When the next call may go.
pub(super) struct Pace {
    /// When it would be the next one's turn if calls came evenly.
    due: Timestamp,
    refusals: u32,
}

impl Pace {
    pub(super) fn new(world: &World) -> Self {
        Self {
            due: world.clock.now(),
            refusals: 0,
        }
    }

    /// Waits for its turn and takes it. Who gives up waiting has taken none.
    pub(super) async fn turn(&mut self, world: &World) {
        loop {
            let now = world.clock.now();
            let ahead = SignedDuration::from_millis((AT_ONCE - 1) * INTERVAL);
            let wait = self.due.duration_since(now + ahead);
            if !wait.is_positive() {
                let unused = now - ahead;
                self.due = self.due.max(unused) + SignedDuration::from_millis(INTERVAL);
                return;
            }
            world
                .clock
                .sleep(Duration::try_from(wait).unwrap_or_default())
                .await;
        }
    }

    /// An answer came: it is fast enough.
    pub(super) fn went_well(&mut self) {
        self.refusals = 0;
    }

    /// The service said to slow down; how often it did in a row.
    pub(super) fn slow_down(&mut self, world: &World) -> u32 {
        self.refusals += 1;
        let longest = (BACK_OFF << self.refusals.min(6).saturating_sub(1)).min(LONGEST);
        let random = i64::from(world.random.bytes()[0]);
        let wait = longest / 2 + longest / 2 * random / 255;
        // Nobody goes before, and then one by one.
        let ahead = SignedDuration::from_millis((AT_ONCE - 1) * INTERVAL);
        let until = world.clock.now() + ahead + SignedDuration::from_millis(wait);
        self.due = self.due.max(until);
        self.refusals
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::{Pin, pin},
        sync::Arc,
        task::{Context, Waker},
    };

    use super::*;
    use crate::world::{clock::FakeClock, env::FakeEnv};

    fn world() -> (World, FakeClock) {
        let clock = FakeClock::at("2026-11-22T12:00:00Z");
        let world = World {
            clock: Arc::new(clock.clone()),
            ..World::fake(FakeEnv::default())
        };
        (world, clock)
    }

    fn is_ready(turn: Pin<&mut impl Future<Output = ()>>) -> bool {
        turn.poll(&mut Context::from_waker(Waker::noop()))
            .is_ready()
    }

    /// How many turns come within so many milliseconds.
    fn turns(pace: &mut Pace, world: &World, clock: &FakeClock, milliseconds: u64) -> usize {
        let mut count = 0;
        for _ in 0..milliseconds {
            while is_ready(pin!(pace.turn(world))) {
                count += 1;
            }
            clock.pass(Duration::from_millis(1));
        }
        count
    }

    #[test]
    fn twenty_go_each_second_and_no_more_than_the_first_few_at_once() {
        let (world, clock) = world();
        let mut pace = Pace::new(&world);
        let first = turns(&mut pace, &world, &clock, 1);
        assert_eq!(first, 15);
        let rest = turns(&mut pace, &world, &clock, 10_000);
        assert!((199..=201).contains(&rest), "{rest}");
    }

    #[test]
    fn who_was_told_to_slow_down_waits_longer_each_time() {
        let (world, clock) = world();
        let mut pace = Pace::new(&world);
        assert!(is_ready(pin!(pace.turn(&world))));
        let mut waited = Vec::new();
        for _ in 0..4 {
            pace.slow_down(&world);
            let mut waits = 0;
            while turns(&mut pace, &world, &clock, 10) == 0 {
                waits += 10;
            }
            waited.push(waits);
        }
        assert!(waited.windows(2).all(|two| two[1] > two[0]), "{waited:?}");
        assert!(waited[0] >= 250, "{waited:?}");
    }
}
