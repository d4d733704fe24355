//! What the crate `rust-ini` reads with its default options: OpenDAL and rust-s3 read AWS files with it. It knows
//! nothing of profiles, so callers look up `NAME` in credentials, and `profile NAME` or `default` in config.
//! The crate itself does the reading; nothing of its grammar is told again here.

use ini::Ini;

use crate::document::Document;

/// A file as rust-ini has it: sections in order, properties in order, nothing merged.
#[derive(Debug, PartialEq, Eq)]
pub struct IniFile {
    /// The first is the nameless one, where it has properties.
    pub sections: Vec<IniSection>,
}

/// A section of it.
#[derive(PartialEq, Eq)]
pub struct IniSection {
    /// Its name; none for what stands before the first header.
    pub name: Option<String>,
    /// Keys and values as it has them.
    pub properties: Vec<(String, String)>,
}

/// Reads the file's bytes as rust-ini does from disk.
///
/// # Errors
/// Its own words for why it refuses the file.
pub fn read(document: &Document) -> Result<IniFile, String> {
    // `Ini::load_from_file` passes over a byte order mark; `read_from` leaves that to its caller.
    let bytes = document.bytes();
    let mut bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let ini = Ini::read_from(&mut bytes).map_err(|error| error.to_string())?;
    let sections = ini
        .iter()
        .map(|(name, properties)| IniSection {
            name: name.map(str::to_owned),
            properties: properties
                .iter()
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
        })
        .filter(|section| section.name.is_some() || !section.properties.is_empty())
        .collect();
    Ok(IniFile { sections })
}

impl IniFile {
    /// The first section of this name, as a lookup finds it.
    pub fn section(&self, name: &str) -> Option<&IniSection> {
        self.sections
            .iter()
            .find(|section| section.name.as_deref() == Some(name))
    }
}

impl std::fmt::Debug for IniSection {
    /// Without values: they may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "IniSection({:?}, {} properties)",
            self.name,
            self.properties.len()
        )
    }
}

impl IniSection {
    /// The first value of this key, as a lookup finds it.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.properties
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ini(text: &str) -> Result<IniFile, String> {
        read(&Document::parse(text.as_bytes().to_vec()))
    }

    #[test]
    fn it_keeps_a_trailing_comment_in_the_value_and_takes_quotes_away() {
        let file =
            ini("[a]\nregion = eu-west-1 # home\noutput = \"json\"\n").expect("it reads this");
        let section = file.section("a").expect("the section is there");
        assert_eq!(section.get("region"), Some("eu-west-1 # home"));
        assert_eq!(section.get("output"), Some("json"));
    }

    #[test]
    fn it_refuses_a_comment_behind_a_header() {
        assert!(ini("[a] # note\nregion = x\n").is_err());
    }
}
