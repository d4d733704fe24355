//! `section.duplicate`: one name in two headers of one file. Spelled alike, the AWS CLI refuses the whole file. Spelled
//! differently (`[default]` and `[profile default]`, two blanks), tools take one of the two, and not all the same one.

use std::collections::BTreeMap;

use super::{Facts, Found, Rule, Severity};
use crate::{
    dialect::canonical::{Header, header},
    profiles::{Home, Section},
};

pub(super) const RULE: Rule = Rule {
    name: "section.duplicate",
    severity: Severity::Error,
    short: "section twice",
    why: "Some tools merge the two, others refuse the whole file, so no profile in it works there.",
    source: "Python configparser, DuplicateSectionError, as botocore uses it; recorded from six readers",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let mut by_name: BTreeMap<(crate::profiles::File, String), Vec<&Section>> = BTreeMap::new();
    for section in home.sections() {
        let text = home.text(section.place);
        let name = match header(section.file, &text) {
            Header::Profile(name) => format!("profile {name}"),
            Header::SsoSession(name) => format!("sso-session {name}"),
            Header::Services(name) => format!("services {name}"),
            Header::Other => text.into_owned(),
        };
        by_name
            .entry((section.file, name))
            .or_default()
            .push(section);
    }
    for ((file, name), sections) in by_name
        .into_iter()
        .filter(|(_, sections)| sections.len() > 1)
    {
        let name = name.strip_prefix("profile ").unwrap_or(&name);
        let spelled_alike = sections.iter().enumerate().any(|(at, one)| {
            sections[..at]
                .iter()
                .any(|other| home.slice(one.place) == home.slice(other.place))
        });
        let lines: Vec<_> = sections
            .iter()
            .map(|section| (section.place.line + 1).to_string())
            .collect();
        let (last, first) = lines.split_last().expect("two and more");
        let times = if lines.len() == 2 {
            "twice".into()
        } else {
            format!("{} times", lines.len())
        };
        let mut message = format!(
            "{name} appears {times} in {}, on lines {} and {last}",
            file.name(),
            first.join(", ")
        );
        message += if spelled_alike {
            "; the AWS CLI refuses the whole file."
        } else {
            "; tools use only one of them."
        };
        let problem = found.problem(sections[1].place, message);
        problem.severity(if spelled_alike {
            Severity::Error
        } else {
            Severity::Warning
        });
        problem
            .advice("Move the lines that you want to keep under one header, and remove the other.");
        problem.also(sections[0].place);
        for section in &sections {
            problem.about_id(section.profile);
        }
        for section in &sections[2..] {
            problem.also(section.place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn the_second_header_is_marked() {
        check_text(
            &RULE,
            r"
--- credentials
[staging]
k = v
[other]
[staging]
#^^^^^^^ staging appears twice in credentials, on lines 1 and 4; the AWS CLI refuses the whole file.
",
        );
    }

    #[test]
    fn another_spelling_of_the_same_name_is_a_lesser_problem() {
        check_text(
            &RULE,
            r"
[default]
[profile default]
#^^^^^^^^^^^^^^^ default appears twice in config, on lines 1 and 2; tools use only one of them.
",
        );
    }

    #[test]
    fn the_same_name_in_both_files_or_for_another_kind_is_fine() {
        check_text(
            &RULE,
            "[profile a]\n[sso-session a]\n[services a]\n--- credentials\n[a]\n",
        );
    }
}
