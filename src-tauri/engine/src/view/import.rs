//! What was pasted, as the shells get it: what it is, and which profile it would become. No secret, and no text of the
//! paste but names and key IDs.

use serde::Serialize;

/// What a text was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum PasteForm {
    /// The access portal's Option 2.
    PortalBlock,
    /// Another ini file.
    Ini,
    /// Variables, as shells and programs set them.
    Variables,
    /// The values alone.
    Values,
    /// The .csv file of IAM.
    Csv,
    /// JSON of STS, or of a program like it.
    Json,
    /// An Airflow connection.
    Airflow,
}

/// A text that was recognised. Its secrets stay in the engine, under the ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Pasted {
    /// By which a change names it.
    pub ticket: u32,
    /// What it is.
    pub form: PasteForm,
    /// One for each profile in it; at least one.
    pub offers: Vec<PasteOffer>,
    /// What was repaired or left out, as sentences.
    pub notes: Vec<String>,
}

/// What may become of one profile of a paste.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PasteOffer {
    /// The profile that it would update, or the free name that it would be added under.
    pub name: String,
    /// A profile of that name is there, and these are newer keys of it.
    pub updates: bool,
    /// The key ID, where it brings keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub key_id: Option<String>,
    /// The key ID that the profile has now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub key_id_now: Option<String>,
    /// The account that the keys are for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub account_id: Option<String>,
    /// The role that they are of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub role: Option<String>,
    /// The line of a command that comes with it, secrets masked. It goes in as a comment, since AWS tools would run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub command: Option<String>,
    /// When they end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub ends_at: Option<i64>,
}
