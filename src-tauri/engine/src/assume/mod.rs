//! A role by a press: what its chain asks, one question after the other, and the session that comes of it. Two presses
//! on one role are one journey; it can be given up, and it gives itself up after a minute. A code is asked for before
//! anything is sent, and used in one journey only.

#[cfg(test)]
mod tests;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use rolecall_core::{
    Purpose, Secret,
    profiles::{Keys, plan::CHAINED_SECONDS},
};
use tokio::sync::{Notify, watch};

use crate::{
    asking::{Hop, Override, Question, Request},
    aws_failures::Asked,
    engine::{Engine, lock},
    failure::Failure,
    sessions::RoleSession,
    view::AssumeOutcome,
    world::aws::{Assumed, Caller, RoleRequest},
};

/// All of a chain's calls together.
const AT_MOST: Duration = Duration::from_mins(1);

/// How a role is asked for, besides its profile.
#[derive(Debug, Default)]
pub struct Wish {
    /// The account whose address and region hold.
    pub account: Option<u32>,
    /// What the device shows.
    pub code: Option<Secret>,
    /// For how long, in seconds, in place of what the files say.
    pub seconds: Option<u32>,
}

/// How a journey ended.
type End = Result<Landed, Failure>;

#[derive(Clone, Debug)]
enum Landed {
    Assumed(Arc<RoleSession>),
    Cancelled,
}

/// A journey under way.
#[derive(Debug)]
pub(crate) struct Flight {
    number: u32,
    profile: Box<str>,
    endpoint: Option<String>,
    give_up: Arc<Notify>,
    end: watch::Receiver<Option<End>>,
}

/// Counts journeys, so that one takes only itself off the list.
static FLIGHTS: AtomicU32 = AtomicU32::new(0);

impl Engine {
    /// Assumes a role profile through its chain.
    ///
    /// # Errors
    /// What stood in the way, what AWS said, or what happened on the way there.
    pub async fn assume(self: &Arc<Self>, id: u32, wish: Wish) -> Result<AssumeOutcome, Failure> {
        let over = self.account_override(wish.account)?;
        self.assume_at(id, &over, wish).await
    }

    /// The same, with an address and a region that are known already.
    async fn assume_at(
        self: &Arc<Self>,
        id: u32,
        over: &Override,
        wish: Wish,
    ) -> Result<AssumeOutcome, Failure> {
        let snapshot = self.snapshot();
        let mut question = self.question(&snapshot, snapshot.profile(id)?, over)?;
        let last = question.hops.len().checked_sub(1);
        let last = last.ok_or_else(|| Failure::no_role(&question.profile))?;
        if let Some(seconds) = wish.seconds {
            if last > 0 && seconds > CHAINED_SECONDS {
                return Err(Failure::chained_too_long(&question.hops[last].role));
            }
            // How long the keys of a permission set last, its portal decides alone.
            if let Some(role) = question.hops[last].request.role() {
                role.duration_seconds = Some(seconds);
            }
        }
        self.start_from_what_works(&mut question);
        let wants_code = question.hops.iter().any(|hop| hop.mfa);
        if let (Some(mfa), true) = (&question.mfa, wants_code) {
            let Some(code) = wish.code.map(Arc::new) else {
                let device = mfa.serial.rsplit('/').next().unwrap_or(&mfa.serial);
                return Ok(AssumeOutcome::MfaNeeded {
                    profile: mfa.profile.clone(),
                    serial: mfa.serial.clone(),
                    device: device.to_owned(),
                });
            };
            // STS API Reference, `TokenCode`.
            let is_code = |code: &str| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
            if !code.expose(Purpose::SignRequest, is_code) {
                return Err(Failure::no_code());
            }
            for hop in question.hops.iter_mut().filter(|hop| hop.mfa) {
                if let Some(role) = hop.request.role() {
                    role.mfa = Some((mfa.serial.clone(), code.clone()));
                }
            }
        }
        let mut end = self.take_off(question);
        let landed = end
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|end| end.clone());
        let Landed::Assumed(session) = landed.unwrap_or(Ok(Landed::Cancelled))? else {
            return Ok(AssumeOutcome::Cancelled);
        };
        let snapshot = self.snapshot();
        let profile = snapshot.named(&session.profile)?;
        Ok(AssumeOutcome::Assumed {
            session: snapshot.assumed_view(profile, &session),
        })
    }

    /// After a Yes to a newer token: every role that still works and began with the old one is assumed anew. One that
    /// wants a code, or is refused, keeps its keys until their end and says that they are outdated.
    pub(crate) fn renew_outdated(self: &Arc<Self>) {
        for (id, over) in self.snapshot().outdated() {
            let engine = self.clone();
            tokio::spawn(async move {
                // As above: the session itself says that it is outdated.
                let _ = engine.assume_at(id, &over, Wish::default()).await;
            });
        }
    }

    /// Sees to it that there are keys to hand over: assumes a role, and does nothing for a profile that has its own.
    ///
    /// # Errors
    /// As `assume`.
    pub async fn get_keys(
        self: &Arc<Self>,
        id: u32,
        wish: Wish,
    ) -> Result<Option<AssumeOutcome>, Failure> {
        let snapshot = self.snapshot();
        if !snapshot.plan(snapshot.profile(id)?)?.makes_session() {
            return Ok(None);
        }
        self.assume(id, wish).await.map(Some)
    }

    /// Gives up assuming a profile; who waits for it gets `Cancelled`.
    ///
    /// # Errors
    /// `notFound` when the profile is gone.
    pub fn cancel_assume(&self, id: u32) -> Result<(), Failure> {
        let snapshot = self.snapshot();
        let name = snapshot.profile(id)?.name();
        for flight in lock(&self.flights)
            .iter()
            .filter(|flight| &*flight.profile == name)
        {
            flight.give_up.notify_one();
        }
        Ok(())
    }

    /// Forgets the keys of an assumed role.
    ///
    /// # Errors
    /// `notFound` when the profile or the account is gone.
    pub fn end_session(&self, id: u32, account: Option<u32>) -> Result<(), Failure> {
        let over = self.account_override(account)?;
        let snapshot = self.snapshot();
        let profile = snapshot.profile(id)?;
        let endpoint = snapshot.endpoint_in_force(profile, &over);
        lock(&self.sessions).end(profile.name(), endpoint.as_deref());
        self.republish();
        Ok(())
    }

    /// A role on the way that still works need not be assumed anew, nor its code asked for again. The last one is what
    /// was asked for, so that one always is.
    fn start_from_what_works(&self, question: &mut Question) {
        // A session with less than this left is no start.
        let now = self.world.clock.now() + Duration::from_mins(1);
        let sessions = lock(&self.sessions);
        let usable = |hop: &Hop| {
            let session = sessions.find(&hop.profile, question.target.url())?;
            let same_start =
                session.base == question.base && session.base_key == question.base_key();
            (same_start && session.is_live(now)).then(|| session.keys.clone())
        };
        let last = question.hops.len() - 1;
        let found = (0..last)
            .rev()
            .find_map(|at| Some((at, usable(&question.hops[at])?)));
        if let Some((at, keys)) = found {
            drop(sessions);
            question.started = Some((question.hops[at].role.clone(), keys));
            question.hops.drain(..=at);
        }
    }

    /// Starts the journey, or joins the one that is under way.
    fn take_off(self: &Arc<Self>, question: Question) -> watch::Receiver<Option<End>> {
        let mut flights = lock(&self.flights);
        // One that fell over has nobody left to tell of its end.
        flights.retain(|flight| flight.end.has_changed().is_ok());
        let under_way = flights.iter().find(|flight| {
            flight.profile == question.profile
                && flight.endpoint.as_deref() == question.target.url()
        });
        if let Some(flight) = under_way {
            return flight.end.clone();
        }
        let (tell, end) = watch::channel(None);
        let give_up = Arc::new(Notify::new());
        let number = FLIGHTS.fetch_add(1, Ordering::Relaxed);
        flights.push(Flight {
            number,
            profile: question.profile.clone(),
            endpoint: question.target.url().map(str::to_owned),
            give_up: give_up.clone(),
            end: end.clone(),
        });
        let engine = self.clone();
        tokio::spawn(async move {
            let ended = tokio::select! {
                session = engine.fly(&question) => session.map(|session| {
                    let session = lock(&engine.sessions).keep(session);
                    engine.republish();
                    // Whoever waits for the next change waits for another one now.
                    engine.look_again();
                    Landed::Assumed(session)
                }),
                () = give_up.notified() => Ok(Landed::Cancelled),
                () = engine.world.clock.sleep(AT_MOST) => {
                    Err(Failure::assuming_took_too_long(&question.profile))
                }
            };
            lock(&engine.flights).retain(|flight| flight.number != number);
            tell.send_replace(Some(ended));
        });
        end
    }

    /// Asks for one role after the other.
    async fn fly(&self, question: &Question) -> Result<RoleSession, Failure> {
        let (mut caller, mut keys) = match &question.started {
            Some((role, keys)) => (role.clone(), Some(keys.clone())),
            None => {
                let name = question.base.as_deref().unwrap_or("the environment");
                (name.to_owned(), question.keys.clone())
            }
        };
        let started_at = self.world.clock.now();
        let mut last = None;
        for hop in &question.hops {
            let (who, account_id, ends_at) = match &hop.request {
                Request::PermissionSet { portal, set } => {
                    let (given, ends_at) = self.permission_set_keys(portal, set).await?;
                    keys = Some(Arc::new(given));
                    let account = Some(set.account_id.clone());
                    (set.role_name.clone(), account, ends_at)
                }
                Request::Console(console) => {
                    let (given, account, ends_at) = self.console_keys(console).await?;
                    keys = Some(Arc::new(given));
                    // The file says the account, and the session's own ARN is what names it.
                    (hop.role.clone(), account, ends_at)
                }
                Request::Role(role) => {
                    let with = keys
                        .take()
                        .expect("a chain begins with keys or with a portal");
                    let assumed = self.assume_one(question, hop, role, &caller, with).await?;
                    keys = Some(Arc::new(assumed.keys));
                    (assumed.arn, None, assumed.ends_at)
                }
            };
            caller.clone_from(&hop.role);
            last = Some((who, account_id, ends_at));
        }
        let (arn, account_id, ends_at) = last.expect("a question that is asked has a role");
        Ok(RoleSession {
            profile: question.profile.clone(),
            endpoint: question.target.url().map(str::to_owned),
            region: question.target.named_region.clone(),
            keys: keys.expect("the last of them gave some"),
            arn,
            account_id,
            started_at,
            ends_at,
            base: question.base.clone(),
            base_key: question.base_key(),
        })
    }

    async fn assume_one(
        &self,
        question: &Question,
        hop: &Hop,
        role: &RoleRequest,
        caller: &str,
        keys: Arc<Keys>,
    ) -> Result<Assumed, Failure> {
        let now = self.world.clock.now();
        let ask = self.world.aws.assume_role(
            Caller {
                keys,
                region: question.target.region.clone(),
                endpoint: question.target.url().map(str::to_owned),
                now,
            },
            role.clone(),
        );
        ask.await.map_err(|error| {
            Failure::of_aws(
                &error,
                &Asked {
                    caller: caller.to_owned(),
                    role: Some(hop.role.clone()),
                    seconds: role.duration_seconds,
                    region: question.target.region.clone(),
                    endpoint: question.target.endpoint.clone(),
                    now,
                },
            )
        })
    }
}
