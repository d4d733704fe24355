//! `key.case`: a known key in capitals. Two SDKs tell letters apart and don't know it then.

use super::{Facts, Found, Rule, Safety, Severity, who};
use crate::{
    dialect::Engine,
    edit::Edit,
    profiles::{
        Home, Oddity,
        keys::{ReadBy, known},
    },
};

pub(super) const RULE: Rule = Rule {
    name: "key.case",
    severity: Severity::Warning,
    short: "key in capitals",
    why: "JavaScript and Java tell capitals from small letters and don't find the value; the AWS CLI, Go and Rust do.",
    source: "@smithy/core parseIni, aws-sdk-java-v2 ProfileFileReader; recorded from six readers",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for odd in home.odd_lines(Oddity::Capitals) {
        let key = home.text(odd.place);
        let small = key.to_ascii_lowercase();
        // Whoever else reads it reads it in any case.
        let tell_apart = [(ReadBy::Js, Engine::Js), (ReadBy::Java, Engine::Java)];
        let reads = |by: ReadBy| known(&small).is_some_and(|key| key.read_by().any(|it| it == by));
        let engines: Vec<_> = tell_apart
            .into_iter()
            .filter_map(|(by, engine)| reads(by).then_some(engine))
            .collect();
        if engines.is_empty() {
            continue;
        }
        let who = who(&engines);
        let not = if engines.len() == 1 {
            "doesn't"
        } else {
            "don't"
        };
        found
            .problem(odd.place, format!("{who} {not} know {key}, only {small}."))
            .about_id(home.profile_of(odd))
            .advice(format!("Write {small} in small letters."))
            .fix(
                format!("Write {small}"),
                Safety::Choice,
                vec![Edit::Replace {
                    place: odd.place,
                    becomes: small,
                }],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn a_known_key_in_capitals_is_marked() {
        check_text(
            &RULE,
            r"
[profile a]
Region = eu-west-1
#^^^^^ JavaScript and Java don't know Region, only region. [Write region]
",
        );
    }

    #[test]
    fn small_letters_and_keys_of_other_tools_are_fine() {
        check_text(
            &RULE,
            "[profile a]\nregion = eu-west-1\nMyOwn = X\nX_Principal_ARN = y\n",
        );
    }
}
