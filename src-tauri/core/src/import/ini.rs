//! Sections with keys: the access portal's Option 2, or a file of another program. The crate rust-ini reads them, which
//! is right for what is not an AWS file; lines that it would stumble over are left out and counted.

use ini::{Ini, ParseOption};

use super::{Form, NotKeys, Reading, parts::Parts};
use crate::{
    dialect::canonical::{Header, header},
    profiles::{File, arn},
};

pub(super) fn read(text: &str) -> Option<Result<Reading, NotKeys>> {
    if !text.lines().any(is_header) {
        return None;
    }
    let (lines, mut left_out) = readable(text);
    let options = ParseOption {
        enabled_escape: false,
        ..ParseOption::default()
    };
    let ini = match Ini::load_from_str_opt(&lines, options) {
        Ok(ini) => ini,
        Err(error) => {
            return Some(Err(NotKeys::new(
                format!(
                    "It looks like an ini file, and line {} can't be read.",
                    error.line
                ),
                "Copy the section with the keys alone.",
            )));
        }
    };
    let mut reading = Reading::of(Form::Ini, Vec::new());
    for (name, properties) in &ini {
        let name = match name.map(|name| header(File::Config, &name.into())) {
            Some(Header::SsoSession(name) | Header::Services(name)) => {
                let note = format!("The section “{name}” is no profile, and was left out.");
                reading.notes.push(note);
                continue;
            }
            Some(Header::Profile(name)) => Some(name.into_owned()),
            Some(Header::Other) | None => name.map(|name| name.trim().to_owned()),
        };
        let mut parts = Parts::default();
        if let Some((account, role)) = name.as_deref().and_then(portal) {
            reading.form = Form::PortalBlock;
            (parts.account, parts.role) = (Some(account.to_owned()), Some(role.to_owned()));
        }
        parts.name = name.filter(|name| !name.is_empty());
        for (key, value) in properties {
            let taken = parts.put(key, value);
            left_out += usize::from(!taken);
        }
        reading.parts.push(parts);
    }
    match left_out {
        0 => {}
        1 => reading
            .notes
            .push("A line that means nothing to AWS tools was left out.".into()),
        more => {
            let note = format!("{more} lines that mean nothing to AWS tools were left out.");
            reading.notes.push(note);
        }
    }
    Some(Ok(reading))
}

/// `123456789012_RoleName`, as the portal names its blocks.
fn portal(name: &str) -> Option<(&str, &str)> {
    let (account, role) = name.split_once('_')?;
    (arn::is_account_id(account) && !role.is_empty()).then_some((account, role))
}

fn is_header(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.starts_with('[') && line.ends_with(']')
}

/// The lines that an ini reader understands, and how many are not among them: prose, and the lines of nested blocks.
fn readable(text: &str) -> (String, usize) {
    let (mut lines, mut left_out) = (Vec::new(), 0);
    let mut in_block = false;
    for line in text.lines() {
        let start = line.trim();
        let is_comment = start.starts_with(['#', ';']);
        let value = line.split_once(['=', ':']).map(|(_, value)| value.trim());
        in_block &= line.starts_with([' ', '\t']) && !is_header(line);
        if is_header(line) {
            lines.push(start);
        } else if start.is_empty() || is_comment {
        } else if in_block || value.is_none() || start.starts_with(['=', ':', '[']) {
            left_out += 1;
        } else {
            lines.push(start);
            in_block = value == Some("");
        }
    }
    (lines.join("\n"), left_out)
}
