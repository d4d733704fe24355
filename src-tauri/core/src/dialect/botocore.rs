//! botocore: the AWS CLI, boto3 and what stands on it. Source: botocore `configloader.py` and `session.py`
//! (`full_config`), over the Python library's `configparser.RawConfigParser` at its defaults. Held against botocore itself, file by
//! file (`tests/differential`).
//! On Windows it decodes in the ANSI code page unless Python's UTF-8 mode is on; this fold is that of UTF-8.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::{
    reading::{At, Block, Files, Property, Reading, Reason, Refusal, Section, Value},
    shlex,
};
use crate::{
    document::{Breaks, Document},
    profiles::File,
};

/// Reads both files: credentials over config, key by key. Its credential providers look at the files one by one.
///
/// # Errors
/// One broken line in either file, and nothing of both is read.
pub(super) fn read(files: Files<'_>) -> Result<Reading<'_>, Refusal> {
    let mut reading = Reading::default();
    if let Some(document) = files.config {
        for (name, section) in read_file(File::Config, document)? {
            file_away(&mut reading, name, section);
        }
    }
    if let Some(document) = files.credentials {
        // Row `[profile a] in credentials`: the text between the brackets is the name, whatever it says.
        for (name, section) in read_file(File::Credentials, document)? {
            match reading.profiles.get_mut(name) {
                Some(profile) => profile.properties.extend(section.properties),
                None => {
                    reading.profiles.insert(name.into(), section);
                }
            }
        }
    }
    Ok(reading)
}

/// Sections of config by what their header says. Of two that come to one name the later one replaces the other.
fn file_away<'a>(reading: &mut Reading<'a>, name: &'a str, section: Section<'a>) {
    // Row `[Profile a], [profilea]`: these words need only begin the header, and then it must have just two.
    let target = if name.starts_with("profile") {
        &mut reading.profiles
    } else if name.starts_with("sso-session") {
        &mut reading.sso_sessions
    } else if name.starts_with("services") {
        &mut reading.services
    } else if name == "default" {
        reading.profiles.insert(name.into(), section);
        return;
    } else {
        if name != "sso_sessions" {
            reading.other.insert(name.into(), section);
        }
        return;
    };
    if let Some([_, name]) = shlex::split(name).as_deref() {
        target.insert(name.clone().into(), section);
    }
}

/// A value as its lines give it; a blank line inside is kept as an empty one.
struct Raw<'a> {
    at: At,
    lines: Vec<(u32, &'a str)>,
}

type RawSection<'a> = (At, IndexMap<Cow<'a, str>, Raw<'a>>);

#[derive(Default)]
struct Parser<'a> {
    sections: IndexMap<&'a str, RawSection<'a>>,
    section: Option<usize>,
    property: Option<usize>,
    indent: usize,
    /// A line that it can't read: it goes on to the end of the file before it says so.
    wrong: Option<Refusal>,
}

/// Sections by the text between their brackets. `[DEFAULT]` lends its keys to all others (row `[DEFAULT] in config`).
fn read_file(file: File, document: &Document) -> Result<IndexMap<&str, Section<'_>>, Refusal> {
    if let Some(line) = document.undecodable() {
        let words = "UnicodeDecodeError: 'utf-8' codec can't decode byte";
        return Err(Refusal::new(At { file, line }, Reason::NotUtf8, words));
    }
    let mut parser = Parser::default();
    for row in document.rows(Breaks::Every) {
        let at = At {
            file,
            line: row.line,
        };
        parser.take(row.text, at)?;
    }
    if let Some(wrong) = parser.wrong {
        return Err(wrong);
    }
    let lent = parser.sections.shift_remove("DEFAULT");
    let lent = lent.map_or_else(IndexMap::new, |(_, properties)| properties);
    let mut sections = IndexMap::new();
    for (name, (at, properties)) in parser.sections {
        let mut section = Section::new(at);
        let not_set = lent
            .iter()
            .filter(|(key, _)| !properties.contains_key(*key));
        for (key, raw) in properties.iter().chain(not_set) {
            section.properties.insert(key.clone(), value(raw)?);
        }
        sections.insert(name, section);
    }
    Ok(sections)
}

impl<'a> Parser<'a> {
    fn take(&mut self, line: &'a str, at: At) -> Result<(), Refusal> {
        let text = strip(line);
        if text.starts_with(['#', ';']) {
            return Ok(()); // row `indented # x`: a comment at any indent, and nowhere else
        }
        if text.is_empty() {
            // Row `blank line below`.
            if let Some(raw) = self.current() {
                raw.lines.push((at.line, ""));
            }
            return Ok(());
        }
        let indent = line.chars().take_while(|letter| is_space(*letter)).count();
        let above = self.indent;
        if let Some(raw) = self.current().filter(|_| indent > above) {
            raw.lines.push((at.line, text));
            return Ok(());
        }
        self.indent = indent;
        if let Some(name) = header(text) {
            return self.header(name, at);
        }
        let Some(section) = self.section else {
            let words = "MissingSectionHeaderError: File contains no section headers.";
            return Err(Refusal::new(at, Reason::BeforeAnySection, words));
        };
        let Some((key, value)) = text.split_once(['=', ':']) else {
            self.cannot_read(at, Reason::NoSeparator);
            return Ok(());
        };
        let key = key.trim_end_matches(is_space);
        if key.is_empty() {
            self.cannot_read(at, Reason::NoKey);
        }
        let (name, (_, properties)) = self
            .sections
            .get_index_mut(section)
            .expect("the section was made by its header");
        let key = lower(key);
        if properties.contains_key(&key) {
            let words =
                format!("DuplicateOptionError: option '{key}' in section '{name}' already exists");
            return Err(Refusal::new(at, Reason::DuplicateKey, words));
        }
        let raw = Raw {
            at,
            lines: vec![(at.line, strip(value))],
        };
        let has_name = !key.is_empty();
        let (index, _) = properties.insert_full(key, raw);
        self.property = has_name.then_some(index);
        Ok(())
    }

    fn header(&mut self, name: &'a str, at: At) -> Result<(), Refusal> {
        let entry = self.sections.entry(name);
        self.section = Some(entry.index());
        self.property = None;
        if let indexmap::map::Entry::Occupied(_) = &entry
            && name != "DEFAULT"
        {
            let words = format!("DuplicateSectionError: section '{name}' already exists");
            return Err(Refusal::new(at, Reason::DuplicateSection, words));
        }
        entry.or_insert_with(|| (at, IndexMap::new()));
        Ok(())
    }

    fn current(&mut self) -> Option<&mut Raw<'a>> {
        let (_, (_, properties)) = self.sections.get_index_mut(self.section?)?;
        Some(properties.get_index_mut(self.property?)?.1)
    }

    fn cannot_read(&mut self, at: At, reason: Reason) {
        let words = "ParsingError: Source contains parsing errors";
        self.wrong
            .get_or_insert_with(|| Refusal::new(at, reason, words));
    }
}

/// Row `[a]b]`: up to the last bracket of the line; what follows that is not looked at.
fn header(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    inner
        .rfind(']')
        .filter(|end| *end > 0)
        .map(|end| &inner[..end])
}

fn value<'a>(raw: &Raw<'a>) -> Result<Property<'a>, Refusal> {
    let at = raw.at;
    let last = raw.lines.iter().rposition(|(_, text)| !text.is_empty());
    let lines = &raw.lines[..last.map_or(1, |last| last + 1)];
    let value = match lines {
        [(_, only)] => Value::from(*only),
        [(_, ""), below @ ..] => Value::Block(block(at.file, below)?),
        lines => {
            let texts: Vec<_> = lines.iter().map(|(_, text)| *text).collect();
            Value::Text(Cow::Owned(texts.join("\n")))
        }
    };
    Ok(Property::new(value, at))
}

/// Row `nested line without =`. It is cut at more than the file was: `str.splitlines` knows eight further ends.
fn block<'a>(file: File, lines: &[(u32, &'a str)]) -> Result<Block<'a>, Refusal> {
    let mut block = Block::new();
    for (line, text) in lines {
        let at = At { file, line: *line };
        for part in text
            .split(is_line_end)
            .map(strip)
            .filter(|part| !part.is_empty())
        {
            let Some((key, value)) = part.split_once('=') else {
                let words = "ValueError: not enough values to unpack (expected 2, got 1)";
                return Err(Refusal::new(at, Reason::Block, words));
            };
            block.insert(strip(key).into(), (strip(value).into(), at));
        }
    }
    Ok(block)
}

fn is_line_end(letter: char) -> bool {
    matches!(
        letter,
        '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// `str.isspace`: Unicode's white space and four control letters.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&letter)
}

fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `str.lower`, which for keys in small letters is nothing.
fn lower(key: &str) -> Cow<'_, str> {
    let is_small = |letter: char| letter.is_ascii() && !letter.is_ascii_uppercase();
    if key.chars().all(is_small) {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(key.to_lowercase())
    }
}
