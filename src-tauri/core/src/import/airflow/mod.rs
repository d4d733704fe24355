//! An Airflow connection, as JSON, as URI, or as the variable `AIRFLOW_CONN_X` with either of them. What profiles it makes
//! is in `profiles`.

mod profiles;

use serde_json::{Map, Value};

use super::{NotKeys, Reading};
use profiles::reading;

const VARIABLE: &str = "AIRFLOW_CONN_";

/// A connection as Airflow has it.
#[derive(Default)]
struct Connection {
    name: Option<String>,
    kind: String,
    login: Option<String>,
    password: Option<String>,
    extra: Map<String, Value>,
}

/// A URI, or a variable with URI or JSON.
pub(super) fn read(text: &str) -> Option<Result<Reading, NotKeys>> {
    let (name, value) = match text.find(VARIABLE) {
        Some(at) => {
            let (name, value) = text[at + VARIABLE.len()..].split_once('=')?;
            (Some(name.trim().to_ascii_lowercase()), value.trim())
        }
        None => (None, text.trim()),
    };
    let quote = value.chars().next().filter(|c| "\"'".contains(*c));
    let value = match quote {
        Some(quote) => value[1..]
            .split(&format!("{quote}\n"))
            .next()?
            .trim_end_matches([quote, ';']),
        None => value.lines().next()?.trim_end(),
    };
    if value.starts_with('{') && name.is_some() {
        let json = serde_json::from_str(value).map_err(|error| {
            let said = format!("The connection is not JSON at column {}.", error.column());
            NotKeys::new(said, "Copy all of it, from the first brace to the last.")
        });
        return Some(json.and_then(|json: Value| {
            let object = json.as_object().cloned().unwrap_or_default();
            reading(vec![connection(&object, name)?])
        }));
    }
    let rest = value.strip_prefix("aws://")?;
    Some(uri(rest, name).and_then(|connection| reading(vec![connection])))
}

/// One connection as JSON, or those that Airflow exports.
pub(super) fn in_json(json: &Value) -> Option<Result<Reading, NotKeys>> {
    let is_one = |json: &Value| json.get("conn_type").is_some();
    let named: Vec<(Option<String>, &Value)> = match json {
        one if is_one(one) => vec![(None, one)],
        Value::Array(all) => all.iter().map(|one| (None, one)).collect(),
        Value::Object(all) => all
            .iter()
            .map(|(name, one)| (Some(name.clone()), one))
            .collect(),
        _ => return None,
    };
    let connections = named.into_iter().filter(|(_, one)| is_one(one));
    let connections: Vec<_> = connections
        .filter_map(|(name, one)| Some(connection(one.as_object()?, name)))
        .collect();
    if connections.is_empty() {
        return None;
    }
    let connections: Result<Vec<_>, _> = connections.into_iter().collect();
    Some(connections.and_then(reading))
}

fn connection(object: &Map<String, Value>, name: Option<String>) -> Result<Connection, NotKeys> {
    let text = |key: &str| object.get(key).and_then(text_of);
    Ok(Connection {
        name: name.or_else(|| text("conn_id")),
        kind: text("conn_type").unwrap_or_else(|| "aws".into()),
        login: text("login"),
        password: text("password"),
        extra: extra(object.get("extra"))?,
    })
}

fn extra(value: Option<&Value>) -> Result<Map<String, Value>, NotKeys> {
    let parsed = match value {
        None | Some(Value::Null) => return Ok(Map::new()),
        Some(Value::String(text)) if text.is_empty() => return Ok(Map::new()),
        Some(Value::String(text)) => serde_json::from_str(text).ok(),
        Some(value) => Some(value.clone()),
    };
    match parsed {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(NotKeys::new(
            "The connection's extra is no object.",
            "Its extra has the form {\"region_name\": \"eu-west-1\"}.",
        )),
    }
}

/// What is behind `aws://`.
fn uri(rest: &str, name: Option<String>) -> Result<Connection, NotKeys> {
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut connection = Connection {
        name,
        kind: "aws".into(),
        ..Connection::default()
    };
    match address.rsplit_once('@') {
        Some((user, _)) if user.contains('/') => {
            return Err(NotKeys::new(
                "The secret in the URI is not percent-encoded.",
                "Write / as %2F and + as %2B, or paste the connection as JSON.",
            ));
        }
        Some((user, _)) => {
            let (login, password) = user.split_once(':').unwrap_or((user, ""));
            connection.login = decoded(login);
            connection.password = decoded(password);
        }
        None if address.contains(':') => {
            return Err(NotKeys::half("There is no @ after the secret."));
        }
        None => {}
    }
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        if key == "__extra__" {
            connection
                .extra
                .extend(extra(Some(&value.into_owned().into()))?);
        } else {
            // A raw + in a token means a blank in a query; no token has blanks.
            let is_key = key.starts_with("aws_") && value.contains(' ');
            let value = if is_key {
                value.replace(' ', "+")
            } else {
                value.into_owned()
            };
            connection.extra.insert(key.into_owned(), value.into());
        }
    }
    Ok(connection)
}

fn decoded(text: &str) -> Option<String> {
    let text = format!("k={}", text.replace('+', "%2B").replace('&', "%26"));
    let (_, value) = form_urlencoded::parse(text.as_bytes()).next()?;
    Some(value.into_owned()).filter(|value| !value.is_empty())
}

/// Text, or a number as text.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
