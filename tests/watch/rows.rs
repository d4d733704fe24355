//! Row by row: what editors, link farms and clusters do.

use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use rolecall_core::profiles::File;

use super::{Watched, profile};

fn with_config(home: &Path) {
    fs::create_dir(home.join(".aws")).expect("made");
    fs::write(home.join(".aws/config"), profile("a")).expect("written");
}

#[test]
fn f047_a_file_that_another_one_takes_the_place_of_is_one_refresh() {
    let home = Watched::home(with_config);
    for name in ["b", "c"] {
        let before = home.revision();
        home.save_by_rename("config", profile(name));
        home.shows(&[name]);
        assert_eq!(home.revision(), before + 1);
    }
}

#[test]
fn f047_vim_saves_and_it_is_seen() {
    let home = Watched::home(with_config);
    let vim = Command::new("vim")
        .args([
            "-u",
            "NONE",
            "-es",
            "-c",
            "%s/profile a/profile b/",
            "-c",
            "wq",
        ])
        .arg(home.path("config"))
        .status();
    let Ok(status) = vim else {
        println!("not run: there is no vim here");
        return;
    };
    assert!(status.success(), "{status}");
    home.shows(&["b"]);
}

#[test]
fn f049_a_folder_link_that_is_swapped_as_kubernetes_does_shows_the_new_folder() {
    let home = Watched::home(|home| {
        let aws = home.join(".aws");
        for name in ["one", "two"] {
            let folder = aws.join(format!("..{name}"));
            fs::create_dir_all(&folder).expect("made");
            fs::write(folder.join("config"), profile(name)).expect("written");
        }
        symlink("..one", aws.join("..data")).expect("linked");
        symlink("..data/config", aws.join("config")).expect("linked");
    });
    symlink("..two", home.path("..tmp")).expect("linked");
    fs::rename(home.path("..tmp"), home.path("..data")).expect("swapped");
    home.shows(&["two"]);
    home.write("..two/config", profile("three"));
    home.shows(&["three"]);
}

#[test]
fn f031_f050_another_target_of_a_link_is_watched_from_then_on() {
    let home = Watched::home(|home| {
        fs::create_dir_all(home.join(".aws")).expect("made");
        for name in ["one", "two"] {
            let folder = home.join("dot").join(name);
            fs::create_dir_all(&folder).expect("made");
            fs::write(folder.join("config"), profile(name)).expect("written");
        }
        symlink("../dot/one/config", home.join(".aws/config")).expect("linked");
    });
    let dot = |name: &str| home.home.path().join("dot").join(name).join("config");
    fs::write(dot("one"), profile("changed")).expect("written");
    home.shows(&["changed"]);
    symlink("../dot/two/config", home.path("new")).expect("linked");
    fs::rename(home.path("new"), home.path("config")).expect("relinked");
    home.shows(&["two"]);
    fs::write(dot("two"), profile("again")).expect("written");
    home.shows(&["again"]);
}

#[test]
fn f052_a_folder_that_appears_later_is_seen_with_what_is_in_it() {
    let home = Watched::home(|_| {});
    fs::create_dir(home.path("")).expect("made");
    home.write("config", profile("later"));
    home.shows(&["later"]);
}

#[test]
fn f053_another_folder_in_the_place_of_the_old_one_is_seen_and_watched() {
    let home = Watched::home(with_config);
    let new = home.home.path().join("new");
    fs::create_dir(&new).expect("made");
    fs::write(new.join("config"), profile("b")).expect("written");
    let away = home.home.path().join("away");
    fs::rename(home.path(""), &away).expect("moved away");
    fs::rename(&new, home.path("")).expect("moved in");
    home.shows(&["b"]);
    home.save_by_rename("config", profile("c"));
    home.shows(&["c"]);
    fs::write(away.join("config"), profile("nobody looks here")).expect("written");
    home.write("config", profile("d"));
    home.shows(&["d"]);
}

/// The system gives the number of a folder that is gone to the next one, which is not the same folder for that.
#[test]
fn f053_a_folder_with_the_number_of_the_one_before_last_is_watched_too() {
    let home = Watched::home(with_config);
    let replace = |name: &str| {
        let [new, old] = ["new", "old"].map(|name| home.home.path().join(name));
        fs::create_dir(&new).expect("made");
        fs::write(new.join("config"), profile(name)).expect("written");
        fs::rename(home.path(""), &old).expect("moved away");
        fs::rename(&new, home.path("")).expect("moved in");
        fs::remove_dir_all(old).expect("removed");
    };
    for number in 0..20 {
        replace("between");
        replace(&format!("p{number}"));
        home.shows(&[&format!("p{number}")]);
        home.write("config", profile(&format!("q{number}")));
        home.shows(&[&format!("q{number}")]);
    }
}

#[test]
fn f054_ten_thousand_files_beside_it_and_the_last_state_is_right() {
    let home = Watched::home(with_config);
    for number in 0..10_000 {
        fs::write(home.path(&format!("other-{number}")), "").expect("written");
        if number % 1000 == 0 {
            home.write("config", profile(&format!("p{number}")));
        }
    }
    home.save_by_rename("config", profile("last"));
    home.shows(&["last"]);
}

#[test]
fn f058_a_storm_is_two_refreshes_a_second_and_a_touch_is_none() {
    let home = Watched::home(with_config);
    let (before, started) = (home.revision(), Instant::now());
    let mut text = String::new();
    for number in 0..1000 {
        text = format!("{}role_arn = {number}\n", profile("a"));
        home.save_by_rename("config", &text);
        // A thousand in two seconds.
        while started.elapsed() < Duration::from_millis(2) * number {
            std::thread::yield_now();
        }
    }
    home.until("the last one", || home.holds(File::Config, text.as_bytes()));
    let most = started.elapsed().as_millis() / 500 + 1;
    let refreshes = u128::from(home.revision() - before);
    println!(
        "1,000 writes in {:?}: {refreshes} refreshes",
        started.elapsed()
    );
    assert!(refreshes <= most, "{refreshes}, more than {most}");
    let before = home.revision();
    for _ in 0..5 {
        home.write("config", &text);
    }
    // A change elsewhere, so that there is something to wait for.
    home.write("credentials", "[b]\nregion = x\n");
    home.shows(&["a", "b"]);
    assert_eq!(home.revision(), before + 1);
}
