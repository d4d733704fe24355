//! The crate rust-ini at its default options: `OpenDAL` and rust-s3 read the files with it. Source: rust-ini 0.21.3,
//! `lib.rs`. It walks letters, not lines: a quote that nothing closes and a header without its bracket go on over line
//! ends. Held against the crate itself, file by file (`tests/differential`).
//! It knows nothing of profiles: callers look up `NAME` in credentials, and `profile NAME` or `default` in config
//! (OpenDAL's reqsign, rust-s3's awscreds), where the first section of a name and the first line of a key count.

use std::{borrow::Cow, fmt, iter::Peekable, str::CharIndices};

use super::reading::{At, Files, Property, Reading, Reason, Refusal, Section, Sections};
use crate::{document::Document, profiles::File};

/// A file as rust-ini has it: sections in order, properties in order, nothing merged.
#[derive(Debug, PartialEq, Eq)]
pub struct IniFile {
    /// The first is the nameless one, where it has properties.
    pub sections: Vec<IniSection>,
}

/// A section of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct IniSection {
    /// Its name; none for what stands before the first header.
    pub name: Option<String>,
    /// The line of its header; the first is 0.
    pub line: u32,
    /// What stands in it.
    pub properties: Vec<IniProperty>,
}

/// A property of it.
#[derive(PartialEq, Eq)]
pub struct IniProperty {
    /// The key, in its own case.
    pub key: String,
    /// The value, without quotes and with its escapes carried out.
    pub value: String,
    /// The line that the key begins on; the first is 0.
    pub line: u32,
}

impl fmt::Debug for IniProperty {
    /// Without the value: it may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IniProperty({:?} on line {})", self.key, self.line)
    }
}

impl IniFile {
    /// The first section of this name, as a lookup finds it.
    pub fn section(&self, name: &str) -> Option<&IniSection> {
        self.sections
            .iter()
            .find(|section| section.name.as_deref() == Some(name))
    }
}

impl IniSection {
    /// The first value of this key, as a lookup finds it.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.properties
            .iter()
            .find(|property| property.key == key)
            .map(|property| property.value.as_str())
    }
}

/// Reads both files as programs do that look up one profile: a file that it refuses is passed over.
pub(super) fn read(files: Files<'_>) -> Reading<'static> {
    let mut reading = Reading::default();
    for (file, document) in files.both() {
        match read_file(file, document) {
            Err(refusal) => reading.passed_over.push(refusal),
            Ok(ini) => {
                let mut found: Sections<'static> = Sections::new();
                for section in ini.sections {
                    let Some(name) = profile_of(file, section.name.as_deref()) else {
                        continue;
                    };
                    found
                        .entry(Cow::Owned(name))
                        .or_insert_with(|| looked_up(file, section));
                }
                for (name, section) in found {
                    let held = reading.profiles.entry(name);
                    let held = held.or_insert_with(|| Section::new(section.at));
                    held.properties.extend(section.properties);
                }
            }
        }
    }
    reading
}

/// The profile whose lookup finds a section of this name.
fn profile_of(file: File, name: Option<&str>) -> Option<String> {
    let name = name?;
    let profile = match file {
        File::Credentials => Some(name),
        File::Config if name == "default" => Some(name),
        File::Config => name
            .strip_prefix("profile ")
            .filter(|name| *name != "default"),
    };
    profile.map(str::to_owned)
}

fn looked_up(file: File, from: IniSection) -> Section<'static> {
    let mut section = Section::new(At {
        file,
        line: from.line,
    });
    for IniProperty { key, value, line } in from.properties {
        let property = Property::new(Cow::Owned(value), At { file, line });
        section
            .properties
            .entry(Cow::Owned(key))
            .or_insert(property);
    }
    section
}

/// Reads the file's bytes as rust-ini does from disk.
///
/// # Errors
/// Its own words for why it refuses the file, with `line:column` in front as it counts them.
pub fn read_file(file: File, document: &Document) -> Result<IniFile, Refusal> {
    let Some(text) = document.as_text() else {
        let words = "stream did not contain valid UTF-8";
        let line = document.undecodable().unwrap_or_default();
        return Err(Refusal::new(At { file, line }, Reason::NotUtf8, words));
    };
    // `Ini::load_from_file` passes over a byte order mark (row `BOM`).
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut walk = Walk {
        letters: text[start..].char_indices().peekable(),
        line: 0,
        column: 0,
    };
    let mut lines = Lines {
        document,
        start,
        last: 0,
    };
    walk.step_onto();
    walk.file(&mut lines).map_err(|wrong| {
        Refusal::new(
            At {
                file,
                line: lines.at(wrong.at),
            },
            wrong.reason,
            wrong.words,
        )
    })
}

/// Which line of the document a letter stands on. Asked in the order of the text, so it never looks back.
struct Lines<'a> {
    document: &'a Document,
    start: usize,
    last: u32,
}

impl Lines<'_> {
    fn at(&mut self, letter: usize) -> u32 {
        let offset = self.start + letter;
        let lines = self.document.lines();
        let ends_before = |line: &crate::document::Line| {
            line.span.end as usize + line.ending.bytes().len() <= offset
        };
        while lines.get(self.last as usize + 1).is_some() && ends_before(&lines[self.last as usize])
        {
            self.last += 1;
        }
        self.last
    }
}

struct Wrong {
    at: usize,
    reason: Reason,
    words: String,
}

/// The letter that is looked at, and where it stands as the crate counts: lines from the line feeds alone.
struct Walk<'a> {
    letters: Peekable<CharIndices<'a>>,
    line: usize,
    column: usize,
}

impl Walk<'_> {
    fn file(&mut self, lines: &mut Lines<'_>) -> Result<IniFile, Wrong> {
        let mut sections = vec![IniSection::default()];
        let (mut key, mut key_at) = (String::new(), 0);
        while let Some(letter) = self.letter() {
            match letter {
                ';' | '#' if self.column > 1 => {
                    return Err(
                        self.wrong(Reason::BeforeAnySection, "doesn't support inline comment")
                    );
                }
                ';' | '#' => self.skip_comment(),
                '[' => sections.push(self.section(lines)?),
                '=' | ':' if key.is_empty() => {
                    return Err(self.wrong(Reason::NoKey, "missing key"));
                }
                '=' | ':' => {
                    let property = IniProperty {
                        key: std::mem::take(&mut key),
                        line: lines.at(key_at),
                        value: self.value()?,
                    };
                    let section = sections
                        .last_mut()
                        .expect("the nameless one is always there");
                    section.properties.push(property);
                }
                ' ' | '\t' => {
                    while matches!(self.letter(), Some(' ' | '\t')) {
                        self.step();
                    }
                    match self.letter() {
                        Some('[') => sections.push(self.section(lines)?),
                        Some('\n' | '\r') => {
                            self.step();
                            continue;
                        }
                        _ => {
                            // Row `indented # x`: no comment, but the beginning of a key. One that never ends is let go.
                            let at = self.offset();
                            if let Ok(text) = self.text_until(&['=', ':']) {
                                (key, key_at) = (text.trim().to_owned(), at);
                            }
                        }
                    }
                }
                '\n' | '\r' => self.step(),
                _ => {
                    // Row `line without separator`: a key goes on over line ends until one comes.
                    let at = self.offset();
                    (key, key_at) = (self.text_until(&['=', ':'])?.trim().to_owned(), at);
                }
            }
            self.skip_blanks();
        }
        sections.retain(|section| section.name.is_some() || !section.properties.is_empty());
        Ok(IniFile { sections })
    }

    /// Row `[a`: up to the next `]`, on whichever line that is.
    fn section(&mut self, lines: &mut Lines<'_>) -> Result<IniSection, Wrong> {
        let line = lines.at(self.offset());
        self.step();
        let name = self.text_until(&[']'])?;
        self.step();
        Ok(IniSection {
            name: Some(name.trim().to_owned()),
            line,
            properties: Vec::new(),
        })
    }

    fn value(&mut self) -> Result<String, Wrong> {
        self.step();
        while self
            .letter()
            .is_some_and(|letter| letter.is_whitespace() && !matches!(letter, '\n' | '\r'))
        {
            self.step();
        }
        let mut value = String::new();
        let mut is_first = true;
        while let Some(quote @ ('"' | '\'')) = self.letter() {
            self.step();
            value += &self.text_until(&[quote])?;
            self.step();
            is_first = false;
        }
        let rest = self.text_to_line_end()?;
        value += if is_first {
            rest.trim()
        } else {
            rest.trim_end()
        };
        Ok(value)
    }

    fn text_until(&mut self, ends: &[char]) -> Result<String, Wrong> {
        self.text(ends, false)
    }

    fn text_to_line_end(&mut self) -> Result<String, Wrong> {
        self.text(&['\n', '\r'], true)
    }

    /// The text up to one of `ends`, its escapes carried out (row `backslash`).
    fn text(&mut self, ends: &[char], may_end_with_the_file: bool) -> Result<String, Wrong> {
        let mut text = String::new();
        loop {
            match self.letter() {
                None if may_end_with_the_file => return Ok(text),
                None => return Err(self.cut_off(ends, false)),
                Some(letter) if ends.contains(&letter) => return Ok(text),
                Some('\\') => {
                    self.step();
                    match self.letter() {
                        None => {
                            text.push('\\');
                            continue;
                        }
                        Some('\n') => {}
                        Some('x') => text.push(self.escaped(ends, may_end_with_the_file)?),
                        Some(letter) => text.push(unescaped(letter)),
                    }
                }
                Some(letter) => text.push(letter),
            }
            self.step();
        }
    }

    /// `\x0041`: always four digits.
    fn escaped(&mut self, ends: &[char], may_end: bool) -> Result<char, Wrong> {
        let mut code = String::with_capacity(4);
        for _ in 0..4 {
            self.step();
            let Some(letter) = self.letter() else {
                return Err(self.cut_off(ends, may_end));
            };
            if letter == '\\' {
                self.step();
                if self.letter() != Some('\n') {
                    let words = format!("expecting \"\\\\n\" but found \"{:?}\".", self.letter());
                    return Err(self.wrong(Reason::Escape, words));
                }
            }
            code.push(letter);
        }
        let code = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
        code.ok_or_else(|| self.wrong(Reason::Escape, "unknown character in \\xHH form"))
    }

    fn skip_comment(&mut self) {
        while let Some(letter) = self.letter() {
            self.step();
            if letter == '\n' {
                break;
            }
        }
    }

    /// All white space, but not the indent of a line: that decides what the line is.
    fn skip_blanks(&mut self) {
        while let Some(letter) = self.letter().filter(|letter| letter.is_whitespace()) {
            self.step();
            let is_indented = matches!(self.letter(), Some(' ' | '\t'));
            if matches!(letter, '\n' | '\r') && is_indented {
                break;
            }
        }
    }

    fn letter(&mut self) -> Option<char> {
        self.letters.peek().map(|(_, letter)| *letter)
    }

    fn offset(&mut self) -> usize {
        self.letters.peek().map_or(usize::MAX >> 1, |(at, _)| *at)
    }

    fn step(&mut self) {
        self.letters.next();
        self.step_onto();
    }

    fn step_onto(&mut self) {
        match self.letter() {
            Some('\n') => (self.line, self.column) = (self.line + 1, 0),
            Some(_) => self.column += 1,
            None => {}
        }
    }

    fn cut_off(&mut self, ends: &[char], may_end: bool) -> Wrong {
        let mut expected: Vec<_> = ends.iter().copied().map(Some).collect();
        expected.extend(may_end.then_some(None));
        let reason = match ends {
            [']'] => Reason::Header,
            ['"' | '\''] => Reason::Quote,
            _ if may_end => Reason::Escape,
            _ => Reason::NoSeparator,
        };
        self.wrong(reason, format!("expecting \"{expected:?}\" but found EOF."))
    }

    fn wrong(&mut self, reason: Reason, words: impl fmt::Display) -> Wrong {
        Wrong {
            at: self.offset(),
            reason,
            words: format!("{}:{} {words}", self.line + 1, self.column + 1),
        }
    }
}

fn unescaped(letter: char) -> char {
    match letter {
        '0' => '\0',
        'a' => '\x07',
        'b' => '\x08',
        't' => '\t',
        'r' => '\r',
        'n' => '\n',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ini(text: &str) -> Result<IniFile, Refusal> {
        read_file(File::Config, &Document::parse(text.as_bytes().to_vec()))
    }

    #[test]
    fn it_keeps_a_trailing_comment_in_the_value_and_takes_quotes_away() {
        let file =
            ini("[a]\nregion = eu-west-1 # home\noutput = \"json\"\n").expect("it reads this");
        let section = file.section("a").expect("the section is there");
        assert_eq!(section.get("region"), Some("eu-west-1 # home"));
        assert_eq!(section.get("output"), Some("json"));
        assert_eq!(section.properties[1].line, 2);
    }

    #[test]
    fn it_refuses_a_comment_behind_a_header() {
        let refusal = ini("[a] # note\nregion = x\n").expect_err("it does not read this");
        assert_eq!(refusal.line, Some(0));
    }
}
