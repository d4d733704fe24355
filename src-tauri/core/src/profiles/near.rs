//! Names that are a slip of the finger away from another. Comparing two names letter by letter is dear, so those that
//! don't even have nearly the same letters are left out first.

use strsim::osa_distance;

/// What is compared of each of some names before the names are.
#[derive(Debug)]
pub(crate) struct Near(Vec<(u64, u32)>);

impl Near {
    /// Of these names.
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self(names.map(letters).collect())
    }

    /// The place of the name that is closest to `wanted`, if one is near. `name` gives the names that this was made of, by
    /// their places.
    pub(crate) fn closest<'a>(
        &self,
        wanted: &str,
        name: impl Fn(usize) -> &'a str,
    ) -> Option<usize> {
        let most = slips(wanted);
        let (bits, long) = letters(wanted);
        let slack = u32::try_from(most).expect("two at most");
        let alike = self.0.iter().enumerate().filter(|(_, (known, length))| {
            length.abs_diff(long) <= slack && at_most_bits(known ^ bits, 2 * most)
        });
        alike
            .map(|(at, _)| (osa_distance(name(at), wanted), at))
            .filter(|(distance, _)| (1..=most).contains(distance))
            .min()
            .map(|(_, at)| at)
    }
}

/// Whether so few bits are set; they are taken away one by one, since few are counted.
fn at_most_bits(mut bits: u64, most: usize) -> bool {
    for _ in 0..most {
        bits &= bits.wrapping_sub(1);
    }
    bits == 0
}

/// One slip in a short name, two in a longer one.
fn slips(name: &str) -> usize {
    (name.chars().count() / 4).clamp(1, 2)
}

/// Which letters a name has, as bits, and how many. One slip changes two of the bits at most.
fn letters(name: &str) -> (u64, u32) {
    name.chars().fold((0, 0), |(bits, count), letter| {
        let bit = match letter {
            '0'..='9' => letter as u32 - '0' as u32,
            'a'..='z' => 10 + letter as u32 - 'a' as u32,
            other => 36 + other as u32 % 28,
        };
        (bits | 1 << bit, count + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closest(wanted: &str, names: &[&str]) -> Option<usize> {
        Near::of(names.iter().copied()).closest(wanted, |at| names[at])
    }

    #[test]
    fn a_letter_too_many_too_few_changed_or_swapped_is_near() {
        for wanted in ["acme-deev", "acme-dv", "acme-dex", "acme-edv", "came-dev"] {
            assert_eq!(
                closest(wanted, &["globex", "acme-dev"]),
                Some(1),
                "{wanted}"
            );
        }
    }

    #[test]
    fn another_name_is_not_near_and_the_nearest_one_wins() {
        assert_eq!(closest("acme-prod", &["acme-dev", "globex"]), None);
        assert_eq!(closest("dev", &["qa"]), None);
        assert_eq!(
            closest("staging-eu", &["staging-us", "staging-eux"]),
            Some(1)
        );
        assert_eq!(
            closest("same", &["same"]),
            None,
            "the name itself is no slip"
        );
    }
}
