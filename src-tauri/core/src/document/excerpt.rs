//! Bytes of a file as a person may see them: bytes that are not text, and characters that would act on a terminal or
//! hide in a name, are shown as what they are.

use std::{borrow::Cow, fmt::Write};

/// Bytes as text. What is not UTF-8 becomes `\xE9`, so that two names that differ in it stay different.
pub fn printable(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let mut text = String::with_capacity(bytes.len() + 8);
            for chunk in bytes.utf8_chunks() {
                text.push_str(chunk.valid());
                for byte in chunk.invalid() {
                    write!(text, "\\x{byte:02X}").expect("writing to a String");
                }
            }
            Cow::Owned(text)
        }
    }
}

/// Text with what acts or hides spelled out: control characters, line and paragraph separators, marks that change the
/// writing direction, characters without width, tags (`safety.md`, T8).
pub fn escape_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts_or_hides) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if acts_or_hides(c) {
            write!(escaped, "\\u{{{:X}}}", u32::from(c)).expect("writing to a String");
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

fn acts_or_hides(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_text_are_spelled_out() {
        assert_eq!(printable(b"caf\xe9 x"), "caf\\xE9 x");
        assert_eq!(printable("café".as_bytes()), "café");
    }

    #[test]
    fn what_acts_on_a_terminal_or_hides_is_spelled_out() {
        assert_eq!(escape_line("a\u{1b}[2Jb"), "a\\u{1B}[2Jb");
        assert_eq!(escape_line("evil\u{202E}txt"), "evil\\u{202E}txt");
        assert_eq!(escape_line("a\0b"), "a\\u{0}b");
        assert_eq!(escape_line("naïve → ok"), "naïve → ok");
    }
}
