//! `why`: which keys each SDK would use with a profile, step by step.

use std::fmt::Write as _;

use rolecall_engine::{
    Failure, Snapshot, escape_line,
    view::{Place, WhyDocument, WhySdk},
    world::World,
};

use crate::{
    arguments::{Reader as Chosen, dialects},
    print::{self, Ending},
    verbs::{How, failures},
};

/// `rolecall why NAME`.
pub(crate) fn why(
    world: &World,
    snapshot: &Snapshot,
    name: &str,
    engines: &[Chosen],
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

fn of_why(document: &WhyDocument) -> String {
    let mut text = String::new();
    for sdk in &document.sdks {
        writeln!(text, "{}: {}", sdk.engine, of_end(sdk)).expect("a String");
        if let Some(place) = sdk.looks_at.as_ref().filter(|_| document.looks_apart) {
            let path = |path: &Option<String>| {
                let path = path.as_deref().map(|path| escape_line(path).into_owned());
                path.unwrap_or_else(|| "no file".to_owned())
            };
            let (config, credentials) = (path(&place.config), path(&place.credentials));
            writeln!(text, "  by itself it looks at {config} and {credentials}").expect("a String");
        }
        for step in &sdk.steps {
            let what = escape_line(&step.what);
            let profile = escape_line(&step.profile);
            let place = of_place(step.at.as_ref());
            write!(text, "  {profile}: {what}{place}").expect("a String");
            if let Some(header) = &step.stands_in {
                write!(text, " That line stands below [{}].", escape_line(header))
                    .expect("a String");
            }
            text.push('\n');
        }
    }
    text
}

fn of_end(sdk: &WhySdk) -> String {
    if let Some(error) = &sdk.error {
        return format!("fails: {}{}", escape_line(error), of_place(sdk.at.as_ref()));
    }
    let mut end = escape_line(sdk.ends.as_deref().unwrap_or_default()).into_owned();
    for role in &sdk.roles {
        let role = escape_line(&role.role_arn);
        write!(end, ", then the role {role}").expect("a String");
    }
    end
}

fn of_place(at: Option<&Place>) -> String {
    at.map_or_else(String::new, |at| {
        format!(" ({}, line {})", at.file.name(), at.line)
    })
}
