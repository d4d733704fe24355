//! The lines as the text that a reader of the other side gets: cut where that reader cuts them, with U+FFFD for what is
//! not UTF-8. A fold starts from these rows; it never sees bytes.

use secrecy::zeroize::Zeroizing;

use super::{Document, Ending, Span, lexer::span};

/// Where a reader ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaks {
    /// At LF, CRLF and a lone CR: Python and Java.
    Every,
    /// At LF and CRLF; a lone CR is a character: JavaScript and Rust.
    LfOrCrLf,
    /// At LF; every CR is a character, also the one of CRLF: Go.
    Lf,
}

impl Breaks {
    /// The reader goes on behind this ending.
    fn goes_on(self, ending: Ending) -> bool {
        self != Self::Every && ending == Ending::Cr
    }

    /// How many bytes of the ending are text for the reader.
    fn kept(self, ending: Ending) -> usize {
        usize::from(match self {
            Self::Every => false,
            Self::LfOrCrLf => ending == Ending::Cr,
            Self::Lf => matches!(ending, Ending::Cr | Ending::CrLf),
        })
    }
}

/// A line as one reader has it.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// The number of the document's line that it starts on; the first is 0.
    pub line: u32,
    /// Its text, without what ends it.
    pub text: &'a str,
}

/// The text of a document that is not UTF-8, and where its lines stand in that.
pub(super) struct Lossy {
    text: Zeroizing<String>,
    lines: Vec<Span>,
}

impl Lossy {
    /// What is no UTF-8 never goes over the end of a line, so that reading line by line gives the same as all at once.
    fn of(document: &Document) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(document.bytes().len()));
        let mut lines = Vec::with_capacity(document.lines.len());
        for line in &document.lines {
            let start = text.len();
            text.push_str(&String::from_utf8_lossy(document.slice(line.span)));
            lines.push(span(start, text.len()));
            text.extend(line.ending.bytes().iter().copied().map(char::from));
        }
        Self { text, lines }
    }
}

impl Document {
    /// The lines as text, cut as `breaks` says.
    pub fn rows(&self, breaks: Breaks) -> impl Iterator<Item = Row<'_>> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let first = next;
            self.lines.get(first)?;
            while breaks.goes_on(self.lines[next].ending) && next + 1 < self.lines.len() {
                next += 1;
            }
            let last = next;
            next += 1;
            Some(Row {
                line: u32::try_from(first).expect("a line has at least a byte"),
                text: self.row(first, last, breaks.kept(self.lines[last].ending)),
            })
        })
    }

    fn row(&self, first: usize, last: usize, kept: usize) -> &str {
        let whole = |first: Span, last: Span| first.start as usize..last.end as usize + kept;
        match self.as_text() {
            Some(text) => &text[whole(self.lines[first].span, self.lines[last].span)],
            None => {
                let lossy = self.lossy.get_or_init(|| Lossy::of(self));
                &lossy.text[whole(lossy.lines[first], lossy.lines[last])]
            }
        }
    }

    /// The line of the first byte that is not UTF-8.
    pub fn undecodable(&self) -> Option<u32> {
        let at = std::str::from_utf8(self.bytes()).err()?.valid_up_to();
        let line = self
            .lines
            .partition_point(|line| line.span.end as usize + line.ending.bytes().len() <= at);
        Some(u32::try_from(line).expect("a line has at least a byte"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8], breaks: Breaks) -> Vec<(u32, String)> {
        let document = Document::parse(bytes.to_vec());
        let rows = document.rows(breaks);
        rows.map(|row| (row.line, row.text.to_owned())).collect()
    }

    #[test]
    fn a_lone_cr_ends_a_line_for_some_and_is_a_character_for_others() {
        let bytes = b"a\rb\r\nc\r\r\nd\r";
        let row = |line, text: &str| (line, text.to_owned());
        assert_eq!(
            rows(bytes, Breaks::Every),
            [
                row(0, "a"),
                row(1, "b"),
                row(2, "c"),
                row(3, ""),
                row(4, "d")
            ]
        );
        assert_eq!(
            rows(bytes, Breaks::LfOrCrLf),
            [row(0, "a\rb"), row(2, "c\r"), row(4, "d\r")]
        );
        assert_eq!(
            rows(bytes, Breaks::Lf),
            [row(0, "a\rb\r"), row(2, "c\r\r"), row(4, "d\r")]
        );
    }

    #[test]
    fn what_is_not_utf_8_is_replaced_and_its_line_known() {
        let bytes = b"a\n\xe9\xffb\rc\n";
        let texts = rows(bytes, Breaks::LfOrCrLf);
        assert_eq!(texts, [(0, "a".into()), (1, "\u{fffd}\u{fffd}b\rc".into())]);
        assert_eq!(Document::parse(bytes.to_vec()).undecodable(), Some(1));
        assert_eq!(Document::parse(b"a\n\xc3".to_vec()).undecodable(), Some(1));
        assert_eq!(Document::parse("é\n".into()).undecodable(), None);
    }
}
