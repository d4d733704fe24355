//! Whether anybody has a file open for writing, as Linux tells it: a read lease is granted only where nobody has. The one
//! call that rustix does not have.
#![expect(unsafe_code, reason = "fcntl with a file that is open, and numbers")]

use std::{
    io,
    os::fd::{AsFd, AsRawFd},
};

/// `linux/fcntl.h`; libc does not have it.
const F_SETSIG: libc::c_int = 10;

/// Whether another program has this file open for writing. It must be open for reading only here.
///
/// # Errors
/// `Unsupported` where the file system grants no leases, or the file is somebody else's.
pub(super) fn has_writers(file: impl AsFd) -> io::Result<bool> {
    let set = |what: libc::c_int, value: libc::c_int| {
        // SAFETY: the descriptor is open as long as `file` lives, and no memory is passed.
        match unsafe { libc::fcntl(file.as_fd().as_raw_fd(), what, value) } {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    };
    // Who breaks a lease has its holder told by a signal. This one is ignored unless somebody asks for it; the usual one
    // would end the process.
    set(F_SETSIG, libc::SIGURG)?;
    match set(libc::F_SETLEASE, libc::F_RDLCK) {
        // Given back at once: a writer that comes now must not wait for us.
        Ok(()) => set(libc::F_SETLEASE, libc::F_UNLCK).map(|()| false),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(true),
        Err(_) => Err(io::ErrorKind::Unsupported.into()),
    }
}
