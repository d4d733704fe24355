//! What other editors did to their people's files, by the numbers of the reports.

use std::fs;

use rolecall_engine::view::{Draft, FileKind, SaveOutcome, TextChange};

use super::engine;

const TEXT: &str = "[profile a]\nregion = us-east-1\n\n[profile b]\nregion = us-west-2\n";

/// Types this below the first line.
fn typed(draft: &Draft, text: &str) -> TextChange {
    let line = if draft.text.is_empty() { 1 } else { 2 };
    TextChange {
        start_line: line,
        start_column: 1,
        end_line: line,
        end_column: 1,
        text: text.into(),
    }
}

#[test]
fn f067_vscode_67946_a_file_that_came_while_somebody_typed_is_not_overwritten() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let engine = engine(home.path());
    let draft = engine.open_draft(FileKind::Config).expect("a draft");
    let change = typed(&draft, "[profile mine]\n");
    engine
        .edit_draft(FileKind::Config, draft.version, &[change])
        .expect("in step");
    let path = home.path().join("config");
    fs::write(&path, TEXT).expect("another program makes it");
    let saved = engine.save_draft(FileKind::Config).expect("no failure");
    let text = fs::read_to_string(&path).expect("there");
    match saved {
        SaveOutcome::Conflict { .. } => assert_eq!(text, TEXT),
        SaveOutcome::Saved { .. } => {
            assert!(
                text.contains("[profile mine]") && text.contains(TEXT),
                "{text}"
            );
        }
    }
}

/// Times lie: a program may set them, and two changes within one tick have the same.
#[test]
fn vscode_66035_content_is_compared_and_not_its_time() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("config");
    fs::write(&path, TEXT).expect("written");
    let touched = |text: &str| {
        let time = fs::metadata(&path)
            .expect("there")
            .modified()
            .expect("a time");
        fs::write(&path, text).expect("written");
        let file = fs::OpenOptions::new().write(true).open(&path);
        file.expect("open")
            .set_modified(time)
            .expect("the time of before");
    };
    let engine = engine(home.path());
    let save = |text: &str| {
        let draft = engine.open_draft(FileKind::Config).expect("a draft");
        engine
            .edit_draft(FileKind::Config, draft.version, &[typed(&draft, text)])
            .expect("in step");
        // Another program changes the last line, and the time stays.
        let there = fs::read_to_string(&path).expect("there");
        touched(&there.replace("us-west-2", "eu-west-1"));
        engine.save_draft(FileKind::Config).expect("no failure")
    };
    let saved = save("output = json\n");
    assert!(matches!(saved, SaveOutcome::Saved { .. }), "{saved:?}");
    let text = fs::read_to_string(&path).expect("there");
    assert!(text.contains("eu-west-1"), "theirs is there: {text}");
    // The same bytes with a new time are no conflict.
    let draft = engine.open_draft(FileKind::Config).expect("a draft");
    engine
        .edit_draft(
            FileKind::Config,
            draft.version,
            &[typed(&draft, "# mine\n")],
        )
        .expect("in step");
    fs::write(&path, &text).expect("touched");
    let saved = engine.save_draft(FileKind::Config).expect("no failure");
    assert!(matches!(saved, SaveOutcome::Saved { .. }), "{saved:?}");
}
