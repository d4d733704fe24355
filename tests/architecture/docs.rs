//! What the documents claim of tests: each test that they name is there, and no row of the fault cases is left out.

use std::collections::BTreeSet;

const DOCUMENTS: [&str; 2] = ["SECURITY.md", "docs/faults.md"];
/// Rows about content, files, disks, watching, concurrency; and about Rolecall's own data.
const ROWS: [std::ops::RangeInclusive<u32>; 2] = [1..=68, 94..=105];

fn text(document: &str) -> String {
    std::fs::read_to_string(super::root().join(document)).expect("it is there")
}

/// What stands between backticks and looks like a test's name: words with underscores, five at least.
fn named(text: &str) -> BTreeSet<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    let is_name = |word: &&str| {
        let is_known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        word.chars().all(is_known) && word.matches('_').count() >= 4
    };
    quoted.filter(is_name).collect()
}

#[test]
fn every_test_that_a_document_names_is_there() {
    let mut sources = super::files("src-tauri", &[".rs"]);
    sources.extend(super::files("tests", &[".rs"]));
    let mut count = 0;
    for document in DOCUMENTS {
        let text = text(document);
        for name in named(&text) {
            let definition = format!("fn {name}(");
            let is_there = sources
                .iter()
                .any(|(_, source)| source.contains(&definition));
            assert!(is_there, "{document}: {name}");
            count += 1;
        }
    }
    assert!(count > 100, "{count} names were found");
}

#[test]
fn every_row_of_the_fault_cases_is_listed() {
    let text = text("docs/faults.md");
    for row in ROWS.into_iter().flatten() {
        assert!(text.contains(&format!("\n| F{row:02} | ")), "F{row:02}");
    }
}
