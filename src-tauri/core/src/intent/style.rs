//! How a file is written: what stands around its `=`, whether it has blank lines between sections, how far nested lines
//! are indented. What is new is written like its neighbours.

use crate::{
    document::{Document, Kind},
    edit::Edit,
    profiles::{File, Section},
};

/// A line with a property, written as the others of its section, else of its file.
pub(super) fn property(
    document: Option<&Document>,
    near: Option<&Section>,
    key: &str,
    value: &str,
) -> String {
    let Some(document) = document else {
        return format!("{key} = {value}");
    };
    let count = u32::try_from(document.lines().len()).expect("a line has at least a byte");
    let section: Vec<Model> = near
        .into_iter()
        .flat_map(|section| section.lines.clone())
        .filter_map(|line| model(document, line))
        .collect();
    if let Some(column) = column(&section) {
        let blanks = " ".repeat(column.saturating_sub(key.len()).max(1));
        return format!("{key}{blanks}= {value}");
    }
    let last = section.last().copied();
    let last = last.or_else(|| (0..count).rev().find_map(|line| model(document, line)));
    match last {
        Some(model) if model.blanks == 0 && !model.is_apart => format!("{key}={value}"),
        _ => format!("{key} = {value}"),
    }
}

/// How a line is written.
#[derive(Clone, Copy)]
struct Model {
    key: usize,
    /// Before the sign.
    blanks: usize,
    /// There are some behind it too.
    is_apart: bool,
}

fn model(document: &Document, line: u32) -> Option<Model> {
    let line = &document.lines()[line as usize];
    let Kind::Property { key, .. } = line.kind else {
        return None;
    };
    let whole = document.whole_value(line)?;
    let between = &document.bytes()[key.end as usize..whole.start as usize];
    let blanks = between.iter().position(|byte| *byte == b'=')?;
    (!whole.is_empty()).then(|| Model {
        key: key.range().len(),
        blanks,
        is_apart: blanks + 1 < between.len(),
    })
}

/// Where all signs stand, if they stand below each other behind keys that are not equally long.
fn column(section: &[Model]) -> Option<usize> {
    let first = section.first()?;
    let column = first.key + first.blanks;
    let is_column = section
        .iter()
        .all(|model| model.key + model.blanks == column);
    (is_column && section.iter().any(|model| model.key != first.key)).then_some(column)
}

/// The blanks with which a line begins.
pub(super) fn indent(document: &Document, line: u32) -> String {
    let line = document.lines()[line as usize];
    let bytes = document.slice(line.span);
    let blanks = bytes
        .iter()
        .take_while(|byte| b" \t\x0b\x0c".contains(byte));
    String::from_utf8_lossy(&bytes[..blanks.count()]).into_owned()
}

/// A new section at the end of a file, behind a blank line where the file has such lines.
pub(super) fn section(
    document: Option<&Document>,
    file: File,
    header: &str,
    lines: Vec<String>,
) -> Edit {
    let mut all = vec![format!("[{header}]")];
    all.extend(lines);
    let last = document.and_then(|document| document.lines().len().checked_sub(1));
    if let (Some(document), Some(last)) = (document, last)
        && document.lines()[last].kind != Kind::Blank
        && is_airy(document)
    {
        all.insert(0, String::new());
    }
    Edit::InsertLines {
        file,
        below: last.map(|last| u32::try_from(last).expect("a line has at least a byte")),
        lines: all,
    }
}

/// Its sections are apart, as far as it has two.
pub(super) fn is_airy(document: &Document) -> bool {
    let lines = document.lines();
    let mut headers = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| matches!(line.kind, Kind::Section { .. }))
        .map(|(at, _)| at)
        .skip(1)
        .peekable();
    headers.peek().is_none()
        || headers.any(|at| {
            let above = lines[..at].iter().rev();
            above
                .map(|line| line.kind)
                .find(|kind| *kind != Kind::Comment)
                == Some(Kind::Blank)
        })
}
