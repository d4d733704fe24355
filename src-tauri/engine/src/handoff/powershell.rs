//! PowerShell: between single quotes everything is itself but quotes, which are doubled. It takes four typographic
//! ones for quotes too.

use super::Line;

pub(super) fn write(lines: &[Line<'_>]) -> String {
    let line = |line: &Line<'_>| match line.value {
        Some(value) => format!("$Env:{} = '{}'\n", line.name, doubled(value)),
        None => format!("Remove-Item Env:\\{} -ErrorAction Ignore\n", line.name),
    };
    lines.iter().map(line).collect()
}

fn doubled(value: &str) -> String {
    let mut text = String::new();
    for c in value.chars() {
        text.push(c);
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}') {
            text.push(c);
        }
    }
    text
}
