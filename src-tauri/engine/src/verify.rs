//! Who one is, asked of AWS (`sts:GetCallerIdentity`). The answer is kept by key ID with its time: it stays true of the
//! key, whatever profile holds it.

use std::{collections::BTreeMap, sync::Arc};

use rolecall_core::profiles::{Keys, Profile};

use crate::{
    asking::{Override, Target},
    aws_failures::Asked,
    engine::{Engine, lock},
    failure::Failure,
    sessions::identity,
    snapshot::Snapshot,
    view::Identity,
    world::aws::Caller,
};

/// What AWS said last of each key, by key ID.
pub(crate) type Verified = BTreeMap<String, Identity>;

impl Engine {
    /// Asks AWS who one is with a profile: with its session where it is a role, else with its keys.
    ///
    /// # Errors
    /// What stood in the way, what AWS said, or what happened on the way there.
    pub async fn verify(&self, id: u32) -> Result<Identity, Failure> {
        let snapshot = self.snapshot();
        let profile = snapshot.profile(id)?;
        let over = Override::default();
        let target = snapshot.target(profile, &snapshot.plan(profile)?, &over)?;
        let keys = self.keys_to_hand_over(&snapshot, profile, &over)?.keys;
        self.who(profile.name(), keys, &target).await
    }

    /// Asks AWS who one is with an account: with its role while that is assumed, else with its base keys.
    ///
    /// # Errors
    /// `notFound` when the account or its profile is gone; else as `verify`.
    pub async fn verify_account(&self, account: u32) -> Result<Identity, Failure> {
        let over = self.account_override(Some(account))?;
        let snapshot = self.snapshot();
        let (profile, role) = snapshot.around.accounts.names(account)?;
        let at = over.endpoint.as_deref();
        let now = self.world.clock.now();
        let is_live = |role: &String| {
            let session = snapshot.around.sessions.find(role, at);
            session.is_some_and(|session| session.is_live(now))
        };
        let profile = snapshot.named(&role.filter(is_live).unwrap_or(profile))?;
        let target = snapshot.target(profile, &snapshot.plan(profile)?, &over)?;
        let keys = self.keys_to_hand_over(&snapshot, profile, &over)?.keys;
        self.who(profile.name(), keys, &target).await
    }

    /// Asks AWS whose keys these are.
    ///
    /// # Errors
    /// What AWS said, or what happened on the way there.
    pub(crate) async fn who(
        &self,
        name: &str,
        keys: Arc<Keys>,
        target: &Target,
    ) -> Result<Identity, Failure> {
        let now = self.world.clock.now();
        let caller = Caller {
            keys: keys.clone(),
            region: target.region.clone(),
            endpoint: target.url().map(str::to_owned),
            now,
        };
        let answer = self.world.aws.caller_identity(caller).await;
        let answer = answer.map_err(|error| {
            Failure::of_aws(
                &error,
                &Asked {
                    caller: name.to_owned(),
                    role: None,
                    seconds: None,
                    region: target.region.clone(),
                    endpoint: target.endpoint.clone(),
                    now,
                },
            )
        })?;
        let identity = identity(&answer.arn, Some(&answer.account), self.world.clock.now());
        lock(&self.verified).insert(keys.access_key_id.clone(), identity.clone());
        self.republish();
        Ok(identity)
    }
}

impl Snapshot {
    /// What AWS said last of the keys that a profile stands for.
    pub(crate) fn verified(&self, profile: Profile<'_>) -> Option<&Identity> {
        let session = self.live_session(profile);
        let key = session
            .map(|session| session.keys.access_key_id.clone())
            .or_else(|| self.own_key_id(profile))?;
        self.around.verified.get(&key)
    }

    /// The key ID that a profile signs with itself: that of its file, unless a newer token there waits for a Yes.
    fn own_key_id(&self, profile: Profile<'_>) -> Option<String> {
        if profile.source().assumes_role() {
            return None;
        }
        if let Some(newer) = self.newer_token(profile) {
            return newer.held.as_ref().map(|keys| keys.access_key_id.clone());
        }
        Some(profile.get("aws_access_key_id")?.value.into_owned())
    }

    /// AWS can be asked who one is: there are keys, in the files or of a session.
    pub(crate) fn can_verify(&self, profile: Profile<'_>) -> bool {
        let Ok(plan) = self.plan(profile) else {
            return false;
        };
        let has_keys = !plan.makes_session() || self.live_session(profile).is_some();
        has_keys && self.target(profile, &plan, &Override::default()).is_ok()
    }
}
