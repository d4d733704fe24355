//! All accounts of a portal with their roles: one call for a hundred accounts, and one for the roles of each, as fast as the
//! service takes them. What came is told as it comes; given up, it goes on later where it was; whole, it is kept with its
//! time, so that the next look costs nothing.

mod kept;

use std::{collections::VecDeque, sync::Arc};

use jiff::Timestamp;
use rolecall_core::Secret;
use tokio::task::JoinSet;

pub(crate) use kept::{Catalog, Catalogs, KnownAccount};

use super::{Reached, failures::Asked, pace::Pace, under_way};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    view::{ListedAccountRoles, ListingProgress, PortalListing},
    world::{
        aws::{AwsError, AwsErrorKind},
        portal::{Page, PortalAccount},
    },
};

/// Calls under way at once: enough for an answer that takes a third of a second.
const MOST: usize = 8;
/// Refused so often in a row, with all calls under way, listing is given up.
const REFUSALS: u32 = 16;
/// One call that failed on the way is made again so often.
const AGAIN: u32 = 3;
/// Whoever is ended in the middle loses no more accounts than this.
const KEPT_EACH: usize = 50;
/// What was listed in part is gone on with for so long, in seconds.
const RESUMED: i64 = 3600;

/// One call.
#[derive(Clone, Debug)]
struct Call {
    what: What,
    next: Option<String>,
    failed: u32,
}

#[derive(Clone, Debug)]
enum What {
    Accounts,
    /// Of the account at this place.
    Roles(usize),
}

enum Came {
    Accounts(Page<PortalAccount>),
    Roles(Page<String>),
}

impl Engine {
    /// Lists a portal's accounts and roles, and tells what comes. What is known already is gone on with, unless it is to
    /// be listed anew.
    ///
    /// # Errors
    /// `notFound` without such a portal, `expired` when nobody is signed in, what the portal said else; what came by then
    /// is kept.
    pub async fn list_portal(
        &self,
        name: Option<&str>,
        anew: bool,
        told: impl Fn(ListingProgress) + Send,
    ) -> Result<PortalListing, Failure> {
        let reached = self.snapshot().portal_named(name)?;
        let token = self.portal_token(&reached).await?;
        let now = self.world().clock.now();
        let known = (!anew).then(|| self.catalog(&reached)).flatten();
        let known =
            known.filter(|known| !known.is_whole() && now.as_second() - known.listed_at < RESUMED);
        let catalog = known.unwrap_or_else(|| Catalog::new(&reached, now));
        let mut journey = Journey {
            engine: self,
            reached: &reached,
            token,
            // Given up or not, what came is kept when this goes.
            catalog,
            pace: Pace::new(self.world()),
            waiting: VecDeque::new(),
            not_kept: 0,
            seen: Vec::new(),
        };
        let errand = self.begin(under_way::What::Listing, &reached);
        let listed = tokio::select! {
            listed = journey.run(&told) => listed,
            () = errand.is_given_up() => Ok(()),
        };
        self.is_over(&errand);
        listed?;
        let listing = journey.catalog.view(&reached.portal.name);
        Ok(listing)
    }

    /// What was listed last, with its time; none where that never was.
    ///
    /// # Errors
    /// `notFound` without such a portal.
    pub fn known_listing(&self, name: Option<&str>) -> Result<Option<PortalListing>, Failure> {
        let reached = self.snapshot().portal_named(name)?;
        let known = self.catalog(&reached);
        Ok(known.map(|known| known.view(&reached.portal.name)))
    }
}

struct Journey<'a> {
    engine: &'a Engine,
    reached: &'a Reached,
    token: Arc<Secret>,
    catalog: Catalog,
    pace: Pace,
    waiting: VecDeque<Call>,
    /// How many accounts were listed since the last were kept.
    not_kept: usize,
    /// Where pages began: one that comes again leads nowhere.
    seen: Vec<(Option<usize>, String)>,
}

impl Drop for Journey<'_> {
    fn drop(&mut self) {
        self.engine.keep_catalog(&self.catalog);
    }
}

impl Journey<'_> {
    async fn run(&mut self, told: &(impl Fn(ListingProgress) + Send)) -> Result<(), Failure> {
        let call = |what| Call {
            what,
            next: None,
            failed: 0,
        };
        if self.catalog.has_all_accounts {
            let without = self.catalog.without_roles();
            self.waiting = without
                .into_iter()
                .map(|at| call(What::Roles(at)))
                .collect();
        } else {
            self.catalog.accounts.clear();
            self.waiting.push_back(call(What::Accounts));
        }
        let mut flying = JoinSet::new();
        loop {
            let may_fly = !self.waiting.is_empty() && flying.len() < MOST;
            if flying.is_empty() && !may_fly {
                return Ok(());
            }
            tokio::select! {
                () = self.pace.turn(self.engine.world()), if may_fly => {
                    let call = self.waiting.pop_front().expect("as just seen");
                    flying.spawn(self.ask(call));
                }
                Some(landed) = flying.join_next(), if !flying.is_empty() => {
                    // One that was cancelled or fell over is nobody's answer; none is, while this lives.
                    let Ok((call, came)) = landed else { continue };
                    match came {
                        Ok(came) => {
                            self.pace.went_well();
                            let rows = self.take(&call, came);
                            told(self.progress(rows));
                        }
                        Err(error) => self.refused(call, &error)?,
                    }
                }
            }
        }
    }

    fn ask(
        &self,
        call: Call,
    ) -> impl Future<Output = (Call, Result<Came, AwsError>)> + Send + use<> {
        let (portal, at) = (&self.engine.world().portal, &self.reached.sso);
        let next = call.next.clone();
        let (accounts, roles) = match call.what {
            What::Accounts => (Some(portal.accounts(at, &self.token, next)), None),
            What::Roles(place) => {
                let id = &self.catalog.accounts[place].id;
                (None, Some(portal.roles(at, &self.token, id, next)))
            }
        };
        async move {
            let came = match (accounts, roles) {
                (Some(accounts), _) => accounts.await.map(Came::Accounts),
                (None, Some(roles)) => roles.await.map(Came::Roles),
                (None, None) => unreachable!("one of two was asked"),
            };
            (call, came)
        }
    }

    /// Takes an answer in; the accounts whose roles are all there now.
    fn take(&mut self, call: &Call, came: Came) -> Vec<ListedAccountRoles> {
        let (of, next) = match came {
            Came::Accounts(page) => {
                for account in page.items {
                    if let Some(at) = self.catalog.add(account) {
                        self.waiting.push_back(Call {
                            what: What::Roles(at),
                            next: None,
                            failed: 0,
                        });
                    }
                }
                (None, page.next)
            }
            Came::Roles(page) => {
                let What::Roles(at) = call.what else {
                    return Vec::new();
                };
                self.catalog.add_roles(at, page.items);
                (Some(at), page.next)
            }
        };
        let next = next.filter(|next| !self.seen.contains(&(of, next.clone())));
        if let Some(next) = next {
            self.seen.push((of, next.clone()));
            self.waiting.push_front(Call {
                next: Some(next),
                failed: 0,
                ..call.clone()
            });
            return Vec::new();
        }
        match of {
            None => {
                self.catalog.has_all_accounts = true;
                Vec::new()
            }
            Some(at) => {
                self.catalog.accounts[at].is_listed = true;
                self.not_kept += 1;
                if self.not_kept == KEPT_EACH {
                    self.not_kept = 0;
                    self.engine.keep_catalog(&self.catalog);
                }
                vec![self.catalog.accounts[at].view()]
            }
        }
    }

    /// Asks again what may be asked again, and gives up else.
    fn refused(&mut self, call: Call, error: &AwsError) -> Result<(), Failure> {
        let now = self.engine.world().clock.now();
        let failure = || Failure::of_portal(error, self.reached, Asked::List, now);
        match (error.code.as_deref(), &call.what) {
            (Some("TooManyRequestsException"), _) => {
                let failure = failure();
                if self.pace.slow_down(self.engine.world()) > REFUSALS {
                    return Err(failure);
                }
                self.waiting.push_front(call);
            }
            // The last of its roles was taken away meanwhile.
            (Some("ForbiddenException" | "ResourceNotFoundException"), What::Roles(at)) => {
                self.catalog.accounts[*at].is_listed = true;
            }
            _ => {
                let is_server = error.status.is_some_and(|status| status >= 500);
                let is_way = matches!(error.kind, AwsErrorKind::TimedOut | AwsErrorKind::Cut);
                if !(is_server || is_way) || call.failed >= AGAIN {
                    return Err(failure());
                }
                self.waiting.push_back(Call {
                    failed: call.failed + 1,
                    ..call
                });
            }
        }
        Ok(())
    }

    fn progress(&self, rows: Vec<ListedAccountRoles>) -> ListingProgress {
        let accounts = &self.catalog.accounts;
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        ListingProgress {
            accounts: count(accounts.len()),
            listed: count(accounts.iter().filter(|account| account.is_listed).count()),
            has_all_accounts: self.catalog.has_all_accounts,
            rows,
        }
    }
}

impl Engine {
    /// What was listed last of this portal.
    pub(super) fn catalog(&self, reached: &Reached) -> Option<Catalog> {
        let catalogs = lock(&self.catalogs);
        let key = kept::key(reached);
        catalogs
            .load(self.world())
            .into_iter()
            .find(|it| it.key == key)
    }

    fn keep_catalog(&self, catalog: &Catalog) {
        // What can't be kept is listed anew.
        let _ = lock(&self.catalogs).keep(self.world(), catalog);
    }
}

/// Seconds since it was listed.
pub(super) fn age(catalog: &Catalog, now: Timestamp) -> i64 {
    (now.as_second() - catalog.listed_at).max(0)
}
