//! The AWS CLI against the binary as the demo starts it: one line of JSON says where it is, and it ends with its pipe.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use local_aws::documentation as d;
use serde_json::{Value, json};

struct Binary {
    process: Child,
    url: String,
}

impl Binary {
    fn start(arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_local-aws"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("it speaks");
        let said: Value = serde_json::from_str(&line).expect("JSON");
        let url = said["url"].as_str().expect("an address").to_owned();
        Self { process, url }
    }

    /// What `aws sts …` prints.
    fn aws(&self, arguments: &[&str], key: [&str; 3]) -> Value {
        let mut command = Command::new(super::program("aws"));
        command
            .args(["--endpoint-url", &self.url, "--output", "json", "sts"])
            .args(arguments)
            .env_clear()
            .env("HOME", "/nonexistent")
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_DEFAULT_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", key[0])
            .env("AWS_SECRET_ACCESS_KEY", key[1]);
        if !key[2].is_empty() {
            command.env("AWS_SESSION_TOKEN", key[2]);
        }
        let output = command.output().expect("the AWS CLI runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{error}");
        serde_json::from_slice(&output.stdout).expect("JSON")
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

#[test]
fn the_aws_cli_says_who_one_is_and_assumes_a_role() {
    let mut binary = Binary::start(&["--session-seconds", "120"]);
    let jo = [d::KEY_ID, d::SECRET, ""];
    let identity = binary.aws(&["get-caller-identity"], jo);
    assert_eq!(identity["Arn"], json!(d::USER));

    let arguments = [
        "assume-role",
        "--role-arn",
        d::ROLE,
        "--role-session-name",
        "jo",
    ];
    let keys = binary.aws(&arguments, jo)["Credentials"].take();
    let of = |name: &str| keys[name].as_str().expect("text");
    let end: jiff::Timestamp = of("Expiration").parse().expect("a time");
    let left = end.duration_since(jiff::Timestamp::now()).as_secs();
    assert!((60..=120).contains(&left), "two minutes, and not {left} s");
    let role = [of("AccessKeyId"), of("SecretAccessKey"), of("SessionToken")];
    let identity = binary.aws(&["get-caller-identity"], role);
    let session = "arn:aws:sts::111122223333:assumed-role/Deploy/jo";
    assert_eq!(identity["Arn"], json!(session));

    drop(binary.process.stdin.take());
    assert!(
        binary.process.wait().expect("it ends").success(),
        "with its pipe"
    );
}
