//! The AWS SDK for Java v2. Source: `ProfileFileReader` and `ProfileFile`'s aggregation of the files in
//! `core/profiles` of aws-sdk-java-v2. It can't be run here: the fold is held against a model restated from that source
//! and against the grammar's published cases.

use std::borrow::Cow;

use super::{
    is_identifier,
    reading::{At, Files, Property, Reading, Reason, Refusal, Section, Sections, Value},
};
use crate::{
    document::{Breaks, Document},
    profiles::File,
};

/// Reads both files: credentials over config, key by key.
///
/// # Errors
/// One broken line in either file, and nothing of both is read.
pub(super) fn read(files: Files<'_>) -> Result<Reading<'_>, Refusal> {
    let mut reading = Reading::default();
    for (file, document) in files.both() {
        let read = read_file(file, document)?;
        merge(&mut reading.profiles, read.profiles);
        merge(&mut reading.sso_sessions, read.sso_sessions);
        merge(&mut reading.services, read.services);
    }
    Ok(reading)
}

fn merge<'a>(into: &mut Sections<'a>, from: Sections<'a>) {
    for (name, section) in from {
        let target = into.entry(name).or_insert_with(|| Section::new(section.at));
        target.properties.extend(section.properties);
    }
}

/// Where the properties go that are read next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Profile,
    SsoSession,
    Services,
}

/// The section that the lines below a header belong to.
#[derive(Clone, Copy, Default)]
enum Open {
    #[default]
    Nothing,
    /// One that it drops: its lines are not looked at (row `[foo] then junk line`).
    Dropped,
    Section(Kind, usize),
}

/// What an indented line goes on with.
#[derive(Clone, Copy, Default)]
enum Above {
    #[default]
    Nothing,
    /// A property that it drops for its key.
    Dropped,
    Property {
        index: usize,
        is_block: bool,
    },
}

#[derive(Default)]
struct Reader<'a> {
    reading: Reading<'a>,
    open: Open,
    above: Above,
    has_prefixed_default: bool,
}

fn read_file(file: File, document: &Document) -> Result<Reading<'_>, Refusal> {
    let mut reader = Reader::default();
    for row in document.rows(Breaks::Every) {
        let at = At {
            file,
            line: row.line,
        };
        if row.text.trim_matches([' ', '\t']).is_empty() || row.text.starts_with(['#', ';']) {
            continue;
        }
        if row.text.starts_with('[') {
            reader.header(row.text, at)?;
        } else if !matches!(reader.open, Open::Dropped) {
            reader.line(row.text, at)?;
        }
    }
    Ok(reader.reading)
}

impl<'a> Reader<'a> {
    fn header(&mut self, line: &'a str, at: At) -> Result<(), Refusal> {
        if line.len() == 1 {
            // It takes the text between the brackets before it looks for them.
            let words = "StringIndexOutOfBoundsException";
            return Err(Refusal::new(at, Reason::Header, words));
        }
        let special = special(inner(line)).is_some();
        // Row `[profile a#b]`: a comment needs no blank before it here.
        let line = trim(
            line.find(['#', ';'])
                .map_or(line, |comment| &line[..comment]),
        );
        if !line.ends_with(']') {
            let what = if special { "Section" } else { "Profile" };
            let words = format!("{what} definition must end with ']'");
            return Err(Refusal::new(at, Reason::Header, words));
        }
        let Some((kind, name)) = self.named(inner(line), special, at.file) else {
            self.open = Open::Dropped;
            return Ok(());
        };
        let entry = self.sections(kind).entry(Cow::Borrowed(name));
        let index = entry.index();
        entry.or_insert_with(|| Section::new(at));
        self.open = Open::Section(kind, index);
        self.above = Above::Nothing;
        Ok(())
    }

    /// What the text between the brackets names; none where the section is dropped.
    fn named(&mut self, inner: &'a str, special_line: bool, file: File) -> Option<(Kind, &'a str)> {
        if special_line {
            let (kind, name) = special(inner)?;
            return (file == File::Config && is_identifier(name)).then_some((kind, name));
        }
        let prefixed = inner
            .strip_prefix("profile")
            .filter(|rest| rest.starts_with([' ', '\t']))
            .map(trim);
        let name = match (file, prefixed) {
            (File::Credentials, _) => inner, // row `[profile a] in credentials`
            (File::Config, Some(name)) => name,
            (File::Config, None) if inner == "default" => inner,
            (File::Config, None) => return None, // row `[a] in config`
        };
        if !is_identifier(name) {
            return None;
        }
        if file == File::Config && name == "default" {
            // Row `[default] then [profile default]`: with a prefix it wins wholly, wherever it stands.
            if prefixed.is_none() && self.has_prefixed_default {
                return None;
            }
            if prefixed.is_some() && !self.has_prefixed_default {
                self.reading.profiles.shift_remove("default");
                self.has_prefixed_default = true;
            }
        }
        Some((Kind::Profile, name))
    }

    fn line(&mut self, line: &'a str, at: At) -> Result<(), Refusal> {
        if line.starts_with([' ', '\t']) {
            self.indented(trim(line), at)
        } else {
            self.property(line, at)
        }
    }

    fn indented(&mut self, line: &'a str, at: At) -> Result<(), Refusal> {
        let (kind, section, index, is_block) = match (self.open, self.above) {
            (_, Above::Dropped) => return Ok(()),
            (Open::Section(kind, section), Above::Property { index, is_block }) => {
                (kind, section, index, is_block)
            }
            _ => {
                let words = "Expected a profile or property definition";
                return Err(Refusal::new(at, Reason::NothingToGoOn, words));
            }
        };
        if is_block {
            key_and_value(line, at).map_err(|refusal| Refusal {
                reason: Reason::Block,
                ..refusal
            })?;
        }
        let (_, property) = self
            .section(kind, section)
            .properties
            .get_index_mut(index)
            .expect("the property was made by its line");
        if let Value::Text(text) = &mut property.value {
            let text = text.to_mut();
            text.push('\n');
            text.push_str(line);
        }
        Ok(())
    }

    fn property(&mut self, line: &'a str, at: At) -> Result<(), Refusal> {
        let Open::Section(kind, section) = self.open else {
            let words = "Expected a profile definition";
            return Err(Refusal::new(at, Reason::BeforeAnySection, words));
        };
        let comments = [" #", " ;", "\t#", "\t;"];
        let comment = comments.iter().filter_map(|mark| line.find(mark)).min();
        let line = trim(comment.map_or(line, |comment| &line[..comment]));
        let (key, value) = key_and_value(line, at)?;
        if !is_identifier(key) {
            self.above = Above::Dropped; // row `key with a blank`
            return Ok(());
        }
        let property = Property::new(value, at);
        let section = self.section(kind, section);
        let (index, _) = section.properties.insert_full(key.into(), property);
        let is_block = value.is_empty();
        self.above = Above::Property { index, is_block };
        Ok(())
    }

    fn section(&mut self, kind: Kind, index: usize) -> &mut Section<'a> {
        let section = self.sections(kind).get_index_mut(index);
        section.expect("the section was made by its header").1
    }

    fn sections(&mut self, kind: Kind) -> &mut Sections<'a> {
        match kind {
            Kind::Profile => &mut self.reading.profiles,
            Kind::SsoSession => &mut self.reading.sso_sessions,
            Kind::Services => &mut self.reading.services,
        }
    }
}

fn special(inner: &str) -> Option<(Kind, &str)> {
    let behind = |prefix| {
        let rest: &str = inner.strip_prefix(prefix)?;
        rest.starts_with([' ', '\t']).then(|| trim(rest))
    };
    let session = behind("sso-session").map(|name| (Kind::SsoSession, name));
    session.or_else(|| behind("services").map(|name| (Kind::Services, name)))
}

/// Without the first and the last letter: whether they are brackets is another question.
fn inner(line: &str) -> &str {
    let mut letters = line.chars();
    letters.next();
    letters.next_back();
    trim(letters.as_str())
}

fn key_and_value(line: &str, at: At) -> Result<(&str, &str), Refusal> {
    let Some((key, value)) = line.split_once('=') else {
        let words = "Expected an '=' sign defining a property";
        return Err(Refusal::new(at, Reason::NoSeparator, words));
    };
    match trim(key) {
        "" => {
            let words = "Property did not have a name";
            Err(Refusal::new(at, Reason::NoKey, words))
        }
        key => Ok((key, trim(value))),
    }
}

/// `String.trim()`: every letter up to the blank, so that control letters go and a NBSP stays (row `NBSP before a key`).
fn trim(text: &str) -> &str {
    text.trim_matches(|letter| letter <= ' ')
}
