//! For each profile, the line that holds for each key that everybody asks about. Rules, chains and rows ask for the same
//! few keys of every profile; looking through its lines each time was a third of a listing's work.

use super::{File, Section};
use crate::document::{Document, Kind};

/// The keys that are asked for of every profile. Another key is looked for line by line.
const COMMON: [&[u8]; 22] = [
    b"aws_access_key_id",
    b"aws_secret_access_key",
    b"aws_session_token",
    b"aws_security_token",
    b"aws_account_id",
    b"aws_expiration",
    b"x_security_token_expires",
    b"expiration",
    b"role_arn",
    b"source_profile",
    b"credential_source",
    b"mfa_serial",
    b"web_identity_token_file",
    b"credential_process",
    b"login_session",
    b"sso_session",
    b"sso_start_url",
    b"sso_account_id",
    b"sso_role_name",
    b"region",
    b"output",
    b"endpoint_url",
];

/// The lines that hold, one for each key and file.
#[derive(Debug, Default)]
pub(super) struct Values(Box<[Held]>);

#[derive(Clone, Copy, Debug)]
struct Held {
    key: u8,
    file: File,
    line: u32,
}

/// A key's number among the common ones, whatever its case.
pub(super) fn common(key: &[u8]) -> Option<u8> {
    let at = COMMON
        .iter()
        .position(|known| known.len() == key.len() && known.eq_ignore_ascii_case(key))?;
    u8::try_from(at).ok()
}

impl Values {
    /// Reads the sections of a profile, in the order in which they are read: a later line holds.
    pub(super) fn of<'a>(sections: impl Iterator<Item = (&'a Section, &'a Document)>) -> Self {
        let mut held: Vec<Held> = Vec::new();
        for (section, document) in sections {
            for line in section.lines.clone() {
                let Kind::Property { key, .. } = document.lines()[line as usize].kind else {
                    continue;
                };
                let Some(key) = common(document.slice(key)) else {
                    continue;
                };
                let now = Held {
                    key,
                    file: section.file,
                    line,
                };
                match held
                    .iter_mut()
                    .find(|held| held.key == key && held.file == section.file)
                {
                    Some(before) => *before = now,
                    None => held.push(now),
                }
            }
        }
        Self(held.into())
    }

    /// The line that holds for a common key, in one file.
    pub(super) fn line(&self, key: u8, file: File) -> Option<u32> {
        self.0
            .iter()
            .find(|held| held.key == key && held.file == file)
            .map(|held| held.line)
    }
}
