//! A new section, or a copy of one.

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
