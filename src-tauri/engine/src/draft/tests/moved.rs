//! Another program changes the file under the draft.

use super::{CONFIG, Desk, TEXT};
use crate::view::{
    ComparedPlace, Comparison, Draft, FileKind, Moved, PlaceSide, Resolution, SaveOutcome,
};

#[test]
fn changes_elsewhere_are_kept_with_the_draft() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.replace("region = x", "region = mine");
    desk.outside(&TEXT.replace("region = z\n", "region = z\noutput = json\ncli_pager =\n"));
    let what = "Another program added 2 lines below yours.".to_owned();
    assert_eq!(desk.draft().moved, Some(Moved::Apart { what }));
    let draft = desk
        .engine
        .resolve_draft(FileKind::Config, Resolution::KeepBoth)
        .expect("both");
    assert!(
        draft.moved.is_none() && draft.text.contains("mine") && draft.text.contains("cli_pager")
    );
    desk.save();
    assert!(
        desk.on_disk()
            .starts_with("[profile a]\r\nregion = mine\r\n")
    );
    assert!(desk.on_disk().ends_with("output = json\ncli_pager =\n"));
}

#[test]
fn a_change_that_came_unseen_is_merged_at_the_moment_of_saving() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.replace("region = x", "region = mine");
    desk.disk
        .write(CONFIG, TEXT.replace("region = z", "region = theirs"));
    assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    assert!(desk.on_disk().contains("mine") && desk.on_disk().contains("theirs"));
}

#[test]
fn the_same_line_changed_twice_is_shown_and_neither_is_lost() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.replace("region = y", "region = mine");
    let theirs = TEXT.replace("region = y", "region = theirs");
    desk.disk.write(CONFIG, theirs.as_str());
    let SaveOutcome::Conflict { draft } = desk.save() else {
        panic!("both changed it");
    };
    assert_eq!(draft.moved, Some(Moved::Overlap { line: 5, places: 1 }));
    assert_eq!(desk.on_disk(), theirs, "nothing was written");
    let sides = desk
        .engine
        .compare_draft(FileKind::Config)
        .expect("both sides");
    assert!(sides.theirs.contains("theirs") && sides.mine.contains("mine"));
    desk.engine
        .resolve_draft(FileKind::Config, Resolution::KeepMine)
        .expect("mine");
    desk.save();
    assert_eq!(desk.on_disk(), TEXT.replace("region = y", "region = mine"));
}

#[test]
fn a_file_that_went_can_be_let_go_or_written_anew() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.replace("region = y", "region = mine");
    desk.disk.delete(CONFIG);
    assert!(
        matches!(desk.save(), SaveOutcome::Conflict { draft } if draft.moved == Some(Moved::Gone))
    );
    desk.engine
        .resolve_draft(FileKind::Config, Resolution::KeepMine)
        .expect("mine");
    assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    assert_eq!(desk.on_disk(), TEXT.replace("region = y", "region = mine"));
    assert_eq!(desk.disk.mode(CONFIG), Some(0o600));
}

/// `a` and `c` are changed by both, `b` in two lines apart.
fn touched_twice() -> (Desk, String) {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    for (what, with) in [("x", "mine"), ("z", "mine"), ("y", "y\noutput = json")] {
        desk.replace(&format!("region = {what}"), &format!("region = {with}"));
    }
    let theirs = TEXT
        .replace("region = x", "region = theirs")
        .replace("region = z\n", "")
        .replace("[profile b]\n", "# theirs\n[profile b]\n");
    desk.outside(&theirs);
    (desk, theirs)
}

fn compare(desk: &Desk) -> Comparison {
    desk.engine
        .compare_draft(FileKind::Config)
        .expect("both sides")
}

/// Settles the first place that is left.
fn settle(desk: &Desk, side: PlaceSide) -> Draft {
    compare(desk);
    let version = desk.draft().version;
    desk.engine
        .settle_place(FileKind::Config, version, 0, side)
        .expect("in step")
}

#[test]
fn each_place_that_both_changed_is_settled_by_itself() {
    let (desk, _) = touched_twice();
    assert_eq!(
        compare(&desk).places,
        [
            ComparedPlace {
                their_line: 2,
                their_lines: 1,
                my_line: 2,
                my_lines: 1
            },
            ComparedPlace {
                their_line: 9,
                their_lines: 0,
                my_line: 9,
                my_lines: 1
            },
        ]
    );
    let draft = settle(&desk, PlaceSide::Theirs);
    assert_eq!(draft.moved, Some(Moved::Overlap { line: 9, places: 1 }));
    assert!(draft.text.contains("region = theirs") && !draft.text.contains("# theirs"));
    let draft = settle(&desk, PlaceSide::Mine);
    assert_eq!(draft.moved, None, "it stands on what is on disk");
    assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    let both = TEXT
        .replace("region = x", "region = theirs")
        .replace("region = z", "region = mine")
        .replace("region = y\n", "region = y\noutput = json\n")
        .replace("[profile b]\n", "# theirs\n[profile b]\n");
    assert_eq!(desk.on_disk(), both, "line ends and all");
}

#[test]
fn a_place_that_is_not_settled_still_stops_saving() {
    let (desk, theirs) = touched_twice();
    settle(&desk, PlaceSide::Mine);
    assert!(matches!(desk.save(), SaveOutcome::Conflict { .. }));
    assert_eq!(desk.on_disk(), theirs);
}

#[test]
fn nothing_is_settled_over_what_nobody_has_seen() {
    let (desk, theirs) = touched_twice();
    compare(&desk);
    let before = desk.draft();
    desk.outside(&theirs.replace("region = theirs", "region = later"));
    let after = desk
        .engine
        .settle_place(FileKind::Config, before.version, 0, PlaceSide::Mine)
        .expect("in step");
    assert_eq!((after.version, after.text), (before.version, before.text));
    assert!(matches!(
        after.moved,
        Some(Moved::Overlap { places: 2, .. })
    ));
    let stale = desk
        .engine
        .settle_place(FileKind::Config, before.version - 1, 0, PlaceSide::Mine);
    assert_eq!(
        stale.expect_err("another text").cause,
        Some("draft.outOfStep")
    );
}

#[test]
fn a_hidden_secret_beside_a_settled_place_is_saved_as_it_was() {
    let secret = "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let text = TEXT.replace("region = x\r\n", &format!("region = x\r\n{secret}\n"));
    let (desk, draft) = Desk::with(text.as_bytes());
    assert!(!draft.text.contains("wJalr"));
    desk.replace("region = x", "region = mine");
    desk.replace("region = z", "region = mine");
    let theirs = text
        .replace("region = x", "region = theirs")
        .replace("region = z", "region = theirs");
    desk.outside(&theirs);
    settle(&desk, PlaceSide::Mine);
    settle(&desk, PlaceSide::Theirs);
    desk.save();
    assert_eq!(
        desk.on_disk(),
        theirs.replacen("region = theirs", "region = mine", 1)
    );
}
