//! Sharing `~/.aws/sso/cache` with the real AWS CLI v2: what each of the two leaves there the other goes on with. Debian's
//! 2.9.19 knows no endpoint of its own for portals; it is sent to `local-aws` by another set of rules for endpoints.

use std::{fs, path::Path, process::Command, thread};

use serde_json::{Value, json};

use super::{
    home::Ran,
    portal::{Bench, TOKEN},
};

const AWS: &str = "/usr/bin/aws";
const MODELS: &str = "/usr/lib/python3/dist-packages/awscli/botocore/data";

/// The AWS CLI in the home of a bench.
struct AwsCli<'a>(&'a Bench);

impl<'a> AwsCli<'a> {
    fn at(bench: &'a Bench) -> Self {
        let version = Command::new(AWS)
            .arg("--version")
            .output()
            .expect("scripts/setup.sh installs awscli");
        let version = String::from_utf8_lossy(&version.stdout).into_owned();
        assert!(version.starts_with("aws-cli/2."), "{version}");
        for service in ["sso", "sso-oidc", "sts"] {
            let model = fs::read_dir(Path::new(MODELS).join(service)).expect("its models");
            let api = model
                .map(|entry| entry.expect("an entry").file_name())
                .max()
                .expect("one");
            let rules = Path::new(MODELS)
                .join(service)
                .join(&api)
                .join("endpoint-rule-set-1.json");
            let mut rules: Value =
                serde_json::from_slice(&fs::read(rules).expect("read")).expect("JSON");
            rules["rules"] = json!([{ "conditions": [], "type": "endpoint",
                "endpoint": { "url": bench.aws.url(), "properties": {}, "headers": {} } }]);
            let folder = bench.home.path().join("models").join(service).join(&api);
            fs::create_dir_all(&folder).expect("made");
            fs::write(folder.join("endpoint-rule-set-1.json"), rules.to_string()).expect("written");
        }
        Self(bench)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.0.home.program(AWS, arguments);
        command
            .env("AWS_DATA_PATH", self.0.home.path().join("models"))
            .env("BROWSER", self.0.home.path().join("browser"));
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("it runs"))
    }

    fn done(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran
    }

    /// Who the AWS CLI is with the profile `dev`.
    fn who(&self) -> String {
        let ran = self.done(&[
            "sts",
            "get-caller-identity",
            "--profile",
            "dev",
            "--output",
            "json",
        ]);
        ran.json()["Arn"].as_str().expect("an ARN").to_owned()
    }

    /// It keeps the keys of a role; without them it has to use the token.
    fn forget_keys(&self) {
        let folder = self.0.home.aws().join("cli/cache");
        for entry in fs::read_dir(folder).into_iter().flatten() {
            fs::remove_file(entry.expect("an entry").path()).expect("removed");
        }
    }
}

#[test]
fn what_rolecall_signed_in_to_the_aws_cli_uses_renews_and_hands_back() {
    let bench = Bench::new();
    let aws = AwsCli::at(&bench);
    bench.done(&["login"]);
    let jo = "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_";
    assert!(aws.who().starts_with(jo));
    let ours = bench.token();

    bench.expire("2000-01-01T00:00:00Z");
    aws.forget_keys();
    assert!(
        aws.who().starts_with(jo),
        "it renews with what Rolecall left"
    );
    let theirs = bench.token();
    assert_ne!(ours["accessToken"], theirs["accessToken"]);
    bench.done(&["process", "dev"]);
    assert_eq!(bench.token(), theirs, "and Rolecall takes that one");

    bench.expire("2000-01-01T00:00:00Z");
    bench.done(&["process", "dev"]);
    aws.forget_keys();
    assert!(aws.who().starts_with(jo), "and the other way round");
    assert_eq!(bench.opened().len(), 1, "one browser in all this");
}

#[test]
fn what_the_aws_cli_signed_in_to_rolecall_uses_with_the_same_registration() {
    let bench = Bench::new();
    let aws = AwsCli::at(&bench);
    aws.done(&["sso", "login", "--sso-session", "acme"]);
    let theirs = bench.token();
    bench.done(&["process", "dev"]);
    assert_eq!(
        bench.json(&["sso", "list", "--json"])["accounts"]
            .as_array()
            .map(Vec::len),
        Some(3)
    );
    assert_eq!(bench.token(), theirs, "looking changes nothing");
    bench.done(&["login", "--device"]);
    assert_eq!(bench.asked("RegisterClient"), 1, "its registration does it");
    // A browser needs one that may, which serves the AWS CLI too.
    bench.done(&["login"]);
    assert_eq!(bench.asked("RegisterClient"), 2);
    aws.done(&["sso", "login", "--sso-session", "acme"]);
    assert_eq!(
        bench.asked("RegisterClient"),
        2,
        "and the AWS CLI takes ours"
    );
    bench.done(&["process", "dev"]);
}

#[test]
fn signing_out_of_one_signs_out_the_other() {
    let bench = Bench::new();
    let aws = AwsCli::at(&bench);
    bench.done(&["login"]);
    aws.who();
    bench.done(&["logout"]);
    let ran = aws.run(&["sts", "get-caller-identity", "--profile", "dev"]);
    assert_ne!(ran.code, 0, "its keys of the role are gone too: {ran:?}");
    aws.done(&["sso", "login", "--sso-session", "acme"]);
    bench.done(&["process", "dev"]);
    aws.done(&["sso", "logout"]);
    assert_eq!(bench.fails(&["env", "dev"], 3), "sso.signedOut");
}

#[test]
fn both_that_renew_at_once_leave_a_token_that_works() {
    let bench = Bench::new();
    let aws = AwsCli::at(&bench);
    for _ in 0..4 {
        bench.done(&["login"]);
        bench.expire("2000-01-01T00:00:00Z");
        aws.forget_keys();
        thread::scope(|scope| {
            let theirs =
                scope.spawn(|| aws.run(&["sts", "get-caller-identity", "--profile", "dev"]));
            let ours = scope.spawn(|| bench.run(&["process", "dev"]));
            // A token for renewing is good once: whoever comes second may be told no, and reads what the first has left.
            theirs.join().expect("it ran");
            ours.join().expect("it ran");
        });
        let token = bench.token();
        assert!(
            token["accessToken"]
                .as_str()
                .is_some_and(|text| text.starts_with("aoaEXAMPLE")),
            "{token}"
        );
        let left = fs::read_dir(bench.home.aws().join("sso/cache"))
            .expect("there")
            .count();
        assert_eq!(
            left, 2,
            "a token and a registration, and nothing half-written"
        );
        bench.done(&["process", "dev"]);
        aws.who();
    }
}

#[test]
fn the_file_is_the_same_whoever_wrote_it() {
    let bench = Bench::new();
    let aws = AwsCli::at(&bench);
    let shape = || {
        let token = bench.token();
        let mut keys: Vec<_> = token
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        keys.sort();
        let mode = super::home::mode(&bench.home.aws().join(TOKEN));
        (
            keys,
            mode,
            token["startUrl"].clone(),
            token["region"].clone(),
        )
    };
    aws.done(&["sso", "login", "--sso-session", "acme"]);
    let theirs = shape();
    fs::remove_file(bench.home.aws().join(TOKEN)).expect("removed");
    bench.done(&["login"]);
    assert_eq!(shape(), theirs);
}
