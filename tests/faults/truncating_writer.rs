//! Another program, as bad as they come: reads the whole file, empties it, and writes it back with a line more, in place
//! and without a lock, as `aws configure set` does (aws-cli #10648), only faster.
//!   truncating-writer FILE COUNT NAME PAUSE    COUNT lines `NAME_n = n`, with up to PAUSE milliseconds in between
//!   truncating-writer FILE COUNT NAME PAUSE rename    the same as an editor saves: a file beside it takes its place
//!   truncating-writer FILE once BYTES          empties the file and dies, leaving this many bytes
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a program of its own, outside of the fence"
)]

use std::{
    env,
    fs::{self, File},
    io::{self, Write},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

fn main() -> io::Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse::<u64>().unwrap_or(0);
    match words.as_slice() {
        [file, "once", bytes] => {
            let old = fs::read(file)?;
            let keep = usize::try_from(number(bytes)).unwrap_or(0).min(old.len());
            File::create(file)?.write_all(&old[..keep])
        }
        [file, count, name, pause, how @ ..] => (0..number(count)).try_for_each(|at| {
            let new = with_line(file, &format!("{name}_{at} = {at}"), at)?;
            if how == ["rename"] {
                let beside = format!("{file}.swx");
                fs::write(&beside, new)?;
                fs::rename(beside, file)?;
            } else {
                // Emptied here, and whole again only when it is closed.
                File::create(file)?.write_all(new.as_bytes())?;
            }
            let spread = SystemTime::now().duration_since(UNIX_EPOCH);
            let spread = u64::from(spread.map_or(0, |now| now.subsec_micros()));
            thread::sleep(Duration::from_micros(spread % (number(pause) * 1000 + 1)));
            Ok(())
        }),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// What the file becomes with a line more at the end of one of its sections.
fn with_line(file: &str, line: &str, at: u64) -> io::Result<String> {
    let old = fs::read_to_string(file)?;
    let mut sections: Vec<_> = old.split_inclusive("\n\n").map(str::to_owned).collect();
    let count = sections.len().max(1);
    if let Some(section) = sections.get_mut(usize::try_from(at).unwrap_or(0) % count) {
        let end = section.trim_end().len();
        section.insert_str(end, &format!("\n{line}"));
    }
    Ok(sections.concat())
}
