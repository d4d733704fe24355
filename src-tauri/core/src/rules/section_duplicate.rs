//! `section.duplicate`: one name in two headers of one file. Spelled alike, the AWS CLI refuses the whole file. Spelled
//! differently (`[default]` and `[profile default]`, two blanks), tools take one of the two, and not all the same one.

use std::collections::BTreeMap;

use super::{Facts, Found, Rule, Safety, Severity};
use crate::{
    dialect::canonical::{Header, header},
    document::{Document, Kind},
    edit::join_sections,
    profiles::{File, Home, ProfileId, Section},
};

pub(super) const RULE: Rule = Rule {
    name: "section.duplicate",
    severity: Severity::Error,
    short: "section twice",
    why: "Some tools merge the two, others refuse the whole file, so no profile in it works there.",
    source: "Python configparser, DuplicateSectionError, as botocore uses it; recorded from six readers",
    check,
};

/// Further places named; the message has the number.
const PLACES: usize = 20;

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    // Profiles are known by number already; only the few other sections are told apart by their text.
    let mut profiles: Vec<[u32; 2]> = vec![[0; 2]; home.profiles().len()];
    let mut others: BTreeMap<(File, String), Vec<&Section>> = BTreeMap::new();
    for section in home.sections() {
        match section.profile {
            Some(id) => profiles[id.0 as usize][section.file as usize] += 1,
            None => others
                .entry((section.file, other_name(home, section)))
                .or_default()
                .push(section),
        }
    }
    let mut twice: BTreeMap<(ProfileId, File), Vec<&Section>> = BTreeMap::new();
    for section in home.sections() {
        if let Some(id) = section
            .profile
            .filter(|id| profiles[id.0 as usize][section.file as usize] > 1)
        {
            twice.entry((id, section.file)).or_default().push(section);
        }
    }
    for ((id, _), sections) in twice {
        tell(home, home.profile(id).name(), &sections, found);
    }
    for ((_, name), sections) in others
        .into_iter()
        .filter(|(_, sections)| sections.len() > 1)
    {
        tell(home, &name, &sections, found);
    }
}

/// What a section that is no profile is called, whatever its blanks and quotes.
fn other_name(home: &Home, section: &Section) -> String {
    let text = home.text(section.place);
    match header(section.file, &text) {
        Header::SsoSession(name) => format!("sso-session {name}"),
        Header::Services(name) => format!("services {name}"),
        Header::Profile(_) | Header::Other => text.into_owned(),
    }
}

fn tell(home: &Home, name: &str, sections: &[&Section], found: &mut Found) {
    let file = sections[0].file.name();
    let spelled_alike = sections.iter().enumerate().any(|(at, one)| {
        sections[..at]
            .iter()
            .any(|other| home.slice(one.place) == home.slice(other.place))
    });
    let line = |section: &Section| section.place.line + 1;
    let (first, second) = (sections[0], sections[1]);
    let times = match sections.len() {
        2 => format!(
            "twice in {file}, on lines {} and {}",
            line(first),
            line(second)
        ),
        more => format!(
            "{more} times in {file}, the first two on lines {} and {}",
            line(first),
            line(second)
        ),
    };
    let (severity, end) = if spelled_alike {
        (Severity::Error, "the AWS CLI refuses the whole file")
    } else {
        (Severity::Warning, "tools use only one of them")
    };
    let problem = found.problem(second.place, format!("{name} appears {times}; {end}."));
    problem
        .severity(severity)
        .also(first.place)
        .about_id(first.profile);
    problem.advice("Move the lines that you want to keep under one header, and remove the other.");
    if let Some(document) = home.document(first.file) {
        problem.fix(
            "Merge into one section",
            safety(document, sections),
            join_sections(document, sections),
        );
    }
    for section in sections.iter().skip(2).take(PLACES) {
        problem.also(section.place);
    }
}

/// Where all say the same under the same header, whoever takes the first, the last or all of them reads the same.
fn safety(document: &Document, sections: &[&Section]) -> Safety {
    let says = |section: &Section| {
        let lines = std::iter::once(section.place.line).chain(section.lines.clone());
        let lines = lines.map(|line| document.lines()[line as usize]);
        let lines = lines.filter(|line| !matches!(line.kind, Kind::Blank | Kind::Comment));
        lines
            .map(|line| document.slice(line.span))
            .collect::<Vec<_>>()
    };
    let first = says(sections[0]);
    if sections[1..].iter().all(|section| says(section) == first) {
        Safety::Safe
    } else {
        Safety::Choice
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        document::Document,
        profiles::Home,
        rules::{Facts, Safety, check, tests::check_text},
    };

    #[test]
    fn merging_is_safe_only_where_all_say_the_same() {
        let safety = |text: &str| {
            let home = Home::read(Some(Document::parse(text.as_bytes().to_vec())), None);
            let problems = check(&home, &Facts::default()).problems;
            let mut found = problems
                .iter()
                .filter(|problem| problem.rule.name == RULE.name);
            found.next().expect("it is marked").fixes[0].safety
        };
        let same = "[profile a]\nregion = x\n# mine\n\n[profile a]\nregion = x\n";
        assert_eq!(safety(same), Safety::Safe);
        let others = [
            "[profile a]\nregion = x\n[profile a]\nregion = y\n",
            "[profile a]\nregion = x\n[profile a]\n",
            "[default]\nregion = x\n[profile default]\nregion = x\n",
        ];
        for text in others {
            assert_eq!(safety(text), Safety::Choice, "{text}");
        }
    }

    #[test]
    fn the_second_header_is_marked() {
        check_text(
            &RULE,
            r"
--- credentials
[staging]
k = v
[other]
[staging]
#^^^^^^^ staging appears twice in credentials, on lines 1 and 4; the AWS CLI refuses the whole file. [Merge into one section]
",
        );
    }

    #[test]
    fn another_spelling_of_the_same_name_is_a_lesser_problem() {
        check_text(
            &RULE,
            r"
[default]
[profile default]
#^^^^^^^^^^^^^^^ default appears twice in config, on lines 1 and 2; tools use only one of them. [Merge into one section]
",
        );
    }

    #[test]
    fn the_same_name_in_both_files_or_for_another_kind_is_fine() {
        check_text(
            &RULE,
            "[profile a]\n[sso-session a]\n[services a]\n--- credentials\n[a]\n",
        );
    }
}
