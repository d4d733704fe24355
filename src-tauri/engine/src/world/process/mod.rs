//! Other programs: becoming one, and whether one still runs. Nothing else runs any.

mod real;
#[cfg(target_os = "linux")]
mod sys_signals;

use std::{ffi::OsString, fmt, io};

pub use real::RealProcess;

/// Other programs.
pub trait Process: Send + Sync + fmt::Debug {
    /// Turns this process into that program, with these variables set, and those without a value unset. Where the
    /// system can't do that it runs the program and answers its exit code.
    ///
    /// # Errors
    /// When there is no such program, or it can't be run.
    fn become_program(
        &self,
        argv: &[OsString],
        environment: &[(&'static str, Option<&str>)],
    ) -> io::Result<i32>;
    /// The number of this one.
    fn id(&self) -> u32;
    /// Whether a process of this number runs. Where the system does not say, it does.
    fn is_running(&self, id: u32) -> bool;
}

/// A world without programs but this one, which has a number.
#[cfg(any(test, feature = "fakes"))]
#[derive(Debug)]
pub struct FakeProcess(pub u32);

#[cfg(any(test, feature = "fakes"))]
impl Process for FakeProcess {
    fn become_program(
        &self,
        _: &[OsString],
        _: &[(&'static str, Option<&str>)],
    ) -> io::Result<i32> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn id(&self) -> u32 {
        self.0
    }

    fn is_running(&self, id: u32) -> bool {
        id == self.0
    }
}
