//! What Undo and restore take back, and what they leave alone.

use rolecall_core::profiles::File;

use super::*;
use crate::view::LineMark;

#[test]
fn undo_names_the_last_change_and_leaves_the_bytes_as_before() {
    for desk in [Desk::with(TEXT), Desk::without_secrets(TEXT)] {
        desk.edited("region = y", "region = new");
        let named = desk.engine.snapshot().overview().undo;
        assert_eq!(named.expect("named").what, "You edited in Rolecall");
        let (what, changes) = desk.engine.undo_preview().expect("it fits");
        let lines: Vec<_> = changes[0].hunks[0]
            .lines
            .iter()
            .filter(|line| line.is != LineMark::Kept)
            .map(|line| (line.is, line.text.as_str()))
            .collect();
        assert_eq!(what, "You edited in Rolecall");
        assert_eq!(
            lines,
            [
                (LineMark::Removed, "region = new"),
                (LineMark::Added, "region = y")
            ]
        );
        desk.engine.undo().expect("undone");
        assert_eq!(desk.on_disk(), TEXT);
        assert_eq!(desk.engine.snapshot().overview().undo, None);
    }
}

#[test]
fn undo_keeps_what_came_since_and_says_when_it_no_longer_fits() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = new");
    let theirs = desk.on_disk().replace("region = z", "region = theirs");
    desk.outside(&theirs);
    desk.engine.undo().expect("it fits");
    assert_eq!(
        desk.on_disk(),
        TEXT.replace("region = z", "region = theirs")
    );
    desk.edited("region = y", "region = again");
    let theirs = desk.on_disk().replace("region = again", "region = other");
    desk.outside(&theirs);
    let failure = desk.engine.undo().expect_err("the same line");
    assert_eq!(failure.cause, Some("history.noLongerFits"));
    assert_eq!(desk.on_disk(), theirs);
}

#[test]
fn undoing_again_walks_back_and_never_undoes_an_undo() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = one");
    desk.edited("region = z", "region = two");
    desk.engine.undo().expect("the second");
    assert_eq!(desk.on_disk(), TEXT.replace("region = y", "region = one"));
    let desk = desk.reopened();
    desk.engine.undo().expect("the first, after a restart too");
    assert_eq!(desk.on_disk(), TEXT);
    let nothing = desk.engine.undo().expect_err("all is taken back");
    assert_eq!(nothing.cause, Some("history.nothingToUndo"));
}

#[test]
fn what_belongs_together_is_undone_together_in_both_files() {
    const CONFIG: &str = "/home/jo/.aws/config";
    let desk = Desk::with(TEXT);
    let config = "[profile r]\nsource_profile = a\n";
    desk.disk.write(CONFIG, config);
    desk.engine.see_what_is_there();
    let deed = desk.engine.deed("Rename a to x");
    let renamed = |from: &'static str, to: &'static str| {
        move |now: &[u8]| {
            let text = String::from_utf8(now.to_vec()).expect("text");
            Ok(text.replace(from, to).into_bytes())
        }
    };
    for (file, from, to) in [
        (File::Config, "= a", "= x"),
        (File::Credentials, "[a]", "[x]"),
    ] {
        let written = desk.engine.replay(file, &deed, renamed(from, to));
        written.expect("written");
    }
    assert!(desk.on_disk().starts_with("[x]"));
    let (what, changes) = desk.engine.undo_preview().expect("it fits");
    assert_eq!((what.as_str(), changes.len()), ("Rename a to x", 2));
    desk.engine.undo().expect("undone");
    assert_eq!(desk.on_disk(), TEXT);
    assert_eq!(desk.disk.content(CONFIG), Some(config.as_bytes().to_vec()));
}

#[test]
fn two_rolecalls_number_on_and_undo_what_the_other_did() {
    let desk = Desk::with(TEXT);
    let other = Engine::start(desk.world.clone(), Options::default());
    desk.edited("region = y", "region = one");
    let written = other.replay(File::Credentials, &other.deed("Set region of c"), |now| {
        let text = String::from_utf8(now.to_vec()).expect("text");
        Ok(text.replace("region = z", "region = two").into_bytes())
    });
    written.expect("written");
    let ids = |engine: &Engine| {
        let versions = engine.history_document().versions.into_iter();
        versions.map(|version| version.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&desk.engine), [3, 2, 1]);
    assert_eq!(ids(&other), [3, 2, 1]);
    desk.engine.see_what_is_there();
    let undone = desk.engine.undo().expect("undone");
    assert_eq!(undone, "Set region of c");
    assert_eq!(desk.on_disk(), TEXT.replace("region = y", "region = one"));
}

#[test]
fn what_another_program_took_back_is_passed_over_the_next_time() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = one");
    let between = desk.on_disk();
    desk.edited("region = z", "region = two");
    desk.outside(&between);
    let (_, changes) = desk.engine.undo_preview().expect("it fits");
    assert_eq!(changes, []);
    desk.engine.undo().expect("nothing is left of it");
    desk.engine.undo().expect("the one before");
    assert_eq!(desk.on_disk(), TEXT);
}

#[test]
fn an_undone_change_is_not_put_back_by_the_watch_over_saved_ones() {
    let desk = Desk::with(TEXT);
    desk.edit("region = y", "region = new").expect("saved");
    desk.engine.undo().expect("undone");
    desk.engine.see_what_is_there();
    assert_eq!(desk.on_disk(), TEXT);
}

#[test]
fn a_secret_typed_anew_is_undone_to_the_one_before() {
    for desk in [Desk::with(TEXT), Desk::without_secrets(TEXT)] {
        let draft = desk.engine.open_draft(FileKind::Credentials).expect("it");
        let masked = draft.text.lines().nth(2).expect("the secret's line");
        let value = masked.split("= ").nth(1).expect("masked").to_owned();
        assert!(!value.contains(SECRET));
        desk.edited(&value, "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY");
        assert!(!desk.on_disk().contains(SECRET));
        desk.engine.undo().expect("it was seen in this run");
        assert_eq!(desk.on_disk(), TEXT);
    }
}

#[test]
fn restore_puts_a_version_back_and_is_a_change_itself() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = one");
    desk.edited("region = z", "region = two");
    desk.engine.restore(1, None).expect("restored");
    assert_eq!(desk.on_disk(), TEXT);
    let undone = desk.engine.undo().expect("undone");
    assert_eq!(undone, "Restore version 1 of credentials");
    assert!(desk.on_disk().contains("region = one") && desk.on_disk().contains("region = two"));
}

#[test]
fn one_profile_is_restored_alone() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = one");
    desk.edited("region = z", "region = two");
    desk.engine.restore(1, Some("b")).expect("restored");
    assert_eq!(desk.on_disk(), TEXT.replace("region = z", "region = two"));
    desk.outside("[a]\nregion = alone\n");
    desk.engine.restore(1, Some("c")).expect("restored");
    assert_eq!(desk.on_disk(), "[a]\nregion = alone\n\n[c]\nregion = z\n");
    let missing = desk
        .engine
        .restore(1, Some("nobody"))
        .expect_err("not there");
    assert_eq!(missing.cause, Some("history.notInVersion"));
}

#[test]
fn a_version_without_secrets_gets_todays_value_or_says_that_it_is_gone() {
    let desk = Desk::without_secrets(TEXT);
    desk.edited("region = y", "region = one");
    let rotated = "short # and a comment of another length that goes with it";
    desk.outside(&desk.on_disk().replace(SECRET, rotated));
    let desk = desk.reopened();
    desk.engine.restore(1, None).expect("today's value stays");
    assert_eq!(desk.on_disk(), TEXT.replace(SECRET, rotated));
    desk.outside("[b]\nregion = y\n");
    let desk = desk.reopened();
    let gone = desk.engine.restore(1, None).expect_err("nobody knows it");
    assert_eq!(gone.cause, Some("history.secretGone"));
    assert_eq!(desk.on_disk(), "[b]\nregion = y\n");
    desk.engine.restore(1, Some("c")).expect("it has no secret");
    assert_eq!(desk.on_disk(), "[b]\nregion = y\n\n[c]\nregion = z\n");
}

#[test]
fn the_lines_of_a_version_have_no_secret() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = one");
    for id in [1, 2] {
        let shown = format!(
            "{:?}",
            desk.engine.version_document(id).expect("readable").changes
        );
        assert!(
            !shown.contains(SECRET) && shown.contains("region"),
            "{shown}"
        );
    }
}
