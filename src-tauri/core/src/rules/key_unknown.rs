//! `key.unknown`: a key that no AWS tool knows, a slip of the finger away from one that they know. Keys that are like
//! none are somebody else's business and fine.

use std::collections::HashMap;

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    dialect::canonical::{Header, header},
    edit::Edit,
    profiles::{
        Home, OddLine, Oddity,
        keys::{In, KnownKey, nearest},
    },
};

pub(super) const RULE: Rule = Rule {
    name: "key.unknown",
    severity: Severity::Warning,
    short: "unknown key",
    why: "AWS tools pass over keys that they don't know, and use a default where you meant your value.",
    source: "AWS SDKs and Tools Reference, “Settings reference”",
    check,
};

/// A short key is a slip away from too many.
const SHORTEST: usize = 5;

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    // A tool that writes keys of its own writes the same ones everywhere.
    let mut looked_up: HashMap<(&[u8], In), Option<&'static KnownKey>> = HashMap::new();
    for odd in home.odd_lines(Oddity::Uncommon) {
        let key = home.slice(odd.place);
        let Some(section) = kind(home, odd).filter(|_| key.len() >= SHORTEST) else {
            continue;
        };
        let near = *looked_up
            .entry((key, section))
            .or_insert_with(|| nearest(&home.text(odd.place), section));
        let Some(near) = near else {
            continue;
        };
        let key = home.text(odd.place);
        found
            .problem(odd.place, format!("“{key}” means nothing to AWS tools."))
            .about_id(home.profile_of(odd))
            .advice(format!(
                "Change it to {}, if that is what you mean.",
                near.name
            ))
            .fix(
                format!("Change to {}", near.name),
                Safety::Choice,
                vec![Edit::Replace {
                    place: odd.place,
                    becomes: near.name.into(),
                }],
            );
    }
}

/// Which keys belong into the section of this line.
fn kind(home: &Home, odd: &OddLine) -> Option<In> {
    let section = home.section(odd.section?);
    if section.profile.is_some() {
        return Some(In::Profile);
    }
    match header(section.file, &home.text(section.place)) {
        Header::SsoSession(_) => Some(In::SsoSession),
        Header::Profile(_) | Header::Services(_) | Header::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn a_slip_of_the_finger_is_marked_and_the_known_key_offered() {
        check_text(
            &RULE,
            r"
[profile a]
regoin = eu-west-1
#^^^^^ “regoin” means nothing to AWS tools. [Change to region]
[sso-session s]
sso_start_ulr = https://x
#^^^^^^^^^^^^ “sso_start_ulr” means nothing to AWS tools. [Change to sso_start_url]
",
        );
    }

    #[test]
    fn known_keys_in_any_case_and_keys_of_other_tools_are_fine() {
        check_text(
            &RULE,
            "[profile a]\nRegion = x\nsso_region = y\nmax_attempts = 3\ncolor = red\ngranted_sso_start_url = https://x\ns4 = z\n[plugins]\nregoin = x\n",
        );
    }
}
