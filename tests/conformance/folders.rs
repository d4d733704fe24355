//! The 50 folders with which the AWS SDK for Rust is tested from end to end: variables, files, what went over the network
//! and what came of it. Our part of each is what the files say: which keys, which roles, which portal, at which address;
//! the network's part was recorded by the SDK, and what we say must be what it asked there.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use rolecall_core::{
    caches::sso_token_file,
    dialect::{
        Engine, Files,
        locations::{Surroundings, System, locate},
        why::{Asked, Base, Found, Why, container_uri, why},
    },
    document::Document,
    profiles::{Home, Variables, endpoint::variable_of},
};
use serde_json::Value;

const DATA: &str = "smithy-rs/aws/rust-runtime/aws-config/test-data";
const GROUPS: [(&str, usize); 3] = [
    ("default-credential-provider-chain", 29),
    ("profile-provider", 18),
    ("default-token-provider-chain", 3),
];

/// What is about no profile: the SDK never opens the files, or an answer of the world decides.
const BESIDE: [(&str, &str); 4] = [
    ("environment_variables", "keys of variables, without a file"),
    (
        "prefer_environment",
        "variables with keys come before every profile; a profile is asked for by name here",
    ),
    ("web_identity_token_env", "a token file that variables name"),
    (
        "imds_disabled",
        "the machine may not be asked, and there is no file",
    ),
];

/// Errors that the world made, not the files.
const OF_THE_WORLD: [&str; 8] = [
    "No such file or directory",
    "the credential provider was not enabled",
    "request forbidden: IMDS is disabled",
    "an error occurred while loading credentials",
    "provider was not enabled",
    "InvalidIdentityTokenException",
    "external process exited",
    "could not parse response",
];

/// Folders whose traffic was recorded with another role than their file names: the SDK compares no bodies there.
const OF_ANOTHER_ROLE: [&str; 2] = [
    "web_identity_token_profile",
    "web_identity_token_source_profile",
];

const RECORDED: &str = "arn:aws:iam::134095065856:role/s3-reader";

struct Folder {
    name: String,
    path: PathBuf,
    variables: BTreeMap<String, String>,
    wanted: Value,
    /// The requests, in order: address, who signs, body.
    asked: Vec<Request>,
}

#[derive(Default, Debug)]
struct Request {
    uri: String,
    signed: String,
    body: String,
}

impl Folder {
    fn open(path: &Path) -> Self {
        let json = |name: &str| super::parsed::<Value>(&path.join(name));
        let name = path.file_name().expect("a folder has a name");
        Self {
            name: name.to_string_lossy().into_owned(),
            path: path.to_owned(),
            variables: serde_json::from_value(json("env.json")).expect("text by name"),
            wanted: json("test-case.json")["result"].clone(),
            asked: requests(&json("http-traffic.json")["events"]),
        }
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    /// A file of the folder, by the path that the SDK would open.
    fn file(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.path.join("fs").join(path.trim_start_matches('/'))).ok()
    }

    fn config(&self) -> [Option<Document>; 2] {
        let variable = |name: &str| self.variable(name);
        let around = Surroundings {
            system: System::Posix,
            variable: &variable,
            account_home: None,
        };
        let found = locate(Engine::Rust, around).expect("Rust has a way of its own");
        [found.config, found.credentials].map(|path| Some(Document::parse(self.file(&path?)?)))
    }

    fn profile(&self) -> String {
        self.variable("AWS_PROFILE")
            .unwrap_or_else(|| "default".into())
    }

    fn token_of(&self, key: &str) -> Option<Vec<u8>> {
        self.file(&format!("home/.aws/sso/cache/{}", sso_token_file(key)))
    }
}

fn requests(events: &Value) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    for event in events.as_array().into_iter().flatten() {
        let request = &event["action"]["Request"]["request"];
        if let Some(uri) = request["uri"].as_str() {
            let signed = request["headers"]["authorization"][0].as_str();
            requests.push(Request {
                uri: uri.to_owned(),
                signed: signed.unwrap_or_default().to_owned(),
                body: String::new(),
            });
        }
        let data = &event["action"]["Data"];
        if data["direction"] == "Request"
            && let (Some(body), Some(last)) = (data["data"]["Utf8"].as_str(), requests.last_mut())
        {
            last.body.push_str(body);
        }
    }
    requests
}

#[test]
fn the_files_of_whole_journeys_say_what_the_sdk_asked() {
    let Some(root) = super::published("journeys, rust") else {
        return;
    };
    let (mut held, mut beside, mut apart) = (0, Vec::new(), Vec::new());
    for (group, count) in GROUPS {
        let folders = folders(&root.join(DATA).join(group));
        assert_eq!(folders.len(), count, "{group}");
        for folder in folders {
            if let Some(why) = BESIDE.iter().find(|(name, _)| *name == folder.name) {
                beside.push(*why);
                continue;
            }
            match judged(&folder) {
                Ok(()) => held += 1,
                Err(told) => apart.push(format!("{group}/{}: {told}", folder.name)),
            }
        }
    }
    super::tell("journeys, rust", held, &beside);
    assert!(apart.is_empty(), "{}", apart.join("\n"));
    assert_eq!(held + beside.len(), 50);
}

fn folders(path: &Path) -> Vec<Folder> {
    let entries = fs::read_dir(path).expect("a group of the suite");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let paths = paths
        .iter()
        .filter(|path| path.join("test-case.json").exists());
    paths.map(|path| Folder::open(path)).collect()
}

fn judged(folder: &Folder) -> Result<(), String> {
    let [config, credentials] = folder.config();
    let files = Files {
        config: config.as_ref(),
        credentials: credentials.as_ref(),
    };
    let error = folder.wanted["ErrorContains"].as_str();
    let reading = match Engine::Rust.read(files) {
        Ok(reading) => reading,
        Err(_) if error == Some("could not parse profile file") => return Ok(()),
        Err(refusal) => return Err(format!("it is refused: {}", refusal.words)),
    };
    let variable = |name: &str| folder.variable(name);
    let asked = Asked {
        files,
        reading: &reading,
        variable: &variable,
    };
    let said = why(Engine::Rust, asked, &folder.profile()).expect("an SDK");
    let of_the_world = |error: &str| OF_THE_WORLD.iter().any(|words| error.contains(words));
    match (&said.end, error) {
        (Err(stop), Some(error)) if stop.words.contains(error) => Ok(()),
        (Err(stop), error) if error.is_none_or(of_the_world) && gives_nothing(&stop.words) => {
            is_asked_outside(folder)
        }
        (Ok(found), error) if error.is_none_or(of_the_world) => {
            is_asked(folder, found)?;
            is_asked_at(folder, files)
        }
        (Ok(found), Some(error)) => token_alone(found, error, &said),
        (Err(stop), _) => Err(stop.words.clone()),
        (Ok(_), None) => Err("an error is none of the world".into()),
    }
}

/// The SDK goes on to container and machine where a profile gives no keys.
fn gives_nothing(words: &str) -> bool {
    words == "No profiles were defined"
        || words.ends_with("did not contain credential information")
        || words.starts_with("could not find source profile")
}

/// A portal without account and role gives a token, and the SDK refuses to take keys of it.
fn token_alone(found: &Found<'_>, error: &str, said: &Why<'_>) -> Result<(), String> {
    match &found.base {
        Base::Sso {
            account_id: None,
            role_name: None,
            ..
        } if error.contains("will resolve an access token instead of credentials") => Ok(()),
        _ => Err(format!("it must fail with {error}: {said:?}")),
    }
}

/// Nothing in the files: the first that is asked is the container that we name, else the machine.
fn is_asked_outside(folder: &Folder) -> Result<(), String> {
    let container = container_uri(&|name| folder.variable(name)).ok();
    let first = folder.asked.first().map(|request| request.uri.as_str());
    match (container, first) {
        (Some(uri), Some(first)) if uri == first => Ok(()),
        (None, Some(first)) if first.starts_with("http://169.254.169.254/") => Ok(()),
        // Without the file of its own token the container is not even asked.
        (Some(_) | None, None) if folder.wanted["ErrorContains"].is_string() => Ok(()),
        (ours, first) => Err(format!("outside {ours:?} is asked, not {first:?}")),
    }
}

/// What was asked on the way to keys is what we say.
fn is_asked(folder: &Folder, found: &Found<'_>) -> Result<(), String> {
    let mut asked = folder.asked.iter();
    let key_id = match &found.base {
        Base::Keys { key_id, .. } => Some(key_id.as_ref()),
        Base::Sso { .. } => return portal_is_asked(folder, &found.base),
        Base::Process { .. } => return Ok(()),
        Base::WebIdentity { role_arn, .. } => {
            let first = asked.next().ok_or("nobody is asked")?;
            let of_another = OF_ANOTHER_ROLE.contains(&folder.name.as_str());
            let role_arn = if of_another { RECORDED } else { role_arn };
            is_for_role(first, "AssumeRoleWithWebIdentity", role_arn)?;
            None
        }
        Base::Named { source, .. } => match source.to_ascii_lowercase().as_str() {
            "environment" => None,
            _ => {
                is_asked_outside(folder)?;
                None
            }
        },
        other => return Err(format!("{other:?}")),
    };
    if folder.wanted["ErrorContains"].is_string() {
        return Ok(());
    }
    if found.roles.is_empty() {
        let given = folder.wanted["Ok"]["access_key_id"].as_str();
        return match key_id {
            Some(key_id) if Some(key_id) != given => Err(format!("{key_id}, not {given:?}")),
            _ => Ok(()),
        };
    }
    let mut calls = asked.filter(|request| request.body.contains("Action=AssumeRole&"));
    for (at, role) in found.roles.iter().enumerate() {
        let call = calls.next().ok_or("a role is not asked for")?;
        is_for_role(call, "AssumeRole", &role.role_arn)?;
        let signs = key_id.is_none_or(|id| call.signed.contains(&format!("Credential={id}/")));
        if at == 0 && !signs {
            return Err(format!("signed by {}", call.signed));
        }
    }
    Ok(())
}

fn is_so(is_so: bool, told: impl FnOnce() -> String) -> Result<(), String> {
    is_so.then_some(()).ok_or_else(told)
}

fn is_for_role(request: &Request, action: &str, role_arn: &str) -> Result<(), String> {
    let arn = role_arn.replace(':', "%3A").replace('/', "%2F");
    let wanted = [format!("Action={action}&"), format!("RoleArn={arn}&")];
    is_so(
        wanted.iter().all(|part| request.body.contains(part)),
        || format!("{request:?} is not for {role_arn}"),
    )
}

fn portal_is_asked(folder: &Folder, base: &Base<'_>) -> Result<(), String> {
    let Base::Sso {
        session,
        account_id,
        role_name,
        start_url,
        ..
    } = base
    else {
        return Err("no portal".into());
    };
    let key = session.as_ref().or(start_url.as_ref()).ok_or("no key")?;
    let error = folder.wanted["ErrorContains"].as_str().unwrap_or_default();
    let Some(token) = folder.token_of(key) else {
        return is_so(error.contains(&sso_token_file(key)), || {
            format!("{} is not there", sso_token_file(key))
        });
    };
    if let Some(token_wanted) = folder.wanted["Ok"]["token"].as_str() {
        let token: Value = serde_json::from_slice(&token).expect("JSON");
        return is_so(token["accessToken"] == token_wanted, || {
            "another token".into()
        });
    }
    let (account_id, role_name) = (account_id.as_deref(), role_name.as_deref());
    let asked = folder.asked.first().ok_or("the portal is not asked")?;
    let parts = [("account_id", account_id), ("role_name", role_name)];
    let names = |(key, value): &(&str, Option<&str>)| {
        asked
            .uri
            .contains(&format!("{key}={}", value.unwrap_or_default()))
    };
    is_so(parts.iter().all(names), || {
        format!("{} for {parts:?}", asked.uri)
    })
}

/// The address that variables and files name is the one that was asked, and AWS's own was asked where they name none.
fn is_asked_at(folder: &Folder, files: Files<'_>) -> Result<(), String> {
    let parsed = |document: Option<&Document>| {
        document.map(|document| Document::parse(document.bytes().to_vec()))
    };
    let home = Home::read(parsed(files.config), parsed(files.credentials));
    let profile = home.named_profile(&folder.profile()).ok_or("it is gone")?;
    let services = ["sts", "sso"];
    let own = |service: &str| Some((service.to_owned(), folder.variable(&variable_of(service))?));
    let variables = Variables {
        endpoints: services.into_iter().filter_map(own).collect(),
        endpoint: folder.variable("AWS_ENDPOINT_URL"),
        ..Variables::default()
    };
    let is_machine = |uri: &str| uri.starts_with("http://169.254.");
    for request in folder
        .asked
        .iter()
        .filter(|request| !is_machine(&request.uri))
    {
        let service = services[usize::from(request.body.is_empty())];
        let uri = &request.uri;
        let is_so = match profile.endpoint_of(service, None, &variables) {
            Some((url, _)) => uri.starts_with(&url),
            None => uri.contains(".amazonaws.com/") || uri.contains(".api.aws/"),
        };
        if !is_so {
            return Err(format!("{service} is asked at {uri}"));
        }
    }
    Ok(())
}

#[test]
fn the_machine_is_asked_where_the_published_files_say() {
    let Some(root) = super::published("machine, rust") else {
        return;
    };
    let suite: Value = super::parsed(&root.join(DATA).join("imds-config/imds-endpoint-tests.json"));
    let cases = suite["tests"].as_array().expect("cases");
    let (mut held, mut beside) = (0, Vec::new());
    for case in cases {
        let docs = case["docs"].as_str().expect("text");
        let Some(config) = case["fs"]["config"].as_str() else {
            beside.push((docs, "variables alone; Rolecall asks no machine"));
            continue;
        };
        let document = Document::parse(config.into());
        let files = Files {
            config: Some(&document),
            credentials: None,
        };
        let reading = Engine::Rust.read(files).expect("it is readable");
        let (key, line) = config
            .rsplit_once('\n')
            .expect("two lines")
            .1
            .split_once(" = ")
            .expect("a property");
        assert_eq!(reading.profiles["default"].text(key), Some(line), "{docs}");
        held += 1;
    }
    assert_eq!(cases.len(), 14);
    super::tell(
        "machine, rust (what the SDK holds of the file)",
        held,
        &beside,
    );
}
