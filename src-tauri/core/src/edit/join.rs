//! One section out of several of the same name: their lines move under the first header, and of a key that stands in
//! several the last one stays, which is the one that readers take that join such sections themselves.

use std::collections::HashSet;

use super::Edit;
use crate::{
    document::{Document, Kind, Span},
    profiles::{Place, Section},
};

/// The changes that make one section of several in one file, given in the order of the file.
pub fn join_sections(document: &Document, sections: &[&Section]) -> Vec<Edit> {
    let Some((first, others)) = sections.split_first() else {
        return Vec::new();
    };
    let place = |line| Place {
        file: first.file,
        line,
        span: Span::default(),
    };
    let mut edits = Vec::new();
    let mut later = HashSet::new();
    for section in others.iter().rev() {
        edits.push(Edit::RemoveLines {
            first: place(section.place.line),
            count: 1,
        });
        for (start, count) in kept(document, section, &mut later, &mut edits) {
            edits.push(Edit::MoveLines {
                first: place(start),
                count,
                below: last_line(document, first),
            });
        }
    }
    kept(document, first, &mut later, &mut edits);
    edits.reverse();
    edits
}

/// The runs of lines of a section that stay, the last one first; properties that a later section has too are removed.
fn kept(
    document: &Document,
    section: &Section,
    later: &mut HashSet<Vec<u8>>,
    edits: &mut Vec<Edit>,
) -> Vec<(u32, u32)> {
    let end = last_line(document, section) + 1;
    let mut runs = Vec::new();
    let mut run_end = end;
    let mut below = end;
    for line in (section.place.line + 1..end).rev() {
        let Kind::Property { key, .. } = document.lines()[line as usize].kind else {
            continue;
        };
        let is_known = !later.insert(document.slice(key).to_ascii_lowercase());
        if is_known {
            let count = property_end(document, line, below) - line;
            edits.push(Edit::RemoveLines {
                first: Place {
                    file: section.file,
                    line,
                    span: Span::default(),
                },
                count,
            });
            runs.push((line + count, run_end));
            run_end = line;
        }
        below = line;
    }
    runs.push((section.place.line + 1, run_end));
    let runs = runs.into_iter().filter(|(start, end)| start < end);
    runs.map(|(start, end)| (start, end - start)).collect()
}

/// Behind the lines in which a property goes on.
fn property_end(document: &Document, line: u32, below: u32) -> u32 {
    let goes_on = |line: &u32| {
        matches!(
            document.lines()[*line as usize].kind,
            Kind::Continuation { .. } | Kind::Nested { .. }
        )
    };
    (line + 1..below)
        .rfind(goes_on)
        .map_or(line + 1, |last| last + 1)
}

/// The last line of a section that is not blank; its header if there is none.
fn last_line(document: &Document, section: &Section) -> u32 {
    section
        .lines
        .clone()
        .rev()
        .find(|line| document.lines()[*line as usize].kind != Kind::Blank)
        .unwrap_or(section.place.line)
}
