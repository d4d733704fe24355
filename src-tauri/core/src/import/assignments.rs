//! Variables that are set, in whatever way a shell, a `.env` file or a program's text sets them: what they have in common
//! is a name that AWS tools know, something between, and a value. The portal's Option 1 in its three forms is among them.

use super::{
    Form, NotKeys, Reading,
    parts::{Field, Parts, field},
};

/// Words that begin the next command of a line.
const BEGINS: [&str; 8] = [
    "export", "set", "setx", "setenv", "declare", "typeset", "&&", "env",
];

pub(super) fn read(text: &str) -> Option<Result<Reading, NotKeys>> {
    let mut parts = vec![Parts::default()];
    let mut any = false;
    let mut rest = text;
    while let Some((name, after)) = next_name(rest) {
        rest = after;
        let Some((value, after)) = value(after) else {
            continue;
        };
        any = true;
        rest = after;
        let last = parts.last_mut().expect("there is always one");
        if field(name) == Some(Field::Id) && last.id.is_some() {
            parts.push(Parts::default());
        }
        parts
            .last_mut()
            .expect("there is always one")
            .put(name, value);
    }
    any.then(|| Ok(Reading::of(Form::Variables, parts)))
}

/// The next name of ours that something is given to, and the text behind it.
fn next_name(text: &str) -> Option<(&str, &str)> {
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut from = 0;
    loop {
        let start = from + text[from..].find(in_name)?;
        let len = text[start..]
            .find(|c| !in_name(c))
            .unwrap_or(text.len() - start);
        let name = &text[start..start + len];
        let after = &text[start + len..];
        let is_ours = name
            .get(..3)
            .is_some_and(|head| head.eq_ignore_ascii_case("aws"));
        if is_ours && field(name).is_some() {
            let line = text[..start].rsplit('\n').next().unwrap_or_default();
            if let Some(after) = separated(line, after) {
                return Some((name, after));
            }
        }
        from = start + len;
    }
}

/// What is behind the separator of a name and its value: `=`, `:`, or a blank behind `set` of fish and `setenv` of csh.
fn separated<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    let behind = after
        .strip_prefix(['"', '\'', '}'])
        .unwrap_or(after)
        .trim_start_matches([' ', '\t']);
    if let Some(value) = behind.strip_prefix(['=', ':']) {
        return Some(value.strip_prefix('=').unwrap_or(value));
    }
    let mut words = before.split([';', '&']).next_back()?.split_whitespace();
    let sets = match words.next()? {
        "setenv" | "setx" => true,
        "set" => words.all(|word| word.starts_with('-') && !word.contains('e')),
        _ => false,
    };
    (sets && after.starts_with([' ', '\t'])).then_some(behind)
}

/// The value that a text begins with, and what is behind it.
fn value(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches([' ', '\t']);
    if let Some(quote) = text.chars().next().filter(|c| "\"'`".contains(*c)) {
        let (value, after) = text[1..].split_once(quote)?;
        return Some((value, after));
    }
    let end = text.find(['\n', ';', ',']).unwrap_or(text.len());
    let line = &text[..end];
    let mut kept = 0;
    for word in line.split_inclusive([' ', '\t']) {
        let trimmed = word.trim_end();
        let is_next = BEGINS.contains(&trimmed)
            || trimmed.starts_with('#')
            || trimmed.starts_with(['$', '-', '/']) && kept > 0
            || next_name(word).is_some();
        if is_next {
            break;
        }
        kept += word.len();
    }
    let value = line[..kept].trim_end().trim_end_matches(['"', '\'', '}']);
    Some((value, &text[kept..]))
}
