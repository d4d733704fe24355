//! What changed between two texts, as people read it: the lines that went and came, with two lines around them. Finding
//! them is the crate diffy's work.

use diffy::{DiffOptions, Line};

/// Lines around a change that stay as they are.
const AROUND: usize = 2;

/// Lines that stand together, some of which changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The first of them in the new text, from 1.
    pub line: u32,
    /// In the order of reading: what went stands before what came.
    pub lines: Vec<(Mark, Vec<u8>)>,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It stays.
    Kept,
    /// It goes.
    Removed,
    /// It comes.
    Added,
}

/// What changed from one text to the other; nothing where they are equal.
pub fn diff(old: &[u8], new: &[u8]) -> Vec<Hunk> {
    if old == new {
        return Vec::new();
    }
    DiffOptions::new()
        .set_context_len(AROUND)
        .create_patch_bytes(old, new)
        .hunks()
        .iter()
        .map(|hunk| Hunk {
            line: u32::try_from(hunk.new_range().start()).expect("fewer lines than bytes"),
            lines: hunk.lines().iter().map(marked).collect(),
        })
        .collect()
}

fn marked(line: &Line<'_, [u8]>) -> (Mark, Vec<u8>) {
    let (mark, text) = match *line {
        Line::Context(text) => (Mark::Kept, text),
        Line::Delete(text) => (Mark::Removed, text),
        Line::Insert(text) => (Mark::Added, text),
    };
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    (mark, text.strip_suffix(b"\r").unwrap_or(text).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_read_with_two_lines_around_it() {
        let old = b"[a]\nx = 1\ny = 2\nz = 3\nregion = old\nend = 5\n";
        let new = b"[a]\nx = 1\ny = 2\nz = 3\nregion = new\r\nend = 5\n";
        let found = diff(old, new);
        let [hunk] = found.as_slice() else {
            panic!("one place: {found:?}");
        };
        let text: Vec<_> = hunk
            .lines
            .iter()
            .map(|(mark, text)| (*mark, String::from_utf8_lossy(text).into_owned()))
            .collect();
        let line = |mark, text: &str| (mark, text.to_owned());
        assert_eq!(hunk.line, 3);
        assert_eq!(
            text,
            [
                line(Mark::Kept, "y = 2"),
                line(Mark::Kept, "z = 3"),
                line(Mark::Removed, "region = old"),
                line(Mark::Added, "region = new"),
                line(Mark::Kept, "end = 5"),
            ]
        );
    }

    #[test]
    fn equal_texts_have_no_difference_and_a_new_file_is_all_new() {
        assert_eq!(diff(b"[a]\n", b"[a]\n"), []);
        let found = diff(b"", b"[a]\nx = 1\n");
        assert_eq!((found.len(), found[0].line), (1, 1));
        assert!(found[0].lines.iter().all(|(mark, _)| *mark == Mark::Added));
    }
}
