//! `tokens.toml`: what must be remembered so that a token that changed while Rolecall was closed is asked about, and none
//! twice. Fingerprints under the key of this installation, key IDs with their middle left out, ends; never a token.

use serde::{Deserialize, Serialize};

use crate::notes::Note;

pub(super) const NOTE: Note = Note {
    name: "tokens",
    head: "# What Rolecall remembers of session tokens, to notice new ones: fingerprints made with mask.key, no token.\n\n",
    not_kept: "The answer holds until Rolecall is closed and was not kept",
};

/// Everything in the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TokensFile {
    /// A fingerprint of nothing: another one means another `mask.key`, with which nothing here can be compared.
    pub key: String,
    /// By what they belong to.
    #[serde(rename = "token", skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<KeptToken>,
}

/// What is remembered of one profile or portal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct KeptToken {
    /// The profile's or the portal's name.
    pub name: String,
    /// The portal's file in `sso/cache`; absent for profiles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portal: Option<String>,
    /// Of the token in force.
    pub fingerprint: String,
    /// Of the token in force, the middle left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// When it ends, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<i64>,
    /// Of tokens that the person said Yes to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub yes: Vec<String>,
    /// Of tokens that the person said “Not now” to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub no: Vec<String>,
}
