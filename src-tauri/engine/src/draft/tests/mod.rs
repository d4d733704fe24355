//! The editor's draft over a disk and a clock that a test moves: what is saved, what is kept, what is asked.

mod moved;
mod outlives;

use std::{sync::Arc, time::Duration};

use crate::{
    engine::{Engine, Options},
    view::{Draft, FileKind, Message, Resolution, SaveOutcome, TextChange},
    world::{World, clock::FakeClock, disk::FakeDisk, env::FakeEnv, process::FakeProcess},
};

const CONFIG: &str = "/home/jo/.aws/config";
const TEXT: &str =
    "[profile a]\r\nregion = x\r\n\n[profile b]\nregion = y\n\n[profile c]\nregion = z\n";

struct Desk {
    engine: Arc<Engine>,
    disk: FakeDisk,
    clock: FakeClock,
}

impl Desk {
    /// A home with this config, and the draft of it open.
    fn with(text: &[u8]) -> (Self, Draft) {
        let (disk, clock) = (FakeDisk::new(), FakeClock::at("2026-11-22T12:00:00Z"));
        disk.folder("/home/jo");
        disk.write(CONFIG, text);
        let opened = Self::of(disk, clock, World::fake(FakeEnv::with_home("/home/jo")));
        let draft = opened.draft();
        (opened, draft)
    }

    /// Another Rolecall on the same computer.
    fn another(&self) -> Self {
        let world = World {
            vault: self.engine.world.vault.clone(),
            process: Arc::new(FakeProcess(8)),
            ..World::fake(FakeEnv::with_home("/home/jo"))
        };
        Self::of(self.disk.clone(), self.clock.clone(), world)
    }

    fn of(disk: FakeDisk, clock: FakeClock, world: World) -> Self {
        let world = World {
            disk: Arc::new(disk.clone()),
            clock: Arc::new(clock.clone()),
            ..world
        };
        Self {
            engine: Engine::start(world, Options::default()),
            disk,
            clock,
        }
    }

    /// Replaces a text that stands once in one line of the draft.
    fn replace(&self, what: &str, with: &str) -> Draft {
        let draft = self.draft();
        let (line, column) = draft
            .text
            .split('\n')
            .enumerate()
            .find_map(|(line, text)| Some((line, text.find(what)?)))
            .expect("it stands there");
        let number = |at: usize| u32::try_from(at + 1).expect("small");
        let change = TextChange {
            start_line: number(line),
            start_column: number(column),
            end_line: number(line),
            end_column: number(column + what.encode_utf16().count()),
            text: with.into(),
        };
        self.engine
            .edit_draft(FileKind::Config, draft.version, &[change])
            .expect("in step");
        self.draft()
    }

    fn draft(&self) -> Draft {
        self.engine.open_draft(FileKind::Config).expect("a draft")
    }

    /// Another program writes the file, and Rolecall looks.
    fn outside(&self, text: &str) {
        self.disk.write(CONFIG, text);
        self.engine.see_what_is_there();
    }

    fn save(&self) -> SaveOutcome {
        self.engine
            .save_draft(FileKind::Config)
            .expect("no failure")
    }

    fn on_disk(&self) -> String {
        String::from_utf8(self.disk.content(CONFIG).expect("the file")).expect("text")
    }
}

#[test]
fn saving_changes_the_line_that_was_changed_and_nothing_else() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.disk.own(CONFIG, 0o640, 1000);
    let draft = desk.replace("region = y", "region = eu-west-1");
    assert_eq!(draft.diagnosis.unsaved_lines, 1);
    let SaveOutcome::Saved { draft, lines, .. } = desk.save() else {
        panic!("nobody else was there");
    };
    assert_eq!((lines, draft.diagnosis.unsaved_lines), (1, 0));
    assert_eq!(
        desk.on_disk(),
        TEXT.replace("region = y", "region = eu-west-1")
    );
    assert_eq!(desk.disk.mode(CONFIG), Some(0o640));
    let names = desk.disk.log();
    assert!(
        names.iter().any(|call| call.starts_with("exchange")),
        "{names:?}"
    );
}

#[test]
fn a_link_stays_a_link() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.disk.write("/home/jo/dot/config", TEXT);
    desk.disk.delete(CONFIG);
    desk.disk.link(CONFIG, "/home/jo/dot/config");
    desk.engine.see_what_is_there();
    desk.replace("region = z", "region = w");
    assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    assert!(desk.disk.content(CONFIG).is_none(), "it is a link still");
    let target = desk
        .disk
        .content("/home/jo/dot/config")
        .expect("the target");
    assert!(
        String::from_utf8(target)
            .expect("text")
            .contains("region = w")
    );
}

#[test]
fn the_page_gets_no_secret_and_the_file_gets_it_back() {
    let text = "[profile a]\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\nregion = x\n";
    let (desk, draft) = Desk::with(text.as_bytes());
    assert!(!draft.text.contains("wJalr"), "{}", draft.text);
    desk.replace("region = x", "region = y");
    desk.save();
    assert_eq!(desk.on_disk(), text.replace("region = x", "region = y"));
}

#[test]
fn a_damaged_secret_is_named_by_its_line_and_nothing_is_saved() {
    let text = "[profile a]\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n";
    let (desk, _) = Desk::with(text.as_bytes());
    let draft = desk.replace("••••", "•••");
    assert_eq!(draft.diagnosis.damaged, [2]);
    let failure = desk
        .engine
        .save_draft(FileKind::Config)
        .expect_err("it can't be put back");
    assert_eq!(
        failure.message,
        "config was not saved: line 2 has a hidden secret that was damaged by typing. The file is as it was, and your edit is kept here."
    );
    assert_eq!(desk.on_disk(), text);
}

#[test]
fn what_was_typed_on_another_text_is_refused() {
    let (desk, draft) = Desk::with(TEXT.as_bytes());
    desk.replace("region = x", "region = w");
    let failure = desk
        .engine
        .edit_draft(FileKind::Config, draft.version, &[])
        .expect_err("an old version");
    assert_eq!(failure.cause, Some("draft.outOfStep"));
}

#[test]
fn a_draft_that_nobody_touched_follows_the_file() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.outside("[profile new]\n");
    let draft = desk.draft();
    assert_eq!(
        (draft.text.as_str(), draft.moved),
        ("[profile new]\n", None)
    );
}

#[test]
fn a_fix_of_a_problem_is_offered_where_it_stands() {
    let role = "role_arn = arn:aws:iam::111122223333:role/R";
    let text =
        format!("[profile base]\nregion = x\n[profile role]\n{role}\nsource_profile = bsae\n");
    let (desk, draft) = Desk::with(text.as_bytes());
    let marker = draft
        .diagnosis
        .markers
        .iter()
        .find(|marker| marker.rule == "chain.missing_source")
        .expect("there is no bsae");
    assert_eq!(
        (marker.start_line, marker.start_column, marker.end_column),
        (5, 18, 22)
    );
    let fix = &marker.fixes[0];
    assert_eq!(fix.title, "Change to base");
    desk.engine
        .edit_draft(FileKind::Config, draft.version, &fix.changes)
        .expect("it fits");
    assert!(desk.draft().text.contains("source_profile = base\n"));
    let outline = draft.diagnosis.outline;
    let names: Vec<_> = outline
        .sections
        .iter()
        .map(|entry| entry.name.as_str())
        .collect();
    assert_eq!(names, ["base", "role"]);
}

#[test]
fn sections_that_the_page_has_are_not_told_again() {
    let (desk, draft) = Desk::with(TEXT.as_bytes());
    let known = draft.diagnosis.outline.id;
    let draft = desk.replace("[profile b]", "[profile d]");
    assert_eq!(draft.diagnosis.outline.sections.len(), 3);
    let diagnose = |id: &str| {
        let diagnosis = desk.engine.diagnose_draft(FileKind::Config, Some(id));
        diagnosis.expect("it is open").outline
    };
    let again = diagnose(&draft.diagnosis.outline.id);
    assert_eq!((again.kept_first, again.sections.len()), (3, 0));
    let all = diagnose(&known);
    assert_eq!(
        (all.kept_first, all.sections.len(), all.kept_last),
        (0, 3, 0)
    );
}

#[test]
fn a_disk_that_fails_at_any_call_leaves_the_old_file_or_the_new_one() {
    let new = TEXT.replace("region = y", "region = w");
    for errno in [5, 13, 28, 30, 122] {
        for for_ever in [false, true] {
            for at_call in 1.. {
                let (desk, _) = Desk::with(TEXT.as_bytes());
                desk.replace("region = y", "region = w");
                desk.disk.plan(Some(crate::world::disk::Fault {
                    at_call,
                    errno,
                    for_ever,
                }));
                let saved = desk.engine.save_draft(FileKind::Config);
                let calls = desk.disk.calls();
                assert!(
                    desk.on_disk() == TEXT || desk.on_disk() == new,
                    "call {at_call}, error {errno}: {:?}",
                    desk.disk.log()
                );
                desk.disk.plan(None);
                if saved.is_err() {
                    assert!(desk.draft().text.contains("region = w"), "the edit is kept");
                }
                desk.disk.crash();
                assert!(
                    desk.on_disk() == TEXT || desk.on_disk() == new,
                    "after a crash at call {at_call}: {:?}",
                    desk.disk.log()
                );
                if calls < at_call {
                    assert!(at_call > 12, "the loop has struck every call");
                    break;
                }
            }
        }
    }
}

#[test]
fn a_file_marked_read_only_is_left_alone_with_the_command_that_helps() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.disk.own(CONFIG, 0o400, 1000);
    desk.replace("region = y", "region = w");
    let failure = desk
        .engine
        .save_draft(FileKind::Config)
        .expect_err("read-only");
    assert_eq!(
        failure.hint,
        "Make it writable for you: chmod u+w ~/.aws/config"
    );
    assert_eq!(desk.on_disk(), TEXT);
}

#[test]
fn a_file_that_can_only_be_looked_at_is_never_saved_as_the_empty_draft_it_has() {
    let mut large = b"# much\n".repeat(1 << 20);
    large.extend(b"# more\n".repeat(1 << 18));
    for bytes in [b"\xff\xfe[\0a\0]\0".to_vec(), vec![0; 64], large] {
        let (desk, draft) = Desk::with(&bytes);
        assert!(draft.read_only.is_some() && draft.text.is_empty());
        assert!(desk.engine.save_draft(FileKind::Config).is_err());
        assert!(desk.engine.show_secrets(FileKind::Config, true).is_err());
        assert!(desk.disk.content(CONFIG).expect("the file") == bytes);
    }
}

#[test]
fn a_file_with_two_names_stays_one() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.disk.hard_link(CONFIG, "/home/jo/backup");
    desk.replace("region = y", "region = w");
    let SaveOutcome::Saved { note, .. } = desk.save() else {
        panic!("nobody else was there");
    };
    assert!(note.is_some_and(|note| note.contains("several names")));
    assert!(desk.on_disk().contains("region = w"));
    assert_eq!(
        desk.disk.content(CONFIG),
        desk.disk.content("/home/jo/backup")
    );
}

#[test]
fn f061_awscli_10648_emptied_file_is_never_written_over_and_there_is_a_way_out() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.replace("region = y", "region = mine");
    desk.disk.write(CONFIG, "");
    let failure = desk
        .engine
        .save_draft(FileKind::Config)
        .expect_err("another program has emptied it");
    assert_eq!(failure.cause, Some("file.looksEmptied"));
    assert_eq!(desk.on_disk(), "", "nothing is written on top");
    assert!(desk.draft().moved.is_some(), "both sides can be compared");
    desk.engine
        .resolve_draft(FileKind::Config, Resolution::KeepMine)
        .expect("mine");
    assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    assert!(desk.on_disk().contains("region = mine"));
}

#[tokio::test]
async fn shown_secrets_are_hidden_after_five_quiet_minutes() {
    let text = "[profile a]\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n";
    let (desk, _) = Desk::with(text.as_bytes());
    let mut messages = desk.engine.messages();
    messages.next().await;
    let shown = desk
        .engine
        .show_secrets(FileKind::Config, true)
        .expect("shown");
    assert_eq!(shown.text, text);
    tokio::task::yield_now().await;
    desk.clock.pass(Duration::from_mins(5));
    let Some(Message::Draft { draft }) = messages.next().await else {
        panic!("the page is told");
    };
    assert!(!draft.shows_secrets && !draft.text.contains("wJalr"));
}

#[test]
fn whatever_another_program_writes_at_any_step_of_a_save_is_kept_with_it() {
    let theirs = TEXT.replace("region = z", "region = theirs");
    let both = theirs.replace("region = x", "region = mine");
    for plain in [false, true] {
        for at_call in 1.. {
            let (desk, _) = Desk::with(TEXT.as_bytes());
            desk.replace("region = x", "region = mine");
            if plain {
                desk.disk.only_plain_renames();
            }
            desk.disk.meanwhile(at_call, CONFIG, theirs.as_str());
            let saved = desk.save();
            let calls = desk.disk.calls();
            let log = desk.disk.log();
            // The watch hears of what was written after our last look.
            desk.engine.see_what_is_there();
            let at = log.get(at_call as usize - 1).cloned().unwrap_or_default();
            // Where files can't change places, a write right before the rename is lost: the documents say so.
            let is_blind = plain && (at.starts_with("exchange ") || at.starts_with("rename "));
            assert!(
                desk.on_disk() == both || is_blind || calls < at_call,
                "call {at_call}, {at}: {saved:?}\n{}\n{log:?}",
                desk.on_disk()
            );
            if calls < at_call {
                assert!(at_call > 12, "the loop has struck every call");
                break;
            }
        }
    }
}

#[test]
fn two_saves_that_an_older_copy_wrote_over_are_both_put_back() {
    for pause in [0, 700] {
        let (desk, _) = Desk::with(TEXT.as_bytes());
        desk.replace("region = x", "region = first");
        desk.save();
        desk.clock.pass(Duration::from_millis(pause));
        desk.replace("region = y", "region = second");
        desk.save();
        desk.outside(&TEXT.replace("region = z", "region = theirs"));
        for kept in ["first", "second", "theirs"] {
            assert!(desk.on_disk().contains(kept), "{pause}: {}", desk.on_disk());
        }
    }
}

#[test]
fn a_save_that_meets_an_older_copy_does_not_take_our_lines_for_removed_ones() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.replace("region = x", "region = x\noutput = first");
    desk.save();
    desk.replace("region = y", "region = second");
    let theirs = TEXT.replace("region = z", "region = theirs");
    desk.disk.write(CONFIG, theirs.as_str());
    assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    for kept in ["output = first", "second", "theirs"] {
        assert!(desk.on_disk().contains(kept), "{}", desk.on_disk());
    }
}

#[test]
fn f060_what_two_rolecalls_saved_and_an_older_copy_wrote_over_comes_back_from_both() {
    let (window, _) = Desk::with(TEXT.as_bytes());
    let command = window.another();
    let both = [&window, &command];
    let saves = |desk: &Desk, name: &str, section: &str| {
        desk.engine.see_what_is_there();
        let header = format!("[profile {section}]");
        desk.replace(&header, &format!("{header}\n{name} = 1"));
        assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    };
    // At the same place, too, and each having seen the other's.
    saves(&window, "window_one", "a");
    saves(&command, "command_one", "a");
    saves(&window, "window_two", "b");
    saves(&command, "command_two", "b");
    // Each time within two seconds of the last.
    for round in 0..3 {
        let theirs = TEXT.replace("region = z", &format!("region = z\nforeign_{round} = 1"));
        window.disk.write(CONFIG, theirs.as_str());
        for _ in 0..4 {
            for desk in both {
                desk.engine.see_what_is_there();
            }
            window.clock.pass(Duration::from_millis(300));
        }
        let there = window.on_disk();
        let foreign = format!("foreign_{round}");
        for kept in [
            "window_one",
            "command_one",
            "window_two",
            "command_two",
            &foreign,
        ] {
            assert_eq!(there.matches(kept).count(), 1, "{round}, {kept}: {there}");
        }
    }
}

#[test]
fn what_was_taken_back_never_comes_again_however_long_others_write() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.replace("region = x", "region = x\noutput = mine");
    desk.save();
    // Later than saves that count as one.
    desk.clock.pass(Duration::from_millis(700));
    desk.engine.undo().expect("it can be taken back");
    for round in 0..20 {
        let theirs = TEXT.replace("region = z", &format!("region = z\nforeign_{round} = 1"));
        desk.outside(&theirs);
        assert_eq!(desk.on_disk(), theirs, "{round}");
        desk.clock.pass(Duration::from_millis(300));
    }
}

#[test]
fn what_was_added_and_removed_again_does_not_come_back_beside_what_others_append() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.replace("region = z", "region = z\n\n[profile d]\nregion = mine");
    desk.save();
    desk.clock.pass(Duration::from_millis(700));
    desk.engine.undo().expect("it can be taken back");
    let appended = format!("{TEXT}\n[profile theirs]\noutput = json\n");
    desk.outside(&appended);
    assert_eq!(desk.on_disk(), appended);
}

#[test]
fn a_program_that_insists_gets_its_way() {
    let (desk, _) = Desk::with(TEXT.as_bytes());
    desk.replace("region = x", "region = mine");
    desk.save();
    let mut times = 0;
    while desk.on_disk() != TEXT {
        desk.outside(TEXT);
        times += 1;
        assert!(times < 20, "it never gets it");
    }
    assert!(times > 2, "{times}");
}
