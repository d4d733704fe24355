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
        id.is_some_and(|id| test_kill_process(id) != Err(Errno::SRCH) && !has_ended(id))
    }

    #[cfg(not(unix))]
    fn is_running(&self, _id: u32) -> bool {
        true
    }
}

/// One that has ended keeps its number until its parent asks how; in a container that may be never.
#[cfg(target_os = "linux")]
fn has_ended(id: rustix::process::Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", id.as_raw_pid()));
    // The state is the first letter behind the name, which may hold anything but stands in parentheses.
    let state = stat.ok().and_then(|stat| {
        let (_, behind) = stat.rsplit_once(") ")?;
        behind.chars().next()
    });
    matches!(state, Some('Z' | 'X'))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn has_ended(_: rustix::process::Pid) -> bool {
    false
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_runs_until_it_has_ended_even_if_nobody_asks_how() {
        let process = RealProcess::new();
        assert!(process.is_running(process.id()));
        let mut child = Command::new("cat")
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("a program that waits for its input");
        let id = child.id();
        assert!(process.is_running(id));
        child.kill().expect("it runs");
        // Its exit is waited for without taking it.
        let state =
            || std::fs::read_to_string(format!("/proc/{id}/stat")).expect("not asked for yet");
        while !state().contains(") Z ") {
            std::thread::yield_now();
        }
        assert!(!process.is_running(id), "it is a zombie");
        child.wait().expect("it has ended");
        assert!(!process.is_running(id));
    }
}
