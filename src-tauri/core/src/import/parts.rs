//! The parts of a profile, gathered under the many names that tools have for them. What they come to is in `judge`.

use jiff::Timestamp;
use secrecy::zeroize::Zeroizing;

use crate::{
    caches,
    profiles::{
        arn,
        keys::{In, KEYS, Showing},
    },
};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Secret,
    Token,
    End,
    Account,
    /// A program that would be run.
    Command,
    /// A key of the profile, by its name in the files.
    Property(&'static str),
}

/// What a name stands for, in whatever case and with whatever between its words.
pub(super) fn field(name: &str) -> Option<Field> {
    let short: String = name
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    Some(match &*short {
        "awsaccesskeyid" | "accesskeyid" | "accesskey" | "awsaccesskey" => Field::Id,
        "awssecretaccesskey" | "secretaccesskey" | "secretkey" | "awssecretkey" => Field::Secret,
        "awssessiontoken" | "sessiontoken" | "awssecuritytoken" | "securitytoken" | "token" => {
            Field::Token
        }
        "awscredentialexpiration"
        | "expiration"
        | "awsexpiration"
        | "awssessionexpiration"
        | "xsecuritytokenexpires"
        | "expiresat" => Field::End,
        "awsaccountid" | "accountid" => Field::Account,
        "awsregion" | "awsdefaultregion" | "regionname" => Field::Property("region"),
        "awsendpointurl" => Field::Property("endpoint_url"),
        "awscabundle" => Field::Property("ca_bundle"),
        "credentialprocess" => Field::Command,
        _ => {
            let known = KEYS.iter().find(|key| {
                key.section == In::Profile
                    && key.showing == Showing::Plain
                    && !key.name.contains('.')
                    && key.name.eq_ignore_ascii_case(name)
            })?;
            Field::Property(known.name)
        }
    })
}

/// What was found of one profile so far.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    pub(super) secret: Option<Zeroizing<String>>,
    pub(super) token: Option<Zeroizing<String>>,
    pub(super) ends_at: Option<Timestamp>,
    pub(super) account: Option<String>,
    pub(super) role: Option<String>,
    pub(super) properties: Vec<(String, String)>,
    pub(super) command: Option<String>,
    pub(super) had_blanks: bool,
    pub(super) is_elsewhere: bool,
}

impl Parts {
    /// Takes a value under its name; a later one of the same name holds. Says whether the name means anything.
    pub(super) fn put(&mut self, name: &str, value: &str) -> bool {
        let Some(field) = field(name) else {
            return false;
        };
        let value = value.trim();
        if value.is_empty() || value == "null" {
            return true;
        }
        match field {
            Field::Id => self.id = self.key(value).map(|id| (*id).clone()),
            Field::Secret => self.secret = self.key(value),
            Field::Token => self.token = self.key(value),
            Field::End => self.ends_at = end(value).or(self.ends_at),
            Field::Account => self.account = arn::is_account_id(value).then(|| value.to_owned()),
            Field::Command => self.command = Some(value.to_owned()),
            Field::Property(key) => self.set(key, value),
        }
        true
    }

    /// Takes a property; a later one of the same key holds.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        self.properties.retain(|(known, _)| known != key);
        self.properties.push((key.to_owned(), value.to_owned()));
    }

    /// A key or token without the blanks and breaks that copying put into it; none where it is a variable's name.
    fn key(&mut self, value: &str) -> Option<Zeroizing<String>> {
        let blanks = value.contains(char::is_whitespace);
        self.had_blanks |= blanks;
        if value.starts_with(['$', '%', '<']) {
            self.is_elsewhere = true;
            return None;
        }
        let kept = value.chars().filter(|c| !c.is_whitespace());
        Some(Zeroizing::new(kept.collect()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.id.is_none()
            && self.secret.is_none()
            && self.token.is_none()
            && self.command.is_none()
            && self.properties.is_empty()
    }

    /// What it is called in a sentence.
    pub(super) fn called(&self) -> String {
        let name = self.name.as_ref().map(|name| format!("“{name}” has"));
        name.unwrap_or_else(|| "There is".into())
    }

    /// Takes account and role out of an ARN of a role or of its session.
    pub(super) fn principal(&mut self, text: &str) {
        let mut fields = text.splitn(6, ':').skip(4);
        let account = fields.next().filter(|text| arn::is_account_id(text));
        let role = fields.next().and_then(|resource| {
            let mut path = resource.split('/');
            match path.next()? {
                "assumed-role" => path.next(),
                "role" => path.next_back(),
                _ => None,
            }
        });
        self.account = account.map(str::to_owned).or(self.account.take());
        self.role = role.map(str::to_owned).or(self.role.take());
    }
}

/// A time as text, or as the milliseconds that the access portal's API has.
fn end(text: &str) -> Option<Timestamp> {
    let number = || {
        let number: i64 = text.parse().ok()?;
        if number > 100_000_000_000 {
            Timestamp::from_millisecond(number).ok()
        } else {
            Timestamp::from_second(number).ok()
        }
    };
    number().or_else(|| caches::time(text))
}
