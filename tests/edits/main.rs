//! A thousand random edits through the engine, on real files: each changes the lines that it names and no others.
//! The judge is Python's difflib over bytes, which knows nothing of our lines.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the test writes files of its own, and runs the judge"
)]

mod intents;
mod other_tools;

use std::{fmt::Write as _, fs, path::Path, process::Command, sync::Arc};

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use rolecall_engine::{
    Engine, Options, Overrides,
    view::{FileKind, SaveOutcome, TextChange},
    world::{World, env::FakeEnv, vault::FakeVault},
};

const CASES: u32 = 1000;
const PIECES: [&str; 14] = [
    "[profile a]",
    "[profile a]",
    "[profile b]",
    "[sso-session s]",
    "region = eu-west-1",
    "aws_access_key_id = AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    "s3 =",
    "  max_queue_size = 5",
    "# a comment",
    "",
    "source_profile = b ; and more",
    "no key here",
    "aws_session_token = AQoDYXdzEJr•••",
];
const ENDS: [&[u8]; 3] = [b"\n", b"\r\n", b"\r"];

/// A file and what is typed into it.
#[derive(Clone, Debug)]
struct Case {
    lines: Vec<(usize, usize, bool)>,
    ends_open: bool,
    from: usize,
    count: usize,
    typed: Vec<usize>,
}

impl Case {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (at, (piece, end, odd)) in self.lines.iter().enumerate() {
            bytes.extend_from_slice(PIECES[*piece].as_bytes());
            if *odd {
                bytes.extend_from_slice(b" # caf\xe9");
            }
            if !(self.ends_open && at + 1 == self.lines.len()) {
                bytes.extend_from_slice(ENDS[*end]);
            }
        }
        bytes
    }
}

fn cases() -> impl Strategy<Value = Case> {
    let line = (
        0..PIECES.len(),
        prop_oneof![4 => Just(0usize), 3 => Just(1usize), 1 => Just(2usize)],
        prop::bool::weighted(0.1),
    );
    (
        prop::collection::vec(line, 1..30),
        any::<bool>(),
        any::<prop::sample::Index>().prop_map(|index| index.index(1 << 16)),
        0..3usize,
        prop::collection::vec(0..PIECES.len(), 0..3),
    )
        .prop_map(|(lines, ends_open, from, count, typed)| Case {
            lines,
            ends_open,
            from,
            count,
            typed,
        })
}

#[derive(Default)]
struct Counts {
    crlf: u32,
    not_utf8: u32,
    nested: u32,
    twice: u32,
    hard: u32,
}

impl Counts {
    fn add(&mut self, case: &Case) {
        let has = |piece: usize| case.lines.iter().filter(|line| line.0 == piece).count();
        let kinds = [
            case.lines.iter().any(|line| line.1 == 1),
            case.lines.iter().any(|line| line.2),
            has(7) > 0 && has(8) > 0,
            has(0) + has(1) > 1,
        ];
        for (count, is) in [
            &mut self.crlf,
            &mut self.not_utf8,
            &mut self.nested,
            &mut self.twice,
        ]
        .into_iter()
        .zip(kinds)
        {
            *count += u32::from(is);
        }
        self.hard += u32::from(kinds.into_iter().any(|is| is));
    }
}

#[test]
fn a_thousand_random_edits_change_only_the_lines_they_name() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edits");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder of the test's own");
    let mut runner = TestRunner::new(Config::with_cases(CASES));
    let mut counts = Counts::default();
    let mut named = String::new();
    for number in 0..CASES {
        let case = cases()
            .new_tree(&mut runner)
            .expect("cases can be made")
            .current();
        counts.add(&case);
        let (new, (from, to)) = edited(&folder, &case);
        fs::write(folder.join(format!("{number}.old")), case.bytes()).expect("written");
        fs::write(folder.join(format!("{number}.new")), new).expect("written");
        writeln!(
            named,
            "{{\"case\": {number}, \"from\": {from}, \"to\": {to}}}"
        )
        .expect("writing to a String");
    }
    fs::write(folder.join("edits.jsonl"), named).expect("written");
    let judge = Command::new(rolecall_tests::python("python"))
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("edits/judge.py"))
        .arg(&folder)
        .output()
        .expect("the Python environment of the tests: scripts/setup.sh makes it");
    let said = String::from_utf8_lossy(&judge.stdout);
    println!(
        "{CASES} edits: {} files with CRLF, {} not UTF-8, {} nested, {} with a section twice; {} at least one of these",
        counts.crlf, counts.not_utf8, counts.nested, counts.twice, counts.hard
    );
    assert_eq!(
        said.trim(),
        format!("{CASES} judged"),
        "{}",
        String::from_utf8_lossy(&judge.stderr)
    );
    assert!(counts.hard * 5 >= CASES, "a fifth must be hard ones");
    for count in [counts.crlf, counts.not_utf8, counts.nested, counts.twice] {
        assert!(count > 0, "every kind was there");
    }
}

/// The file after the edit was typed and saved, and the old lines that the edit named, the end excluded.
fn edited(folder: &Path, case: &Case) -> (Vec<u8>, (usize, usize)) {
    let path = folder.join("config");
    fs::write(&path, case.bytes()).expect("written");
    let engine = engine(folder);
    let draft = engine.open_draft(FileKind::Config).expect("a draft");
    let shown: Vec<&str> = draft.text.split('\n').collect();
    // Behind the last line break the editor shows one more line, which the file does not have.
    let count = shown.len() - usize::from(shown.len() > 1 && shown.last() == Some(&""));
    let from = case.from % count;
    let to = (from + 1 + case.count).min(count);
    let number = |at: usize| u32::try_from(at + 1).expect("small");
    let text: Vec<&str> = case.typed.iter().map(|piece| PIECES[*piece]).collect();
    let change = TextChange {
        start_line: number(from),
        start_column: 1,
        end_line: number(to - 1),
        end_column: number(shown[to - 1].encode_utf16().count()),
        text: text.join("\n"),
    };
    engine
        .edit_draft(FileKind::Config, draft.version, &[change])
        .expect("in step");
    let saved = engine.save_draft(FileKind::Config);
    let saved = saved.expect("the folder is the test's own");
    assert!(
        matches!(saved, SaveOutcome::Saved { .. }),
        "nobody else writes here"
    );
    // An empty file has no line to name; the editor shows one all the same.
    let to = if draft.text.is_empty() { 0 } else { to };
    (fs::read(&path).expect("the file"), (from, to))
}

fn engine(folder: &Path) -> Arc<Engine> {
    let overrides = Overrides {
        config: Some(folder.join("config")),
        credentials: Some(folder.join("credentials")),
    };
    // A home of its own, so that what Rolecall keeps is kept there, and a keyring in memory.
    let world = World {
        env: Arc::new(FakeEnv::with_home(folder)),
        vault: Arc::new(FakeVault::with_a_key()),
        ..World::real()
    };
    Engine::start(
        world,
        Options {
            overrides,
            ..Options::default()
        },
    )
}
