//! The AWS SDK for JavaScript v3. Source: @smithy/core 3 `config` (`parseIni`, `getConfigData`, `mergeConfigFiles`, what
//! @smithy/shared-ini-file-loader 4 is made of). Held against that package itself, file by file (`tests/differential`).
//! There are no errors: what it does not know it skips, and the keys below a header that it did not see land in the
//! section above (rows `leak: [b`, `leak: [b] text`).

use std::borrow::Cow;

use super::reading::{At, Files, Property, Reading, Reason, Refusal, Section, Sections, behind};
use crate::{
    document::{Breaks, Document},
    profiles::File,
};

/// Names that every JavaScript object has already: a section of this name is lost, and its keys are written onto the
/// language's own function (row `__proto__`).
pub(crate) const OF_OBJECTS: [&str; 12] = [
    "__proto__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

const PREFIXES: [&str; 3] = ["profile", "sso-session", "services"];

/// Reads both files: credentials over config, key by key. A file that it stumbles over counts as empty.
pub(super) fn read(files: Files<'_>) -> Reading<'_> {
    let mut reading = Reading::default();
    let config = or_nothing(read_file(File::Config, files.config), &mut reading);
    let credentials = or_nothing(
        read_file(File::Credentials, files.credentials),
        &mut reading,
    );

    for (name, section) in &config {
        if let Some(name) = behind(name, "sso-session.") {
            reading.sso_sessions.insert(name, section.clone());
        }
    }
    let mut merged = of_config(config);
    for (name, section) in credentials {
        match merged.get_mut(&name) {
            Some(target) => target.properties.extend(section.properties),
            None => {
                merged.insert(name, section);
            }
        }
    }
    for (name, section) in merged {
        if let Some(services) = behind(&name, "services.") {
            reading.services.insert(services, section);
        } else if name.starts_with("sso-session.") {
            reading.other.insert(name, section);
        } else if !OF_OBJECTS.contains(&&*name) {
            reading.profiles.insert(name, section);
        }
    }
    reading
}

fn or_nothing<'a>(read: Result<Sections<'a>, Refusal>, reading: &mut Reading<'_>) -> Sections<'a> {
    read.unwrap_or_else(|refusal| {
        reading.passed_over.push(refusal);
        Sections::new()
    })
}

/// Sections as `prefix.name` or `name`; one without a property does not exist (row `section without keys`).
fn read_file(file: File, document: Option<&Document>) -> Result<Sections<'_>, Refusal> {
    let mut sections = Sections::new();
    let Some(document) = document else {
        return Ok(sections);
    };
    let mut section: Option<(Cow<'_, str>, At)> = None;
    let mut block: Option<&str> = None;
    for row in document.rows(Breaks::LfOrCrLf) {
        let at = At {
            file,
            line: row.line,
        };
        let text = without_comment(row.text);
        if let Some(inner) = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'))
        {
            if matches!(inner, "__proto__" | "profile __proto__") {
                let words = format!("Found invalid profile name \"{inner}\"");
                return Err(Refusal::new(at, Reason::Name, words));
            }
            section = header(inner).map(|name| (name, at));
            block = None;
            continue;
        }
        let Some((name, header)) = section.as_ref().filter(|(name, _)| !name.is_empty()) else {
            continue;
        };
        let Some((key, value)) = text.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            continue; // rows `line without separator`, `= v`, `k: v`
        };
        let (key, value) = (trim(key), trim(value));
        if value.is_empty() {
            block = Some(key); // row `empty value`: no key; what is indented below it becomes `key.sub`
            continue;
        }
        if row.text.trim_start_matches(is_space) == row.text {
            block = None;
        }
        if OF_OBJECTS.contains(&&**name) {
            continue;
        }
        let key = match block {
            Some(block) => Cow::Owned(format!("{block}.{key}")),
            None => Cow::Borrowed(key),
        };
        let held = sections
            .entry(name.clone())
            .or_insert_with(|| Section::new(*header));
        if key != "__proto__" {
            held.properties.insert(key, Property::new(value, at));
        }
    }
    Ok(sections)
}

/// `prefix name` with one blank, the name perhaps in quotes; else the text itself. None where the prefix is another.
fn header(inner: &str) -> Option<Cow<'_, str>> {
    let Some((prefix, name)) = prefix_and_name(inner) else {
        return Some(Cow::Borrowed(inner));
    };
    // Row `[my team] in credentials`: it looks like a prefix and a name.
    PREFIXES
        .contains(&prefix)
        .then(|| Cow::Owned(format!("{prefix}.{name}")))
}

/// `/^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/`
fn prefix_and_name(inner: &str) -> Option<(&str, &str)> {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    let (prefix, name) = inner.split_once(is_space)?;
    let quoted = |quote| name.strip_prefix(quote)?.strip_suffix(quote);
    let name = quoted('"').or_else(|| quoted('\'')).unwrap_or(name);
    let is_name = |letter| is_word(letter) || "@+.%:/".contains(letter);
    let is_both = !prefix.is_empty() && prefix.chars().all(is_word);
    (is_both && !name.is_empty() && name.chars().all(is_name)).then_some((prefix, name))
}

/// Config keeps what has one of the three prefixes, and `default`, which one with the prefix replaces.
fn of_config(sections: Sections<'_>) -> Sections<'_> {
    let mut held = Sections::new();
    let mut bare_default = None;
    for (name, section) in sections {
        if let Some(profile) = behind(&name, "profile.") {
            held.insert(profile, section);
        } else if name.starts_with("sso-session.") || name.starts_with("services.") {
            held.insert(name, section);
        } else if name == "default" {
            bare_default = Some((name, section)); // row `[a] in config`: all other bare names are gone
        }
    }
    if let Some((name, section)) = bare_default {
        held.entry(name).or_insert(section);
    }
    held
}

/// Cuts at the first `#` or `;` that begins the line or has white space before it, on any line (row `k = v # c`).
fn without_comment(line: &str) -> &str {
    let mut is_after_blank = true;
    for (at, letter) in line.char_indices() {
        if is_after_blank && matches!(letter, '#' | ';') {
            return trim(&line[..at]);
        }
        is_after_blank = is_space(letter);
    }
    trim(line)
}

/// `\s` and `trim`: Unicode's white space without NEL, and the byte order mark (row `BOM`).
fn is_space(letter: char) -> bool {
    letter == '\u{feff}' || letter.is_whitespace() && letter != '\u{85}'
}

fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}
