//! The system's own way to open an address: `xdg-open`, `open`, `rundll32`; before them what the person says in
//! `BROWSER`, as the AWS CLI has it.
#![expect(clippy::disallowed_methods, reason = "this is the port")]

use std::{
    io,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::Browser;

/// What opens an address says within this that it can't.
const SOON: Duration = Duration::from_millis(700);

/// The system's own.
#[derive(Debug)]
pub struct RealBrowser;

impl Browser for RealBrowser {
    fn open(&self, url: &str) -> io::Result<()> {
        let mut command = program();
        command
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = command.spawn()?;
        let (tell, ended) = mpsc::channel();
        // A browser that was not running stays, and is nobody's child to wait for.
        thread::spawn(move || {
            // Nobody listens any more to one that ends late.
            let _ = tell.send(child.wait());
        });
        match ended.recv_timeout(SOON) {
            Ok(Ok(status)) if !status.success() => Err(io::Error::other(format!(
                "the browser did not open ({status})"
            ))),
            _ => Ok(()),
        }
    }
}

fn program() -> Command {
    let named = std::env::var_os("BROWSER").filter(|name| !name.is_empty());
    if let Some(named) = named {
        return Command::new(named);
    }
    if cfg!(target_os = "macos") {
        return Command::new("open");
    }
    if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        return command;
    }
    Command::new("xdg-open")
}
