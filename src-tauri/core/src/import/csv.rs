//! The file that IAM offers once when it makes an access key, and those that it offered in earlier years.

use super::{Form, NotKeys, Reading, parts::Parts};

pub(super) fn read(text: &str) -> Option<Result<Reading, NotKeys>> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let head = lines.next()?;
    // A spreadsheet copies tabs, and saves semicolons in half of Europe.
    let separator = [',', '\t', ';']
        .into_iter()
        .max_by_key(|separator| head.matches(*separator).count())?;
    let names: Vec<String> = fields(head, separator);
    let is = |name: &str, wanted: &str| name.trim().eq_ignore_ascii_case(wanted);
    let has = |wanted: &str| names.iter().any(|name| is(name, wanted));
    if names.len() < 2 || !(has("Access key ID") || has("User name")) {
        return None;
    }
    if !has("Access key ID") {
        return Some(Err(NotKeys::new(
            "This file has a password for the console, and no access key.",
            "In IAM, choose the user, Security credentials, Create access key, and download that .csv file.",
        )));
    }
    let row = |line: &str| {
        let mut parts = Parts::default();
        for (name, value) in names.iter().zip(fields(line, separator)) {
            if is(name, "User name") {
                parts.name = Some(value.trim().to_owned()).filter(|name| !name.is_empty());
            } else if is(name, "Access key ID") || is(name, "Secret access key") {
                parts.put(name.trim(), &value);
            }
        }
        parts
    };
    let mut reading = Reading::of(Form::Csv, lines.map(row).collect());
    let note = "AWS shows this secret nowhere else. Delete the .csv file once the profile works.";
    reading.notes.push(note.into());
    Some(Ok(reading))
}

/// The fields of a line; one in quotes may have separators, and quotes twice.
fn fields(line: &str, separator: char) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        let field = fields.last_mut().expect("there is always one");
        match c {
            '"' if quoted && characters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => quoted = !quoted,
            c if c == separator && !quoted => fields.push(String::new()),
            c => field.push(c),
        }
    }
    fields
}
