//! nushell: strings as JSON has them.

use super::Line;

pub(super) fn write(lines: &[Line<'_>]) -> String {
    let set = lines.iter().filter_map(|line| {
        let value = serde_json::Value::from(line.value?);
        Some(format!("\"{}\": {value}", line.name))
    });
    let set = set.collect::<Vec<_>>().join(", ");
    let line = |line: &Line<'_>| match line.value {
        Some(_) => String::new(),
        None => format!("hide-env -i {}\n", line.name),
    };
    let unset: String = lines.iter().map(line).collect();
    format!("load-env {{{set}}}\n{unset}")
}
