//! The smallest pair of files that still tells two readers apart: lines go, then letters, as long as it does.

use crate::generator::Pair;

pub(crate) fn shrink(pair: &Pair, mut is_apart: impl FnMut(&Pair) -> bool) -> Pair {
    let mut least = pair.clone();
    for without in [
        Pair {
            config: None,
            ..least.clone()
        },
        Pair {
            credentials: None,
            ..least.clone()
        },
    ] {
        if is_apart(&without) {
            least = without;
        }
    }
    for is_config in [true, false] {
        // Large pieces first, then smaller ones, down to single bytes.
        let mut size = file(&least, is_config).len().next_power_of_two();
        while size > 0 {
            let mut at = 0;
            while at < file(&least, is_config).len() {
                let mut shorter = least.clone();
                let bytes = if is_config {
                    &mut shorter.config
                } else {
                    &mut shorter.credentials
                };
                if let Some(bytes) = bytes {
                    bytes.drain(at..(at + size).min(bytes.len()));
                }
                if is_apart(&shorter) {
                    least = shorter;
                } else {
                    at += size;
                }
            }
            size /= 2;
        }
    }
    least
}

fn file(pair: &Pair, is_config: bool) -> &[u8] {
    let bytes = if is_config {
        &pair.config
    } else {
        &pair.credentials
    };
    bytes.as_deref().unwrap_or_default()
}
