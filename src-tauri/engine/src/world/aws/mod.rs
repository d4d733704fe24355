//! AWS itself, as far as Rolecall asks it: keys for a role, and who one is. What it says no with comes back as data;
//! `asking.rs` makes the sentences.

#[cfg(any(test, feature = "fakes"))]
mod fake;
mod real;
#[cfg(test)]
mod tests;
pub(super) mod way;

use std::{fmt, pin::Pin, sync::Arc};

use jiff::Timestamp;
use rolecall_core::{Secret, profiles::Keys};

#[cfg(any(test, feature = "fakes"))]
pub use fake::FakeAws;
pub use real::RealAws;

/// An answer that takes its time. Dropping it hangs up.
pub type Reply<T> = Pin<Box<dyn Future<Output = Result<T, AwsError>> + Send>>;

/// Who asks, where, and what time the asker thinks it is: requests are signed with the time.
#[derive(Clone, Debug)]
pub struct Caller {
    /// What signs.
    pub keys: Arc<Keys>,
    /// The region that is asked.
    pub region: String,
    /// The address, where it is not AWS's own. Whoever fills this has looked at whose it is.
    pub endpoint: Option<String>,
    /// The time.
    pub now: Timestamp,
}

/// Which role, and under which conditions.
#[derive(Clone, Debug)]
pub struct RoleRequest {
    /// The role.
    pub role_arn: String,
    /// The session's name.
    pub session_name: String,
    /// What the trust policy may want to hear.
    pub external_id: Option<String>,
    /// For how long, in seconds.
    pub duration_seconds: Option<u32>,
    /// The device's serial number and its code.
    pub mfa: Option<(String, Arc<Secret>)>,
}

/// The keys of a role.
#[derive(Debug)]
pub struct Assumed {
    /// With a session token.
    pub keys: Keys,
    /// Until when they work.
    pub ends_at: Timestamp,
    /// Who one is with them.
    pub arn: String,
}

/// Who the keys belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerIdentity {
    /// Twelve digits.
    pub account: String,
    /// The whole ARN.
    pub arn: String,
}

/// What kind of no it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwsErrorKind {
    /// AWS read the request and refused it; `code` says why.
    Refused,
    /// What answered does not speak as AWS does.
    NotAws,
    /// Nobody answers there.
    Unreachable,
    /// The answer did not come in time.
    TimedOut,
    /// The connection ended in the middle.
    Cut,
    /// Whoever answers shows a certificate that this computer doesn't trust.
    Untrusted,
    /// The request could not even be made.
    Unmade,
}

/// AWS, or the way there, said no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsError {
    /// What kind of no it is.
    pub kind: AwsErrorKind,
    /// AWS's own code, such as `AccessDenied`.
    pub code: Option<String>,
    /// AWS's own words; somebody else's text, to be escaped before it is shown. At most 500 characters.
    pub message: Option<String>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// What AWS's support asks for.
    pub request_id: Option<String>,
    /// What time it is where the answer came from (its `Date`).
    pub server_time: Option<Timestamp>,
}

/// AWS, as far as Rolecall asks it. Asked once: a request is never repeated by itself, since a code works once.
pub trait Aws: Send + Sync + fmt::Debug {
    /// Keys for a role (`sts:AssumeRole`).
    fn assume_role(&self, caller: Caller, role: RoleRequest) -> Reply<Assumed>;
    /// Who one is (`sts:GetCallerIdentity`).
    fn caller_identity(&self, caller: Caller) -> Reply<CallerIdentity>;
}
