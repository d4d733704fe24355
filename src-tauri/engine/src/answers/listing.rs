//! The order of the rows that answers a question: filtered, sorted, grouped.

use std::collections::HashMap;

use rolecall_core::{
    profiles::{End, Profile, Source},
    status::Status,
};

use crate::{
    filter::Filter,
    snapshot::Snapshot,
    view::{Group, GroupKind, Grouping, Listing, Query, Segment, SessionColumn, Sort, View},
    words,
};

impl Snapshot {
    /// Which rows answer a question, in which order and groups; `recent` are the profiles opened last.
    pub(crate) fn listing(&self, query: &Query, recent: &[String]) -> Listing {
        let filter = Filter::parse(&query.filter);
        let in_view = |profile: &Profile<'_>| match query.view {
            View::Profiles => true,
            View::AssumeRole => profile.source().assumes_role(),
        };
        let in_segment = |profile: &Profile<'_>| match query.segment {
            Segment::All => true,
            Segment::Attention => {
                matches!(self.status(*profile).0, Status::Broken | Status::Warning)
            }
            Segment::InUse => self.used[profile.id.0 as usize].is_some(),
        };
        let all = self
            .by_name
            .iter()
            .map(|id| self.home().profile(*id))
            .filter(in_view);
        let of = all.clone().count();
        let mut profiles: Vec<_> = all
            .filter(in_segment)
            .filter(|p| filter.matches(self, *p))
            .collect();
        self.sort(&mut profiles, query.sort, recent);
        let shown = profiles.len();
        let groups = self.group(profiles, query);
        let count = |count: usize| u32::try_from(count).expect("fewer profiles than lines");
        Listing {
            revision: self.revision,
            groups,
            shown: count(shown),
            of: count(of),
            hint: filter.hint,
        }
    }

    /// The profiles come by name; the sort is stable, so equals stay so.
    fn sort(&self, profiles: &mut [Profile<'_>], sort: Sort, recent: &[String]) {
        match sort {
            Sort::Name => {}
            Sort::Status => profiles.sort_by_key(|profile| self.status(*profile).0),
            Sort::TimeLeft => {
                profiles.sort_by_key(|profile| match self.rows()[profile.id.0 as usize].session {
                    SessionColumn::Ends { at } => (false, at),
                    _ => (true, 0),
                });
            }
            Sort::Recent => {
                let places: HashMap<&str, usize> = recent
                    .iter()
                    .enumerate()
                    .map(|(at, name)| (name.as_str(), at))
                    .collect();
                profiles.sort_by_key(|profile| {
                    places.get(profile.name()).copied().unwrap_or(usize::MAX)
                });
            }
        }
    }

    fn group(&self, profiles: Vec<Profile<'_>>, query: &Query) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut places: HashMap<(u8, Option<String>), usize> = HashMap::new();
        for profile in profiles {
            let (kind, name) = self.group_of(profile, query);
            let at = *places.entry((rank(kind), name.clone())).or_insert_with(|| {
                let lines = (query.view == View::AssumeRole).then(Vec::new);
                groups.push(Group {
                    kind,
                    name,
                    ids: Vec::new(),
                    lines,
                });
                groups.len() - 1
            });
            let group = &mut groups[at];
            group.ids.push(self.id(profile));
            if let Some(lines) = &mut group.lines {
                lines.push(self.path_line(profile));
            }
        }
        let name = |group: &Group| group.name.clone().unwrap_or_default();
        groups.sort_by(|a, b| {
            rank(a.kind)
                .cmp(&rank(b.kind))
                .then_with(|| alphanumeric_sort::compare_str(name(a), name(b)))
        });
        groups
    }

    fn group_of(&self, profile: Profile<'_>, query: &Query) -> (GroupKind, Option<String>) {
        if query.view == View::AssumeRole {
            return self.start_of(profile);
        }
        if self.rows()[profile.id.0 as usize].pinned {
            return (GroupKind::Pinned, None);
        }
        match query.grouping {
            Grouping::None => (GroupKind::All, None),
            Grouping::AwsAccount => match words::account_id(profile) {
                Some(account) => (GroupKind::AwsAccount, Some(account)),
                None => (GroupKind::NoAwsAccount, None),
            },
            Grouping::Source => match profile.source() {
                Source::StaticKeys => (GroupKind::UserKeys, None),
                Source::SessionKeys => (GroupKind::SessionKeys, None),
                Source::None => (GroupKind::NoKeys, None),
                _ => self.start_of(profile),
            },
        }
    }

    /// Where the keys of a profile come from in the end.
    fn start_of(&self, profile: Profile<'_>) -> (GroupKind, Option<String>) {
        let End::Complete { base } = profile.chain_end() else {
            return (GroupKind::CantStart, None);
        };
        let base = self.home().profile(base);
        match base.source() {
            Source::Sso => (
                GroupKind::Portal,
                base.portal().map(|portal| portal.name.to_string()),
            ),
            Source::CredentialSource => (GroupKind::CredentialSource, None),
            _ if base.id != profile.id || profile.source() == Source::AssumeRole => {
                (GroupKind::StartsFrom, Some(base.name().to_owned()))
            }
            Source::WebIdentity => (GroupKind::WebIdentity, None),
            Source::Process => (GroupKind::Process, None),
            Source::Login => (GroupKind::Login, None),
            Source::StaticKeys | Source::SessionKeys | Source::AssumeRole | Source::None => {
                (GroupKind::NoKeys, None)
            }
        }
    }
}

/// The order of the groups.
fn rank(kind: GroupKind) -> u8 {
    match kind {
        GroupKind::Pinned => 0,
        GroupKind::CantStart => 1,
        GroupKind::UserKeys => 2,
        GroupKind::SessionKeys => 3,
        GroupKind::Portal => 4,
        GroupKind::StartsFrom => 5,
        GroupKind::CredentialSource => 6,
        GroupKind::WebIdentity => 7,
        GroupKind::Process => 8,
        GroupKind::Login => 9,
        GroupKind::NoKeys => 10,
        GroupKind::AwsAccount => 11,
        GroupKind::NoAwsAccount => 12,
        GroupKind::All => 13,
    }
}
