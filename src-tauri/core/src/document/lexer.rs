//! One pass over the bytes. The grammar is the one that the AWS SDKs publish (aws-runtime's `profile-parser-tests`),
//! read as forgivingly as the AWS CLI reads it: headers and keys may be indented, `:` separates where no `=` does, a
//! deeper indented line belongs to the property above. Where a reader needs other boundaries, the spans carry them.

use super::{Encoding, Ending, Kind, Line, Span, Tally};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Returns the encoding, the lines, which together cover every byte, and what there is of them.
pub(super) fn lex(bytes: &[u8]) -> (Encoding, Vec<Line>, Tally) {
    let encoding = encoding(bytes);
    let breaks = memchr::memchr_iter(b'\n', bytes).count();
    let mut lines = Vec::with_capacity(breaks + 1);
    let mut tally = Tally::default();
    let mut above = Above::default();
    let mut lfs = Ahead::new(memchr::memchr_iter(b'\n', bytes));
    let mut crs = Ahead::new(memchr::memchr_iter(b'\r', bytes));
    let mut signs = Ahead::new(memchr::memchr2_iter(b'#', b';', bytes));
    let mut start = 0;
    while start < bytes.len() {
        let (end, ending) = match (lfs.from(start), crs.from(start)) {
            (None, None) => (bytes.len(), Ending::None),
            (Some(lf), Some(cr)) if cr + 1 == lf => (cr, Ending::CrLf),
            (Some(lf), cr) if cr.is_none_or(|cr| lf < cr) => (lf, Ending::Lf),
            (_, Some(cr)) => (cr, Ending::Cr),
            (Some(lf), None) => (lf, Ending::Lf),
        };
        let first = match encoding {
            Encoding::Utf8WithMark if start == 0 => MARK.len(),
            _ => start,
        };
        let has_sign = signs.from(start).is_some_and(|sign| sign < end);
        let kind = match encoding {
            Encoding::Utf8 | Encoding::Utf8WithMark => above.classify(bytes, first, end, has_sign),
            Encoding::Utf16 | Encoding::Binary => Kind::Junk,
        };
        tally.note(kind, ending);
        lines.push(Line {
            span: span(start, end),
            ending,
            kind,
        });
        start = end + ending.bytes().len();
    }
    (encoding, lines, tally)
}

fn encoding(bytes: &[u8]) -> Encoding {
    let head = &bytes[..bytes.len().min(8192)];
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Encoding::Utf16;
    }
    let control = head
        .iter()
        .filter(|byte| byte.is_ascii_control() && !b"\t\n\r\x0b\x0c\x1b".contains(byte))
        .count();
    if head.contains(&0) && control * 20 > head.len() {
        return Encoding::Binary;
    }
    if head.starts_with(MARK) {
        Encoding::Utf8WithMark
    } else {
        Encoding::Utf8
    }
}

/// Where something rare stands next; looked for once, and not again from each line.
struct Ahead<I> {
    places: I,
    next: Option<usize>,
}

impl<I: Iterator<Item = usize>> Ahead<I> {
    fn new(mut places: I) -> Self {
        let next = places.next();
        Self { places, next }
    }

    /// The first place that is not before `start`; asked for in order.
    fn from(&mut self, start: usize) -> Option<usize> {
        while self.next.is_some_and(|next| next < start) {
            self.next = self.places.next();
        }
        self.next
    }
}

/// What the lines above decide about the next one.
#[derive(Default)]
struct Above {
    /// The property that an indented line would belong to: its indent, and whether it has a value of its own.
    property: Option<(usize, bool)>,
}

impl Above {
    /// Says what a line is; `has_sign` where a comment may begin in it.
    fn classify(&mut self, bytes: &[u8], start: usize, end: usize, has_sign: bool) -> Kind {
        let text = trim(bytes, start, end);
        if text.is_empty() {
            return Kind::Blank;
        }
        let indent = text.start as usize - start;
        match bytes[text.start as usize] {
            b'#' | b';' => Kind::Comment,
            _ if self.property.is_some_and(|(above, _)| indent > above) => self.below(bytes, text),
            b'[' => {
                self.property = None;
                section(bytes, text)
            }
            _ => {
                let kind = property(bytes, text, has_sign);
                self.property = match kind {
                    Kind::Property { value, .. } => Some((indent, !value.is_empty())),
                    _ => None,
                };
                kind
            }
        }
    }

    fn below(&self, bytes: &[u8], text: Span) -> Kind {
        let has_value = self.property.is_some_and(|(_, has_value)| has_value);
        let separator = memchr::memchr(b'=', &bytes[text.range()]).filter(|at| *at > 0);
        match separator {
            Some(at) if !has_value => {
                let at = text.start as usize + at;
                Kind::Nested {
                    key: trim(bytes, text.start as usize, at),
                    value: trim(bytes, at + 1, text.end as usize),
                }
            }
            _ => Kind::Continuation { value: text },
        }
    }
}

fn section(bytes: &[u8], text: Span) -> Kind {
    let (start, end) = (text.start as usize + 1, text.end as usize);
    let inner = &bytes[start..end];
    let Some(first) = memchr::memchr(b']', inner) else {
        return Kind::Section {
            name: without_comment(bytes, trim(bytes, start, end)),
            closed: false,
        };
    };
    let rest = trim(bytes, start + first + 1, end);
    let only_a_comment = rest.is_empty() || matches!(bytes[rest.start as usize], b'#' | b';');
    // `[a]b]` is one name for the AWS CLI, which looks for the last bracket of the line.
    let close = if only_a_comment {
        first
    } else {
        memchr::memrchr(b']', inner).unwrap_or(first)
    };
    Kind::Section {
        name: trim(bytes, start, start + close),
        closed: true,
    }
}

fn property(bytes: &[u8], text: Span, has_sign: bool) -> Kind {
    let line = &bytes[text.range()];
    let Some(at) = memchr::memchr(b'=', line).or_else(|| memchr::memchr(b':', line)) else {
        return Kind::Junk;
    };
    let at = text.start as usize + at;
    let key = trim(bytes, text.start as usize, at);
    if key.is_empty() {
        return Kind::Junk;
    }
    let whole = trim(bytes, at + 1, text.end as usize);
    Kind::Property {
        key,
        value: if has_sign {
            without_comment(bytes, whole)
        } else {
            whole
        },
    }
}

/// Cuts at the first `#` or `;` that has a blank before it, or that comes first.
fn without_comment(bytes: &[u8], text: Span) -> Span {
    let line = &bytes[text.range()];
    let cut = memchr::memchr2_iter(b'#', b';', line).find(|at| *at == 0 || is_blank(line[at - 1]));
    match cut {
        Some(at) => trim(bytes, text.start as usize, text.start as usize + at),
        None => text,
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0b | 0x0c)
}

pub(super) fn trim(bytes: &[u8], mut start: usize, mut end: usize) -> Span {
    while start < end && is_blank(bytes[start]) {
        start += 1;
    }
    while end > start && is_blank(bytes[end - 1]) {
        end -= 1;
    }
    span(start, end)
}

pub(super) fn span(start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).expect("a document has fewer than 4 GiB");
    Span {
        start: offset(start),
        end: offset(end),
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Encoding, Ending, Kind};

    /// Writes each line as its kind and its parts.
    fn shape(text: &str) -> Vec<String> {
        let document = Document::parse(text.as_bytes().to_vec());
        let text = |span| document.text(span).into_owned();
        let describe = |kind: &Kind| match *kind {
            Kind::Blank => "blank".into(),
            Kind::Comment => "comment".into(),
            Kind::Section { name, closed: true } => format!("section {}", text(name)),
            Kind::Section {
                name,
                closed: false,
            } => format!("unclosed {}", text(name)),
            Kind::Property { key, value, .. } => format!("{}={}", text(key), text(value)),
            Kind::Nested { key, value } => format!("  {}={}", text(key), text(value)),
            Kind::Continuation { value } => format!("  {}", text(value)),
            Kind::Junk => "junk".into(),
        };
        document
            .lines()
            .iter()
            .map(|line| describe(&line.kind))
            .collect()
    }

    #[test]
    fn sections_properties_and_comments_are_told_apart() {
        assert_eq!(
            shape("# top\n[profile a]  ; c\nregion = eu-west-1 # here\n\nk: v\nx#y=z#w\n"),
            [
                "comment",
                "section profile a",
                "region=eu-west-1",
                "blank",
                "k=v",
                "x#y=z#w"
            ]
        );
    }

    #[test]
    fn deeper_lines_belong_to_the_property_above() {
        assert_eq!(
            shape(
                "[a]\ns3 =\n  max_queue_size = 10\n  # c\n  [b]\nrole_arn = x\n  more\n  k = v\n"
            ),
            [
                "section a",
                "s3=",
                "  max_queue_size=10",
                "comment",
                "  [b]",
                "role_arn=x",
                "  more",
                "  k = v"
            ]
        );
    }

    #[test]
    fn a_whole_file_may_be_indented() {
        assert_eq!(
            shape("  [a]\n  k = v\n  [b]\n"),
            ["section a", "k=v", "section b"]
        );
    }

    #[test]
    fn what_tools_cannot_read_is_junk_and_a_missing_bracket_is_seen() {
        assert_eq!(
            shape("[a\nnonsense\n= v\n[a]b]\n[]\n"),
            ["unclosed a", "junk", "junk", "section a]b", "section "]
        );
    }

    #[test]
    fn each_kind_of_line_end_is_kept() {
        let document = Document::parse(b"a=1\r\nb=2\rc=3\nd=4".to_vec());
        let endings: Vec<_> = document.lines().iter().map(|line| line.ending).collect();
        assert_eq!(
            endings,
            [Ending::CrLf, Ending::Cr, Ending::Lf, Ending::None]
        );
    }

    #[test]
    fn a_mark_at_the_start_hides_nothing() {
        assert_eq!(
            shape("\u{feff}[default]\nregion = x\n"),
            ["section default", "region=x"]
        );
        assert_eq!(
            Document::parse(b"\xff\xfe[\0a\0]\0".to_vec()).encoding(),
            Encoding::Utf16
        );
        assert_eq!(
            Document::parse(b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec()).encoding(),
            Encoding::Binary
        );
        assert_eq!(
            Document::parse(b"[a]\nkey = a\0b and more text\n".to_vec()).encoding(),
            Encoding::Utf8
        );
    }
}
