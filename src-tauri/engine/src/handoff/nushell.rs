//! nushell: strings as JSON has them.

use super::Line;

pub(super) fn write(lines: &[Line<'_>]) -> String {
    let set = lines.iter().filter_map(|line| {
        let value = serde_json::Value::from(line.value?);
        Some(format!("\"{}\": {value}", line.name))
    });
    let set = set.collect::<Vec<_>>().join(", ");
    let unset = lines.iter().filter(|line| line.value.is_none());
    let unset: String = unset
        .map(|line| format!("hide-env -i {}\n", line.name))
        .collect();
    format!("load-env {{{set}}}\n{unset}")
}
