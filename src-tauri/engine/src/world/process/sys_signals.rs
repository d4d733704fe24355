//! A signal that would end the process in the middle of a save: with a limit on the size of files (`ulimit -f`), a write
//! beyond it is answered by SIGXFSZ. Somebody who takes it gets an error from the write instead, which has its sentence.
#![expect(unsafe_code, reason = "a signal handler that does nothing")]

/// From now on such a write fails, and ends nobody. A handler and not “ignore”, so that the programs that Rolecall
/// becomes have the signal as they know it.
pub(super) fn outlive_file_size_limits() {
    extern "C" fn nothing(_: libc::c_int) {}
    let nothing: extern "C" fn(libc::c_int) = nothing;
    // SAFETY: the handler touches nothing, and so may run at any moment.
    unsafe {
        libc::signal(libc::SIGXFSZ, nothing as libc::sighandler_t);
    }
}
