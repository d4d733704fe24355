//! Runs one program to its end and prints what it cost as a line of JSON: milliseconds and bytes.
//! The system tells the peak memory of a child only once the child has gone, and counts in what its parent had when it
//! started it; so this is small, and a process of its own for each run.

use std::{
    env,
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use nix::sys::{
    resource::{UsageWho, getrusage},
    time::{TimeVal, TimeValLike},
};

fn main() -> ExitCode {
    let mut line = env::args_os().skip(1);
    let program = line.next().expect("say which program to run");
    let mut command = Command::new(program);
    command
        .args(line)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    let started = Instant::now();
    let status = command.status().expect("the program is there");
    let wall = started.elapsed();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    let milliseconds = |time: TimeVal| time.num_microseconds() as f64 / 1000.0;
    let cost = serde_json::json!({
        "wall": wall.as_secs_f64() * 1000.0,
        "user": milliseconds(usage.user_time()),
        "system": milliseconds(usage.system_time()),
        "memory": usage.max_rss() * 1024,
    });
    println!("{cost}");
    if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
