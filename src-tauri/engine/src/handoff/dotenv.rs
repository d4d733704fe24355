//! A `.env` file, as compose, Astro and python-dotenv read it: bare where every reader agrees on what that is, else
//! between quotes. It can't unset; what is absent is left out.

use super::Line;

pub(super) fn write(lines: &[Line<'_>]) -> String {
    let line = |line: &Line<'_>| Some(format!("{}={}\n", line.name, quoted(line.value?)));
    lines.iter().filter_map(line).collect()
}

fn quoted(value: &str) -> String {
    let is_bare = !value.contains(['$', '\\', '`'])
        && !value.starts_with(['"', '\''])
        && !value.contains(" #")
        && !value.starts_with('#')
        && value.trim() == value;
    if is_bare {
        return value.to_owned();
    }
    if !value.contains('\'') {
        return format!("'{value}'");
    }
    let mut text = String::from('"');
    for c in value.chars() {
        if matches!(c, '\\' | '"' | '$' | '`') {
            text.push('\\');
        }
        text.push(c);
    }
    text + "\""
}
