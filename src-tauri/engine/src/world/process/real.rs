//! This computer's programs. On Unix the program takes our place: its exit code, its signals and its terminal are its
//! own, and nobody waits in between.
#![expect(clippy::disallowed_methods, reason = "this is the port")]

use std::{ffi::OsString, io, process::Command};

use super::Process;

/// This computer's programs.
#[derive(Debug)]
pub struct RealProcess(());

impl RealProcess {
    /// Sees to it that no limit of the system ends this one in the middle of a write.
    #[expect(clippy::new_without_default, reason = "it does something")]
    pub fn new() -> Self {
        #[cfg(target_os = "linux")]
        super::sys_signals::outlive_file_size_limits();
        Self(())
    }
}

impl Process for RealProcess {
    fn become_program(
        &self,
        argv: &[OsString],
        environment: &[(&'static str, Option<&str>)],
    ) -> io::Result<i32> {
        let (program, arguments) = argv
            .split_first()
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let mut command = Command::new(program);
        command.args(arguments);
        for (name, value) in environment {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        run(command)
    }

    fn id(&self) -> u32 {
        std::process::id()
    }

    #[cfg(unix)]
    fn is_running(&self, id: u32) -> bool {
        use rustix::{
            io::Errno,
            process::{Pid, test_kill_process},
        };
        let id = id.try_into().ok().and_then(Pid::from_raw);
        id.is_some_and(|id| test_kill_process(id) != Err(Errno::SRCH))
    }

    #[cfg(not(unix))]
    fn is_running(&self, _id: u32) -> bool {
        true
    }
}

#[cfg(unix)]
fn run(mut command: Command) -> io::Result<i32> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn run(mut command: Command) -> io::Result<i32> {
    Ok(command.status()?.code().unwrap_or(1))
}
