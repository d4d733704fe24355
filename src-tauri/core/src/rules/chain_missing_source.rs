//! `chain.missing_source`: a role starts from a profile that no file has, from one without keys, or from nothing.
//! The SDKs say so only when a command runs; we say so while the file is open.
//! Not here: profiles that lead back to themselves (`chain_loop.rs`).

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    edit::Edit,
    profiles::{Home, Profile, Source},
};

pub(super) const RULE: Rule = Rule {
    name: "chain.missing_source",
    severity: Severity::Error,
    short: "source missing",
    why: "Nothing can give the keys to assume this role with, so every command that uses it fails.",
    source: "AWS SDKs and Tools Reference, “Assume role credential provider”, source_profile",
    check,
};

/// A near name is looked for this often: looking is dear, and whoever misses more names has another problem.
const SUGGESTED: u32 = 100;

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let mut looked_for = 0;
    for role in home
        .profiles()
        .filter(|profile| profile.source() == Source::AssumeRole)
    {
        if role.starts_from().is_some_and(|base| !gives_nothing(base)) {
            continue;
        }
        let name = role.name();
        match (role.get("source_profile"), role.get("credential_source")) {
            (None, _) => {
                let arn = role
                    .get("role_arn")
                    .expect("an assume-role profile has role_arn");
                found.problem(arn.place, format!("{name} has nothing to start from: it names a role and no source."))
                    .about(role)
                    .advice("Add source_profile with the profile that may assume this role, or credential_source.");
            }
            (Some(_), Some(other)) => {
                found.problem(other.place, format!("{name} names both source_profile and credential_source, and tools take neither."))
                    .about(role)
                    .advice("Keep the one that the role should start from, and remove the other line.");
            }
            (Some(source), None) => {
                match home.named_profile(&source.value) {
                    None => {
                        let closest = (looked_for < SUGGESTED)
                            .then(|| home.closest_to(&source.value))
                            .flatten();
                        looked_for += 1;
                        let message = format!(
                            "{name} has nothing to start from: there is no profile “{}”.",
                            source.value
                        );
                        let problem = found.problem(source.place, message);
                        problem.about(role);
                        match closest {
                            Some(closest) => {
                                let becomes = Edit::Replace {
                                    place: source.place,
                                    becomes: closest.name().into(),
                                };
                                problem
                                    .advice(format!(
                                        "Change source_profile to {}, or add the profile {}.",
                                        closest.name(),
                                        source.value
                                    ))
                                    .fix(
                                        format!("Change to {}", closest.name()),
                                        Safety::Choice,
                                        vec![becomes],
                                    );
                            }
                            None => {
                                problem.advice(format!(
                                    "Add the profile {}, or name one that exists.",
                                    source.value
                                ));
                            }
                        }
                    }
                    Some(base) if gives_nothing(base) => {
                        found.problem(source.place, format!("{name} has nothing to start from: {} has no keys.", base.name()))
                        .about(role)
                        .advice(format!("Give {} keys or a sign-in, or name another profile as source_profile.", base.name()));
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

fn gives_nothing(base: Profile<'_>) -> bool {
    base.source() == Source::None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn a_source_that_no_file_has_is_marked_and_the_closest_name_offered() {
        check_text(
            &RULE,
            r"
[profile acme-dev]
sso_session = acme
[profile reporting-role]
role_arn = arn:aws:iam::111122223333:role/Reports
source_profile = acme-deev
#                ^^^^^^^^^ reporting-role has nothing to start from: there is no profile “acme-deev”. [Change to acme-dev]
",
        );
    }

    #[test]
    fn a_role_without_any_source_and_one_with_a_source_without_keys_are_marked() {
        check_text(
            &RULE,
            r"
[profile a]
role_arn = arn:aws:iam::111122223333:role/R
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a has nothing to start from: it names a role and no source.
[profile b]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = empty
#                ^^^^^ b has nothing to start from: empty has no keys.
[profile empty]
region = eu-west-1
",
        );
    }

    #[test]
    fn sources_in_the_other_file_and_sources_outside_the_files_are_fine() {
        check_text(
            &RULE,
            r"
[profile a]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = base
[profile b]
role_arn = arn:aws:iam::111122223333:role/R
credential_source = Ec2InstanceMetadata
--- credentials
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = x
",
        );
    }
}
