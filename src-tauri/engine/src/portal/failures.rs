//! What a portal, or the way there, says no with, as sentences: what happened, to what, and what to do.
//! Source for the codes: IAM Identity Center OIDC API Reference and Portal API Reference, the errors of each operation.

use jiff::Timestamp;
use rolecall_core::{
    document::escape_line,
    profiles::{
        BadPortal, PermissionSet,
        endpoint::{Endpoint, Host, dns_suffix},
    },
};

use super::Reached;
use crate::{
    aws_failures::clock_off,
    failure::Failure,
    view::FailureCode,
    world::{
        aws::{AwsError, AwsErrorKind},
        portal::At,
    },
};

/// What the portal was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asked<'a> {
    /// To know this program.
    Register,
    /// To ask a person.
    SignIn,
    /// For a newer token.
    Renew,
    /// Which accounts and roles there are.
    List,
    /// For keys.
    Keys(&'a PermissionSet),
    /// To end the session.
    LogOut,
}

fn shown(name: &str) -> String {
    escape_line(name).into_owned()
}

impl Failure {
    /// The portal, or the way there, said no.
    pub(super) fn of_portal(
        error: &AwsError,
        reached: &Reached,
        asked: Asked<'_>,
        now: Timestamp,
    ) -> Self {
        let (at, service) = match asked {
            Asked::Register | Asked::SignIn | Asked::Renew => (&reached.oidc, "oidc"),
            Asked::List | Asked::Keys(_) | Asked::LogOut => (&reached.sso, "portal.sso"),
        };
        if error.kind != AwsErrorKind::Refused {
            let host = match &at.endpoint {
                Some(url) => Endpoint::parse(url).map_or(Host::Other, |it| it.host),
                None => Host::Aws,
            };
            return Self::on_the_way(error.kind, &place(at, service), host, "a portal");
        }
        let name = shown(&reached.portal.name);
        let code = error.code.as_deref().unwrap_or_default();
        let no = |code, cause, message, hint: &str| Self::new(code, cause, message, hint);
        match (code, asked) {
            ("UnauthorizedException", _) => Self::sign_in_over(&name, clock_off(error, now)),
            ("InvalidClientException" | "UnauthorizedClientException", _) => no(
                FailureCode::Expired,
                "sso.registrationExpired",
                format!("{name} no longer knows this program: its registration has ended."),
                "Sign in again; that registers it anew.",
            ),
            ("InvalidGrantException" | "ExpiredTokenException", Asked::Renew) => {
                Self::sign_in_over(&name, None)
            }
            ("ExpiredTokenException", _) => Self::code_expired(),
            ("AccessDeniedException", Asked::SignIn | Asked::Renew) => Self::declined(&name),
            ("ForbiddenException" | "ResourceNotFoundException", Asked::Keys(set)) => no(
                FailureCode::Denied,
                "sso.noAccess",
                format!(
                    "Your user has no role {} in account {} any more.",
                    shown(&set.role_name),
                    shown(&set.account_id)
                ),
                "rolecall sso list shows what it has. Choose another role, or ask whoever manages the portal.",
            ),
            ("TooManyRequestsException", _) => no(
                FailureCode::Denied,
                "sso.throttled",
                "AWS asked us to slow down.".into(),
                "Wait a moment, then try again.",
            ),
            ("InvalidRequestException", Asked::Register | Asked::SignIn) => no(
                FailureCode::Denied,
                "sso.unknown",
                format!(
                    "{} has no portal at {}.",
                    reached.portal.region,
                    shown(&reached.portal.start_url)
                ),
                "Look at sso_start_url and sso_region: the region is that of the portal, not of your work.",
            ),
            _ => {
                let words: String = error
                    .message
                    .as_deref()
                    .unwrap_or_default()
                    .chars()
                    .take(200)
                    .collect();
                no(
                    FailureCode::Denied,
                    "sso.refused",
                    format!(
                        "{name} said no: {} ({}).",
                        shown(words.trim_end_matches('.')),
                        shown(code)
                    ),
                    "Look at the portal's section in config, then try again.",
                )
            }
        }
    }

    fn sign_in_over(name: &str, clock: Option<String>) -> Self {
        if let Some(off) = clock {
            return Self::new(
                FailureCode::Expired,
                "sso.clock",
                format!("{name} no longer takes the sign-in, and your computer's clock is {off}."),
                "Set the clock, then sign in again.",
            );
        }
        Self::new(
            FailureCode::Expired,
            "sso.expired",
            format!("Your {name} sign-in has ended."),
            format!("Sign in again: rolecall login {name}"),
        )
    }

    /// There is a token, and its time is over.
    pub(super) fn sign_in_ended(reached: &Reached) -> Self {
        Self::sign_in_over(&shown(&reached.portal.name), None)
    }

    /// There is no token.
    pub(super) fn signed_out(reached: &Reached) -> Self {
        let name = shown(&reached.portal.name);
        Self::new(
            FailureCode::Expired,
            "sso.signedOut",
            format!("Nobody is signed in to {name}."),
            format!("Sign in: rolecall login {name}"),
        )
    }

    /// The person pressed Deny.
    pub(super) fn declined(name: &str) -> Self {
        Self::new(
            FailureCode::Denied,
            "sso.declined",
            format!(
                "The sign-in to {} was declined in the browser.",
                shown(name)
            ),
            "If that was not you, tell whoever manages the portal. Else sign in again.",
        )
    }

    /// The browser brought something else than a code.
    pub(super) fn browser_brought(name: &str, error: &str) -> Self {
        let error: String = error.chars().take(100).collect();
        Self::new(
            FailureCode::Denied,
            "sso.refused",
            format!(
                "{} refused the sign-in: {}.",
                shown(name),
                escape_line(&error)
            ),
            "Try again, or use a code: rolecall login --device",
        )
    }

    /// Ten minutes are over.
    pub(super) fn no_browser() -> Self {
        Self::new(
            FailureCode::Unsupported,
            "sso.browser",
            "No browser opened.".into(),
            "Copy the link and open it yourself, or use a code.",
        )
    }

    pub(super) fn code_expired() -> Self {
        Self::new(
            FailureCode::Expired,
            "sso.codeExpired",
            "The code wasn't used in time.".into(),
            "Codes live 10 minutes. Sign in again for a new one.",
        )
    }

    /// Nothing came back.
    pub(super) fn nobody_came(name: &str) -> Self {
        Self::new(
            FailureCode::Expired,
            "sso.timeout",
            format!(
                "Nobody finished signing in to {} within 10 minutes.",
                shown(name)
            ),
            "Try again, or use a code: rolecall login --device",
        )
    }

    /// The token can't be kept where tools look for it.
    pub(super) fn cache_unwritable(file: &str, error: &std::io::Error) -> Self {
        Self::new(
            FailureCode::Unwritable,
            "sso.cacheUnwritable",
            format!("The sign-in was not kept: {file} can't be written ({error})."),
            "Look at the folder's owner and permissions, then sign in again.",
        )
    }

    /// There is no portal of this name, or none at all.
    pub(super) fn no_portal(name: Option<&str>, names: &[&str]) -> Self {
        let message = match name {
            Some(name) => format!("There is no portal “{}”.", shown(name)),
            None => "There is no portal in config.".into(),
        };
        let hint = if names.is_empty() {
            "Add one: rolecall add NAME --sso-session sso_start_url=https://my-company.awsapps.com/start sso_region=REGION".into()
        } else {
            format!("There is: {}.", shown(&names.join(", ")))
        };
        Self::new(FailureCode::NotFound, "sso.noPortal", message, hint)
    }

    /// Nobody said which of several.
    pub(super) fn which_portal(names: &[&str]) -> Self {
        Self::new(
            FailureCode::NotFound,
            "sso.whichPortal",
            "There are several portals.".into(),
            format!("Name one of them: {}.", shown(&names.join(", "))),
        )
    }

    /// What stands in the files is not enough, or unfit.
    pub(crate) fn bad_portal(name: &str, bad: &BadPortal) -> Self {
        let name = shown(name);
        let (message, hint) = match bad {
            BadPortal::NoSection(section) => (
                format!(
                    "{name} names the portal “{}”, which has no section.",
                    shown(section)
                ),
                "Add [sso-session …] with sso_start_url and sso_region.".to_owned(),
            ),
            BadPortal::Lacks(key) => (
                format!("{name} has no {key}."),
                format!("Set it: rolecall set {name} {key} VALUE"),
            ),
            BadPortal::Value { key, rule } => (
                format!("The {key} of {name} can't be used as it is."),
                (*rule).to_owned(),
            ),
        };
        Self::new(FailureCode::Unsupported, "sso.unfit", message, hint)
    }

    /// Its accounts were never listed, or not to the end.
    pub(super) fn not_listed(name: &str) -> Self {
        let name = shown(name);
        Self::new(
            FailureCode::NotFound,
            "sso.notListed",
            format!("The accounts of {name} are not known yet."),
            format!("List them: rolecall sso list {name}"),
        )
    }

    /// A text that is no region.
    pub(super) fn bad_region(region: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "value.refused",
            format!("“{}” is no region.", shown(region)),
            "It looks like eu-west-1.",
        )
    }

    /// A template that can't name profiles.
    pub(super) fn bad_template(template: &str, why: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "sso.template",
            format!("“{}” is no template for names: {why}.", shown(template)),
            "Use {account}, {id}, {role}, {portal} and plain letters, such as {account}-{role}.",
        )
    }
}

/// Where it is, for sentences.
fn place(at: &At, service: &str) -> String {
    match &at.endpoint {
        Some(url) => {
            let bare = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
            shown(bare.trim_end_matches('/'))
        }
        None => format!(
            "{service}.{}.{}",
            at.region,
            dns_suffix(&at.region, at.dual_stack)
        ),
    }
}
