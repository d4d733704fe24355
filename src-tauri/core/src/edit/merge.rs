//! Two programs changed one file: what each did, whether it touches, and both together. Lines are the unit, as people
//! think of these files; finding and merging them is the crate diffy's work.

use std::ops::Range;

use diffy::{DiffOptions, Hunk, HunkRange, Line, merge_bytes};

/// Both sides together, or where they touch.
#[derive(Debug, PartialEq, Eq)]
pub enum Merge {
    /// The whole file with what both did.
    Clean(Vec<u8>),
    /// They changed the same lines, or lines that touch.
    Overlap {
        /// The first such line of mine, from 0.
        line: u32,
        /// How many such places there are.
        places: u32,
    },
}

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

/// Puts what others did and what I did together.
pub fn merge(base: &[u8], mine: &[u8], theirs: &[u8]) -> Merge {
    if let Ok(both) = merge_bytes(base, mine, theirs) {
        return Merge::Clean(both);
    }
    let mine = places(base, mine);
    let theirs = places(base, theirs);
    let mut touching = mine
        .iter()
        .filter(|mine| theirs.iter().any(|theirs| touch(&mine.old, &theirs.old)));
    let first = touching.next().or(mine.first());
    Merge::Overlap {
        line: first.map_or(0, |place| count(place.new.start)),
        places: 1 + count(touching.count()),
    }
}

/// Mine where both changed the same lines; elsewhere what others did is kept.
pub fn keep_mine(base: &[u8], mine: &[u8], theirs: &[u8]) -> Vec<u8> {
    let my_places = places(base, mine);
    let apart: Vec<Place> = places(base, theirs)
        .into_iter()
        .filter(|theirs| !my_places.iter().any(|mine| touch(&mine.old, &theirs.old)))
        .collect();
    let theirs = with_places(base, theirs, &apart);
    merge_bytes(base, mine, &theirs).unwrap_or_else(|_| mine.to_vec())
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
struct Place {
    old: Range<usize>,
    new: Range<usize>,
}

fn places(old: &[u8], new: &[u8]) -> Vec<Place> {
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

/// They share a line, or stand side by side: nobody can say which comes first.
fn touch(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// `old` with these of the places that `new` changed, and no others.
fn with_places(old: &[u8], new: &[u8], places: &[Place]) -> Vec<u8> {
    let (old, new) = (split(old), split(new));
    let mut bytes = Vec::new();
    let mut at = 0;
    for place in places {
        bytes.extend(old[at..place.old.start].iter().copied().flatten());
        bytes.extend(new[place.new.clone()].iter().copied().flatten());
        at = place.old.end;
    }
    bytes.extend(old[at..].iter().copied().flatten());
    bytes
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
    fn what_stands_apart_is_kept_from_both() {
        let mine = with("region = x", "region = mine");
        let theirs = with("region = z", "region = theirs\noutput = json");
        let Merge::Clean(both) = merge(BASE, &mine, &theirs) else {
            panic!("they are apart");
        };
        let both = String::from_utf8(both).expect("text");
        assert!(
            both.contains("region = mine\n") && both.contains("region = theirs\noutput = json")
        );
    }

    #[test]
    fn the_same_line_overlaps_and_is_named() {
        let mine = with("region = y", "region = mine");
        let theirs = with("region = y", "region = theirs");
        assert_eq!(
            merge(BASE, &mine, &theirs),
            Merge::Overlap { line: 4, places: 1 }
        );
    }

    #[test]
    fn the_same_change_on_both_sides_is_no_conflict() {
        let both = with("region = y", "region = same");
        assert_eq!(merge(BASE, &both, &both), Merge::Clean(both.clone()));
    }

    #[test]
    fn keeping_mine_loses_only_what_touches_mine() {
        let mine = with("region = y", "region = mine");
        let theirs = with("region = y", "region = theirs");
        let theirs = String::from_utf8(theirs)
            .expect("text")
            .replace("region = z", "region = elsewhere");
        let kept = String::from_utf8(keep_mine(BASE, &mine, theirs.as_bytes())).expect("text");
        assert!(kept.contains("region = mine") && kept.contains("region = elsewhere"));
        assert!(!kept.contains("theirs"));
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
