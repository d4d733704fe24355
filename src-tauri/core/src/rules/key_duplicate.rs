//! `key.duplicate`: a key that stands twice in one section. The AWS CLI refuses the whole file; the SDKs take the last.

use std::collections::BTreeMap;

use super::{Facts, Found, Rule, Severity};
use crate::{
    document::Kind,
    profiles::{Home, Place},
};

pub(super) const RULE: Rule = Rule {
    name: "key.duplicate",
    severity: Severity::Error,
    short: "a key twice",
    why: "The AWS CLI and boto3 refuse the whole file, so no profile in it works there. The other SDKs take the last value.",
    source: "Python configparser, DuplicateOptionError, as botocore uses it",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for section in home.sections() {
        let document = home
            .document(section.file)
            .expect("a section's file was read");
        let mut seen: BTreeMap<Vec<u8>, Place> = BTreeMap::new();
        for number in section.lines.clone() {
            let Kind::Property { key, .. } = document.lines()[number as usize].kind else {
                continue;
            };
            let place = Place {
                file: section.file,
                line: number,
                span: key,
            };
            if let Some(first) = seen.insert(document.slice(key).to_ascii_lowercase(), place) {
                let text = document.text(key);
                found
                    .problem(
                        place,
                        format!(
                            "{text} stands twice in [{}], on lines {} and {}.",
                            home.text(section.place),
                            first.line + 1,
                            number + 1
                        ),
                    )
                    .also(first)
                    .about_id(section.profile)
                    .advice(format!(
                        "Keep one of the two {text} lines, or turn the other into a comment."
                    ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn the_second_one_is_marked_whatever_its_case() {
        check_text(
            &RULE,
            r"
[profile a]
region = eu-west-1
Region = eu-north-1
#^^^^^ Region stands twice in [profile a], on lines 2 and 3.
",
        );
    }

    #[test]
    fn the_same_key_in_another_section_or_block_is_fine() {
        check_text(
            &RULE,
            "[profile a]\nregion = x\ns3 =\n  region = z\n[profile b]\nregion = y\n",
        );
    }
}
