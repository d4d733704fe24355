//! `rolecall`: the same journeys as the window, as verbs. Arguments in, text or JSON out; it decides nothing.
//! Its names, JSON keys and exit codes are a contract (`docs/cli.md`).
#![forbid(unsafe_code)]

mod arguments;
mod change;
mod consent;
mod diff;
mod history;
mod import;
mod keys;
mod portal;
mod print;
mod readers;
mod verbs;
mod why;

use std::process::ExitCode;

use clap::Parser;
use rolecall_engine::world::World;

fn main() -> ExitCode {
    let arguments = match arguments::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => return print::usage(&usage),
    };
    print::end(verbs::run(&World::real(), arguments))
}
