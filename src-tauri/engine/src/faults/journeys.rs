//! The journeys that write, each as small as it can be: a home, what comes before, and the one step that is struck.

use std::sync::Arc;

use crate::{
    engine::Engine,
    failure::Failure,
    portal::tests as portal,
    snapshot::Read,
    view::{AccountForm, Endpoint, FileKind, SaveOutcome, TextChange},
    world::disk::FakeDisk,
};

pub(super) const AWS: &str = "/home/jo/.aws";
const CONFIG: &str = "/home/jo/.aws/config";
const CREDENTIALS: &str = "/home/jo/.aws/credentials";
const TEXT: &str = "[profile a]\nregion = x\n[profile b]\nregion = y\n";

pub(super) struct Journey {
    pub name: &'static str,
    /// What is on the disk.
    pub home: fn(&FakeDisk),
    /// What comes before the step, with nothing in the way.
    pub prepare: fn(&Arc<Engine>, &FakeDisk),
    /// The step; true when it is done.
    pub run: fn(&Arc<Engine>) -> Result<bool, Failure>,
    /// A reader may see a part of it until the next start.
    pub is_in_place: bool,
}

pub(super) const ALL: [Journey; 11] = [
    Journey {
        name: "saving",
        home: |disk| disk.write(CONFIG, TEXT),
        prepare: typed,
        run: saved,
        is_in_place: false,
    },
    Journey {
        name: "saving over a link",
        home: |disk| {
            disk.write("/home/jo/.aws/dot/config", TEXT);
            disk.link(CONFIG, "dot/config");
        },
        prepare: typed,
        run: saved,
        is_in_place: false,
    },
    Journey {
        name: "saving without exchange",
        home: |disk| {
            disk.only_plain_renames();
            disk.write(CONFIG, TEXT);
        },
        prepare: typed,
        run: saved,
        is_in_place: false,
    },
    Journey {
        name: "saving without locks",
        home: |disk| {
            disk.no_locks();
            disk.write(CONFIG, TEXT);
        },
        prepare: typed,
        run: saved,
        is_in_place: false,
    },
    Journey {
        name: "saving a file with two names",
        home: |disk| {
            disk.write(CONFIG, TEXT);
            disk.hard_link(CONFIG, "/home/jo/backup");
        },
        prepare: typed,
        run: saved,
        is_in_place: true,
    },
    Journey {
        name: "putting back",
        home: |disk| disk.write(CONFIG, TEXT),
        prepare: |engine, disk| {
            disk.write(CONFIG, TEXT);
            engine.see_what_is_there();
            typed(engine, disk);
            saved(engine).expect("nothing is in the way");
            // A program that had read the file before writes its own copy of it.
            disk.write(CONFIG, TEXT.replace("region = x", "region = theirs"));
        },
        run: |engine| {
            engine.see_what_is_there();
            Ok(true)
        },
        is_in_place: false,
    },
    Journey {
        name: "creating both files",
        home: |_| {},
        prepare: |_, _| {},
        run: |engine| {
            let missing = [FileKind::Config, FileKind::Credentials];
            let snapshot = engine.snapshot();
            let missing: Vec<_> = missing
                .into_iter()
                .filter(|file| snapshot.home().document((*file).into()).is_none())
                .collect();
            engine.create_files(&missing).map(|()| true)
        },
        is_in_place: false,
    },
    Journey {
        name: "settings",
        home: |disk| disk.write(CONFIG, TEXT),
        prepare: |_, _| {},
        run: |engine| engine.pin(0, true).map(|()| true),
        is_in_place: false,
    },
    Journey {
        name: "accounts",
        home: |disk| disk.write(CONFIG, TEXT),
        prepare: |_, _| {},
        run: |engine| {
            let form = AccountForm {
                name: "Acme".into(),
                profile: "a".into(),
                role: None,
                region: None,
                endpoint: Endpoint::Aws,
                label: None,
            };
            let known = engine.account_named("Acme").map(|(id, _)| id);
            if known.is_ok() {
                return Ok(true);
            }
            engine.save_account(&form, None).map(|_| true)
        },
        is_in_place: false,
    },
    Journey {
        name: "a token of a portal",
        home: portal::with_a_token,
        prepare: |_, _| {},
        run: |engine| portal::keep_a_token(engine),
        is_in_place: false,
    },
    Journey {
        name: "tokens",
        home: |disk| disk.write(CREDENTIALS, keys(1)),
        prepare: |engine, disk| {
            engine.ask_about_tokens();
            disk.write(CREDENTIALS, keys(2));
            let (_, sight) = engine.look_around();
            let read = Read::from(sight);
            engine.observe_tokens(&read);
            engine.publish(Some(read), |_| {});
        },
        run: |engine| {
            let question = engine.snapshot().connections().token_change;
            let Some(question) = question else {
                return Ok(true);
            };
            engine
                .answer_token_change(question.ticket, false)
                .map(|()| true)
        },
        is_in_place: false,
    },
];

fn keys(number: u32) -> String {
    format!(
        "[a]\naws_access_key_id = ASIAIOSFODNN{number:04}MPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_session_token = token-{number}\n"
    )
}

/// The second region is typed anew.
fn typed(engine: &Arc<Engine>, _: &FakeDisk) {
    let draft = engine.open_draft(FileKind::Config).expect("a draft");
    if !draft.text.contains("region = y") {
        return;
    }
    let change = TextChange {
        start_line: 4,
        start_column: 10,
        end_line: 4,
        end_column: 11,
        text: "mine".into(),
    };
    engine
        .edit_draft(FileKind::Config, draft.version, &[change])
        .expect("in step");
}

fn saved(engine: &Arc<Engine>) -> Result<bool, Failure> {
    let saved = engine.save_draft(FileKind::Config)?;
    Ok(matches!(saved, SaveOutcome::Saved { .. }))
}
