//! Changes of a document as changes of the text that somebody types in: by lines and columns instead of bytes.

use std::ops::Range;

use super::{Change, Edit, Spot, Typed, column};
use crate::{
    document::{Document, Ending},
    profiles::File,
};

/// The changes, the last place first, so that each one finds its place unmoved by those before it. They are for the
/// text of this document.
pub fn changes(document: &Document, edits: &[Edit]) -> Vec<Change> {
    let gone = together(edits.iter().filter_map(lines_that_go).collect());
    let mut changes: Vec<Change> = gone.iter().map(|lines| remove(document, lines)).collect();
    // Of two that arrive at one place the one named first comes first in the text, so it is made last; and what goes
    // is taken away before something arrives at the place where it began.
    for edit in edits.iter().rev() {
        match edit {
            Edit::Replace { place, becomes } => {
                let spot = |byte| Spot {
                    line: place.line,
                    column: column(document, place.line, byte),
                };
                changes.push(Change {
                    from: spot(place.span.start),
                    to: spot(place.span.end),
                    text: becomes.clone(),
                });
            }
            Edit::RemoveLines { .. } => {}
            Edit::InsertLines { below, lines, .. } => {
                changes.push(arrive(document, &gone, *below, lines));
            }
            Edit::MoveLines {
                first,
                count,
                below,
            } => {
                let lines = first.line..first.line + count;
                let text: Vec<_> = lines.map(|line| text(document, line)).collect();
                changes.push(arrive(document, &gone, Some(*below), &text));
            }
        }
    }
    changes.sort_by_key(|change| std::cmp::Reverse(change.from));
    changes
}

/// The bytes of a file after these edits. Those of other files are passed over.
pub fn apply(document: &Document, file: File, edits: &[Edit]) -> Vec<u8> {
    let here: Vec<Edit> = edits
        .iter()
        .filter(|edit| edit.file() == file)
        .cloned()
        .collect();
    let mut typed = Typed::of(document);
    for change in changes(document, &here) {
        typed
            .apply(&change)
            .expect("the changes were made for this document");
    }
    typed.bytes()
}

/// The lines of a document that edits name, counted from 0 as LF ends them; an empty range is the place between two.
pub fn named_lines(document: &Document, file: File, edits: &[Edit]) -> Vec<Range<usize>> {
    let count = document.lines().len();
    // What comes behind a last line without an ending gives it one, and what goes from there takes one away.
    let open_end = if ends_with_break(document) {
        count + 1
    } else {
        count
    };
    let here = || edits.iter().filter(|edit| edit.file() == file);
    let gone = together(here().filter_map(lines_that_go).collect());
    let gone = gone.into_iter().map(|lines| {
        let (first, end) = (lines.start as usize, lines.end as usize);
        if end == open_end {
            first.saturating_sub(1)..end
        } else if would_join(document, first) {
            first..(end + 1).min(count)
        } else {
            first..end
        }
    });
    let come = |below: Option<u32>| match below.map(|below| below as usize) {
        None => 0..0,
        Some(below) if below + 1 == open_end => below..below + 1,
        Some(below) => below + 1..below + 1,
    };
    let mut named: Vec<_> = gone.collect();
    for edit in here() {
        match edit {
            Edit::Replace { place, .. } => named.push(place.line as usize..place.line as usize + 1),
            Edit::RemoveLines { .. } => {}
            Edit::InsertLines { below, .. } => named.push(come(*below)),
            Edit::MoveLines { below, .. } => named.push(come(Some(*below))),
        }
    }
    let named = named
        .into_iter()
        .map(|lines| by_line_feed(document, &lines));
    named.collect()
}

/// The same lines where LF alone ends one, as `keeps_to` and merging count them: what a lone CR ends is part of a line then.
fn by_line_feed(document: &Document, lines: &Range<usize>) -> Range<usize> {
    let number = |line: usize| {
        let start = document.lines().get(line).map(|line| line.span.start);
        let before = start.map_or(document.bytes(), |start| {
            &document.bytes()[..start as usize]
        });
        memchr::memchr_iter(b'\n', before).count()
    };
    let first = number(lines.start);
    let begins_one = !would_join(document, lines.start);
    match lines.is_empty() {
        true if begins_one => first..first,
        true => first..first + 1,
        false => first..number(lines.end - 1) + 1,
    }
}

/// Without the lines between, what is below a line that a lone CR ends belongs to it as LF counts lines.
fn would_join(document: &Document, first: usize) -> bool {
    let above = first.checked_sub(1).map(|above| document.lines()[above]);
    above.is_some_and(|line| line.ending == Ending::Cr)
}

/// Lines come below another one, or in front of all. Where that one goes itself, they come where it was.
fn arrive(
    document: &Document,
    gone: &[Range<u32>],
    below: Option<u32>,
    lines: &[String],
) -> Change {
    let swallowed = |below: &u32| gone.iter().find(|gone| gone.contains(below));
    let below = match below.map(|below| (below, swallowed(&below))) {
        None => None,
        Some((_, Some(gone))) => gone.start.checked_sub(1),
        Some((below, None)) => Some(below),
    };
    let text = lines.join("\n");
    let Some(below) = below else {
        let start = Spot { line: 0, column: 0 };
        return Change {
            from: start,
            to: start,
            text: format!("{text}\n"),
        };
    };
    let at = end(document, below);
    // What is written ends its last line, also in a file that did not.
    let is_last = below as usize + 1 == document.lines().len();
    let end = if is_last && !ends_with_break(document) {
        "\n"
    } else {
        ""
    };
    Change {
        from: at,
        to: at,
        text: format!("\n{text}{end}"),
    }
}

fn lines_that_go(edit: &Edit) -> Option<Range<u32>> {
    match edit {
        Edit::Replace { .. } | Edit::InsertLines { .. } => None,
        Edit::RemoveLines { first, count } | Edit::MoveLines { first, count, .. } => {
            Some(first.line..first.line + count)
        }
    }
}

/// Runs of lines that touch become one.
fn together(mut runs: Vec<Range<u32>>) -> Vec<Range<u32>> {
    runs.sort_by_key(|run| run.start);
    let mut together: Vec<Range<u32>> = Vec::new();
    for run in runs {
        match together.last_mut() {
            Some(last) if last.end >= run.start => last.end = last.end.max(run.end),
            _ => together.push(run),
        }
    }
    together
}

fn remove(document: &Document, lines: &Range<u32>) -> Change {
    let start = |line| Spot { line, column: 0 };
    let is_last = lines.end as usize == document.lines().len();
    let (from, to) = if !is_last || ends_with_break(document) {
        (start(lines.start), start(lines.end))
    } else if lines.start > 0 {
        (end(document, lines.start - 1), end(document, lines.end - 1))
    } else {
        (start(0), end(document, lines.end - 1))
    };
    Change {
        from,
        to,
        text: String::new(),
    }
}

fn ends_with_break(document: &Document) -> bool {
    document
        .lines()
        .last()
        .is_some_and(|line| !line.ending.bytes().is_empty())
}

/// Behind the last character of a line.
fn end(document: &Document, line: u32) -> Spot {
    let byte = document.lines()[line as usize].span.end;
    Spot {
        line,
        column: column(document, line, byte),
    }
}

fn text(document: &Document, line: u32) -> String {
    super::typed::characters(document.slice(document.lines()[line as usize].span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edit::{Typed, join_sections},
        profiles::{File, Home, Section},
    };

    fn joined(text: &str) -> String {
        let parse = || Document::parse(text.as_bytes().to_vec());
        let home = Home::read(None, Some(parse()));
        let profile = home.profiles().next().expect("a profile");
        let sections: Vec<&Section> = profile.sections().collect();
        let document = home.document(File::Credentials).expect("the file");
        let mut typed = Typed::of(document);
        for change in changes(document, &join_sections(document, &sections)) {
            typed.apply(&change).expect("it fits");
        }
        String::from_utf8(typed.bytes()).expect("text")
    }

    #[test]
    fn two_sections_become_one_and_the_later_line_stays() {
        assert_eq!(
            joined("[a]\nregion = x\noutput = json\n\n[b]\nk = v\n\n[a]\n# new\nregion = y\n\n"),
            "[a]\noutput = json\n# new\nregion = y\n\n[b]\nk = v\n\n\n"
        );
    }

    #[test]
    fn a_file_that_ends_without_a_break_still_does() {
        assert_eq!(joined("[a]\nk = 1\n[a]\nl = 2"), "[a]\nk = 1\nl = 2");
        assert_eq!(joined("[a]\r\nk = 1\r\n[a]"), "[a]\r\nk = 1");
    }

    #[test]
    fn three_become_one_in_their_order() {
        assert_eq!(
            joined("[a]\nk = 1\n[a]\nl = 1\nk = 2\n[a]\nk = 3\nm = 1\n"),
            "[a]\nl = 1\nk = 3\nm = 1\n"
        );
    }

    #[test]
    fn what_a_lone_carriage_return_ends_is_named_with_its_line() {
        let document = Document::parse(b"[a]\nk = 1\r# mine\nl = 2\n".to_vec());
        let remove = |line| {
            let first = crate::profiles::Place {
                file: File::Config,
                line,
                span: crate::document::Span::default(),
            };
            [Edit::RemoveLines { first, count: 1 }]
        };
        let named = |line| named_lines(&document, File::Config, &remove(line));
        assert_eq!([named(1), named(3)].concat(), [1..2, 2..3]);
        let new = apply(&document, File::Config, &remove(3));
        assert!(crate::edit::keeps_to(document.bytes(), &new, &named(3)));
    }

    #[test]
    fn lines_that_go_together_from_an_open_end_name_the_line_above_all_of_them() {
        let document = Document::parse(b"[a]\n[b]\nk = 1\n[b]\nk = 2".to_vec());
        let remove = |line, count| Edit::RemoveLines {
            first: crate::profiles::Place {
                file: File::Config,
                line,
                span: crate::document::Span::default(),
            },
            count,
        };
        let edits = [remove(1, 2), remove(3, 2)];
        let new = apply(&document, File::Config, &edits);
        assert_eq!(new, b"[a]");
        let named = named_lines(&document, File::Config, &edits);
        assert!(crate::edit::keeps_to(document.bytes(), &new, &named));
    }

    #[test]
    fn a_value_of_several_lines_goes_whole() {
        assert_eq!(
            joined("[a]\ns3 =\n  max = 1\n  min = 2\nk = 1\n[a]\ns3 =\n  max = 3\n"),
            "[a]\nk = 1\ns3 =\n  max = 3\n"
        );
    }
}
