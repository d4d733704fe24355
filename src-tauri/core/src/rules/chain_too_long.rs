//! `chain.too_long`: a session that AWS gives to nobody: more than an hour for a role that starts from a role, more than
//! twelve for any.

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    edit::Edit,
    profiles::{Home, Profile, plan::CHAINED_SECONDS},
};

pub(super) const RULE: Rule = Rule {
    name: "chain.too_long",
    severity: Severity::Error,
    short: "too long for AWS",
    why: "AWS refuses to assume the role for that long, so every command that uses it fails.",
    source: "AWS STS API Reference, AssumeRole, DurationSeconds",
    check,
};

const MOST: u32 = 43_200;

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for role in home
        .profiles()
        .filter(|profile| profile.source().assumes_role())
    {
        let Some(duration) = role.get("duration_seconds") else {
            continue;
        };
        let Ok(seconds) = duration.value.parse::<u32>() else {
            continue;
        };
        let most = if starts_from_a_role(role) {
            CHAINED_SECONDS
        } else {
            MOST
        };
        if seconds <= most {
            continue;
        }
        let name = role.name();
        let (message, title) = if most == CHAINED_SECONDS {
            (
                format!(
                    "At most 1 hour is possible for {name}: it is a role that starts from a role."
                ),
                "Use 1 hour",
            )
        } else {
            (
                format!("At most 12 hours are possible for {name}."),
                "Use 12 hours",
            )
        };
        found
            .problem(duration.place, message)
            .about(role)
            .advice(format!("Change duration_seconds to {most} or less."))
            .fix(
                title,
                Safety::Choice,
                vec![Edit::Replace {
                    place: duration.place,
                    becomes: most.to_string(),
                }],
            );
    }
}

/// Its source is a role itself, and not used for keys of its own.
fn starts_from_a_role(role: Profile<'_>) -> bool {
    role.starts_from().is_some_and(|source| {
        source.id != role.id && source.source().assumes_role() && !source.has_own_keys()
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn more_than_an_hour_from_a_role_and_more_than_twelve_from_anything_are_marked() {
        check_text(
            &RULE,
            r"
[profile a]
role_arn = arn:aws:iam::111122223333:role/A
source_profile = base
duration_seconds = 50000
#                  ^^^^^ At most 12 hours are possible for a. [Use 12 hours]
[profile b]
role_arn = arn:aws:iam::111122223333:role/B
source_profile = a
duration_seconds = 7200
#                  ^^^^ At most 1 hour is possible for b: it is a role that starts from a role. [Use 1 hour]
[profile base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = s
",
        );
    }

    #[test]
    fn as_long_as_aws_gives_and_sources_with_keys_of_their_own_are_fine() {
        check_text(
            &RULE,
            r"
[profile a]
role_arn = arn:aws:iam::111122223333:role/A
source_profile = base
duration_seconds = 43200
[profile base]
role_arn = arn:aws:iam::111122223333:role/B
source_profile = base
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = s
duration_seconds = ten
",
        );
    }
}
