//! fish: between single quotes a backslash and a quote are written with a backslash before them.

use super::Line;

pub(super) fn write(lines: &[Line<'_>]) -> String {
    let quoted = |value: &str| value.replace('\\', r"\\").replace('\'', r"\'");
    let line = |line: &Line<'_>| match line.value {
        Some(value) => format!("set -gx {} '{}'\n", line.name, quoted(value)),
        None => format!("set -e {}\n", line.name),
    };
    lines.iter().map(line).collect()
}
