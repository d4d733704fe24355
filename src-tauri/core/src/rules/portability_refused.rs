//! `portability.refused`: a line for which an SDK refuses the whole file, though the AWS CLI reads it. The folds say who
//! does; they are asked only where a line is odd enough. Not here: what other rules tell of the same line.

use std::collections::BTreeMap;

use super::{Facts, Found, Rule, Safety, Severity, who_first};
use crate::{
    dialect::{At, Engine, Files, Reason, Refusal},
    document::{Kind, Span},
    edit::Edit,
    profiles::{Home, Oddity, Place},
};

pub(super) const RULE: Rule = Rule {
    name: "portability.refused",
    severity: Severity::Warning,
    short: "not for every SDK",
    why: "Whoever stumbles over a line reads nothing of the file, so no profile in it works there.",
    source: "recorded from six readers, docs/compatibility.md",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let odd = [
        Oddity::Header,
        Oddity::Indented,
        Oddity::IndentedComment,
        Oddity::GoesOn,
        Oddity::Quotes,
    ];
    if !odd
        .into_iter()
        .any(|oddity| home.odd_lines(oddity).next().is_some())
    {
        return;
    }
    let files = Files::from(home);
    let mut told: BTreeMap<At, Vec<(Engine, Reason)>> = BTreeMap::new();
    for engine in Engine::SDKS {
        let (refusal, passed_over) = match engine.read(files) {
            Ok(reading) => (None, reading.passed_over),
            Err(refusal) => (Some(refusal), Vec::new()),
        };
        for refusal in refusal.into_iter().chain(passed_over) {
            if let Some(at) = of_its_own(home, &refusal) {
                told.entry(at).or_default().push((engine, refusal.reason));
            }
        }
    }
    for (at, who) in told {
        tell(home, at, &who, found);
    }
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
    use super::RULE;
    use crate::rules::tests::check_text;

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
    fn blocks_lines_that_go_on_and_what_other_rules_tell_are_fine() {
        check_text(
            &RULE,
            "[profile a] ; c\ns3 =\n  a = b\nk = v\n  goes on\n# c\n[profile b\nregion: x\n",
        );
    }
}
