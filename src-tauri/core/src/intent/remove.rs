//! A section goes: wholly, into the other file, or into another profile. Its own lines go with it; a comment that stands
//! apart below them introduces what follows, and stays.

use super::{Named, Refusal, add, check_name, rename, set, style};
use crate::{
    document::{Document, Kind},
    edit::Edit,
    profiles::{File, Home, Place, Section},
};

pub(super) fn remove(home: &Home, section: &Named) -> Result<Vec<Edit>, Refusal> {
    let sections = section.known(home)?;
    Ok(sections
        .into_iter()
        .map(|section| gone(home, section))
        .collect())
}

pub(super) fn move_to(home: &Home, profile: &str, to: File) -> Result<Vec<Edit>, Refusal> {
    let named = Named::Profile(profile.to_owned());
    let sections = named.known(home)?;
    check_name(profile)?;
    let (here, there): (Vec<_>, Vec<_>) =
        sections.into_iter().partition(|section| section.file != to);
    if here.is_empty() {
        return Err(Refusal::Same);
    }
    let missing = properties_without(home, &here, &there);
    let mut edits: Vec<Edit> = here.iter().map(|section| gone(home, section)).collect();
    edits.extend(arrive(home, &named, to, there.last().copied(), missing));
    Ok(edits)
}

pub(super) fn merge(home: &Home, profile: &str, into: &str) -> Result<Vec<Edit>, Refusal> {
    let from = Named::Profile(profile.to_owned());
    let stays = Named::Profile(into.to_owned());
    let (here, there) = (from.known(home)?, stays.known(home)?);
    if profile == into {
        return Err(Refusal::Same);
    }
    let mut edits: Vec<Edit> = rename::references(home, profile)
        .filter(|place| !here.iter().any(|section| contains(section, *place)))
        .map(|place| rename::replace(place, into.to_owned()))
        .collect();
    for file in File::BOTH {
        let in_file = |section: &&Section| section.file == file;
        let here: Vec<_> = here.iter().copied().filter(in_file).collect();
        let last = there.iter().copied().rfind(in_file);
        if let ([section], None) = (&here[..], last) {
            edits.push(rename::replace(section.place, stays.header(file)));
            edits.extend(without(home, section, &there));
            continue;
        }
        edits.extend(here.iter().map(|section| gone(home, section)));
        let missing = properties_without(home, &here, &there);
        edits.extend(arrive(home, &stays, file, last, missing));
    }
    Ok(edits)
}

fn contains(section: &Section, place: Place) -> bool {
    section.file == place.file && section.lines.contains(&place.line)
}

/// Its properties whose keys the others have too go.
fn without<'a>(
    home: &'a Home,
    section: &'a Section,
    others: &'a [&Section],
) -> impl Iterator<Item = Edit> + 'a {
    let document = home
        .document(section.file)
        .expect("a section's file was read");
    section.lines.clone().filter_map(move |line| {
        let key = key_on(document, line)?;
        let is_there = others
            .iter()
            .any(|section| set::find(home, section, &key).is_some());
        is_there.then(|| Edit::RemoveLines {
            first: set::line_of(section.file, line),
            count: set::length(document, section, line),
        })
    })
}

fn key_on(document: &Document, line: u32) -> Option<String> {
    match document.lines()[line as usize].kind {
        Kind::Property { key, .. } => Some(document.text(key).to_ascii_lowercase()),
        _ => None,
    }
}

/// The lines of the properties of these sections whose keys others don't have; of several of one key, the last.
fn properties_without(home: &Home, these: &[&Section], others: &[&Section]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut seen = Vec::new();
    for section in these.iter().rev() {
        let document = home
            .document(section.file)
            .expect("a section's file was read");
        for line in section.lines.clone().rev() {
            let Some(key) = key_on(document, line) else {
                continue;
            };
            let is_there = others
                .iter()
                .any(|section| set::find(home, section, &key).is_some());
            if is_there || seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let count = set::length(document, section, line);
            let all = (line..line + count).map(|line| add::text(document, line));
            lines.splice(0..0, all);
        }
    }
    lines
}

/// Lines come behind the last property of a section, or make one.
fn arrive(
    home: &Home,
    named: &Named,
    file: File,
    last: Option<&Section>,
    lines: Vec<String>,
) -> Option<Edit> {
    if lines.is_empty() {
        return None;
    }
    let document = home.document(file);
    Some(match (document, last) {
        (Some(document), Some(last)) => Edit::InsertLines {
            file,
            below: Some(set::last_line(document, last)),
            lines,
        },
        _ => style::section(document, file, &named.header(file), lines),
    })
}

/// A section's lines go, and the blank lines that set it apart.
fn gone(home: &Home, section: &Section) -> Edit {
    let document = home
        .document(section.file)
        .expect("a section's file was read");
    let first = section.place.line;
    let mut end = set::last_line(document, section) + 1;
    // A comment right below belongs to it; one behind a blank line belongs to what follows.
    while is(document, end, section, Kind::Comment) {
        end += 1;
    }
    while is(document, end, section, Kind::Blank) {
        end += 1;
    }
    // At the end of the file the blank line in front of it has nothing to set apart any more.
    let is_last = end as usize == document.lines().len();
    let above = (0..first)
        .rev()
        .take_while(|line| is_last && document.lines()[*line as usize].kind == Kind::Blank)
        .count();
    let first = first - u32::try_from(above).expect("fewer lines than bytes");
    Edit::RemoveLines {
        first: set::line_of(section.file, first),
        count: end - first,
    }
}

fn is(document: &Document, line: u32, section: &Section, kind: Kind) -> bool {
    line < section.lines.end && document.lines()[line as usize].kind == kind
}
