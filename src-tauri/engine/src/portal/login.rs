//! Signing in. A browser asks the person and brings a code back to a door on this computer; where a browser can't come
//! back, or a person wants it so, a code is typed or compared instead. One sign-in at a time for each portal, over windows
//! and commands: who comes second waits for the first. It can be given up, and gives itself up after ten minutes.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use rolecall_core::{Secret, caches::Registration};
use url::form_urlencoded;

use super::{
    Reached,
    cache::{CALLBACK, same},
    failures::Asked,
    here::apart,
    links::may_open,
    pkce::Attempt,
    under_way::What,
};
use crate::{
    engine::Engine,
    failure::Failure,
    save::{Turn, try_turn},
    view::{LoginOutcome, LoginStep},
    world::{
        aws::{AwsError, AwsErrorKind},
        loopback::{Door, Visit},
        portal::{BY_BROWSER, BY_DEVICE, DeviceAsked, Grant, Granted},
    },
};

/// A person has this long.
const PATIENCE: Duration = Duration::from_mins(10);
/// Between two looks whether the sign-in of another Rolecall is done.
const LOOK: Duration = Duration::from_millis(200);
/// Longer pauses when the service asks for them, in seconds (RFC 8628, 3.5).
const SLOWER: u32 = 5;

/// How to sign in.
#[derive(Clone, Copy, Debug)]
pub struct LoginWish {
    /// With a code, also where a browser would come back.
    pub by_code: bool,
    /// Open the browser; else the address is only told.
    pub open_browser: bool,
    /// End the session at the portal before, so that nothing of it is used again.
    pub fresh: bool,
}

impl Default for LoginWish {
    fn default() -> Self {
        Self {
            by_code: false,
            open_browser: true,
            fresh: false,
        }
    }
}

/// Hears what a person has to see meanwhile.
pub type Told = Arc<dyn Fn(LoginStep) + Send + Sync>;

impl Engine {
    /// Signs in at a portal; the only one where none is named.
    ///
    /// # Errors
    /// `notFound` without such a portal, `denied` when the person or the portal says no, `expired` when nobody answered.
    pub async fn login(
        &self,
        name: Option<&str>,
        wish: LoginWish,
        told: Told,
    ) -> Result<LoginOutcome, Failure> {
        let reached = self.snapshot().portal_named(name)?;
        let errand = self.begin(What::SignIn, &reached);
        let told = errand.noting(&told);
        let ended = tokio::select! {
            ended = self.sign_in_at(&reached, wish, &told) => ended,
            () = errand.is_given_up() => Ok(None),
        };
        self.is_over(&errand);
        Ok(match ended? {
            Some(ends_at) => LoginOutcome::SignedIn {
                portal: reached.portal.name.clone(),
                start_url: reached.portal.start_url.clone(),
                ends_at: ends_at.as_second(),
            },
            None => LoginOutcome::Cancelled,
        })
    }

    /// None where it took longer than a person has. The lock goes with this future, however it ends.
    async fn sign_in_at(
        &self,
        reached: &Reached,
        wish: LoginWish,
        told: &Told,
    ) -> Result<Option<Timestamp>, Failure> {
        let before = self.sign_in(reached);
        let turn = format!("sign-in-{}", reached.portal.token_file());
        let mut waits = false;
        let _turn = loop {
            match try_turn(self.world(), &turn) {
                Turn::Mine(lock) => break lock,
                Turn::Taken if !waits => {
                    told(LoginStep::Waiting);
                    waits = true;
                }
                Turn::Taken => self.world().clock.sleep(LOOK).await,
            }
        };
        if waits && let Some(there) = self.sign_in(reached) {
            let is_new = before.is_none_or(|it| !same(&it.access_token, &there.access_token));
            if is_new && there.ends_at > self.world().clock.now() {
                return Ok(Some(there.ends_at));
            }
        }
        if wish.fresh {
            self.log_out_of(reached).await?;
        }
        let over = self.world().clock.sleep(PATIENCE);
        tokio::select! {
            granted = self.ask_a_person(reached, wish, told) => {
                let (granted, registration, asked_at) = granted?;
                self.keep_token(reached, granted, registration, asked_at).map(Some)
            }
            () = over => Err(Failure::nobody_came(&reached.portal.name)),
        }
    }

    async fn ask_a_person(
        &self,
        reached: &Reached,
        wish: LoginWish,
        told: &Told,
    ) -> Result<(Granted, Registration, Timestamp), Failure> {
        // The older form of a portal has no other way (the AWS CLI's too).
        let is_old = reached.portal.asked_scopes().is_empty();
        let apart = apart(self.world());
        if !wish.by_code && !is_old && apart.is_none() {
            // Without a port that is free the browser can't report back, and a code does it.
            if let Ok(door) = self.world().loopback.open() {
                return self.by_browser(reached, wish, told, door).await;
            }
        }
        self.by_code(
            reached,
            wish,
            told,
            apart.map(|apart| apart.why().to_owned()),
        )
        .await
    }

    async fn by_browser(
        &self,
        reached: &Reached,
        wish: LoginWish,
        told: &Told,
        mut door: Box<dyn Door>,
    ) -> Result<(Granted, Registration, Timestamp), Failure> {
        let registration = self.registration(reached, BY_BROWSER).await?;
        let attempt = Attempt::new(self.world(), door.port());
        let url = attempt.url(reached, &registration.client_id);
        let opened = wish.open_browser && self.open(&url, reached).await;
        told(LoginStep::Browser { url, opened });
        let code = wait_for_code(door.as_mut(), &attempt, &reached.portal.name).await?;
        drop(door);
        let grant = Grant::Browser {
            code: Arc::new(code),
            verifier: attempt.verifier.clone(),
            redirect: attempt.redirect.clone(),
        };
        let asked_at = self.world().clock.now();
        let trade = self
            .world()
            .portal
            .token(&reached.oidc, &registration, grant);
        let granted = trade
            .await
            .map_err(|error| Failure::of_portal(&error, reached, Asked::SignIn, asked_at))?;
        Ok((granted, registration, asked_at))
    }

    async fn by_code(
        &self,
        reached: &Reached,
        wish: LoginWish,
        told: &Told,
        why: Option<String>,
    ) -> Result<(Granted, Registration, Timestamp), Failure> {
        let (asked, registration) = self.ask_device(reached).await?;
        let now = self.world().clock.now();
        let ends_at = now + jiff::SignedDuration::from_secs(asked.seconds.into());
        let opened = wish.open_browser && self.open(&asked.complete_url, reached).await;
        told(LoginStep::Code {
            code: asked.user_code.clone(),
            url: asked.url.clone(),
            complete_url: asked.complete_url.clone(),
            ends_at: ends_at.as_second(),
            opened,
            why,
        });
        let mut interval = asked.interval.max(1);
        loop {
            let pause = Duration::from_secs(interval.into());
            self.world().clock.sleep(pause).await;
            let asked_at = self.world().clock.now();
            if asked_at >= ends_at {
                return Err(Failure::code_expired());
            }
            let grant = Grant::Device(asked.device_code.clone());
            let trade = self
                .world()
                .portal
                .token(&reached.oidc, &registration, grant);
            match trade.await {
                Ok(granted) => return Ok((granted, registration, asked_at)),
                Err(error) if code_of(&error) == "SlowDownException" => interval += SLOWER,
                Err(error) if passes(&error) => {}
                Err(error) => {
                    return Err(Failure::of_portal(&error, reached, Asked::SignIn, asked_at));
                }
            }
        }
    }

    /// A program that the service has forgotten before its time registers anew, once.
    async fn ask_device(&self, reached: &Reached) -> Result<(DeviceAsked, Registration), Failure> {
        let ask = |known: &Registration| {
            let start_url = &reached.portal.start_url;
            self.world()
                .portal
                .ask_device(&reached.oidc, known, start_url)
        };
        let mut known = self.registration(reached, BY_DEVICE).await?;
        let mut asked = ask(&known).await;
        let forgotten = ["InvalidClientException", "UnauthorizedClientException"];
        if asked
            .as_ref()
            .is_err_and(|error| forgotten.contains(&code_of(error)))
        {
            known = self.register(reached).await?;
            asked = ask(&known).await;
        }
        let asked = asked.map_err(|error| {
            Failure::of_portal(&error, reached, Asked::SignIn, self.world().clock.now())
        })?;
        Ok((asked, known))
    }

    /// Opens the browser, if the address is one that Rolecall opens; whether it did.
    pub(super) async fn open(&self, url: &str, reached: &Reached) -> bool {
        if !may_open(url, reached.on_loopback) {
            return false;
        }
        let (browser, url) = (self.world().browser.clone(), url.to_owned());
        let opening = tokio::task::spawn_blocking(move || browser.open(&url));
        matches!(opening.await, Ok(Ok(())))
    }
}

fn code_of(error: &AwsError) -> &str {
    error.code.as_deref().unwrap_or_default()
}

/// The person has not decided yet, or the line broke for a moment.
fn passes(error: &AwsError) -> bool {
    matches!(
        code_of(error),
        "AuthorizationPendingException" | "InternalServerException"
    ) || matches!(
        error.kind,
        AwsErrorKind::TimedOut | AwsErrorKind::Cut | AwsErrorKind::Unreachable
    )
}

/// Waits for the one visit that brings our state back. Whoever else knocks gets a page and nothing more.
async fn wait_for_code(
    door: &mut dyn Door,
    attempt: &Attempt,
    portal: &str,
) -> Result<Secret, Failure> {
    loop {
        let Visit {
            method,
            target,
            answer,
        } = door.visit().await;
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        if method != "GET" {
            answer(
                405,
                &page("This takes what your browser brings, and nothing else."),
            );
            continue;
        }
        if path != CALLBACK {
            answer(404, &page("There is nothing here."));
            continue;
        }
        let values = form_urlencoded::parse(query.as_bytes());
        let value = |name: &str| {
            let found = values.clone().find(|(key, _)| key == name);
            found.map(|(_, value)| value.into_owned())
        };
        if !value("state").is_some_and(|state| attempt.is_answered_by(&state)) {
            answer(
                400,
                &page("This is not the answer to the sign-in that Rolecall waits for."),
            );
            continue;
        }
        match (value("code"), value("error")) {
            (Some(code), None) if !code.is_empty() => {
                answer(200, &page("You are signed in. You can close this page."));
                return Ok(Secret::new(code));
            }
            (_, Some(error)) => {
                answer(
                    200,
                    &page("You are not signed in. You can close this page."),
                );
                return Err(if error == "access_denied" {
                    Failure::declined(portal)
                } else {
                    Failure::browser_brought(portal, &error)
                });
            }
            _ => answer(400, &page("Your browser brought no code.")),
        }
    }
}

fn page(sentence: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Rolecall</title>\
         <body><h1>Rolecall</h1><p>{sentence}</p></body></html>\n"
    )
}
