//! How rules are tested: a file with a caret under what is marked, and the message beside it.
//!
//! `#  ^^^^ message [fix]` marks the line above it. A file starts at `--- config` or `--- credentials`; without such a
//! line it is config. The mark's own `#` counts as the first column. Everything the rule finds must be marked, and everything marked must be found.

use std::fmt::Write;

use super::{ALL, Facts, Rule, check};
use crate::{
    document::Document,
    profiles::{File, Home},
};

/// Checks one rule against a marked text.
pub(super) fn check_text(rule: &Rule, text: &str) {
    check_with(rule, text, &Facts::default());
}

/// The same, with facts of the world.
pub(super) fn check_with(rule: &Rule, text: &str, facts: &Facts) {
    let mut files = [None, None];
    let mut file = File::Config;
    let mut wanted = Vec::new();
    for line in text.trim_start_matches('\n').split_inclusive('\n') {
        match line.trim_end() {
            "--- config" => file = File::Config,
            "--- credentials" => file = File::Credentials,
            marked if marked.starts_with('#') && marked.contains('^') => {
                let above = files[file as usize]
                    .iter()
                    .flat_map(|text: &String| text.lines())
                    .count();
                wanted.push(format!(
                    "{} {above}: {}",
                    file.name(),
                    marked.trim_start_matches('#')
                ));
            }
            _ => files[file as usize]
                .get_or_insert_with(String::new)
                .push_str(line),
        }
    }
    wanted.sort();
    assert_eq!(found(rule, &files, facts), wanted.join("\n"), "{text}");
}

fn found(rule: &Rule, files: &[Option<String>; 2], facts: &Facts) -> String {
    let document = |file: File| {
        files[file as usize]
            .clone()
            .map(|text| Document::parse(text.into_bytes()))
    };
    let home = Home::read(document(File::Config), document(File::Credentials));
    let mut lines = Vec::new();
    for problem in check(&home, facts)
        .problems
        .iter()
        .filter(|problem| problem.rule.name == rule.name)
    {
        assert!(!problem.advice.is_empty(), "{} says what to do", rule.name);
        let place = problem.places[0];
        let line = home
            .document(place.file)
            .expect("the file")
            .lines()
            .get(place.line as usize);
        let before = line.map_or(0, |line| place.span.start.saturating_sub(line.span.start));
        // The mark's own `#` stands in the first column.
        let carets = (place.span.end - place.span.start)
            .saturating_sub(u32::from(before == 0))
            .max(1);
        let blanks = " ".repeat((before as usize).saturating_sub(1));
        let mut text = format!(
            "{} {}: {blanks}{} {}",
            place.file.name(),
            place.line + 1,
            "^".repeat(carets as usize),
            problem.message
        );
        for fix in &problem.fixes {
            write!(text, " [{}]", fix.title).expect("writing to a String");
        }
        lines.push(text);
    }
    lines.sort();
    lines.join("\n")
}

#[test]
fn every_rule_file_is_listed_and_named_by_its_rule() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    #[expect(
        clippy::disallowed_methods,
        reason = "the test looks at the source tree"
    )]
    let entries = std::fs::read_dir(folder).expect("the rules folder");
    let mut files: Vec<_> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name in UTF-8")
        })
        .filter(|name| name != "mod.rs" && name != "tests.rs")
        .collect();
    files.sort();
    let mut listed: Vec<_> = ALL
        .iter()
        .map(|rule| rule.name.replace('.', "_") + ".rs")
        .collect();
    listed.sort();
    assert_eq!(files, listed);
}

#[test]
fn every_rule_says_why_it_matters_and_where_it_is_written_down() {
    for rule in ALL {
        assert!(
            rule.why.ends_with('.') && !rule.source.is_empty() && !rule.short.is_empty(),
            "{}",
            rule.name
        );
    }
}
