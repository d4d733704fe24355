//! `keys.two_files`: what signs together stands in two files: half a key pair in each, or a session token in one and
//! the keys in the other. Some SDKs put them together, some don't.
//! Not here: a whole pair in each file, of which all take that in credentials.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{File, Home, Profile, Property};

pub(super) const RULE: Rule = Rule {
    name: "keys.two_files",
    severity: Severity::Warning,
    short: "keys in two files",
    why: "JavaScript, Java and Rust put keys of both files together, key by key; the AWS CLI and Go don't, or not all. So programs sign with other keys, or with a token that belongs to others.",
    source: "botocore SharedCredentialProvider and ConfigProvider, aws-sdk-go-v2 setFromIniFile; docs/compatibility.md",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let keys = [
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
    ];
    let has_keys = |profile: &Profile<'_>, file| keys.iter().any(|key| profile.has_in(file, key));
    let in_both =
        |profile: &Profile<'_>| File::BOTH.into_iter().all(|file| has_keys(profile, file));
    for profile in home.profiles().filter(in_both) {
        let [config, credentials] = File::BOTH.map(|file| Held::of(profile, file));
        if config.is_nothing() || credentials.is_nothing() {
            continue;
        }
        let name = profile.name();
        let (message, here, there) = match (&config, &credentials) {
            (one, other) if one.is_half() || other.is_half() => {
                let half = if credentials.is_half() {
                    &credentials
                } else {
                    &config
                };
                let other = if credentials.is_half() {
                    &config
                } else {
                    &credentials
                };
                // Without the other half it is told as half a pair (`keys.incomplete`).
                if half.id.is_some() == other.id.is_some()
                    && half.secret.is_some() == other.secret.is_some()
                {
                    continue;
                }
                (
                    format!(
                        "{name} has a part of its keys in each file. JavaScript, Java and Rust put them together, the AWS CLI and Go don't."
                    ),
                    half.first(),
                    other.first(),
                )
            }
            (config, credentials) if config.token.is_some() != credentials.token.is_some() => {
                let (with, without) = if config.token.is_some() {
                    (config, credentials)
                } else {
                    (credentials, config)
                };
                // A token that goes with its own pair is a whole session; it loses or wins as one where credentials
                // have it, and sticks to the keys of credentials where config has it.
                if with.is_pair() && std::ptr::eq(with, credentials) || !without.is_pair() {
                    continue;
                }
                (
                    format!(
                        "{name} has keys in one file and a session token in the other. All but the AWS CLI send that token with those keys."
                    ),
                    with.token.as_ref(),
                    without.first(),
                )
            }
            _ => continue,
        };
        let (Some(here), Some(there)) = (here, there) else {
            continue;
        };
        found
            .problem(here.place, message)
            .also(there.place)
            .about(profile)
            .advice("Keep key ID, secret and session token together in credentials, and remove what is old.");
    }
}

/// What one file has of a profile's keys.
struct Held<'a> {
    id: Option<Property<'a>>,
    secret: Option<Property<'a>>,
    token: Option<Property<'a>>,
}

impl<'a> Held<'a> {
    fn of(profile: Profile<'a>, file: File) -> Self {
        let get = |key| profile.get_in(file, key);
        Self {
            id: get("aws_access_key_id"),
            secret: get("aws_secret_access_key"),
            token: get("aws_session_token"),
        }
    }

    fn is_nothing(&self) -> bool {
        self.first().is_none()
    }

    fn is_pair(&self) -> bool {
        self.id.is_some() && self.secret.is_some()
    }

    fn is_half(&self) -> bool {
        self.id.is_some() != self.secret.is_some()
    }

    fn first(&self) -> Option<&Property<'a>> {
        self.id
            .as_ref()
            .or(self.secret.as_ref())
            .or(self.token.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn half_a_pair_in_each_file_is_marked() {
        check_text(
            &RULE,
            r"
[profile a]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
--- credentials
[a]
aws_secret_access_key = s
#                       ^ a has a part of its keys in each file. JavaScript, Java and Rust put them together, the AWS CLI and Go don't.
",
        );
    }

    #[test]
    fn an_old_token_beside_new_keys_is_marked() {
        check_text(
            &RULE,
            r"
[profile a]
aws_session_token = t
#                   ^ a has keys in one file and a session token in the other. All but the AWS CLI send that token with those keys.
--- credentials
[a]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = s
",
        );
    }

    #[test]
    fn whole_keys_in_either_file_or_in_both_are_fine() {
        check_text(
            &RULE,
            r"
[profile a]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = s
[profile b]
region = x
--- credentials
[a]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = s
aws_session_token = t
[b]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = s
aws_session_token = t
",
        );
    }
}
