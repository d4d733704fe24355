//! `key.colon`: `key: value`. The AWS CLI and Go read it, the others don't.

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    edit::Edit,
    profiles::{Home, Oddity},
};

pub(super) const RULE: Rule = Rule {
    name: "key.colon",
    severity: Severity::Warning,
    short: "colon for =",
    why: "The AWS CLI, boto3 and Go read the line. Java and Rust refuse the whole file for it, and JavaScript passes over it.",
    source: "aws-runtime parse.rs, @smithy/core parseIni; recorded from six readers",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for odd in home.odd_lines(Oddity::Colon) {
        let line = odd.place.line + 1;
        let message = format!(
            "Line {line} has a “:” where an “=” belongs, so Java and Rust refuse {}.",
            odd.place.file.name()
        );
        found
            .problem(odd.place, message)
            .about_id(home.profile_of(odd))
            .advice("Write it as key = value.")
            .fix(
                "Write “=”",
                Safety::Choice,
                vec![Edit::Replace {
                    place: odd.place,
                    becomes: " =".into(),
                }],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn a_colon_in_the_place_of_an_equals_sign_is_marked() {
        check_text(
            &RULE,
            r"
[profile a]
region: eu-west-1
#     ^ Line 2 has a “:” where an “=” belongs, so Java and Rust refuse config. [Write “=”]
",
        );
    }

    #[test]
    fn a_colon_in_a_value_or_in_a_key_is_fine() {
        check_text(
            &RULE,
            "[profile a]\nrole_arn = arn:aws:iam::111122223333:role/R\nurl=http://x:1\na:b = c\n",
        );
    }
}
