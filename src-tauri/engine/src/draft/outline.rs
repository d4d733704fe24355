//! The outline of a draft, told so that the page gets what is new to it. Only the last one that was told is remembered;
//! a page that has another one gets all of it.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::view::{Outline, OutlineEntry};

/// The outline that was told last.
#[derive(Default)]
pub(super) struct Told {
    id: String,
    sections: Vec<OutlineEntry>,
}

impl Told {
    /// These sections for somebody who has the outline of the id `known`.
    pub(super) fn tell(&mut self, sections: Vec<OutlineEntry>, known: Option<&str>) -> Outline {
        let id = id_of(&sections);
        let old: &[OutlineEntry] = if known == Some(&self.id) {
            &self.sections
        } else {
            &[]
        };
        let same = |(one, other): &(&OutlineEntry, &OutlineEntry)| one == other;
        let first = old.iter().zip(&sections).take_while(same).count();
        let (old, new) = (&old[first..], &sections[first..]);
        let last = old.iter().rev().zip(new.iter().rev());
        let last = last.take_while(same).count();
        let outline = Outline {
            id: id.clone(),
            kept_first: count(first),
            kept_last: count(last),
            sections: new[..new.len() - last].to_vec(),
        };
        *self = Self { id, sections };
        outline
    }
}

fn id_of(sections: &[OutlineEntry]) -> String {
    let mut hasher = DefaultHasher::new();
    sections.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn count(sections: usize) -> u32 {
    u32::try_from(sections).expect("a file has fewer sections than bytes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::SectionKind;

    fn sections(names: &[&str]) -> Vec<OutlineEntry> {
        let entry = |(at, name): (usize, &&str)| OutlineEntry {
            name: (*name).into(),
            kind: SectionKind::Profile,
            line: count(at),
            status: None,
        };
        names.iter().enumerate().map(entry).collect()
    }

    /// The page's side of it.
    fn joined(known: &[OutlineEntry], outline: &Outline) -> Vec<OutlineEntry> {
        let last = known.len() - outline.kept_last as usize;
        let first = &known[..outline.kept_first as usize];
        [first, &outline.sections, &known[last..]].concat()
    }

    #[test]
    fn who_has_the_last_outline_is_told_what_is_new_and_ends_up_with_all_of_it() {
        let texts: [&[&str]; 8] = [
            &["a", "b", "c"],
            &["a", "x", "c"],
            &["a", "x", "c", "c"],
            &["a", "x", "c"],
            &["a", "a", "x", "c"],
            &[],
            &["b"],
            &["b"],
        ];
        let mut told = Told::default();
        let (mut known, mut id) = (Vec::new(), None);
        for text in texts {
            let outline = told.tell(sections(text), id.as_deref());
            known = joined(&known, &outline);
            assert_eq!(known, sections(text));
            id = Some(outline.id);
        }
        assert_eq!(told.tell(known, id.as_deref()).sections, []);
    }

    #[test]
    fn who_has_another_outline_is_told_all_of_it() {
        let mut told = Told::default();
        let first = told.tell(sections(&["a", "b"]), None).id;
        told.tell(sections(&["a", "c"]), Some(&first));
        let outline = told.tell(sections(&["a", "c"]), Some(&first));
        assert_eq!(outline.sections, sections(&["a", "c"]));
    }
}
