//! boto3, in a process of its own that answers a call a line.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use local_aws::{Issued, LocalAws, documentation as d};
use serde_json::{Value, json};

/// A running boto3.
pub(crate) struct Boto3 {
    process: Child,
    calls: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// One call.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) service: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) parameters: Value,
    /// Unsigned without one.
    pub(crate) key: Option<Issued>,
    /// How long an answer may take, in seconds.
    pub(crate) patience: u32,
}

impl Boto3 {
    pub(crate) fn start() -> Self {
        let mut process = Command::new(super::program("python"))
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/caller.py"))
            .env_clear()
            .env("HOME", "/nonexistent")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let (calls, answers) = (process.stdin.take(), process.stdout.take());
        Self {
            process,
            calls,
            answers: BufReader::new(answers.expect("piped")),
        }
    }

    /// What boto3 says to this call.
    pub(crate) fn call(&mut self, aws: &LocalAws, call: &Call) -> Value {
        let line = json!({
            "url": aws.url(),
            "service": call.service,
            "operation": call.operation,
            "parameters": call.parameters,
            "key": call.key,
            "patience": call.patience,
        });
        let calls = self.calls.as_mut().expect("open until the end");
        writeln!(calls, "{line}").expect("boto3 listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("boto3 answers");
        serde_json::from_str(&answer).expect("an answer in JSON")
    }

    /// The keys in boto3's answer to a call that must go well.
    pub(crate) fn keys(&mut self, aws: &LocalAws, call: &Call) -> Issued {
        let answer = self.call(aws, call);
        let of = |name: &str| {
            let value = answer["ok"]["Credentials"][name].as_str();
            value.unwrap_or_else(|| panic!("{answer}")).to_owned()
        };
        Issued {
            key_id: of("AccessKeyId"),
            secret: of("SecretAccessKey"),
            token: Some(of("SessionToken")),
            ends: None,
        }
    }
}

impl Drop for Boto3 {
    fn drop(&mut self) {
        drop(self.calls.take());
        let _ = self.process.wait();
    }
}

/// Jo's own key.
pub(crate) fn jo() -> Issued {
    Issued {
        key_id: d::KEY_ID.to_owned(),
        secret: d::SECRET.to_owned(),
        token: None,
        ends: None,
    }
}

impl Call {
    pub(crate) fn identity() -> Self {
        Self::by_jo("GetCallerIdentity", json!({}))
    }

    pub(crate) fn session() -> Self {
        Self::by_jo("GetSessionToken", json!({}))
    }

    pub(crate) fn assume(role: &str) -> Self {
        Self::by_jo(
            "AssumeRole",
            json!({ "RoleArn": role, "RoleSessionName": "jo" }),
        )
    }

    /// Of a service that takes no signature.
    pub(crate) fn unsigned(
        service: &'static str,
        operation: &'static str,
        parameters: Value,
    ) -> Self {
        Self {
            service,
            operation,
            parameters,
            key: None,
            patience: 60,
        }
    }

    fn by_jo(operation: &'static str, parameters: Value) -> Self {
        Self {
            service: "sts",
            operation,
            parameters,
            key: Some(jo()),
            patience: 60,
        }
    }

    /// With this parameter; without it where the value is null.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let parameters = self.parameters.as_object_mut().expect("an object");
        match value.into() {
            Value::Null => parameters.remove(name),
            value => parameters.insert(name.to_owned(), value),
        };
        self
    }

    pub(crate) fn signed_by(mut self, key: Issued) -> Self {
        self.key = Some(key);
        self
    }
}
