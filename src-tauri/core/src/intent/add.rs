//! A new section, or a copy of one.

use std::collections::HashSet;

use super::{Named, Refusal, check_key, check_value, set, style};
use crate::{
    edit::Edit,
    profiles::{File, Home},
};

pub(super) fn add(
    home: &Home,
    section: &Named,
    properties: &[(String, String)],
    file: Option<File>,
) -> Result<Vec<Edit>, Refusal> {
    section.free(home)?;
    check(properties)?;
    let belongs = |key: &str| file.unwrap_or_else(|| section.home_of(key));
    let mut edits = Vec::new();
    for file in File::BOTH {
        let here: Vec<_> = properties
            .iter()
            .filter(|(key, _)| belongs(key) == file)
            .cloned()
            .collect();
        let is_wanted = !here.is_empty() || (properties.is_empty() && belongs("region") == file);
        if is_wanted {
            let document = home.document(file);
            let lines = set::lines(document, &here);
            edits.push(style::section(document, file, &section.header(file), lines));
        }
    }
    Ok(edits)
}

/// One piece of text for each file, with all sections one below the other.
pub(super) fn add_all(
    home: &Home,
    sections: &[(Named, Vec<(String, String)>)],
) -> Result<Vec<Edit>, Refusal> {
    let mut names = HashSet::new();
    for (section, properties) in sections {
        section.free(home)?;
        check(properties)?;
        if !names.insert(section) {
            return Err(Refusal::Taken(section.clone()));
        }
    }
    let mut edits = Vec::new();
    for file in File::BOTH {
        let document = home.document(file);
        let is_airy = document.is_none_or(style::is_airy);
        let mut first: Option<String> = None;
        let mut lines = Vec::new();
        for (section, properties) in sections {
            let here: Vec<_> = properties
                .iter()
                .filter(|(key, _)| section.home_of(key) == file)
                .cloned()
                .collect();
            if here.is_empty() {
                continue;
            }
            let header = section.header(file);
            if first.is_some() {
                lines.extend(is_airy.then(String::new));
                lines.push(format!("[{header}]"));
            } else {
                first = Some(header);
            }
            lines.extend(set::lines(document, &here));
        }
        if let Some(header) = first {
            edits.push(style::section(document, file, &header, lines));
        }
    }
    Ok(edits)
}

/// Properties of a section that is not there yet.
fn check(properties: &[(String, String)]) -> Result<(), Refusal> {
    for (at, (key, value)) in properties.iter().enumerate() {
        check_key(key)?;
        check_value(key, value)?;
        let others = properties[..at].iter().chain(&properties[at + 1..]);
        let parent = key.split_once('.').map(|(parent, _)| parent);
        for (other, _) in others {
            if other == key {
                return Err(Refusal::Twice { key: key.clone() });
            }
            if parent == Some(other) {
                return Err(Refusal::HasValue { key: other.clone() });
            }
        }
    }
    Ok(())
}

/// The lines of each of its sections once more, comments too, under the new name at the end of the file.
pub(super) fn duplicate(home: &Home, profile: &str, to: &str) -> Result<Vec<Edit>, Refusal> {
    let from = Named::Profile(profile.to_owned());
    let to = Named::Profile(to.to_owned());
    let sections = from.known(home)?;
    to.free(home)?;
    let copy = |file: File| {
        let document = home.document(file)?;
        let mut lines = sections
            .iter()
            .filter(|section| section.file == file)
            .flat_map(|section| {
                let last = set::last_line(document, section);
                (section.place.line + 1..=last).map(|line| text(document, line))
            })
            .peekable();
        let is_in = sections.iter().any(|section| section.file == file);
        (is_in || lines.peek().is_some())
            .then(|| style::section(Some(document), file, &to.header(file), lines.collect()))
    };
    Ok(File::BOTH.into_iter().filter_map(copy).collect())
}

/// A line as it is typed.
pub(super) fn text(document: &crate::document::Document, line: u32) -> String {
    crate::edit::characters(document.slice(document.lines()[line as usize].span))
}
