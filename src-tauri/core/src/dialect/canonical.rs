//! The reading that Rolecall lists, named here and nowhere else.
//!
//! It is what the person meant, not what one SDK makes of it. Lines follow the published grammar (`document::lexer`).
//! A header means what the AWS CLI takes it for, because that is the tool people try first, and its spelling of names
//! (`"my team"` in quotes) is the widest. Where a reader would refuse the whole file, this one goes on: the refusal is
//! a problem on its line, and the other profiles stay in sight. Where several lines set one key the last one holds, as
//! in every SDK that accepts that; values in credentials win over those in config, as in all of them.

use std::borrow::Cow;

use crate::profiles::File;

/// What a section is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Header<'a> {
    /// A profile of this name.
    Profile(Cow<'a, str>),
    /// A portal: `[sso-session name]`.
    SsoSession(Cow<'a, str>),
    /// Endpoints: `[services name]`.
    Services(Cow<'a, str>),
    /// Something that is none of these, such as `[plugins]`.
    Other,
}

/// What the text between the brackets means in this file.
///
/// In config `[profile x]` is `x` and `[default]` is `default`; a bare `[x]` is no profile for any SDK. In credentials
/// the text is the name. Sources: botocore `configloader.py`; AWS SDKs and Tools Reference, "Shared config and
/// credentials files".
pub fn header<'a>(file: File, inner: &Cow<'a, str>) -> Header<'a> {
    let (prefix, name) = match memchr::memchr2(b' ', b'\t', inner.as_bytes()) {
        Some(at) => (&inner[..at], unquoted(trimmed(&inner[at..]))),
        None => (inner.as_ref(), ""),
    };
    match (file, prefix, name) {
        (File::Credentials, "sso-session" | "services", _) => Header::Other,
        (File::Credentials, ..) if inner.is_empty() => Header::Other,
        (File::Credentials, ..) | (File::Config, "default", "") => Header::Profile(inner.clone()),
        (File::Config, _, "") => Header::Other,
        (File::Config, "profile", _) => Header::Profile(owned(inner, name)),
        (File::Config, "sso-session", _) => Header::SsoSession(owned(inner, name)),
        (File::Config, "services", _) => Header::Services(owned(inner, name)),
        (File::Config, ..) => Header::Other,
    }
}

/// The part `name` of `inner`, borrowed where `inner` is.
fn owned<'a>(inner: &Cow<'a, str>, name: &str) -> Cow<'a, str> {
    match inner {
        Cow::Borrowed(text) => {
            let start = name.as_ptr() as usize - text.as_ptr() as usize;
            Cow::Borrowed(&text[start..start + name.len()])
        }
        Cow::Owned(_) => Cow::Owned(name.to_owned()),
    }
}

fn trimmed(name: &str) -> &str {
    let is_text = |byte: &u8| !matches!(byte, b' ' | b'\t');
    let bytes = name.as_bytes();
    let start = bytes.iter().position(is_text).unwrap_or(bytes.len());
    let end = bytes
        .iter()
        .rposition(is_text)
        .map_or(start, |last| last + 1);
    &name[start..end]
}

fn unquoted(name: &str) -> &str {
    let inside = |quote| {
        name.strip_prefix(quote)
            .and_then(|name| name.strip_suffix(quote))
    };
    inside('"').or_else(|| inside('\'')).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(file: File, inner: &str) -> Option<String> {
        match header(file, &Cow::Borrowed(inner)) {
            Header::Profile(name) => Some(name.into_owned()),
            _ => None,
        }
    }

    #[test]
    fn config_names_profiles_behind_the_word_profile() {
        assert_eq!(profile(File::Config, "profile acme"), Some("acme".into()));
        assert_eq!(
            profile(File::Config, "profile \t acme"),
            Some("acme".into())
        );
        assert_eq!(
            profile(File::Config, "profile \"my team\""),
            Some("my team".into())
        );
        assert_eq!(profile(File::Config, "default"), Some("default".into()));
        assert_eq!(
            profile(File::Config, "acme"),
            None,
            "no SDK reads a bare name in config"
        );
        assert_eq!(profile(File::Config, "profile"), None);
        assert_eq!(
            profile(File::Config, "Profile acme"),
            None,
            "the word has small letters"
        );
    }

    #[test]
    fn credentials_take_the_text_as_the_name() {
        assert_eq!(profile(File::Credentials, "acme"), Some("acme".into()));
        assert_eq!(
            profile(File::Credentials, "profile acme"),
            Some("profile acme".into()),
            "as the AWS CLI lists it"
        );
        assert_eq!(profile(File::Credentials, "sso-session acme"), None);
    }
}
