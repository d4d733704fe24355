//! The text of a file as somebody types in it: lines without their endings, so that whoever shows it may have its own
//! idea of line breaks and the file keeps its. What nobody touched comes back byte for byte.
//!
//! An editor holds characters, a file holds bytes. A byte that is not UTF-8 becomes one character, `U+10FF00` plus the
//! byte, from a plane that nobody uses; where a file does use those, they travel as their bytes, so nothing is confused.

use secrecy::zeroize::Zeroizing;

use crate::document::{Document, Encoding, Ending};

const BYTES: u32 = 0x0010_FF00;
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A place in typed text. Both count from 0; columns count UTF-16 units, as editors in a browser do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// Some text in the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// From here,
    pub from: Spot,
    /// up to here,
    pub to: Spot,
    /// this stands. Line breaks of any kind.
    pub text: String,
}

/// A change that does not fit the text: whoever sent it has another one before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfStep;

/// The text of a file as somebody types in it.
#[derive(Clone)]
pub struct Typed {
    has_mark: bool,
    lines: Vec<Line>,
}

#[derive(Clone)]
struct Line {
    text: Zeroizing<String>,
    ending: Ending,
}

impl Typed {
    /// The text of a document, masked or not.
    pub fn of(document: &Document) -> Self {
        let has_mark = document.encoding() == Encoding::Utf8WithMark;
        let mut lines: Vec<Line> = document
            .lines()
            .iter()
            .map(|line| Line {
                text: Zeroizing::new(characters(document.slice(line.span))),
                ending: line.ending,
            })
            .collect();
        if has_mark && let Some(first) = lines.first_mut() {
            first.text.remove(0);
        }
        // Behind the last line break an editor shows one more line, which a file does not have.
        if lines.last().is_none_or(|last| last.ending != Ending::None) {
            lines.push(Line {
                text: Zeroizing::default(),
                ending: Ending::None,
            });
        }
        Self { has_mark, lines }
    }

    /// All of it, lines ended by `\n`.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }

    /// The bytes that the file would have: every line with its own ending.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.has_mark {
            bytes.extend_from_slice(MARK);
        }
        for line in &self.lines {
            put_bytes(&line.text, &mut bytes);
            bytes.extend_from_slice(line.ending.bytes());
        }
        bytes
    }

    /// Makes a change. New lines end as the one that they were typed in.
    ///
    /// # Errors
    /// When the places are not in the text; then nothing changed.
    pub fn apply(&mut self, change: &Change) -> Result<(), OutOfStep> {
        if change.from > change.to {
            return Err(OutOfStep);
        }
        let (first, last) = (change.from.line as usize, change.to.line as usize);
        let (head, _) = self.halves(change.from)?;
        let (_, tail) = self.halves(change.to)?;
        let ending = self.ending_near(first);
        let mut pieces: Vec<String> = lines_of(&change.text).map(str::to_owned).collect();
        pieces[0].insert_str(0, head);
        pieces
            .last_mut()
            .expect("even no text is one piece")
            .push_str(tail);
        let count = pieces.len();
        let mut lines: Vec<Line> = pieces
            .into_iter()
            .map(|text| Line {
                text: Zeroizing::new(text),
                ending,
            })
            .collect();
        lines[count - 1].ending = self.lines[last].ending;
        self.lines.splice(first..=last, lines);
        self.keep_apart(first.saturating_sub(1), first + count);
        Ok(())
    }

    /// An empty line behind one that ends in a lone CR would make a CRLF of the two with its LF.
    fn keep_apart(&mut self, from: usize, to: usize) {
        for at in from + 1..=to.min(self.lines.len() - 1) {
            let fuses = self.lines[at - 1].ending == Ending::Cr && self.lines[at].text.is_empty();
            if fuses && self.lines[at].ending == Ending::Lf {
                self.lines[at].ending = Ending::CrLf;
            }
        }
    }

    /// What stands on a line before and behind a spot.
    fn halves(&self, spot: Spot) -> Result<(&str, &str), OutOfStep> {
        let line = self.lines.get(spot.line as usize).ok_or(OutOfStep)?;
        Ok(line.text.split_at(byte_at(&line.text, spot.column)?))
    }

    /// How a line typed here ends: as this one, or as the one before when this is the last.
    fn ending_near(&self, line: usize) -> Ending {
        self.lines[..=line]
            .iter()
            .rev()
            .map(|line| line.ending)
            .find(|ending| *ending != Ending::None)
            .unwrap_or(Ending::Lf)
    }
}

impl std::fmt::Debug for Typed {
    /// Without the text: it may hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Typed({} lines)", self.lines.len())
    }
}

/// The column of a byte of a line, in UTF-16 units from 0, as typed text of that document has it.
pub fn column(document: &Document, line: u32, byte: u32) -> u32 {
    let span = document.lines()[line as usize].span;
    let has_mark = line == 0 && document.encoding() == Encoding::Utf8WithMark;
    let start = span.start + if has_mark { 3 } else { 0 };
    let end = byte.clamp(start, span.end.max(start));
    let before = characters(&document.bytes()[start as usize..end as usize]);
    u32::try_from(before.encode_utf16().count()).expect("a line is shorter than 4 GiB")
}

/// Bytes as characters.
pub(crate) fn characters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            if u32::from(character) >= BYTES {
                let mut buffer = [0; 4];
                character.encode_utf8(&mut buffer);
                text.extend(buffer.into_iter().map(as_character));
            } else {
                text.push(character);
            }
        }
        text.extend(chunk.invalid().iter().copied().map(as_character));
    }
    text
}

fn as_character(byte: u8) -> char {
    char::from_u32(BYTES + u32::from(byte)).expect("the plane ends behind the last byte")
}

fn put_bytes(text: &str, bytes: &mut Vec<u8>) {
    // How the characters of that plane begin. Nearly no line has one, and all lines are put together at each keystroke.
    if memchr::memchr(0xf4, text.as_bytes()).is_none() {
        bytes.extend_from_slice(text.as_bytes());
        return;
    }
    for character in text.chars() {
        match u32::from(character).checked_sub(BYTES) {
            Some(byte) => bytes.push(u8::try_from(byte).expect("the plane ends behind 0xFF")),
            None => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

fn byte_at(line: &str, column: u32) -> Result<usize, OutOfStep> {
    let mut units = 0;
    for (at, character) in line.char_indices() {
        if units >= column as usize {
            break;
        }
        units += character.len_utf16();
        if units == column as usize {
            return Ok(at + character.len_utf8());
        }
    }
    if column == 0 { Ok(0) } else { Err(OutOfStep) }
}

/// Pieces between line breaks of any kind; at least one.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let width = if text[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = Some(&text[at + width..]);
        Some(&text[..at])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(bytes: &[u8]) -> Typed {
        Typed::of(&Document::parse(bytes.to_vec()))
    }

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> Change {
        let spot = |(line, column)| Spot { line, column };
        Change {
            from: spot(from),
            to: spot(to),
            text: text.into(),
        }
    }

    #[test]
    fn what_nobody_touched_comes_back_byte_for_byte() {
        for bytes in [
            b"".as_slice(),
            b"\n",
            b"[a]\r\nb = c\rd\n",
            b"\xef\xbb\xbf[a]\nx",
            b"# caf\xe9 \xf0\x9f\x98\x80\n\xff\xfe\n",
            "\u{10FF41} stays\n".as_bytes(),
            "\u{10FFFF}".as_bytes(),
        ] {
            assert_eq!(typed(bytes).bytes(), bytes, "{bytes:?}");
        }
    }

    #[test]
    fn a_byte_that_is_no_text_is_one_character() {
        assert_eq!(typed(b"caf\xe9").text(), "caf\u{10FFE9}");
        let document = Document::parse(b"\xef\xbb\xbfa\xe9b".to_vec());
        assert_eq!(column(&document, 0, 5), 3, "a and a pair");
    }

    #[test]
    fn new_lines_end_as_their_neighbours() {
        let mut text = typed(b"[a]\r\nb = 1\r\nc = 2\n");
        text.apply(&change((1, 5), (1, 5), "\nd = 3\ne = 4"))
            .expect("it fits");
        assert_eq!(text.bytes(), b"[a]\r\nb = 1\r\nd = 3\r\ne = 4\r\nc = 2\n");
        text.apply(&change((5, 0), (5, 0), "[z]\n"))
            .expect("behind the last line");
        assert!(text.bytes().ends_with(b"c = 2\n[z]\n"));
    }

    #[test]
    fn columns_count_as_a_browser_counts() {
        let mut text = typed("a😀b".as_bytes());
        text.apply(&change((0, 3), (0, 4), "c")).expect("it fits");
        assert_eq!(text.text(), "a😀c");
        assert_eq!(
            text.apply(&change((0, 2), (0, 2), "x")),
            Err(OutOfStep),
            "inside a pair"
        );
        assert_eq!(text.apply(&change((1, 0), (1, 0), "x")), Err(OutOfStep));
        assert_eq!(text.text(), "a😀c");
    }

    #[test]
    fn an_emptied_line_stays_a_line_behind_a_lone_cr() {
        let mut text = typed(b"a\rb\nc\n");
        text.apply(&change((1, 0), (1, 1), "")).expect("it fits");
        assert_eq!(text.bytes(), b"a\r\r\nc\n");
    }

    #[test]
    fn lines_go_and_join() {
        let mut text = typed(b"one\r\ntwo\nthree\n");
        text.apply(&change((0, 3), (1, 0), "")).expect("it fits");
        assert_eq!(text.bytes(), b"onetwo\nthree\n");
    }
}
