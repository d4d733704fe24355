//! What both disks promise, real and fake alike.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::mpsc,
    time::Duration,
};

use super::{Disk, FakeDisk, FileType, RealDisk};

/// Runs a claim on a fresh folder of each disk.
fn on_both(claim: impl Fn(&dyn Disk, &Path)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    claim(&RealDisk, folder.path());
    let fake = FakeDisk::new();
    fake.folder("/home");
    claim(&fake, Path::new("/home"));
}

fn write(disk: &dyn Disk, path: &Path, bytes: &[u8]) {
    let mut file = disk.create(path, 0o600).expect("a new file");
    assert_eq!(file.write(bytes).expect("written"), bytes.len());
    file.sync().expect("synced");
}

#[test]
fn a_new_file_has_exactly_its_mode_and_its_bytes() {
    on_both(|disk, home| {
        let path = home.join("config");
        write(disk, &path, b"[default]\n");
        let mut file = disk.open(&path).expect("opened");
        let stat = file.stat().expect("stat");
        assert_eq!(
            (stat.file_type, stat.size, stat.mode),
            (FileType::File, 10, Some(0o600))
        );
        let mut buffer = [0; 64];
        assert_eq!(file.read(&mut buffer).expect("read"), 10);
        assert_eq!(file.read(&mut buffer).expect("at the end"), 0);
    });
}

#[test]
fn what_is_there_is_never_created_again() {
    on_both(|disk, home| {
        let path = home.join("config");
        write(disk, &path, b"mine");
        assert_eq!(
            disk.create(&path, 0o600).err().map(|error| error.kind()),
            Some(ErrorKind::AlreadyExists)
        );
        disk.make_folder(&home.join("d"), 0o700)
            .expect("a new folder");
        let again = disk.make_folder(&home.join("d"), 0o700);
        assert_eq!(
            again.err().map(|error| error.kind()),
            Some(ErrorKind::AlreadyExists)
        );
        assert_eq!(disk.stat(&home.join("d")).expect("stat").mode, Some(0o700));
    });
}

#[test]
fn missing_things_and_folders_in_place_of_files_are_told() {
    on_both(|disk, home| {
        assert_eq!(
            disk.stat(&home.join("no")).err().map(|error| error.kind()),
            Some(ErrorKind::NotFound)
        );
        assert_eq!(
            disk.open(&home.join("no")).err().map(|error| error.kind()),
            Some(ErrorKind::NotFound)
        );
        assert_eq!(disk.stat(home).expect("stat").file_type, FileType::Folder);
        write(disk, &home.join("f"), b"");
        assert_eq!(
            disk.stat(&home.join("f/x")).err().map(|error| error.kind()),
            Some(ErrorKind::NotADirectory)
        );
    });
}

#[test]
fn two_files_take_each_others_place() {
    on_both(|disk, home| {
        write(disk, &home.join("a"), b"new");
        write(disk, &home.join("b"), b"older");
        let done = disk.exchange(&home.join("a"), &home.join("b"));
        // Not every file system that tests run on can do this.
        let size = |name| disk.stat(&home.join(name)).expect("stat").size;
        match done {
            Ok(()) => assert_eq!((size("a"), size("b")), (5, 3)),
            Err(error) => {
                assert_eq!(error.kind(), std::io::ErrorKind::Unsupported);
                assert_eq!((size("a"), size("b")), (3, 5));
            }
        }
        let taken = disk.rename_new(&home.join("a"), &home.join("b"));
        assert!(taken.is_err(), "something is there");
        assert!(disk.exchange(&home.join("a"), &home.join("c")).is_err());
    });
}

#[test]
fn rename_replaces_at_once_and_list_names_what_is_there() {
    on_both(|disk, home| {
        write(disk, &home.join("a"), b"new");
        write(disk, &home.join("b"), b"old");
        disk.rename(&home.join("a"), &home.join("b"))
            .expect("renamed");
        disk.sync_folder(home).expect("synced");
        assert_eq!(disk.list(home).expect("listed"), ["b"]);
        assert_eq!(disk.stat(&home.join("b")).expect("stat").size, 3);
        disk.remove(&home.join("b")).expect("removed");
        assert!(disk.list(home).expect("listed").is_empty());
    });
}

#[test]
fn a_change_in_a_watched_folder_is_heard_of() {
    on_both(|disk, home| {
        let (tell, heard) = mpsc::channel();
        let rumour = move || tell.send(()).unwrap_or_default();
        let mut watch = disk.watch(Box::new(rumour)).expect("watching");
        watch
            .set(&[home.to_owned(), home.join("not-there")])
            .expect("missing folders are passed over");
        write(disk, &home.join("config"), b"x");
        heard
            .recv_timeout(Duration::from_secs(20))
            .expect("a rumour");
    });
}

#[test]
fn links_are_followed_and_circles_are_told() {
    let real = tempfile::tempdir().expect("a temporary folder");
    std::os::unix::fs::symlink("b", real.path().join("a")).expect("a link");
    std::os::unix::fs::symlink("a", real.path().join("b")).expect("a link");
    let fake = FakeDisk::new();
    fake.link("/home/a", "b");
    fake.link("/home/b", "a");
    for (disk, home) in [
        (&RealDisk as &dyn Disk, real.path().to_owned()),
        (&fake, PathBuf::from("/home")),
    ] {
        let error = disk.stat(&home.join("a")).expect_err("a circle");
        assert_eq!(
            error.raw_os_error(),
            Some(rustix::io::Errno::LOOP.raw_os_error())
        );
        assert_eq!(
            disk.stat_link(&home.join("a"))
                .expect("the link itself")
                .file_type,
            FileType::Link
        );
        assert_eq!(
            disk.read_link(&home.join("a")).expect("its target"),
            Path::new("b")
        );
    }
}

#[test]
fn a_lock_is_had_by_one_and_free_again_when_it_is_let_go() {
    on_both(|disk, home| {
        let path = home.join("lock");
        let first = disk.lock(&path).expect("free");
        let second = disk.lock(&path).err().map(|error| error.kind());
        assert_eq!(second, Some(ErrorKind::WouldBlock));
        drop(first);
        disk.lock(&path).expect("free again");
    });
}

#[test]
fn changing_a_file_in_place_cuts_nothing_off_and_follows_no_link() {
    on_both(|disk, home| {
        let path = home.join("config");
        write(disk, &path, b"[default]\n");
        let mut open = disk.open_to_change(&path).expect("opened");
        open.reserve(1 << 12).expect("room");
        assert_eq!(disk.stat(&path).expect("stat").size, 10);
        assert_eq!(open.write(b"[new]").expect("written"), 5);
        assert_eq!(disk.stat(&path).expect("stat").size, 10);
        open.set_size(5).expect("cut");
        assert_eq!(disk.stat(&path).expect("stat").size, 5);
    });
    let real = tempfile::tempdir().expect("a temporary folder");
    write(&RealDisk, &real.path().join("a"), b"x");
    std::os::unix::fs::symlink("a", real.path().join("b")).expect("a link");
    assert!(RealDisk.open_to_change(&real.path().join("b")).is_err());
}

#[test]
fn attributes_go_from_one_file_to_another() {
    on_both(|disk, home| {
        let (one, other) = (home.join("one"), home.join("other"));
        write(disk, &one, b"");
        let mut open = disk.create(&other, 0o600).expect("a new file");
        open.take_attributes(&one).expect("none is none");
    });
    let real = tempfile::tempdir().expect("a temporary folder");
    let (one, other) = (real.path().join("one"), real.path().join("other"));
    write(&RealDisk, &one, b"");
    let set = rustix::fs::setxattr(&one, "user.note", b"mine", rustix::fs::XattrFlags::empty());
    // Not every file system that tests run on has room for them.
    if set != Err(rustix::io::Errno::OPNOTSUPP) {
        set.expect("set");
        let mut open = RealDisk.create(&other, 0o600).expect("a new file");
        open.take_attributes(&one).expect("taken");
        let mut value = [0; 8];
        let size = rustix::fs::getxattr(&other, "user.note", &mut value[..]);
        assert_eq!(&value[..size.expect("it is there")], b"mine");
    }
}

#[test]
fn a_program_that_has_a_file_open_for_writing_is_seen() {
    on_both(|disk, home| {
        let path = home.join("config");
        write(disk, &path, b"");
        let open = disk.open(&path).expect("opened");
        assert!(!open.has_writers().expect("leases"));
    });
    let real = tempfile::tempdir().expect("a temporary folder");
    let path = real.path().join("config");
    write(&RealDisk, &path, b"");
    let writer = RealDisk.open_to_change(&path).expect("opened");
    let open = RealDisk.open(&path).expect("opened");
    assert!(open.has_writers().expect("leases"));
    drop(writer);
    assert!(!open.has_writers().expect("leases"));
}
