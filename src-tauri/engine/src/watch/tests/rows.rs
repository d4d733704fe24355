//! What other programs do to the folder, row by row of the fault cases, on a disk and a clock that a test moves.

use super::{KEYS, Watched};
use crate::{
    view::{ChangeRequest, SectionName, Watching},
    world::{clock::FakeClock, disk::FakeDisk},
};

const TEXT: &str = "[profile a]\nregion = x\n";
const TOKEN: &str = "sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
const PORTAL: &str = "[sso-session s]\nsso_region = x\n[profile a]\nsso_session = s\n";
const SIGNED_IN: &str = "{\"accessToken\":\"t\",\"expiresAt\":\"2026-11-22T20:00:00Z\"}";

#[tokio::test]
async fn f048_a_file_caught_half_written_is_not_believed() {
    let whole = "[profile a]\nregion = x\n[profile b]\nregion = y\n[profile c]\nregion = z\n";
    let home = Watched::home(&[("config", whole)]).await;
    for torn in ["", "[profile a]\nreg"] {
        home.write("config", torn);
        home.pass(300).await;
        assert_eq!(home.rows().len(), 3, "after {torn:?}");
        home.write("config", whole);
        home.pass(2500).await;
        assert_eq!(home.rows().len(), 3);
    }
    home.write("config", "");
    home.pass(4000).await;
    assert_eq!(home.rows().len(), 0, "what stays empty is empty");
}

#[tokio::test]
async fn f048_a_file_that_is_emptied_and_filled_again_is_one_refresh() {
    let home = Watched::home(&[("config", TEXT)]).await;
    let before = home.snapshot().revision;
    home.write("config", "");
    home.pass(300).await;
    home.write("config", "[profile b]\nregion = y\n");
    home.pass(2500).await;
    assert_eq!(home.rows(), ["b warning"]);
    assert_eq!(home.snapshot().revision, before + 1);
}

#[tokio::test]
async fn f049_a_folder_link_that_is_swapped_as_kubernetes_does_shows_the_new_folder() {
    let home = Watched::home(&[]).await;
    for (folder, name) in [("..one", "one"), ("..two", "two")] {
        let text = format!("[profile {name}]\nregion = x\n");
        home.write(&format!("{folder}/config"), &text);
    }
    let data = "/home/jo/.aws/..data";
    home.disk.link(data, "..one");
    home.disk.link("/home/jo/.aws/config", "..data/config");
    home.pass(1000).await;
    assert_eq!(home.rows(), ["one warning"]);
    home.disk.link(data, "..two");
    home.pass(1000).await;
    assert_eq!(home.rows(), ["two warning"]);
    home.write("..two/config", "[profile three]\nregion = x\n");
    home.pass(1000).await;
    assert_eq!(home.rows(), ["three warning"], "the new folder is watched");
}

#[tokio::test]
async fn f031_f050_a_link_that_is_switched_shows_what_it_means_now() {
    let home = Watched::home(&[]).await;
    home.disk
        .write("/home/jo/dot/one", "[profile one]\nregion = x\n");
    home.disk
        .write("/home/jo/dot/two", "[profile two]\nregion = x\n");
    home.disk.link("/home/jo/.aws/config", "/home/jo/dot/one");
    home.pass(1000).await;
    assert_eq!(home.rows(), ["one warning"]);
    home.disk
        .write("/home/jo/dot/one", "[profile changed]\nregion = x\n");
    home.pass(1000).await;
    assert_eq!(
        home.rows(),
        ["changed warning"],
        "the folder of the target is watched"
    );
    home.disk.link("/home/jo/.aws/config", "/home/jo/dot/two");
    home.pass(1000).await;
    assert_eq!(home.rows(), ["two warning"]);
}

#[tokio::test]
async fn f051_a_file_that_is_deleted_and_comes_back_at_once_was_never_gone() {
    let home = Watched::home(&[("config", "[profile a]\nregion = x\n")]).await;
    home.delete("config");
    home.pass(300).await;
    home.write("config", "[profile a]\nregion = y\n");
    home.pass(100).await;
    assert_eq!(home.rows(), ["a warning"]);
    home.pass(2000).await;
    home.delete("config");
    home.pass(3000).await;
    assert!(home.rows().is_empty(), "gone for good is gone");
}

#[tokio::test]
async fn f051_a_file_that_is_gone_for_five_seconds_is_gone_and_comes_back_by_itself() {
    let home = Watched::home(&[("credentials", &format!("[a]\n{KEYS}"))]).await;
    home.delete("credentials");
    home.pass(5000).await;
    assert!(home.rows().is_empty());
    home.write("credentials", &format!("[a]\n{KEYS}"));
    home.pass(900).await;
    assert_eq!(home.rows(), ["a unchecked"]);
}

#[tokio::test]
async fn f052_a_folder_that_appears_later_is_seen() {
    let home = Watched::home(&[]).await;
    assert_eq!(home.snapshot().around.watching, Watching::Waiting);
    home.write("credentials", &format!("[a]\n{KEYS}"));
    home.pass(900).await;
    assert_eq!(home.rows(), ["a unchecked"]);
    home.pass(100).await;
    assert_eq!(home.snapshot().around.watching, Watching::Events);
}

#[tokio::test]
async fn f052_leapp_106_waiting_for_a_folder_asks_the_disk_seldom() {
    let home = Watched::home(&[]).await;
    let before = home.disk.calls();
    home.pass(120_000).await;
    // Four safety looks, each of which asks for a few dozen things.
    let calls = home.disk.calls() - before;
    assert!(calls < 400, "{calls} calls in two minutes of nothing");
}

#[tokio::test]
async fn f053_a_folder_that_another_one_takes_the_place_of_is_seen_whole() {
    let home = Watched::home(&[("config", TEXT)]).await;
    home.delete("");
    home.write("config", "[profile b]\nregion = y\n");
    home.write("credentials", &format!("[c]\n{KEYS}"));
    home.pass(1000).await;
    assert_eq!(home.rows(), ["b warning", "c unchecked"]);
    home.write("config", "[profile d]\nregion = y\n");
    home.pass(1000).await;
    assert_eq!(home.rows(), ["d warning", "c unchecked"], "it is watched");
}

#[tokio::test]
async fn f043_f055_without_watches_the_files_are_looked_at_every_two_seconds_until_there_are_some()
{
    let home = Watched::home(&[("config", TEXT)]).await;
    home.disk.no_watches(true);
    // Another folder to watch, which can't be had.
    home.disk
        .link("/home/jo/.aws/credentials", "/home/jo/dot/keys");
    home.disk.write("/home/jo/dot/keys", format!("[b]\n{KEYS}"));
    home.pass(3000).await;
    let why = "The system does not tell of changes here: this user's limit of watches is used up.";
    let (seconds, why) = (2, why.into());
    let polling = Watching::Polling { seconds, why };
    assert_eq!(home.snapshot().around.watching, polling);
    home.disk.silent("/home/jo/dot");
    home.disk.write("/home/jo/dot/keys", format!("[c]\n{KEYS}"));
    home.pass(2500).await;
    assert_eq!(home.rows(), ["a warning", "c unchecked"]);
    home.disk.delete("/home/jo/.aws/credentials");
    home.disk.no_watches(false);
    home.pass(6000).await;
    assert_eq!(home.snapshot().around.watching, Watching::Events);
}

#[tokio::test]
async fn f055_a_watch_that_the_system_has_no_room_for_at_the_start_is_tried_again() {
    let home = Watched::home(&[("config", TEXT)]).await;
    home.disk.no_watches(true);
    let home = home.reopened(|_| {}).await;
    let polls = |home: &Watched| {
        let around = &home.snapshot().around;
        matches!(around.watching, Watching::Polling { .. })
    };
    assert!(polls(&home));
    home.write("config", "[profile b]\nregion = y\n");
    home.pass(2500).await;
    assert_eq!(home.rows(), ["b warning"]);
    home.disk.no_watches(false);
    home.pass(2500).await;
    assert!(!polls(&home));
}

#[tokio::test]
async fn f056_a_network_disk_is_looked_at_every_two_seconds_and_that_is_said() {
    let home = Watched::home(&[("config", TEXT)]).await;
    home.disk.silent("/home/jo/.aws");
    let home = home.reopened(|_| {}).await;
    let Watching::Polling { seconds: 2, why } = home.snapshot().around.watching.clone() else {
        panic!("it polls")
    };
    assert_eq!(
        why,
        "~/.aws lies on a disk that does not tell of changes, as network disks do."
    );
    home.write("config", "[profile b]\nregion = y\n");
    home.pass(3000).await;
    assert_eq!(home.rows(), ["b warning"]);
}

#[tokio::test]
async fn f057_botocore_3213_a_half_written_sign_in_is_not_believed_at_once_and_is_never_touched() {
    let home = Watched::home(&[("config", PORTAL), (TOKEN, SIGNED_IN)]).await;
    assert_eq!(home.rows(), ["a connected"]);
    home.write(TOKEN, &SIGNED_IN[..20]);
    home.pass(150).await;
    assert_eq!(home.rows(), ["a connected"], "the last good one");
    home.write(TOKEN, SIGNED_IN);
    home.pass(1000).await;
    assert_eq!(home.rows(), ["a connected"]);
    let large = format!("{SIGNED_IN}{}", " ".repeat(2 << 20));
    for odd in ["", &SIGNED_IN[..20], "[]", "{}}", "{\"k\":1}", &large] {
        home.write(TOKEN, odd);
        home.pass(1000).await;
        let told = home.snapshot();
        let told = told.problems.iter().map(|problem| problem.rule.name);
        let told = told.filter(|rule| *rule == "session.unreadable").count();
        assert_eq!(told, 1, "{odd:.20}");
        let there = home.disk.content(format!("/home/jo/.aws/{TOKEN}"));
        assert_eq!(there.as_deref(), Some(odd.as_bytes()));
        home.write(TOKEN, SIGNED_IN);
        home.pass(1000).await;
        assert_eq!(home.rows(), ["a connected"], "after {odd:.20}");
    }
}

#[tokio::test]
async fn f058_a_touch_without_a_change_is_silence() {
    let text = "[profile a]\nregion = x\n";
    let home = Watched::home(&[("config", text)]).await;
    let before = home.snapshot().revision;
    for _ in 0..5 {
        home.write("config", text);
        home.pass(1000).await;
    }
    assert_eq!(home.snapshot().revision, before);
}

#[tokio::test]
async fn f058_a_thousand_writes_in_two_seconds_are_five_refreshes_at_most() {
    let home = Watched::home(&[("config", TEXT)]).await;
    let before = home.snapshot().revision;
    for number in 0..1000 {
        home.write("config", &format!("[profile a]\nregion = x{number}\n"));
        if number % 12 == 0 {
            home.pass(25).await;
        }
    }
    home.pass(1000).await;
    let refreshes = home.snapshot().revision - before;
    assert!((1..=5).contains(&refreshes), "{refreshes} refreshes");
    let document = home
        .snapshot()
        .show_document("a", false)
        .expect("it is there");
    assert_eq!(document.values[0].value.as_deref(), Some("x999"));
}

/// From now on nothing is told, and the watch does not know it. History, which writes beside it in its own time, is off.
async fn unheard() -> Watched {
    let disk = FakeDisk::new();
    let settings = "/home/jo/.local/share/rolecall/settings.toml";
    disk.write(settings, "history = \"none\"\n");
    disk.write("/home/jo/.aws/config", TEXT);
    let home = Watched::on(disk, FakeClock::at("2026-11-22T12:00:00Z")).await;
    home.disk.silent("/home/jo/.aws");
    home
}

#[tokio::test]
async fn what_nobody_told_of_is_seen_on_focus_and_after_thirty_seconds_and_after_sleep() {
    let home = unheard().await;
    let show = |name: &str| home.write("config", &format!("[profile {name}]\nregion = x\n"));
    show("focus");
    home.engine.look_again();
    home.pass(100).await;
    assert_eq!(home.rows(), ["focus warning"]);
    let home = unheard().await;
    home.write("config", "[profile safety]\nregion = x\n");
    home.pass(31_000).await;
    assert_eq!(home.rows(), ["safety warning"]);
    let home = unheard().await;
    home.write("config", "[profile morning]\nregion = x\n");
    home.clock.pass(std::time::Duration::from_hours(9));
    home.pass(100).await;
    assert_eq!(home.rows(), ["morning warning"]);
}

#[tokio::test]
async fn what_rolecall_wrote_itself_is_known_by_its_content() {
    let home = Watched::home(&[("config", TEXT)]).await;
    let request = ChangeRequest::Set {
        section: SectionName::Profile("a".into()),
        file: None,
        key: "region".into(),
        value: "eu-west-1".to_owned().into(),
    };
    let shown = home.engine.propose(&request).expect("it can be done");
    home.engine
        .carry_out(&request, &shown.id)
        .expect("it is written");
    let after = home.snapshot().revision;
    home.pass(3000).await;
    assert_eq!(home.snapshot().revision, after, "nothing new is told");
}
