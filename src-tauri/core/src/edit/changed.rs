//! What happened between two texts, in lines, as people think of these files. Finding them is the crate diffy's work.

use std::ops::Range;

use diffy::{DiffOptions, Hunk, HunkRange, Line};

/// How many lines somebody added, removed and changed, and where the first of them stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New lines.
    pub added: u32,
    /// Lines that are gone.
    pub removed: u32,
    /// Lines that stand where others stood.
    pub changed: u32,
    /// The first line that is not as it was, from 0, of the older text.
    pub first: u32,
}

impl Tally {
    /// All of them.
    pub fn lines(self) -> u32 {
        self.added + self.removed + self.changed
    }
}

/// `base` with the lines that are new in `theirs`, and nothing else of what they did.
pub fn additions(base: &[u8], theirs: &[u8]) -> Vec<u8> {
    let came = places(base, theirs);
    let came = came.iter().filter(|place| place.old.is_empty());
    let lines = split(theirs);
    let came = came.map(|place| (place.old.clone(), lines[place.new.clone()].to_vec()));
    with(&split(base), came)
}

/// The lines of `old` that are not as they were in `new`, from 0; no lines where some came in between.
pub fn changed_lines(old: &[u8], new: &[u8]) -> Vec<Range<usize>> {
    let places = places(old, new);
    places.into_iter().map(|place| place.old).collect()
}

/// What happened between two texts, in lines.
pub fn tally(old: &[u8], new: &[u8]) -> Tally {
    let places = places(old, new);
    let mut tally = Tally {
        first: places.first().map_or(0, |place| count(place.old.start)),
        ..Tally::default()
    };
    for Place { old, new } in places {
        let (gone, come) = (count(old.len()), count(new.len()));
        tally.changed += gone.min(come);
        tally.added += come.saturating_sub(gone);
        tally.removed += gone.saturating_sub(come);
    }
    tally
}

/// The lines of two texts that differ.
pub(super) struct Place {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

pub(super) fn places(old: &[u8], new: &[u8]) -> Vec<Place> {
    let (head, old, new) = without_common_ends(old, new);
    if old == new {
        return Vec::new();
    }
    DiffOptions::new()
        .set_context_len(0)
        .create_patch_bytes(old, new)
        .hunks()
        .iter()
        .map(|hunk| Place {
            old: lines(head, hunk.old_range(), hunk, |line| {
                matches!(line, Line::Delete(_))
            }),
            new: lines(head, hunk.new_range(), hunk, |line| {
                matches!(line, Line::Insert(_))
            }),
        })
        .collect()
}

/// How many lines both begin with, and what is left of each without those and without the lines that both end with. A
/// person typing changes a line of thousands; to look for it in all of them would be what the person waits for.
fn without_common_ends<'a>(old: &'a [u8], new: &'a [u8]) -> (usize, &'a [u8], &'a [u8]) {
    let same = |(one, other): &(&u8, &u8)| one == other;
    let head = old.iter().zip(new).take_while(same).count();
    let head = memchr::memrchr(b'\n', &old[..head]).map_or(0, |at| at + 1);
    let count = memchr::memchr_iter(b'\n', &old[..head]).count();
    let (old, new) = (&old[head..], &new[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same);
    let tail = &old[old.len() - tail.count()..];
    let tail = memchr::memchr(b'\n', tail).map_or(0, |at| tail.len() - at - 1);
    (count, &old[..old.len() - tail], &new[..new.len() - tail])
}

/// A unified diff counts lines from 1, and for no lines names the one before.
fn lines(
    head: usize,
    range: HunkRange,
    hunk: &Hunk<'_, [u8]>,
    is_ours: fn(&Line<'_, [u8]>) -> bool,
) -> Range<usize> {
    let length = hunk.lines().iter().filter(|line| is_ours(line)).count();
    let start = head + range.start() - usize::from(length > 0);
    start..start + length
}

/// A text with other lines in these places, which are in order and apart.
pub(super) fn with<'a>(
    lines: &[&'a [u8]],
    places: impl IntoIterator<Item = (Range<usize>, Vec<&'a [u8]>)>,
) -> Vec<u8> {
    let mut all = Vec::with_capacity(lines.len());
    let mut at = 0;
    for (old, new) in places {
        all.extend_from_slice(&lines[at..old.start]);
        all.extend(new);
        at = old.end;
    }
    all.extend_from_slice(&lines[at..]);
    all.concat()
}

pub(super) fn split(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

fn count(lines: usize) -> u32 {
    u32::try_from(lines).expect("a file has fewer lines than bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &[u8] = b"[a]\nregion = x\n\n[b]\nregion = y\n\n[c]\nregion = z\n";

    fn with(from: &str, to: &str) -> Vec<u8> {
        let text = std::str::from_utf8(BASE).expect("text");
        assert!(text.contains(from));
        text.replace(from, to).into_bytes()
    }

    #[test]
    fn additions_are_what_came_and_not_what_went_or_became_another() {
        let theirs = with("region = x\n", "region = x\noutput = json\n");
        let theirs = String::from_utf8(theirs).expect("text");
        let theirs = theirs.replace("region = y\n", "");
        let theirs = theirs.replace("region = z", "region = other");
        let came = additions(BASE, theirs.as_bytes());
        assert_eq!(came, with("region = x\n", "region = x\noutput = json\n"));
    }

    #[test]
    fn lines_are_counted_as_added_removed_and_changed() {
        let new = with("region = y\n", "region = 2\noutput = json\n");
        assert_eq!(
            tally(BASE, &new),
            Tally {
                added: 1,
                removed: 0,
                changed: 1,
                first: 4
            }
        );
        assert_eq!(tally(BASE, b"").removed, 8);
        assert_eq!(tally(b"", b"x\n").added, 1);
        assert_eq!(tally(BASE, BASE).lines(), 0);
    }
}
