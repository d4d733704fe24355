//! A line that no tool reads, below the properties of a section: for what a person is to look at before it counts.

use super::{Named, Refusal, set};
use crate::{
    edit::Edit,
    profiles::{File, Home, Section},
};

pub(super) fn comment(home: &Home, section: &Named, text: &str) -> Result<Vec<Edit>, Refusal> {
    let sections = section.known(home)?;
    let in_config = sections.iter().rfind(|at| at.file == File::Config);
    let at = in_config.or(sections.last()).expect("it has one");
    let line = written(text);
    if has(home, at, &line) {
        return Ok(Vec::new());
    }
    let document = home.document(at.file).expect("a section's file was read");
    Ok(vec![Edit::InsertLines {
        file: at.file,
        below: Some(set::last_line(document, at)),
        lines: vec![line],
    }])
}

/// Whether a profile has this line already.
pub(super) fn is_there(home: &Home, section: &Named, text: &str) -> bool {
    let line = written(text);
    let sections = section.sections(home);
    sections.into_iter().any(|at| has(home, at, &line))
}

fn written(text: &str) -> String {
    format!("# {text}")
}

fn has(home: &Home, section: &Section, line: &str) -> bool {
    let document = home
        .document(section.file)
        .expect("a section's file was read");
    let mut lines = section.lines.clone();
    lines.any(|at| document.slice(document.lines()[at as usize].span) == line.as_bytes())
}
