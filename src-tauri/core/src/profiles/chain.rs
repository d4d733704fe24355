//! Role chains: from a profile, over `source_profile`, to where the keys come from. Each profile has at most one
//! source, so all chains are found in one walk over all profiles, however long they are; nothing here recurses.
//! The rules are the AWS CLI's (botocore `credentials.py`, `AssumeRoleProvider`); the recorded answers of real SDKs are
//! held against them in `tests/conformance`.

use std::collections::HashSet;

use super::{Home, Profile, ProfileId, Source};

/// Where a chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// At this profile, which gives keys: it has them, or a portal, a program, a token file, the machine gives them.
    Complete {
        /// The last hop.
        base: ProfileId,
    },
    /// Back at one of its own hops.
    Loop {
        /// A hop of the circle, the same one for every chain that runs into it.
        entry: ProfileId,
    },
    /// At a profile whose source does not exist, or gives no keys.
    Missing {
        /// The last hop that exists.
        last: ProfileId,
    },
}

/// The chains of a home, walked once.
#[derive(Debug, Default)]
pub(super) struct Chains {
    /// For each profile, the one that it names as its source, where it assumes a role with the keys of that.
    sources: Vec<Option<ProfileId>>,
    /// For each profile, where the chain ends that starts at it when it is a *source*.
    ends: Vec<End>,
    /// For each profile, how many roles are assumed behind it when it is a source.
    depths: Vec<u32>,
}

impl Chains {
    /// Walks all profiles once.
    pub(super) fn of(home: &Home) -> Self {
        let count = home.profiles().len();
        let sources: Vec<_> = home.profiles().map(named_source).collect();
        let mut ends: Vec<Option<End>> = vec![None; count];
        let mut depths = vec![0; count];
        let mut seen_in_walk = vec![u32::MAX; count];
        let mut path = Vec::new();
        for start in home.profiles() {
            path.clear();
            let mut at = start;
            let end = loop {
                if let Some(end) = ends[at.id.0 as usize] {
                    break end;
                }
                if seen_in_walk[at.id.0 as usize] == start.id.0 {
                    break End::Loop {
                        entry: circle_entry(&path, at.id),
                    };
                }
                seen_in_walk[at.id.0 as usize] = start.id.0;
                path.push(at.id);
                match from(&sources, at, Role::Source) {
                    From::Itself => break End::Complete { base: at.id },
                    From::Nothing => break End::Missing { last: at.id },
                    From::Profile(next) => at = next,
                }
            };
            let stops_here = path.last() == Some(&at.id);
            let own_role = u32::from(
                at.source().assumes_role()
                    && !at.has_own_keys()
                    && !matches!(end, End::Loop { .. }),
            );
            let first_depth = if stops_here {
                own_role
            } else {
                depths[at.id.0 as usize] + 1
            };
            for (id, depth) in path.iter().rev().zip(first_depth..) {
                ends[id.0 as usize] = Some(end);
                depths[id.0 as usize] = depth;
            }
        }
        let ends = ends
            .into_iter()
            .map(|end| end.expect("every profile was walked"))
            .collect();
        Self {
            sources,
            ends,
            depths,
        }
    }
}

impl<'a> Profile<'a> {
    /// Where the chain ends, when a person uses this profile.
    pub fn chain_end(self) -> End {
        match self.step(Role::Top) {
            From::Itself => End::Complete { base: self.id },
            From::Nothing => End::Missing { last: self.id },
            From::Profile(next) => match self.home.chains().ends[next.id.0 as usize] {
                // A profile with keys of its own ends a chain, but not the one that starts at it: a -> b -> a is a
                // circle for the AWS CLI even when a has keys. Only a -> a is not.
                End::Complete { base } if base == self.id && next.id != self.id => {
                    End::Loop { entry: self.id }
                }
                end => end,
            },
        }
    }

    /// How many roles are assumed for it, its own included.
    pub fn roles(self) -> u32 {
        match self.step(Role::Top) {
            From::Itself | From::Nothing => u32::from(self.source().assumes_role()),
            From::Profile(next) => self.home.chains().depths[next.id.0 as usize] + 1,
        }
    }

    /// Its hops, itself first, the base last, at most `limit`.
    pub fn hops(self, limit: usize) -> Vec<Profile<'a>> {
        let mut hops = vec![self];
        let mut seen = HashSet::from([self.id]);
        let mut step = self.step(Role::Top);
        while let From::Profile(next) = step {
            let itself_as_base = hops.len() == 1 && next.id == self.id && next.has_own_keys();
            if hops.len() >= limit || !(seen.insert(next.id) || itself_as_base) {
                break;
            }
            hops.push(next);
            step = next.step(Role::Source);
        }
        hops
    }

    /// The profile that it starts from, one hop away.
    pub fn starts_from(self) -> Option<Profile<'a>> {
        match self.step(Role::Top) {
            From::Profile(next) => Some(next),
            From::Itself | From::Nothing => None,
        }
    }

    fn step(self, role: Role) -> From<'a> {
        from(&self.home.chains().sources, self, role)
    }

    /// It has a key pair, whatever else it names. As a source it is used for them.
    pub fn has_own_keys(self) -> bool {
        self.has("aws_access_key_id") && self.has("aws_secret_access_key")
    }
}

/// A profile that a person uses, or one that another profile starts from: the same properties mean different things.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Top,
    Source,
}

enum From<'a> {
    /// The profile gives keys.
    Itself,
    /// Another profile does.
    Profile(Profile<'a>),
    /// Nobody does.
    Nothing,
}

/// The profile whose keys its role is assumed with.
fn named_source(profile: Profile<'_>) -> Option<ProfileId> {
    if profile.source() != Source::AssumeRole || profile.has("credential_source") {
        return None;
    }
    let name = profile.value("source_profile")?;
    let source = profile.home.named_profile(&name)?;
    Some(source.id)
}

/// One step of the walk. A *source* with static keys is used for them even when it names a role too (all SDKs).
fn from<'a>(sources: &[Option<ProfileId>], profile: Profile<'a>, role: Role) -> From<'a> {
    if role == Role::Source && profile.has_own_keys() {
        return From::Itself;
    }
    match profile.source() {
        // Used directly, keys may still come from variables or the machine; as a source they may not.
        Source::None if role == Role::Source => From::Nothing,
        Source::AssumeRole => match sources[profile.id.0 as usize] {
            Some(source) => From::Profile(profile.home.profile(source)),
            None => From::Nothing,
        },
        _ => From::Itself,
    }
}

/// Of a circle's hops the one with the smallest number, so that all chains into it agree.
fn circle_entry(path: &[ProfileId], back_at: ProfileId) -> ProfileId {
    let start = path.iter().position(|id| *id == back_at).unwrap_or(0);
    path[start..].iter().copied().min().unwrap_or(back_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/R\nsource_profile =";

    /// The chain of `a` as its hops and its end.
    fn chain(config: &str) -> String {
        let home = Home::read(Some(Document::parse(config.as_bytes().to_vec())), None);
        let profile = home.named_profile("a").expect("profile a");
        let hops: Vec<_> = profile.hops(100).into_iter().map(Profile::name).collect();
        let end = match profile.chain_end() {
            End::Complete { base } => format!("from {}", home.profile(base).name()),
            End::Loop { .. } => "circle".into(),
            End::Missing { last } => format!("nothing behind {}", home.profile(last).name()),
        };
        format!("{}: {end}, {} roles", hops.join(" "), profile.roles())
    }

    fn keys(name: &str) -> String {
        format!("[profile {name}]\naws_access_key_id = A\naws_secret_access_key = s\n")
    }

    #[test]
    fn a_chain_leads_to_the_keys() {
        let text = format!(
            "[profile a]\n{ROLE} b\n[profile b]\n{ROLE} c\n{}",
            keys("c")
        );
        assert_eq!(chain(&text), "a b c: from c, 2 roles");
        assert_eq!(chain(&keys("a")), "a: from a, 0 roles");
    }

    #[test]
    fn a_source_with_keys_ends_the_chain_even_when_it_names_a_role() {
        let text = format!("[profile a]\n{ROLE} b\n{}{ROLE} c\n", keys("b"));
        assert_eq!(chain(&text), "a b: from b, 1 roles");
    }

    #[test]
    fn circles_are_found_and_keys_break_them_where_the_cli_lets_them() {
        assert_eq!(
            chain(&format!("[profile a]\n{ROLE} b\n[profile b]\n{ROLE} a\n")),
            "a b: circle, 2 roles"
        );
        assert_eq!(
            chain(&format!("[profile a]\n{ROLE} a\n")),
            "a: circle, 1 roles"
        );
        assert_eq!(
            chain(&format!("{}{ROLE} a\n", keys("a"))),
            "a a: from a, 1 roles"
        );
        assert_eq!(
            chain(&format!("{}{ROLE} b\n[profile b]\n{ROLE} a\n", keys("a"))),
            "a b: circle, 2 roles"
        );
    }

    #[test]
    fn a_missing_source_is_named_by_the_last_hop_that_exists() {
        assert_eq!(
            chain(&format!("[profile a]\n{ROLE} gone\n")),
            "a: nothing behind a, 1 roles"
        );
        assert_eq!(
            chain(&format!(
                "[profile a]\n{ROLE} b\n[profile b]\n{ROLE} gone\n"
            )),
            "a b: nothing behind b, 2 roles"
        );
        assert_eq!(
            chain(&format!("[profile a]\n{ROLE} b\n[profile b]\nregion = x\n")),
            "a b: nothing behind b, 1 roles"
        );
    }

    #[test]
    fn a_very_long_chain_is_walked_without_recursion() {
        use std::fmt::Write;
        let mut text = String::new();
        for number in 0..100_000 {
            let name = if number == 0 {
                "a".into()
            } else {
                format!("p{number}")
            };
            write!(text, "[profile {name}]\n{ROLE} p{}\n", number + 1)
                .expect("writing to a String");
        }
        text += &keys("p100000");
        let home = Home::read(Some(Document::parse(text.into_bytes())), None);
        assert_eq!(home.named_profile("a").expect("a").roles(), 100_000);
    }
}
