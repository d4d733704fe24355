//! `key.not_taken_over`: a key of credentials that Go leaves out where config has the profile too. Only those keys are
//! told that change where a program calls.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{File, Home};

pub(super) const RULE: Rule = Rule {
    name: "key.not_taken_over",
    severity: Severity::Info,
    short: "not for Go",
    why: "Of a profile that stands in both files Go takes a fixed list of keys from credentials, and these are not on it. Go programs call AWS itself.",
    source: "aws-sdk-go-v2 config/shared_config.go, mergeSections; docs/compatibility.md",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for profile in home.profiles() {
        for key in ["endpoint_url", "services"] {
            let Some(property) = profile.get_in(File::Credentials, key) else {
                continue;
            };
            if !profile.is_in(File::Config) {
                continue;
            }
            found
                .problem(
                    property.place,
                    format!(
                        "Go leaves {key} of {} out: it stands in credentials, and the profile in both files.",
                        profile.name()
                    ),
                )
                .about(profile)
                .advice("Move the line to config.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn an_address_in_credentials_of_a_profile_in_both_files_is_marked() {
        check_text(
            &RULE,
            r"
[profile a]
region = eu-west-1
--- credentials
[a]
endpoint_url = http://localhost:4566
#              ^^^^^^^^^^^^^^^^^^^^^ Go leaves endpoint_url of a out: it stands in credentials, and the profile in both files.
",
        );
    }

    #[test]
    fn an_address_in_config_or_of_a_profile_in_one_file_is_fine() {
        check_text(
            &RULE,
            "[profile a]\nendpoint_url = http://localhost:4566\n--- credentials\n[a]\nk = v\n[b]\nendpoint_url = http://localhost:4566\n",
        );
    }
}
