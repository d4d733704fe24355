//! Two programs changed one file: what each did, whether it touches, and both together. Lines are the unit, as people
//! think of these files; finding and merging them is the crate diffy's work.

use std::{collections::BTreeSet, ops::Range};

use diffy::{DiffOptions, Hunk, HunkRange, Line, merge_bytes};

use super::beside::one_below_the_other;

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

/// Puts what others did and what I did together. New lines of both at one place go one below the other where it makes
/// no difference to anybody which comes first.
pub fn merge(base: &[u8], mine: &[u8], theirs: &[u8]) -> Merge {
    if let Ok(both) = merge_bytes(base, mine, theirs) {
        return Merge::Clean(both);
    }
    let woven = weave(base, mine, theirs);
    match woven.touching.first() {
        None => Merge::Clean(woven.bytes),
        Some(line) => Merge::Overlap {
            line: count(*line),
            places: count(woven.touching.len()),
        },
    }
}

/// Mine where both changed the same lines; elsewhere what others did is kept.
pub fn keep_mine(base: &[u8], mine: &[u8], theirs: &[u8]) -> Vec<u8> {
    merge_bytes(base, mine, theirs).unwrap_or_else(|_| weave(base, mine, theirs).bytes)
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

/// What both did to one text, place by place.
struct Woven {
    /// Mine stands where they touch.
    bytes: Vec<u8>,
    /// The first line of each of my places that one of theirs touches, from 0 and in order.
    touching: Vec<usize>,
}

fn weave(base: &[u8], mine: &[u8], theirs: &[u8]) -> Woven {
    let (my_places, their_places) = (places(base, mine), places(base, theirs));
    let (base, mine, theirs) = (split(base), split(mine), split(theirs));
    let new_lines = |place: &Place| mine[place.new.clone()].to_vec();
    let mut woven: Vec<(Range<usize>, Vec<&[u8]>)> = my_places
        .iter()
        .map(|place| (place.old.clone(), new_lines(place)))
        .collect();
    let mut touching = BTreeSet::new();
    for place in their_places {
        let lines = &theirs[place.new.clone()];
        let near = |(_, mine): &(usize, &Place)| touch(&mine.old, &place.old);
        let near: Vec<_> = my_places.iter().enumerate().filter(near).collect();
        match near.as_slice() {
            [] => woven.push((place.old, lines.to_vec())),
            [(_, mine)] if mine.old == place.old && new_lines(mine) == lines => {}
            [(at, mine)] if mine.old == place.old && place.old.is_empty() => {
                match one_below_the_other(&woven[*at].1, lines) {
                    Some(both) => woven[*at].1 = both,
                    None => touching.extend([mine.new.start]),
                }
            }
            near => touching.extend(near.iter().map(|(_, mine)| mine.new.start)),
        }
    }
    woven.sort_by_key(|(old, _)| (old.start, old.end));
    Woven {
        bytes: with(&base, woven),
        touching: touching.into_iter().collect(),
    }
}

/// A text with other lines in these places, which are in order and apart.
fn with<'a>(
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
    fn what_both_added_at_one_place_is_kept_from_both() {
        let mine = with("[b]\n", "[b]\noutput = json\n");
        let theirs = with("[b]\n", "[b]\nduration_seconds = 900\n");
        let both = with("[b]\n", "[b]\noutput = json\nduration_seconds = 900\n");
        assert_eq!(merge(BASE, &mine, &theirs), Merge::Clean(both));
        let end = "region = z\n";
        let mine = with(end, "region = z\n\n[mine]\nregion = m\n");
        let theirs = with(end, "region = z\n[theirs]\nregion = t\n");
        let both = with(
            end,
            "region = z\n\n[mine]\nregion = m\n[theirs]\nregion = t\n",
        );
        assert_eq!(merge(BASE, &mine, &theirs), Merge::Clean(both));
    }

    #[test]
    fn one_place_that_touches_does_not_take_the_others_along() {
        let mine = with("[b]\n", "[b]\noutput = json\n");
        let mine = String::from_utf8(mine).expect("text");
        let mine = mine.replace("region = z", "region = mine");
        let theirs = with("[b]\n", "[b]\nduration_seconds = 900\n");
        let theirs = String::from_utf8(theirs).expect("text");
        let theirs = theirs.replace("region = z", "region = theirs");
        assert_eq!(
            merge(BASE, mine.as_bytes(), theirs.as_bytes()),
            Merge::Overlap { line: 8, places: 1 }
        );
        let kept = keep_mine(BASE, mine.as_bytes(), theirs.as_bytes());
        let kept = String::from_utf8(kept).expect("text");
        for line in ["output = json", "duration_seconds = 900", "region = mine"] {
            assert!(kept.contains(line), "{kept}");
        }
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
