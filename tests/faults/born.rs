//! Files that Rolecall makes are private from the first instant, as strace sees them born.

use std::fs;

use super::{Home, TEXT, said};

#[test]
fn f034_new_files_are_born_private_whatever_the_umask() {
    for umask in ["000", "077", "777"] {
        let home = Home::with(TEXT);
        fs::remove_dir_all(home.path().join(".aws")).expect("gone");
        let line =
            format!("umask {umask}; strace -f -qq -o log -e trace=openat,mkdir \"$SAVER\" create");
        let output = home.shell(&format!("cd \"$HOME\"; {line}"));
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(home.mode(".aws"), 0o700, "umask {umask}");
        assert_eq!(home.mode(".aws/config"), 0o600, "umask {umask}");
        assert_eq!(home.mode(".aws/credentials"), 0o600, "umask {umask}");
        let log = fs::read_to_string(home.path().join("log")).expect("a log");
        let created = log.lines().filter(|line| line.contains("O_CREAT|O_EXCL"));
        let created: Vec<_> = created.collect();
        assert!(created.len() >= 2, "{log}");
        assert!(
            created.iter().all(|line| line.contains("0600")),
            "{created:?}"
        );
        let folders = log.lines().filter(|line| line.contains(" mkdir("));
        assert!(
            folders.into_iter().all(|line| line.contains("0700")),
            "{log}"
        );
    }
}
