//! A request taken apart: which service is meant, what is asked of it, and with what. STS says it in a form; Identity
//! Center, its sign-in service and the console's say it in the path, and send JSON or a query.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Method, Request};
use serde_json::Value;

/// Who is asked. It decides how an answer is written, and a no above all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    /// The query protocol: forms in, XML out.
    Sts,
    /// `portal.sso`: accounts, roles and their keys.
    Portal,
    /// `oidc`: registrations and tokens.
    Oidc,
    /// `signin`: what `aws login` asks.
    SignIn,
    /// What a person sees in a browser.
    Page,
}

/// What is asked.
pub(crate) struct Call {
    pub(crate) service: Service,
    /// As the API says it, `ListAccounts`; of a page `DevicePage`.
    pub(crate) action: String,
    /// Form, query and JSON alike; a list's values are joined by blanks.
    pub(crate) parameters: BTreeMap<String, String>,
}

impl Call {
    pub(crate) fn of(request: &Request<Bytes>) -> Self {
        let path = request.uri().path();
        let named = match (request.method(), path) {
            (&Method::GET, "/assignment/accounts") => Some((Service::Portal, "ListAccounts")),
            (&Method::GET, "/assignment/roles") => Some((Service::Portal, "ListAccountRoles")),
            (&Method::GET, "/federation/credentials") => {
                Some((Service::Portal, "GetRoleCredentials"))
            }
            (&Method::POST, "/logout") => Some((Service::Portal, "Logout")),
            (&Method::POST, "/client/register") => Some((Service::Oidc, "RegisterClient")),
            (&Method::POST, "/device_authorization") => {
                Some((Service::Oidc, "StartDeviceAuthorization"))
            }
            (&Method::POST, "/token") => Some((Service::Oidc, "CreateToken")),
            (&Method::POST, "/v1/token") => Some((Service::SignIn, "CreateOAuth2Token")),
            (_, "/authorize") => Some((Service::Page, "AuthorizePage")),
            (_, "/device") => Some((Service::Page, "DevicePage")),
            _ => None,
        };
        let (service, action) = match named {
            Some((service, action)) => (service, Some(action)),
            None => (Service::Sts, None),
        };
        let mut parameters = match service {
            Service::Oidc | Service::SignIn => of_json(request.body()),
            _ => of_form(request),
        };
        let action = match action {
            Some(action) => action.to_owned(),
            None => parameters.remove("Action").unwrap_or_default(),
        };
        Self {
            service,
            action,
            parameters,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let value = self.parameters.get(name).map(String::as_str);
        value.filter(|value| !value.is_empty())
    }

    /// A list, or the words of a text.
    pub(crate) fn words(&self, name: &str) -> Vec<String> {
        let words = self.get(name).unwrap_or_default().split_whitespace();
        words.map(str::to_owned).collect()
    }
}

fn of_form(request: &Request<Bytes>) -> BTreeMap<String, String> {
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let form = if request.method() == Method::POST {
        request.body()
    } else {
        query
    };
    form_urlencoded::parse(form).into_owned().collect()
}

fn of_json(body: &[u8]) -> BTreeMap<String, String> {
    let Ok(Value::Object(json)) = serde_json::from_slice(body) else {
        return BTreeMap::new();
    };
    let text = |value: Value| match value {
        Value::String(text) => Some(text),
        Value::Array(list) => {
            let words: Vec<_> = list.iter().filter_map(Value::as_str).collect();
            Some(words.join(" "))
        }
        Value::Null => None,
        other => Some(other.to_string()),
    };
    let pairs = json.into_iter();
    pairs
        .filter_map(|(name, value)| Some((name, text(value)?)))
        .collect()
}
