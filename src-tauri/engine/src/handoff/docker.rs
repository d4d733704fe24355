//! The file of docker's `--env-file`: everything behind `=` is the value, quotes too. It can't unset; what is absent is
//! left out.

use super::Line;

pub(super) fn write(lines: &[Line<'_>]) -> String {
    let line = |line: &Line<'_>| Some(format!("{}={}\n", line.name, line.value?));
    lines.iter().filter_map(line).collect()
}
