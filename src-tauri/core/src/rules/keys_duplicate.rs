//! `keys.duplicate`: profiles that use one access key. Told once per key, about all of them; the secret is never
//! compared, the key ID is enough.

use std::{borrow::Cow, collections::BTreeMap};

use hashbrown::hash_map::{Entry, HashMap};

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{Home, Profile, ProfileId};

pub(super) const RULE: Rule = Rule {
    name: "keys.duplicate",
    severity: Severity::Warning,
    short: "same keys",
    why: "Replacing the key in one place leaves the old one in the other, and tools that use that profile stop working without a clear reason.",
    source: "AWS IAM User Guide, “Manage access keys for IAM users”, rotation",
    check,
};

/// Shorter ones are dummies, such as `test` for LocalStack (AWS: 16 to 128 characters).
const REAL: usize = 16;

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    // Nearly all are different, so the few that are not are found before anything is put in order.
    let mut seen: HashMap<Cow<'_, str>, ProfileId> = HashMap::new();
    let mut by_id: BTreeMap<Cow<'_, str>, Vec<Profile<'_>>> = BTreeMap::new();
    for profile in home.profiles() {
        let id = profile.value("aws_access_key_id");
        let Some(id) = id.filter(|id| id.len() >= REAL) else {
            continue;
        };
        match seen.entry(id) {
            Entry::Vacant(new) => {
                new.insert(profile.id);
            }
            Entry::Occupied(first) => {
                let users = by_id.entry(first.key().clone());
                let users = users.or_insert_with(|| vec![home.profile(*first.get())]);
                users.push(profile);
            }
        }
    }
    for users in by_id.into_values() {
        let names: Vec<_> = users.iter().map(|profile| profile.name()).collect();
        let message = match names.len() - 2 {
            0 => format!("{} and {} use the same keys.", names[0], names[1]),
            more => format!(
                "{}, {} and {more} more use the same keys.",
                names[0], names[1]
            ),
        };
        let places = users
            .iter()
            .filter_map(|profile| profile.get("aws_access_key_id"));
        let places: Vec<_> = places.map(|id| id.place).collect();
        let problem = found.problem(places[0], message);
        problem.advice(format!(
            "Keep {} and let the others start from it, or give each its own key.",
            names[0]
        ));
        problem.about_all(&users);
        problem.places.extend(&places[1..]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn twins_over_both_files_are_one_problem() {
        check_text(
            &RULE,
            r"
--- config
[profile b]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
#                   ^^^^^^^^^^^^^^^^^^^^ b and a use the same keys.
--- credentials
[a]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
[c]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
",
        );
    }

    #[test]
    fn dummies_and_one_profile_in_two_files_are_fine() {
        check_text(
            &RULE,
            r"
--- config
[profile a]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
--- credentials
[a]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
[local]
aws_access_key_id = test
[local2]
aws_access_key_id = test
",
        );
    }
}
