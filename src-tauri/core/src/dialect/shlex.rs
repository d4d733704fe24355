//! Python's `shlex.split`: how botocore takes the words of a config header apart, quotes and backslashes as in a shell.
//! Source: Python's `Lib/shlex.py`, POSIX mode, no comments.

/// The words; none where a quote is not closed or the text ends in a backslash.
pub(super) fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut letters = text.chars().peekable();
    loop {
        while letters.next_if(|letter| is_blank(*letter)).is_some() {}
        if letters.peek().is_none() {
            return Some(words);
        }
        let mut word = String::new();
        while let Some(letter) = letters.next_if(|letter| !is_blank(*letter)) {
            match letter {
                '\\' => word.push(letters.next()?),
                '\'' => loop {
                    match letters.next()? {
                        '\'' => break,
                        letter => word.push(letter),
                    }
                },
                '"' => loop {
                    match letters.next()? {
                        '"' => break,
                        '\\' => match letters.next()? {
                            letter @ ('"' | '\\') => word.push(letter),
                            letter => word.extend(['\\', letter]),
                        },
                        letter => word.push(letter),
                    }
                },
                letter => word.push(letter),
            }
        }
        words.push(word);
    }
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_taken_apart_as_a_shell_would() {
        let words = |text| split(text).map(|words| words.join("|"));
        assert_eq!(words("profile a").as_deref(), Some("profile|a"));
        assert_eq!(
            words(r#"profile "my team" "#).as_deref(),
            Some("profile|my team")
        );
        assert_eq!(
            words(r"profile a\b 'c\d'").as_deref(),
            Some(r"profile|ab|c\d")
        );
        assert_eq!(words(r#""a\"b\c" x"" """#).as_deref(), Some(r#"a"b\c|x|"#));
        assert_eq!(words("profile bob's"), None, "a quote that nothing closes");
        assert_eq!(words("a\\"), None, "a backslash at the end");
    }
}
