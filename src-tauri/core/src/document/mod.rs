//! A file as a table of lines that loses nothing: every byte stands in exactly one line, and each line knows what it
//! is by the grammar that the AWS SDKs publish. Reading never fails; what can't be read is a line of kind `Junk`.
//! Not here: what the lines mean together (`profiles`), how one SDK sees them (`dialect`), decoding (`text`).

mod excerpt;
mod lexer;
mod mask;
mod rows;
mod secrets;
mod tally;
mod torn;

use std::{borrow::Cow, fmt, ops::Range, sync::OnceLock};

use secrecy::zeroize::Zeroizing;

pub use excerpt::{escape_line, printable};
pub use mask::{DamagedToken, MaskKey, Masker};
pub use rows::{Breaks, Row};
pub use secrets::secret_spans;
pub use tally::Tally;
pub use torn::seems_torn;

/// A range of bytes of the document. Half-open, absolute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

impl Span {
    /// As a range to index bytes with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// It has no bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// How a line ends. A lone CR ends a line for the AWS CLI and Java, and is an ordinary character elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The end of the file.
    None,
    /// `\n`.
    Lf,
    /// `\r\n`.
    CrLf,
    /// `\r`.
    Cr,
}

impl Ending {
    /// The bytes of it.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
            Self::Cr => b"\r",
        }
    }
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only blanks.
    Blank,
    /// `#` or `;` comes first.
    Comment,
    /// `[name]`. `closed` is false where the `]` is missing.
    Section {
        /// Between the brackets, without blanks around it.
        name: Span,
        /// It has its `]`.
        closed: bool,
    },
    /// `key = value`.
    Property {
        /// Before the separator, without blanks.
        key: Span,
        /// Behind it, without blanks and without a trailing comment ([`Document::whole_value`] has that).
        value: Span,
    },
    /// An indented `key = value` below a property that has no value of its own, such as `s3 =`.
    Nested {
        /// Before the `=`, without blanks.
        key: Span,
        /// Behind it, without blanks.
        value: Span,
    },
    /// An indented line below a property with a value: it goes on there.
    Continuation {
        /// Without blanks around it.
        value: Span,
    },
    /// Nothing that AWS tools can read.
    Junk,
}

/// One line: where it is, how it ends, what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes without the ending.
    pub span: Span,
    /// How it ends.
    pub ending: Ending,
    /// What it is.
    pub kind: Kind,
}

/// What the bytes as a whole look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Text in UTF-8, or something close to it.
    Utf8,
    /// Text in UTF-8 behind a byte order mark.
    Utf8WithMark,
    /// Text in UTF-16. Its lines are not read.
    Utf16,
    /// No text at all. Its lines are not read.
    Binary,
}

/// The bytes of a file and the table of its lines. Immutable; an edit makes a new one.
pub struct Document {
    content: Content,
    lines: Vec<Line>,
    tally: Tally,
    encoding: Encoding,
    /// Its text where the bytes are not UTF-8, once a reader asks for it.
    lossy: OnceLock<rows::Lossy>,
}

/// The bytes, and whether they are text is asked once for all of them.
enum Content {
    /// They are UTF-8.
    Text(Zeroizing<String>),
    /// They are not, somewhere.
    Bytes(Zeroizing<Vec<u8>>),
}

impl Document {
    /// Reads bytes of any kind.
    ///
    /// # Panics
    /// For 4 GiB and more; no caller opens a file of more than 64 MiB.
    pub fn parse(bytes: Vec<u8>) -> Self {
        assert!(
            u32::try_from(bytes.len()).is_ok(),
            "files over 64 MiB are not opened"
        );
        let (encoding, lines, tally) = lexer::lex(&bytes);
        let content = match String::from_utf8(bytes) {
            Ok(text) => Content::Text(Zeroizing::new(text)),
            Err(error) => Content::Bytes(Zeroizing::new(error.into_bytes())),
        };
        Self {
            content,
            lines,
            tally,
            encoding,
            lossy: OnceLock::new(),
        }
    }

    /// The bytes, as they were read.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }

    /// All of it as text, where all of it is UTF-8.
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Bytes(_) => None,
        }
    }

    /// The bytes once more, put together line by line from the table: what a writer starts from.
    pub fn assemble(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.bytes().len());
        for line in &self.lines {
            bytes.extend_from_slice(self.slice(line.span));
            bytes.extend_from_slice(line.ending.bytes());
        }
        bytes
    }

    /// All lines, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many lines there are of some kinds.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// What the bytes as a whole look like.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The bytes of a span.
    pub fn slice(&self, span: Span) -> &[u8] {
        &self.bytes()[span.range()]
    }

    /// A span as text; bytes that are not UTF-8 become `\xE9`.
    pub fn text(&self, span: Span) -> Cow<'_, str> {
        match self.as_text().and_then(|text| text.get(span.range())) {
            Some(text) => Cow::Borrowed(text),
            None => printable(self.slice(span)),
        }
    }

    /// What stands behind the separator of a property's line, without blanks and with a trailing comment, which the AWS
    /// CLI takes into the value.
    pub fn whole_value(&self, line: &Line) -> Option<Span> {
        let Kind::Property { value, .. } = line.kind else {
            return None;
        };
        let (start, end) = (value.start as usize, line.span.end as usize);
        Some(lexer::trim(self.bytes(), start, end))
    }
}

impl fmt::Debug for Document {
    /// Kinds and lengths only: the text of a document holds secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Document({} bytes, {} lines, {:?})",
            self.bytes().len(),
            self.lines.len(),
            self.encoding
        )
    }
}
