//! A profile as a row, and how one table of rows becomes the next.

use std::collections::HashMap;

use rolecall_core::{
    profiles::{End, Profile, SessionFact, SessionState, session},
    status::Reason,
};

use crate::{
    snapshot::Snapshot,
    view::{Row, RowChanges, SessionColumn},
    words,
};

impl Snapshot {
    pub(crate) fn row(&self, profile: Profile<'_>) -> Row {
        let (status, reason) = self.status(profile);
        let why = match reason {
            Reason::Problem(index) => Some(self.problems[index].rule.short.to_owned()),
            Reason::StartsFromBroken(source) => {
                Some(format!("{} is broken", self.home().profile(source).name()))
            }
            Reason::ChainDoesNotEnd => Some("source missing".to_owned()),
            Reason::SessionEnded(_) | Reason::SignedIn(_) | Reason::Used(_) | Reason::Nothing => {
                None
            }
        };
        Row {
            id: self.id(profile),
            name: profile.name().to_owned(),
            status: status.into(),
            source: profile.source().into(),
            of: words::role(profile).or_else(|| short_key_id(profile)),
            why,
            session: self.session_column(profile),
            pinned: self.is_pinned(profile),
        }
    }

    fn session_column(&self, profile: Profile<'_>) -> SessionColumn {
        if let Some(session) = self.around.sessions.of(profile.name()).next() {
            let at = session.ends_at.as_second();
            return SessionColumn::Ends { at };
        }
        let Some((_, fact)) = self.session(profile) else {
            let never_ends = profile.source() == rolecall_core::profiles::Source::StaticKeys;
            return if never_ends {
                SessionColumn::NoEnd
            } else {
                SessionColumn::Unknown
            };
        };
        match (fact.state, fact.ends_at) {
            (SessionState::Live | SessionState::Ended, Some(at)) => {
                SessionColumn::Ends { at: at.as_second() }
            }
            (SessionState::SignedOut, _) => SessionColumn::SignedOut,
            _ => SessionColumn::Unknown,
        }
    }

    /// The session that a profile hangs from, and the profile that has it: itself, or the base of its chain.
    pub(crate) fn session<'a>(
        &'a self,
        profile: Profile<'a>,
    ) -> Option<(Profile<'a>, SessionFact)> {
        let End::Complete { base } = profile.chain_end() else {
            return None;
        };
        let base = self.home().profile(base);
        session(&self.facts, base).map(|fact| (base, fact))
    }
}

/// Its key ID with its middle left out: `AKIA…7Q2M`. Short ones, such as `test`, as they are.
pub(crate) fn short_key_id(profile: Profile<'_>) -> Option<String> {
    Some(short(&profile.get("aws_access_key_id")?.value))
}

/// A key ID with its middle left out.
pub(crate) fn short(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    if chars.len() <= 10 {
        return id.to_owned();
    }
    let (start, end) = (chars[..4].iter(), chars[chars.len() - 4..].iter());
    start.chain(['…'].iter()).chain(end).collect()
}

/// How the rows of one snapshot become those of another.
pub(crate) fn row_changes(before: Option<&Snapshot>, now: &Snapshot) -> RowChanges {
    let Some(before) = before else {
        return RowChanges {
            changed: now.rows().to_vec(),
            removed: Vec::new(),
        };
    };
    let mut known: HashMap<u32, &Row> = before.rows().iter().map(|row| (row.id, row)).collect();
    let changed = now
        .rows()
        .iter()
        .filter(|row| known.remove(&row.id).is_none_or(|known| known != *row))
        .cloned()
        .collect();
    // In the order of the older table; a hash has none.
    let removed = before
        .rows()
        .iter()
        .map(|row| row.id)
        .filter(|id| known.contains_key(id))
        .collect();
    RowChanges { changed, removed }
}
