//! The AWS SDK for Rust. Source: aws-runtime 1.10.2, `env_config/parse.rs` (lines) and `env_config/normalize.rs` (what
//! the sections are). Held against the crate itself, file by file (`tests/differential`).

use std::borrow::Cow;

use indexmap::IndexMap;

use super::{
    is_identifier,
    reading::{At, Files, Property, Reading, Reason, Refusal, Section, Sections},
};
use crate::{
    document::{Breaks, Document, Row},
    profiles::File,
};

/// Its blanks: the published grammar knows no others.
const BLANKS: [char; 2] = [' ', '\t'];
const COMMENT: [char; 2] = ['#', ';'];

/// Reads both files: config first, credentials over it, key by key.
///
/// # Errors
/// One broken line in either file, and nothing of both is read (row `credentials broken`).
pub(super) fn read(files: Files<'_>) -> Result<Reading<'_>, Refusal> {
    let mut reading = Reading::default();
    for (file, document) in files.both() {
        if let Some(line) = document.undecodable() {
            // Row `not UTF-8`: the file counts as empty, with a warning in the log.
            reading.passed_over.push(Refusal::new(
                At { file, line },
                Reason::NotUtf8,
                "config file did not contain utf-8 encoded data",
            ));
            continue;
        }
        merge_in(&mut reading, raw_sections(file, document)?, file);
    }
    Ok(reading)
}

/// A property as its lines give it.
struct Raw<'a> {
    at: At,
    first: &'a str,
    more: Vec<Row<'a>>,
}

type RawSection<'a> = (At, IndexMap<Cow<'a, str>, Raw<'a>>);

/// Sections by the text between their brackets, blanks included.
fn raw_sections(
    file: File,
    document: &Document,
) -> Result<IndexMap<&str, RawSection<'_>>, Refusal> {
    let mut sections: IndexMap<&str, RawSection<'_>> = IndexMap::new();
    let mut section = None;
    let mut property = None;
    for row in document.rows(Breaks::LfOrCrLf) {
        let at = At {
            file,
            line: row.line,
        };
        if row.text.trim_matches(BLANKS).is_empty() || row.text.starts_with(COMMENT) {
            continue; // row `# x`: only in column 0; an indented one goes on below
        }
        if row.text.starts_with('[') {
            // Row `[profile a#b]`: a comment needs no blank before it here.
            let name = without_comment(row.text, false)
                .strip_prefix('[')
                .and_then(|text| text.strip_suffix(']'))
                .ok_or_else(|| {
                    Refusal::new(at, Reason::Header, "Profile definition must end with ']'")
                })?;
            let entry = sections.entry(name);
            section = Some(entry.index());
            property = None;
            entry.or_insert_with(|| (at, IndexMap::new()));
            continue;
        }
        let Some((_, properties)) = section.and_then(|index: usize| {
            let (_, section) = sections.get_index_mut(index)?;
            Some(section)
        }) else {
            let words = "Expected a profile definition";
            return Err(Refusal::new(at, Reason::BeforeAnySection, words));
        };
        if row.text.starts_with(BLANKS) {
            let Some((_, raw)) = property.and_then(|index| properties.get_index_mut(index)) else {
                let words = "Expected a property definition, found continuation";
                return Err(Refusal::new(at, Reason::NothingToGoOn, words));
            };
            if raw.first.is_empty() {
                // Row `nested line without =`: a block is only looked over here, and taken apart where it is used.
                key_and_value(row.text).map_err(|wrong| match wrong {
                    Reason::NoKey => {
                        Refusal::new(at, Reason::Block, "Sub-property did not have a name")
                    }
                    _ => Refusal::new(
                        at,
                        Reason::Block,
                        "Expected an '=' sign defining a sub-property",
                    ),
                })?;
            }
            raw.more.push(Row {
                line: row.line,
                text: row.text.trim_matches(BLANKS),
            });
            continue;
        }
        let (key, first) = key_and_value(row.text).map_err(|wrong| match wrong {
            Reason::NoKey => Refusal::new(at, wrong, "Property did not have a name"),
            _ => Refusal::new(at, wrong, "Expected an '=' sign defining a property"),
        })?;
        let raw = Raw {
            at,
            first,
            more: Vec::new(),
        };
        property = Some(properties.insert_full(lower(key), raw).0);
    }
    Ok(sections)
}

fn key_and_value(line: &str) -> Result<(&str, &str), Reason> {
    let line = without_comment(line, true);
    let (key, value) = line.split_once('=').ok_or(Reason::NoSeparator)?;
    match key.trim_matches(BLANKS) {
        "" => Err(Reason::NoKey),
        key => Ok((key, value.trim_matches(BLANKS))),
    }
}

/// Cuts at a comment. `after_blank`: only where any white space stands before it.
fn without_comment(line: &str, after_blank: bool) -> &str {
    let line = line.trim_matches(BLANKS);
    let mut is_after_blank = false;
    for (at, letter) in line.char_indices() {
        if COMMENT.contains(&letter) && (is_after_blank || !after_blank) {
            return line[..at].trim_matches(BLANKS);
        }
        is_after_blank = letter.is_whitespace();
    }
    line
}

/// Row `key case`: ASCII letters only.
fn lower(key: &str) -> Cow<'_, str> {
    if key.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(key.to_ascii_lowercase())
    } else {
        Cow::Borrowed(key)
    }
}

/// `[prefix name]` or `[name]`.
fn prefix_and_name(inner: &str) -> (Option<&str>, &str) {
    match inner.trim_matches(BLANKS).split_once(BLANKS) {
        Some((prefix, name)) => (Some(prefix.trim()), name.trim()),
        None => (None, inner.trim_matches(BLANKS).trim()),
    }
}

fn merge_in<'a>(reading: &mut Reading<'a>, raw: IndexMap<&'a str, RawSection<'a>>, file: File) {
    // Row `[default] then [profile default]`: with a prefix it wins wholly, wherever it stands.
    let hides_default = file == File::Config
        && raw
            .keys()
            .any(|inner| prefix_and_name(inner) == (Some("profile"), "default"));
    for (inner, (at, properties)) in raw {
        let (prefix, name) = prefix_and_name(inner);
        let target = match (file, prefix) {
            _ if !is_identifier(name) => continue,    // row `name chars`
            (File::Credentials, Some(_)) => continue, // row `[profile a] in credentials`
            (File::Config, None) if name != "default" || hides_default => continue,
            (_, None | Some("profile")) => &mut reading.profiles,
            (_, Some("sso-session")) => &mut reading.sso_sessions,
            (_, Some(prefix)) => {
                blocks_only(reading, prefix, name, at, properties);
                continue;
            }
        };
        let section = target
            .entry(Cow::Borrowed(name))
            .or_insert_with(|| Section::new(at));
        for (key, raw) in properties {
            if !is_identifier(&key) {
                continue; // row `key with a blank`
            }
            let mut property = Property::new(joined(&raw), raw.at);
            // Row `same name, other spelling`: they are merged in the order of a hash map.
            let above = section.properties.get(&key);
            property.is_contested = above.is_some_and(|above| above.at.file == file);
            section.properties.insert(key, property);
        }
    }
}

/// The value with the lines that it goes on in.
fn joined<'a>(raw: &Raw<'a>) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(raw.first);
    for row in &raw.more {
        let text = text.to_mut();
        text.push('\n');
        text.push_str(row.text);
    }
    text
}

/// Of `[services x]` and of any `[prefix x]` that it does not know, only `key = value` within a property is kept: an
/// own value that has a `=` counts as one too (row `[services v] nested`).
fn blocks_only<'a>(
    reading: &mut Reading<'a>,
    prefix: &'a str,
    name: &'a str,
    at: At,
    properties: IndexMap<Cow<'a, str>, Raw<'a>>,
) {
    let mut blocks: IndexMap<Cow<'a, str>, Property<'a>> = IndexMap::new();
    for (key, raw) in properties {
        let own = Row {
            line: raw.at.line,
            text: raw.first,
        };
        let mut block = IndexMap::new();
        for row in std::iter::once(own).chain(raw.more) {
            if let Some((sub, value)) = row.text.split_once('=') {
                let at = At {
                    file: at.file,
                    line: row.line,
                };
                let value = Cow::Borrowed(value.trim_matches(BLANKS));
                block.insert(Cow::Borrowed(sub.trim_matches(BLANKS)), (value, at));
            }
        }
        if is_identifier(&key) && !block.is_empty() {
            blocks.insert(key, Property::new(block, raw.at));
        }
    }
    if blocks.is_empty() {
        return;
    }
    let (target, name): (&mut Sections<'a>, Cow<'a, str>) = match prefix {
        "services" => (&mut reading.services, name.into()),
        _ => (&mut reading.other, format!("{prefix} {name}").into()),
    };
    let section = target.entry(name).or_insert_with(|| Section::new(at));
    for (key, property) in blocks {
        section.add_block(key, property);
    }
}
