//! The edits with which `aws configure set` hurts a file, recorded, made by Rolecall: what the CLI does to the file does not
//! happen. What is written then is read by botocore, which knows nothing of us.

mod answers;
mod triples;

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use rolecall_engine::{
    Engine, Failure, Options,
    view::{ChangeOutcome, ChangeRequest, FileKind, NewProperty, NewSection, SectionName},
    world::{World, env::FakeEnv, vault::FakeVault},
};
use serde::Deserialize;
use serde_json::{Value, json};

use answers::{ANSWERS, APART, Answer};

/// The one case in which nothing can be written.
const NO_ROOM: &str = "RLIMIT_FSIZE=0 (every write fails, as on a full disk)";
/// Cases that were recorded; a case that is lost would be a claim less.
const RECORDED: usize = 38;

#[derive(Deserialize)]
struct Recorded {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    before: Files,
    before_mode: Option<String>,
    setup: Option<String>,
    v1: Run,
}

#[derive(Deserialize, Clone, PartialEq, Eq, Debug, Default)]
struct Files {
    config: Option<String>,
    credentials: Option<String>,
}

#[derive(Deserialize)]
struct Run {
    steps: Vec<Step>,
    after: Files,
}

#[derive(Deserialize)]
struct Step {
    command: String,
}

/// One edit, as the CLI was told it.
struct Edit {
    profile: String,
    key: String,
    /// None: the property goes.
    value: Option<String>,
}

impl Case {
    fn is_set_up(&self, how: &str) -> bool {
        self.setup.as_deref() == Some(how)
    }

    /// The edits among its commands. The CLI splits `profile.NAME.KEY` at each dot; what was meant has one profile.
    fn edits(&self) -> Vec<Edit> {
        let lines = self.v1.steps.iter().map(|step| words(&step.command));
        let edits = lines.filter(|words| ["set", "unset"].contains(&words[2].as_str()));
        let edit = |words: Vec<String>| {
            let profile = words.iter().position(|word| word == "--profile");
            let profile = profile.map_or("default", |at| &words[at + 1]);
            let (profile, key) = match words[3].strip_prefix("profile.") {
                Some(path) => path.rsplit_once('.').expect("profile and key"),
                None => (profile, &*words[3]),
            };
            Edit {
                profile: profile.into(),
                key: key.into(),
                value: (words[2] == "set").then(|| words[4].clone()),
            }
        };
        edits.map(edit).collect()
    }
}

/// Splits a line as a shell does, as far as the recorded commands need it.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("one at least").push(c),
        }
    }
    words
}

struct Home(tempfile::TempDir);

impl Home {
    fn of(case: &Case) -> Self {
        let home = Self(tempfile::tempdir().expect("a temporary folder"));
        if case.is_set_up("~/.aws does not exist") {
            return home;
        }
        fs::create_dir(home.0.path().join(".aws")).expect("made");
        let texts = [
            ("config", &case.before.config),
            ("credentials", &case.before.credentials),
        ];
        for (name, text) in texts {
            let Some(text) = text else { continue };
            let path = home.file(name);
            if case.is_set_up("~/.aws/config is a symlink") {
                symlink(home.0.path().join(name), &path).expect("linked");
            }
            fs::write(&path, text).expect("written");
            let mode = if case.before_mode.is_some() {
                0o644
            } else {
                0o600
            };
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
        }
        home
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(".aws").join(name)
    }

    fn files(&self) -> Files {
        let text = |name| fs::read_to_string(self.file(name)).ok();
        Files {
            config: text("config"),
            credentials: text("credentials"),
        }
    }

    fn mode(&self, path: &str) -> u32 {
        let metadata = fs::metadata(self.0.path().join(path)).expect("it is there");
        metadata.permissions().mode() & 0o777
    }

    fn engine(&self) -> Arc<Engine> {
        let world = World {
            env: Arc::new(FakeEnv::with_home(self.0.path())),
            vault: Arc::new(FakeVault::with_a_key()),
            ..World::real()
        };
        Engine::start(world, Options::default())
    }

    /// The same edit as a person makes it here: by form or by verb.
    fn edit(&self, edit: &Edit) -> Result<(), Failure> {
        let engine = self.engine();
        let is_known = engine.id_of(&edit.profile).is_ok();
        let section = SectionName::Profile(edit.profile.clone());
        let key = edit.key.clone();
        let request = match &edit.value {
            None => ChangeRequest::Unset {
                section,
                file: None,
                key,
            },
            Some(value) if is_known => ChangeRequest::Set {
                section,
                file: None,
                key,
                value: value.clone().into(),
            },
            Some(value) => {
                let properties = vec![NewProperty {
                    key,
                    value: value.clone().into(),
                }];
                let section = NewSection {
                    section,
                    properties,
                };
                ChangeRequest::Add {
                    sections: vec![section],
                }
            }
        };
        let shown = engine.propose(&request)?;
        assert_eq!(
            engine.carry_out(&request, &shown.id)?,
            ChangeOutcome::Written
        );
        Ok(())
    }
}

fn cases() -> Vec<Case> {
    super::own::<Recorded>("cli-writer.json").cases
}

#[test]
fn what_the_aws_cli_does_to_a_file_does_not_happen_here() {
    let cases = cases();
    assert_eq!(cases.len(), RECORDED);
    let (mut written, mut refused, mut alike) = (Vec::new(), 0, 0);
    let mut told = Vec::new();
    for case in cases.iter().filter(|case| !case.is_set_up(NO_ROOM)) {
        let answer = ANSWERS.iter().find(|(name, _)| *name == case.name);
        let (_, answer) = answer.expect("each recorded case has an answer");
        let home = Home::of(case);
        let ended = case.edits().iter().try_for_each(|edit| home.edit(edit));
        let after = home.files();
        let is_so = match (answer, &ended) {
            (Answer::Refused(words), Err(failure)) => {
                failure.message.contains(words) && after == case.before
            }
            (Answer::Config(config), Ok(())) => {
                after.config.as_deref() == Some(config)
                    && after.credentials == case.before.credentials
            }
            (Answer::Both(config, credentials), Ok(())) => {
                after.config.as_deref().unwrap_or_default() == *config
                    && after.credentials.as_deref() == Some(credentials)
            }
            _ => false,
        };
        if !is_so {
            told.push(format!("{}: {ended:?} {after:?}", case.name));
        }
        if ended.is_err() {
            refused += 1;
        } else {
            alike += usize::from(after == case.v1.after);
            written.push((case, home));
        }
    }
    told.extend(misread(&written));
    println!(
        "cli-writer: {RECORDED} cases: {} written otherwise than by the CLI, {alike} alike, {refused} refused, 1 without room; {} read by botocore",
        written.len() - alike,
        written.len(),
    );
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// The one case that is not told by its text. Its CLI leaves nothing of the file.
#[test]
fn awscli_10648_emptied_file_when_there_is_no_room_to_write() {
    let cases = cases();
    let case = cases.iter().find(|case| case.is_set_up(NO_ROOM));
    let case = case.expect("recorded");
    assert_eq!(case.v1.after.config.as_deref(), Some(""));
    let home = Home::of(case);
    let saver = env!("CARGO_BIN_EXE_saver");
    let output = Command::new("bash")
        .args(["-c", &format!("ulimit -f 0; {saver} set eu-west-1")])
        .env("HOME", home.0.path())
        .env("ROLECALL_DATA", home.0.path().join("data"))
        .env_remove("AWS_CONFIG_FILE")
        .env_remove("AWS_SHARED_CREDENTIALS_FILE")
        .output()
        .expect("bash runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(home.files(), case.before);
}

#[test]
fn modes_stay_and_links_stay_and_what_is_new_is_private() {
    let cases = cases();
    let after = |name: &str| {
        let case = cases.iter().find(|case| case.name == name);
        let case = case.expect("recorded");
        let home = Home::of(case);
        for edit in case.edits() {
            home.edit(&edit).expect("it is written");
        }
        home
    };
    let private = after("new-file-mode");
    assert_eq!(
        (private.mode(".aws/credentials"), private.mode(".aws")),
        (0o600, 0o700)
    );
    let linked = after("symlink-kept");
    assert!(linked.file("config").is_symlink());
    // Saving closes no file by itself; it is told, and closed once somebody agrees.
    let open = after("secret-world-readable");
    assert_eq!(open.mode(".aws/credentials"), 0o644);
    let engine = open.engine();
    let found = engine.snapshot().check_document();
    let is_told = |rule: &str| found.problems.iter().any(|problem| problem.rule == rule);
    assert!(is_told("file.permissions"));
    engine
        .close_permissions(FileKind::Credentials)
        .expect("it is ours");
    assert_eq!(open.mode(".aws/credentials"), 0o600);
}

/// What botocore makes of a file that was written: the value that was set, unless it refuses the file as it did before.
fn misread(written: &[(&Case, Home)]) -> Vec<String> {
    let questions = written.iter().map(|(case, home)| {
        let edit = case.edits().pop().expect("an edit");
        let files = ["config", "credentials"].map(|name| home.file(name));
        json!({"files": files, "profile": edit.profile, "key": edit.key})
    });
    let mut told = Vec::new();
    for ((case, _), read) in written.iter().zip(read_by_botocore(questions)) {
        let value = case.edits().pop().expect("an edit").value;
        let apart = APART.iter().find(|(name, _)| *name == case.name);
        let wanted = apart.map_or(json!(value), |(_, read)| {
            serde_json::from_str(read).expect("JSON")
        });
        if read != wanted {
            told.push(format!("{}: botocore reads {read}", case.name));
        }
    }
    told
}

/// The value of a key of a profile in each pair of files, as botocore has it.
fn read_by_botocore(questions: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut asked = String::new();
    let mut count = 0;
    for question in questions {
        writeln!(asked, "{question}").expect("a String");
        count += 1;
    }
    let mut judge = Command::new(rolecall_tests::python("python"))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/cli_writer/judge.py"))
        .env_remove("AWS_PROFILE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the Python environment of the tests: scripts/setup.sh makes it");
    let mut stdin = judge.stdin.take().expect("a pipe");
    stdin.write_all(asked.as_bytes()).expect("it reads");
    drop(stdin);
    let said = judge.wait_with_output().expect("it ends");
    let said = String::from_utf8(said.stdout).expect("JSON");
    assert_eq!(said.lines().count(), count, "{said}");
    let answers = said.lines();
    answers
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}
