//! The command's contract: the real binary on real files, from outside.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::panic,
    reason = "the harness makes homes and runs the command"
)]

mod aws_cli;
mod bad_input;
mod canary;
mod change;
mod console;
mod content;
mod contract;
mod dialects;
mod history;
mod home;
mod import;
#[cfg(target_os = "linux")]
mod keyring;
mod keys;
mod killed;
mod places;
mod portal;
mod struck;
mod terminal;
