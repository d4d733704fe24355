//! A property where it stands: key, value and place, read out of the lines of its section when somebody asks.

use std::{borrow::Cow, fmt, ops::Range};

use super::{File, Place};
use crate::document::{Document, Kind, Span};

/// A property where it stands.
#[derive(Clone)]
pub struct Property<'a> {
    /// The key as written; nested ones as `s3.max_queue_size`.
    pub key: Cow<'a, str>,
    /// The value; the lines of one that goes on are joined with `\n`.
    pub value: Cow<'a, str>,
    /// The value's place.
    pub place: Place,
}

impl<'a> Property<'a> {
    /// The property on a line, if the line has one of its own.
    pub(super) fn on(document: &'a Document, file: File, line: u32) -> Option<Self> {
        let Kind::Property { key, value, .. } = document.lines()[line as usize].kind else {
            return None;
        };
        let place = Place {
            file,
            line,
            span: value,
        };
        Some(Self {
            key: document.text(key),
            value: continued(document, line, value),
            place,
        })
    }

    /// The properties on these lines, in order, those of nested blocks too.
    pub(super) fn on_lines(
        document: &'a Document,
        file: File,
        lines: Range<u32>,
    ) -> impl Iterator<Item = Self> {
        let mut above = Span::default();
        lines.filter_map(move |line| match document.lines()[line as usize].kind {
            Kind::Property { key, .. } => {
                above = key;
                Self::on(document, file, line)
            }
            Kind::Nested { key, value } => Some(Self {
                key: Cow::Owned(format!("{}.{}", document.text(above), document.text(key))),
                value: document.text(value),
                place: Place {
                    file,
                    line,
                    span: value,
                },
            }),
            _ => None,
        })
    }
}

impl fmt::Debug for Property<'_> {
    /// Without the value: it may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Property({} at {:?})", self.key, self.place)
    }
}

/// The value with the lines that it goes on in.
fn continued(document: &Document, line: u32, value: Span) -> Cow<'_, str> {
    let mut text = document.text(value);
    for line in &document.lines()[line as usize + 1..] {
        match line.kind {
            Kind::Continuation { value } => {
                let text = text.to_mut();
                text.push('\n');
                text.push_str(&document.text(value));
            }
            Kind::Blank | Kind::Comment | Kind::Nested { .. } => {}
            Kind::Property { .. } | Kind::Section { .. } | Kind::Junk => break,
        }
    }
    text
}
