//! Whether a change keeps to its lines: what stands outside of those it names must stand in the new text as it was, in
//! order. Asked before every write of a change that names its lines, so that a mistake of ours is refused and not saved.

use std::ops::Range;

use super::changed::split;

/// Whether `new` is `old` with something in the place of these lines, counted from 0, and nothing else. No lines, such
/// as `3..3`, are the place between two.
pub fn keeps_to(old: &[u8], new: &[u8], named: &[Range<usize>]) -> bool {
    let (old, new) = (split(old), split(new));
    let mut named: Vec<_> = named.to_vec();
    named.sort_by_key(|lines| (lines.start, lines.end));
    let (mut old_at, mut new_at) = (0, 0);
    for (number, lines) in named.iter().enumerate() {
        // Two names for the same lines are one.
        let kept = &old[old_at.min(old.len())..lines.start.clamp(old_at, old.len())];
        let rest = &new[new_at..];
        let found = if number == 0 {
            rest.starts_with(kept).then_some(0)
        } else {
            (0..=rest.len()).find(|at| rest[*at..].starts_with(kept))
        };
        let Some(found) = found else {
            return false;
        };
        new_at += found + kept.len();
        old_at = old_at.max(lines.end);
    }
    let kept = &old[old_at.min(old.len())..];
    let rest = &new[new_at..];
    if named.is_empty() {
        rest == kept
    } else {
        rest.ends_with(kept)
    }
}

#[cfg(test)]
#[expect(
    clippy::single_range_in_vec_init,
    reason = "a list of one range of lines"
)]
mod tests {
    use super::*;

    const OLD: &[u8] = b"[a]\nregion = x\n[b]\nregion = y\n";

    #[test]
    fn named_lines_may_become_anything_and_the_others_nothing() {
        let claims: [(&str, &[Range<usize>], bool); 8] = [
            ("[a]\nregion = z\n[b]\nregion = y\n", &[1..2], true),
            ("[a]\nregion = z\n[b]\nregion = y\n", &[3..4], false),
            ("[a]\n[b]\nregion = y\n", &[1..2], true),
            ("[a]\nregion = x\n[b]\nregion = y\n[c]\n", &[4..4], true),
            ("[c]\n[a]\nregion = x\n[b]\nregion = y\n", &[4..4], false),
            ("[a]\n1\n[b]\n2\n3\n", &[1..2, 3..4], true),
            ("[b]\nregion = y\n[a]\nregion = x\n", &[0..0], false),
            ("", &[0..4], true),
        ];
        for (new, named, keeps) in claims {
            assert_eq!(
                keeps_to(OLD, new.as_bytes(), named),
                keeps,
                "{new:?} {named:?}"
            );
        }
    }

    #[test]
    fn without_names_nothing_may_change_not_even_a_line_end() {
        assert!(keeps_to(OLD, OLD, &[]));
        assert!(!keeps_to(b"[a]\r\n", b"[a]\n", &[]));
        assert!(!keeps_to(b"[a]", b"[a]\n", &[]));
        assert!(keeps_to(b"[a]", b"[a]\n[b]\n", &[0..1]));
    }
}
