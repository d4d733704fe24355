//! Which keys a profile stands for right now. Everything that signs, hands over or renews goes through this one place.

use std::sync::Arc;

use rolecall_core::profiles::{Keys, Profile, plan::Obstacle};

use crate::{engine::Engine, failure::Failure, snapshot::Snapshot};

impl Engine {
    /// The keys of a profile's own sections; of a session whose newer token nobody said Yes to, those from before.
    ///
    /// # Errors
    /// `unsupported` when it has none, `expired` when those from before have ended.
    pub(crate) fn keys_in_force(
        &self,
        snapshot: &Snapshot,
        profile: Profile<'_>,
    ) -> Result<Arc<Keys>, Failure> {
        if let Some(held) = self.held_keys(profile.name())? {
            return Ok(held);
        }
        let keys = profile.keys();
        keys.map(Arc::new)
            .ok_or_else(|| Failure::obstacle(snapshot, &Obstacle::NoKeys(profile.id)))
    }
}
