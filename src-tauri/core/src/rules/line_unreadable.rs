//! `line.unreadable`: a line that is no header, no property and goes on from none. The AWS CLI and boto3 refuse the
//! whole file for it; JavaScript and Go read on, and below a broken header they put keys into the profile above.

use super::{Facts, Found, Rule, Severity};
use crate::{
    document::{Encoding, Kind},
    profiles::{File, Home, Place},
};

pub(super) const RULE: Rule = Rule {
    name: "line.unreadable",
    severity: Severity::Error,
    short: "unreadable line",
    why: "The AWS CLI, boto3, Java and Rust refuse the whole file. JavaScript and Go skip the line; below a broken header they give the keys to the profile above.",
    source: "Python configparser, ParsingError and MissingSectionHeaderError; recorded from six readers",
    check,
};

/// More than these in one file are told as one.
const LINES: usize = 20;

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for file in File::BOTH {
        let Some(document) = home.document(file) else {
            continue;
        };
        let is_text = !matches!(document.encoding(), Encoding::Utf16 | Encoding::Binary);
        if !is_text || document.tally().unreadable == 0 {
            continue;
        }
        let mut in_section = false;
        let mut bad = Vec::new();
        for (number, line) in (0u32..).zip(document.lines()) {
            let what = match line.kind {
                Kind::Section { name, closed } => {
                    in_section = true;
                    match (closed, name.is_empty()) {
                        (false, _) => "opens a section and has no “]”",
                        (true, true) => "is a section without a name",
                        (true, false) => continue,
                    }
                }
                Kind::Junk => "can't be read",
                Kind::Property { .. } if !in_section => "stands before the first section",
                _ => continue,
            };
            bad.push((
                Place {
                    file,
                    line: number,
                    span: line.span,
                },
                what,
            ));
        }
        for (place, what) in bad.iter().take(LINES) {
            let section = home
                .sections()
                .iter()
                .rev()
                .find(|s| s.file == file && s.place.line <= place.line);
            found
                .problem(
                    *place,
                    format!(
                        "Line {} {what}, so AWS tools refuse {}.",
                        place.line + 1,
                        file.name()
                    ),
                )
                .about_id(section.and_then(|section| section.profile))
                .advice(match *what {
                    "opens a section and has no “]”" => {
                        "Add the missing “]” at the end of the line."
                    }
                    "is a section without a name" => "Give the section a name, or remove it.",
                    "stands before the first section" => {
                        "Move the line below the header of its profile."
                    }
                    _ => "Write it as key = value, or put a # in front to make it a comment.",
                });
        }
        if let Some((place, _)) = bad.get(LINES) {
            found
                .problem(
                    *place,
                    format!(
                        "{} more lines of {} can't be read.",
                        bad.len() - LINES,
                        file.name()
                    ),
                )
                .advice("Look whether this is the right file; put back a copy of it if it is not.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn each_kind_of_broken_line_is_marked() {
        check_text(
            &RULE,
            r"
region = early
#^^^^^^^^^^^^^ Line 1 stands before the first section, so AWS tools refuse config.
[profile a
#^^^^^^^^^ Line 2 opens a section and has no “]”, so AWS tools refuse config.
what is this
#^^^^^^^^^^^ Line 3 can't be read, so AWS tools refuse config.
[]
#^ Line 4 is a section without a name, so AWS tools refuse config.
",
        );
    }

    #[test]
    fn odd_but_legal_lines_are_fine() {
        check_text(
            &RULE,
            "[profile a]   ; note\nk: v\n  goes on\ns3 =\n  a = b\n\n; [commented\n",
        );
    }

    #[test]
    fn many_broken_lines_are_counted_not_listed() {
        let home = crate::profiles::Home::read(
            Some(crate::document::Document::parse(
                "[profile a]\n"
                    .to_owned()
                    .into_bytes()
                    .into_iter()
                    .chain(b"junk\n".repeat(500))
                    .collect(),
            )),
            None,
        );
        let problems = crate::rules::check(&home, &crate::rules::Facts::default()).problems;
        let messages: Vec<_> = problems
            .iter()
            .filter(|p| p.rule.name == RULE.name)
            .map(|p| p.message.as_str())
            .collect();
        assert_eq!(
            (messages.len(), messages.last().copied()),
            (21, Some("480 more lines of config can't be read."))
        );
    }
}
