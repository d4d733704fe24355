//! Values without names: the access portal's Option 3, or the lines of a web page with their labels. What is what follows
//! from its shape.

use secrecy::zeroize::Zeroizing;

use super::{Form, NotKeys, Reading, parts::Parts};

/// A secret access key has 40 characters of base64.
const SECRET: usize = 40;

pub(super) fn read(text: &str) -> Option<Result<Reading, NotKeys>> {
    let lines = text.lines().filter(|line| !is_label(line));
    let words: Vec<&str> = lines
        .flat_map(|line| line.split([' ', '\t', '"', '\'', ',', ';', '|']))
        .filter(|word| !word.is_empty())
        .collect();
    let at = words.iter().position(|word| is_id(word));
    let Some(at) = at else {
        return lone(&words);
    };
    let mut parts = Parts {
        id: Some(words[at].to_owned()),
        ..Parts::default()
    };
    // Before the ID stands nothing that is ours, and behind it all that is: in pieces, where a terminal broke it.
    let behind = words[at + 1..].iter().filter(|word| is_base64(word));
    let behind: Zeroizing<String> = Zeroizing::new(behind.copied().collect());
    if behind.len() >= SECRET {
        let (secret, token) = behind.split_at(SECRET);
        parts.secret = Some(Zeroizing::new(secret.to_owned()));
        parts.token = (!token.is_empty()).then(|| Zeroizing::new(token.to_owned()));
    }
    Some(Ok(Reading::of(Form::Values, vec![parts])))
}

/// One value of the three, which is not enough.
fn lone(words: &[&str]) -> Option<Result<Reading, NotKeys>> {
    let [word] = words else {
        return None;
    };
    let said = match word.len() {
        SECRET => "This looks like a secret access key alone.",
        100.. => "This looks like a session token alone.",
        _ => return None,
    };
    is_base64(word).then(|| Err(NotKeys::half(said)))
}

/// `AWS Access Key ID`, `Secret access key:`.
fn is_label(line: &str) -> bool {
    let words = line.split_whitespace();
    let short = words.clone().count() > 1 && words.clone().all(|word| word.len() < 16);
    short && !words.into_iter().any(is_id)
}

/// An access key ID, by what AWS's begin with (IAM User Guide, “IAM identifiers”).
fn is_id(word: &str) -> bool {
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    (16..=32).contains(&word.len())
        && ["AKIA", "ASIA"].iter().any(|kind| word.starts_with(kind))
        && word.chars().all(upper)
}

fn is_base64(word: &str) -> bool {
    word.chars()
        .all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c))
}
