//! Roles that were assumed. Their keys live here, in memory, and nowhere else; they go when the person ends them, when
//! they are assumed anew, and when Rolecall closes. One that has ended stays in sight until then, so that it is seen.

use std::sync::Arc;

use jiff::Timestamp;
use rolecall_core::profiles::{Keys, Profile};

use crate::{
    answers::short,
    asking::Override,
    snapshot::Snapshot,
    view::{AssumedSession, Identity},
};

/// A role that was assumed.
#[derive(Debug)]
pub(crate) struct RoleSession {
    /// The role profile's name; its row may be gone, its keys still work.
    pub(crate) profile: Box<str>,
    /// The address that it came from, where that is not AWS's own. Keys of one place are strangers in another.
    pub(crate) endpoint: Option<String>,
    /// The region that exports name.
    pub(crate) region: Option<String>,
    /// Its keys.
    pub(crate) keys: Arc<Keys>,
    /// Who one is: an ARN, or of a permission set its name, since a portal says no more.
    pub(crate) arn: String,
    /// The account, where the ARN does not say it.
    pub(crate) account_id: Option<String>,
    /// When it was assumed.
    pub(crate) started_at: Timestamp,
    /// When it ends.
    pub(crate) ends_at: Timestamp,
    /// The profile whose keys began its chain; none for those of the environment.
    pub(crate) base: Option<Box<str>>,
    /// Their key ID at that time.
    pub(crate) base_key: String,
}

impl RoleSession {
    pub(crate) fn is_live(&self, now: Timestamp) -> bool {
        self.ends_at > now
    }
}

/// All of them, the newest first, one for each profile and address.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sessions(Vec<Arc<RoleSession>>);

impl Sessions {
    /// Keeps a session in place of the one before it.
    pub(crate) fn keep(&mut self, session: RoleSession) -> Arc<RoleSession> {
        self.end(&session.profile, session.endpoint.as_deref());
        let session = Arc::new(session);
        self.0.insert(0, session.clone());
        session
    }

    /// Forgets one.
    pub(crate) fn end(&mut self, profile: &str, endpoint: Option<&str>) {
        self.0.retain(|session| {
            &*session.profile != profile || session.endpoint.as_deref() != endpoint
        });
    }

    /// Forgets those of these profiles.
    pub(crate) fn end_all_of(&mut self, profiles: &[String]) {
        self.0
            .retain(|session| !profiles.iter().any(|name| **name == *session.profile));
    }

    /// The one of a profile at an address.
    pub(crate) fn find(&self, profile: &str, endpoint: Option<&str>) -> Option<&Arc<RoleSession>> {
        self.of(profile)
            .find(|session| session.endpoint.as_deref() == endpoint)
    }

    /// Those of a profile, the newest first.
    pub(crate) fn of(&self, profile: &str) -> impl Iterator<Item = &Arc<RoleSession>> {
        self.0
            .iter()
            .filter(move |session| &*session.profile == profile)
    }

    /// All, the newest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<RoleSession>> {
        self.0.iter()
    }

    /// When the next of them ends.
    pub(crate) fn next_end(&self, now: Timestamp) -> Option<Timestamp> {
        let ends = self.0.iter().map(|session| session.ends_at);
        ends.filter(|end| *end > now).min()
    }
}

impl Snapshot {
    /// The sessions whose profile is still in the files, the newest first.
    pub(crate) fn assumed(&self) -> Vec<AssumedSession> {
        let sessions = self.around.sessions.all();
        let views = sessions.filter_map(|session| {
            let profile = self.home().named_profile(&session.profile)?;
            Some(self.assumed_view(profile, session))
        });
        views.collect()
    }

    /// A session as shells show it.
    pub(crate) fn assumed_view(
        &self,
        profile: Profile<'_>,
        session: &RoleSession,
    ) -> AssumedSession {
        AssumedSession {
            profile: self.profile_ref(profile),
            identity: identity(
                &session.arn,
                session.account_id.as_deref(),
                session.started_at,
            ),
            key_id: short(&session.keys.access_key_id),
            started_at: session.started_at.as_second(),
            ends_at: session.ends_at.as_second(),
            region: session.region.clone(),
            endpoint: session.endpoint.clone(),
            outdated: self.is_outdated(session),
        }
    }

    /// The sessions that still work and began with keys that are no longer in force: profile, address and region.
    pub(crate) fn outdated(&self) -> Vec<(u32, Override)> {
        let sessions = self.around.sessions.all();
        let live = sessions.filter(|session| session.is_live(self.around.checked_at));
        let outdated = live.filter(|session| self.is_outdated(session));
        let at = outdated.filter_map(|session| {
            let profile = self.home().named_profile(&session.profile)?;
            let over = Override {
                endpoint: session.endpoint.clone(),
                region: session.region.clone(),
            };
            Some((self.id(profile), over))
        });
        at.collect()
    }

    /// Other keys are in force now than those that its chain began with.
    fn is_outdated(&self, session: &RoleSession) -> bool {
        let newer = &self.around.newer_tokens;
        if newer
            .iter()
            .any(|token| self.hangs_from(session, &token.holder))
        {
            return false;
        }
        let base = session.base.as_deref();
        let base = base.and_then(|base| self.home().named_profile(base));
        let key = base.and_then(|base| base.get("aws_access_key_id"));
        key.is_some_and(|key| key.value != session.base_key)
    }
}

/// An ARN in its parts. It is AWS's text, or that of whoever answers in its place.
pub(crate) fn identity(arn: &str, account: Option<&str>, checked_at: Timestamp) -> Identity {
    let short: String = arn.chars().take(2048).collect();
    let arn = rolecall_core::document::escape_line(&short);
    let mut parts = arn.splitn(6, ':').skip(4);
    let in_arn = parts.next().unwrap_or_default();
    Identity {
        name: parts.next().unwrap_or(&arn).to_owned(),
        account_id: account
            .map_or_else(|| in_arn.into(), rolecall_core::document::escape_line)
            .into_owned(),
        // A portal says no more than the role's name.
        arn: Some(arn.into_owned())
            .filter(|arn| arn.starts_with("arn:"))
            .unwrap_or_default(),
        checked_at: checked_at.as_second(),
    }
}
