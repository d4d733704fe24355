//! `file.lone_cr`: lines that end in CR alone, as old Macs wrote them. The AWS CLI and Java read such a file; for
//! JavaScript, Rust and Go it is one long line.

use super::{Facts, Found, Rule, Severity};
use crate::{
    document::{Encoding, Ending},
    profiles::{File, Home, Place},
};

pub(super) const RULE: Rule = Rule {
    name: "file.lone_cr",
    severity: Severity::Warning,
    short: "old line ends",
    why: "The AWS CLI reads such lines. The SDKs for JavaScript, Rust and Go take them for one, and see other values or nothing.",
    source: "Recorded from aws-runtime 1.10, @smithy/shared-ini-file-loader 4.7 and Go v2 internal/ini",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for file in File::BOTH {
        let Some(document) = home.document(file) else {
            continue;
        };
        let is_text = !matches!(document.encoding(), Encoding::Utf16 | Encoding::Binary);
        if !is_text || document.tally().lone_crs == 0 {
            continue;
        }
        let lines = (0u32..).zip(document.lines());
        let alone: Vec<_> = lines
            .filter(|(_, line)| line.ending == Ending::Cr)
            .collect();
        let Some((number, line)) = alone.first() else {
            continue;
        };
        let place = Place {
            file,
            line: *number,
            span: line.span,
        };
        let message = if alone.len() + 1 >= document.lines().len() {
            format!(
                "{} ends its lines with CR alone, as old Macs did.",
                file.name()
            )
        } else {
            format!(
                "{} has {} lines that end with CR alone, the first is line {}.",
                file.name(),
                alone.len(),
                number + 1
            )
        };
        found
            .problem(place, message)
            .advice("Save the file with LF line ends; every editor offers that.");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn a_file_of_lone_crs_is_marked_once() {
        check_text(
            &RULE,
            "--- config\n[profile a]\rregion = x\r\n#^^^^^^^^^^ config ends its lines with CR alone, as old Macs did.\n",
        );
    }

    #[test]
    fn what_is_no_text_has_no_lines() {
        check_text(&RULE, "\0\0\0\0\r\0\0");
    }

    #[test]
    fn crlf_is_fine() {
        check_text(&RULE, "[profile a]\r\nregion = x\r\n");
    }
}
