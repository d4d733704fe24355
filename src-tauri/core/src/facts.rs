//! What the world knows, handed in as data, so that rules and statuses stay pure and a test can say what time it is.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{caches::SsoToken, profiles::File};

/// What the world knows, handed in as data.
#[derive(Debug, Default)]
pub struct Facts {
    /// The time.
    pub now: Timestamp,
    /// The permission bits of each file that is there, such as `0o600`; none where the system has no such thing.
    pub modes: BTreeMap<File, u32>,
    /// The token files of `sso/cache` that some profile names, by file name.
    pub sso_tokens: BTreeMap<String, SsoToken>,
    /// The profiles that the person's accounts name, roles too; empty as long as there are no accounts.
    pub account_profiles: Vec<String>,
}
