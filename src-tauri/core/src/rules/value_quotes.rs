//! `value.quotes`: a value in quotes. Only Go and rust-ini take them off.

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    document::{Kind, Span},
    edit::Edit,
    profiles::{Home, Oddity, Place},
};

pub(super) const RULE: Rule = Rule {
    name: "value.quotes",
    severity: Severity::Warning,
    short: "value in quotes",
    why: "Go, OpenDAL and rust-s3 take the quotes off; to the AWS CLI, boto3, JavaScript, Java and Rust they are a part of the value.",
    source: "aws-sdk-go-v2 internal/ini; recorded from six readers",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for odd in home.odd_lines(Oddity::Quotes) {
        let Some(document) = home.document(odd.place.file) else {
            continue;
        };
        let Kind::Property { key, .. } = document.lines()[odd.place.line as usize].kind else {
            continue;
        };
        let value = document.slice(odd.place.span);
        // One quote alone is told by what it does: Go ends there (`portability.refused`).
        let [quote, inner @ .., _] = value else {
            continue;
        };
        let key = document.text(key);
        // A program in quotes is run by all. Of `"one" "other"` Go leaves `one" "other`.
        if key.eq_ignore_ascii_case("credential_process") && !inner.contains(quote) {
            continue;
        }
        let problem = found.problem(
            odd.place,
            format!("Go takes the quotes around {key} off; the AWS CLI, JavaScript, Java and Rust keep them in the value."),
        );
        problem.about_id(home.profile_of(odd));
        if inner.contains(quote) {
            problem.advice("Write the line so that it does not begin and end with a quote.");
            continue;
        }
        problem
            .advice("Remove the quotes. A value may have blanks without them.")
            .fix(
                "Remove the quotes",
                Safety::Choice,
                vec![
                    nothing_at(odd.place, odd.place.span.start),
                    nothing_at(odd.place, odd.place.span.end - 1),
                ],
            );
    }
}

/// The quote there goes.
fn nothing_at(place: Place, start: u32) -> Edit {
    Edit::Replace {
        place: Place {
            span: Span {
                start,
                end: start + 1,
            },
            ..place
        },
        becomes: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn quotes_around_a_value_are_marked() {
        check_text(
            &RULE,
            r#"
[profile a]
region = "eu-west-1"
#        ^^^^^^^^^^^ Go takes the quotes around region off; the AWS CLI, JavaScript, Java and Rust keep them in the value. [Remove the quotes]
credential_process = "/opt/my tool" "acme"
#                    ^^^^^^^^^^^^^^^^^^^^^ Go takes the quotes around credential_process off; the AWS CLI, JavaScript, Java and Rust keep them in the value.
"#,
        );
    }

    #[test]
    fn a_program_in_quotes_and_quotes_inside_are_fine() {
        check_text(
            &RULE,
            "[profile a]\ncredential_process = \"/opt/my tool\"\nk = say \"x\"\nl = \"x\" y\nm = it's\n",
        );
    }
}
