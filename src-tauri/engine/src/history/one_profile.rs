//! The sections of one profile, taken from one text and put into another.

use std::ops::Range;

use rolecall_core::{
    document::Document,
    profiles::{File, Home},
};

/// `now` with the sections that the profile has in `then` in the place of those that it has; none where it had none.
pub(super) fn with_profile(file: File, then: &[u8], now: &[u8], name: &str) -> Option<Vec<u8>> {
    let had = sections(file, then, name);
    let has = sections(file, now, name);
    let had_text: Vec<u8> = had
        .iter()
        .flat_map(|range| &then[range.clone()])
        .copied()
        .collect();
    if had.is_empty() {
        return None;
    }
    let mut bytes = Vec::with_capacity(now.len() + had_text.len());
    let mut at = 0;
    for (index, range) in has.iter().enumerate() {
        bytes.extend_from_slice(&now[at..range.start]);
        if index == 0 {
            put_lines(&mut bytes, &had_text, range.end < now.len());
        }
        at = range.end;
    }
    bytes.extend_from_slice(&now[at..]);
    if has.is_empty() {
        if !bytes.is_empty() && !bytes.ends_with(b"\n\n") {
            let line_end: &[u8] = if bytes.ends_with(b"\n") {
                b"\n"
            } else {
                b"\n\n"
            };
            bytes.extend_from_slice(line_end);
        }
        put_lines(&mut bytes, &had_text, true);
    }
    Some(bytes)
}

fn put_lines(bytes: &mut Vec<u8>, text: &[u8], more_follows: bool) {
    bytes.extend_from_slice(text);
    if more_follows && !bytes.is_empty() && !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
}

/// The bytes of each section of a profile, header and all.
fn sections(file: File, bytes: &[u8], name: &str) -> Vec<Range<usize>> {
    let document = Document::parse(bytes.to_vec());
    let home = match file {
        File::Config => Home::read(Some(document), None),
        File::Credentials => Home::read(None, Some(document)),
    };
    let (Some(profile), Some(document)) = (home.named_profile(name), home.document(file)) else {
        return Vec::new();
    };
    let start_of = |line: u32| {
        let line = document.lines().get(line as usize);
        line.map_or(bytes.len(), |line| line.span.start as usize)
    };
    let mut ranges: Vec<_> = profile
        .sections()
        .map(|section| start_of(section.place.line)..start_of(section.lines.end))
        .collect();
    ranges.sort_by_key(|range| range.start);
    ranges
}
