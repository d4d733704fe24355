//! JSON: what STS, the access portal's API, IAM, a `credential_process`, `aws configure export-credentials`, a server's
//! metadata or `rolecall assume --json` answer. They differ in where the keys lie and in the case of their names.

use secrecy::zeroize::Zeroizing;
use serde_json::{Map, Value};

use super::{
    Form, NotKeys, Reading, airflow,
    parts::{Field, Parts, field},
};

pub(super) fn read(text: &str) -> Option<Result<Reading, NotKeys>> {
    let trimmed = text.trim();
    let is_json = trimmed.starts_with('{')
        || trimmed
            .strip_prefix('[')
            .is_some_and(|rest| rest.trim_start().starts_with('{'));
    is_json.then(|| {
        let json: Value = serde_json::from_str(&whole(trimmed)).map_err(|error| {
            let place = error.column();
            NotKeys::new(
                format!("It begins like JSON and is none, at character {place}."),
                "Copy all of it, from the first brace to the last.",
            )
        })?;
        if let Some(connections) = airflow::in_json(&json) {
            return connections;
        }
        let mut parts = Vec::new();
        walk(&json, &Parts::default(), &mut parts);
        Ok(Reading::of(Form::Json, parts))
    })
}

/// The text without its line breaks, which mean nothing in JSON but where a terminal broke a token or a number; inside
/// strings without the blanks behind them too.
fn whole(text: &str) -> Zeroizing<String> {
    let mut whole = Zeroizing::new(String::with_capacity(text.len()));
    let (mut in_string, mut escaped, mut after_break) = (false, false, false);
    for c in text.chars() {
        after_break = c == '\n' || (after_break && in_string && c == ' ');
        if after_break {
            continue;
        }
        if c == '"' && !escaped {
            in_string = !in_string;
        }
        escaped = in_string && c == '\\' && !escaped;
        whole.push(c);
    }
    whole
}

/// Gathers every object that has a key ID or a secret; `above` has what is known from around it.
fn walk(json: &Value, above: &Parts, parts: &mut Vec<Parts>) {
    match json {
        Value::Array(items) => items.iter().for_each(|item| walk(item, above, parts)),
        Value::Object(object) => {
            let mut here = context(object, above);
            let has_keys = object.iter().any(|(name, value)| {
                value.is_string() && matches!(field(name), Some(Field::Id | Field::Secret))
            });
            if has_keys {
                for (name, value) in object {
                    put(&mut here, name, value);
                }
                parts.push(here);
            } else {
                object.values().for_each(|value| walk(value, &here, parts));
            }
        }
        _ => {}
    }
}

/// Whose keys these are, as far as the object says.
fn context(object: &Map<String, Value>, above: &Parts) -> Parts {
    let mut here = Parts {
        name: above.name.clone(),
        account: above.account.clone(),
        role: above.role.clone(),
        ..Parts::default()
    };
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    let assumed = object
        .get("AssumedRoleUser")
        .and_then(|user| user.get("Arn"));
    if let Some(arn) = assumed.and_then(Value::as_str).or_else(|| text("arn")) {
        here.principal(arn);
    }
    if let Some(name) = text("UserName").or_else(|| text("profile")) {
        here.name = Some(name.to_owned());
    }
    here
}

fn put(parts: &mut Parts, name: &str, value: &Value) {
    match value {
        Value::String(text) => parts.put(name, text),
        Value::Number(number) => parts.put(name, &number.to_string()),
        _ => false,
    };
}
