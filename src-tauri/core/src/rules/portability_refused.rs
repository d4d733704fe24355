//! `portability.refused`: a line for which an SDK refuses the whole file, though the AWS CLI reads it. The folds say who
//! does: each section with an odd line is given to them alone. Not here: what other rules tell of the same line.

use std::collections::{BTreeMap, BTreeSet};

use super::{Facts, Found, Rule, Safety, Severity, who_first};
use crate::{
    dialect::{At, Engine, Files, Reason, Refusal},
    document::{Document, Kind, Span},
    edit::Edit,
    profiles::{File, Home, OddLine, Oddity, Place, Section, SectionId},
};

pub(super) const RULE: Rule = Rule {
    name: "portability.refused",
    severity: Severity::Warning,
    short: "not for every SDK",
    why: "Whoever stumbles over a line reads nothing of the file, so no profile in it works there.",
    source: "recorded from six readers, docs/compatibility.md",
    check,
};

/// More than these are told as one.
const LINES: usize = 20;

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let mut told = sections(home)
        .into_iter()
        .flat_map(|section| refused(home, section));
    for (at, who) in told.by_ref().take(LINES) {
        tell(home, at, &who, found);
    }
    if let Some((at, _)) = told.next() {
        let place = Place {
            file: at.file,
            line: at.line,
            span: Span::default(),
        };
        found
            .problem(
                place,
                format!(
                    "There are more lines like these from line {} on.",
                    at.line + 1
                ),
            )
            .advice("Look at the ones above first; what is right about them is right about these.");
    }
}

/// The sections in which a line is odd in a way that somebody may stumble over.
fn sections(home: &Home) -> BTreeSet<SectionId> {
    let lines = |oddity| home.odd_lines(oddity);
    let is_proto = |odd: &&OddLine| home.slice(odd.place).ends_with(b"__proto__");
    let is_one_quote = |odd: &&OddLine| home.slice(odd.place).len() == 1;
    lines(Oddity::Crowded)
        .chain(lines(Oddity::Header).filter(is_proto))
        .chain(lines(Oddity::Indented))
        .chain(lines(Oddity::IndentedComment))
        .chain(lines(Oddity::GoesOn))
        .chain(lines(Oddity::Quotes).filter(is_one_quote))
        .filter_map(|odd| odd.section)
        .collect()
}

/// Who refuses a file with this section alone, and at which lines. Nothing outside a section matters for that.
fn refused(home: &Home, section: SectionId) -> BTreeMap<At, Vec<(Engine, Reason)>> {
    let mut refused: BTreeMap<At, Vec<(Engine, Reason)>> = BTreeMap::new();
    let section = home.section(section);
    let Some(alone) = alone(home, section) else {
        return refused;
    };
    let files = match section.file {
        File::Config => Files {
            config: Some(&alone),
            credentials: None,
        },
        File::Credentials => Files {
            config: None,
            credentials: Some(&alone),
        },
    };
    for engine in Engine::SDKS {
        let (refusal, passed_over) = match engine.read(files) {
            Ok(reading) => (None, reading.passed_over),
            Err(refusal) => (Some(refusal), Vec::new()),
        };
        for mut refusal in refusal.into_iter().chain(passed_over) {
            refusal.line = refusal.line.map(|line| line + section.place.line);
            if let Some(at) = of_its_own(home, &refusal) {
                refused
                    .entry(at)
                    .or_default()
                    .push((engine, refusal.reason));
            }
        }
    }
    refused
}

/// A section as a file of its own.
fn alone(home: &Home, section: &Section) -> Option<Document> {
    let document = home.document(section.file)?;
    let start = document.lines()[section.place.line as usize].span.start;
    let next = document.lines().get(section.lines.end as usize);
    let end = next.map_or(document.bytes().len(), |line| line.span.start as usize);
    Some(Document::parse(
        document.bytes()[start as usize..end].to_vec(),
    ))
}

/// The line, where no other rule tells of it.
fn of_its_own(home: &Home, refusal: &Refusal) -> Option<At> {
    let line = refusal.line?;
    let kind = home.document(refusal.file)?.lines()[line as usize].kind;
    let is_own = match refusal.reason {
        Reason::Header => matches!(kind, Kind::Section { closed: true, name } if !name.is_empty()),
        Reason::NothingToGoOn | Reason::Block | Reason::Quote | Reason::Name => true,
        // `line.unreadable`, `key.colon`, `section.duplicate`, `key.duplicate`, `file.not_utf8`.
        Reason::NoSeparator
        | Reason::NoKey
        | Reason::BeforeAnySection
        | Reason::DuplicateSection
        | Reason::DuplicateKey
        | Reason::NotUtf8
        | Reason::Escape => false,
    };
    is_own.then_some(At {
        file: refusal.file,
        line,
    })
}

fn tell(home: &Home, at: At, who: &[(Engine, Reason)], found: &mut Found) {
    let Some(document) = home.document(at.file) else {
        return;
    };
    let line = document.lines()[at.line as usize];
    let (engines, reasons): (Vec<_>, Vec<_>) = who.iter().copied().unzip();
    let (what, advice) = match (line.kind, reasons[0]) {
        (Kind::Comment, _) => (
            "is an indented comment that can't stand there",
            "Begin the comment in the first column.",
        ),
        (Kind::Section { .. }, Reason::Name) => (
            "has a name that JavaScript's objects have already",
            "Give the profile another name.",
        ),
        (Kind::Section { .. }, _) => (
            "is a header with more on its line than a name in brackets",
            "Leave nothing but [name] on the line; a comment goes above it.",
        ),
        (_, Reason::Quote) => (
            "has a value that is one quote",
            "Write the value without quotes.",
        ),
        (_, Reason::Block) => (
            "stands in a block and has no “=”",
            "Write it as key = value, or put a # in the first column.",
        ),
        _ => (
            "is indented and nothing above it goes on",
            "Begin the line in the first column.",
        ),
    };
    let place = Place {
        file: at.file,
        line: at.line,
        span: line.span,
    };
    let refuse = if engines.len() == 1 && engines[0] != Engine::Botocore {
        "refuses"
    } else {
        "refuse"
    };
    let message = format!(
        "{} {refuse} {}: line {} {what}.",
        who_first(&engines),
        at.file.name(),
        at.line + 1
    );
    let problem = found.problem(place, message);
    problem.about_id(home.profile_at(place)).advice(advice);
    if engines.contains(&Engine::Botocore) {
        problem.severity(Severity::Error);
    }
    if line.kind == Kind::Comment {
        let text = document.slice(line.span);
        let blanks = text.len() - text.trim_ascii_start().len();
        let end = line.span.start + u32::try_from(blanks).expect("within the line");
        let indent = Span {
            start: line.span.start,
            end,
        };
        problem.fix(
            "Move it to the first column",
            Safety::Choice,
            vec![Edit::Replace {
                place: Place {
                    span: indent,
                    ..place
                },
                becomes: String::new(),
            }],
        );
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::RULE;
    use crate::{document::Document, profiles::Home, rules::tests::check_text};

    #[test]
    fn an_indented_comment_in_a_block_or_below_a_header_is_marked() {
        check_text(
            &RULE,
            r"
[profile a]
s3 =
  # large files
#^^^^^^^^^^^^^^ Java and Rust refuse config: line 3 is an indented comment that can't stand there. [Move it to the first column]
  max_queue_size = 5
",
        );
    }

    #[test]
    fn text_behind_a_header_a_lone_quote_and_lines_that_go_on_from_nothing_are_marked() {
        check_text(
            &RULE,
            r#"
[profile a] text
#^^^^^^^^^^^^^^^ Java and Rust refuse config: line 1 is a header with more on its line than a name in brackets.
region = "
#^^^^^^^^^ Go refuses config: line 2 has a value that is one quote.
"#,
        );
        check_text(
            &RULE,
            r"
[profile a]
  region = eu-west-1
#^^^^^^^^^^^^^^^^^^^ Java and Rust refuse config: line 2 is indented and nothing above it goes on.
",
        );
        check_text(
            &RULE,
            r"
[profile a]
s3 =
  junk
#^^^^^ The AWS CLI, boto3, Java and Rust refuse config: line 3 stands in a block and has no “=”.
",
        );
        check_text(
            &RULE,
            r"
[profile __proto__]
#^^^^^^^^^^^^^^^^^^ JavaScript refuses config: line 1 has a name that JavaScript's objects have already.
region = x
",
        );
    }

    #[test]
    fn many_such_lines_are_told_as_one() {
        let mut text = String::new();
        for number in 0..30 {
            writeln!(text, "[profile p{number}]\n  region = x").expect("a String");
        }
        let home = Home::read(Some(Document::parse(text.into_bytes())), None);
        let problems = crate::rules::check(&home, &crate::rules::Facts::default()).problems;
        let messages: Vec<_> = problems
            .iter()
            .filter(|problem| problem.rule.name == RULE.name)
            .map(|problem| problem.message.as_str())
            .collect();
        assert_eq!(messages.len(), 21);
        assert_eq!(
            messages.last().copied(),
            Some("There are more lines like these from line 42 on.")
        );
    }

    #[test]
    fn blocks_lines_that_go_on_and_what_other_rules_tell_are_fine() {
        check_text(
            &RULE,
            "[profile a] ; c\ns3 =\n  a = b\nk = v\n  goes on\n# c\n[profile b\nregion: x\n",
        );
    }
}
