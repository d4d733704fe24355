//! Signing out: the session at the portal ends, and with it what it left in the shared caches. Other portals, profiles and
//! registrations stay as they are.

use rolecall_core::{
    caches::sso_keys_file,
    profiles::{PermissionSet, PortalKey},
};

use super::{Reached, failures::Asked};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    view::LogoutOutcome,
};

impl Engine {
    /// Signs out of a portal; of the only one where none is named.
    ///
    /// # Errors
    /// `notFound` without such a portal; what the portal said, and then everything is as it was.
    pub async fn logout(&self, name: Option<&str>) -> Result<LogoutOutcome, Failure> {
        let reached = self.snapshot().portal_named(name)?;
        let was_signed_in = self.log_out_of(&reached).await?;
        let portal = reached.portal.name;
        Ok(if was_signed_in {
            LogoutOutcome::SignedOut { portal }
        } else {
            LogoutOutcome::WasSignedOut { portal }
        })
    }

    /// Whether anybody was signed in.
    pub(super) async fn log_out_of(&self, reached: &Reached) -> Result<bool, Failure> {
        let Some(there) = self.sign_in(reached) else {
            return Ok(false);
        };
        let now = self.world().clock.now();
        if there.ends_at > now {
            let mut at = reached.sso.clone();
            // The file says where the token is of; the section may have been changed since.
            if let (None, Some(region)) = (&at.endpoint, &there.region)
                && rolecall_core::profiles::endpoint::is_region(region)
            {
                at.region.clone_from(region);
            }
            let said = self.world().portal.log_out(&at, &there.access_token).await;
            match said {
                Ok(()) => {}
                // Somebody ended it before.
                Err(error) if error.code.as_deref() == Some("UnauthorizedException") => {}
                Err(error) => {
                    return Err(Failure::of_portal(&error, reached, Asked::LogOut, now));
                }
            }
        }
        self.drop_token(reached, &there.access_token)?;
        self.forget_keys_of(reached);
        Ok(true)
    }

    /// The keys that came through the portal: those that the AWS CLI keeps, and the sessions here.
    fn forget_keys_of(&self, reached: &Reached) {
        let snapshot = self.snapshot();
        let profiles = snapshot.home().profiles();
        let mut files = Vec::new();
        let mut names = Vec::new();
        for profile in profiles.filter(|profile| reached.portal.is_of(*profile)) {
            names.push(profile.name().to_owned());
            if let Ok(set) = PermissionSet::of(profile) {
                let is_named = matches!(reached.portal.key, PortalKey::Session(_));
                let key = reached.portal.key.text();
                files.push(sso_keys_file(
                    &set.account_id,
                    &set.role_name,
                    key,
                    is_named,
                ));
            }
        }
        self.drop_cli_keys(&files);
        lock(&self.sessions).end_all_of(&names);
        self.republish();
    }
}
