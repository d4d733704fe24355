//! Names that are a slip of the finger away from another. Comparing two names letter by letter is dear, so those that
//! don't even have nearly the same length and the same letters are left out first.

use strsim::osa_distance;

/// How many letters each of some names has, and which.
#[derive(Debug)]
pub(crate) struct Near(Vec<(usize, u64)>);

impl Near {
    /// Of these names.
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self(
            names
                .map(|name| (name.chars().count(), letters(name)))
                .collect(),
        )
    }

    /// The place of the name that is closest to `wanted`, if one is near. `names` are those that this was made of.
    pub(crate) fn closest<'a>(
        &self,
        wanted: &str,
        names: impl Iterator<Item = &'a str>,
    ) -> Option<usize> {
        let most = slips(wanted);
        let (length, bits) = (wanted.chars().count(), letters(wanted));
        let alike = names.enumerate().zip(&self.0).filter(|(_, (long, known))| {
            long.abs_diff(length) <= most && (known ^ bits).count_ones() as usize <= 2 * most
        });
        alike
            .map(|((at, name), _)| (osa_distance(name, wanted), at))
            .filter(|(distance, _)| (1..=most).contains(distance))
            .min()
            .map(|(_, at)| at)
    }
}

/// One slip in a short name, two in a longer one.
fn slips(name: &str) -> usize {
    (name.chars().count() / 4).clamp(1, 2)
}

/// Which letters a name has, as bits. One slip changes two of them at most.
fn letters(name: &str) -> u64 {
    name.chars().fold(0, |bits, letter| {
        let bit = match letter {
            '0'..='9' => letter as u32 - '0' as u32,
            'a'..='z' => 10 + letter as u32 - 'a' as u32,
            other => 36 + other as u32 % 28,
        };
        bits | 1 << bit
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closest(wanted: &str, names: &[&str]) -> Option<usize> {
        Near::of(names.iter().copied()).closest(wanted, names.iter().copied())
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
