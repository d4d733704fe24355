//! `key.duplicate`: a key that stands twice in one section. The AWS CLI refuses the whole file; the SDKs take the last.

use std::borrow::Cow;

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    document::{Document, Kind},
    edit::Edit,
    profiles::{Home, Place, Section},
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
    let mut keys: Vec<(Cow<'_, [u8]>, Place)> = Vec::new();
    let mut few = Vec::new();
    for section in home.sections() {
        let document = home
            .document(section.file)
            .expect("a section's file was read");
        if !may_repeat(document, section, &mut few) {
            continue;
        }
        keys.clear();
        for line in section.lines.clone() {
            if let Kind::Property { key, .. } = document.lines()[line as usize].kind {
                keys.push((
                    small(document.slice(key)),
                    Place {
                        file: section.file,
                        line,
                        span: key,
                    },
                ));
            }
        }
        keys.sort_unstable();
        for same in keys.chunk_by(|(one, _), (other, _)| one == other) {
            let [(_, first), (_, second), rest @ ..] = same else {
                continue;
            };
            let (key, header) = (document.text(second.span), home.text(section.place));
            let lines = format!("lines {} and {}", first.line + 1, second.line + 1);
            let message = match rest.len() {
                0 => format!("{key} stands twice in [{header}], on {lines}."),
                more => format!(
                    "{key} stands {} times in [{header}], the first two on {lines}.",
                    thousands(more + 2)
                ),
            };
            let problem = found.problem(*second, message);
            problem
                .also(*first)
                .about_id(section.profile)
                .advice(format!(
                    "Keep one of the {key} lines, and turn the others into comments."
                ));
            if is_repeated(home, section, same) {
                let edits = same[1..].iter().map(|(_, place)| Edit::RemoveLines {
                    first: *place,
                    count: 1,
                });
                problem.fix("Keep one of them", Safety::Safe, edits.collect());
            }
        }
    }
}

/// Whether a key stands twice, or there are too many to compare each with each. Nearly no section goes on from here.
fn may_repeat<'a>(document: &'a Document, section: &Section, keys: &mut Vec<&'a [u8]>) -> bool {
    const MANY: usize = 16;
    keys.clear();
    for line in section.lines.clone() {
        if let Kind::Property { key, .. } = document.lines()[line as usize].kind {
            let key = document.slice(key);
            if keys.len() == MANY || keys.iter().any(|other| other.eq_ignore_ascii_case(key)) {
                return true;
            }
            keys.push(key);
        }
    }
    false
}

/// All lines are the same to the last blank, so whoever reads one of them reads this.
fn is_repeated(home: &Home, section: &Section, same: &[(Cow<'_, [u8]>, Place)]) -> bool {
    let document = home
        .document(section.file)
        .expect("a section's file was read");
    let text = |line: u32| document.slice(document.lines()[line as usize].span);
    let goes_on = |line: u32| {
        let below = (line + 1..section.lines.end).map(|line| document.lines()[line as usize].kind);
        let next = below
            .into_iter()
            .find(|kind| !matches!(kind, Kind::Blank | Kind::Comment));
        matches!(next, Some(Kind::Continuation { .. } | Kind::Nested { .. }))
    };
    let first = same[0].1.line;
    same.iter()
        .all(|(_, place)| text(place.line) == text(first) && !goes_on(place.line))
}

/// A key in small letters; nearly all are that already.
fn small(key: &[u8]) -> Cow<'_, [u8]> {
    if key.iter().any(u8::is_ascii_uppercase) {
        Cow::Owned(key.to_ascii_lowercase())
    } else {
        Cow::Borrowed(key)
    }
}

/// `200,000`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| String::from_utf8_lossy(group))
        .collect();
    groups.join(",")
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
    fn many_are_one_problem() {
        let text = format!("[profile a]\n{}", "x = y\n".repeat(1200));
        let marked = text.replacen("x = y\nx = y\n", "x = y\nx = y\n#^ x stands 1,200 times in [profile a], the first two on lines 2 and 3. [Keep one of them]\n", 1);
        check_text(&RULE, &marked);
    }

    #[test]
    fn lines_that_say_the_same_are_told_apart_from_those_that_do_not() {
        let marked = |lines: &str, fix: &str| {
            let (first, second) = lines.split_once('|').expect("two");
            let message = "region stands twice in [profile a], on lines 2 and 3.";
            check_text(
                &RULE,
                &format!("[profile a]\n{first}\n{second}\n#^^^^^ {message}{fix}\n"),
            );
        };
        marked("region = x|region = x", " [Keep one of them]");
        marked("region = x|region = y", "");
        marked("region = x|region = x # home", "");
        marked("region=x|region = x", "");
        check_text(
            &RULE,
            "[profile a]\ns3 =\n  a = 1\ns3 =\n#^ s3 stands twice in [profile a], on lines 2 and 4.\n  a = 2\n",
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
