//! `login`, `logout`, `sso`, `process`, and what the other verbs make of a profile that signs in: the real binary against
//! `local-aws`, with a browser that presses the page's buttons as a program can. A real one does it in `tests/e2e`.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
};

use local_aws::{Command as Do, LocalAws, Portal, Scripted, World, documentation as d};
use serde_json::{Value, json};

use super::home::{Home, Ran, feed, mode, set_mode};

/// Presses a button of the page that it is to open, and notes where it ended up.
const BROWSER: &str = r#"#!/usr/bin/python3
import os, sys, urllib.error, urllib.parse, urllib.request
folder, url = os.path.dirname(os.path.abspath(__file__)), sys.argv[1]
with open(os.path.join(folder, "opened"), "a") as opened:
    opened.write(url + "\n")
with open(os.path.join(folder, "presses")) as presses:
    decision = presses.read().strip()
address, _, query = url.partition("?")
form = urllib.parse.parse_qsl(query) + [("decision", decision)]
if decision != "nothing":
    try:
        urllib.request.urlopen(address, urllib.parse.urlencode(form).encode()).read()
    except urllib.error.URLError:
        pass
"#;

const CONFIG: &str = "\
# the company's
[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[profile dev]
sso_session = acme
sso_account_id = 111122223333
sso_role_name = Admin
region = eu-west-1

[profile from-dev]
role_arn = arn:aws:iam::444455556666:role/FromPortal
source_profile = dev
";

/// `sso/cache` of the section `acme`.
pub(crate) const TOKEN: &str = "sso/cache/293abb6b76d7791c0732cc517d38c4b5c734b87f.json";

pub(crate) struct Bench {
    pub(crate) home: Home,
    pub(crate) aws: LocalAws,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::of(World::documentation())
    }

    fn of(world: World) -> Self {
        let home = Home::with(&[("config", CONFIG)]);
        std::fs::write(home.path().join("browser"), BROWSER).expect("written");
        set_mode(&home.path().join("browser"), 0o755);
        let aws = LocalAws::start(world).expect("a port");
        let bench = Self { home, aws };
        bench.presses("allow");
        bench
    }

    /// What the browser presses from now on: allow, deny, nothing.
    fn presses(&self, decision: &str) {
        std::fs::write(self.home.path().join("presses"), decision).expect("written");
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = self.home.command(arguments);
        command
            .env("AWS_ENDPOINT_URL", self.aws.url())
            .env("BROWSER", self.home.path().join("browser"));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        feed(self.command(arguments), b"")
    }

    pub(crate) fn done(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        self.done(arguments).json()
    }

    /// The cause of a failure.
    pub(crate) fn fails(&self, arguments: &[&str], code: i32) -> String {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        ran.json()["failure"]["cause"]
            .as_str()
            .unwrap_or_else(|| panic!("{ran:?}"))
            .to_owned()
    }

    pub(crate) fn opened(&self) -> Vec<String> {
        let opened = std::fs::read_to_string(self.home.path().join("opened"));
        let opened = opened.unwrap_or_default();
        opened.lines().map(str::to_owned).collect()
    }

    pub(crate) fn token(&self) -> Value {
        serde_json::from_str(&self.home.read(TOKEN)).expect("JSON")
    }

    pub(crate) fn asked(&self, action: &str) -> usize {
        let asked = self.aws.requests().into_iter();
        asked.filter(|logged| logged.action == action).count()
    }

    /// Signs in and is sure of it.
    fn signed_in(self) -> Self {
        self.done(&["login"]);
        self
    }
}

fn exists(home: &Home, name: &str) -> bool {
    home.aws().join(name).exists()
}

#[test]
fn one_signs_in_with_the_browser_and_the_token_lies_where_all_tools_look() {
    let bench = Bench::new();
    let said = bench.json(&["login", "acme", "--json"]);
    assert_eq!(
        (&said["portal"], &said["startUrl"]),
        (&json!("acme"), &json!(d::START_URL))
    );
    assert!(
        said["endsAt"]
            .as_str()
            .is_some_and(|end| end.ends_with('Z')),
        "{said}"
    );
    let opened = bench.opened();
    assert_eq!(opened.len(), 1);
    assert!(opened[0].contains("code_challenge_method=S256") && opened[0].contains("127.0.0.1"));
    let token = bench.token();
    let has = |key: &str| token[key].as_str().is_some_and(|text| !text.is_empty());
    for key in [
        "accessToken",
        "expiresAt",
        "clientId",
        "clientSecret",
        "registrationExpiresAt",
        "refreshToken",
    ] {
        assert!(has(key), "{key}: {token}");
    }
    assert_eq!(
        (&token["startUrl"], &token["region"]),
        (&json!(d::START_URL), &json!("eu-west-1"))
    );
    assert_eq!(mode(&bench.home.aws().join(TOKEN)), 0o600);
    let left: Vec<_> = std::fs::read_dir(bench.home.aws().join("sso/cache"))
        .expect("there")
        .collect();
    assert_eq!(left.len(), 2, "a token and a registration: {left:?}");
}

#[test]
fn a_program_is_registered_once() {
    let bench = Bench::new().signed_in();
    bench.done(&["login"]);
    bench.done(&["login", "--device"]);
    assert_eq!(
        (bench.asked("RegisterClient"), bench.asked("CreateToken")),
        (1, 3)
    );
}

#[test]
fn a_code_is_shown_where_no_browser_comes_back() {
    let bench = Bench::new();
    for variable in [
        ("SSH_CONNECTION", "1 2 3 4"),
        ("WSL_DISTRO_NAME", "Debian"),
        ("container", "podman"),
    ] {
        let mut command = bench.command(&["login"]);
        command.env_remove("BROWSER").env(variable.0, variable.1);
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let child = child.spawn().expect("it runs");
        let allow = Do::Decide {
            user_code: None,
            allow: true,
        };
        while bench.aws.control(allow.clone()).is_err() {
            std::thread::yield_now();
        }
        let ran = Ran::of(child.wait_with_output().expect("it ends"));
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(
            ran.err.contains("type this code: ") && ran.err.contains("Never allow a code"),
            "{ran:?}"
        );
    }
    assert!(bench.opened().is_empty());
}

#[test]
fn who_declines_is_not_signed_in_whatever_the_way() {
    let bench = Bench::new();
    bench.presses("deny");
    assert_eq!(bench.fails(&["login"], 3), "sso.declined");
    assert_eq!(bench.fails(&["login", "--device"], 3), "sso.declined");
    assert!(!exists(&bench.home, TOKEN));
    assert_eq!(bench.fails(&["env", "dev"], 3), "sso.signedOut");
}

#[test]
fn a_service_that_wants_it_slower_gets_it_slower() {
    let bench = Bench::new();
    let slow = Scripted::Refuse {
        status: 400,
        code: "SlowDownException".into(),
        message: "slow".into(),
    };
    bench.aws.script("CreateToken", &slow, 1);
    let started = bench.aws.requests().len();
    bench.done(&["login", "--device"]);
    let at: Vec<_> = bench
        .aws
        .requests()
        .into_iter()
        .skip(started)
        .filter(|it| it.action == "CreateToken")
        .map(|it| it.at)
        .collect();
    assert_eq!(at.len(), 2);
    assert!(at[1].duration_since(at[0]).as_secs() >= 5, "{at:?}");
}

#[test]
fn keys_of_a_permission_set_go_wherever_keys_go() {
    let bench = Bench::new().signed_in();
    let keys = bench.json(&["process", "dev"]);
    assert_eq!(keys["Version"], json!(1));
    assert!(
        keys["AccessKeyId"]
            .as_str()
            .is_some_and(|id| id.starts_with("ASIA")),
        "{keys}"
    );
    let session = bench.json(&["assume", "dev", "--json"]);
    assert_eq!(
        (&session["accountId"], &session["arn"]),
        (&json!("111122223333"), &Value::Null)
    );
    let env = bench.done(&["env", "dev", "--shell", "bash"]).out;
    assert!(
        env.contains("AWS_SESSION_TOKEN=")
            && env.contains("AWS_REGION=")
            && env.contains("# Ends at"),
        "{env}"
    );
    let exec = bench.done(&["exec", "dev", "--", "/usr/bin/env"]).out;
    assert!(exec.contains("AWS_ACCESS_KEY_ID=ASIA"), "{exec}");
    let chained = bench.json(&["assume", "from-dev", "--json"]);
    assert_eq!(
        chained["arn"],
        json!("arn:aws:sts::444455556666:assumed-role/FromPortal/rolecall-jo")
    );
}

#[test]
fn process_opens_no_browser_and_says_on_one_line_who_has_to_sign_in() {
    let bench = Bench::new();
    let ran = bench.run(&["process", "dev"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    assert!(ran.err.contains("rolecall login acme"), "{ran:?}");
    assert!(bench.opened().is_empty());
    assert_eq!(
        bench.aws.requests().len(),
        0,
        "nobody is asked without a token"
    );
}

#[test]
fn a_token_near_its_end_is_renewed_and_the_next_one_is_kept() {
    let bench = Bench::of(World::documentation().portal_rate(1000)).signed_in();
    let first = bench.token();
    bench.expire("2000-01-01T00:00:00Z");
    bench.done(&["process", "dev"]);
    let second = bench.token();
    assert_ne!(first["accessToken"], second["accessToken"]);
    assert_ne!(first["refreshToken"], second["refreshToken"]);
    assert_eq!(first["clientId"], second["clientId"]);
    assert_eq!(bench.opened().len(), 1, "by itself");
}

impl Bench {
    /// Writes another end into the token's file, as if so much time had passed.
    pub(crate) fn expire(&self, at: &str) {
        let mut token = self.token();
        token["expiresAt"] = json!(at);
        token["ofAnotherTool"] = json!("stays");
        self.home.write(TOKEN, &token.to_string());
    }
}

#[test]
fn what_another_tool_keeps_in_the_file_stays_there() {
    let bench = Bench::new().signed_in();
    bench.expire("2000-01-01T00:00:00Z");
    bench.done(&["process", "dev"]);
    assert_eq!(bench.token()["ofAnotherTool"], json!("stays"));
}

#[test]
fn a_sign_in_that_is_over_says_so_and_how_it_goes_on() {
    let bench = Bench::new().signed_in();
    bench.expire("2000-01-01T00:00:00Z");
    // Used up: the token for renewing is good once.
    let mut token = bench.token();
    token["refreshToken"] = json!("aorEXAMPLE");
    bench.home.write(TOKEN, &token.to_string());
    assert_eq!(bench.fails(&["env", "dev"], 3), "sso.expired");
    bench.aws.control(Do::ForgetClients).expect("done");
    assert_eq!(bench.fails(&["env", "dev"], 3), "sso.registrationExpired");
    // The browser's page would refuse a program that is not known; a code finds out and registers anew.
    bench.done(&["login", "--device"]);
    bench.done(&["env", "dev"]);
    bench.aws.control(Do::EndPortalSessions).expect("done");
    assert_eq!(
        bench.fails(&["env", "dev"], 3),
        "sso.expired",
        "ended by an administrator"
    );
}

#[test]
fn a_registration_that_ended_is_made_anew() {
    let bench = Bench::new().signed_in();
    let folder = bench.home.aws().join("sso/cache");
    let names = std::fs::read_dir(&folder)
        .expect("there")
        .map(|it| it.expect("an entry").file_name());
    let names = names.map(|name| format!("sso/cache/{}", name.to_string_lossy()));
    let registration = names
        .into_iter()
        .find(|name| name != TOKEN)
        .expect("a registration");
    let mut known: Value = serde_json::from_str(&bench.home.read(&registration)).expect("JSON");
    known["expiresAt"] = json!("2020-01-01T00:00:00Z");
    bench.home.write(&registration, &known.to_string());
    bench.done(&["login"]);
    assert_eq!(bench.asked("RegisterClient"), 2);
    assert!(!bench.home.read(&registration).contains("2020-"));
}

#[test]
fn access_that_was_taken_away_and_a_wrong_region_are_told_apart() {
    let bench = Bench::new().signed_in();
    let take = Do::Assign {
        account_id: "111122223333".into(),
        role_name: "Admin".into(),
        allowed: false,
    };
    bench.aws.control(take).expect("it is there");
    assert_eq!(bench.fails(&["env", "dev"], 3), "sso.noAccess");
    let elsewhere = CONFIG.replace(
        "https://acme.awsapps.com/start",
        "https://other.awsapps.com/start",
    );
    bench.home.write("config", &elsewhere);
    assert_eq!(bench.fails(&["login", "--device"], 3), "sso.unknown");
    let strange = CONFIG.replace("eu-west-1", "us-east-1.evil.test/#");
    bench.home.write("config", &strange);
    let before = bench.aws.requests().len();
    assert_eq!(bench.fails(&["login"], 3), "sso.unfit");
    assert_eq!(
        bench.aws.requests().len(),
        before,
        "nothing is sent anywhere"
    );
}

#[test]
fn a_clock_that_is_off_is_named() {
    let bench = Bench::new().signed_in();
    bench.aws.control(Do::EndPortalSessions).expect("done");
    bench.aws.advance(7 * 3600);
    assert_eq!(bench.fails(&["env", "dev"], 3), "sso.clock");
}

#[test]
fn signing_out_ends_the_session_there_and_takes_its_own_files_alone() {
    let bench = Bench::new().signed_in();
    let token = bench.token();
    let other = r#"{"accessToken":"EXAMPLE","expiresAt":"2126-01-01T00:00:00Z","startUrl":"https://other.awsapps.com/start"}"#;
    bench.home.write("sso/cache/other.json", other);
    std::fs::create_dir_all(bench.home.aws().join("cli/cache")).expect("made");
    // As the AWS CLI names the keys of dev, and those of a role of somebody else.
    let own = rolecall_keys_file();
    for name in [own.as_str(), "cli/cache/other.json"] {
        bench
            .home
            .write(name, r#"{"ProviderType":"sso","Credentials":{}}"#);
    }
    let said = bench.json(&["logout", "--json"]);
    assert_eq!(said, json!({ "portal": "acme", "wasSignedIn": true }));
    assert_eq!(bench.asked("Logout"), 1);
    assert!(!exists(&bench.home, TOKEN) && !exists(&bench.home, &own));
    assert!(
        exists(&bench.home, "sso/cache/other.json") && exists(&bench.home, "cli/cache/other.json")
    );
    let registrations = std::fs::read_dir(bench.home.aws().join("sso/cache"))
        .expect("there")
        .count();
    assert_eq!(
        registrations, 2,
        "the registration stays, and what is another portal's"
    );
    // Whoever kept the token has nothing of it.
    bench.home.write(TOKEN, &token.to_string());
    assert_eq!(bench.fails(&["env", "dev"], 3), "sso.expired");
    assert_eq!(
        bench.json(&["logout", "--json"])["wasSignedIn"],
        json!(true)
    );
    assert_eq!(
        bench.json(&["logout", "--json"])["wasSignedIn"],
        json!(false)
    );
}

/// Where the AWS CLI keeps the keys of `dev`; computed by its own classes (`tests/conformance/own/vectors.json` has the
/// form).
fn rolecall_keys_file() -> String {
    let key = r#"{"accountId":"111122223333","roleName":"Admin","sessionName":"acme"}"#;
    let mut python = std::process::Command::new("/usr/bin/python3");
    let hash = python.args([
        "-c",
        "import hashlib,sys; print(hashlib.sha1(sys.argv[1].encode()).hexdigest())",
        key,
    ]);
    let hash = String::from_utf8(hash.output().expect("Python runs").stdout).expect("text");
    format!("cli/cache/{}.json", hash.trim())
}

#[test]
fn a_fresh_session_ends_the_one_before() {
    let bench = Bench::new().signed_in();
    let old = bench.token();
    bench.done(&["login", "--fresh"]);
    assert_eq!(bench.asked("Logout"), 1);
    assert_ne!(bench.token()["accessToken"], old["accessToken"]);
    bench.done(&["process", "dev"]);
}

#[test]
fn two_that_sign_in_at_once_open_one_browser() {
    let bench = Bench::new();
    bench.presses("nothing");
    let start = || {
        let mut command = bench.command(&["login", "--device", "--json"]);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().expect("it runs")
    };
    let first = start();
    while bench.asked("CreateToken") == 0 {
        std::thread::yield_now();
    }
    let mut second = start();
    let mut waits = String::new();
    let said = second.stderr.as_mut().expect("piped");
    BufReader::new(said).read_line(&mut waits).expect("a line");
    assert!(waits.contains("waiting for it"), "{waits}");
    let allow = Do::Decide {
        user_code: None,
        allow: true,
    };
    bench.aws.control(allow).expect("it waits");
    let ends: Vec<_> = [first, second]
        .into_iter()
        .map(|child| Ran::of(child.wait_with_output().expect("it ends")))
        .collect();
    assert!(ends.iter().all(|ran| ran.code == 0), "{ends:?}");
    assert_eq!(ends[0].json()["endsAt"], ends[1].json()["endsAt"]);
    assert_eq!(
        (
            bench.opened().len(),
            bench.asked("StartDeviceAuthorization")
        ),
        (1, 1)
    );
}

#[test]
fn all_accounts_and_roles_are_listed_and_kept_with_their_time() {
    let bench = Bench::new().signed_in();
    let listed = bench.json(&["sso", "list", "--json"]);
    assert_eq!(listed["complete"], json!(true));
    let accounts = listed["accounts"].as_array().expect("a list");
    let of = |at: usize| {
        (
            &accounts[at]["id"],
            &accounts[at]["name"],
            &accounts[at]["roles"],
        )
    };
    assert_eq!(
        of(0),
        (
            &json!("111122223333"),
            &json!("Sandbox"),
            &json!(["Admin", "ReadOnly"])
        )
    );
    assert_eq!(
        of(1),
        (
            &json!("000011112222"),
            &json!("Dev, Europe"),
            &json!(["ReadOnly"])
        )
    );
    assert_eq!(
        of(2),
        (&json!("444455556666"), &Value::Null, &json!(["Deploy"]))
    );
    let before = bench.aws.requests().len();
    let again = bench.json(&["sso", "list", "--cached", "--json"]);
    assert_eq!((again, bench.aws.requests().len()), (listed, before));
    let text = bench.done(&["sso", "list"]).out;
    assert!(
        text.contains("000011112222  Dev, Europe  ReadOnly"),
        "{text}"
    );
}

#[test]
fn a_page_that_comes_again_and_a_service_that_throttles_end_all_the_same() {
    let mut portal = Portal::new(d::START_URL);
    for number in 0..30 {
        portal = portal.account(&format!("{number:012}"), "Many", &["Admin"]);
    }
    let bench = Bench::of(World::default().portal(portal)).signed_in();
    let again = Scripted::Page {
        status: 200,
        content_type: "application/json".into(),
        body: json!({ "accountList": [{ "accountId": "000000000001" }], "nextToken": "from-1" })
            .to_string(),
    };
    bench.aws.script("ListAccounts", &again, 2);
    let listed = bench.json(&["sso", "list", "--json"]);
    assert_eq!(listed["accounts"].as_array().map(Vec::len), Some(1));
    bench
        .aws
        .script("ListAccountRoles", &Scripted::Throttled, 4);
    bench.aws.script(
        "ListAccounts",
        &Scripted::Refuse {
            status: 502,
            code: "BadGateway".into(),
            message: String::new(),
        },
        1,
    );
    let listed = bench.json(&["sso", "list", "--json"]);
    assert_eq!(
        (
            listed["accounts"].as_array().map(Vec::len),
            &listed["complete"]
        ),
        (Some(30), &json!(true))
    );
    let html = Scripted::Page {
        status: 502,
        content_type: "text/html".into(),
        body: "<html>no</html>".into(),
    };
    bench.aws.script("ListAccountRoles", &html, 200);
    assert_eq!(bench.fails(&["sso", "list"], 3), "endpoint.notAws");
}

#[test]
fn a_listing_that_was_killed_goes_on_where_it_was() {
    let mut portal = Portal::new(d::START_URL);
    for number in 0..120 {
        portal = portal.account(&format!("{number:012}"), "Many", &["Admin"]);
    }
    let bench = Bench::of(World::default().portal(portal)).signed_in();
    let mut command = bench.command(&["sso", "list"]);
    let mut child = command.stdout(Stdio::null()).spawn().expect("it runs");
    while bench.asked("ListAccountRoles") < 80 {
        std::thread::yield_now();
    }
    child.kill().expect("it still runs");
    child.wait().expect("it has ended");
    let listed = bench.json(&["sso", "list", "--json"]);
    let accounts = listed["accounts"].as_array().expect("a list");
    assert_eq!((accounts.len(), &listed["complete"]), (120, &json!(true)));
    assert!(
        accounts
            .iter()
            .all(|account| account["roles"] == json!(["Admin"]))
    );
    let asked = bench.asked("ListAccountRoles");
    assert!(asked < 175, "{asked}: from the start it were 200");
}

#[test]
fn profiles_are_made_once_and_nothing_by_hand_is_touched() {
    let bench = Bench::new().signed_in();
    let shown = bench.run(&["sso", "generate", "--region", "eu-west-1"]);
    assert_eq!(
        shown.code, 1,
        "without a terminal it asks for --yes: {shown:?}"
    );
    assert_eq!(bench.home.read("config"), CONFIG);
    bench.done(&["sso", "generate", "--region", "eu-west-1", "--yes"]);
    let config = bench.home.read("config");
    assert!(config.starts_with(CONFIG), "what was there stays: {config}");
    let new = &config[CONFIG.len()..];
    for name in [
        "Sandbox-ReadOnly",
        "Dev-Europe-ReadOnly",
        "444455556666-Deploy",
    ] {
        assert!(
            new.contains(&format!("[profile {name}]\nsso_session = acme\n")),
            "{name}: {new}"
        );
    }
    assert!(!new.contains("Sandbox-Admin"), "dev has that one: {new}");
    let again = bench.done(&["sso", "generate", "--region", "eu-west-1", "--yes"]);
    assert!(again.err.contains("Nothing to change."), "{again:?}");
    assert_eq!(bench.home.read("config"), config);
    bench.done(&["env", "Sandbox-ReadOnly"]);
    bench.done(&["history", "undo", "--yes"]);
    assert_eq!(bench.home.read("config"), CONFIG, "one Undo");
}

#[test]
fn names_that_meet_say_their_account_and_only_what_is_wanted_is_made() {
    let portal = Portal::new(d::START_URL)
        .account("000000000001", "Twin", &["Admin", "ReadOnly"])
        .account("000000000002", "Twin", &["Admin"])
        .account("000000000003", "<img src=x onerror=alert(1)>", &["Admin"]);
    let bench = Bench::of(World::default().portal(portal)).signed_in();
    let made = |arguments: &[&str]| {
        bench.done(&[&["sso", "generate", "--yes"], arguments].concat());
        let config = bench.home.read("config");
        let names = config[CONFIG.len()..]
            .lines()
            .filter_map(|line| line.strip_prefix("[profile ")?.strip_suffix(']'));
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        made(&["--role", "Admin", "--account", "twin"]),
        ["Twin-Admin", "Twin-Admin-000000000002"]
    );
    assert_eq!(
        made(&[
            "--template",
            "{portal}.{id}.{role}",
            "--account",
            "000000000001"
        ])[2..],
        ["acme.000000000001.ReadOnly"]
    );
    assert_eq!(made(&[])[3..], ["img-src-x-onerror-alert-1-Admin"]);
    for bad in ["mine", "{label}-{role}", "{account"] {
        assert_eq!(
            bench.fails(&["sso", "generate", "--template", bad], 3),
            "sso.template"
        );
    }
}

#[test]
fn profiles_whose_role_is_gone_go_on_consent_alone() {
    let bench = Bench::new().signed_in();
    bench.done(&["sso", "generate", "--yes"]);
    let take = Do::Assign {
        account_id: "444455556666".into(),
        role_name: "Deploy".into(),
        allowed: false,
    };
    bench.aws.control(take).expect("it is there");
    bench.done(&["sso", "generate", "--yes"]);
    assert!(
        bench
            .home
            .read("config")
            .contains("[profile 444455556666-Deploy]")
    );
    bench.done(&["sso", "generate", "--remove-gone", "--yes"]);
    let config = bench.home.read("config");
    assert!(
        !config.contains("444455556666-Deploy") && config.contains("[profile dev]"),
        "{config}"
    );
}

#[test]
fn a_portal_of_the_older_form_signs_in_by_code_and_gets_a_section() {
    let bench = Bench::new();
    let old = "[profile old]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = Admin\n# mine\nregion = eu-west-1\n";
    bench.home.write("config", old);
    bench.done(&["login"]);
    assert!(bench.opened()[0].contains("/device?user_code="));
    bench.done(&["process", "old"]);
    bench.done(&["sso", "give-section", d::START_URL, "acme", "--yes"]);
    let config = bench.home.read("config");
    assert!(config.contains("[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n"), "{config}");
    let profile = config.split("[sso-session").next().expect("the first");
    assert!(
        profile.contains("sso_session = acme") && profile.contains("# mine"),
        "{config}"
    );
    assert!(
        !profile.contains("sso_start_url") && !profile.contains("sso_region"),
        "{config}"
    );
    bench.done(&["login"]);
    bench.done(&["process", "old"]);
}

#[test]
fn what_would_be_used_in_place_of_the_sign_in_is_said_before_it() {
    let bench = Bench::new();
    bench.home.write("credentials", "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n");
    let mut command = bench.command(&["login", "--json"]);
    command
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "EXAMPLE");
    let ran = feed(command, b"");
    assert_eq!(ran.code, 0, "{ran:?}");
    let shadowed = ran.json()["shadowed"].take();
    let sentences = shadowed.as_array().expect("a list");
    assert_eq!(sentences.len(), 2, "{shadowed}");
    assert!(
        sentences[0]
            .as_str()
            .is_some_and(|it| it.contains("AWS_ACCESS_KEY_ID is set here"))
    );
    assert!(
        sentences[1]
            .as_str()
            .is_some_and(|it| it.starts_with("dev has more") && it.contains("js")),
        "{shadowed}"
    );
}

#[test]
fn portals_are_named_and_a_wrong_name_says_which_there_are() {
    let bench = Bench::new();
    let portals = bench.json(&["sso", "--json"]);
    assert_eq!(portals["portals"][0]["name"], json!("acme"));
    assert_eq!(
        (
            &portals["portals"][0]["profiles"],
            &portals["portals"][0]["signedIn"]
        ),
        (&json!(1), &json!(false))
    );
    assert_eq!(bench.fails(&["login", "acne"], 1), "sso.noPortal");
    let two = CONFIG.to_owned()
        + "\n[sso-session beta]\nsso_start_url = https://beta.awsapps.com/start\nsso_region = eu-west-1\n";
    bench.home.write("config", &two);
    assert_eq!(bench.fails(&["login"], 1), "sso.whichPortal");
    bench.home.write("config", "");
    assert_eq!(bench.fails(&["login"], 1), "sso.noPortal");
    assert_eq!(bench.aws.requests().len(), 0);
}

#[test]
fn no_token_is_printed_kept_or_handed_on_but_in_its_own_file() {
    let bench = Bench::new();
    let mut said = String::new();
    for arguments in [
        &["login"][..],
        &["login", "--device", "--json"],
        &["sso"],
        &["sso", "list"],
        &["sso", "generate", "--yes"],
        &["list", "--json"],
        &["show", "dev", "--json"],
        &["env", "dev"],
        &["logout"],
    ] {
        let token = exists(&bench.home, TOKEN).then(|| bench.token());
        let ran = bench.done(arguments);
        said += &ran.said();
        for token in token
            .into_iter()
            .chain(exists(&bench.home, TOKEN).then(|| bench.token()))
        {
            for key in ["accessToken", "refreshToken", "clientSecret"] {
                let secret = token[key].as_str().expect("text").to_owned();
                assert!(!said.contains(&secret), "{arguments:?} says {key}");
                for (path, bytes) in bench.home.kept() {
                    assert!(!holds(&bytes, &secret), "{key} is in {}", path.display());
                }
            }
        }
    }
    assert!(said.contains("Signed out of acme."));
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn a_cache_that_can_not_be_written_says_which_file() {
    let bench = Bench::new();
    std::fs::write(bench.home.aws().join("sso"), "in the way").expect("written");
    assert_eq!(bench.fails(&["login"], 3), "sso.cacheUnwritable");
    assert!(Path::new(&bench.home.aws().join("sso")).is_file());
}
