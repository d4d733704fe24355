//! The two kinds of files of `sso/cache` whole, as they are used and written: a token, and a program's registration. What
//! Rolecall writes the AWS CLI and the SDKs use, and what they write Rolecall uses; keys of a file that are nobody's
//! business stay in it.
//! Source: botocore `tokens.py` and `utils.py` (`SSOTokenLoader`, `SSOTokenFetcher`); held against the AWS CLI itself in
//! `cli/tests`.

use std::sync::Arc;

use jiff::{Timestamp, fmt::temporal::DateTimePrinter};
use serde_json::{Map, Value, json};

use super::time;
use crate::{Purpose, Secret};

/// A token of a portal.
#[derive(Debug)]
pub struct SignIn {
    /// What opens the portal.
    pub access_token: Secret,
    /// Until when.
    pub ends_at: Timestamp,
    /// The portal's address, as it was signed in to.
    pub start_url: Option<String>,
    /// The portal's region.
    pub region: Option<String>,
    /// What gets the next one, where it can be had without a person.
    pub renewal: Option<Renewal>,
}

/// What gets the next token.
#[derive(Debug)]
pub struct Renewal {
    /// Good once.
    pub refresh_token: Secret,
    /// The program that it was given to.
    pub registration: Registration,
}

/// A program as the sign-in service knows it.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Its name there.
    pub client_id: String,
    /// What proves it.
    pub client_secret: Arc<Secret>,
    /// When the service forgets it.
    pub ends_at: Timestamp,
    /// How it may get tokens; empty where the file says nothing: then by code alone.
    pub grants: Vec<String>,
}

impl SignIn {
    /// Reads a token file; none where it is torn, or has no token.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let json: Value = serde_json::from_slice(bytes).ok()?;
        let text = |key: &str| {
            let text = json.get(key)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        let renewal = || {
            Some(Renewal {
                refresh_token: Secret::new(text("refreshToken")?),
                registration: Registration {
                    client_id: text("clientId")?,
                    client_secret: Secret::new(text("clientSecret")?).into(),
                    ends_at: time(&text("registrationExpiresAt")?)?,
                    grants: Vec::new(),
                },
            })
        };
        Some(Self {
            access_token: Secret::new(text("accessToken")?),
            ends_at: time(&text("expiresAt")?)?,
            start_url: text("startUrl"),
            region: text("region"),
            renewal: renewal(),
        })
    }

    /// The file as it is to be, in place of these bytes, of which it keeps what it does not know.
    pub fn written(&self, before: Option<&[u8]>) -> Vec<u8> {
        let mut json = kept(before);
        let mut set = |key: &str, value: Option<Value>| {
            match value {
                Some(value) => json.insert(key.to_owned(), value),
                None => json.remove(key),
            };
        };
        let open = |secret: &Secret| json!(secret.expose(Purpose::WriteCache, str::to_owned));
        let registration = self.renewal.as_ref().map(|renewal| &renewal.registration);
        set("startUrl", self.start_url.as_ref().map(|url| json!(url)));
        set("region", self.region.as_ref().map(|region| json!(region)));
        set("accessToken", Some(open(&self.access_token)));
        set("expiresAt", Some(written_time(self.ends_at)));
        set("clientId", registration.map(|known| json!(known.client_id)));
        set(
            "clientSecret",
            registration.map(|known| open(&known.client_secret)),
        );
        set(
            "registrationExpiresAt",
            registration.map(|known| written_time(known.ends_at)),
        );
        set(
            "refreshToken",
            self.renewal
                .as_ref()
                .map(|renewal| open(&renewal.refresh_token)),
        );
        Value::Object(json).to_string().into_bytes()
    }
}

impl Registration {
    /// Reads a registration; none where it is torn, or another kind of file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let json: Value = serde_json::from_slice(bytes).ok()?;
        let text = |key: &str| json.get(key)?.as_str().map(str::to_owned);
        let grants = json.get("grantTypes").and_then(Value::as_array);
        let grants = grants.into_iter().flatten().filter_map(Value::as_str);
        Some(Self {
            client_id: text("clientId")?,
            client_secret: Secret::new(text("clientSecret")?).into(),
            ends_at: time(&text("expiresAt")?)?,
            grants: grants.map(str::to_owned).collect(),
        })
    }

    /// The file as it is to be, in place of these bytes.
    pub fn written(&self, before: Option<&[u8]>, scopes: &[String]) -> Vec<u8> {
        let mut json = kept(before);
        let secret = self
            .client_secret
            .expose(Purpose::WriteCache, str::to_owned);
        json.insert("clientId".to_owned(), json!(self.client_id));
        json.insert("clientSecret".to_owned(), json!(secret));
        json.insert("expiresAt".to_owned(), written_time(self.ends_at));
        for (key, list) in [("scopes", scopes), ("grantTypes", self.grants.as_slice())] {
            if list.is_empty() {
                json.remove(key);
            } else {
                json.insert(key.to_owned(), json!(list));
            }
        }
        Value::Object(json).to_string().into_bytes()
    }

    /// Whether it may get tokens so.
    pub fn may(&self, grant: &str) -> bool {
        self.grants.is_empty() && grant != "authorization_code"
            || self.grants.iter().any(|known| known == grant)
    }
}

fn kept(before: Option<&[u8]>) -> Map<String, Value> {
    let before = before.and_then(|bytes| serde_json::from_slice(bytes).ok());
    before.unwrap_or_default()
}

/// Whole seconds with a `Z`, as the AWS CLI writes it: some readers take nothing else.
pub(super) fn written_time(at: Timestamp) -> Value {
    let whole = Timestamp::from_second(at.as_second()).unwrap_or(at);
    json!(DateTimePrinter::new().timestamp_to_string(&whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the AWS CLI 2.9 leaves it.
    const OF_THE_CLI: &str = r#"{"startUrl": "https://acme.awsapps.com/start", "region": "eu-west-1", "accessToken": "aoaEXAMPLE",
        "expiresAt": "2026-11-23T06:13:19Z", "clientId": "c", "clientSecret": "s", "registrationExpiresAt": "2027-02-20T22:13:13Z",
        "refreshToken": "aorEXAMPLE", "ofAnotherTool": {"stays": true}}"#;

    #[test]
    fn a_file_of_the_aws_cli_is_read_and_written_as_it_was() {
        let read = SignIn::read(OF_THE_CLI.as_bytes()).expect("a token");
        assert!(read.renewal.is_some());
        let written = read.written(Some(OF_THE_CLI.as_bytes()));
        let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).expect("JSON");
        assert_eq!(json(&written), json(OF_THE_CLI.as_bytes()));
    }

    #[test]
    fn a_token_that_can_not_be_renewed_takes_the_old_renewal_out_of_the_file() {
        let read = SignIn::read(br#"{"accessToken":"t","expiresAt":"2026-11-23T06:13:19UTC"}"#);
        let read = read.expect("a token of an old tool");
        assert!(read.renewal.is_none());
        let written = read.written(Some(OF_THE_CLI.as_bytes()));
        let text = String::from_utf8(written).expect("JSON");
        assert!(
            !text.contains("aorEXAMPLE") && !text.contains("clientSecret"),
            "{text}"
        );
        assert!(text.contains("ofAnotherTool"), "{text}");
    }

    #[test]
    fn a_registration_says_which_ways_it_may_go() {
        let file = |grants: &str| {
            let text = format!(
                r#"{{"clientId":"c","clientSecret":"s","expiresAt":"2027-02-20T22:13:13Z"{grants}}}"#
            );
            Registration::read(text.as_bytes()).expect("a registration")
        };
        let old = file("");
        assert!(
            old.may("urn:ietf:params:oauth:grant-type:device_code")
                && !old.may("authorization_code")
        );
        let new = file(r#","grantTypes":["authorization_code","refresh_token"]"#);
        assert!(
            new.may("authorization_code")
                && !new.may("urn:ietf:params:oauth:grant-type:device_code")
        );
        assert!(
            Registration::read(OF_THE_CLI.as_bytes())
                .is_some_and(|token| token.ends_at.as_second() > 0)
        );
    }

    #[test]
    fn a_torn_file_is_none() {
        for torn in [&OF_THE_CLI.as_bytes()[..90], b"", b"[]", b"{}"] {
            assert!(SignIn::read(torn).is_none());
        }
    }
}
