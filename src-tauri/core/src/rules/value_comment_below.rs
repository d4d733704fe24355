//! `value.comment_below`: an indented comment below a value. To Java and Rust it is the value that goes on.

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    document::{Document, Kind},
    edit::Edit,
    profiles::{Home, Oddity, Place},
};

pub(super) const RULE: Rule = Rule {
    name: "value.comment_below",
    severity: Severity::Warning,
    short: "comment in a value",
    why: "Java and Rust know comments only in the first column: an indented one is a part of the value above it.",
    source: "aws-runtime parse.rs, aws-sdk-java-v2 ProfileFileReader; recorded from six readers",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for odd in home.odd_lines(Oddity::IndentedComment) {
        let Some(document) = home.document(odd.place.file) else {
            continue;
        };
        let Some(key) = key_above(document, odd.place) else {
            continue;
        };
        let indent = Place {
            span: crate::document::Span {
                start: document.lines()[odd.place.line as usize].span.start,
                end: odd.place.span.start,
            },
            ..odd.place
        };
        found
            .problem(
                odd.place,
                format!("Java and Rust take the indented comment into the value of {key}."),
            )
            .about_id(home.profile_of(odd))
            .advice("Begin the comment in the first column.")
            .fix(
                "Move it to the first column",
                Safety::Choice,
                vec![Edit::Replace {
                    place: indent,
                    becomes: String::new(),
                }],
            );
    }
}

/// The key whose value goes on here for them: the nearest property above, in the first column and with a value.
fn key_above(document: &Document, comment: Place) -> Option<String> {
    let above = &document.lines()[..comment.line as usize];
    let line = above.iter().rev().find(|line| {
        !matches!(
            line.kind,
            Kind::Blank | Kind::Comment | Kind::Continuation { .. }
        )
    })?;
    match line.kind {
        Kind::Property { key, value, .. } if !value.is_empty() && key.start == line.span.start => {
            Some(document.text(key).into_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn an_indented_comment_below_a_value_is_marked() {
        check_text(
            &RULE,
            r"
[profile a]
region = eu-west-1
  # home
# ^^^^^^ Java and Rust take the indented comment into the value of region. [Move it to the first column]
",
        );
    }

    #[test]
    fn comments_in_the_first_column_and_in_files_that_are_indented_as_a_whole_are_fine() {
        check_text(
            &RULE,
            "# c\n[profile a]\nregion = x\n# c\ns3 =\n  a = b\n# c\n[profile b]\n  # c\n  region = x\n  # c\n",
        );
    }
}
