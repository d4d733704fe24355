//! Files in places that real systems have: mounted by themselves, hard-linked, somebody else's, marked, full.

use std::{fs, os::unix::fs::MetadataExt};

use super::{Home, TEXT, said, with_region};

/// Other users and marks take root to make. A container has it, a person seldom.
fn is_root() -> bool {
    let is_root = fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    if !is_root {
        println!("skipped: this takes root");
    }
    is_root
}

/// A line that must save.
fn saves(home: &Home, line: &str) {
    let output = home.shell(line);
    assert!(output.status.success(), "{line}: {}", said(&output));
    assert_eq!(home.text(), with_region("new"), "{line}");
    assert!(home.beside().is_empty(), "{line}: {:?}", home.beside());
}

/// A line that must not, and says this.
fn refuses(home: &Home, line: &str, sentence: &str) {
    let output = home.shell(line);
    assert!(!output.status.success(), "{line}");
    assert!(
        said(&output).contains(sentence),
        "{line}: {}",
        said(&output)
    );
    assert_eq!(home.text(), TEXT, "{line}");
    assert!(home.beside().is_empty(), "{line}: {:?}", home.beside());
}

#[test]
fn f026_f027_access_lists_and_attributes_stay() {
    let home = Home::with(TEXT);
    // An access list in which user 1001 may read: as `setfacl -m u:1001:r` writes it.
    let set = "import os, struct; p = os.environ['HOME'] + '/.aws/config'\n\
        e = [(1, 6, 0xffffffff), (2, 4, 1001), (4, 4, 0xffffffff), (16, 4, 0xffffffff), (32, 0, 0xffffffff)]\n\
        os.setxattr(p, 'system.posix_acl_access', struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *x) for x in e))\n\
        os.setxattr(p, 'user.note', b'mine')";
    let get = "import os; p = os.environ['HOME'] + '/.aws/config'\n\
        print(sorted((n, os.getxattr(p, n)) for n in os.listxattr(p)))";
    let python = |code: &str| {
        let output = home.command("python3").args(["-c", code]).output();
        let output = output.expect("python runs");
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).expect("text")
    };
    python(set);
    let before = python(get);
    assert!(before.contains("posix_acl_access"), "{before}");
    saves(&home, "\"$SAVER\" set new");
    assert_eq!(python(get), before);
}

#[test]
fn f028_saml2aws_45_symlink_stays_a_link_and_its_target_gets_the_text() {
    let home = Home::with(TEXT);
    home.shell("mkdir ~/dot && mv ~/.aws/config ~/dot/config && ln -s ../dot/config ~/.aws/config");
    saves(&home, "\"$SAVER\" set new");
    let link = fs::read_link(home.config()).expect("a link still");
    assert_eq!(link.to_str(), Some("../dot/config"));
    let beside = fs::read_dir(home.path().join("dot")).expect("the folder");
    assert_eq!(beside.count(), 1);
}

#[test]
fn f032_a_hard_link_stays_one_file_under_both_names() {
    let home = Home::with(TEXT);
    home.shell("ln ~/.aws/config ~/backup");
    let inode = fs::metadata(home.config()).expect("there").ino();
    saves(&home, "\"$SAVER\" set new");
    let backup = fs::metadata(home.path().join("backup")).expect("there");
    let config = fs::metadata(home.config()).expect("there");
    assert_eq!((backup.ino(), config.ino()), (inode, inode));
}

#[test]
fn f025_a_file_of_another_user_stays_theirs() {
    if !is_root() {
        return;
    }
    let home = Home::with(TEXT);
    home.shell("chown 1001:1002 ~/.aws/config; chmod 664 ~/.aws/config; chown 1000 ~ ~/.aws; mkdir ~/data; chown 1000 ~/data");
    let probe = home.shell("setpriv --reuid 1000 --regid 1002 --clear-groups \"$SAVER\" set new");
    assert!(probe.status.success(), "{}", said(&probe));
    let config = fs::metadata(home.config()).expect("there");
    assert_eq!((config.uid(), config.gid()), (1001, 1002));
    assert_eq!(
        (home.text(), home.mode(".aws/config")),
        (with_region("new"), 0o664)
    );
}

#[test]
fn f024_mode_and_group_stay_in_a_folder_that_gives_its_own() {
    if !is_root() {
        return;
    }
    let home = Home::with(TEXT);
    home.shell(
        "chgrp 1002 ~/.aws; chmod 2755 ~/.aws; chown 0:1003 ~/.aws/config; chmod 640 ~/.aws/config",
    );
    saves(&home, "\"$SAVER\" set new");
    let config = fs::metadata(home.config()).expect("there");
    assert_eq!((config.gid(), home.mode(".aws/config")), (1003, 0o640));
}

#[test]
fn f035_a_folder_that_takes_no_files_is_no_obstacle() {
    let home = Home::with(TEXT);
    home.shell("mkdir ~/data; chmod 500 ~/.aws; [ $UID != 0 ] || chown -R 1000 ~");
    // Root may write anywhere.
    let other = if is_root() {
        "setpriv --reuid 1000 --clear-groups --regid 1000 "
    } else {
        ""
    };
    saves(&home, &format!("{other}\"$SAVER\" set new"));
    home.shell("chmod 700 ~/.aws");
}

#[test]
fn f037_a_single_mounted_file_is_written_on_both_sides() {
    let home = Home::with(TEXT);
    let mounted = "cp ~/.aws/config ~/outside; mount --bind ~/outside ~/.aws/config";
    let output = home.shell(&format!(
        "unshare -rm bash -c '{mounted} && \"$SAVER\" set new'"
    ));
    assert!(output.status.success(), "{}", said(&output));
    let outside = fs::read_to_string(home.path().join("outside")).expect("there");
    assert_eq!(outside, with_region("new"));
    assert_eq!(home.text(), TEXT, "what lies under the mount is untouched");
}

#[test]
fn f036_a_read_only_disk_is_named() {
    let home = Home::with(TEXT);
    let only = "mount --bind ~/.aws ~/.aws && mount -o remount,ro,bind ~/.aws";
    refuses(
        &home,
        &format!("unshare -rm bash -c '{only} && \"$SAVER\" set new'"),
        "the disk is read-only. The file is as it was",
    );
}

#[test]
fn f038_an_immutable_file_is_named() {
    if !is_root() {
        return;
    }
    let home = Home::with(TEXT);
    home.shell("chattr +i ~/.aws/config");
    refuses(&home, "\"$SAVER\" set new", "marked immutable (chattr +i)");
    home.shell("chattr -i ~/.aws/config");
}

#[test]
fn f039_a_full_disk_is_named_and_the_same_save_goes_well_when_there_is_room() {
    let home = Home::with(TEXT);
    let line = "mount -t tmpfs -o size=16k,nr_inodes=20 none ~/.aws && cp ~/full ~/.aws/config && \
        head -c 8k /dev/zero > ~/.aws/ballast; \"$SAVER\" set new; cmp ~/full ~/.aws/config || exit 9; \
        rm ~/.aws/ballast; \"$SAVER\" set new && cp ~/.aws/config ~/result; ls -A ~/.aws > ~/names";
    let padding = "# padding\n".repeat(700);
    fs::write(home.path().join("full"), format!("{TEXT}{padding}")).expect("written");
    let output = home.shell(&format!("unshare -rm bash -c '{line}'"));
    assert!(
        said(&output).contains("the disk is full. The file is as it was"),
        "{}",
        said(&output)
    );
    let result = fs::read_to_string(home.path().join("result"));
    assert_eq!(
        result.expect("saved once there was room"),
        format!("{}{padding}", with_region("new"))
    );
    let names = fs::read_to_string(home.path().join("names")).expect("listed");
    assert_eq!(names, "config\n");
}

#[test]
fn f042_a_limit_on_the_size_of_files_kills_nobody() {
    let home = Home::with(TEXT);
    let padding = "# padding\n".repeat(700);
    fs::write(home.config(), format!("{TEXT}{padding}")).expect("written");
    let output = home.shell("ulimit -f 2; \"$SAVER\" set new");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(
        said(&output).contains("The file is as it was"),
        "{}",
        said(&output)
    );
    assert_eq!(home.text(), format!("{TEXT}{padding}"));
    assert!(home.beside().is_empty());
}

#[test]
fn f043_without_descriptors_nothing_is_lost_and_with_them_it_goes_well() {
    let home = Home::with(TEXT);
    for limit in 4..12 {
        let output = home.shell(&format!("ulimit -n {limit}; \"$SAVER\" set new"));
        let text = home.text();
        assert!(
            output.status.success() == (text == with_region("new")),
            "{limit}"
        );
        assert!(
            text == TEXT || text == with_region("new"),
            "{limit}: {text}"
        );
        assert!(home.beside().is_empty(), "{limit}: {:?}", home.beside());
    }
    home.save("room");
    assert_eq!(home.text(), with_region("room"));
}
