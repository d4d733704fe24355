//! What is kept, before what, and what nobody else can read.

use std::time::Duration;

use rolecall_core::Secret;

use super::*;
use crate::{
    engine::lock,
    history::store::{Store, VERSIONS},
    view::{FailureCode, HistoryChoice},
    world::disk::Fault,
};

/// The text of each version that can be opened with the key of this world, the oldest first.
fn texts(desk: &Desk) -> Vec<Option<String>> {
    let engine = &desk.engine;
    let mut history = lock(&engine.history);
    history.store.refresh(&desk.world);
    let _ = engine.open_history(&mut history);
    let keeping = history.keeping.as_ref().expect("it is open");
    let sealer = keeping.sealer().expect("something is kept");
    let text = |blob: &str| {
        let bytes = Store::bytes(&desk.world, sealer, blob)?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    let versions = history.store.all();
    versions
        .map(|(_, version)| text(version.blob.as_deref()?))
        .collect()
}

#[test]
fn the_old_text_is_on_the_disk_before_the_first_byte_changes() {
    let desk = Desk::with(TEXT);
    desk.disk.plan(None);
    desk.edited("region = y", "region = new");
    let log = desk.disk.log();
    let at = |what: &str, path: &str| {
        let found = log
            .iter()
            .position(|call| call.starts_with(what) && call.contains(path));
        found.unwrap_or_else(|| panic!("{what} {path}: {log:#?}"))
    };
    let written = at("exchange", "credentials");
    assert!(at("rename", "history/blobs") < written);
    assert!(at("sync ", "versions/1.toml") < written);
    assert!(at("sync_folder", "history/versions") < written);
    let kept = texts(&desk);
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0].as_deref(), Some(TEXT));
    assert_eq!(kept[1], Some(desk.on_disk()));
}

#[test]
fn a_history_that_fails_at_any_call_leaves_the_file_as_it_was_and_a_person_decides() {
    let mut asked = 0;
    for errno in [5, 13, 28, 30, 122] {
        for for_ever in [false, true] {
            for at_call in 1.. {
                let desk = Desk::with(TEXT);
                // Another Rolecall's folders may be there already, or not.
                desk.engine
                    .open_draft(FileKind::Credentials)
                    .expect("a draft");
                desk.disk.plan(Some(Fault {
                    at_call,
                    errno,
                    for_ever,
                }));
                let saved = desk.edit("region = y", "region = new");
                let calls = desk.disk.calls();
                desk.disk.crash();
                let desk = desk.reopened();
                let whole = desk.on_disk() == TEXT;
                if let Err(failure) = &saved {
                    assert!(whole, "call {at_call}, error {errno}: {failure}");
                    if failure
                        .cause
                        .is_some_and(|cause| cause.starts_with("history."))
                    {
                        asked += 1;
                        assert!(failure.message.contains("was not saved"), "{failure}");
                    }
                }
                if !whole {
                    let kept = texts(&desk);
                    let first = kept.first().cloned().flatten();
                    assert_eq!(first.as_deref(), Some(TEXT), "call {at_call}");
                }
                if calls < at_call {
                    assert!(saved.is_ok() && at_call > 60, "{at_call}: {saved:?}");
                    break;
                }
            }
        }
    }
    assert!(asked > 100, "the history was struck {asked} times");
}

#[test]
fn a_keyring_that_does_not_help_stops_the_save_and_says_why_until_somebody_chooses() {
    let moods = [
        (Mood::Fails(VaultError::Absent), "history.noKeyring"),
        (Mood::Fails(VaultError::Locked), "history.keyringLocked"),
        (Mood::Fails(VaultError::Denied), "history.keyringDenied"),
        (Mood::Fails(VaultError::Slow), "history.keyringSlow"),
        (Mood::Fails(VaultError::Garbage), "history.keyringGarbage"),
        (Mood::Forgets, "history.keyringForgets"),
    ];
    for (mood, cause) in moods {
        let desk = Desk::in_mood(TEXT, mood);
        let refused = desk.edit("region = y", "region = new");
        let failure = refused.expect_err("nothing is kept");
        assert_eq!(failure.cause, Some(cause), "{failure}");
        assert_eq!(desk.on_disk(), TEXT);
        assert_eq!(desk.data(), [], "nothing falls back in silence");
        desk.vault.set(Mood::Well);
        desk.engine
            .save_draft(FileKind::Credentials)
            .expect("the keyring helps now");
        assert_eq!(
            desk.engine.history_choice(),
            Some(HistoryChoice::Keyring),
            "and is remembered"
        );
    }
}

#[test]
fn a_person_may_save_once_without_history_and_is_asked_the_next_time() {
    let desk = Desk::in_mood(TEXT, Mood::Fails(VaultError::Locked));
    desk.edit("region = y", "region = new")
        .expect_err("nothing is kept");
    desk.engine.skip_history_once();
    desk.engine
        .save_draft(FileKind::Credentials)
        .expect("the person said so");
    assert!(desk.on_disk().contains("region = new"));
    desk.edit("region = z", "region = next")
        .expect_err("it was for once");
}

#[test]
fn none_keeps_nothing_and_passes_every_save() {
    let desk = Desk::in_mood(TEXT, Mood::Fails(VaultError::Absent));
    desk.engine
        .choose_history(HistoryChoice::None, None)
        .expect("chosen");
    desk.edited("region = y", "region = new");
    let names = desk.data().into_iter().map(|(path, _)| path);
    let names: Vec<_> = names
        .filter(|path| !path.starts_with(Path::new(DATA).join("locks")))
        .collect();
    assert_eq!(names, [Path::new(DATA).join("settings.toml")]);
}

#[test]
fn history_that_is_switched_off_says_so_and_offers_no_undo() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = new");
    let off = desk.engine.choose_history(HistoryChoice::None, None);
    off.expect("chosen");
    assert_eq!(desk.engine.snapshot().overview().undo, None);
    let failure = desk.engine.undo().expect_err("nothing is kept");
    assert_eq!(failure.cause, Some("history.off"));
}

#[test]
fn no_secret_lies_in_the_folder_with_a_keyring_nor_without_one() {
    let with_keyring = Desk::with(TEXT);
    for (desk, encrypted) in [(with_keyring, true), (Desk::without_secrets(TEXT), false)] {
        desk.edited("region = y", "region = new");
        desk.engine.undo().expect("undone");
        let files = desk.data();
        assert!(files.len() > 4, "{files:?}");
        for (path, bytes) in &files {
            let unpacked = unpacked(bytes);
            for text in [bytes, &unpacked] {
                let holds = |what: &str| memchr(text, what.as_bytes());
                assert!(!holds(SECRET), "{}", path.display());
                assert!(!encrypted || !holds("region"), "{}", path.display());
            }
            let mode = desk.disk.mode(path);
            assert_eq!(mode, Some(0o600), "{}", path.display());
        }
        let history = Path::new(DATA).join("history");
        assert_eq!(desk.disk.mode(&history), Some(0o700));
        let tag = desk.disk.content(history.join("CACHEDIR.TAG"));
        let tag = tag.expect("backups leave it out");
        assert!(tag.starts_with(b"Signature: 8a477f597d28d172789f06886806bc55"));
        if !encrypted {
            let plain = files.iter().map(|(_, bytes)| unpacked(bytes));
            assert!(
                plain.into_iter().any(|text| memchr(&text, b"region = new")),
                "the test reads what is kept"
            );
        }
    }
}

fn memchr(text: &[u8], what: &[u8]) -> bool {
    text.windows(what.len()).any(|window| window == what)
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    use std::io::Read as _;
    let mut text = Vec::new();
    let _ = flate2::read::DeflateDecoder::new(bytes).read_to_end(&mut text);
    text
}

#[test]
fn a_file_that_is_no_text_is_never_kept_without_a_key() {
    let desk = Desk::without_secrets(TEXT);
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(TEXT.encode_utf16().flat_map(u16::to_le_bytes));
    desk.disk.write(CREDENTIALS, utf16);
    desk.engine.see_what_is_there();
    desk.engine.remember_this_look();
    let lies_there = desk.data().into_iter().any(|(_, bytes)| {
        memchr(&unpacked(&bytes), b"w\0J\0a\0l\0r\0") || memchr(&bytes, b"w\0J\0a\0l\0r\0")
    });
    assert!(!lies_there);
}

#[test]
fn what_other_programs_write_is_kept_at_each_look_and_a_touch_is_not() {
    let desk = Desk::with(TEXT);
    desk.engine.remember_this_look();
    desk.engine.remember_this_look();
    desk.outside("[a]\nregion = theirs\n");
    desk.engine.remember_this_look();
    let versions = desk.engine.history_document().versions;
    let by: Vec<_> = versions
        .iter()
        .map(|version| (version.id, version.before, &version.by_rolecall))
        .collect();
    assert_eq!(by, [(2, Some(1), &None), (1, None, &None)]);
}

#[tokio::test]
async fn the_watch_keeps_each_version_that_it_sees() {
    let home = crate::watch::tests::Watched::home(&[("config", "[default]\nregion = one\n")]).await;
    for (count, region) in [(1, "one"), (2, "two")] {
        home.write("config", &format!("[default]\nregion = {region}\n"));
        while home.engine.history_document().versions.len() < count {
            home.pass(100).await;
        }
    }
    let change = home.engine.version_document(2).expect("it can be read");
    assert_eq!(change.version.by_rolecall, None);
    assert_eq!(change.changes[0].hunks[0].lines.len(), 3);
}

#[test]
fn a_file_that_was_created_is_ours_and_nothing_to_undo() {
    let desk = Desk::with(TEXT);
    desk.disk.delete(CREDENTIALS);
    desk.engine.see_what_is_there();
    let created = desk.engine.create_files(&[FileKind::Credentials]);
    created.expect("created");
    desk.engine.remember_this_look();
    let versions = desk.engine.history_document().versions;
    let by: Vec<_> = versions.iter().map(|v| v.by_rolecall.as_deref()).collect();
    assert_eq!(by, [Some("Create credentials")]);
    let nothing = desk.engine.undo_preview().expect_err("nothing was before");
    assert_eq!(nothing.cause, Some("history.nothingToUndo"));
}

#[test]
fn the_oldest_go_beyond_five_hundred_versions_and_beyond_ninety_days() {
    let desk = Desk::with("[a]\nregion = 0\n");
    for round in 0..VERSIONS + 20 {
        desk.outside(&format!("[a]\nregion = {round}\n"));
        desk.engine.remember_this_look();
    }
    let versions = desk.engine.history_document().versions;
    let blobs = || {
        let names = desk.disk.list(&Path::new(DATA).join("history/blobs"));
        names.expect("the folder").len()
    };
    assert_eq!((versions.len(), blobs()), (VERSIONS, VERSIONS));
    desk.clock.pass(Duration::from_hours(91 * 24));
    desk.outside("[a]\nregion = now\n");
    desk.engine.remember_this_look();
    let versions = desk.engine.history_document().versions;
    assert_eq!((versions.len(), blobs()), (1, 1));
}

#[test]
fn a_lost_key_is_said_and_the_files_are_as_they_were() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = new");
    let now = desk.on_disk();
    desk.vault.lose();
    let desk = desk.reopened();
    let lost = desk.edit("region = z", "region = next");
    assert_eq!(lost.expect_err("said").cause, Some("history.keyLost"));
    assert_eq!(desk.on_disk(), now);
    desk.engine
        .choose_history(HistoryChoice::Keyring, None)
        .expect("a new key");
    desk.engine
        .save_draft(FileKind::Credentials)
        .expect("it is kept with the new key");
    let unreadable = desk.engine.version_document(1).expect_err("another key");
    assert_eq!(unreadable.cause, Some("history.textGone"));
    assert_eq!(desk.engine.history_document().versions.len(), 4);
}

#[test]
fn a_flipped_bit_or_a_cut_note_spoils_one_version_and_no_other() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = new");
    desk.edited("region = z", "region = last");
    let folder = Path::new(DATA).join("history");
    desk.disk.write(folder.join("versions/2.toml"), "at = ");
    let desk = desk.reopened();
    let document = desk.engine.history_document();
    let ids: Vec<_> = document.versions.iter().map(|version| version.id).collect();
    assert_eq!((ids, document.damaged), (vec![3, 1], 1));
    for name in desk.disk.list(&folder.join("blobs")).expect("the folder") {
        let path = folder.join("blobs").join(name);
        let mut bytes = desk.disk.content(&path).expect("a blob");
        bytes[30] ^= 1;
        desk.disk.write(path, bytes);
    }
    let spoiled = desk.engine.version_document(1).expect_err("it is checked");
    assert_eq!(spoiled.code, FailureCode::Unreadable);
    desk.edited("region = last", "region = after");
    assert_eq!(
        texts(&desk).iter().flatten().count(),
        2,
        "what stands there now is kept anew"
    );
}

#[test]
fn a_passphrase_opens_history_after_a_restart_and_another_one_does_not() {
    let desk = Desk::in_mood(TEXT, Mood::Fails(VaultError::Absent));
    let say = |desk: &Desk, text: &str| {
        let passphrase = Secret::new(text.into());
        desk.engine
            .choose_history(HistoryChoice::Passphrase, Some(&passphrase))
    };
    say(&desk, "correct horse").expect("a new one");
    desk.edited("region = y", "region = new");
    let desk = desk.reopened();
    let locked = desk.edit("region = z", "region = next");
    assert_eq!(
        locked.expect_err("locked").cause,
        Some("history.passphrase")
    );
    let wrong = say(&desk, "wrong horse").expect_err("wrong");
    assert_eq!(wrong.cause, Some("history.wrongPassphrase"));
    say(&desk, "correct horse").expect("the right one");
    desk.engine
        .save_draft(FileKind::Credentials)
        .expect("it is open");
    assert_eq!(texts(&desk)[0].as_deref(), Some(TEXT));
}

#[test]
fn what_another_rolecall_chose_holds_at_the_next_save_and_is_not_chosen_back() {
    let desk = Desk::with(TEXT);
    desk.edited("region = y", "region = one");
    let other = Engine::start(desk.world.clone(), Options::default());
    other
        .choose_history(HistoryChoice::None, None)
        .expect("chosen");
    desk.edited("region = z", "region = two");
    let off = desk.engine.undo().expect_err("nothing is kept any more");
    assert_eq!(off.cause, Some("history.off"));
    let id = desk
        .engine
        .snapshot()
        .named("a")
        .map(|it| desk.engine.snapshot().id(it));
    desk.engine.pin(id.expect("a profile"), true).expect("kept");
    assert_eq!(
        other.history_choice(),
        Some(HistoryChoice::None),
        "a pin chooses nothing"
    );
}

#[test]
fn a_forgotten_passphrase_is_replaced_and_its_key_is_set_aside() {
    let desk = Desk::in_mood(TEXT, Mood::Fails(VaultError::Absent));
    let secret = |text: &str| Secret::new(text.into());
    let forgotten = desk
        .engine
        .choose_history(HistoryChoice::Passphrase, Some(&secret("forgotten")));
    forgotten.expect("a new one");
    desk.edited("region = y", "region = new");
    let desk = desk.reopened();
    let empty = desk.engine.replace_passphrase(&secret(""));
    assert_eq!(empty.expect_err("none").cause, Some("history.noPassphrase"));
    for at_call in 1.. {
        let desk = desk.forked();
        desk.disk.plan(Some(Fault {
            at_call,
            errno: 28,
            for_ever: false,
        }));
        let replaced = desk.engine.replace_passphrase(&secret("remembered"));
        let was_struck = desk.disk.calls() >= at_call;
        desk.disk.plan(None);
        let there = desk
            .disk
            .content("/home/jo/.local/share/rolecall/history-key.toml");
        assert!(there.is_some(), "after call {at_call} there is a key");
        assert!(replaced.is_ok() || was_struck, "{replaced:?}");
        if !was_struck {
            assert!(at_call > 5, "the loop has struck every call");
            break;
        }
    }
    desk.engine
        .replace_passphrase(&secret("remembered"))
        .expect("a new one");
    desk.edited("region = z", "region = next");
    assert_eq!(
        texts(&desk).iter().flatten().count(),
        2,
        "only what was kept since can be read"
    );
    assert!(desk.engine.undo().is_ok());
    let names = desk.disk.everything();
    let names: Vec<_> = names.iter().filter_map(|(path, _)| path.to_str()).collect();
    let aside = |name: &&&str| name.contains("history-key.forgotten-");
    assert_eq!(names.iter().filter(aside).count(), 1, "{names:?}");
}
