//! `keys.incomplete`: half of what signs a request: a key ID without its secret, a secret without its ID, or the ID of
//! a session without the token.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{Home, Profile};

pub(super) const RULE: Rule = Rule {
    name: "keys.incomplete",
    severity: Severity::Error,
    short: "half of the keys",
    why: "Nothing can be signed with a part of the keys. Some tools refuse the profile, others go on to keys that you didn't mean.",
    source: "AWS SDKs and Tools Reference, “AWS access keys”; botocore PartialCredentialsError",
    check,
};

/// Some of the three are there and some are not; a key ID says whether it wants a token.
fn may_lack(profile: Profile<'_>) -> bool {
    let id_and_secret = [
        profile.has("aws_access_key_id"),
        profile.has("aws_secret_access_key"),
    ];
    let token = profile.has("aws_session_token") || profile.has("aws_security_token");
    match (id_and_secret, token) {
        ([false, false], false) | ([true, true], true) => false,
        ([true, true], false) => {
            let id = profile.value("aws_access_key_id");
            id.is_some_and(|id| id.starts_with("ASIA"))
        }
        _ => true,
    }
}

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for profile in home.profiles().filter(|profile| may_lack(*profile)) {
        let name = profile.name();
        let (id, secret) = (
            profile.get("aws_access_key_id"),
            profile.get("aws_secret_access_key"),
        );
        let token = profile
            .get("aws_session_token")
            .or_else(|| profile.get("aws_security_token"));
        let (place, message, advice) = match (id, secret, token) {
            (Some(id), None, _) => (
                id.place,
                format!("{name} has a key ID but no secret."),
                "Add aws_secret_access_key. AWS shows a secret only once; make a new key if it is lost.",
            ),
            (None, Some(secret), _) => (
                secret.place,
                format!("{name} has a secret but no key ID."),
                "Add aws_access_key_id, which stands beside the secret where you copied it.",
            ),
            (None, None, Some(token)) => (
                token.place,
                format!("{name} has a session token but no keys."),
                "Paste all three lines again: key ID, secret and session token belong together.",
            ),
            (Some(id), Some(_), None) if id.value.starts_with("ASIA") => (
                id.place,
                format!("{name} has the keys of a session but no session token."),
                "Paste all three lines again: keys that begin with ASIA work only with their session token.",
            ),
            _ => continue,
        };
        found.problem(place, message).about(profile).advice(advice);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn every_half_is_marked() {
        check_text(
            &RULE,
            r"
--- credentials
[a]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
#                   ^^^^^^^^^^^^^^^^^^^^ a has a key ID but no secret.
[b]
aws_secret_access_key = s
#                       ^ b has a secret but no key ID.
[c]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
#                   ^^^^^^^^^^^^^^^^^^^^ c has the keys of a session but no session token.
aws_secret_access_key = s
[d]
aws_session_token = t
#                   ^ d has a session token but no keys.
",
        );
    }

    #[test]
    fn a_pair_in_two_files_is_a_pair() {
        check_text(
            &RULE,
            "[profile a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n--- credentials\n[a]\naws_secret_access_key = s\n",
        );
    }
}
