//! Takes away what copying added: marks of editors and chat programs, prompts, and line breaks where a terminal wrapped
//! a token.

use secrecy::zeroize::Zeroizing;

use super::parts::{Field, field};

/// A text ready to be read, and what was done to it.
pub(super) struct Tidied {
    pub(super) text: Zeroizing<String>,
    pub(super) notes: Vec<String>,
}

/// What stands before a line that was copied together with its prompt or bullet.
const PROMPTS: [&str; 8] = ["$ ", "% ", "❯ ", "➜ ", "> ", "• ", "· ", "* "];

/// A line that was wrapped is at least this long.
const WRAPS_AT: usize = 40;

pub(super) fn tidy(text: &str) -> Tidied {
    let mut notes = Vec::new();
    let plain = plain(text);
    if plain.1 {
        notes.push("Typographic quotes were read as straight ones.".to_owned());
    }
    let (text, wrapped) = unwrap(&plain.0);
    if wrapped {
        notes.push("Line breaks inside a key or token were taken out.".to_owned());
    }
    Tidied { text, notes }
}

/// The text with one kind of line break, blank and quote; whether there were other quotes.
fn plain(text: &str) -> (Zeroizing<String>, bool) {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut quotes = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let (becomes, is_quote) = match c {
            '\r' => {
                characters.next_if_eq(&'\n');
                ('\n', false)
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' => ('\n', false),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => (' ', false),
            // Nobody sees these, and no key has them.
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => continue,
            '“' | '”' | '„' | '‟' | '«' | '»' => ('"', true),
            '‘' | '’' | '‚' | '‛' => ('\'', true),
            c => (c, false),
        };
        quotes |= is_quote;
        plain.push(becomes);
    }
    (plain, quotes)
}

/// The text with lines put together that a terminal or a mail program broke; whether there were any.
fn unwrap(text: &str) -> (Zeroizing<String>, bool) {
    let mut whole = Zeroizing::new(String::with_capacity(text.len()));
    let mut wrapped = false;
    // A value of which more may come.
    let mut open = false;
    for line in text.split('\n') {
        let line = without_prompt(line);
        if line.trim_start().starts_with("```") {
            continue;
        }
        let piece = line.trim();
        if open && is_piece(piece) {
            let end = whole.trim_end().len();
            whole.truncate(end);
            whole.push_str(piece);
            wrapped = true;
        } else {
            if !whole.is_empty() {
                whole.push('\n');
            }
            open = opens(line);
            let goes_on = line.trim_end().strip_suffix('\\');
            whole.push_str(goes_on.unwrap_or(line));
        }
        let ends = piece.ends_with(['"', '\'', ';']);
        open &=
            !ends && (line.len() >= WRAPS_AT || whole.trim_end().ends_with(['=', ':', '"', '\'']));
    }
    (whole, wrapped)
}

/// A line that sets a key or token.
fn opens(line: &str) -> bool {
    let Some((name, _)) = line.split_once(['=', ':']) else {
        return false;
    };
    let name = name.trim_end_matches([' ', '\t', '"', '\'']);
    let start = name.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let name = start.map_or(name, |start| &name[start..]);
    matches!(
        field(name.trim_matches(|c: char| !c.is_ascii_alphanumeric())),
        Some(Field::Id | Field::Secret | Field::Token)
    )
}

/// What a wrapped token goes on with: the characters of one, and perhaps the end of its quotes.
fn is_piece(line: &str) -> bool {
    let value = line.trim_end_matches(['"', '\'', ';', ',']);
    let in_token = |c: char| c.is_ascii_alphanumeric() || "+/=_-".contains(c);
    let is_assignment = line
        .split_once('=')
        .is_some_and(|(name, _)| field(name).is_some());
    !line.is_empty()
        && value.chars().all(in_token)
        && !is_assignment
        && !matches!(value, "export" | "set" | "setx" | "unset")
}

fn without_prompt(line: &str) -> &str {
    let start = line.trim_start();
    if let Some(rest) = PROMPTS.iter().find_map(|prompt| start.strip_prefix(prompt)) {
        return rest;
    }
    // `PS C:\Users\jo> ` and `C:\Users\jo>`.
    let is_windows = start.starts_with("PS ") || start.get(1..3) == Some(":\\");
    match start.split_once('>') {
        Some((_, rest)) if is_windows => rest.trim_start(),
        _ => line,
    }
}
