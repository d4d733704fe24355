//! A role chain for people: as a graph, as a list, in one sentence. The list and the graph have the same content.

use rolecall_core::profiles::{End, Profile, SessionState, Source, arn};

use super::{graph::Drawing, rows::short_key_id};
use crate::{
    snapshot::Snapshot,
    view::{ChainEnd, ChainView, NodeKind, Step},
    words,
};

/// A chain longer than this is cut in its list.
const STEPS: usize = 200;

impl Snapshot {
    /// How one profile gets its keys.
    pub(crate) fn chain_view(&self, profile: Profile<'_>) -> ChainView {
        let hops = profile.hops(STEPS);
        let mut graph = Drawing::new(self, profile);
        graph.chain(&hops);
        self.chain_of(profile, &hops, graph, self.chain_sentence(profile, &hops))
    }

    fn chain_of(
        &self,
        profile: Profile<'_>,
        hops: &[Profile<'_>],
        graph: Drawing<'_>,
        sentence: String,
    ) -> ChainView {
        ChainView {
            end: end(profile),
            steps: self.steps(profile, hops),
            graph: graph.finish(sentence.clone()),
            sentence,
        }
    }

    /// The chain of a profile, with all that starts where it starts.
    ///
    /// # Errors
    /// `notFound` when the profile is gone.
    pub fn chains(&self, id: u32) -> Result<ChainView, crate::Failure> {
        let profile = self.profile(id)?;
        let hops = profile.hops(STEPS);
        let mut graph = Drawing::new(self, profile);
        graph.chain(&hops);
        let mut sentence = self.chain_sentence(profile, &hops);
        if let End::Complete { base } = profile.chain_end() {
            let others = self
                .by_name
                .iter()
                .map(|id| self.home().profile(*id))
                .filter(|other| {
                    other.source() == Source::AssumeRole
                        && other.chain_end() == End::Complete { base }
                        && other.id != base
                });
            let mut others: Vec<_> = others.collect();
            others.sort_by_key(|other| other.roles());
            graph.beside(&others, self.home().profile(base));
            let count = others.len();
            let name = self.home().profile(base).name();
            sentence = match count {
                0 => sentence,
                1 => format!("1 profile gets its keys from {name}."),
                count => format!("{count} profiles get their keys from {name}."),
            };
        }
        Ok(self.chain_of(profile, &hops, graph, sentence))
    }

    /// `acme → acme-dev → Deploy`, or what is missing.
    pub(crate) fn path_line(&self, profile: Profile<'_>) -> String {
        const SHOWN: usize = 5;
        let hops = profile.hops(SHOWN);
        match profile.chain_end() {
            End::Loop { .. } | End::Missing { .. } => self
                .chain_sentence(profile, &hops)
                .trim_end_matches('.')
                .to_owned(),
            End::Complete { .. } => {
                let cut = if hops.len() == SHOWN { "… → " } else { "" };
                let mut names: Vec<String> = hops[1..]
                    .iter()
                    .rev()
                    .map(|hop| hop.name().to_owned())
                    .collect();
                names.extend(outside(profile));
                names.push(words::role(profile).unwrap_or_else(|| profile.name().to_owned()));
                format!("{cut}{}", names.join(" → "))
            }
        }
    }

    fn chain_sentence(&self, profile: Profile<'_>, hops: &[Profile<'_>]) -> String {
        match profile.chain_end() {
            End::Loop { .. } => {
                let last = hops.last().expect("a chain has its profile");
                let back = last
                    .get("source_profile")
                    .map_or_else(String::new, |source| source.value.into_owned());
                let names: Vec<_> = hops
                    .iter()
                    .map(|hop| hop.name())
                    .chain([back.as_str()])
                    .collect();
                format!("{} goes in a circle.", names.join(" → "))
            }
            End::Missing { last } => {
                let last = self.home().profile(last);
                match missing(last) {
                    Some(name) => format!("Source profile “{name}” is missing."),
                    None if last.source() == Source::AssumeRole => {
                        format!("{} names a role and no source.", last.name())
                    }
                    None => format!("{} has no keys.", last.name()),
                }
            }
            End::Complete { base } => {
                let base = self.home().profile(base);
                match profile.roles() {
                    0 => format!("{}.", capital(&self.base_text(base))),
                    1 => format!(
                        "One role, from {}.",
                        outside(base).as_deref().unwrap_or(base.name())
                    ),
                    roles => format!(
                        "{roles} roles in a row, from {}.",
                        outside(base).as_deref().unwrap_or(base.name())
                    ),
                }
            }
        }
    }

    /// From where the keys come from to the profile.
    fn steps(&self, profile: Profile<'_>, hops: &[Profile<'_>]) -> Vec<Step> {
        let mut steps = Vec::with_capacity(hops.len() + 1);
        let last = *hops.last().expect("a chain has its profile");
        let bare = |kind, name: String, text: &str| Step {
            kind,
            id: None,
            name,
            text: text.into(),
            status: None,
            place: None,
        };
        match profile.chain_end() {
            End::Missing { .. } => steps
                .extend(missing(last).map(|name| bare(NodeKind::Missing, name, "does not exist"))),
            End::Loop { .. } => steps.extend(last.starts_from().map(|back| Step {
                id: Some(self.id(back)),
                status: Some(self.status(back).0.into()),
                ..bare(
                    NodeKind::Profile,
                    back.name().to_owned(),
                    "where the circle starts again",
                )
            })),
            End::Complete { .. } => {
                steps.extend(
                    outside(last)
                        .map(|name| bare(NodeKind::Outside, name, "keys from outside the files")),
                );
            }
        }
        let mut role_before = false;
        for (at, hop) in hops.iter().rev().enumerate() {
            let as_base = at == 0 && hops.len() > 1;
            let is_role = !(as_base && hop.has_own_keys()) && hop.source().assumes_role();
            let text = if is_role {
                role_text(*hop, role_before)
            } else {
                self.base_text(*hop)
            };
            let property = if is_role { hop.get("role_arn") } else { None };
            steps.push(Step {
                kind: NodeKind::Profile,
                id: Some(self.id(*hop)),
                name: hop.name().to_owned(),
                text,
                status: Some(self.status(*hop).0.into()),
                place: Some(Self::place(
                    property.map_or(hop.place(), |property| property.place),
                )),
            });
            role_before |= is_role;
        }
        steps
    }

    /// What a profile that is no role gives.
    fn base_text(&self, base: Profile<'_>) -> String {
        let key_id = short_key_id(base).unwrap_or_default();
        match base.source() {
            _ if base.has_own_keys() && base.source().assumes_role() => {
                format!("its own keys, {key_id}")
            }
            Source::StaticKeys => format!("keys that never end, {key_id}"),
            Source::SessionKeys => format!("keys of a session, {key_id}"),
            Source::Sso => {
                let name = base.portal().map_or_else(
                    || "its portal".to_owned(),
                    |portal| format!("the portal {}", portal.name),
                );
                let state = match self.session(base).map(|(_, fact)| fact.state) {
                    Some(SessionState::Live) => ", signed in",
                    Some(SessionState::Ended) => ", whose sign-in has ended",
                    Some(SessionState::SignedOut) => ", nobody is signed in",
                    Some(SessionState::Unreadable) => ", whose sign-in can't be read",
                    Some(SessionState::Unknown) | None => "",
                };
                match words::role(base) {
                    Some(role) => format!("{role} from {name}{state}"),
                    None => format!("{name}{state}"),
                }
            }
            Source::Process => "keys that a program prints".into(),
            Source::Login => "a console sign-in".into(),
            Source::WebIdentity => format!("{}, with a token file", role_text(base, false)),
            Source::None => {
                "no keys in the files; tools look in variables and on the machine".into()
            }
            Source::AssumeRole | Source::CredentialSource => role_text(base, false),
        }
    }
}

fn end(profile: Profile<'_>) -> ChainEnd {
    match profile.chain_end() {
        End::Complete { .. } => ChainEnd::Complete,
        End::Loop { .. } => ChainEnd::Loop,
        End::Missing { .. } => ChainEnd::Missing,
    }
}

/// The source that a profile names and no file has.
pub(super) fn missing(last: Profile<'_>) -> Option<String> {
    let named = last.source() == Source::AssumeRole && last.starts_from().is_none();
    last.get("source_profile")
        .filter(|_| named)
        .map(|source| source.value.into_owned())
}

/// What a role outside the files starts from.
pub(super) fn outside(profile: Profile<'_>) -> Option<String> {
    if profile.source() != Source::CredentialSource {
        return None;
    }
    let source = profile.get("credential_source")?.value.into_owned();
    Some(match source.to_ascii_lowercase().as_str() {
        "ec2instancemetadata" => "EC2 instance".into(),
        "ecscontainer" => "ECS container".into(),
        "environment" => "environment variables".into(),
        _ => source,
    })
}

fn role_text(profile: Profile<'_>, after_a_role: bool) -> String {
    let role = words::role(profile).unwrap_or_default();
    let arn = profile.get("role_arn");
    let mut text = format!("role/{role}");
    if let Some(account) = arn.as_ref().and_then(|arn| arn::account_id(&arn.value)) {
        text.extend([
            " in ",
            &account[..4],
            " ",
            &account[4..8],
            " ",
            &account[8..],
        ]);
    }
    if profile.get("mfa_serial").is_some() {
        text += ", asks for an MFA code";
    }
    if after_a_role {
        text += ", at most 1 hour because it is a role from a role";
    }
    text
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
