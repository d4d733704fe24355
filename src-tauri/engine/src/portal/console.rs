//! Console sign-ins, as `aws login` leaves them: keys with their end, and what gets the next ones without a person. Used and
//! renewed as the AWS CLI and botocore do (`LoginCredentialFetcher`); signing in itself is theirs.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use rolecall_core::{
    caches::{ConsoleSignIn, login_file, renewed_login},
    document::escape_line,
    profiles::{
        Keys, Profile,
        endpoint::{Endpoint, Host, SIGNIN, is_region},
    },
};

use super::cache::{read, same, write};
use crate::{
    aws_failures::clock_off,
    engine::Engine,
    failure::Failure,
    save::turn,
    snapshot::Snapshot,
    view::FailureCode,
    world::{
        aws::{AwsError, AwsErrorKind},
        portal::{At, ConsoleAsk},
    },
};

/// With less than this left newer keys are fetched, in seconds (botocore, `_REFRESH_THRESHOLD`).
const NEAR: i64 = 5 * 60;

/// A console sign-in and where it is renewed.
#[derive(Clone, Debug)]
pub(crate) struct Console {
    /// The profile, for sentences.
    profile: String,
    /// `login_session`.
    session: String,
    at: At,
    host: Host,
}

/// What it gives: keys, the account, the end.
pub(crate) type Given = (Keys, Option<String>, Timestamp);

impl Snapshot {
    /// The console sign-in that a profile names.
    ///
    /// # Errors
    /// `unsupported` for an address that nothing is sent to.
    pub(crate) fn console_of(&self, profile: Profile<'_>) -> Result<Console, Failure> {
        let value = |key: &str| profile.get(key).map(|it| it.value.into_owned());
        let named = profile.endpoint_of(SIGNIN, None, &self.around.asking);
        let (endpoint, host) = match &named {
            Some((url, named)) => {
                let endpoint =
                    Endpoint::parse(url).map_err(|bad| Failure::bad_endpoint(url, named, bad))?;
                if endpoint.host != Host::Loopback {
                    return Err(Failure::strange_endpoint(profile.name(), named, &endpoint));
                }
                (Some(endpoint.url), Host::Loopback)
            }
            None => (None, Host::Aws),
        };
        let region = value("region").filter(|region| is_region(region));
        Ok(Console {
            profile: profile.name().to_owned(),
            session: value("login_session").unwrap_or_default(),
            at: At {
                region: region.unwrap_or_else(|| "us-east-1".to_owned()),
                endpoint,
                dual_stack: false,
            },
            host,
        })
    }
}

impl Engine {
    /// The keys of a console sign-in, renewed where they end soon.
    ///
    /// # Errors
    /// `expired` when nobody signed in, or it can't be renewed any more.
    pub(crate) async fn console_keys(&self, console: &Console) -> Result<Given, Failure> {
        let there = self.console_sign_in(console)?;
        let left =
            |it: &ConsoleSignIn| it.ends_at.as_second() - self.world().clock.now().as_second();
        if left(&there) > NEAR {
            return Ok((there.keys, there.account_id, there.ends_at));
        }
        let _turn = turn(
            self.world(),
            &format!("renew-{}", login_file(&console.session)),
        );
        // Another program may have done it meanwhile.
        let there = self.console_sign_in(console)?;
        if left(&there) > NEAR {
            return Ok((there.keys, there.account_id, there.ends_at));
        }
        match self.renew_console(console, &there).await {
            Err(_) if left(&there) > 0 => Ok((there.keys, there.account_id, there.ends_at)),
            renewed => renewed,
        }
    }

    async fn renew_console(
        &self,
        console: &Console,
        there: &ConsoleSignIn,
    ) -> Result<Given, Failure> {
        let mut at = console.at.clone();
        if let Some(region) = there.region.clone().filter(|region| is_region(region)) {
            at.region = region;
        }
        let now = self.world().clock.now();
        let ask = ConsoleAsk {
            client_id: there.client_id.clone(),
            refresh_token: there.refresh_token.clone(),
            proof_key: there.proof_key.clone(),
            now,
        };
        let answer = self.world().portal.console(&at, ask).await;
        let current = self.console_sign_in(console)?;
        if !same(&current.refresh_token, &there.refresh_token) && current.ends_at > now {
            return Ok((current.keys, current.account_id, current.ends_at));
        }
        let granted = answer.map_err(|error| no(&error, console, now))?;
        let ends_at = now + SignedDuration::from_secs(granted.seconds.into());
        let path = self.console_file(console);
        let before = read(self.world(), &path).unwrap_or_default();
        if let Some(bytes) = renewed_login(&before, &granted.keys, ends_at, &granted.refresh_token)
        {
            write(self.world(), &path, &bytes).map_err(|error| self.unwritable(&path, &error))?;
        }
        Ok((granted.keys, current.account_id, ends_at))
    }

    fn console_sign_in(&self, console: &Console) -> Result<ConsoleSignIn, Failure> {
        let bytes = read(self.world(), &self.console_file(console));
        let there = bytes.and_then(|bytes| ConsoleSignIn::read(&bytes));
        there.ok_or_else(|| over(console, "console.signedOut"))
    }

    /// AWS SDKs and Tools Reference: `AWS_LOGIN_CACHE_DIRECTORY`, else `~/.aws/login/cache`.
    fn console_file(&self, console: &Console) -> PathBuf {
        let named = self.world().env.var("AWS_LOGIN_CACHE_DIRECTORY");
        let folder = named.filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let folder = folder.unwrap_or_else(|| {
            let sso_cache = &self.snapshot().around.places.sso_cache;
            let aws = sso_cache.parent().and_then(|sso| sso.parent());
            aws.unwrap_or(sso_cache).join("login/cache")
        });
        folder.join(login_file(&console.session))
    }
}

fn over(console: &Console, cause: &'static str) -> Failure {
    let profile = escape_line(&console.profile);
    let message = if cause == "console.signedOut" {
        format!("Nobody signed in to the console for {profile}.")
    } else {
        format!("The console sign-in of {profile} has ended.")
    };
    let hint = format!("Sign in: aws login --profile {profile}");
    Failure::new(FailureCode::Expired, cause, message, hint)
}

fn no(error: &AwsError, console: &Console, now: Timestamp) -> Failure {
    match error.kind {
        AwsErrorKind::Refused if clock_off(error, now).is_some() => Failure::new(
            FailureCode::Expired,
            "console.clock",
            "The console sign-in was not renewed, and your computer's clock is off.".into(),
            "Set the clock, then try again.",
        ),
        AwsErrorKind::Refused => over(console, "console.expired"),
        kind => {
            let place = console.at.endpoint.as_deref().unwrap_or("AWS's sign-in");
            Failure::on_the_way(kind, place, console.host, "the console's sign-in")
        }
    }
}
