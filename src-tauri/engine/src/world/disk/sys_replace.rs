//! The two calls of Windows that std does not have.
#![expect(
    unsafe_code,
    reason = "paths that end with a zero, and no other memory"
)]

use std::{io, os::windows::ffi::OsStrExt, path::Path, ptr, thread::sleep, time::Duration};

use windows_sys::Win32::Storage::FileSystem::{
    MOVEFILE_WRITE_THROUGH, MoveFileExW, REPLACEFILE_WRITE_THROUGH, ReplaceFileW,
};

use super::replace::Replacing;

/// This computer's Windows.
pub(super) struct Windows;

impl Replacing for Windows {
    fn replace(&self, old: &Path, new: &Path, aside: &Path) -> io::Result<()> {
        let (old, new, aside) = (wide(old), wide(new), wide(aside));
        // SAFETY: three texts that end with a zero and live until the call is over; the last two are always null.
        let done = unsafe {
            ReplaceFileW(
                old.as_ptr(),
                new.as_ptr(),
                aside.as_ptr(),
                REPLACEFILE_WRITE_THROUGH,
                ptr::null(),
                ptr::null(),
            )
        };
        said(done)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (wide(from), wide(to));
        // SAFETY: two texts that end with a zero and live until the call is over.
        said(unsafe { MoveFileExW(from.as_ptr(), to.as_ptr(), MOVEFILE_WRITE_THROUGH) })
    }

    fn pause(&self) {
        sleep(Duration::from_millis(50));
    }
}

fn said(done: i32) -> io::Result<()> {
    if done == 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(())
    }
}

fn wide(path: &Path) -> Vec<u16> {
    path.as_os_str().encode_wide().chain([0]).collect()
}
