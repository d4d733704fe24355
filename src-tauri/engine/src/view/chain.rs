//! A role chain, once as a graph and once as a list with the same content.

use serde::Serialize;

use super::listing::{Source, Status};
use super::problem::Place;

/// Where a chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum ChainEnd {
    /// At something that gives keys.
    Complete,
    /// Back at one of its own hops.
    Loop,
    /// At a profile that no file has, or at nothing.
    Missing,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum NodeKind {
    /// A profile of the files.
    Profile,
    /// A name that no file has.
    Missing,
    /// The environment, an instance, a container: keys from outside the files.
    Outside,
    /// Further profiles that are not drawn; `name` is their number.
    More,
}

/// A box of the graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Unique within the graph.
    pub key: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// The row to open on a click, where it is a profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub id: Option<u32>,
    /// The profile's name, the missing name, or what is outside.
    pub name: String,
    /// Its status, where it is a profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub status: Option<Status>,
    /// Where its keys come from, where it is a profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub source: Option<Source>,
    /// The role's name, without path and ARN.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub role: Option<String>,
    /// The role's, or the portal account's, twelve digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub account_id: Option<String>,
    /// The end of the key ID, such as `AKIA…7Q2M`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub key_id: Option<String>,
    /// When its session ends or ended, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub ends_at: Option<i64>,
    /// A role assumed with the session of a role: AWS gives it one hour at most.
    pub one_hour: bool,
    /// It is the profile that was asked about.
    pub selected: bool,
}

/// How an arrow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum EdgeState {
    /// A step.
    Plain,
    /// A step of the profile that was asked about.
    Selected,
    /// It comes from a missing profile, or closes a loop.
    Broken,
}

/// An arrow: keys flow from `from` to `to`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Edge {
    /// The key of the node that gives the keys.
    pub from: String,
    /// The key of the node that assumes.
    pub to: String,
    /// The step asks for an MFA code.
    pub mfa: bool,
    /// How it is drawn.
    pub state: EdgeState,
}

/// Nodes in reading order, and the arrows between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Graph {
    /// At most 60.
    pub nodes: Vec<Node>,
    /// Between these nodes only.
    pub edges: Vec<Edge>,
    /// What the graph shows, as a sentence for those who don't see it.
    pub sentence: String,
}

/// One line of the list form, from where the keys come from to the profile asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What it stands for.
    pub kind: NodeKind,
    /// The row to open on a click; absent for a missing name or an outside source.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub id: Option<u32>,
    /// The profile, the missing name, or what is outside.
    pub name: String,
    /// What happens there: `role/Deploy in 1234 5678 9012, at most 1 hour because it is a role from a role`.
    pub text: String,
    /// Its status, where it is a profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub status: Option<Status>,
    /// Where this step is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub place: Option<Place>,
}

/// How a profile gets its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ChainView {
    /// Where it ends.
    pub end: ChainEnd,
    /// As a graph.
    pub graph: Graph,
    /// As a list; same content.
    pub steps: Vec<Step>,
    /// In one sentence, such as `loop-a → loop-b → loop-a goes in a circle.`
    pub sentence: String,
}
