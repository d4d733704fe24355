//! The keys that AWS tools know: in which section they stand, who reads them, whether they are secret.
//! From the AWS SDKs and Tools Reference and the sources of the six readers; the table itself is `table.rs`.

mod table;

pub use table::KEYS;

use super::near::Near;

/// An SDK family whose source reads a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadBy {
    /// botocore and boto3.
    Botocore,
    /// The AWS CLI itself.
    Cli,
    /// AWS SDK for Rust.
    Rust,
    /// AWS SDK for JavaScript v3.
    Js,
    /// AWS SDK for Go v2.
    Go,
    /// AWS SDK for Java v2.
    Java,
}

impl ReadBy {
    /// The name used on the command line and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Botocore => "botocore",
            Self::Cli => "cli",
            Self::Rust => "rust",
            Self::Js => "js",
            Self::Go => "go",
            Self::Java => "java",
        }
    }
}

/// The kind of section that a key belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum In {
    /// `[profile x]`, `[default]`, or a section of the credentials file.
    Profile,
    /// `[sso-session x]`.
    SsoSession,
    /// `[services x]`.
    Services,
}

/// How a key's value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Showing {
    /// As it is.
    Plain,
    /// As it is where a person looks; shortened in messages and logs.
    Identifier,
    /// A command line: what looks like a secret in it is hidden.
    Command,
    /// Never, unless asked for.
    Secret,
}

/// One known key.
#[derive(Clone, Copy, Debug)]
pub struct KnownKey {
    /// Lower case; nested ones with a dot.
    pub name: &'static str,
    /// Where it belongs.
    pub section: In,
    /// How its value may be shown.
    pub showing: Showing,
    readers: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// What holds where it is not set; none where that depends, or nothing does.
    pub default: Option<&'static str>,
    /// What it does: a sentence.
    pub help: &'static str,
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// `true` or `false`.
    YesNo,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A number.
    Number,
    /// Words with commas between.
    List,
    /// A file or a folder.
    Path,
    /// An address.
    Url,
    /// An ARN.
    Arn,
    /// A command line.
    Command,
    /// The name of a profile.
    Profile,
    /// The name of a portal's section.
    SsoSession,
    /// The name of a section with addresses of services.
    Services,
    /// Bytes, with a unit such as `MB`.
    Size,
    /// Bytes a second, with a unit such as `MB/s`.
    Rate,
    /// A time.
    Time,
    /// Keys of its own, indented below.
    Block,
}

impl Kind {
    /// The words that the value may be; none where it may be others too.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::YesNo => &["true", "false"],
            Self::Choice(words) => words,
            _ => &[],
        }
    }
}

impl KnownKey {
    /// Who reads it, in a fixed order.
    pub fn read_by(&self) -> impl Iterator<Item = ReadBy> {
        self.readers.chars().map(|reader| match reader {
            'b' => ReadBy::Botocore,
            'c' => ReadBy::Cli,
            'r' => ReadBy::Rust,
            'j' => ReadBy::Js,
            'g' => ReadBy::Go,
            _ => ReadBy::Java,
        })
    }
}

/// Returns what is known of a key, looked up in lower case; the first record of that name.
pub fn known(key: &str) -> Option<&'static KnownKey> {
    KEYS.iter()
        .find(|known| known.name.eq_ignore_ascii_case(key))
}

/// The known key that an unknown one is a slip or two of the finger away from; those of a section of this kind.
pub fn nearest(key: &str, section: In) -> Option<&'static KnownKey> {
    if known(key).is_some() {
        return None;
    }
    let of_section: Vec<_> = KEYS
        .iter()
        .filter(|known| known.section == section)
        .collect();
    let name = |at: usize| of_section[at].name;
    let near = Near::of((0..of_section.len()).map(name));
    let at = near.closest(&key.to_ascii_lowercase(), name)?;
    Some(of_section[at])
}

/// Whether the value of a key is never shown unless asked for.
pub fn is_secret(key: &str) -> bool {
    known(key).is_some_and(|key| key.showing == Showing::Secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_keys_are_those_that_sign_requests() {
        let secret: Vec<_> = KEYS
            .iter()
            .filter(|key| key.showing == Showing::Secret)
            .map(|key| key.name)
            .collect();
        assert_eq!(
            secret,
            [
                "aws_secret_access_key",
                "aws_session_token",
                "aws_security_token"
            ]
        );
    }

    #[test]
    fn a_key_is_found_in_any_case_and_says_who_reads_it() {
        let region = known("Region").expect("region is known");
        assert_eq!(region.read_by().count(), 6, "all six read the region");
        assert!(known("regoin").is_none());
    }

    #[test]
    fn an_unknown_key_near_a_known_one_is_told() {
        let near = |key, section| nearest(key, section).map(|known| known.name);
        assert_eq!(near("regoin", In::Profile), Some("region"));
        assert_eq!(near("Source_Profil", In::Profile), Some("source_profile"));
        assert_eq!(near("region", In::Profile), None, "it is known");
        assert_eq!(near("sso_regoin", In::SsoSession), Some("sso_region"));
        assert_eq!(near("my_own_key", In::Profile), None);
    }

    #[test]
    fn every_key_says_what_it_does_and_its_default_is_one_of_its_words() {
        for key in KEYS {
            assert!(
                key.help.ends_with('.') && key.help.len() > 15,
                "{}",
                key.name
            );
            let words = key.kind.words();
            let is_one = key
                .default
                .is_none_or(|word| words.is_empty() || words.contains(&word));
            assert!(is_one, "{}", key.name);
        }
    }

    #[test]
    fn a_key_stands_once_for_each_kind_of_section() {
        for (at, key) in KEYS.iter().enumerate() {
            let again = KEYS[..at]
                .iter()
                .any(|other| (other.name, other.section) == (key.name, key.section));
            assert!(!again, "{}", key.name);
        }
    }

    #[test]
    fn every_reader_letter_is_one_of_the_six() {
        for key in KEYS {
            assert!(
                key.readers.chars().all(|reader| "bcrjgv".contains(reader)),
                "{}",
                key.name
            );
        }
    }
}
