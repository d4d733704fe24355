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
        let name = profile.name();
        let parts = parts_of_a_pair(&config, &credentials).map(|places| {
            (places, format!("{name} has a part of its keys in each file. JavaScript, Java and Rust put them together, the AWS CLI and Go don't."))
        });
        let told = parts.or_else(|| {
            Some((token_apart(&config, &credentials)?, format!("{name} has keys in one file and a session token in the other. All but the AWS CLI send that token with those keys.")))
        });
        let Some(((here, there), message)) = told else {
            continue;
        };
        found
            .problem(here.place, message)
            .also(there.place)
            .about(profile)
            .advice("Keep key ID, secret and session token together in credentials, and remove what is old.");
    }
}

/// Half a pair in one file, and in the other what makes it whole. Without that it is told as half (`keys.incomplete`).
fn parts_of_a_pair<'a>(
    config: &'a Held<'_>,
    credentials: &'a Held<'_>,
) -> Option<(&'a Property<'a>, &'a Property<'a>)> {
    let (half, other) = if credentials.is_half() {
        (credentials, config)
    } else {
        (config, credentials)
    };
    let has_id = half.id.is_some() || other.id.is_some();
    let has_secret = half.secret.is_some() || other.secret.is_some();
    (half.is_half() && has_id && has_secret).then_some((half.first()?, other.first()?))
}

/// A token that goes with the pair of the other file. Beside a pair of its own in credentials it stays with that.
fn token_apart<'a>(
    config: &'a Held<'_>,
    credentials: &'a Held<'_>,
) -> Option<(&'a Property<'a>, &'a Property<'a>)> {
    match (&config.token, &credentials.token) {
        (Some(token), None) if credentials.is_pair() => Some((token, credentials.first()?)),
        (None, Some(token)) if config.is_pair() && !credentials.is_pair() => {
            Some((token, config.first()?))
        }
        _ => None,
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
