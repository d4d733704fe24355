//! `file.not_utf8`: bytes that are no UTF-8 text: another encoding, a byte order mark, NUL, or no text at all.
//! One problem per file for what is about the whole, one per line for what is in a line.

use super::{Facts, Found, Rule, Severity};
use crate::{
    document::{Document, Encoding, Span},
    profiles::{File, Home, Place},
};

pub(super) const RULE: Rule = Rule {
    name: "file.not_utf8",
    severity: Severity::Error,
    short: "not text",
    why: "AWS tools read UTF-8. Some refuse the whole file, some lose the profile, some read other characters.",
    source: "AWS SDKs and Tools Reference, “Shared config and credentials files”; recorded from six readers",
    check,
};

/// More than these in one file are told as one.
const LINES: usize = 5;

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for file in File::BOTH {
        let Some(document) = home.document(file) else {
            continue;
        };
        let name = file.name();
        match document.encoding() {
            Encoding::Utf16 => {
                found
                    .problem(
                        super::start_of(file),
                        format!("{name} is saved as UTF-16; AWS tools can't read it."),
                    )
                    .advice("Save it as UTF-8; on Windows, Notepad offers that under “Save as”.");
            }
            Encoding::Binary => {
                found
                    .problem(
                        super::start_of(file),
                        format!("{name} does not look like text (line 1)."),
                    )
                    .advice("Put back a copy of the file, or move this one away and start anew.");
            }
            Encoding::Utf8WithMark => {
                let mark = Place {
                    file,
                    line: 0,
                    span: Span { start: 0, end: 3 },
                };
                found.problem(mark, format!("{name} starts with invisible bytes, a byte order mark."))
                    .advice("Save it as UTF-8 without a mark. The AWS CLI, Java and Rust refuse the file; Go loses its first section.");
                lines(document, file, found, home);
            }
            Encoding::Utf8 => lines(document, file, found, home),
        }
    }
}

fn lines(document: &Document, file: File, found: &mut Found, home: &Home) {
    let bytes = document.bytes();
    if document.as_text().is_some() && memchr::memchr(0, bytes).is_none() {
        return;
    }
    let bad = (0u32..).zip(document.lines()).filter_map(|(number, line)| {
        let text = document.slice(line.span);
        let (at, what) = match (
            std::str::from_utf8(text),
            text.iter().position(|byte| *byte == 0),
        ) {
            (Err(error), _) => (error.valid_up_to(), "bytes that are not UTF-8"),
            (Ok(_), Some(at)) => (at, "a NUL byte"),
            (Ok(_), None) => return None,
        };
        let start = line.span.start + u32::try_from(at).expect("within the line");
        Some((
            Place {
                file,
                line: number,
                span: Span {
                    start,
                    end: start + 1,
                },
            },
            at,
            what,
        ))
    });
    let bad: Vec<_> = bad.collect();
    for (place, at, what) in bad.iter().take(LINES) {
        let section = home.sections().iter().find(|s| {
            s.file == file && (s.place.line == place.line || s.lines.contains(&place.line))
        });
        found.problem(*place, format!("Line {} of {} has {what}, at byte {}.", place.line + 1, file.name(), at + 1))
            .about_id(section.and_then(|section| section.profile))
            .advice("Retype the line in an editor that saves UTF-8. Rolecall shows such bytes as \\xE9 and never changes them.");
    }
    if let Some((place, ..)) = bad.get(LINES) {
        found
            .problem(
                *place,
                format!(
                    "{} more lines of {} have bytes that are not UTF-8.",
                    bad.len() - LINES,
                    file.name()
                ),
            )
            .advice("Save the file as UTF-8, or put back a copy of it.");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        document::Document,
        profiles::Home,
        rules::{Facts, check, tests::check_text},
    };

    fn messages(config: &[u8]) -> Vec<String> {
        let home = Home::read(Some(Document::parse(config.to_vec())), None);
        let problems = check(&home, &Facts::default()).problems.into_iter();
        problems
            .filter(|problem| problem.rule.name == RULE.name)
            .map(|problem| problem.message)
            .collect()
    }

    #[test]
    fn a_byte_order_mark_is_marked() {
        check_text(
            &RULE,
            "\u{feff}[default]\n#^^ config starts with invisible bytes, a byte order mark.\nregion = x\n",
        );
    }

    #[test]
    fn a_nul_is_marked_where_it_stands() {
        check_text(
            &RULE,
            "[default]\nregion = a\0b\n#         ^ Line 2 of config has a NUL byte, at byte 11.\n",
        );
    }

    #[test]
    fn other_encodings_and_no_text_are_named() {
        assert_eq!(
            messages(b"[profile caf\xe9]\nregion = x\n"),
            ["Line 1 of config has bytes that are not UTF-8, at byte 13."]
        );
        assert_eq!(
            messages(b"\xff\xfe[\0a\0]\0"),
            ["config is saved as UTF-16; AWS tools can't read it."]
        );
        assert_eq!(
            messages(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0"),
            ["config does not look like text (line 1)."]
        );
        assert_eq!(
            messages(&b"k = \xff\n".repeat(9)).len(),
            6,
            "five lines, and one that counts the rest"
        );
    }

    #[test]
    fn text_in_any_language_is_fine() {
        check_text(&RULE, "[profile équipe]\nregion = eu-west-1 # naïve\n");
    }
}
