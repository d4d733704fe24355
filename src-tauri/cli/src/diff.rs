//! How a change of the two files is printed: per file and place, with `-` before what goes and `+` before what comes.

use std::fmt::Write as _;

use rolecall_engine::{
    escape_line,
    view::{FileChange, LineMark},
};

use crate::print::Look;

/// The change as text; each line is safe for a terminal.
pub(crate) fn text(changes: &[FileChange], look: Look) -> String {
    let mut text = String::new();
    for change in changes {
        for hunk in &change.hunks {
            writeln!(text, "{}, line {}", change.file.name(), hunk.line).expect("a String");
            for line in &hunk.lines {
                let (shape, colour) = match line.is {
                    LineMark::Kept => (' ', None),
                    LineMark::Removed => ('-', Some(31)),
                    LineMark::Added => ('+', Some(32)),
                };
                let line = format!("{shape} {}", escape_line(&line.text));
                let line = line.trim_end();
                match colour {
                    Some(colour) => writeln!(text, "{}", look.paint(line, colour)),
                    None => writeln!(text, "{line}"),
                }
                .expect("a String");
            }
        }
    }
    text
}
