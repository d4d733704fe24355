//! The token in force: the one in the file, whoever put it there. Near its end a newer one is fetched without a person,
//! where the file holds what that takes; one process at a time, and none after another did it.

use std::sync::Arc;

use jiff::Timestamp;
use rolecall_core::{
    Secret,
    caches::{Registration, SignIn},
};

use super::{Reached, cache::same, failures::Asked};
use crate::{engine::Engine, failure::Failure, save::turn, world::portal::Grant};

/// With less than this left a newer one is fetched, in seconds: as botocore does it (`tokens.py`,
/// `SSOTokenProvider._REFRESH_WINDOW`).
const NEAR: i64 = 15 * 60;

impl Engine {
    /// What opens a portal now.
    ///
    /// # Errors
    /// `expired` when nobody is signed in or the sign-in has ended.
    pub(super) async fn portal_token(&self, reached: &Reached) -> Result<Arc<Secret>, Failure> {
        let token = self
            .sign_in(reached)
            .ok_or_else(|| Failure::signed_out(reached))?;
        let now = self.world().clock.now();
        let left = |token: &SignIn| token.ends_at.as_second() - now.as_second();
        if left(&token) > NEAR {
            return Ok(token.access_token.into());
        }
        let is_live = left(&token) > 0;
        match self.renew(reached, &token).await {
            Ok(Some(newer)) => Ok(newer),
            // What works still is used until its end, whatever came of renewing.
            Ok(None) | Err(_) if is_live => Ok(token.access_token.into()),
            Ok(None) => Err(Failure::sign_in_ended(reached)),
            Err(failure) => Err(failure),
        }
    }

    /// Fetches a newer token; none where that takes a person. Whoever was quicker has done it for us.
    async fn renew(&self, reached: &Reached, old: &SignIn) -> Result<Option<Arc<Secret>>, Failure> {
        let name = format!("renew-{}", reached.portal.token_file());
        let _turn = turn(self.world(), &name);
        let now = self.world().clock.now();
        let newer = |engine: &Self| {
            let there = engine.sign_in(reached)?;
            let is_new = !same(&there.access_token, &old.access_token) && there.ends_at > now;
            is_new.then(|| Arc::new(there.access_token))
        };
        if let Some(newer) = newer(self) {
            return Ok(Some(newer));
        }
        let Some((refresh, known)) = self.renewal(reached, now) else {
            return Ok(None);
        };
        let grant = Grant::Refresh(refresh);
        let trade = self.world().portal.token(&reached.oidc, &known, grant);
        let traded = trade.await;
        // Another program may have signed in meanwhile, and a person stands behind that one; or the AWS CLI has used the
        // same token for renewing a moment ago.
        if let Some(newer) = newer(self) {
            return Ok(Some(newer));
        }
        let mut granted =
            traded.map_err(|error| Failure::of_portal(&error, reached, Asked::Renew, now))?;
        if granted.refresh_token.is_none() {
            // Some answers bring none, and the old one goes on.
            let there = self.sign_in(reached).and_then(|there| there.renewal);
            granted.refresh_token = there.map(|renewal| renewal.refresh_token);
        }
        self.keep_token(reached, granted, known, now)?;
        Ok(self.sign_in(reached).map(|token| token.access_token.into()))
    }

    fn renewal(&self, reached: &Reached, now: Timestamp) -> Option<(Arc<Secret>, Registration)> {
        let renewal = self.sign_in(reached)?.renewal?;
        let lasts = renewal.registration.ends_at > now;
        lasts.then(|| (renewal.refresh_token.into(), renewal.registration))
    }
}
