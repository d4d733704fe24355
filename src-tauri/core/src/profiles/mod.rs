//! What the lines of both files mean together: profiles, portals, where keys come from, role chains, sessions.
//! Nothing is called here; this says what a tool *would* do.

pub mod arn;
mod chain;
mod home;
pub mod keys;
mod session;
mod source;

pub use chain::End;
pub use home::{File, Home, Place, Profile, ProfileId, Property, Section, SectionId, SsoSession};
pub use session::{Portal, SessionFact, SessionOrigin, SessionState, portal, portals_in, session};
pub use source::Source;
