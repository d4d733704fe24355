//! cmd: it has no quoting that holds everywhere, so what it could take for its own is refused.

use super::Line;
use crate::failure::Failure;

pub(super) fn write(lines: &[Line<'_>]) -> Result<String, Failure> {
    let line = |line: &Line<'_>| {
        let value = line.value.unwrap_or_default();
        if value.contains(['"', '%', '!', '^', '&', '<', '>', '|']) {
            return Err(Failure::not_exported(
                line.name,
                "contains a character that cmd takes for its own",
            ));
        }
        Ok(format!("set \"{}={value}\"\n", line.name))
    };
    lines.iter().map(line).collect()
}
