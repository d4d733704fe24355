//! Names of cache files: a hash of what the file is about, in the form in which Python writes JSON.

use sha1::{Digest, Sha1};
use sha2::Sha256;

/// The SHA-1 of a text, as a file name.
pub(super) fn sha1_file(text: &str) -> String {
    file(&Sha1::digest(text.as_bytes()))
}

/// The SHA-256 of a text, as a file name.
pub(super) fn sha256_file(text: &str) -> String {
    file(&Sha256::digest(text.as_bytes()))
}

fn file(hash: &[u8]) -> String {
    use std::fmt::Write;
    let mut name = String::with_capacity(2 * hash.len() + 5);
    for byte in hash {
        write!(name, "{byte:02x}").expect("writing to a String");
    }
    name + ".json"
}

/// An object as `json.dumps(…, sort_keys=True)` writes it. The pairs come sorted, their values written.
pub(super) fn object(pairs: &[(&str, String)]) -> String {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(key, value)| format!("\"{key}\": {value}"))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}

/// A text as `json.dumps` writes it: in ASCII, other letters as `\u00e9`.
pub(super) fn text(text: &str) -> String {
    use std::fmt::Write;
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            '\u{8}' => written.push_str("\\b"),
            '\u{c}' => written.push_str("\\f"),
            ' '..='~' => written.push(letter),
            _ => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(written, "\\u{unit:04x}").expect("writing to a String");
                }
            }
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn text_is_written_as_python_writes_it() {
        assert_eq!(
            text("é\u{1f431}\"\\\n\u{7f}"),
            r#""\u00e9\ud83d\udc31\"\\\n\u007f""#
        );
    }
}
