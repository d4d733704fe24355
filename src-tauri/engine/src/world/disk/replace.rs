//! Two files take each other's place on Windows, which has no such call: `ReplaceFileW` puts one in the other's place and
//! keeps the other under a third name, with access list, attributes and time of creation. What it may leave behind when
//! it fails is in its page of the Windows API, number by number. The calls themselves are in `sys_replace`.

use std::{
    io,
    path::{Path, PathBuf},
};

/// What the numbers mean: <https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-replacefilew>.
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;
const UNABLE_TO_REMOVE_REPLACED: i32 = 1175;
const UNABLE_TO_MOVE_REPLACEMENT: i32 = 1176;
const UNABLE_TO_MOVE_REPLACEMENT_2: i32 = 1177;

/// Virus scanners and indexers let go after some of these; all of them are two seconds.
const LOOKS: u32 = 40;

/// The calls of the system.
pub(super) trait Replacing {
    /// `new` takes the place of `old`, which is called `aside` from then on.
    fn replace(&self, old: &Path, new: &Path, aside: &Path) -> io::Result<()>;
    /// Nothing may be at `to`.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// 50 milliseconds.
    fn pause(&self);
}

/// What stood at `old` stands at `new` afterwards, and the other way round.
///
/// # Errors
/// `ResourceBusy` when another program holds one of them open for two seconds; else as the system says. Both are where
/// they were then.
pub(super) fn exchange(system: &impl Replacing, new: &Path, old: &Path) -> io::Result<()> {
    let aside = twin(new);
    let mut looks = 0;
    loop {
        match system.replace(old, new, &aside) {
            Ok(()) => return system.rename(&aside, new),
            Err(error) => match error.raw_os_error() {
                // The old one has its third name already, and the new one did not follow.
                Some(UNABLE_TO_MOVE_REPLACEMENT_2) => system.rename(&aside, old)?,
                Some(
                    SHARING_VIOLATION
                    | LOCK_VIOLATION
                    | UNABLE_TO_REMOVE_REPLACED
                    | UNABLE_TO_MOVE_REPLACEMENT,
                ) => {}
                _ => return Err(error),
            },
        }
        looks += 1;
        if looks == LOOKS {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        system.pause();
    }
}

/// Another name of the same kind, so that what a crash leaves there is found as the leftover that it is.
fn twin(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    let last = name.to_string_lossy().chars().last();
    let other = if last == Some('0') { "1" } else { "0" };
    let text = name.to_string_lossy();
    name = text[..text.len() - last.map_or(0, char::len_utf8)].into();
    name.push(other);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeMap};

    use super::*;

    const NEW: &str = "/aws/.config.rolecall-7-0a1b2c3d";
    const OLD: &str = "/aws/config";

    /// Files by their names, and the numbers that the next calls of `replace` fail with.
    struct Windows {
        files: RefCell<BTreeMap<PathBuf, &'static str>>,
        fails: RefCell<Vec<i32>>,
        pauses: RefCell<u32>,
    }

    impl Windows {
        fn that_fails(numbers: &[i32]) -> Self {
            let files = [(NEW, "new"), (OLD, "old")];
            Self {
                files: RefCell::new(files.map(|(name, text)| (name.into(), text)).into()),
                fails: RefCell::new(numbers.iter().rev().copied().collect()),
                pauses: RefCell::default(),
            }
        }

        fn take(&self, from: &Path, to: &Path) -> io::Result<()> {
            let mut files = self.files.borrow_mut();
            assert!(!files.contains_key(to), "something is at {}", to.display());
            let file = files.remove(from).ok_or(io::ErrorKind::NotFound)?;
            files.insert(to.to_owned(), file);
            Ok(())
        }

        fn files(&self) -> Vec<(String, &'static str)> {
            let files = self.files.borrow();
            let shown =
                |(name, text): (&PathBuf, &&'static str)| (name.display().to_string(), *text);
            files.iter().map(shown).collect()
        }
    }

    impl Replacing for Windows {
        fn replace(&self, old: &Path, new: &Path, aside: &Path) -> io::Result<()> {
            let fails = self.fails.borrow_mut().pop();
            if fails.is_none_or(|number| number == UNABLE_TO_MOVE_REPLACEMENT_2) {
                self.take(old, aside)?;
            }
            match fails {
                None => self.take(new, old),
                Some(number) => Err(io::Error::from_raw_os_error(number)),
            }
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.take(from, to)
        }

        fn pause(&self) {
            *self.pauses.borrow_mut() += 1;
        }
    }

    fn files(new: &'static str, old: &'static str) -> Vec<(String, &'static str)> {
        vec![(NEW.into(), new), (OLD.into(), old)]
    }

    #[test]
    fn f046_two_files_change_places_and_the_third_name_is_gone() {
        let windows = Windows::that_fails(&[]);
        exchange(&windows, NEW.as_ref(), OLD.as_ref()).expect("done");
        assert_eq!(windows.files(), files("old", "new"));
    }

    #[test]
    fn f046_a_file_that_somebody_holds_for_a_moment_is_waited_for_wherever_the_call_stopped() {
        for number in [32, 33, 1175, 1176, 1177] {
            let windows = Windows::that_fails(&[number; 3]);
            exchange(&windows, NEW.as_ref(), OLD.as_ref()).expect("done");
            assert_eq!(windows.files(), files("old", "new"), "{number}");
            assert_eq!(*windows.pauses.borrow(), 3, "{number}");
        }
    }

    #[test]
    fn f046_after_two_seconds_it_is_told_and_both_are_where_they_were() {
        for number in [32, 1177] {
            let windows = Windows::that_fails(&[number; 100]);
            let error = exchange(&windows, NEW.as_ref(), OLD.as_ref()).expect_err("held");
            assert_eq!(error.kind(), io::ErrorKind::ResourceBusy);
            assert_eq!(windows.files(), files("new", "old"), "{number}");
        }
        let windows = Windows::that_fails(&[5]);
        let error = exchange(&windows, NEW.as_ref(), OLD.as_ref()).expect_err("refused");
        assert_eq!(error.raw_os_error(), Some(5), "not waited for");
        assert_eq!(*windows.pauses.borrow(), 0);
    }
}
