//! The lines that are not written as nearly all are: indented where nothing asks for it, with a comment behind the
//! value, in capitals. Not all SDKs read those alike, and several rules look at them. They are few, so one pass over
//! both files finds them and the rules look at nothing else.

use super::{File, Home, Place, Section, SectionId, values::common};
use crate::{
    dialect::{OF_OBJECTS, is_identifier},
    document::{Document, Kind, Line, Span},
};

/// In which way a line is odd. One line may be odd in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// A header that is more than `[default]`, `[profile name]` or `[name]` with a name that every SDK reads; its inner
    /// text.
    Header,
    /// A comment behind blanks; it from its mark on.
    IndentedComment,
    /// A property behind blanks that is none of a block; its key.
    Indented,
    /// A line that goes on from the one above.
    GoesOn,
    /// `key: value`; the colon.
    Colon,
    /// A key in capitals.
    Capitals,
    /// A key that is none of those that everybody asks about; most are known all the same.
    Uncommon,
    /// A comment behind a value; the comment with the blanks before it.
    Comment,
    /// A value that begins and ends with a quote; the value.
    Quotes,
}

/// An odd line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OddLine {
    pub(crate) oddity: Oddity,
    pub(crate) place: Place,
    pub(crate) section: Option<SectionId>,
}

/// Those of both files, in their order.
pub(super) fn odd_lines(home: &Home) -> Vec<OddLine> {
    let mut odd = Vec::new();
    let mut sections = (0u32..).map(SectionId).zip(home.sections()).peekable();
    for file in File::BOTH {
        let Some(document) = home.document(file) else {
            continue;
        };
        let mut section = None;
        for (number, line) in (0u32..).zip(document.lines()) {
            let starts_here =
                |(_, next): &(SectionId, &Section)| next.file == file && next.place.line == number;
            if let Some((id, _)) = sections.next_if(starts_here) {
                section = Some(id);
            }
            look(document, file, line, |oddity, span| {
                let place = Place {
                    file,
                    line: number,
                    span,
                };
                odd.push(OddLine {
                    oddity,
                    place,
                    section,
                });
            });
        }
    }
    odd
}

fn look(document: &Document, file: File, line: &Line, mut odd: impl FnMut(Oddity, Span)) {
    match line.kind {
        Kind::Section { name, closed } => {
            let is_tight = line.span.start + 1 == name.start && name.end + 1 == line.span.end;
            if !closed || !is_tight || !is_plain(file, document.slice(name)) {
                odd(Oddity::Header, name);
            }
        }
        Kind::Property { key, value } => {
            let whole = document.whole_value(line).unwrap_or(value);
            if line.span.start != key.start {
                odd(Oddity::Indented, key);
            }
            let bytes = document.slice(key);
            if bytes.iter().any(u8::is_ascii_uppercase) {
                odd(Oddity::Capitals, key);
            }
            if common(bytes).is_none() {
                odd(Oddity::Uncommon, key);
            }
            let end = if whole.is_empty() {
                line.span.end
            } else {
                whole.start
            };
            let between = Span {
                start: key.end,
                end,
            };
            if let Some(at) = colon(document.slice(between)) {
                let start = key.end + at;
                odd(
                    Oddity::Colon,
                    Span {
                        start,
                        end: start + 1,
                    },
                );
            }
            if whole.end != value.end {
                odd(
                    Oddity::Comment,
                    Span {
                        start: value.end,
                        end: whole.end,
                    },
                );
            }
            if let [b'"' | b'\'', .., last] | [last @ (b'"' | b'\'')] = document.slice(value)
                && *last == document.slice(value)[0]
            {
                odd(Oddity::Quotes, value);
            }
        }
        Kind::Comment => {
            let text = document.slice(line.span);
            let blanks = text.iter().take_while(|byte| b" \t".contains(byte)).count();
            if blanks > 0 {
                let start = line.span.start + u32::try_from(blanks).expect("within the line");
                let end = line.span.end;
                odd(Oddity::IndentedComment, Span { start, end });
            }
        }
        Kind::Continuation { value } => odd(Oddity::GoesOn, value),
        Kind::Blank | Kind::Nested { .. } | Kind::Junk => {}
    }
}

/// Where the separator is a colon, its distance from the key.
fn colon(between: &[u8]) -> Option<u32> {
    let at = between.iter().position(|byte| b"=:".contains(byte))?;
    (between[at] == b':').then(|| u32::try_from(at).expect("within the line"))
}

/// Every SDK reads a header with this text, and as the same.
fn is_plain(file: File, inner: &[u8]) -> bool {
    let Ok(inner) = std::str::from_utf8(inner) else {
        return false;
    };
    let name = match file {
        File::Credentials => inner,
        File::Config if inner == "default" => inner,
        File::Config => {
            let Some((_, name)) = inner.split_once(' ') else {
                return false;
            };
            name
        }
    };
    !name.is_empty()
        && is_identifier(name)
        && (name == "default" || !name.eq_ignore_ascii_case("default"))
        && !OF_OBJECTS.contains(&name)
}
