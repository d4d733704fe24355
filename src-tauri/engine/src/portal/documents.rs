//! Portals as the shells show them: from the files, the caches and what was listed; nobody is asked.

use jiff::Timestamp;
use rolecall_core::profiles::{PortalKey, SignInAt};

use super::{Reached, listing::age};
use crate::{
    engine::Engine,
    failure::Failure,
    view::{
        ListingDocument, LoginDocument, LoginOutcome, LogoutDocument, LogoutOutcome, PortalLine,
        PortalListing, PortalState, PortalView, PortalsDocument,
    },
};

impl Engine {
    /// Every portal of the files.
    pub fn portals(&self) -> Vec<PortalView> {
        let snapshot = self.snapshot();
        let now = self.world().clock.now();
        let all = SignInAt::all(snapshot.home(), &snapshot.around.asking);
        let view = |(name, portal): (String, Result<SignInAt, _>)| {
            let reached = portal
                .map_err(|bad| Failure::bad_portal(&name, &bad))
                .and_then(Reached::of);
            let reached = match reached {
                Ok(reached) => reached,
                Err(failure) => return unfit(name, &failure),
            };
            let there = self.sign_in(&reached);
            let ends_at = there.as_ref().map(|token| token.ends_at);
            let profiles = snapshot.home().profiles();
            let count = profiles.filter(|it| reached.portal.is_of(*it)).count();
            PortalView {
                name,
                start_url: Some(reached.portal.start_url.clone()),
                region: Some(reached.portal.region.clone()),
                has_section: matches!(reached.portal.key, PortalKey::Session(_)),
                profiles: u32::try_from(count).unwrap_or(u32::MAX),
                state: match ends_at {
                    None => PortalState::SignedOut,
                    Some(end) if end <= now => PortalState::Ended,
                    Some(end) if self.ends_soon(&reached, end) => PortalState::EndsSoon,
                    Some(_) => PortalState::SignedIn,
                },
                ends_at: ends_at.map(Timestamp::as_second),
                renews: there.is_some_and(|token| {
                    token
                        .renewal
                        .is_some_and(|it| it.registration.ends_at > now)
                }),
                listed_at: self
                    .catalog(&reached)
                    .map(|catalog| now.as_second() - age(&catalog, now)),
                unfit: None,
            }
        };
        all.into_iter().map(view).collect()
    }

    /// `rolecall sso --json`.
    pub fn portals_document(&self) -> PortalsDocument {
        let lines = self.portals().into_iter().map(|portal| PortalLine {
            name: portal.name,
            start_url: portal.start_url,
            region: portal.region,
            profiles: portal.profiles,
            signed_in: matches!(portal.state, PortalState::SignedIn | PortalState::EndsSoon),
            ends_at: portal.ends_at.map(utc),
            unfit: portal.unfit,
        });
        PortalsDocument {
            portals: lines.collect(),
            failures: self.snapshot().failures().map(Failure::view).collect(),
        }
    }
}

fn unfit(name: String, failure: &Failure) -> PortalView {
    PortalView {
        name,
        start_url: None,
        region: None,
        has_section: false,
        profiles: 0,
        ends_at: None,
        state: PortalState::SignedOut,
        renews: false,
        listed_at: None,
        unfit: Some(format!("{} {}", failure.message, failure.hint)),
    }
}

/// Seconds since 1970 as RFC 3339.
fn utc(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or_default();
    time.to_string()
}

impl LoginDocument {
    /// Of a sign-in that worked; none of one that was given up.
    pub fn of(outcome: &LoginOutcome, shadowed: Vec<String>) -> Option<Self> {
        match outcome {
            LoginOutcome::SignedIn {
                portal,
                start_url,
                ends_at,
            } => Some(Self {
                portal: portal.clone(),
                start_url: start_url.clone(),
                ends_at: utc(*ends_at),
                shadowed,
            }),
            LoginOutcome::Cancelled => None,
        }
    }
}

impl From<&LogoutOutcome> for LogoutDocument {
    fn from(outcome: &LogoutOutcome) -> Self {
        let (portal, was_signed_in) = match outcome {
            LogoutOutcome::SignedOut { portal } => (portal, true),
            LogoutOutcome::WasSignedOut { portal } => (portal, false),
        };
        Self {
            portal: portal.clone(),
            was_signed_in,
        }
    }
}

impl From<PortalListing> for ListingDocument {
    fn from(listing: PortalListing) -> Self {
        Self {
            portal: listing.portal,
            listed_at: utc(listing.listed_at),
            complete: listing.complete,
            accounts: listing.accounts,
        }
    }
}
