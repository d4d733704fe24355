//! What a person pastes: keys in any of the forms in which AWS, its tools and other programs hand them out. Each form is
//! one file; `tidy` takes away what copying added. What is not recognised says what was expected.
//! Not here: which profile it becomes, which the engine knows.

mod airflow;
mod assignments;
mod bare;
mod csv;
mod ini;
mod json;
mod judge;
mod parts;
mod tidy;

use jiff::Timestamp;

use crate::Secret;
use parts::Parts;

/// More bytes than any block of keys has, and less than what slows anybody down.
pub const LIMIT: usize = 1 << 20;

/// What a text was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The access portal's Option 2: `[123456789012_Role]` with three keys.
    PortalBlock,
    /// Another ini file.
    Ini,
    /// Variables, as a shell, a `.env` file or a program's text sets them; the portal's Option 1.
    Variables,
    /// The values alone; the portal's Option 3.
    Values,
    /// The file that IAM offers once.
    Csv,
    /// JSON of STS, of a `credential_process`, or of a program like them.
    Json,
    /// An Airflow connection, as JSON or URI.
    Airflow,
}

/// A text that was recognised.
#[derive(Debug)]
pub struct Paste {
    /// As what.
    pub form: Form,
    /// What it holds; at least one.
    pub found: Vec<Found>,
    /// What was repaired, left out or looks odd, as sentences without any secret.
    pub notes: Vec<String>,
}

/// One profile's worth of it.
#[derive(Debug)]
pub struct Found {
    /// What the text calls it.
    pub name: Option<String>,
    /// The keys; none for a profile that has its keys from another.
    pub keys: Option<PastedKeys>,
    /// When the keys end.
    pub ends_at: Option<Timestamp>,
    /// The twelve digits of the account that they are for.
    pub account: Option<String>,
    /// The role that they are of.
    pub role: Option<String>,
    /// A `credential_process`, on one line: AWS tools would run it, so it is nothing that a paste may bring unseen.
    pub command: Option<String>,
    /// What else the profile has; keys that AWS tools know, and nothing secret.
    pub properties: Vec<(String, String)>,
}

/// Keys that were pasted.
#[derive(Debug)]
pub struct PastedKeys {
    /// The access key ID.
    pub id: String,
    /// The secret access key.
    pub secret: Secret,
    /// The session token of keys that end.
    pub token: Option<Secret>,
}

/// A text that holds no keys, or not enough of them: what is wrong, and what to paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKeys {
    /// What is wrong, as a sentence.
    pub said: String,
    /// What to do, as a sentence.
    pub expected: String,
}

impl NotKeys {
    fn new(said: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            said: said.into(),
            expected: expected.into(),
        }
    }

    fn half(said: impl Into<String>) -> Self {
        let expected =
            "Copy the whole block: key ID, secret, and the session token where there is one.";
        Self::new(said, expected)
    }
}

/// What one form makes of a text.
struct Reading {
    form: Form,
    parts: Vec<Parts>,
    notes: Vec<String>,
}

impl Reading {
    fn of(form: Form, parts: Vec<Parts>) -> Self {
        Self {
            form,
            parts,
            notes: Vec::new(),
        }
    }
}

/// Says whether a text has this form, and then what it holds.
type Reader = fn(&str) -> Option<Result<Reading, NotKeys>>;

/// The surest first.
const READERS: [Reader; 6] = [
    json::read,
    airflow::read,
    csv::read,
    ini::read,
    assignments::read,
    bare::read,
];

/// Reads what was pasted.
///
/// # Errors
/// What is missing, when there are no keys in it.
pub fn read(text: &str) -> Result<Paste, NotKeys> {
    if text.len() > LIMIT {
        return Err(NotKeys::new(
            "That is more than 1 MB.",
            "Copy the block with the keys alone.",
        ));
    }
    let tidied = tidy::tidy(text);
    if tidied.text.trim().is_empty() {
        return Err(NotKeys::new(
            "There is nothing to read.",
            "Copy the keys first.",
        ));
    }
    let read = READERS.iter().find_map(|read| read(&tidied.text));
    let reading = read.unwrap_or_else(|| {
        Err(NotKeys::new(
            "That doesn't look like AWS keys.",
            "Rolecall needs aws_access_key_id and aws_secret_access_key, as the access portal, IAM or a tool shows them.",
        ))
    })?;
    let mut notes = tidied.notes;
    notes.extend(reading.notes);
    let found = judge::found(reading.parts, &mut notes)?;
    Ok(Paste {
        form: reading.form,
        found,
        notes,
    })
}

/// Reads what a file or a pipe holds: UTF-8, or UTF-16 as Windows writes it.
///
/// # Errors
/// As [`read`], and for what is no text.
pub fn read_bytes(bytes: &[u8]) -> Result<Paste, NotKeys> {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&units).ok()
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    };
    let text = text.map(secrecy::zeroize::Zeroizing::new).ok_or_else(|| {
        NotKeys::new(
            "That is no text.",
            "Rolecall reads text in UTF-8, as AWS and its tools hand out keys.",
        )
    })?;
    read(&text)
}

#[cfg(test)]
mod tests;
