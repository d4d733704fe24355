//! Saves as the window does, for tests that kill it, refuse it things and race it.
//!   saver create             both files, where nothing is
//!   saver set VALUE          the region of the first profile of config
//!   saver many COUNT NAME    as many new lines `NAME_n = n`, one after another; `done`, and keeps watch until its input ends
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own"
)]

use std::{env, io::Read, process::ExitCode, sync::Arc};

use rolecall_engine::{
    Engine, Failure, Options,
    view::{Draft, FileKind, Resolution, SaveOutcome, TextChange},
    world::World,
};

const FILE: FileKind = FileKind::Config;

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["create"] => engine().create_files(&[FileKind::Config, FileKind::Credentials]),
        ["set", value] => set(&engine(), value),
        ["many", count, name] => many(count.parse().unwrap_or(0), name),
        _ => return ExitCode::from(2),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{} {}", failure.message, failure.hint);
            ExitCode::FAILURE
        }
    }
}

fn engine() -> Arc<Engine> {
    Engine::start(World::real(), Options::default())
}

fn set(engine: &Engine, value: &str) -> Result<(), Failure> {
    save(engine, |draft| {
        let line = draft.text.lines().nth(1).unwrap_or_default();
        TextChange {
            start_line: 2,
            start_column: 1,
            end_line: 2,
            end_column: u32::try_from(line.len() + 1).unwrap_or(u32::MAX),
            text: format!("region = {value}"),
        }
    })
}

/// Each below the header of another profile, with the watch of the window beside it.
fn many(count: usize, name: &str) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(|_| Failure::gone("The runtime"))?;
    let engine = engine();
    runtime.spawn(engine.clone().watch());
    for number in 0..count {
        save(&engine, |draft| {
            let header = draft.text.split('\n').enumerate();
            let mut headers = header.filter(|(_, line)| line.starts_with('['));
            let (line, _) = headers.nth(number % 300).unwrap_or_default();
            let below = u32::try_from(line + 2).unwrap_or(u32::MAX);
            TextChange {
                start_line: below,
                start_column: 1,
                end_line: below,
                end_column: 1,
                text: format!("{name}_{number} = {number}\n"),
            }
        })?;
    }
    println!("done");
    // Until then, what was saved is put back when somebody writes an old copy over it.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    Ok(())
}

/// Types and saves; when another program changed the same place, types it again on what is there now.
fn save(engine: &Engine, change: impl Fn(&Draft) -> TextChange) -> Result<(), Failure> {
    let mut draft = engine.open_draft(FILE)?;
    loop {
        if draft.moved.is_some() {
            draft = engine.resolve_draft(FILE, Resolution::LoadTheirs)?;
        }
        match engine.edit_draft(FILE, draft.version, &[change(&draft)]) {
            Ok(_) => {}
            // The watch showed the draft anew in between.
            Err(failure) if failure.cause == Some("draft.outOfStep") => {
                draft = engine.open_draft(FILE)?;
                continue;
            }
            Err(failure) => return Err(failure),
        }
        match engine.save_draft(FILE) {
            Ok(SaveOutcome::Saved { .. }) => return Ok(()),
            Ok(SaveOutcome::Conflict { .. }) => {}
            Err(failure) if failure.cause == Some("file.looksEmptied") => {}
            Err(failure) => return Err(failure),
        }
        draft = engine.resolve_draft(FILE, Resolution::LoadTheirs)?;
    }
}
