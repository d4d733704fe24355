//! What the lines of both files mean together: profiles, portals, where keys come from, role chains, sessions.
//! Nothing is called here; this says what a tool *would* do.

mod accounts;
pub mod arn;
mod chain;
pub mod endpoint;
mod home;
pub mod keys;
mod names;
pub(crate) mod near;
mod odd;
pub mod plan;
mod property;
mod session;
mod sign_in;
mod source;
mod static_keys;
mod values;

pub use accounts::used_by_accounts;
pub use chain::End;
pub use endpoint::Variables;
pub use home::{File, Home, Place, Profile, ProfileId, Section, SectionId, SsoSession};
pub(crate) use odd::{OddLine, Oddity};
pub use plan::Plan;
pub use property::Property;
pub use session::{
    Portal, SessionFact, SessionOrigin, SessionState, ends_of_portals, portals_in, session,
};
pub use sign_in::{BadPortal, PermissionSet, PortalKey, SignInAt};
pub use source::Source;
pub use static_keys::Keys;
