//! What AWS says no with: status, code and message, as each protocol writes them. The texts are AWS's own.

use serde_json::{Value, json};

use crate::call::Service;

/// A no.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Refusal {
    /// HTTP status.
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
}

pub(crate) type Answer<T> = Result<T, Refusal>;

/// A no with this status, code and message.
pub(crate) fn refuse(status: u16, code: &str, message: impl Into<String>) -> Refusal {
    Refusal {
        status,
        code: code.to_owned(),
        message: message.into(),
    }
}

impl Refusal {
    pub(crate) fn access_denied(message: impl Into<String>) -> Self {
        refuse(403, "AccessDenied", message)
    }

    pub(crate) fn validation(message: impl Into<String>) -> Self {
        refuse(400, "ValidationError", message)
    }

    pub(crate) fn bad_signature(message: impl Into<String>) -> Self {
        refuse(403, "SignatureDoesNotMatch", message)
    }

    /// One text for an unknown key, a missing token and a token that belongs to another key.
    pub(crate) fn unknown_key() -> Self {
        refuse(
            403,
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
        )
    }

    pub(crate) fn throttled() -> Self {
        refuse(400, "Throttling", "Rate exceeded")
    }

    pub(crate) fn region_disabled() -> Self {
        refuse(
            403,
            "RegionDisabledException",
            "STS is not activated in this region for account:111122223333. Your account administrator can activate STS \
             in this region using the IAM Console.",
        )
    }

    /// The portal's no to a token.
    pub(crate) fn unauthorized() -> Self {
        refuse(
            401,
            "UnauthorizedException",
            "Session token not found or invalid",
        )
    }

    /// The portal's no to whoever asks too often.
    pub(crate) fn too_many_requests() -> Self {
        refuse(429, "TooManyRequestsException", "Too many requests")
    }

    /// As the services that speak JSON write it; their kind of no is in a header besides.
    pub(crate) fn json(&self, service: Service) -> Value {
        match service {
            Service::Oidc => {
                json!({ "error": snake(&self.code), "error_description": self.message })
            }
            Service::SignIn => json!({ "error": self.message, "message": self.message }),
            _ => json!({
                "message": self.message,
                "__type": format!("com.amazonaws.switchboard.portal#{}", self.code),
            }),
        }
    }

    pub(crate) fn xml(&self, request_id: &str) -> String {
        let side = if self.status < 500 {
            "Sender"
        } else {
            "Receiver"
        };
        format!(
            "<ErrorResponse xmlns=\"{NAMESPACE}\">\n  <Error>\n    <Type>{side}</Type>\n    <Code>{}</Code>\n    \
             <Message>{}</Message>\n  </Error>\n  <RequestId>{request_id}</RequestId>\n</ErrorResponse>\n",
            escaped(&self.code),
            escaped(&self.message),
        )
    }
}

/// The answer to `action` whose result holds this XML.
pub(crate) fn result_xml(action: &str, inner: &str, request_id: &str) -> String {
    format!(
        "<{action}Response xmlns=\"{NAMESPACE}\">\n  <{action}Result>\n{inner}  </{action}Result>\n  <ResponseMetadata>\n    \
         <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</{action}Response>\n"
    )
}

/// `slow_down` of `SlowDownException`, as OAuth says it.
fn snake(code: &str) -> String {
    let mut out = String::new();
    for letter in code.trim_end_matches("Exception").chars() {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Text as XML holds it.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(c),
            // XML has no way to write these.
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}
