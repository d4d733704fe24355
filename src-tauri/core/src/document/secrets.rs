//! Where a document holds secrets: the values of secret keys, also in lines that are commented out or broken, and
//! whatever else looks like one. Too much is hidden rather than too little.

use super::{Document, Kind, Span};
use crate::profiles::keys::{Showing, known};

/// The mark that masked text is made of.
pub(super) const BULLETS: &str = "••••";

/// The secret ranges of a document, in order, not overlapping.
pub fn secret_spans(document: &Document) -> Vec<Span> {
    let mut spans = Vec::new();
    // A secret key without a value of its own has it in the lines below.
    let mut below_secret = false;
    for line in document.lines() {
        match line.kind {
            Kind::Blank => {}
            Kind::Property { key, .. } => {
                let whole = document.whole_value(line).expect("the line is a property");
                below_secret = is_secret(document, key);
                if below_secret {
                    push(&mut spans, whole);
                } else {
                    in_property(document, key, whole, &mut spans);
                }
            }
            Kind::Continuation { value } if below_secret => push(&mut spans, value),
            Kind::Nested { value, .. } if below_secret => push(&mut spans, value),
            Kind::Nested { key, value } => {
                if is_secret(document, key) {
                    push(&mut spans, value);
                } else {
                    in_property(document, key, value, &mut spans);
                }
            }
            Kind::Continuation { .. } | Kind::Comment | Kind::Section { .. } | Kind::Junk => {
                below_secret &= matches!(line.kind, Kind::Comment);
                in_free_text(document, line.span, &mut spans);
            }
        }
    }
    spans
}

fn is_secret(document: &Document, key: Span) -> bool {
    known(&document.text(key)).is_some_and(|known| known.showing == Showing::Secret)
}

/// A value of another key: known plain keys are trusted, all else is searched for what looks like a secret.
fn in_property(document: &Document, key: Span, value: Span, spans: &mut Vec<Span>) {
    match known(&document.text(key)).map(|known| known.showing) {
        Some(Showing::Plain | Showing::Identifier) => {}
        Some(Showing::Command) => command(document, value, spans),
        Some(Showing::Secret) => push(spans, value),
        None => words(document, value, looks_secret, spans),
    }
}

/// Hides what follows a flag that asks for a secret, besides what looks like one.
fn command(document: &Document, value: Span, spans: &mut Vec<Span>) {
    let mut after_flag = false;
    let mut flagged = Vec::new();
    words(
        document,
        value,
        |word| {
            let lower = word.to_ascii_lowercase();
            let asks = |name: &str| {
                ["secret", "token", "password", "passphrase", "api-key"]
                    .iter()
                    .any(|w| name.contains(w))
            };
            let inline =
                lower.starts_with('-') && lower.split_once('=').is_some_and(|(flag, _)| asks(flag));
            let hide = after_flag || inline || looks_secret(word);
            after_flag = lower.starts_with('-') && !lower.contains('=') && asks(&lower);
            hide
        },
        &mut flagged,
    );
    spans.append(&mut flagged);
}

/// A comment or a broken line: `# aws_secret_access_key = …` hides its value, else every word is looked at.
fn in_free_text(document: &Document, line: Span, spans: &mut Vec<Span>) {
    let bytes = document.slice(line);
    let separator = bytes.iter().position(|byte| matches!(byte, b'=' | b':'));
    if let Some(at) = separator {
        let before = String::from_utf8_lossy(&bytes[..at]).to_ascii_lowercase();
        let key = before
            .trim_matches(|c: char| !c.is_ascii_alphanumeric())
            .rsplit([' ', '\t', '#', ';'])
            .next();
        let names_a_secret =
            key.is_some_and(|key| known(key).is_some_and(|known| known.showing == Showing::Secret));
        if names_a_secret {
            let start = line.start + u32::try_from(at).expect("within the line") + 1;
            let blanks = document
                .slice(Span {
                    start,
                    end: line.end,
                })
                .iter()
                .take_while(|b| b.is_ascii_whitespace())
                .count();
            let start = start + u32::try_from(blanks).expect("within the line");
            let trailing = document
                .slice(Span {
                    start,
                    end: line.end,
                })
                .iter()
                .rev();
            let trailing = trailing.take_while(|b| b.is_ascii_whitespace()).count();
            push(
                spans,
                Span {
                    start,
                    end: line.end - u32::try_from(trailing).expect("within the line"),
                },
            );
            return;
        }
    }
    words(document, line, looks_secret, spans);
}

fn words(
    document: &Document,
    within: Span,
    mut hide: impl FnMut(&str) -> bool,
    spans: &mut Vec<Span>,
) {
    let bytes = document.slice(within);
    let mut at = 0;
    for word in bytes.split(|byte| {
        matches!(
            byte,
            b' ' | b'\t' | b'"' | b'\'' | b'=' | b',' | 0x0b | 0x0c
        )
    }) {
        let start = within.start + u32::try_from(at).expect("within the document");
        let end = start + u32::try_from(word.len()).expect("within the document");
        if !word.is_empty() && hide(&String::from_utf8_lossy(word)) {
            push(spans, Span { start, end });
        }
        at += word.len() + 1;
    }
}

fn push(spans: &mut Vec<Span>, span: Span) {
    if !span.is_empty() {
        spans.push(span);
    }
}

/// A secret access key has 40 characters of base64, a session token hundreds; both mix cases and digits, which paths,
/// ARNs and hashes do not.
fn looks_secret(word: &str) -> bool {
    let run = word
        .split(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c)))
        .max_by_key(|run| run.len());
    run.is_some_and(|run| {
        let has = |test: fn(&u8) -> bool| run.as_bytes().iter().any(test);
        run.len() >= 40
            && has(u8::is_ascii_uppercase)
            && has(u8::is_ascii_lowercase)
            && has(u8::is_ascii_digit)
            && !run.starts_with('/')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    fn hidden(text: &str) -> Vec<String> {
        let document = Document::parse(text.as_bytes().to_vec());
        secret_spans(&document)
            .into_iter()
            .map(|span| document.text(span).into_owned())
            .collect()
    }

    #[test]
    fn the_values_of_secret_keys_are_hidden_with_all_that_follows_on_the_line() {
        assert_eq!(
            hidden("[a]\naws_secret_access_key = abc # not part\n"),
            ["abc # not part"]
        );
        assert_eq!(
            hidden("[a]\nAWS_Session_Token=t\n  goes on\n"),
            ["t", "goes on"]
        );
        assert_eq!(
            hidden("[a]\naws_session_token =\n  t\n\n  u = v\n"),
            ["t", "v"]
        );
    }

    #[test]
    fn secrets_in_comments_and_broken_lines_are_hidden() {
        assert_eq!(hidden("# aws_secret_access_key = short\n"), ["short"]);
        assert_eq!(
            hidden(&format!("; old one {SECRET} do not use\n")),
            [SECRET]
        );
        assert_eq!(hidden(&format!("[a]\nwhat is this {SECRET}\n")), [SECRET]);
    }

    #[test]
    fn plain_values_are_not_hidden() {
        let arn = "role_arn = arn:aws:iam::111122223333:role/aws-reserved/sso/AWSReservedSSO_Admin_0123456789abcdef";
        assert_eq!(
            hidden(&format!(
                "[a]\n{arn}\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
            )),
            [""; 0]
        );
        assert_eq!(
            hidden("# see /usr/share/doc/aReallyLongPathThatGoesOn4everAndEverAndEver/x\n"),
            [""; 0]
        );
    }

    #[test]
    fn an_unknown_key_with_a_secret_and_a_flag_that_asks_for_one_are_hidden() {
        assert_eq!(hidden(&format!("[a]\nmy_key = {SECRET}\n")), [SECRET]);
        assert_eq!(
            hidden("[a]\ncredential_process = /bin/x --token s3cr3t --for acme\n"),
            ["s3cr3t"]
        );
    }
}
