//! Where the readers part, one construct to a row: the table of `docs/compatibility.md`. A row has no answers of its own:
//! each is what the reader's fold makes of the sample, so that the page and the program can't say two things.

use super::{Engine, Files, Reading, Section, Sections, Value};
use crate::document::Document;

/// A construct and the smallest pair of files that has it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// How the folds' comments name it.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// The sample's config; empty where there is none.
    pub config: &'static [u8],
    /// The sample's credentials; empty where there are none.
    pub credentials: &'static [u8],
}

/// What rows are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Keys that land in another profile.
    Leaks,
    /// Comments.
    Comments,
    /// Keys and values.
    Properties,
    /// Indented lines.
    Indents,
    /// Headers and the names in them.
    Headers,
    /// The same thing twice.
    Twice,
    /// Bytes and line ends.
    Bytes,
    /// What both files come to.
    Merging,
}

impl Group {
    /// All, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Leaks,
        Self::Comments,
        Self::Properties,
        Self::Indents,
        Self::Headers,
        Self::Twice,
        Self::Bytes,
        Self::Merging,
    ];

    /// Its heading, and a sentence.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Leaks => (
                "Keys that land in another profile",
                "The most dangerous ones: two readers skip a header that they don't know, and the keys below it belong to the section above. They sign as `a` with `b`'s keys, and say nothing.",
            ),
            Self::Comments => (
                "Comments",
                "A secret or an address with ` #` or ` ;` in it is cut by all but botocore and rust-ini.",
            ),
            Self::Properties => (
                "Keys and values",
                "Write `key = value`, the key in small letters, the value without quotes.",
            ),
            Self::Indents => (
                "Indented lines",
                "Indent only below a key that has no value of its own.",
            ),
            Self::Headers => (
                "Headers and names",
                "`[default]` and `[profile name]` in config, `[name]` in credentials, names of letters, digits and `_ - / . % @ : +`.",
            ),
            Self::Twice => (
                "The same thing twice",
                "botocore refuses the file, so every AWS CLI command fails.",
            ),
            Self::Bytes => (
                "Bytes and line ends",
                "UTF-8 without a mark, lines that end in LF or CRLF.",
            ),
            Self::Merging => (
                "Both files together",
                "Credentials win over config, key by key, but not in Go; and botocore's own keys never mix: it takes a pair from one file.",
            ),
        }
    }
}

impl Row {
    /// What a reader makes of the sample, short enough for a table.
    pub fn answer(&self, engine: Engine) -> String {
        let document = |bytes: &[u8]| (!bytes.is_empty()).then(|| Document::parse(bytes.to_vec()));
        let (config, credentials) = (document(self.config), document(self.credentials));
        let read = engine.read(Files {
            config: config.as_ref(),
            credentials: credentials.as_ref(),
        });
        match read {
            Err(refusal) => match refusal.line {
                Some(line) => format!("refuses {} (line {})", refusal.file.name(), line + 1),
                None => format!("refuses {}", refusal.file.name()),
            },
            Ok(reading) => told(&reading),
        }
    }
}

fn told(reading: &Reading<'_>) -> String {
    let mut parts: Vec<String> = reading
        .passed_over
        .iter()
        .map(|refusal| format!("sees nothing in {}", refusal.file.name()))
        .collect();
    let mut add = |prefix: &str, sections: &Sections<'_>| {
        let mut sections: Vec<_> = sections.iter().collect();
        sections.sort_by_key(|(name, _)| *name);
        for (name, section) in sections {
            parts.push(format!("{prefix}{}", of_section(name, section)));
        }
    };
    add("", &reading.profiles);
    add("sso-session ", &reading.sso_sessions);
    add("services ", &reading.services);
    if parts.is_empty() {
        return "no profile".to_owned();
    }
    parts.join(" · ")
}

fn of_section(name: &str, section: &Section<'_>) -> String {
    let mut properties: Vec<_> = section
        .properties
        .iter()
        .map(|(key, property)| match &property.value {
            Value::Text(text) => {
                let or = if property.is_contested {
                    " (or the other)"
                } else {
                    ""
                };
                format!("{}={}{or}", visible(key), visible(text))
            }
            Value::Block(block) => {
                let subs = block
                    .iter()
                    .map(|(sub, (text, _))| format!("{sub}={}", visible(text)));
                format!(
                    "{}={{{}}}",
                    visible(key),
                    subs.collect::<Vec<_>>().join(", ")
                )
            }
        })
        .collect();
    properties.sort();
    let name = if name.is_empty() { "(no name)" } else { name };
    format!(
        "{}: {}",
        visible(name),
        if properties.is_empty() {
            "nothing".to_owned()
        } else {
            properties.join(", ")
        }
    )
}

/// Letters that a page would not show, as signs that it does.
pub fn visible(text: &str) -> String {
    let mut shown = String::new();
    for letter in text.chars() {
        match letter {
            '\n' => shown.push('⏎'),
            '\r' => shown.push('␍'),
            '\t' => shown.push('⇥'),
            '\u{a0}' => shown.push('⍽'),
            '\u{feff}' => shown.push_str("(BOM)"),
            letter if letter.is_control() => shown.extend(letter.escape_default()),
            letter => shown.push(letter),
        }
    }
    shown
}

const fn config(group: Group, name: &'static str, config: &'static [u8]) -> Row {
    Row {
        name,
        group,
        config,
        credentials: b"",
    }
}

const fn credentials(group: Group, name: &'static str, credentials: &'static [u8]) -> Row {
    Row {
        name,
        group,
        config: b"",
        credentials,
    }
}

const fn both(name: &'static str, config: &'static [u8], credentials: &'static [u8]) -> Row {
    Row {
        name,
        group: Group::Merging,
        config,
        credentials,
    }
}

/// All rows, in the order of the page.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    config(Group::Leaks, "leak: [b", b"[profile a]\nk = 1\n[profile b\nk = 2\n"),
    config(Group::Leaks, "leak: [b] text", b"[profile a]\nk = 1\n[profile b] text\nk = 2\n"),
    config(Group::Leaks, "leak: [b]#c", b"[profile a]\nk = 1\n[profile b]#c\nk = 2\n"),
    config(Group::Leaks, "leak: [b # c]", b"[profile a]\nk = 1\n[profile b # c]\nk = 2\n"),
    config(Group::Comments, "# x", b"[profile a]\n# x\nk = v\n"),
    config(Group::Comments, "indented # x", b"[profile a]\nk = v\n  # x\n"),
    config(Group::Comments, "indented # x in a block", b"[profile a]\ns3 =\n  # x\n  k = v\n"),
    config(Group::Comments, "k = v # c", b"[profile a]\nk = v # c\n"),
    config(Group::Comments, "k = v;c", b"[profile a]\nk = v;c\n"),
    config(Group::Comments, "k = # c", b"[profile a]\nk = # c\n"),
    config(Group::Comments, "[a] # c", b"[profile a] # c\nk = v\n"),
    config(Group::Comments, "[profile a#b]", b"[profile a#b]\nk = v\n"),
    config(Group::Properties, "k: v", b"[profile a]\nk: v\n"),
    config(Group::Properties, "a:b = c", b"[profile a]\na:b = c\n"),
    config(Group::Properties, "line without separator", b"[profile a]\njunk\nk = v\n"),
    config(Group::Properties, "= v", b"[profile a]\n= v\nk = v\n"),
    config(Group::Properties, "empty value", b"[profile a]\nk =\nl = v\n"),
    config(Group::Properties, "section without keys", b"[profile a]\n"),
    config(Group::Properties, "property before any section", b"k = 1\n[profile a]\nk = 2\n"),
    config(Group::Properties, "key case", b"[profile a]\nRegion = v\n"),
    config(Group::Properties, "key with a blank", b"[profile a]\na b = 1\nk = v\n"),
    config(Group::Properties, "\"v\"", b"[profile a]\nk = \"v\"\n"),
    config(Group::Properties, "one \"", b"[profile a]\nk = \"\n"),
    config(Group::Properties, "backslash", b"[profile a]\nk = C:\\temp\n"),
    config(Group::Indents, "continuation", b"[profile a]\nk = v\n  w\n"),
    config(Group::Indents, "continuation with =", b"[profile a]\nk = v\n  l = w\n"),
    config(Group::Indents, "blank line below", b"[profile a]\nk = v\n\n  w\n"),
    config(Group::Indents, "indented line below a header", b"[profile a]\n  k = v\n"),
    config(Group::Indents, "indented [b]", b"[profile a]\nk = v\n  [profile b]\n"),
    config(Group::Indents, "block", b"[profile a]\ns3 =\n  Sub = v\n"),
    config(Group::Indents, "nested line without =", b"[profile a]\ns3 =\n  junk\n"),
    config(Group::Indents, "[services v] nested", b"[services v]\ns3 =\n  endpoint_url = u\n"),
    config(Group::Headers, "[a] in config", b"[a]\nk = v\n"),
    credentials(Group::Headers, "[profile a] in credentials", b"[profile a]\nk = v\n"),
    config(Group::Headers, "[Profile a], [profilea]", b"[Profile a]\nk = v\n[profilea]\nk = v\n"),
    config(Group::Headers, "[ profile a ]", b"[ profile a ]\nk = v\n"),
    config(Group::Headers, "[profile  a]", b"[profile  a]\nk = v\n"),
    config(Group::Headers, "[profile my team]", b"[profile my team]\nk = v\n"),
    config(Group::Headers, "[profile \"my team\"]", b"[profile \"my team\"]\nk = v\n"),
    config(Group::Headers, "[profile \"a\"]", b"[profile \"a\"]\nk = v\n"),
    credentials(Group::Headers, "[my team] in credentials", b"[my team]\nk = v\n"),
    config(Group::Headers, "name chars", b"[profile a!]\nk = v\n"),
    config(Group::Headers, "é in config", b"[profile \xc3\xa9]\nk = v\n"),
    config(Group::Headers, "[]", b"[]\nk = v\n"),
    config(Group::Headers, "[a]b]", b"[profile a]b]\nk = v\n"),
    config(Group::Headers, "[a", b"[profile a\nk = v\n"),
    config(Group::Headers, "[DEFAULT] in config", b"[DEFAULT]\nk = 1\n[profile a]\nl = 2\n"),
    config(Group::Headers, "[foo] then junk line", b"[foo]\njunk\n[profile a]\nk = v\n"),
    config(Group::Headers, "__proto__", b"[profile __proto__]\nk = 1\n[profile a]\nk = 2\n"),
    config(Group::Headers, "constructor", b"[profile constructor]\nk = 1\n[profile a]\nk = 2\n"),
    credentials(Group::Headers, "[sso-session s] in credentials", b"[sso-session s]\nk = v\n"),
    config(Group::Headers, "[services] no name", b"[services]\nk = v\n"),
    config(Group::Twice, "duplicate key", b"[profile a]\nk = 1\nk = 2\n"),
    config(Group::Twice, "duplicate section", b"[profile a]\nk = 1\n[profile a]\nk = 2\nl = 3\n"),
    config(Group::Twice, "same name, other spelling", b"[profile a]\nk = 1\n[profile  a]\nk = 2\n"),
    config(Group::Twice, "[default] then [profile default]", b"[default]\nk = 1\n[profile default]\nl = 2\n"),
    config(Group::Twice, "[profile default] then [default]", b"[profile default]\nk = 1\n[default]\nl = 2\n"),
    config(Group::Bytes, "BOM", b"\xef\xbb\xbf[profile a]\nk = v\n"),
    config(Group::Bytes, "CRLF", b"[profile a]\r\nk = v\r\n"),
    config(Group::Bytes, "CR alone", b"[profile a]\rk = v\r"),
    config(Group::Bytes, "not UTF-8", b"[profile a]\nk = \xe9\n"),
    config(Group::Bytes, "UTF-16", b"\xff\xfe[\0a\0]\0\n\0"),
    config(Group::Bytes, "NBSP before a key", b"[profile a]\n\xc2\xa0k = v\n"),
    both("both files", b"[profile a]\nk = 1\nl = 1\n", b"[a]\nk = 2\n"),
    both("endpoint_url in credentials", b"[profile a]\nregion = 1\n", b"[a]\nregion = 2\nendpoint_url = u\n"),
    both("credentials broken", b"[profile a]\nk = v\n", b"junk\n"),
    both("config broken", b"junk\n", b"[a]\nk = v\n"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_tells_readers_apart_but_for_five() {
        let alike: Vec<_> = ROWS
            .iter()
            .filter(|row| {
                let answers = Engine::ALL.map(|engine| row.answer(engine));
                answers.iter().all(|answer| answer == &answers[0])
            })
            .map(|row| row.name)
            .collect();
        let shared = [
            "# x",
            "k = v;c",
            "[a] in config",
            "[Profile a], [profilea]",
            "CRLF",
        ];
        assert_eq!(alike, shared);
    }

    #[test]
    fn names_are_told_apart() {
        for (at, row) in ROWS.iter().enumerate() {
            assert!(
                ROWS[..at].iter().all(|other| other.name != row.name),
                "{}",
                row.name
            );
        }
    }
}
