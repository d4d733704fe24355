//! What a person sees of portals: signing in step by step, accounts and roles as they come, profiles made of them. No token
//! is in any of it; the addresses and codes of a sign-in are what the person has to see.

use serde::{Deserialize, Serialize};

use super::wrong::FailureView;

/// What a person has to see while a sign-in goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum LoginStep {
    /// The browser asks; it comes back by itself.
    Browser {
        /// The page.
        url: String,
        /// A browser was opened there.
        opened: bool,
    },
    /// A code is typed or compared.
    Code {
        /// `ABCD-EFGH`.
        code: String,
        /// Where it is typed.
        url: String,
        /// The same page with the code filled in.
        #[serde(rename = "completeUrl")]
        complete_url: String,
        /// Until when it is good.
        #[serde(rename = "endsAt")]
        #[cfg_attr(test, ts(type = "number"))]
        ends_at: i64,
        /// A browser was opened there.
        opened: bool,
        /// Why not the browser alone, as the beginning of a sentence; none where the person wished it so.
        why: Option<String>,
    },
    /// Another Rolecall signs in to this portal already.
    Waiting,
}

/// What a sign-in came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LoginOutcome {
    /// It works.
    SignedIn {
        /// The portal's name.
        portal: String,
        /// Its address.
        start_url: String,
        /// When the token ends.
        #[cfg_attr(test, ts(type = "number"))]
        ends_at: i64,
    },
    /// The person gave up, here or there.
    Cancelled,
}

/// What signing out came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum LogoutOutcome {
    /// The session at the portal has ended.
    SignedOut {
        /// The portal's name.
        portal: String,
    },
    /// Nobody was signed in.
    WasSignedOut {
        /// The portal's name.
        portal: String,
    },
}

/// An account of a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ListedAccountRoles {
    /// Twelve digits.
    pub id: String,
    /// Not every account has one.
    pub name: Option<String>,
    /// Whose it is.
    pub email: Option<String>,
    /// What one may be there.
    pub roles: Vec<String>,
}

/// What came of listing so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ListingProgress {
    /// How many accounts there are, as far as is known.
    pub accounts: u32,
    /// Of how many the roles are known.
    pub listed: u32,
    /// No account is missing in that number.
    pub has_all_accounts: bool,
    /// What is new.
    pub rows: Vec<ListedAccountRoles>,
}

/// The accounts and roles of a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PortalListing {
    /// The portal's name.
    pub portal: String,
    /// When it was listed.
    #[cfg_attr(test, ts(type = "number"))]
    pub listed_at: i64,
    /// Nothing is missing.
    pub complete: bool,
    /// In the portal's order.
    pub accounts: Vec<ListedAccountRoles>,
}

/// Profiles for what a portal gives: which, under which names. What is there already stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenerateRequest {
    /// The portal; the only one where none is named.
    pub portal: Option<String>,
    /// Names with `{account}`, `{id}`, `{role}`, `{email}` and `{portal}` in them.
    pub template: String,
    /// The region of new profiles; they get none where none is named.
    pub region: Option<String>,
    /// Only these accounts, by number or name; all where there are none.
    pub accounts: Vec<String>,
    /// Only these roles; all where there are none.
    pub roles: Vec<String>,
    /// Only these, besides; all where it is not said.
    pub only: Option<Vec<RoleOfAccount>>,
    /// Delete the profiles of this portal whose role is no longer there.
    pub remove_gone: bool,
}

/// One role of one account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleOfAccount {
    /// Twelve digits.
    pub account: String,
    /// The role's name.
    pub role: String,
}

/// What a portal gives, beside the profiles that are there: what the window chooses from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PortalRoles {
    /// The portal's name.
    pub portal: String,
    /// When it was listed. Unix seconds.
    #[cfg_attr(test, ts(type = "number"))]
    pub listed_at: i64,
    /// Nothing is missing.
    pub complete: bool,
    /// In the portal's order.
    pub accounts: Vec<RolesOfAccount>,
    /// Profiles of this portal whose role is no longer given.
    pub gone: Vec<String>,
}

/// An account of a portal, with its roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct RolesOfAccount {
    /// Twelve digits.
    pub id: String,
    /// Not every account has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub name: Option<String>,
    /// What one may be there.
    pub roles: Vec<OfferedRole>,
}

/// A role that a portal gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct OfferedRole {
    /// Its name.
    pub role: String,
    /// The profile that signs in for it, else the name that one would get.
    pub profile: String,
    /// There is no such profile yet.
    pub is_new: bool,
}

/// Whether somebody is signed in to a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum PortalState {
    /// Nobody is.
    SignedOut,
    /// Somebody is.
    SignedIn,
    /// For a few minutes yet, and nobody said “later”.
    EndsSoon,
    /// It has ended.
    Ended,
}

/// A portal as `rolecall sso` and the window name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PortalView {
    /// Its section's name, or the first label of its host.
    pub name: String,
    /// Its address; none where what the files say of it is unfit.
    pub start_url: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// It has a section of its own; else it stands in profiles, in the older form.
    pub has_section: bool,
    /// How many profiles sign in there.
    pub profiles: u32,
    /// Whether somebody is signed in.
    pub state: PortalState,
    /// When its sign-in ends or ended; none where nobody is signed in.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub ends_at: Option<i64>,
    /// Its sign-in is renewed without a person, as long as the portal allows it.
    pub renews: bool,
    /// When its accounts were listed last.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub listed_at: Option<i64>,
    /// What is wrong with it, as a sentence.
    pub unfit: Option<String>,
}

/// `rolecall login --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginDocument {
    /// The portal's name.
    pub portal: String,
    /// Its address.
    pub start_url: String,
    /// When the sign-in ends, RFC 3339 UTC.
    pub ends_at: String,
    /// What else AWS tools would use in place of this sign-in, as sentences.
    pub shadowed: Vec<String>,
}

/// `rolecall logout --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogoutDocument {
    /// The portal's name.
    pub portal: String,
    /// Somebody was signed in before.
    pub was_signed_in: bool,
}

/// `rolecall sso list --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListingDocument {
    /// The portal's name.
    pub portal: String,
    /// When it was listed, RFC 3339 UTC.
    pub listed_at: String,
    /// Nothing is missing.
    pub complete: bool,
    /// In the portal's order.
    pub accounts: Vec<ListedAccountRoles>,
}

/// `rolecall sso --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PortalsDocument {
    /// Those with a section first.
    pub portals: Vec<PortalLine>,
    /// Each file that could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<FailureView>,
}

/// A portal of `rolecall sso --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PortalLine {
    /// Its section's name, or the first label of its host.
    pub name: String,
    /// Its address.
    pub start_url: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// How many profiles sign in there.
    pub profiles: u32,
    /// Somebody is signed in.
    pub signed_in: bool,
    /// When the sign-in ends or ended, RFC 3339 UTC.
    pub ends_at: Option<String>,
    /// What is wrong with it, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unfit: Option<String>,
}
