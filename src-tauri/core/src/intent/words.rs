//! Which names, keys and values every SDK reads alike. Source: `dialect` of the six readers, whose published grammars and
//! sources differ in everything that is refused here.

use super::Refusal;

/// Names that one of the readers takes for something of its own.
const TAKEN: [&str; 6] = [
    "__proto__",
    "constructor",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "DEFAULT",
];

/// Whether every SDK finds a profile of this name.
///
/// # Errors
/// Why not.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    let refused = |because| {
        Err(Refusal::Name {
            name: name.to_owned(),
            because,
        })
    };
    let Some(first) = name.chars().next() else {
        return refused("it is empty");
    };
    if name.contains([' ', '\t']) {
        return refused("most AWS SDKs don't find a name with a space in it");
    }
    let is_known = |c: char| c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c);
    if !name.chars().all(is_known) {
        return refused(
            "AWS SDKs read letters, digits and _ - / . % @ : + in a name, and not all read more",
        );
    }
    if !first.is_ascii_alphanumeric() && first != '_' {
        return refused("it does not begin with a letter, a digit or _");
    }
    if TAKEN.contains(&name) {
        return refused("one of the AWS SDKs means something else by it");
    }
    if name != "default" && name.eq_ignore_ascii_case("default") {
        return refused("AWS SDKs don't agree on whether it is the profile default");
    }
    Ok(())
}

/// Whether it can be the key of a property; nested ones have a dot.
///
/// # Errors
/// When it can't.
pub fn check_key(key: &str) -> Result<(), Refusal> {
    let is_word = |word: &str| {
        let is_known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        !word.is_empty() && word.chars().all(is_known)
    };
    if key.split('.').count() <= 2 && key.split('.').all(is_word) {
        return Ok(());
    }
    Err(Refusal::Key {
        key: key.to_owned(),
    })
}

/// Whether every SDK reads this value as it is meant.
///
/// # Errors
/// Why not.
pub fn check_value(key: &str, value: &str) -> Result<(), Refusal> {
    let refused = |because| {
        Err(Refusal::Value {
            key: key.to_owned(),
            because,
        })
    };
    if value.is_empty() {
        return refused("it is empty; to take the property away, unset it");
    }
    if value.chars().any(char::is_control) {
        return refused("it has a line break or another character that can't be shown");
    }
    if value.trim() != value {
        return refused("it begins or ends with a space, which AWS tools drop");
    }
    if value.starts_with(['#', ';']) || [" #", " ;"].iter().any(|mark| value.contains(mark)) {
        return refused("most AWS SDKs take # or ; behind a space for a comment");
    }
    let quote = value.chars().next().filter(|c| "\"'".contains(*c));
    if quote.is_some_and(|quote| value.ends_with(quote)) {
        return refused("some AWS SDKs take the quotes away and others don't");
    }
    Ok(())
}
