//! The verbs about readers: `read --as` for those that read both files together, `compat`, `why`.

use std::fmt::Write;

use rolecall_engine::{
    Failure, Snapshot, escape_line,
    view::{
        CompatDocument, CompatReader, DifferentKey, EngineDocument, LinePlace, ReadSections,
        ReadValue, SeenAs, WhyDocument, WhySdk,
    },
    world::World,
};

use crate::{
    arguments::{Engine, dialects},
    print::{self, Ending},
    verbs::{How, failures},
};

pub(crate) fn read(snapshot: &Snapshot, engine: Engine, reveal: bool, how: How) -> Ending {
    let document = snapshot.engine_document(engine.into(), reveal);
    let printed = if how.json {
        print::json(&document)
    } else {
        print::out(&of_engine(&document))
    };
    print::with_failures(printed, &failures(snapshot))
}

pub(crate) fn compat(
    snapshot: &Snapshot,
    name: Option<&str>,
    engines: &[Engine],
    how: How,
) -> Result<Ending, Failure> {
    let document = snapshot.compat_document(name, &dialects(engines))?;
    let printed = if how.json {
        print::json(&document)
    } else {
        print::out(&of_compat(&document))
    };
    let is_same = |reader: &CompatReader| reader.seen == SeenAs::Same;
    let all_the_same = document
        .profiles
        .iter()
        .all(|profile| profile.readers.iter().all(is_same));
    let ended = if all_the_same {
        printed
    } else {
        printed.at_least(Ending::No)
    };
    Ok(print::with_failures(ended, &failures(snapshot)))
}

pub(crate) fn why(
    world: &World,
    snapshot: &Snapshot,
    name: &str,
    engines: &[Engine],
    how: How,
) -> Result<Ending, Failure> {
    let variable = |name: &str| world.env.var(name)?.into_string().ok();
    let document = snapshot.why_document(name, &dialects(engines), &variable)?;
    let printed = if how.json {
        print::json(&document)
    } else {
        print::out(&of_why(&document))
    };
    let finds_keys = |sdk: &WhySdk| sdk.base.as_ref().is_some_and(|base| base.is != "none");
    let ended = if document.sdks.iter().all(finds_keys) {
        printed
    } else {
        printed.at_least(Ending::No)
    };
    Ok(print::with_failures(ended, &failures(snapshot)))
}

fn of_engine(document: &EngineDocument) -> String {
    let mut text = String::new();
    if let Some(refusal) = &document.refusal {
        line(
            &mut text,
            &format!("{} {}", document.engine, of_seen(refusal)),
        );
    }
    for passed_over in &document.passed_over {
        line(
            &mut text,
            &format!(
                "{} sees nothing there: it {}",
                document.engine,
                of_seen(passed_over)
            ),
        );
    }
    for (kind, sections) in [
        ("profile", &document.profiles),
        ("sso-session", &document.sso_sessions),
        ("services", &document.services),
        ("other", &document.other),
    ] {
        of_sections(&mut text, kind, sections);
    }
    for error in document.profile_errors.values() {
        line(&mut text, &escape_line(error));
    }
    text
}

fn of_sections(text: &mut String, kind: &str, sections: &ReadSections) {
    for (name, properties) in sections {
        line(text, &format!("{kind} {}", escape_line(name)));
        for (key, value) in properties {
            match value {
                ReadValue::Text(value) => {
                    let value: Vec<_> = value.split('\n').map(escape_line).collect();
                    line(
                        text,
                        &format!("  {} = {}", escape_line(key), value.join(" ⏎ ")),
                    );
                }
                ReadValue::Block(block) => {
                    line(text, &format!("  {} =", escape_line(key)));
                    for (key, value) in block {
                        line(
                            text,
                            &format!("    {} = {}", escape_line(key), escape_line(value)),
                        );
                    }
                }
            }
        }
    }
}

fn of_compat(document: &CompatDocument) -> String {
    let mut text = String::new();
    for profile in &document.profiles {
        line(&mut text, &escape_line(&profile.name));
        for reader in &profile.readers {
            line(
                &mut text,
                &format!("  {:<8}  {}", reader.engine, of_seen(&reader.seen)),
            );
            if let SeenAs::Differs { differences } = &reader.seen {
                for difference in differences {
                    line(
                        &mut text,
                        &format!("            {}", of_difference(difference)),
                    );
                }
            }
        }
    }
    text
}

fn of_seen(seen: &SeenAs) -> String {
    match seen {
        SeenAs::Same => "reads it the same".to_owned(),
        SeenAs::Absent => "does not see it".to_owned(),
        SeenAs::Differs { .. } => "reads it differently".to_owned(),
        SeenAs::Refused {
            file,
            line: at,
            error,
        } => {
            let at = at.map_or_else(String::new, |at| format!(", line {at}"));
            let error: Vec<_> = error
                .split('\n')
                .map(|part| escape_line(part.trim()))
                .collect();
            format!("refuses {}{at}: {}", file.name(), error.join(" "))
        }
    }
}

fn of_difference(difference: &DifferentKey) -> String {
    let shown = |value: &Option<String>| {
        let lines = value.as_deref().unwrap_or("nothing").split('\n');
        lines
            .map(|part| escape_line(part).into_owned())
            .collect::<Vec<_>>()
            .join(" ⏎ ")
    };
    let key = escape_line(&difference.key);
    let mut told = format!(
        "{key}: {}, where Rolecall lists {}",
        shown(&difference.there),
        shown(&difference.here)
    );
    if let Some(of) = &difference.of {
        write!(told, "; the line belongs to {}", escape_line(of)).expect("writing to a String");
    }
    if difference.random {
        told += "; it changes from run to run";
    }
    told + &of_place(difference.at)
}

fn of_place(at: Option<LinePlace>) -> String {
    at.map_or_else(String::new, |at| {
        format!(" ({}, line {})", at.file.name(), at.line)
    })
}

fn of_why(document: &WhyDocument) -> String {
    let mut text = String::new();
    let places: Vec<_> = document
        .sdks
        .iter()
        .map(|sdk| sdk.looks_at.as_ref())
        .collect();
    let is_apart = places.iter().any(|place| place != &places[0]);
    for sdk in &document.sdks {
        line(&mut text, &format!("{}: {}", sdk.engine, of_end(sdk)));
        if let Some(place) = sdk.looks_at.as_ref().filter(|_| is_apart) {
            let (config, credentials) = (
                path(place.config.as_deref()),
                path(place.credentials.as_deref()),
            );
            line(
                &mut text,
                &format!("  by itself it looks at {config} and {credentials}"),
            );
        }
        for step in &sdk.steps {
            let what = escape_line(&step.what);
            line(
                &mut text,
                &format!(
                    "  {}: {what}{}",
                    escape_line(&step.profile),
                    of_place(step.at)
                ),
            );
        }
    }
    text
}

fn of_end(sdk: &WhySdk) -> String {
    if let Some(error) = &sdk.error {
        return format!("fails: {}{}", escape_line(error), of_place(sdk.at));
    }
    let base = sdk.base.as_ref();
    let from = base
        .and_then(|base| base.profile.as_deref())
        .map(escape_line);
    let mut end = match (base.map_or("none", |base| base.is), from) {
        ("none", _) | (_, None) => {
            "nothing in the profile gives keys; container and machine are asked".to_owned()
        }
        (is, Some(from)) => format!("{is} of {from}"),
    };
    for role in &sdk.roles {
        write!(end, ", then {}", escape_line(&role.role_arn)).expect("writing to a String");
    }
    end
}

fn path(path: Option<&str>) -> String {
    path.map_or_else(
        || "no file".to_owned(),
        |path| escape_line(path).into_owned(),
    )
}

fn line(text: &mut String, words: &str) {
    text.push_str(words);
    text.push('\n');
}
