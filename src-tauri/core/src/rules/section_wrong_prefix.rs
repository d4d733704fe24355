//! `section.wrong_prefix`: a header in the form of the other file. `profile` belongs in config only, and there it must
//! be. Not here: sections that are no profiles, such as `[plugins]`.

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    edit::Edit,
    profiles::{File, Home, Section},
};

pub(super) const RULE: Rule = Rule {
    name: "section.wrong_prefix",
    severity: Severity::Error,
    short: "header of the other file",
    why: "AWS tools don't find a profile under a header of this form: in config it is [profile name], in credentials [name].",
    source: "AWS SDKs and Tools Reference, “Shared config and credentials files”",
    check,
};

/// Headers of config that tools of AWS use for something else.
const NO_PROFILES: [&str; 4] = ["plugins", "preview", "toolkit", "cli"];

/// In config what is a profile's is right; in credentials one of three words comes first where it is not.
fn may_be_wrong(home: &Home, section: &Section) -> bool {
    const PREFIXES: [&[u8]; 3] = [b"profile", b"sso-session", b"services"];
    match section.file {
        File::Config => section.profile.is_none(),
        File::Credentials => {
            let name = home.slice(section.place);
            PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        }
    }
}

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for section in home
        .sections()
        .iter()
        .filter(|section| may_be_wrong(home, section))
    {
        let text = home.text(section.place);
        let replace = |becomes: &str| {
            vec![Edit::Replace {
                place: section.place,
                becomes: becomes.into(),
            }]
        };
        let (prefix, name) = text
            .split_once([' ', '\t'])
            .map_or((text.as_ref(), ""), |(prefix, name)| (prefix, name.trim()));
        match (section.file, prefix, name) {
            (File::Credentials, "profile", name) if !name.is_empty() => {
                found
                    .problem(
                        section.place,
                        format!(
                            "[{text}] is in credentials, where the word profile doesn't belong."
                        ),
                    )
                    .about_id(section.profile)
                    .advice(format!("Change the header to [{name}]."))
                    .fix(format!("Rename to [{name}]"), Safety::Choice, replace(name));
            }
            (File::Credentials, "sso-session" | "services", name) if !name.is_empty() => {
                found
                    .problem(
                        section.place,
                        format!("[{text}] is in credentials, where most tools don't look for it."),
                    )
                    .severity(Severity::Warning)
                    .advice("Move the section to config.");
            }
            // That does more harm (`section.default_case`).
            (File::Config, "DEFAULT", "") => {}
            (File::Config, name, "")
                if section.profile.is_none() && name.eq_ignore_ascii_case("default") =>
            {
                found
                    .problem(
                        section.place,
                        format!("[{text}] in config is no profile: default has small letters."),
                    )
                    .severity(Severity::Warning)
                    .advice("Change the header to [default].")
                    .fix("Rename to [default]", Safety::Choice, replace("default"));
            }
            (File::Config, name, "")
                if section.profile.is_none()
                    && !name.is_empty()
                    && !NO_PROFILES.contains(&name) =>
            {
                let problem = found.problem(
                    section.place,
                    format!("[{text}] in config is no profile: the word profile is missing."),
                );
                problem.severity(Severity::Warning);
                if matches!(name, "profile" | "sso-session" | "services") {
                    problem.advice(format!("Add a name, as in [{name} acme]."));
                } else {
                    problem.advice(format!("Change the header to [profile {name}]."));
                    problem.fix(
                        format!("Rename to [profile {name}]"),
                        Safety::Choice,
                        replace(&format!("profile {name}")),
                    );
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn headers_of_the_other_file_are_marked() {
        check_text(
            &RULE,
            r"
[acme]
#^^^^ [acme] in config is no profile: the word profile is missing. [Rename to [profile acme]]
[Default]
#^^^^^^^ [Default] in config is no profile: default has small letters. [Rename to [default]]
[profile]
#^^^^^^^ [profile] in config is no profile: the word profile is missing.
--- credentials
[profile ci-eu]
#^^^^^^^^^^^^^ [profile ci-eu] is in credentials, where the word profile doesn't belong. [Rename to [ci-eu]]
[sso-session acme]
#^^^^^^^^^^^^^^^^ [sso-session acme] is in credentials, where most tools don't look for it.
",
        );
    }

    #[test]
    fn the_right_forms_and_other_tools_sections_are_fine() {
        check_text(
            &RULE,
            "[default]\n[profile a]\n[sso-session s]\n[services v]\n[plugins]\n--- credentials\n[default]\n[a]\n[my profile]\n",
        );
    }
}
