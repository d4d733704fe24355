//! The portals of IAM Identity Center, as far as Rolecall asks them: a program registers, a person signs in, accounts and
//! roles are listed, a permission set gives keys. What is said no with comes back as data, as from all of AWS; the
//! sentences are made in `portal/failures.rs`.

#[cfg(any(test, feature = "fakes"))]
mod fake;
mod proof;
mod real;

use std::{fmt, sync::Arc};

use jiff::Timestamp;
use rolecall_core::{
    Secret,
    caches::Registration,
    profiles::{Keys, PermissionSet},
};

pub use super::aws::Reply;
#[cfg(any(test, feature = "fakes"))]
pub use fake::NoPortal;
pub use real::RealPortal;

/// How one gets a token with a code that a person types or confirms (RFC 8628).
pub const BY_DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// How one gets a token with a code that a browser carries back (RFC 7636).
pub const BY_BROWSER: &str = "authorization_code";
/// How one gets the next token without a person.
pub const BY_REFRESH: &str = "refresh_token";

/// Where a portal is asked. Whoever fills this has looked at whose the address is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The portal's region.
    pub region: String,
    /// The address, where it is not AWS's own.
    pub endpoint: Option<String>,
    /// AWS's addresses that speak IPv6 too.
    pub dual_stack: bool,
}

/// What a program says of itself when it registers.
#[derive(Clone, Debug)]
pub struct Program {
    /// What the person reads on the page that asks.
    pub name: String,
    /// What it wants to do.
    pub scopes: Vec<String>,
    /// The portal's address.
    pub start_url: String,
    /// Where the browser may carry a code to; the port does not matter.
    pub redirect: &'static str,
}

/// A sign-in that waits for a person elsewhere.
#[derive(Debug)]
pub struct DeviceAsked {
    /// What asks whether the person has decided.
    pub device_code: Arc<Secret>,
    /// What the person types or compares: `ABCD-EFGH`.
    pub user_code: String,
    /// Where.
    pub url: String,
    /// The same, with the code in it.
    pub complete_url: String,
    /// How long the code is good, in seconds.
    pub seconds: u32,
    /// How long to wait between two questions, in seconds.
    pub interval: u32,
}

/// What is traded for a token.
#[derive(Clone, Debug)]
pub enum Grant {
    /// A person confirmed it elsewhere, or will.
    Device(Arc<Secret>),
    /// A browser carried a code back.
    Browser {
        /// The code.
        code: Arc<Secret>,
        /// What its challenge was made of.
        verifier: Arc<Secret>,
        /// Where it was carried to.
        redirect: String,
    },
    /// An older token may be followed by a newer one.
    Refresh(Arc<Secret>),
}

/// A token.
#[derive(Debug)]
pub struct Granted {
    /// What opens the portal.
    pub access_token: Secret,
    /// How long, in seconds.
    pub seconds: u32,
    /// What gets the next one.
    pub refresh_token: Option<Secret>,
}

/// An account that a portal opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalAccount {
    /// Twelve digits.
    pub id: String,
    /// Not every account has one.
    pub name: Option<String>,
    /// Whose it is.
    pub email: Option<String>,
}

/// What renews a console sign-in.
#[derive(Clone, Debug)]
pub struct ConsoleAsk {
    /// The program that signed in.
    pub client_id: String,
    /// What is traded for newer keys.
    pub refresh_token: Arc<Secret>,
    /// What proves that it was us: a private key in PEM.
    pub proof_key: Arc<Secret>,
    /// The time.
    pub now: Timestamp,
}

/// Newer keys of a console sign-in.
#[derive(Debug)]
pub struct ConsoleGranted {
    /// They.
    pub keys: Keys,
    /// How long, in seconds.
    pub seconds: u32,
    /// What gets the next ones.
    pub refresh_token: Secret,
}

/// A part of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// In the service's order.
    pub items: Vec<T>,
    /// What gets the next part.
    pub next: Option<String>,
}

/// The portals, each call asked once: who may ask again, and when, the journey knows.
pub trait Portal: Send + Sync + fmt::Debug {
    /// A program becomes known (`sso-oidc:RegisterClient`).
    fn register(&self, at: &At, program: Program) -> Reply<Registration>;
    /// A person is asked elsewhere (`sso-oidc:StartDeviceAuthorization`).
    fn ask_device(&self, at: &At, known: &Registration, start_url: &str) -> Reply<DeviceAsked>;
    /// A token, if it is time (`sso-oidc:CreateToken`).
    fn token(&self, at: &At, known: &Registration, grant: Grant) -> Reply<Granted>;
    /// Accounts (`sso:ListAccounts`).
    fn accounts(&self, at: &At, token: &Secret, next: Option<String>)
    -> Reply<Page<PortalAccount>>;
    /// The roles of one (`sso:ListAccountRoles`).
    fn roles(
        &self,
        at: &At,
        token: &Secret,
        account_id: &str,
        next: Option<String>,
    ) -> Reply<Page<String>>;
    /// The keys of a permission set, and their end (`sso:GetRoleCredentials`).
    fn keys(&self, at: &At, token: &Secret, set: &PermissionSet) -> Reply<(Keys, Timestamp)>;
    /// Newer keys of a console sign-in (`signin:CreateOAuth2Token`).
    fn console(&self, at: &At, ask: ConsoleAsk) -> Reply<ConsoleGranted>;
    /// The session at the portal ends (`sso:Logout`).
    fn log_out(&self, at: &At, token: &Secret) -> Reply<()>;
}
