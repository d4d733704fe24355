//! What is found in text while it is typed: the same rules as for the files, over the draft in the place of the file.
//! It works on masked text, so that places are those that the page shows.

use rolecall_core::{
    dialect::canonical::{Header, header},
    document::Document,
    edit::{Change, changes, column},
    profiles::{File, Home, Place, Section},
    rules::{self, Facts, Fix, Problem},
    status,
};

use crate::view::{Diagnosis, DraftFix, Marker, OutlineEntry, SectionKind, TextChange};

/// What is found in one of two documents, and its sections. What only the draft knows is left for its owner to fill in.
pub(crate) fn diagnose(
    documents: [Option<Document>; 2],
    facts: &Facts,
    file: File,
) -> (Diagnosis, Vec<OutlineEntry>) {
    let [config, credentials] = documents;
    let home = Home::read(config, credentials);
    let report = rules::check(&home, facts);
    let statuses = status::statuses(&home, facts, &report.problems);
    let Some(document) = home.document(file) else {
        return Default::default();
    };
    let mut markers: Vec<Marker> = report
        .problems
        .iter()
        .filter(|problem| is_about_text(problem))
        .filter_map(|problem| marker(document, problem, file))
        .collect();
    markers.sort_by_key(|marker| (marker.start_line, marker.start_column));
    let sections = home
        .sections()
        .iter()
        .filter(|section| section.file == file)
        .map(|section| OutlineEntry {
            status: section.profile.map(|id| statuses[id.0 as usize].0.into()),
            ..entry(&home, section)
        });
    let diagnosis = Diagnosis {
        markers,
        ..Diagnosis::default()
    };
    (diagnosis, sections.collect())
}

/// Not what stands in the lists because of the world or of one SDK: no edit of these lines would change it.
fn is_about_text(problem: &Problem) -> bool {
    !matches!(
        problem.rule.name,
        "profile.no_account" | "session.ended" | "chain.mfa_unread"
    )
}

/// A problem where it stands in this file, if it does.
fn marker(document: &Document, problem: &Problem, file: File) -> Option<Marker> {
    let place = problem.places.iter().find(|place| place.file == file)?;
    let (start, end) = columns(document, *place)?;
    Some(Marker {
        rule: problem.rule.name.to_owned(),
        severity: problem.severity.into(),
        start_line: place.line + 1,
        start_column: start + 1,
        end_line: place.line + 1,
        end_column: end + 1,
        message: problem.message.clone(),
        why: problem.rule.why.to_owned(),
        fixes: problem
            .fixes
            .iter()
            .filter_map(|fix| draft_fix(document, fix, file))
            .collect(),
    })
}

/// A problem of the whole file, or of nothing, marks its line.
fn columns(document: &Document, place: Place) -> Option<(u32, u32)> {
    let line = document.lines().get(place.line as usize)?;
    let at = |byte| column(document, place.line, byte);
    let (start, end) = (at(place.span.start), at(place.span.end));
    if start < end {
        Some((start, end))
    } else {
        Some((at(line.span.start), at(line.span.end)))
    }
}

/// A fix that this file alone can carry out.
fn draft_fix(document: &Document, fix: &Fix, file: File) -> Option<DraftFix> {
    let is_here = !fix.edits.is_empty() && fix.edits.iter().all(|edit| edit.file() == file);
    is_here.then(|| DraftFix {
        title: fix.title.clone(),
        safety: fix.safety.into(),
        changes: changes(document, &fix.edits)
            .into_iter()
            .map(text_change)
            .collect(),
    })
}

fn text_change(change: Change) -> TextChange {
    TextChange {
        start_line: change.from.line + 1,
        start_column: change.from.column + 1,
        end_line: change.to.line + 1,
        end_column: change.to.column + 1,
        text: change.text,
    }
}

fn entry(home: &Home, section: &Section) -> OutlineEntry {
    let text = home.text(section.place);
    let (kind, name) = match header(section.file, &text) {
        Header::Profile(name) => (SectionKind::Profile, name.into_owned()),
        Header::SsoSession(name) => (SectionKind::Portal, name.into_owned()),
        Header::Services(name) => (SectionKind::Services, name.into_owned()),
        Header::Other => (SectionKind::Other, text.clone().into_owned()),
    };
    OutlineEntry {
        name,
        kind,
        line: section.place.line + 1,
        status: None,
    }
}
