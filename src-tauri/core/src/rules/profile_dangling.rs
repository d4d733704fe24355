//! `profile.dangling`: a profile of config for which nothing gives keys. Only true ones: whatever resolves another way
//! (a portal, a role, a program, a token file, a console sign-in) is not dangling, and `default` often holds settings
//! for keys that come from variables.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{File, Home, Source};

pub(super) const RULE: Rule = Rule {
    name: "profile.dangling",
    severity: Severity::Warning,
    short: "no keys",
    why: "Tools find no keys for this profile. They fail, or go on with keys from variables or from the machine that you may not mean.",
    source: "AWS SDKs and Tools Reference, “Standardized credential providers”",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for profile in home.profiles() {
        if profile.source() != Source::None
            || profile.name() == "default"
            || profile.is_in(File::Credentials)
        {
            continue;
        }
        // A token without keys is half of them, and told as that.
        if profile.has("aws_session_token") {
            continue;
        }
        found.problem(profile.place(), format!("{} has no keys anywhere.", profile.name()))
            .about(profile)
            .advice("Add keys for it in credentials, a sign-in or a role in config, or remove the section.");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn a_config_profile_without_keys_is_marked() {
        check_text(
            &RULE,
            "[profile qa-eu]\n#^^^^^^^^^^^^^ qa-eu has no keys anywhere.\nregion = eu-west-1\n",
        );
    }

    #[test]
    fn what_resolves_another_way_is_not_dangling() {
        check_text(
            &RULE,
            r"
[default]
region = eu-west-1
[profile a]
sso_session = s
[profile b]
credential_process = /bin/x
[profile c]
role_arn = arn:aws:iam::111122223333:role/R
web_identity_token_file = /t
[profile d]
region = x
--- credentials
[d]
aws_access_key_id = A
aws_secret_access_key = s
",
        );
    }
}
