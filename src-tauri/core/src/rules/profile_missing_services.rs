//! `profile.missing_services`: a profile names a section with addresses of services that config has not.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::Home;

pub(super) const RULE: Rule = Rule {
    name: "profile.missing_services",
    severity: Severity::Error,
    short: "services missing",
    why: "The AWS CLI and boto3 fail; the SDKs call the addresses of AWS instead of the ones that you meant.",
    source: "AWS SDKs and Tools Reference, “Service-specific endpoints”, services; botocore InvalidConfigError",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for profile in home.profiles() {
        let Some(services) = profile.get("services") else {
            continue;
        };
        if home.services(&services.value).is_some() {
            continue;
        }
        let name = &services.value;
        found
            .problem(
                services.place,
                format!(
                    "{} takes its addresses from services “{name}”, and config has no such section.",
                    profile.name()
                ),
            )
            .about(profile)
            .advice(format!(
                "Add the section [services {name}] to config, or remove this line."
            ));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn services_without_a_section_are_marked() {
        check_text(
            &RULE,
            r"
[profile a]
services = locl
#          ^^^^ a takes its addresses from services “locl”, and config has no such section.
[services local]
",
        );
    }

    #[test]
    fn services_with_a_section_are_fine() {
        check_text(
            &RULE,
            "[profile a]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://localhost:4566\n",
        );
    }
}
