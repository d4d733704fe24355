//! The keys of a permission set. The journey of `assume` asks for them as its first step; they live in memory, as those of
//! every role.

use jiff::Timestamp;
use rolecall_core::profiles::{Keys, PermissionSet};

use super::{Reached, failures::Asked};
use crate::{engine::Engine, failure::Failure};

impl Engine {
    /// Asks the portal.
    ///
    /// # Errors
    /// `expired` when nobody is signed in, `denied` when the portal gives this role no more.
    pub(crate) async fn permission_set_keys(
        &self,
        reached: &Reached,
        set: &PermissionSet,
    ) -> Result<(Keys, Timestamp), Failure> {
        let token = self.portal_token(reached).await?;
        let now = self.world().clock.now();
        let asked = self.world().portal.keys(&reached.sso, &token, set).await;
        asked.map_err(|error| Failure::of_portal(&error, reached, Asked::Keys(set), now))
    }
}
