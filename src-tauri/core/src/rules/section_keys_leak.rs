//! `section.keys_leak`: JavaScript and Go skip a header that they don't know, and the keys below it land in the section
//! above: they sign as that profile with another one's keys, and say nothing. The folds say who does; they are asked
//! only where there is more on a header's line than a name in brackets and a comment.

use std::collections::BTreeMap;

use super::{Facts, Found, Rule, Safety, Severity, who_first};
use crate::{
    dialect::{Engine, Files, beside::leaks},
    document::{Kind, Span},
    edit::Edit,
    profiles::{Home, Oddity, Place, Profile, ProfileId, Section},
};

pub(super) const RULE: Rule = Rule {
    name: "section.keys_leak",
    severity: Severity::Error,
    short: "somebody else's keys",
    why: "A program asks AWS with rights that you didn't mean, in an account that you didn't mean, and nothing tells you.",
    source: "@smithy/core parseIni and aws-sdk-go-v2 internal/ini; recorded from both, docs/compatibility.md",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    if home.odd_lines(Oddity::Crowded).next().is_none() {
        return;
    }
    let files = Files::from(home);
    let mut told: BTreeMap<(ProfileId, Place), (Vec<Engine>, &Section)> = BTreeMap::new();
    for engine in [Engine::Js, Engine::Go] {
        let Ok(reading) = engine.read(files) else {
            continue;
        };
        for (profile, section) in leaks(home, &reading) {
            let (engines, _) = told
                .entry((profile.id, section.place))
                .or_insert((Vec::new(), section));
            if !engines.contains(&engine) {
                engines.push(engine);
            }
        }
    }
    for ((id, place), (engines, section)) in told {
        tell(home, home.profile(id), place, &engines, section, found);
    }
}

fn tell(
    home: &Home,
    profile: Profile<'_>,
    place: Place,
    engines: &[Engine],
    section: &Section,
    found: &mut Found,
) {
    let other = match section.profile {
        Some(other) => home.profile(other).name().to_owned(),
        None => home.text(place).into_owned(),
    };
    let message = format!(
        "{} would sign as {} with {other}'s keys.",
        who_first(engines),
        profile.name()
    );
    let header = home.text(place);
    let problem = found.problem(place, message);
    problem
        .also(profile.place())
        .about(profile)
        .about_id(section.profile)
        .advice(format!(
            "Write the header as [{header}], with nothing else on its line."
        ));
    if let Some(edit) = closed(home, place) {
        problem.fix("Add the missing “]”", Safety::Choice, vec![edit]);
    }
}

/// The missing bracket.
fn closed(home: &Home, place: Place) -> Option<Edit> {
    let document = home.document(place.file)?;
    let Kind::Section { closed: false, .. } = document.lines()[place.line as usize].kind else {
        return None;
    };
    let end = place.span.end;
    Some(Edit::Replace {
        place: Place {
            span: Span { start: end, end },
            ..place
        },
        becomes: "]".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn keys_below_a_header_without_its_bracket_are_somebody_elses() {
        check_text(
            &RULE,
            r"
--- credentials
[a]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
[b
#^ JavaScript and Go would sign as a with b's keys. [Add the missing “]”]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
[c]
",
        );
    }

    #[test]
    fn each_reader_is_told_only_of_headers_that_it_skips() {
        check_text(
            &RULE,
            r"
[profile a]
region = eu-west-1
[profile b]#c
#^^^^^^^^^ JavaScript would sign as a with b's keys.
role_arn = arn:aws:iam::111122223333:role/R
[profile c] text
#^^^^^^^^^ JavaScript would sign as a with c's keys.
#^^^^^^^^^ Go would sign as b with c's keys.
credential_process = /bin/x
",
        );
    }

    #[test]
    fn comments_behind_headers_settings_and_the_first_section_leak_nothing() {
        check_text(
            &RULE,
            "[default]\n[profile a] # c\nrole_arn = r\n[profile b\nregion = x\n--- credentials\n[a\naws_access_key_id = A\n",
        );
    }
}
