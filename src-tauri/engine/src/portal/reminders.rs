//! The end of a sign-in, told once and ahead, for the portal and not for each of its profiles. What can be renewed without
//! a person is renewed, and then there is nothing to tell. “Later” puts it off, and nobody is asked again before.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};

use super::Reached;
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    snapshot::Snapshot,
};
use rolecall_core::profiles::SignInAt;

/// So long before the end.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);
/// The ends are looked at again after this, whatever happens.
const LOOK: Duration = Duration::from_secs(30);

/// What was told and what was put off, by token file.
#[derive(Debug, Default)]
pub(crate) struct Reminders {
    /// The end that was told of.
    told: BTreeMap<String, Timestamp>,
    /// Nothing is told before.
    later: BTreeMap<String, Timestamp>,
}

impl Reminders {
    /// What was put off has come then.
    fn tell(&mut self, file: String, end: Timestamp) {
        self.later.remove(&file);
        self.told.insert(file, end);
    }
}

impl Engine {
    /// Tells of ends until the engine is dropped by everybody else.
    pub(crate) async fn remind(self: Arc<Self>) {
        loop {
            self.look_at_ends().await;
            self.world().clock.sleep(LOOK).await;
        }
    }

    /// Renews or tells of each sign-in that ends soon; the names of those that were told.
    pub(crate) async fn look_at_ends(&self) -> Vec<String> {
        let mut told = Vec::new();
        for reached in self.snapshot().portals_in_use() {
            let Some(there) = self.sign_in(&reached) else {
                continue;
            };
            let now = self.world().clock.now();
            let left = there.ends_at.duration_since(now);
            if left > AHEAD || !left.is_positive() || !self.may_tell(&reached, there.ends_at, now) {
                continue;
            }
            // What comes of it stands in the file.
            let renewed = there.renewal.is_some() && self.portal_token(&reached).await.is_ok();
            let after = self.sign_in(&reached).filter(|_| renewed);
            if after.is_some_and(|after| after.ends_at.duration_since(now) > AHEAD) {
                continue;
            }
            lock(&self.reminders).tell(reached.portal.token_file(), there.ends_at);
            let minutes = (left.as_secs() + 59) / 60;
            let name = &reached.portal.name;
            let text = format!("{name} ends in {minutes} min. Sign in again?");
            self.world().notices.show("Session ends soon", &text);
            told.push(name.clone());
            self.republish();
        }
        told
    }

    fn may_tell(&self, reached: &Reached, ends_at: Timestamp, now: Timestamp) -> bool {
        let reminders = lock(&self.reminders);
        let file = reached.portal.token_file();
        match (reminders.told.get(&file), reminders.later.get(&file)) {
            (_, Some(later)) if *later > now => false,
            (Some(told), None) => *told != ends_at,
            _ => true,
        }
    }

    /// Puts the reminder of a portal's end off.
    ///
    /// # Errors
    /// `notFound` without such a portal.
    pub fn remind_later(&self, name: Option<&str>, minutes: u32) -> Result<(), Failure> {
        let reached = self.snapshot().portal_named(name)?;
        let until = self.world().clock.now() + SignedDuration::from_mins(minutes.into());
        let mut reminders = lock(&self.reminders);
        reminders.later.insert(reached.portal.token_file(), until);
        Ok(())
    }

    /// It ends soon, and nobody said “later”.
    pub(crate) fn ends_soon(&self, reached: &Reached, ends_at: Timestamp) -> bool {
        let now = self.world().clock.now();
        let left = ends_at.duration_since(now);
        let later = lock(&self.reminders)
            .later
            .get(&reached.portal.token_file())
            .copied();
        left.is_positive() && left <= AHEAD && later.is_none_or(|later| later <= now)
    }
}

impl Snapshot {
    /// The portals that a profile signs in at.
    fn portals_in_use(&self) -> Vec<Reached> {
        let all = SignInAt::all(self.home(), &self.around.asking).into_iter();
        let fit = all.filter_map(|(_, portal)| Reached::of(portal.ok()?).ok());
        fit.filter(|reached| {
            let mut profiles = self.home().profiles();
            profiles.any(|profile| reached.portal.is_of(profile))
        })
        .collect()
    }
}
