//! Which keys a profile stands for right now. Everything that signs, hands over or renews goes through this one place.

use std::sync::Arc;

use rolecall_core::profiles::{Keys, Profile, plan::Obstacle};

use crate::{engine::Engine, failure::Failure, snapshot::Snapshot};

impl Engine {
    /// The keys of a profile's own sections.
    ///
    /// # Errors
    /// `unsupported` when it has none.
    #[expect(
        clippy::unused_self,
        reason = "a token that was declined lives in the engine, not in the files"
    )]
    pub(crate) fn keys_in_force(
        &self,
        snapshot: &Snapshot,
        profile: Profile<'_>,
    ) -> Result<Arc<Keys>, Failure> {
        let keys = profile.keys();
        keys.map(Arc::new)
            .ok_or_else(|| Failure::obstacle(snapshot, &Obstacle::NoKeys(profile.id)))
    }
}
