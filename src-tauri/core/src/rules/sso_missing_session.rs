//! `sso.missing_session`: a profile names a portal that has no `[sso-session]` section.

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    edit::Edit,
    profiles::{Home, near::Near},
};

pub(super) const RULE: Rule = Rule {
    name: "sso.missing_session",
    severity: Severity::Error,
    short: "portal missing",
    why: "Tools look for the portal's address in the section [sso-session name] of config, and fail without it.",
    source: "AWS SDKs and Tools Reference, “IAM Identity Center credential provider”, sso_session",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let portals = home.sso_sessions();
    let name = |at: usize| &*portals[at].name;
    let near = Near::of((0..portals.len()).map(name));
    for profile in home.profiles() {
        let named = profile.value("sso_session");
        if named.is_none_or(|name| home.sso_session(&name).is_some()) {
            continue;
        }
        let session = profile.get("sso_session").expect("it has a value");
        let closest = near.closest(&session.value, name).map(name);
        let problem = found.problem(
            session.place,
            format!(
                "{} signs in at “{}”, and config has no such portal.",
                profile.name(),
                session.value
            ),
        );
        problem.about(profile);
        match closest {
            Some(name) => {
                problem.advice(format!(
                    "Change sso_session to {name}, or add the section [sso-session {}].",
                    session.value
                ));
                let edit = Edit::Replace {
                    place: session.place,
                    becomes: name.into(),
                };
                problem.fix(format!("Change to {name}"), Safety::Choice, vec![edit]);
            }
            None => {
                problem.advice(format!(
                    "Add the section [sso-session {}] with sso_start_url and sso_region to config.",
                    session.value
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn a_portal_without_a_section_is_marked_and_the_closest_offered() {
        check_text(
            &RULE,
            r"
[profile a]
sso_session = acmee
#             ^^^^^ a signs in at “acmee”, and config has no such portal. [Change to acme]
[sso-session acme]
",
        );
    }

    #[test]
    fn a_portal_with_a_section_and_the_older_form_are_fine() {
        check_text(
            &RULE,
            "[profile a]\nsso_session = acme\n[sso-session acme]\n[profile b]\nsso_start_url = https://x\n",
        );
    }
}
