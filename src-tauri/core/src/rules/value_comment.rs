//! `value.comment`: a comment behind a value. The AWS CLI knows comments only on lines of their own.
//! Not offered: to move it. Its text would have to go through a fix, and a comment may hold what is secret.

use super::{Facts, Found, Rule, Severity};
use crate::{
    document::Kind,
    profiles::{Home, Oddity},
};

pub(super) const RULE: Rule = Rule {
    name: "value.comment",
    severity: Severity::Warning,
    short: "comment in a value",
    why: "To the AWS CLI, boto3, OpenDAL and rust-s3 the comment is a part of the value; the SDKs for JavaScript, Go, Java and Rust cut it off. One of the two is not what you mean.",
    source: "AWS CLI User Guide, “Format of the configuration and credential files”; recorded from six readers",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for odd in home.odd_lines(Oddity::Comment) {
        let line = home
            .document(odd.place.file)
            .map(|document| (document, document.lines()[odd.place.line as usize].kind));
        let Some((document, Kind::Property { key, .. })) = line else {
            continue;
        };
        let key = document.text(key);
        found
            .problem(
                odd.place,
                format!("The AWS CLI and boto3 take the comment behind {key} into its value."),
            )
            .about_id(home.profile_of(odd))
            .advice("Put the comment on a line of its own, above this one.");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn a_comment_behind_a_value_is_marked() {
        check_text(
            &RULE,
            r"
[profile a]
region = eu-west-1 # home
#                 ^^^^^^^ The AWS CLI and boto3 take the comment behind region into its value.
",
        );
    }

    #[test]
    fn marks_inside_a_value_and_comments_on_their_own_lines_are_fine() {
        check_text(
            &RULE,
            "[profile a] # note\n# note\nregion = eu-west-1\nsso_start_url = https://x/start#/\nk = a;b\n",
        );
    }
}
