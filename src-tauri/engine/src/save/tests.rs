//! Writing over a disk that refuses in its many ways: which rung is taken, what is kept, what is said. Numbers are those
//! of the fault cases.

use std::sync::Arc;

use rolecall_core::profiles::File;

use super::{Report, Rung, Wrote, create, recover, report::Why, write, write_lines};
use crate::{
    locate::{Overrides, Places},
    view::FailureCode,
    world::{
        Disk, World,
        clock::FakeClock,
        disk::{Crash, FakeDisk, Left},
        env::FakeEnv,
        process::FakeProcess,
        random::RealRandom,
    },
};

const CONFIG: &str = "/home/jo/.aws/config";
const FOLDER: &str = "/home/jo/.aws";
const OLD: &[u8] = b"[a]\nregion = x\n[b]\nregion = y\n";
const NEW: &[u8] = b"[a]\nregion = mine\n[b]\nregion = y\n";

struct Home {
    world: World,
    disk: FakeDisk,
    places: Places,
}

/// A home with this config, and the number of the process that writes it.
fn home(config: &[u8]) -> Home {
    let disk = FakeDisk::new();
    disk.folder("/home/jo/.local/share/rolecall");
    disk.write(CONFIG, config);
    started(disk, 7)
}

fn started(disk: FakeDisk, process: u32) -> Home {
    let world = World {
        disk: Arc::new(disk.clone()),
        clock: Arc::new(FakeClock::at("2026-11-22T12:00:00Z")),
        process: Arc::new(FakeProcess(process)),
        ..World::fake(FakeEnv::with_home("/home/jo"))
    };
    let places = Places::find(&world, &Overrides::default());
    Home {
        world,
        disk,
        places,
    }
}

impl Home {
    fn write(&self) -> Wrote {
        let wrote = write(&self.world, &self.places, File::Config, Some(OLD), NEW);
        wrote.expect("no failure")
    }

    fn cause(&self) -> &'static str {
        let failure = write(&self.world, &self.places, File::Config, Some(OLD), NEW);
        let failure = failure.expect_err("it can't be written");
        assert_eq!(failure.code, FailureCode::Unwritable);
        assert!(!failure.hint.is_empty(), "{failure:?}");
        failure.cause.expect("a cause")
    }

    fn config(&self) -> Vec<u8> {
        self.disk.content(CONFIG).expect("the file")
    }

    /// The names beside the config.
    fn names(&self) -> Vec<String> {
        let names = self.disk.list(FOLDER.as_ref()).expect("the folder");
        let names = names.into_iter().map(std::ffi::OsString::into_string);
        names.map(|name| name.expect("text")).collect()
    }

    /// Dies, and is started again as another process.
    fn restart(self, crash: Crash) -> Self {
        self.disk.crash_as(crash);
        let home = started(self.disk, 8);
        recover(&home.world, &home.places);
        home
    }
}

fn rung(wrote: &Wrote) -> Rung {
    match wrote {
        Wrote::Done(report) => report.rung,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_steps_come_in_the_order_that_survives_a_power_cut() {
    let home = home(OLD);
    home.disk.plan(None);
    assert_eq!(rung(&home.write()), Rung::Exchanged);
    let steps = [
        "lock",
        "create",
        "write",
        "set_mode",
        "take_attributes",
        "sync",
        "exchange",
        "sync_folder",
        "has_writers",
        "remove",
    ];
    let log = home.disk.log();
    let log = log.iter().filter_map(|call| call.split(' ').next());
    // The lock's folder is made once, before anything else.
    let log: Vec<_> = log.skip_while(|call| *call != "lock").collect();
    let mut at = log.iter();
    for step in steps {
        assert!(at.any(|call| *call == step), "{step} in {log:?}");
    }
    assert_eq!(home.names(), ["config"]);
}

#[test]
fn a_change_that_strays_from_its_lines_is_refused_before_anything_is_touched() {
    let home = home(OLD);
    let write = |lines: std::ops::Range<usize>| {
        let base = (Some(OLD), std::slice::from_ref(&lines));
        write_lines(&home.world, &home.places, File::Config, base, NEW)
    };
    let failure = write(3..4).expect_err("another line changed");
    assert_eq!(failure.code, FailureCode::Bug);
    assert_eq!(home.config(), OLD);
    assert!(matches!(write(1..2), Ok(Wrote::Done(_))));
}

#[test]
fn f025_somebody_elses_file_is_written_in_place_and_stays_theirs() {
    let home = home(OLD);
    home.disk.own(CONFIG, 0o660, 1001);
    assert_eq!(rung(&home.write()), Rung::InPlace(Why::Owner));
    let stat = home.disk.stat(CONFIG.as_ref()).expect("stat");
    assert_eq!((stat.owner, stat.mode), (Some(1001), Some(0o660)));
    assert_eq!(home.config(), NEW);
}

#[test]
fn f027_attributes_and_access_lists_go_along() {
    let home = home(OLD);
    home.disk.attribute(CONFIG, "user.note", "mine");
    home.disk
        .attribute(CONFIG, "system.posix_acl_access", "user:1001:r");
    home.write();
    let attributes = home.disk.attributes(CONFIG);
    assert_eq!(
        attributes,
        ["system.posix_acl_access=user:1001:r", "user.note=mine"]
    );
}

#[test]
fn f030_a_dangling_link_is_filled_where_its_folder_is_and_named_where_not() {
    let home = home(OLD);
    home.disk.delete(CONFIG);
    home.disk.link(CONFIG, "/home/jo/dot/config");
    let failure = create(&home.world, &home.places, File::Config, NEW);
    let failure = failure.expect_err("there is no such folder");
    assert_eq!(
        failure.message,
        "config was not saved: it is a link into ~/dot, which does not exist. The file is as it was, and your edit is kept here."
    );
    assert!(home.disk.content("/home/jo/dot/config").is_none());
    home.disk.folder("/home/jo/dot");
    create(&home.world, &home.places, File::Config, NEW).expect("created");
    assert_eq!(home.disk.content("/home/jo/dot/config"), Some(NEW.to_vec()));
    assert_eq!(home.disk.mode("/home/jo/dot/config"), Some(0o600));
    assert!(home.disk.content(CONFIG).is_none(), "a link still");
}

#[test]
fn f032_f065_a_hard_linked_file_is_completed_by_the_next_start_after_a_cut_at_any_call() {
    for content in [Left::Dropped, Left::Kept, Left::Half, Left::Zeros] {
        for at_call in 1.. {
            let home = home(OLD);
            home.disk.hard_link(CONFIG, "/home/jo/backup");
            home.disk.plan(Some(dies(at_call)));
            let done = write(&home.world, &home.places, File::Config, Some(OLD), NEW);
            let calls = home.disk.calls();
            home.disk.plan(None);
            let home = home.restart(Crash { content, names: !0 });
            let there = home.config();
            assert!(
                there == OLD || there == NEW,
                "{content:?} at {at_call}: {done:?}, {:?}",
                String::from_utf8_lossy(&there)
            );
            assert_eq!(home.disk.content("/home/jo/backup"), Some(there));
            let left = home
                .disk
                .list("/home/jo/.local/share/rolecall/unfinished".as_ref());
            assert_eq!(left.unwrap_or_default(), [""; 0], "at {at_call}");
            if calls < at_call {
                assert!(at_call > 20, "every call was struck");
                break;
            }
        }
    }
}

/// From that call on there is no process any more.
fn dies(at_call: u32) -> crate::world::disk::Fault {
    crate::world::disk::Fault {
        at_call,
        errno: 5,
        for_ever: true,
    }
}

#[test]
fn f065_what_somebody_wrote_after_a_cut_is_left_alone() {
    let home = home(OLD);
    home.disk.hard_link(CONFIG, "/home/jo/backup");
    home.disk.plan(None);
    home.write();
    let log = home.disk.log();
    let write = log
        .iter()
        .position(|call| *call == format!("write {CONFIG}"));
    let after = u32::try_from(write.expect("in place") + 2).expect("few");
    let home = self::home(OLD);
    home.disk.hard_link(CONFIG, "/home/jo/backup");
    home.disk.plan(Some(dies(after)));
    write_fails(&home);
    home.disk.plan(None);
    home.disk.write(CONFIG, "[theirs]\nregion = w\n");
    let home = home.restart(Crash {
        content: Left::Kept,
        names: !0,
    });
    assert_eq!(home.config(), b"[theirs]\nregion = w\n");
    // Both texts of the save are still there, and it is not tried again.
    let left = home
        .disk
        .list("/home/jo/.local/share/rolecall/unfinished".as_ref());
    let left = left.expect("the folder");
    assert_eq!(left.len(), 1);
    assert!(left[0].to_string_lossy().ends_with(".left"));
}

fn write_fails(home: &Home) {
    assert!(write(&home.world, &home.places, File::Config, Some(OLD), NEW).is_err());
}

#[test]
fn f035_a_folder_that_takes_no_files_is_no_obstacle() {
    let home = home(OLD);
    home.disk.own(FOLDER, 0o500, 1000);
    assert_eq!(rung(&home.write()), Rung::InPlace(Why::Folder));
    assert_eq!(
        (home.config(), home.names()),
        (NEW.to_vec(), vec!["config".into()])
    );
}

#[test]
fn f037_a_file_that_is_mounted_by_itself_is_written_in_place() {
    let home = home(OLD);
    home.disk.mount(CONFIG);
    assert_eq!(rung(&home.write()), Rung::InPlace(Why::Mounted));
    assert_eq!(
        (home.config(), home.names()),
        (NEW.to_vec(), vec!["config".into()])
    );
    let note = Report {
        rung: Rung::InPlace(Why::Mounted),
        lost_group: false,
    };
    assert!(note.note().is_some_and(|note| note.contains("mounted")));
}

#[test]
fn f103_in_place_without_a_place_for_the_journal_is_refused() {
    let home = home(OLD);
    home.disk.mount(CONFIG);
    home.disk.own("/home/jo/.local/share/rolecall", 0o500, 1000);
    assert_eq!(home.cause(), "save.noJournal");
    assert_eq!(home.config(), OLD);
}

#[test]
fn f044_without_exchange_the_new_file_takes_the_old_ones_place() {
    let home = home(OLD);
    home.disk.only_plain_renames();
    let wrote = home.write();
    assert_eq!(rung(&wrote), Rung::Renamed);
    let Wrote::Done(report) = wrote else {
        panic!("done");
    };
    assert!(report.note().is_some(), "a weaker promise is told");
    assert_eq!(
        (home.config(), home.names()),
        (NEW.to_vec(), vec!["config".into()])
    );
}

#[test]
fn f045_without_locks_a_lock_file_stands_in_and_goes_again() {
    let home = home(OLD);
    home.disk.no_locks();
    home.write();
    let held = home.disk.everything();
    let held = held
        .iter()
        .any(|(path, _)| path.extension().is_some_and(|end| end == "held"));
    assert!(!held);
}

#[test]
fn f063_a_lock_file_of_a_dead_process_is_taken_over_and_a_held_lock_is_waited_for_and_told() {
    let home = home(OLD);
    home.disk.no_locks();
    let name = super::journal::name(CONFIG.as_ref());
    let lock = format!("/home/jo/.local/share/rolecall/locks/{name}.held");
    home.disk.write(&lock, "4711");
    assert_eq!(rung(&home.write()), Rung::Exchanged);

    let home = self::home(OLD);
    let _held = super::lock::take(&home.world, File::Config, CONFIG.as_ref());
    assert_eq!(home.cause(), "file.beingSaved");
    assert_eq!(home.config(), OLD);
}

#[test]
fn who_had_the_file_open_when_it_was_displaced_is_waited_for() {
    let theirs = b"[a]\nregion = x\n[b]\nregion = theirs\n";
    let home = home(OLD);
    home.disk.plan(None);
    home.write();
    let log = home.disk.log();
    let looks = log.iter().position(|call| call.starts_with("has_writers"));
    let looks = u32::try_from(looks.expect("it looks")).expect("few");
    for at_call in looks..looks + 5 {
        let home = self::home(OLD);
        home.disk.holds(at_call, CONFIG, theirs);
        let Wrote::Moved {
            there: Some(there), ..
        } = home.write()
        else {
            panic!("{at_call}: {:?}", home.disk.log());
        };
        assert_eq!((there, home.config()), (theirs.to_vec(), theirs.to_vec()));
        assert_eq!(home.names(), ["config"]);
    }
}

#[test]
fn what_was_written_into_both_while_they_changed_places_is_put_together() {
    let home = home(OLD);
    home.disk.plan(None);
    home.write();
    let log = home.disk.log();
    let looks = log.iter().position(|call| call.starts_with("has_writers"));
    let looks = u32::try_from(looks.expect("it looks")).expect("few");
    let mut put_together = 0;
    for at_call in looks + 1..looks + 12 {
        let mut home = self::home(OLD);
        // Two new files stand beside at once.
        home.world.random = Arc::new(RealRandom);
        // Into the old file, which stands beside by then; and over the new one, which they could read for a moment.
        home.disk
            .holds(looks, CONFIG, [OLD, b"first = 1\n"].concat());
        let second = [NEW, b"[c]\nsecond = 2\n"].concat();
        home.disk.and_meanwhile(at_call, CONFIG, second);
        let Wrote::Moved {
            crossed: Some(crossed),
            ..
        } = home.write()
        else {
            panic!("{at_call}: {:?}", home.disk.log());
        };
        let (config, crossed) = (home.config(), String::from_utf8(crossed).expect("text"));
        let config = String::from_utf8(config).expect("text");
        assert!(crossed.contains("first = 1"), "{at_call}: {crossed}");
        assert!(config.contains("second = 2"), "{at_call}: {config}");
        assert_eq!(home.names(), ["config"], "{at_call}");
        put_together += u32::from(config.contains("first = 1"));
    }
    assert!(put_together > 0);
}

#[test]
fn leftovers_of_the_dead_go_and_what_they_hold_is_kept_and_nothing_else_goes() {
    let home = home(OLD);
    let theirs = [
        ".config.rolecall-8-0a1b2c3d",
        ".config.swp",
        "config.bak",
        ".config.rolecall-9-0A1B2C3D",
    ];
    for name in theirs {
        home.disk.write(format!("{FOLDER}/{name}"), "theirs");
    }
    home.disk
        .write(format!("{FOLDER}/.config.rolecall-9-0a1b2c3d"), "[lost]\n");
    home.disk
        .write(format!("{FOLDER}/.config.rolecall-9-00000000"), OLD);
    let home = started(home.disk, 8);
    recover(&home.world, &home.places);
    let mut left = home.names();
    left.sort();
    assert_eq!(
        left,
        [
            ".config.rolecall-8-0a1b2c3d",
            ".config.rolecall-9-0A1B2C3D",
            ".config.swp",
            "config",
            "config.bak"
        ]
    );
    let kept = home.disk.everything();
    let kept: Vec<_> = kept
        .iter()
        .filter(|(path, _)| path.to_string_lossy().contains("/set-aside/"))
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].1.as_deref(), Some(&b"[lost]\n"[..]));
}

#[test]
fn f022_f038_a_file_that_is_marked_against_writing_is_left_alone() {
    let home = home(OLD);
    home.disk.own(CONFIG, 0o400, 1000);
    assert_eq!(home.cause(), "file.readOnly");
    assert_eq!(
        (home.config(), home.names()),
        (OLD.to_vec(), vec!["config".into()])
    );
}

#[test]
fn f033_a_link_that_was_planted_under_the_temporary_name_is_not_followed() {
    let home = home(OLD);
    // Here the random part is known beforehand.
    let name = super::leftovers::new_name(&home.world, CONFIG.as_ref());
    home.disk.link(&name, "/home/jo/trap");
    assert_eq!(home.cause(), "disk.exists");
    assert!(home.disk.content("/home/jo/trap").is_none());
    assert_eq!(home.config(), OLD);
}

#[test]
fn f062_a_program_that_empties_the_file_at_any_step_is_not_written_over() {
    for at_call in 1.. {
        let home = home(OLD);
        home.disk.meanwhile(at_call, CONFIG, "");
        let wrote = home.write();
        let calls = home.disk.calls();
        if calls < at_call {
            assert_eq!((rung(&wrote), at_call > 20), (Rung::Exchanged, true));
            break;
        }
        let log = home.disk.log();
        assert_eq!(home.config(), b"", "at {at_call}: {wrote:?}, {log:?}");
        assert_eq!(home.names(), ["config"], "at {at_call}: {log:?}");
    }
}

#[test]
fn f041_a_disk_that_fails_once_to_sync_gets_another_new_file() {
    let home = home(OLD);
    home.disk.plan(None);
    home.write();
    let log = home.disk.log();
    let sync = log.iter().position(|call| call.starts_with("sync "));
    let at_call = u32::try_from(sync.expect("synced") + 1).expect("few");
    let home = self::home(OLD);
    home.disk.plan(Some(crate::world::disk::Fault {
        at_call,
        errno: 5,
        for_ever: false,
    }));
    assert_eq!(rung(&home.write()), Rung::Exchanged);
    let created = home.disk.log();
    let created = created.iter().filter(|call| call.starts_with("create "));
    assert_eq!(created.count(), 2);
    assert_eq!(
        (home.config(), home.names()),
        (NEW.to_vec(), vec!["config".into()])
    );
}

#[test]
fn f048_a_file_that_is_whole_again_within_two_seconds_is_waited_for() {
    let home = home(OLD);
    let theirs = b"[a]\nregion = x\n[b]\nregion = y\n[c]\n";
    home.disk.meanwhile(60, CONFIG, theirs);
    home.disk.write(CONFIG, "");
    let Wrote::Moved {
        there: Some(there), ..
    } = home.write()
    else {
        panic!("{:?}", home.disk.log());
    };
    assert_eq!(there, theirs);
}

#[test]
fn f045_a_rename_whose_answer_is_lost_is_found_done_and_a_stale_handle_is_opened_anew() {
    let home = home(OLD);
    home.disk.only_plain_renames();
    home.disk.answers_of_renames_are_lost();
    assert_eq!(rung(&home.write()), Rung::Renamed);
    assert_eq!(
        (home.config(), home.names()),
        (NEW.to_vec(), vec!["config".into()])
    );

    let home = self::home(OLD);
    home.disk.plan(None);
    home.write();
    let log = home.disk.log();
    let read = log
        .iter()
        .position(|call| *call == format!("read {CONFIG}"));
    let home = self::home(OLD);
    home.disk.plan(Some(crate::world::disk::Fault {
        at_call: u32::try_from(read.expect("it is read") + 1).expect("few"),
        errno: 116,
        for_ever: false,
    }));
    assert_eq!(rung(&home.write()), Rung::Exchanged);
}
