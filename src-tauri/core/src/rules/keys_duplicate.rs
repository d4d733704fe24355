//! `keys.duplicate`: profiles that use one access key. Told once per key, about all of them; the secret is never
//! compared, the key ID is enough.

use std::collections::BTreeMap;

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{Home, Profile, Property};

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
    let mut by_id: BTreeMap<String, Vec<(Profile<'_>, Property<'_>)>> = BTreeMap::new();
    for profile in home.profiles() {
        if let Some(id) = profile
            .get("aws_access_key_id")
            .filter(|id| id.value.len() >= REAL)
        {
            by_id
                .entry(id.value.clone().into_owned())
                .or_default()
                .push((profile, id));
        }
    }
    for users in by_id.into_values().filter(|users| users.len() > 1) {
        let names: Vec<_> = users.iter().map(|(profile, _)| profile.name()).collect();
        let message = match names.len() - 2 {
            0 => format!("{} and {} use the same keys.", names[0], names[1]),
            more => format!(
                "{}, {} and {more} more use the same keys.",
                names[0], names[1]
            ),
        };
        let (_, first) = &users[0];
        let problem = found.problem(first.place, message);
        problem.advice(format!(
            "Keep {} and let the others start from it, or give each its own key.",
            names[0]
        ));
        let profiles: Vec<_> = users.iter().map(|(profile, _)| *profile).collect();
        problem.about_all(&profiles);
        for (_, id) in &users[1..] {
            problem.also(id.place);
        }
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
