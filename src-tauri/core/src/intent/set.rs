//! One property: where it stands, and what has to happen for it to have another value, or none.

use super::{Named, Refusal, check_key, check_name, check_value, style};
use crate::{
    document::{Document, Kind},
    edit::Edit,
    profiles::{File, Home, Place, Section},
};

pub(super) fn set(
    home: &Home,
    section: &Named,
    file: Option<File>,
    key: &str,
    value: &str,
) -> Result<Vec<Edit>, Refusal> {
    let key = &key.to_ascii_lowercase();
    check_key(key)?;
    check_value(key, value)?;
    let sections = section.known(home)?;
    let there = || {
        sections
            .iter()
            .rev()
            .find(|at| find(home, at, key).is_some())
    };
    let file = file
        .or_else(|| there().map(|section| section.file))
        .unwrap_or_else(|| section.home_of(key));
    let document = home.document(file);
    let mut here = sections.iter().rev().filter(|section| section.file == file);
    let found = here.clone().find_map(|section| find(home, section, key));
    Ok(match (found, document, here.next()) {
        (Some(found), Some(document), _) => replace(document, file, &found, value),
        (None, Some(document), Some(last)) => vec![insert(document, last, key, value)?],
        _ => {
            check_name(section.name())?;
            let header = section.header(file);
            let lines = lines(document, &[(key.clone(), value.to_owned())]);
            vec![style::section(document, file, &header, lines)]
        }
    })
}

pub(super) fn unset(
    home: &Home,
    section: &Named,
    file: Option<File>,
    key: &str,
) -> Result<Vec<Edit>, Refusal> {
    let key = &key.to_ascii_lowercase();
    let sections = section.known(home)?;
    let edits: Vec<Edit> = sections
        .iter()
        .filter(|section| file.is_none_or(|file| section.file == file))
        .flat_map(|section| all(home, section, key).map(|found| (section.file, found)))
        .map(|(file, found)| Edit::RemoveLines {
            first: line_of(file, found.line),
            count: found.count,
        })
        .collect();
    if edits.is_empty() {
        return Err(Refusal::NotSet { key: key.clone() });
    }
    Ok(edits)
}

/// A property in a file.
pub(super) struct Found {
    /// Its line.
    pub(super) line: u32,
    /// With the lines that it goes on in.
    pub(super) count: u32,
    /// Its value on the first of them.
    value: crate::document::Span,
}

/// The one that holds in a section.
pub(super) fn find(home: &Home, section: &Section, key: &str) -> Option<Found> {
    all(home, section, key).last()
}

/// All of this key in a section.
fn all<'a>(home: &'a Home, section: &'a Section, key: &'a str) -> impl Iterator<Item = Found> + 'a {
    let document = home
        .document(section.file)
        .expect("a section's file was read");
    let (parent, nested) = match key.split_once('.') {
        Some((parent, nested)) => (Some(parent), nested),
        None => (None, key),
    };
    let mut above: Option<String> = None;
    section.lines.clone().filter_map(move |line| {
        let is = |span| document.slice(span).eq_ignore_ascii_case(nested.as_bytes());
        match document.lines()[line as usize].kind {
            Kind::Property { key, value, .. } => {
                above = Some(document.text(key).to_ascii_lowercase());
                (parent.is_none() && is(key)).then(|| Found {
                    line,
                    count: length(document, section, line),
                    value,
                })
            }
            Kind::Nested { key, value } => {
                (parent.is_some() && above.as_deref() == parent && is(key)).then_some(Found {
                    line,
                    count: 1,
                    value,
                })
            }
            _ => None,
        }
    })
}

/// How many lines a property has, with those in which it goes on.
pub(super) fn length(document: &Document, section: &Section, line: u32) -> u32 {
    let below = line + 1..section.lines.end;
    let end = below
        .take_while(|line| {
            let kind = document.lines()[*line as usize].kind;
            !matches!(kind, Kind::Property { .. } | Kind::Junk)
        })
        .filter(|line| {
            let kind = document.lines()[*line as usize].kind;
            matches!(kind, Kind::Continuation { .. } | Kind::Nested { .. })
        })
        .last();
    end.map_or(1, |end| end + 1 - line)
}

fn replace(document: &Document, file: File, found: &Found, value: &str) -> Vec<Edit> {
    if document.text(found.value) == value && found.count == 1 {
        return Vec::new();
    }
    let place = Place {
        file,
        line: found.line,
        span: found.value,
    };
    let bytes = document.bytes();
    let (start, end) = (found.value.start as usize, found.value.end as usize);
    // A key without a value may end with its sign, and a comment may follow at once.
    let is_empty = found.value.is_empty();
    let before = if is_empty && bytes[..start].ends_with(b"=") {
        " "
    } else {
        ""
    };
    let behind = if is_empty && matches!(bytes.get(end), Some(b'#' | b';')) {
        " "
    } else {
        ""
    };
    let mut edits = vec![Edit::Replace {
        place,
        becomes: format!("{before}{value}{behind}"),
    }];
    if found.count > 1 {
        edits.push(Edit::RemoveLines {
            first: line_of(file, found.line + 1),
            count: found.count - 1,
        });
    }
    edits
}

/// Behind the last property of the section, or below its header.
fn insert(document: &Document, section: &Section, key: &str, value: &str) -> Result<Edit, Refusal> {
    let below = |line| Edit::InsertLines {
        file: section.file,
        below: Some(line),
        lines: Vec::new(),
    };
    let last = last_line(document, section);
    let apart = before_next_header(document, section);
    let Some((parent, nested)) = key.split_once('.') else {
        let line = style::property(Some(document), Some(section), key, value);
        return Ok(with(below(last), vec![apart + &line]));
    };
    let above =
        section
            .lines
            .clone()
            .rev()
            .find_map(|line| match document.lines()[line as usize].kind {
                Kind::Property { key, value, .. }
                    if document.slice(key).eq_ignore_ascii_case(parent.as_bytes()) =>
                {
                    Some((line, value))
                }
                _ => None,
            });
    let Some((line, own)) = above else {
        let lines = vec![
            format!("{apart}{parent} ="),
            format!("{apart}  {nested} = {value}"),
        ];
        return Ok(with(below(last), lines));
    };
    if !own.is_empty() {
        return Err(Refusal::HasValue {
            key: parent.to_owned(),
        });
    }
    let count = length(document, section, line);
    let indent = if count > 1 {
        style::indent(document, line + count - 1)
    } else {
        "  ".to_owned()
    };
    let lines = vec![format!("{indent}{nested} = {value}")];
    Ok(with(below(line + count - 1), lines))
}

/// What stands before the header that follows: a line that is less indented would take that header for more of its value.
fn before_next_header(document: &Document, section: &Section) -> String {
    let is_there = (section.lines.end as usize) < document.lines().len();
    let indent = is_there.then(|| style::indent(document, section.lines.end));
    indent.unwrap_or_default()
}

fn with(edit: Edit, new: Vec<String>) -> Edit {
    match edit {
        Edit::InsertLines { file, below, .. } => Edit::InsertLines {
            file,
            below,
            lines: new,
        },
        other => other,
    }
}

/// The lines of a new section: nested properties below their parents.
pub(super) fn lines(document: Option<&Document>, properties: &[(String, String)]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open = None;
    for (key, value) in properties {
        match key.split_once('.') {
            Some((parent, nested)) => {
                if open != Some(parent) {
                    lines.push(format!("{parent} ="));
                    open = Some(parent);
                }
                lines.push(format!("  {nested} = {value}"));
            }
            None => {
                open = None;
                lines.push(style::property(document, None, key, value));
            }
        }
    }
    lines
}

/// The last line of a section's properties; its header if there is none.
pub(super) fn last_line(document: &Document, section: &Section) -> u32 {
    section
        .lines
        .clone()
        .rev()
        .find(|line| {
            let kind = document.lines()[*line as usize].kind;
            !matches!(kind, Kind::Blank | Kind::Comment)
        })
        .unwrap_or(section.place.line)
}

/// A whole line; its span does not matter.
pub(super) fn line_of(file: File, line: u32) -> Place {
    Place {
        file,
        line,
        span: crate::document::Span::default(),
    }
}
