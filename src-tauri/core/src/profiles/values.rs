//! For each profile, the line that holds for each key that everybody asks about. Rules, chains and rows ask for the same
//! few keys of every profile; looking through its lines each time was a third of a listing's work.

use super::{File, Section};
use crate::document::{Document, Kind};

/// The lines that hold, one for each key and file.
#[derive(Debug, Default)]
pub(super) struct Values(Box<[Held]>);

#[derive(Clone, Copy, Debug)]
struct Held {
    key: u8,
    file: File,
    line: u32,
}

/// The number of a key that is asked for of every profile, whatever its case. Another key is looked for line by line.
pub(super) fn common(key: &[u8]) -> Option<u8> {
    const LONGEST: usize = 24;
    if !key.iter().any(u8::is_ascii_uppercase) {
        return common_small(key);
    }
    let mut small = [0; LONGEST];
    let small = small.get_mut(..key.len())?;
    small.copy_from_slice(key);
    small.make_ascii_lowercase();
    common_small(small)
}

fn common_small(key: &[u8]) -> Option<u8> {
    Some(match key {
        b"aws_access_key_id" => 0,
        b"aws_secret_access_key" => 1,
        b"aws_session_token" => 2,
        b"aws_security_token" => 3,
        b"aws_account_id" => 4,
        b"aws_expiration" => 5,
        b"x_security_token_expires" => 6,
        b"expiration" => 7,
        b"role_arn" => 8,
        b"source_profile" => 9,
        b"credential_source" => 10,
        b"mfa_serial" => 11,
        b"web_identity_token_file" => 12,
        b"credential_process" => 13,
        b"login_session" => 14,
        b"sso_session" => 15,
        b"sso_start_url" => 16,
        b"sso_account_id" => 17,
        b"sso_role_name" => 18,
        b"region" => 19,
        b"output" => 20,
        b"services" => 21,
        b"duration_seconds" => 22,
        b"endpoint_url" => 23,
        _ => return None,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_keys_are_known_in_any_case_and_others_are_not() {
        assert_eq!(common(b"Role_ARN"), common(b"role_arn"));
        assert!(
            common(b"X_SECURITY_TOKEN_EXPIRES").is_some(),
            "the longest fits"
        );
        assert_eq!(common(b"s3"), None);
        assert_eq!(common(&[b'A'; 4096]), None);
    }
}
