//! What the service model says a parameter may be: lengths, ranges, characters. A request that breaks some of these is
//! told all of them in one sentence, as AWS does. Source: botocore 1.44.5, `data/sts/2011-06-15/service-2.json`.

use std::collections::BTreeMap;

use crate::refusal::{Answer, Refusal, refuse};

/// The parameters of a request, checked as they are taken.
pub(crate) struct Limits<'a> {
    parameters: &'a BTreeMap<String, String>,
    broken: Vec<String>,
}

/// The characters that a parameter may have: the pattern as AWS writes it, and as a question.
struct Pattern {
    text: &'static str,
    allows: fn(char) -> bool,
}

const ARN: Pattern = Pattern {
    text: r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+",
    allows: |c| "\t\n\r\u{85}".contains(c) || !c.is_control(),
};
const NAME: Pattern = Pattern {
    text: r"[\w+=,.@-]*",
    allows: |c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c),
};
const EXTERNAL_ID: Pattern = Pattern {
    text: r"[\w+=,.@:\/-]*",
    allows: |c| c.is_ascii_alphanumeric() || "_+=,.@:/-".contains(c),
};
const SERIAL: Pattern = Pattern {
    text: r"[\w+=/:,.@-]*",
    allows: |c| c.is_ascii_alphanumeric() || "_+=/:,.@-".contains(c),
};
const DIGITS: Pattern = Pattern {
    text: r"[\d]*",
    allows: |c| c.is_ascii_digit(),
};

impl<'a> Limits<'a> {
    pub(crate) fn of(parameters: &'a BTreeMap<String, String>) -> Self {
        Self {
            parameters,
            broken: Vec::new(),
        }
    }

    pub(crate) fn role_arn(&mut self) -> &'a str {
        self.required("RoleArn", 20, 2048, &ARN)
    }

    pub(crate) fn session_name(&mut self) -> &'a str {
        self.required("RoleSessionName", 2, 64, &NAME)
    }

    pub(crate) fn external_id(&mut self) -> Option<&'a str> {
        self.optional("ExternalId", 2, 1224, &EXTERNAL_ID)
    }

    pub(crate) fn serial_number(&mut self) -> Option<&'a str> {
        self.optional("SerialNumber", 9, 256, &SERIAL)
    }

    pub(crate) fn token_code(&mut self) -> Option<&'a str> {
        self.optional("TokenCode", 6, 6, &DIGITS)
    }

    /// Seconds: 900 to `most`.
    pub(crate) fn duration(&mut self, most: u32, otherwise: u32) -> Answer<u32> {
        let Some(text) = self.parameters.get("DurationSeconds") else {
            return Ok(otherwise);
        };
        let Ok(seconds) = text.parse::<i64>() else {
            return Err(refuse(
                400,
                "MalformedInput",
                "DurationSeconds is no whole number",
            ));
        };
        let constraint = if seconds < 900 {
            "Member must have value greater than or equal to 900".to_owned()
        } else if seconds > i64::from(most) {
            format!("Member must have value less than or equal to {most}")
        } else {
            return Ok(u32::try_from(seconds).unwrap_or(most));
        };
        self.break_it("DurationSeconds", &format!("'{text}'"), &constraint);
        Ok(otherwise)
    }

    /// Says no, with all that is broken, or nothing.
    pub(crate) fn hold(self) -> Answer<()> {
        let count = self.broken.len();
        if count == 0 {
            return Ok(());
        }
        let s = if count == 1 { "" } else { "s" };
        Err(Refusal::validation(format!(
            "{count} validation error{s} detected: {}",
            self.broken.join("; ")
        )))
    }

    fn required(&mut self, name: &str, least: usize, most: usize, pattern: &Pattern) -> &'a str {
        let value = self.optional(name, least, most, pattern);
        if value.is_none() {
            self.break_it(name, "null", "Member must not be null");
        }
        value.unwrap_or_default()
    }

    fn optional(
        &mut self,
        name: &str,
        least: usize,
        most: usize,
        pattern: &Pattern,
    ) -> Option<&'a str> {
        let value = self.parameters.get(name)?;
        let length = value.chars().count();
        let said = format!("'{value}'");
        if !value.chars().all(pattern.allows) {
            let constraint = format!(
                "Member must satisfy regular expression pattern: {}",
                pattern.text
            );
            self.break_it(name, &said, &constraint);
        }
        if length < least {
            let constraint = format!("Member must have length greater than or equal to {least}");
            self.break_it(name, &said, &constraint);
        }
        if length > most {
            let constraint = format!("Member must have length less than or equal to {most}");
            self.break_it(name, &said, &constraint);
        }
        Some(value)
    }

    /// Parameters are named as members of the model, which begin small.
    fn break_it(&mut self, name: &str, said: &str, constraint: &str) {
        let member = name[..1].to_ascii_lowercase() + &name[1..];
        self.broken.push(format!(
            "Value {said} at '{member}' failed to satisfy constraint: {constraint}"
        ));
    }
}
