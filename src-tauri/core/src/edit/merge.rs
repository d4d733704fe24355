//! Two programs changed one file: what each did, where they touch, and both together. Lines are the unit, as people
//! think of these files; merging what is apart is the crate diffy's work.

use std::ops::Range;

use diffy::merge_bytes;

use super::{
    beside::one_below_the_other,
    changed::{Place, places, split, with},
};

/// Both sides together, or where they touch.
#[derive(Debug, PartialEq, Eq)]
pub enum Merge {
    /// The whole file with what both did.
    Clean(Vec<u8>),
    /// They changed the same lines, or lines that touch: at least one such place, in order.
    Overlap(Vec<Overlap>),
}

impl Merge {
    /// Both sides together, where they can be.
    pub fn clean(self) -> Option<Vec<u8>> {
        match self {
            Self::Clean(both) => Some(both),
            Self::Overlap(_) => None,
        }
    }
}

/// A place at which both sides changed one text, as lines from 0 of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// What stood there.
    pub base: Range<usize>,
    /// What I made of it.
    pub mine: Range<usize>,
    /// What they made of it.
    pub theirs: Range<usize>,
    /// The first line of mine that I changed.
    pub line: usize,
}

/// Which side stands where both changed one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What I typed.
    Mine,
    /// What they wrote.
    Theirs,
}

/// Puts what others did and what I did together. New lines of both at one place go one below the other where it makes
/// no difference to anybody which comes first.
pub fn merge(base: &[u8], mine: &[u8], theirs: &[u8]) -> Merge {
    if let Ok(both) = merge_bytes(base, mine, theirs) {
        return Merge::Clean(both);
    }
    let (both, overlaps) = weave(base, mine, theirs);
    match overlaps.as_slice() {
        [] => Merge::Clean(both),
        _ => Merge::Overlap(overlaps),
    }
}

/// Mine where both changed the same lines; elsewhere what others did is kept.
pub fn keep_mine(base: &[u8], mine: &[u8], theirs: &[u8]) -> Vec<u8> {
    merge_bytes(base, mine, theirs).unwrap_or_else(|_| weave(base, mine, theirs).0)
}

/// Settles one place. What they wrote there counts as seen from then on: the base gets it, and mine where it is what
/// shall stand. Answers with the new base and mine.
pub fn settle(
    (base, mine, theirs): (&[u8], &[u8], &[u8]),
    overlap: &Overlap,
    side: Side,
) -> (Vec<u8>, Vec<u8>) {
    let seen = &split(theirs)[overlap.theirs.clone()];
    let put = |text, at: &Range<usize>| with(&split(text), [(at.clone(), seen.to_vec())]);
    let mine = match side {
        Side::Mine => mine.to_vec(),
        Side::Theirs => put(mine, &overlap.mine),
    };
    (put(base, &overlap.base), mine)
}

/// What both did to one text, place by place, mine where they touch; and where that is.
fn weave(base: &[u8], mine: &[u8], theirs: &[u8]) -> (Vec<u8>, Vec<Overlap>) {
    let (my_places, their_places) = (places(base, mine), places(base, theirs));
    let (base, mine, theirs) = (split(base), split(mine), split(theirs));
    let (mut woven, mut overlaps) = (Vec::new(), Vec::new());
    for Group {
        base,
        mine: my_places,
        theirs: their_places,
    } in groups(&my_places, &their_places)
    {
        let (my_lines, their_lines) = (hull(my_places, &base), hull(their_places, &base));
        let (my_text, their_text) = (
            mine.get(my_lines.clone()).unwrap_or_default(),
            theirs.get(their_lines.clone()).unwrap_or_default(),
        );
        let lines = match (my_places, their_places) {
            ([], _) => their_text.to_vec(),
            (_, []) => my_text.to_vec(),
            _ if my_text == their_text => my_text.to_vec(),
            ([my_place, ..], _) => {
                let below = || one_below_the_other(my_text, their_text);
                let both = if base.is_empty() { below() } else { None };
                both.unwrap_or_else(|| {
                    overlaps.push(Overlap {
                        base: base.clone(),
                        mine: my_lines,
                        theirs: their_lines,
                        line: my_place.new.start,
                    });
                    my_text.to_vec()
                })
            }
        };
        woven.push((base, lines));
    }
    (with(&base, woven), overlaps)
}

/// Places of both sides that touch each other, however many, or one that none touches.
struct Group<'a> {
    /// All of them, in lines of the base.
    base: Range<usize>,
    mine: &'a [Place],
    theirs: &'a [Place],
}

fn groups<'a>(mut mine: &'a [Place], mut theirs: &'a [Place]) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    while let Some(first) = [mine.first(), theirs.first()]
        .into_iter()
        .flatten()
        .min_by_key(|place| (place.old.start, place.old.end))
    {
        let mut base = first.old.clone();
        let (mut my_count, mut their_count) = (0, 0);
        loop {
            if let Some(place) = mine.get(my_count).filter(|place| touch(&place.old, &base)) {
                base.end = base.end.max(place.old.end);
                my_count += 1;
            } else if let Some(place) = theirs
                .get(their_count)
                .filter(|place| touch(&place.old, &base))
            {
                base.end = base.end.max(place.old.end);
                their_count += 1;
            } else {
                break;
            }
        }
        let (my_places, their_places);
        (my_places, mine) = mine.split_at(my_count);
        (their_places, theirs) = theirs.split_at(their_count);
        groups.push(Group {
            base,
            mine: my_places,
            theirs: their_places,
        });
    }
    groups
}

/// They share a line, or stand side by side: nobody can say which comes first.
fn touch(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// The lines of the base, as the side has them that made these places.
fn hull(places: &[Place], base: &Range<usize>) -> Range<usize> {
    match places {
        [first, ..] => {
            let last = places.last().unwrap_or(first);
            let before = first.old.start - base.start;
            first.new.start - before..last.new.end + (base.end - last.old.end)
        }
        [] => 0..0,
    }
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
            Merge::Overlap(vec![Overlap {
                base: 4..5,
                mine: 4..5,
                theirs: 4..5,
                line: 4
            }])
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
        let overlaps = overlaps(BASE, mine.as_bytes(), theirs.as_bytes());
        assert_eq!(overlaps.iter().map(|it| it.line).collect::<Vec<_>>(), [8]);
        let kept = keep_mine(BASE, mine.as_bytes(), theirs.as_bytes());
        let kept = String::from_utf8(kept).expect("text");
        for line in ["output = json", "duration_seconds = 900", "region = mine"] {
            assert!(kept.contains(line), "{kept}");
        }
    }

    /// Both changed `a` and `c`, and each what the other left alone.
    fn three_sides() -> (String, String) {
        let base = std::str::from_utf8(BASE).expect("text");
        let mine = base
            .replace("region = x", "region = mine\noutput = mine")
            .replace("region = z", "region = mine")
            .replace("[b]", "[b]\n# mine");
        let theirs = base
            .replace("region = x\n", "")
            .replace("region = z", "region = theirs\noutput = theirs")
            .replace("region = y\n", "region = y\n# theirs\n");
        (mine, theirs)
    }

    fn overlaps(base: &[u8], mine: &[u8], theirs: &[u8]) -> Vec<Overlap> {
        match merge(base, mine, theirs) {
            Merge::Clean(_) => Vec::new(),
            Merge::Overlap(overlaps) => overlaps,
        }
    }

    #[test]
    fn each_place_is_settled_by_itself_and_what_is_apart_stays_from_both() {
        let (mine, theirs) = three_sides();
        let expected =
            |a: &str, c: &str| format!("[a]\n{a}\n[b]\n# mine\nregion = y\n# theirs\n\n[c]\n{c}");
        let my_a = "region = mine\noutput = mine\n";
        let (my_c, their_c) = ("region = mine\n", "region = theirs\noutput = theirs\n");
        for (first, second, end) in [
            (Side::Mine, Side::Mine, expected(my_a, my_c)),
            (Side::Mine, Side::Theirs, expected(my_a, their_c)),
            (Side::Theirs, Side::Mine, expected("", my_c)),
            (Side::Theirs, Side::Theirs, expected("", their_c)),
        ] {
            let theirs = theirs.as_bytes();
            let (mut base, mut mine) = (BASE.to_vec(), mine.clone().into_bytes());
            for (side, left) in [(first, 2), (second, 1)] {
                let overlaps = overlaps(&base, &mine, theirs);
                assert_eq!(overlaps.len(), left);
                (base, mine) = settle((&base, &mine, theirs), &overlaps[0], side);
            }
            let both = merge(&base, &mine, theirs).clean();
            assert_eq!(
                both.map(|both| String::from_utf8(both).expect("text")),
                Some(end)
            );
        }
    }

    #[test]
    fn a_place_is_as_wide_as_all_that_touches_it() {
        let mine = with(
            "region = x\n\n[b]\nregion = y",
            "region = x\n\n[mine]\nregion = y",
        );
        let theirs = with("\n[b]\nregion = y\n\n[c]", "\n[theirs]\nregion = y\n\n[d]");
        let theirs = String::from_utf8(theirs).expect("text");
        let theirs = theirs.replace("region = x", "region = theirs");
        let overlaps = overlaps(BASE, &mine, theirs.as_bytes());
        let [overlap] = overlaps.as_slice() else {
            panic!("one: {overlaps:?}");
        };
        assert_eq!((overlap.line, overlap.mine.clone()), (3, 3..4));
        let (base, mine) = settle((BASE, &mine, theirs.as_bytes()), overlap, Side::Theirs);
        assert_eq!(
            merge(&base, &mine, theirs.as_bytes()).clean(),
            Some(theirs.into_bytes())
        );
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
}
