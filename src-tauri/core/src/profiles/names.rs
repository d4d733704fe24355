//! The names of profiles, each kept once, and the number by which a profile goes from then on.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// Names in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// One after another.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Names {
    /// With room for so many, of so many bytes together.
    pub(super) fn with_room_for(count: usize, bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ends: Vec::with_capacity(count),
            numbers: HashTable::with_capacity(count),
            ..Self::default()
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a name, which is the next one for a name that is new.
    pub(super) fn number_or_next(&mut self, name: &str) -> u32 {
        let hash = self.hasher.hash_one(name);
        if let Some(number) = self.find(hash, name) {
            return number;
        }
        let number = u32::try_from(self.ends.len()).expect("fewer names than bytes");
        self.text.push_str(name);
        self.ends
            .push(u32::try_from(self.text.len()).expect("a document has fewer than 4 GiB"));
        let Self {
            text,
            ends,
            numbers,
            hasher,
        } = self;
        numbers.insert_unique(hash, number, |number| {
            hasher.hash_one(name_of(text, ends, *number))
        });
        number
    }

    /// The number of a name.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.find(self.hasher.hash_one(name), name)
    }

    fn find(&self, hash: u64, name: &str) -> Option<u32> {
        let is_it = |number: &u32| self.name(*number) == name;
        self.numbers.find(hash, is_it).copied()
    }

    /// The name of a number.
    pub(super) fn name(&self, number: u32) -> &str {
        name_of(&self.text, &self.ends, number)
    }
}

fn name_of<'a>(text: &'a str, ends: &[u32], number: u32) -> &'a str {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start as usize..ends[number] as usize]
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_keeps_its_number_and_others_get_the_next() {
        let mut names = Names::with_room_for(1, 0);
        let numbers = ["a", "", "b", "a", "ab", ""].map(|name| names.number_or_next(name));
        assert_eq!(numbers, [0, 1, 2, 0, 3, 1]);
        assert_eq!(
            [0, 1, 2, 3].map(|number| names.name(number)),
            ["a", "", "b", "ab"]
        );
        assert_eq!(
            (names.number("ab"), names.number("c"), names.len()),
            (Some(3), None, 4)
        );
    }
}
