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
    /// A header with something else on its line than brackets, a name and a comment behind a blank; its inner text.
    Crowded,
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
                let behind = Span {
                    start: name.end,
                    end: line.span.end,
                };
                if is_crowded(document.slice(name), document.slice(behind)) {
                    odd(Oddity::Crowded, name);
                }
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

fn is_crowded(name: &[u8], behind: &[u8]) -> bool {
    let Some(behind) = behind.trim_ascii_start().strip_prefix(b"]") else {
        return true;
    };
    let comment = behind.trim_ascii_start();
    let is_comment =
        comment.len() < behind.len() && b"#;".contains(&comment.first().copied().unwrap_or(b'#'));
    let has_mark = name.iter().any(|byte| b"#;".contains(byte));
    has_mark || !(comment.is_empty() || is_comment)
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

#[cfg(test)]
mod tests {
    use super::Oddity::{
        Capitals, Colon, Comment, Crowded, GoesOn, Header, Indented, IndentedComment, Quotes,
        Uncommon,
    };
    use crate::{document::Document, profiles::Home};

    /// Each odd line as its file's number, its line from 1, and the marked text.
    fn odd(config: &str, credentials: &str) -> Vec<String> {
        let document = |text: &str| Some(Document::parse(text.as_bytes().to_vec()));
        let home = Home::read(document(config), document(credentials));
        let all = [
            Header,
            Crowded,
            IndentedComment,
            Indented,
            GoesOn,
            Colon,
            Capitals,
            Uncommon,
            Comment,
            Quotes,
        ];
        let of = |oddity| home.odd_lines(oddity).collect::<Vec<_>>();
        let mut odd: Vec<_> = all.into_iter().flat_map(of).collect();
        odd.sort_by_key(|odd| odd.place);
        odd.iter()
            .map(|odd| {
                let (line, text) = (odd.place.line + 1, home.text(odd.place));
                format!("{} {line} {:?} {text}", odd.place.file.name(), odd.oddity)
            })
            .collect()
    }

    #[test]
    fn files_as_tools_write_them_have_no_odd_line() {
        assert_eq!(
            odd(
                "# c\n[default]\nregion = eu-west-1\n\n[profile team/data+etl@acme]\nregion=x\nrole_arn = arn:aws:iam::1:role/R\noutput =\n[sso-session s]\n",
                "[111122223333_Admin]\naws_access_key_id = A\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn each_oddity_is_found_at_its_place() {
        assert_eq!(
            odd(
                "[profile my team]\n  Region: x # c\n  # d\n  more\n[ default ]\ncolor = 'red'\n",
                "[DEFAULT]\n[a\n"
            ),
            [
                "config 1 Header profile my team",
                "config 2 Indented Region",
                "config 2 Capitals Region",
                "config 2 Colon :",
                "config 2 Comment  # c",
                "config 3 IndentedComment # d",
                "config 5 Header default",
                "config 6 Uncommon color",
                "config 6 Quotes 'red'",
                "credentials 1 Header DEFAULT",
                "credentials 2 Header a",
                "credentials 2 Crowded a",
            ]
        );
    }
}
