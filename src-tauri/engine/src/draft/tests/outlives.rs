//! A program that ends with unsaved text, and the one that starts after it. The keys are AWS's documented examples.

use std::{path::PathBuf, sync::Arc};

use super::{CONFIG, Desk, TEXT};
use crate::{
    draft::outlives::{Left, opened},
    engine::{Engine, Options},
    failure::Failure,
    history::seal::Sealer,
    view::{Draft, FileKind, HistoryChoice, Moved, Resolution, SaveOutcome},
    world::{
        World,
        clock::FakeClock,
        disk::{FakeDisk, Fault},
        env::FakeEnv,
        process::FakeProcess,
        vault::FakeVault,
    },
};

const DRAFTS: &str = "/home/jo/.local/share/rolecall/drafts";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// A computer on which one program after the other runs.
struct Computer {
    disk: FakeDisk,
    clock: FakeClock,
    vault: FakeVault,
    started: u32,
}

impl Computer {
    fn with(text: &str) -> Self {
        let disk = FakeDisk::new();
        disk.folder("/home/jo");
        disk.write(CONFIG, text);
        Self {
            disk,
            clock: FakeClock::at("2026-11-22T12:00:00Z"),
            vault: FakeVault::with_a_key(),
            started: 0,
        }
    }

    fn start(&mut self) -> Desk {
        self.started += 1;
        self.start_as(self.started)
    }

    fn start_as(&self, process: u32) -> Desk {
        let world = World {
            disk: Arc::new(self.disk.clone()),
            clock: Arc::new(self.clock.clone()),
            vault: Arc::new(self.vault.clone()),
            process: Arc::new(FakeProcess(process)),
            ..World::fake(FakeEnv::with_home("/home/jo"))
        };
        let engine = Engine::start(world, Options::default());
        engine.restore_drafts();
        engine.open_draft(FileKind::Config).expect("a draft");
        Desk {
            engine,
            disk: self.disk.clone(),
            clock: self.clock.clone(),
        }
    }

    fn notes(&self) -> Vec<PathBuf> {
        let all = self.disk.everything().into_iter();
        let files = all.filter_map(|(path, content)| content.map(|_| path));
        files
            .filter(|path| path.starts_with(DRAFTS) && path.extension() == Some("toml".as_ref()))
            .collect()
    }
}

impl Desk {
    /// Types, and lets the keys rest.
    fn type_in(&self, what: &str, with: &str) -> Draft {
        let draft = self.replace(what, with);
        self.engine.note_drafts();
        draft
    }

    fn try_to_save(&self) -> Result<SaveOutcome, Failure> {
        self.engine.save_draft(FileKind::Config)
    }
}

#[test]
fn f107_what_was_typed_is_there_after_a_power_cut_and_saving_works() {
    let mut computer = Computer::with(TEXT);
    let typed = computer.start().type_in("region = y", "region = eu-west-1");
    computer.disk.crash();
    assert_eq!(computer.disk.content(CONFIG), Some(TEXT.into()));
    let desk = computer.start();
    let draft = desk.draft();
    assert_eq!(draft.text, typed.text);
    assert_eq!((draft.diagnosis.unsaved_lines, draft.moved), (1, None));
    assert_eq!(draft.restored, Some(1_795_348_800));
    assert_eq!(desk.engine.restored_drafts().len(), 1, "the page is told");
    assert!(matches!(desk.save(), SaveOutcome::Saved { lines: 1, .. }));
    assert_eq!(
        desk.on_disk(),
        TEXT.replace("region = y", "region = eu-west-1")
    );
    desk.engine.note_drafts();
    assert_eq!(
        computer.notes(),
        Vec::<PathBuf>::new(),
        "nothing is left over"
    );
    assert_eq!(computer.start().draft().restored, None);
}

#[test]
fn what_was_typed_outlives_one_end_after_the_other() {
    let mut computer = Computer::with(TEXT);
    computer.start().type_in("region = y", "region = one");
    computer.start().type_in("region = z", "region = two");
    computer.start();
    let text = computer.start().draft().text;
    assert!(
        text.contains("region = one") && text.contains("region = two"),
        "{text}"
    );
    assert_eq!(computer.notes().len(), 1);
}

#[test]
fn f066_what_another_program_did_meanwhile_is_merged_or_shown() {
    let elsewhere = TEXT.replace("region = z", "region = theirs");
    let same = TEXT.replace("region = y", "region = theirs");
    let ended = |then: Option<&str>| {
        let mut computer = Computer::with(TEXT);
        computer.start().type_in("region = y", "region = mine");
        match then {
            Some(text) => computer.disk.write(CONFIG, text),
            None => computer.disk.delete(CONFIG),
        }
        computer.start()
    };
    let desk = ended(Some(&elsewhere));
    assert!(matches!(desk.draft().moved, Some(Moved::Apart { .. })));
    assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    assert_eq!(
        desk.on_disk(),
        elsewhere.replace("region = y", "region = mine")
    );

    for (how, line) in [
        (Resolution::KeepMine, "region = mine"),
        (Resolution::LoadTheirs, "region = theirs"),
    ] {
        let desk = ended(Some(&same));
        assert!(matches!(
            desk.draft().moved,
            Some(Moved::Overlap { line: 5, places: 1 })
        ));
        assert!(matches!(desk.save(), SaveOutcome::Conflict { .. }));
        assert_eq!(desk.on_disk(), same, "nobody is written over unasked");
        desk.engine
            .resolve_draft(FileKind::Config, how)
            .expect("resolved");
        assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
        assert_eq!(desk.on_disk(), TEXT.replace("region = y", line));
    }

    let desk = ended(None);
    assert_eq!(desk.draft().moved, Some(Moved::Gone));
    assert!(desk.draft().text.contains("region = mine"));
}

#[test]
fn a_typed_secret_never_lies_on_the_disk_and_saving_waits_until_it_is_typed_again() {
    let mut computer = Computer::with(TEXT);
    let desk = computer.start();
    let chosen = desk
        .engine
        .choose_history(HistoryChoice::WithoutSecrets, None);
    chosen.expect("chosen");
    desk.type_in("region = y", &format!("aws_secret_access_key = {SECRET}"));
    let [note] = &computer.notes()[..] else {
        panic!("one note");
    };
    let note = computer.disk.content(note).expect("it is there");
    let left: Left = toml::from_slice(&note).expect("a note");
    let plain = Sealer::plain(desk.engine.mask_key.bytes());
    let mine = opened(&plain, &left.mine).expect("only compressed");
    let mine = String::from_utf8(mine).expect("text");
    assert!(
        mine.contains("aws_secret_access_key = ••••") && !mine.contains(SECRET),
        "{mine}"
    );
    assert_eq!(left.secrets, None);

    let desk = computer.start();
    let draft = desk.draft();
    assert_eq!(draft.diagnosis.damaged, [5]);
    assert_eq!(
        desk.try_to_save().expect_err("nobody knows it").cause,
        Some("draft.damagedSecret")
    );
    assert_eq!(desk.on_disk(), TEXT);
    let line = draft.text.split('\n').nth(4).expect("the fifth").to_owned();
    desk.type_in(&line, &format!("aws_secret_access_key = {SECRET}"));
    assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    assert!(desk.on_disk().contains(SECRET));
}

#[test]
fn where_history_is_encrypted_a_typed_secret_is_back_under_its_token() {
    let mut computer = Computer::with(TEXT);
    let desk = computer.start();
    desk.engine.history_ready().expect("there is a key");
    desk.type_in("region = y", &format!("aws_secret_access_key = {SECRET}"));
    let desk = computer.start();
    assert_eq!(
        desk.draft().diagnosis.damaged,
        [5],
        "the keyring may take its time"
    );
    desk.engine.history_ready().expect("there is a key");
    desk.engine.note_drafts();
    let draft = desk.draft();
    assert_eq!(draft.diagnosis.damaged, [0; 0]);
    assert!(!draft.text.contains(SECRET));
    assert!(matches!(desk.save(), SaveOutcome::Saved { .. }));
    assert!(
        desk.on_disk()
            .contains(&format!("aws_secret_access_key = {SECRET}"))
    );
}

#[test]
fn shown_secrets_are_covered_on_the_disk() {
    let mut computer = Computer::with(&format!(
        "[profile a]\naws_secret_access_key = {SECRET}\nregion = x\n"
    ));
    let desk = computer.start();
    // Hidden again after a while, which takes a runtime; not of interest here.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let shown = runtime.block_on(async { desk.engine.show_secrets(FileKind::Config, true) });
    assert!(shown.expect("shown").text.contains(SECRET));
    desk.type_in("region = x", "region = y");
    let draft = computer.start().draft();
    assert!(!draft.text.contains(SECRET) && draft.text.contains("region = y"));
    assert_eq!((draft.diagnosis.unsaved_lines, draft.moved), (1, None));
}

#[test]
fn where_history_keeps_nothing_no_draft_is_kept() {
    let mut computer = Computer::with(TEXT);
    let desk = computer.start();
    desk.engine
        .choose_history(HistoryChoice::None, None)
        .expect("chosen");
    desk.type_in("region = y", "region = z");
    assert_eq!(computer.notes(), Vec::<PathBuf>::new());
    assert_eq!(computer.start().draft().restored, None);
}

#[test]
fn the_draft_of_a_program_that_runs_is_its_own() {
    let computer = Computer::with(TEXT);
    let desk = computer.start_as(7);
    desk.type_in("region = y", "region = z");
    let other = computer.start_as(7);
    assert_eq!(other.draft().restored, None);
    assert_eq!(other.draft().diagnosis.unsaved_lines, 0);
    other.engine.note_drafts();
    assert_eq!(computer.notes().len(), 1);
}

#[test]
fn a_note_that_is_cut_short_at_any_call_is_the_old_one_or_the_new_one() {
    for at_call in 1.. {
        let mut computer = Computer::with(TEXT);
        let desk = computer.start();
        desk.type_in("region = y", "region = one");
        desk.replace("region = one", "region = two");
        computer.disk.plan(Some(Fault {
            at_call,
            errno: 28,
            for_ever: true,
        }));
        desk.engine.note_drafts();
        let calls = computer.disk.calls();
        computer.disk.crash();
        let text = computer.start().draft().text;
        let (one, two) = (text.contains("region = one"), text.contains("region = two"));
        assert!(one != two, "after call {at_call}: {text}");
        if calls < at_call {
            assert!(two, "nothing was in the way");
            assert!(at_call > 5, "the loop has struck every call");
            break;
        }
    }
}
