//! A role chain as boxes and arrows, at most sixty boxes: the profile's own hops first, then what starts where it starts.

use std::collections::HashSet;

use rolecall_core::profiles::{End, Profile, ProfileId};

use super::{
    chain::{missing, outside},
    rows::short_key_id,
};
use crate::{
    snapshot::Snapshot,
    view::{Edge, EdgeState, Graph, Node, NodeKind},
    words,
};

/// More boxes than these are not drawn.
const NODES: usize = 60;

/// A graph in the making. Nodes are named by their profile's number, so that none is drawn twice.
pub(super) struct Drawing<'a> {
    snapshot: &'a Snapshot,
    selected: ProfileId,
    graph: Graph,
    drawn: HashSet<String>,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, selected: Profile<'_>) -> Self {
        Self {
            snapshot,
            selected: selected.id,
            graph: Graph::default(),
            drawn: HashSet::new(),
        }
    }

    /// The hops of the selected profile, the base first.
    pub(super) fn chain(&mut self, hops: &[Profile<'a>]) {
        let top = hops[0];
        let last = hops[hops.len() - 1];
        let bad = !matches!(top.chain_end(), End::Complete { .. });
        if let Some(name) = missing(last) {
            self.bare("missing", NodeKind::Missing, name);
            self.edge("missing".into(), key(last), false, EdgeState::Broken);
        } else if let Some(name) = outside(last) {
            self.bare("outside", NodeKind::Outside, name);
            self.edge("outside".into(), key(last), false, EdgeState::Selected);
        }
        let shown = hops.len().min(NODES);
        if hops.len() > shown {
            self.bare("more", NodeKind::More, (hops.len() - shown).to_string());
        }
        for (at, hop) in hops[..shown].iter().enumerate().rev() {
            let itself_again = at > 0 && hop.id == top.id;
            if !itself_again {
                self.profile(*hop, hops.len() > at + 2);
            }
            match hops[..shown].get(at + 1) {
                Some(source) => {
                    self.edge(key(*source), key(*hop), asks_mfa(*hop), EdgeState::Selected);
                }
                None if hops.len() > shown => self.edge(
                    "more".into(),
                    key(*hop),
                    asks_mfa(*hop),
                    EdgeState::Selected,
                ),
                None => {}
            }
        }
        if let (End::Loop { .. }, Some(back)) = (top.chain_end(), last.starts_from()) {
            self.edge(key(back), key(last), asks_mfa(last), EdgeState::Broken);
        }
        if bad && missing(last).is_none() && hops.len() == 1 && self.graph.edges.is_empty() {
            self.bare("missing", NodeKind::Missing, "no source".into());
            self.edge("missing".into(), key(last), false, EdgeState::Broken);
        }
    }

    /// Others that start where the selected one does, nearest to the base first, as many as fit.
    pub(super) fn beside(&mut self, others: &[Profile<'a>], base: Profile<'a>) {
        let mut left_out = 0;
        for other in others {
            let Some(source) = other.starts_from() else {
                continue;
            };
            let source_is_drawn = self.drawn.contains(&key(source));
            if self.drawn.contains(&key(*other)) {
                continue;
            }
            if self.graph.nodes.len() >= NODES - 1 || !source_is_drawn {
                left_out += 1;
                continue;
            }
            self.profile(*other, other.roles() > 1);
            self.edge(key(source), key(*other), asks_mfa(*other), EdgeState::Plain);
        }
        if left_out > 0 {
            self.bare("more", NodeKind::More, left_out.to_string());
            self.edge(key(base), "more".into(), false, EdgeState::Plain);
        }
    }

    fn profile(&mut self, profile: Profile<'a>, from_a_role: bool) {
        if !self.drawn.insert(key(profile)) {
            return;
        }
        let one_hour = from_a_role
            && profile
                .starts_from()
                .is_some_and(|source| source.source().assumes_role() && !source.has_own_keys());
        let ends_at = self
            .snapshot
            .session(profile)
            .filter(|(owner, _)| owner.id == profile.id)
            .and_then(|(_, fact)| fact.ends_at);
        self.graph.nodes.push(Node {
            key: key(profile),
            kind: NodeKind::Profile,
            id: Some(self.snapshot.id(profile)),
            name: profile.name().to_owned(),
            status: Some(self.snapshot.status(profile).0.into()),
            source: Some(profile.source().into()),
            role: words::role(profile),
            account_id: words::account_id(profile),
            key_id: short_key_id(profile),
            ends_at: ends_at.map(jiff::Timestamp::as_second),
            one_hour,
            selected: profile.id == self.selected,
        });
    }

    fn bare(&mut self, key: &str, kind: NodeKind, name: String) {
        self.drawn.insert(key.to_owned());
        self.graph.nodes.push(Node {
            key: key.to_owned(),
            kind,
            id: None,
            name,
            status: None,
            source: None,
            role: None,
            account_id: None,
            key_id: None,
            ends_at: None,
            one_hour: false,
            selected: false,
        });
    }

    fn edge(&mut self, from: String, to: String, mfa: bool, state: EdgeState) {
        self.graph.edges.push(Edge {
            from,
            to,
            mfa,
            state,
        });
    }

    pub(super) fn finish(mut self, sentence: String) -> Graph {
        self.graph.sentence = sentence;
        self.graph
    }
}

fn key(profile: Profile<'_>) -> String {
    format!("p{}", profile.id.0)
}

fn asks_mfa(profile: Profile<'_>) -> bool {
    profile.get("mfa_serial").is_some()
}
