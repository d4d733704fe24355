//! Two programs added lines at the same place. Mostly it makes no difference which come first, as with two profiles that
//! were appended, or two properties of one profile: then both stand, one below the other. Where it makes a difference, or
//! both say something about the same thing, there is no answer.

use std::collections::BTreeSet;

use crate::document::{Document, Kind};

/// Both, in an order in which each means what it meant alone; none where there is no such order.
pub(super) fn one_below_the_other<'a>(
    one: &[&'a [u8]],
    other: &[&'a [u8]],
) -> Option<Vec<&'a [u8]>> {
    let (first, second) = (Block::read(one)?, Block::read(other)?);
    if !first.names.is_disjoint(&second.names) {
        return None;
    }
    if first.leaves_room_for(&second) {
        Some([one, other].concat())
    } else if second.leaves_room_for(&first) {
        Some([other, one].concat())
    } else {
        None
    }
}

/// Lines that somebody added.
struct Block {
    /// Its sections, and the properties that it adds to the section above it.
    names: BTreeSet<(What, Vec<u8>)>,
    ends_whole: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Section,
    Property,
}

impl Block {
    /// None where a line goes on from the one above, or is nothing that AWS tools read.
    fn read(lines: &[&[u8]]) -> Option<Self> {
        let document = Document::parse(lines.concat());
        let mut names = BTreeSet::new();
        let mut is_inside = true;
        for line in document.lines() {
            match line.kind {
                Kind::Blank | Kind::Comment => {}
                Kind::Section { name, closed: true } => {
                    is_inside = false;
                    names.insert((What::Section, document.slice(name).to_vec()));
                }
                Kind::Property { key, .. } if is_inside && key.start == line.span.start => {
                    names.insert((What::Property, document.slice(key).to_ascii_lowercase()));
                }
                _ if !is_inside => {}
                Kind::Nested { .. } | Kind::Continuation { .. } if !names.is_empty() => {}
                _ => return None,
            }
        }
        Some(Self {
            names,
            ends_whole: document.bytes().ends_with(b"\n"),
        })
    }

    fn has(&self, what: What) -> bool {
        self.names.iter().any(|(is, _)| *is == what)
    }

    /// What is added to the section above must not come below a new one.
    fn leaves_room_for(&self, below: &Self) -> bool {
        self.ends_whole && !(self.has(What::Section) && below.has(What::Property))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::changed::split, *};

    fn together(one: &str, other: &str) -> Option<String> {
        let (one, other) = (split(one.as_bytes()), split(other.as_bytes()));
        let both = one_below_the_other(&one, &other)?;
        Some(String::from_utf8(both.concat()).expect("text"))
    }

    #[test]
    fn what_belongs_to_the_section_above_comes_first() {
        let section = "[profile new]\nregion = x\n";
        for (one, other) in [(section, "output = json\n"), ("output = json\n", section)] {
            let both = together(one, other);
            assert_eq!(both, Some(format!("output = json\n{section}")));
        }
    }

    #[test]
    fn the_one_without_a_line_end_comes_last() {
        assert_eq!(together("[a]", "[b]\n").as_deref(), Some("[b]\n[a]"));
        assert_eq!(together("[a]", "[b]"), None);
    }

    #[test]
    fn there_is_no_answer_where_the_order_or_the_name_matters() {
        for (one, other) in [
            ("region = x\n", "Region = y\n"),
            ("[a]\nregion = x\n", "[a]\nregion = y\n"),
            ("x = 1\n[a]\n", "y = 1\n[b]\n"),
            ("  goes = on\n", "output = json\n"),
            ("no property\n", "output = json\n"),
        ] {
            assert_eq!(together(one, other), None, "{one}{other}");
        }
    }
}
