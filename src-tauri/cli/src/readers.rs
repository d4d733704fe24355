//! `read` and `compat`: the files as the SDKs have them, and who has them otherwise.

use std::fmt::Write as _;

use rolecall_engine::{
    Dialect, Failure, Snapshot,
    answers::{ReadBoth, ReadDocument, ReadFile, ReadFiles},
    escape_line,
    view::{CompatDocument, Difference, EngineReads, NotRead, Reader, Reading, Shown},
};

use crate::{
    arguments::{Reader as Chosen, dialects},
    print::{self, Ending},
    verbs::{How, failures},
};

/// `rolecall read --as ENGINE`.
pub(crate) fn read(snapshot: &Snapshot, engine: Chosen, reveal: bool, how: How) -> Ending {
    let document = snapshot.read_document(Dialect::from(engine), reveal);
    let printed = if how.json {
        print::json(&document)
    } else {
        print::out(&match &document {
            ReadDocument::Files(files) => each_file(files),
            ReadDocument::Both(both) => both_files(both),
        })
    };
    print::with_failures(printed, &failures(snapshot))
}

/// `rolecall compat [NAME]`.
pub(crate) fn compat(
    snapshot: &Snapshot,
    name: Option<&str>,
    engines: &[Chosen],
    how: How,
) -> Result<Ending, Failure> {
    let document = snapshot.compat_document(name, &dialects(engines))?;
    let printed = if how.json {
        print::json(&document)
    } else {
        print::out(&compared(&document, name.is_some()))
    };
    let mut readings = document
        .profiles
        .iter()
        .flat_map(|profile| &profile.readers);
    let ended = if readings.all(|reader| reader.reading == Reading::Same) {
        printed
    } else {
        printed.at_least(Ending::No)
    };
    Ok(print::with_failures(ended, &failures(snapshot)))
}

fn each_file(files: &ReadFiles) -> String {
    let mut text = String::new();
    for (name, file) in [
        ("config", &files.config),
        ("credentials", &files.credentials),
    ] {
        let said = match file {
            None => writeln!(text, "{name}: no file"),
            Some(ReadFile::Refused { error, .. }) => {
                writeln!(
                    text,
                    "{name}: {} refuses it: {}",
                    files.engine,
                    escape_line(error)
                )
            }
            Some(ReadFile::Read { sections, .. }) => {
                sections
                    .iter()
                    .fold(writeln!(text, "{name}:"), |said, section| {
                        let title = section.section.as_deref();
                        let title = title.unwrap_or("(before the first section)");
                        let lines = section
                            .properties
                            .iter()
                            .map(|(key, value)| (key.as_str(), value.as_str()));
                        said.and_then(|()| said_section(&mut text, title, lines))
                    })
            }
        };
        said.expect("a String");
    }
    text
}

fn both_files(both: &ReadBoth) -> String {
    let mut text = String::new();
    for file in &both.not_read {
        writeln!(text, "{}", refused(both.engine, file)).expect("a String");
    }
    let parts = [
        ("profiles", &both.profiles),
        ("sso-sessions", &both.sso_sessions),
        ("services", &both.services),
        ("other", &both.other),
    ];
    for (title, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
        writeln!(text, "{title}:").expect("a String");
        for (name, section) in part {
            let mut lines = Vec::new();
            for (key, value) in section.as_object().into_iter().flatten() {
                match value.as_object() {
                    None => {
                        lines.push((key.clone(), value.as_str().unwrap_or_default().to_owned()));
                    }
                    Some(block) => lines.extend(block.iter().map(|(inner, value)| {
                        (
                            format!("{key}.{inner}"),
                            value.as_str().unwrap_or_default().to_owned(),
                        )
                    })),
                }
            }
            let lines = lines
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str()));
            said_section(&mut text, name, lines).expect("a String");
        }
    }
    for (name, line) in &both.profile_errors {
        let line = line.as_str().unwrap_or_default();
        writeln!(
            text,
            "{} refuses to use {}: {line}",
            both.engine,
            escape_line(name)
        )
        .expect("a String");
    }
    text
}

fn said_section<'a>(
    text: &mut String,
    title: &str,
    lines: impl Iterator<Item = (&'a str, &'a str)>,
) -> std::fmt::Result {
    writeln!(text, "  [{}]", escape_line(title))?;
    for (key, value) in lines {
        writeln!(text, "    {} = {}", escape_line(key), in_one_line(value))?;
    }
    Ok(())
}

fn compared(document: &CompatDocument, is_one: bool) -> String {
    let mut text = String::new();
    if !is_one {
        for engine in &document.engines {
            writeln!(text, "{}", of_all(engine)).expect("a String");
        }
    }
    for profile in &document.profiles {
        let shown = |reader: &&Reader| match reader.reading {
            // A file that is refused as a whole is told once above.
            Reading::Same | Reading::Refuses { .. } => is_one,
            _ => true,
        };
        let readers: Vec<_> = profile.readers.iter().filter(shown).collect();
        if readers.is_empty() {
            continue;
        }
        let name = escape_line(&profile.name);
        writeln!(text, "{name}").expect("a String");
        for reader in readers {
            writeln!(text, "  {}", of_one(&profile.name, reader)).expect("a String");
        }
    }
    text
}

/// `Go (go): 40 the same, 1 otherwise, 1 not at all`.
fn of_all(engine: &EngineReads) -> String {
    let counts = [
        (engine.same, "the same"),
        (engine.differs, "otherwise"),
        (engine.absent, "not at all"),
        (engine.unusable, "refused"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<_> = counts
        .map(|(count, how)| format!("{count} {how}"))
        .collect();
    parts.extend(engine.not_read.iter().map(|file| {
        let place = place(file);
        format!("refuses {place}: {}", in_one_line(&file.error))
    }));
    if parts.is_empty() {
        parts.push("nothing to read".to_owned());
    }
    format!(
        "{} ({}): {}",
        engine.used_by,
        engine.engine,
        parts.join(", ")
    )
}

fn of_one(name: &str, reader: &Reader) -> String {
    let said = match &reader.reading {
        Reading::Same => "the same".to_owned(),
        Reading::Absent => "not at all".to_owned(),
        Reading::Unusable { file, line } => {
            format!("refuses to use it, because of {}, line {line}", file.name())
        }
        Reading::Refuses { file, line, error } => {
            let file = NotRead {
                file: *file,
                line: *line,
                error: error.clone(),
            };
            format!("refuses {}: {}", place(&file), in_one_line(error))
        }
        Reading::Differs {
            differences,
            signs_with,
        } => {
            let mut said = Vec::new();
            said.extend(signs_with.as_ref().map(|other| {
                format!(
                    "would sign as {} with {}'s keys",
                    escape_line(name),
                    escape_line(other)
                )
            }));
            said.extend(differences.iter().map(difference));
            said.join("; ")
        }
    };
    format!("{}: {said}", reader.used_by)
}

fn difference(Difference { key, here, there }: &Difference) -> String {
    let said = |shown: &Option<Shown>| match shown {
        None => "nothing".to_owned(),
        Some(Shown::Hidden) => "••••••••".to_owned(),
        Some(Shown::Text { text }) => in_one_line(text),
    };
    format!(
        "{} is {} instead of {}",
        escape_line(key),
        said(there),
        said(here)
    )
}

fn refused(engine: &str, file: &NotRead) -> String {
    format!(
        "{engine} refuses {}: {}",
        place(file),
        in_one_line(&file.error)
    )
}

fn place(NotRead { file, line, .. }: &NotRead) -> String {
    match line {
        Some(line) => format!("{}, line {line}", file.name()),
        None => file.name().to_owned(),
    }
}

fn in_one_line(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(escape_line).collect();
    lines.join(" ⏎ ")
}
