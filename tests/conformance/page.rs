//! `docs/compatibility.md` is written from the tables that the folds answer: here it is held to be current, and each row
//! that a fold's comment names to be there. `npm run compatibility` writes it anew.

use std::{collections::BTreeSet, fmt::Write, path::Path};

use rolecall_core::dialect::{
    Engine,
    picks::PICKS,
    table::{Group, ROWS, Row, visible},
};

const PAGE: &str = "../docs/compatibility.md";
const TABLES: &str = "<!-- What follows is written by `npm run compatibility`. -->\n";

#[test]
fn the_page_says_what_the_folds_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = std::fs::read_to_string(&path).expect("the page is in the repository");
    let (words, _) = page.split_once(TABLES).expect("the page has its mark");
    let current = format!("{words}{TABLES}{}", tables());
    if std::env::var_os("ROLECALL_WRITE_PAGE").is_some() {
        std::fs::write(&path, &current).expect("the page is written");
        return;
    }
    assert!(
        page == current,
        "the folds say something else by now: npm run compatibility"
    );
}

#[test]
fn each_row_that_a_fold_names_is_on_the_page() {
    let folds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/core/src/dialect");
    let known: BTreeSet<_> = ROWS.iter().map(|row| row.name).collect();
    let mut named = 0;
    for entry in std::fs::read_dir(folds).expect("the folder of folds") {
        let path = entry.expect("an entry").path();
        let is_fold = path.extension().is_some_and(|extension| extension == "rs");
        if !is_fold || path.ends_with("mod.rs") || path.ends_with("table.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a fold");
        for comment in text
            .lines()
            .filter_map(|line| line.split_once("//"))
            .map(|(_, comment)| comment)
        {
            for name in rows_in(comment) {
                assert!(
                    known.contains(name.as_str()),
                    "{}: there is no row `{name}`",
                    path.display()
                );
                named += 1;
            }
        }
    }
    assert!(named > 40, "the folds name their rows: {named}");
}

/// The names behind the words “row” and “rows”, each between backticks.
fn rows_in(comment: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in comment.match_indices("ow") {
        let rest = comment[at + 2..].trim_start_matches('s');
        let mut rest = rest.strip_prefix(" `");
        while let Some(from) = rest {
            let Some((name, behind)) = from.split_once('`') else {
                break;
            };
            names.push(name.to_owned());
            rest = behind.strip_prefix(", `");
        }
    }
    names
}

fn tables() -> String {
    let mut page = String::new();
    for group in Group::ALL {
        let (title, words) = group.words();
        write!(
            page,
            "\n### {title}\n\n{words}\n\n{}",
            head("Row | The file")
        )
        .expect("a String");
        for row in ROWS.iter().filter(|row| row.group == group) {
            let answers = Engine::ALL.map(|engine| format!("`{}`", cell(&row.answer(engine))));
            writeln!(
                page,
                "| `{}` | {} | {} |",
                cell(row.name),
                sample(row),
                answers.join(" | ")
            )
            .expect("a String");
        }
    }
    page += "\n## Which keys are used\n\nProfile `a`, asked for by name. An access key ID stands for its pair; roles in the order of the calls.\n\n";
    page += &head("Profile `a` has | The file");
    for pick in PICKS {
        let answers = Engine::ALL.map(|engine| match pick.answer(engine) {
            answer if answer.is_empty() => String::new(),
            answer => cell(&answer),
        });
        let mut file = format!("`{}`", cell(&visible(pick.config.trim_end())));
        if !pick.credentials.is_empty() {
            write!(
                file,
                " and credentials `{}`",
                cell(&visible(pick.credentials.trim_end()))
            )
            .expect("a String");
        }
        writeln!(page, "| {} | {file} | {} |", pick.name, answers.join(" | ")).expect("a String");
    }
    page
}

fn head(first: &str) -> String {
    let names = "AWS CLI, boto3 | JavaScript v3 | Go v2 | Java v2 | Rust | rust-ini";
    format!("| {first} | {names} |\n|---|---|---|---|---|---|---|---|\n")
}

fn sample(row: &Row) -> String {
    let shown = |bytes: &[u8]| {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => visible(text.strip_suffix('\n').unwrap_or(text)),
            Err(_) => bytes.escape_ascii().to_string(),
        };
        format!("`{}`", cell(&text))
    };
    match (row.config, row.credentials) {
        (config, b"") => shown(config),
        (b"", credentials) => format!("credentials {}", shown(credentials)),
        (config, credentials) => {
            format!("{} and credentials {}", shown(config), shown(credentials))
        }
    }
}

/// Text that stays in its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('`', "'")
}
