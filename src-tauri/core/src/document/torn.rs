//! Whether a file seems caught in the middle of being written: tools that write in place empty it first (aws-cli
//! #10648), and some never come to the end. Whoever asks looks again before believing it.

use super::{Document, Kind};

/// Empty, a mere beginning of what was there, or without half of its sections.
pub fn seems_torn(before: &Document, now: &[u8]) -> bool {
    let was = before.bytes();
    if was == now || was.is_empty() {
        return false;
    }
    if now.is_empty() || (now.len() < was.len() && was.starts_with(now)) {
        return true;
    }
    if now.len() * 2 >= was.len() {
        return false;
    }
    let sections = |document: &Document| {
        document
            .lines()
            .iter()
            .filter(|line| matches!(line.kind, Kind::Section { .. }))
            .count()
    };
    let had = sections(before);
    had > 1 && sections(&Document::parse(now.to_vec())) * 2 <= had
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_file_and_a_mere_beginning_seem_torn_and_a_change_does_not() {
        let before = Document::parse(b"[a]\nregion = x\n[b]\nregion = y\n".to_vec());
        for torn in ["", "[a]\nreg", "[a]\nregion = x\n", "[c]\n"] {
            assert!(seems_torn(&before, torn.as_bytes()), "{torn:?}");
        }
        let whole = ["[a]\nregion = z\n[b]\nregion = y\n", "[a]\n[b]\n[c]\n[d]\n"];
        for whole in whole {
            assert!(!seems_torn(&before, whole.as_bytes()), "{whole:?}");
        }
    }
}
