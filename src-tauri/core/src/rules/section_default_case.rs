//! `section.default_case`: `[DEFAULT]`. The parser of the AWS CLI puts what stands below it into every section.
//! Not here: `[Default]` in config, which is no profile for anybody (`section.wrong_prefix`).

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    edit::Edit,
    profiles::{Home, Oddity, SectionId},
};

pub(super) const RULE: Rule = Rule {
    name: "section.default_case",
    severity: Severity::Warning,
    short: "DEFAULT in capitals",
    why: "To the AWS CLI and boto3 the keys below [DEFAULT] belong to every profile of the file that doesn't set them itself; to the SDKs they don't.",
    source: "Python configparser, “default_section”; recorded from six readers",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for odd in home.odd_lines(Oddity::Header) {
        if home.slice(odd.place) != b"DEFAULT" {
            continue;
        }
        let file = odd.place.file.name();
        let problem = found.problem(
            odd.place,
            format!("The AWS CLI and boto3 put what stands below [DEFAULT] into every profile of {file}."),
        );
        problem
            .about_id(home.profile_of(odd))
            .advice("Write [default] in small letters.")
            .fix(
                "Rename to [default]",
                Safety::Choice,
                vec![Edit::Replace {
                    place: odd.place,
                    becomes: "default".into(),
                }],
            );
        if odd.section.is_some_and(|section| gives_keys(home, section)) {
            problem.severity(Severity::Error);
        }
    }
}

/// Profiles that have no keys would sign with these.
fn gives_keys(home: &Home, section: SectionId) -> bool {
    home.properties(section).any(|property| {
        matches!(
            &*property.key,
            "aws_access_key_id" | "role_arn" | "credential_process"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn default_in_capitals_is_marked() {
        check_text(
            &RULE,
            r"
[DEFAULT]
#^^^^^^^ The AWS CLI and boto3 put what stands below [DEFAULT] into every profile of config. [Rename to [default]]
region = eu-west-1
",
        );
    }

    #[test]
    fn default_as_it_should_be_and_other_names_are_fine() {
        check_text(
            &RULE,
            "[default]\n[profile DEFAULT]\n--- credentials\n[default]\n[Default]\n",
        );
    }
}
