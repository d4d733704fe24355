//! For each section, the lines of the keys that everybody asks about. Rules, chains and rows ask for the same few keys of
//! every profile; looking through its lines each time was a third of a listing's work.

use std::ops::Range;

use crate::document::Span;

/// The lines of common keys, section by section.
#[derive(Debug, Default)]
pub(super) struct Values(Vec<Noted>);

/// A line that sets a common key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted {
    key: u8,
    /// The value goes on in lines below.
    pub(super) goes_on: bool,
    /// The line.
    pub(super) line: u32,
    /// Its value there.
    pub(super) value: Span,
}

/// What a section has of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    /// Its keys.
    keys: Keys,
    /// Their places among all.
    places: Range<u32>,
}

/// Which common keys are set, as bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Keys {
    /// Those that stand there.
    named: u32,
    /// Those that are not set to nothing.
    filled: u32,
}

impl Keys {
    fn set(&mut self, key: u8, is_filled: bool) {
        self.named |= 1 << key;
        self.filled = self.filled & !(1 << key) | u32::from(is_filled) << key;
    }

    /// With those of a section that is read later, which hold.
    pub(super) fn and_then(self, later: Self) -> Self {
        Self {
            named: self.named | later.named,
            filled: self.filled & !later.named | later.filled,
        }
    }

    /// The key is set, and not to nothing.
    #[inline]
    pub(super) fn has(self, key: u8) -> bool {
        self.filled & 1 << key != 0
    }
}

/// The number of a key that is asked for of every profile, whatever its case. Inlined, so that a key that the code names is
/// a number already. Another key is looked for line by line.
#[inline]
pub(super) fn common(key: &[u8]) -> Option<u8> {
    const LONGEST: usize = 24;
    if let Some(number) = common_small(key) {
        return Some(number);
    }
    if !key.iter().any(u8::is_ascii_uppercase) {
        return None;
    }
    let mut small = [0; LONGEST];
    let small = small.get_mut(..key.len())?;
    small.copy_from_slice(key);
    small.make_ascii_lowercase();
    common_small(small)
}

#[inline]
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
    /// With room for so many lines.
    pub(super) fn with_room_for(lines: usize) -> Self {
        Self(Vec::with_capacity(lines))
    }

    /// Gives back the room that nothing came into.
    pub(super) fn give_back(&mut self) {
        self.0.shrink_to_fit();
    }

    /// Begins a section.
    pub(super) fn begin(&self) -> Held {
        let next = self.next();
        Held {
            keys: Keys::default(),
            places: next..next,
        }
    }

    /// Notes that the section that was begun last has a common key on a line.
    pub(super) fn note(&mut self, held: &mut Held, key: u8, line: u32, value: Span) {
        self.0.push(Noted {
            key,
            goes_on: false,
            line,
            value,
        });
        held.keys.set(key, !value.is_empty());
        held.places.end = self.next();
    }

    /// Notes that the value of the last line goes on.
    pub(super) fn note_more(&mut self, held: &mut Held) {
        if let Some(last) = self.0.last_mut() {
            last.goes_on = true;
            held.keys.set(last.key, true);
        }
    }

    fn next(&self) -> u32 {
        u32::try_from(self.0.len()).expect("fewer lines than bytes")
    }

    /// The last line of a section that sets a common key.
    pub(super) fn last(&self, held: &Held, key: u8) -> Option<Noted> {
        if held.keys.named & 1 << key == 0 {
            return None;
        }
        let places = held.places.start as usize..held.places.end as usize;
        let mut noted = self.0[places].iter().rev();
        noted.find(|noted| noted.key == key).copied()
    }
}

impl Held {
    /// The keys of the section.
    pub(super) fn keys(&self) -> Keys {
        self.keys
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
