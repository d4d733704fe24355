//! bash, zsh, and every other shell of the POSIX kind: between single quotes everything is itself but the quote.

use super::Line;

pub(super) fn write(lines: &[Line<'_>]) -> String {
    let line = |line: &Line<'_>| match line.value {
        Some(value) => format!("export {}='{}'\n", line.name, value.replace('\'', r"'\''")),
        None => format!("unset {}\n", line.name),
    };
    lines.iter().map(line).collect()
}
