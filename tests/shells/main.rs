//! The lines that hand keys to a shell, run by the shells of this computer: every value comes back as it was, or the
//! engine refuses it. Values travel as they do for a person, from a file through the engine.
#![expect(clippy::disallowed_methods, reason = "real shells run the lines")]

use std::{
    fmt::Write as _,
    io::Write as _,
    process::{Command, Stdio},
    sync::Arc,
};

use rolecall_engine::{
    Engine, Options, Purpose, Target,
    world::{World, disk::FakeDisk, env::FakeEnv},
};

const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n";

const NASTY: [&str; 16] = [
    "plain",
    "a b",
    "it's",
    "''",
    "\"q\"",
    "$HOME ${HOME} $(id)",
    "`id`",
    r"back\slash\\",
    r"end\",
    "!history !!",
    "a;b&c|d>e<f",
    "*?[a]~ {x,y}",
    "ümlaut € 日本",
    "-n",
    "%PATH% %s",
    r"\'",
];

/// Values that stress quoting, always the same ones: no random test that can't be repeated.
fn values() -> Vec<String> {
    const SIGNS: &[u8] = b"'\"\\$`!{}()[]*?~;&|<>%^@: aZ09-_=/+.,";
    let mut state = 20_261_122_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize
    };
    let made = (0..2000).map(|_| {
        let length = next() % 24 + 1;
        let sign = |_| char::from(SIGNS[next() % SIGNS.len()]);
        // A blank at an end is trimmed in a file, and a comment would begin behind one.
        let text: String = (0..length).map(sign).collect();
        format!("x{}x", text.replace(" ;", ";"))
    });
    NASTY.into_iter().map(str::to_owned).chain(made).collect()
}

fn engine(values: &[String]) -> Arc<Engine> {
    let mut text = String::new();
    for (number, value) in values.iter().enumerate() {
        write!(text, "[p{number}]\n{KEYS}endpoint_url = {value}\n").expect("a String");
    }
    let disk = FakeDisk::new();
    disk.folder("/home/jo/.aws");
    disk.write("/home/jo/.aws/credentials", text);
    let world = World {
        disk: Arc::new(disk),
        ..World::fake(FakeEnv::with_home("/home/jo"))
    };
    Engine::start(world, Options::default())
}

/// The lines for each value, with a print of what the variable then is behind each.
fn script(engine: &Engine, values: &[String], target: Target, print: &str) -> String {
    let mut script = String::new();
    for number in 0..values.len() {
        let id = engine.id_of(&format!("p{number}")).expect("there");
        let lines = engine.exports(id, target, None).expect("nothing to refuse");
        lines.expose(Purpose::Export, |lines| script.push_str(lines));
        script.push_str(print);
    }
    script
}

/// What a shell prints for a script; none where there is no such shell.
fn run(shell: &str, script: &str) -> Option<Vec<u8>> {
    let child = Command::new(shell)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .env("AWS_SESSION_TOKEN", "of another profile")
        .spawn();
    let mut child = child.ok()?;
    let mut stdin = child.stdin.take().expect("piped");
    let script = script.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("written");
    Some(output.stdout)
}

#[test]
fn every_shell_here_reads_every_value_back_as_it_was() {
    let values = values();
    let engine = engine(&values);
    let mut tried = 0;
    for (shell, target, print) in [
        ("sh", Target::Sh, "printf '%s\\0' \"$AWS_ENDPOINT_URL\"\n"),
        ("bash", Target::Sh, "printf '%s\\0' \"$AWS_ENDPOINT_URL\"\n"),
        ("dash", Target::Sh, "printf '%s\\0' \"$AWS_ENDPOINT_URL\"\n"),
        ("zsh", Target::Sh, "printf '%s\\0' \"$AWS_ENDPOINT_URL\"\n"),
        (
            "fish",
            Target::Fish,
            "printf '%s\\0' \"$AWS_ENDPOINT_URL\"\n",
        ),
    ] {
        let Some(printed) = run(shell, &script(&engine, &values, target, print)) else {
            continue;
        };
        let read: Vec<_> = printed.split(|byte| *byte == 0).collect();
        assert_eq!(read.len(), values.len() + 1, "{shell}");
        for (value, read) in values.iter().zip(read) {
            assert_eq!(String::from_utf8_lossy(read), value.as_str(), "{shell}");
        }
        tried += 1;
    }
    assert!(tried > 0, "every Unix has a shell");
}

#[test]
fn a_token_of_another_profile_is_gone_when_keys_have_none() {
    let values = ["http://localhost:4566".to_owned()];
    let print = "printf '%s %s' \"${AWS_SESSION_TOKEN-unset}\" \"$AWS_ACCESS_KEY_ID\"\n";
    let script = script(&engine(&values), &values, Target::Sh, print);
    let printed = run("sh", &script).expect("every Unix has one");
    assert_eq!(printed, b"unset AKIAIOSFODNN7EXAMPLE");
}
