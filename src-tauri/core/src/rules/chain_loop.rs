//! `chain.loop`: profiles that start from each other. One problem per circle, told at the profile that comes first.
//! Not here: what hangs from a circle without being in it; its status says so.

use std::collections::BTreeMap;

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{End, Home, ProfileId};

pub(super) const RULE: Rule = Rule {
    name: "chain.loop",
    severity: Severity::Error,
    short: "goes in a circle",
    why: "Each waits for the other, so none of them ever gets keys.",
    source: "AWS SDKs and Tools Reference, “Assume role credential provider”, source_profile",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let mut circles: BTreeMap<ProfileId, ProfileId> = BTreeMap::new();
    for role in home.profiles() {
        if let End::Loop { entry } = role.chain_end() {
            circles.entry(entry).or_insert(role.id);
        }
    }
    for entry in circles.into_keys() {
        let entry = home.profile(entry);
        let hops = entry.hops(usize::MAX);
        let source = entry
            .get("source_profile")
            .expect("a profile in a circle names its source");
        let message = match hops.as_slice() {
            [_] => format!("{} starts from itself.", entry.name()),
            [_, other] => format!("{} and {} point at each other.", entry.name(), other.name()),
            more => format!(
                "{} goes in a circle over {} profiles.",
                entry.name(),
                more.len()
            ),
        };
        let problem = found.problem(source.place, message);
        problem.advice("Choose where the circle starts: give one of them keys or a sign-in, or another source_profile.");
        for hop in hops {
            // A profile with keys of its own is a good source even where it can't be used itself.
            if matches!(hop.chain_end(), End::Loop { .. }) {
                problem.about(hop);
            }
            if hop.id != entry.id
                && let Some(source) = hop.get("source_profile")
            {
                problem.also(source.place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/R";

    #[test]
    fn two_that_point_at_each_other_are_one_problem() {
        check_text(
            &RULE,
            &format!(
                r"
[profile loop-a]
{ROLE}
source_profile = loop-b
#                ^^^^^^ loop-a and loop-b point at each other.
[profile loop-b]
{ROLE}
source_profile = loop-a
[profile outside]
{ROLE}
source_profile = loop-a
"
            ),
        );
    }

    #[test]
    fn a_profile_that_starts_from_itself_and_a_longer_circle_are_found() {
        check_text(
            &RULE,
            &format!(
                r"
[profile me]
{ROLE}
source_profile = me
#                ^^ me starts from itself.
[profile x]
{ROLE}
source_profile = y
#                ^ x goes in a circle over 3 profiles.
[profile y]
{ROLE}
source_profile = z
[profile z]
{ROLE}
source_profile = x
"
            ),
        );
    }

    #[test]
    fn keys_of_its_own_break_the_circle() {
        check_text(
            &RULE,
            &format!(
                r"
[profile me]
{ROLE}
source_profile = me
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = x
"
            ),
        );
    }
}
