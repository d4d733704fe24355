//! Where the world is let in, who opens a secret, and what core never says.

/// The only files that may call what `clippy.toml` forbids; each says so on its first lines.
const OPENINGS: [&str; 8] = [
    "src-tauri/engine/src/world/browser/real.rs",
    "src-tauri/engine/src/world/clock/real.rs",
    "src-tauri/engine/src/world/clock/steered.rs",
    "src-tauri/engine/src/world/disk/real.rs",
    "src-tauri/engine/src/world/env/real.rs",
    "src-tauri/engine/src/world/process/real.rs",
    "src-tauri/local-aws/src/clock.rs",
    "src-tauri/src/leak.rs",
];

/// Single calls of forbidden things, each with its reason beside it.
const SINGLE: [&str; 3] = [
    "src-tauri/core/src/rules/tests.rs",
    "src-tauri/local-aws/src/world.rs",
    "src-tauri/src/main.rs",
];

/// Every place that opens a `Secret`, with what for. A new one is added here by hand.
const EXPOSED: [(&str, &str, usize); 20] = [
    (
        "src-tauri/engine/src/answers/documents.rs",
        "Purpose::Reveal",
        1,
    ),
    ("src-tauri/engine/src/reveal.rs", "Purpose::Reveal", 1),
    ("src-tauri/engine/src/reveal.rs", "Purpose::Clipboard", 2),
    // A code's six digits, before anything is sent.
    (
        "src-tauri/engine/src/assume/mod.rs",
        "Purpose::SignRequest",
        1,
    ),
    // Code, secret and token; the SDK wipes what it was given.
    (
        "src-tauri/engine/src/world/aws/real.rs",
        "Purpose::SignRequest",
        2,
    ),
    (
        "src-tauri/engine/src/world/aws/fake.rs",
        "Purpose::SignRequest",
        1,
    ),
    (
        "src-tauri/engine/src/world/aws/tests.rs",
        "Purpose::SignRequest",
        1,
    ),
    ("src-tauri/engine/src/handoff/mod.rs", "Purpose::Export", 2),
    (
        "src-tauri/engine/src/handoff/tests.rs",
        "Purpose::Export",
        1,
    ),
    ("src-tauri/cli/src/print.rs", "Purpose::Export", 1),
    ("src-tauri/engine/src/tokens/seen.rs", "Purpose::Compare", 2),
    // What was pasted, on its way into a file: only its token goes on.
    (
        "src-tauri/engine/src/import/intents.rs",
        "Purpose::WriteFile",
        1,
    ),
    ("src-tauri/core/src/import/tests.rs", "Purpose::Compare", 1),
    // Tokens and programs' secrets, into the files of `sso/cache`.
    (
        "src-tauri/core/src/caches/sign_in.rs",
        "Purpose::WriteCache",
        2,
    ),
    // Newer keys of a console sign-in, into its file.
    (
        "src-tauri/core/src/caches/login.rs",
        "Purpose::WriteCache",
        1,
    ),
    // Is it the token that was there before.
    (
        "src-tauri/engine/src/portal/cache.rs",
        "Purpose::Compare",
        2,
    ),
    // What a browser brings back is the answer to our question.
    ("src-tauri/engine/src/portal/pkce.rs", "Purpose::Compare", 1),
    // The challenge goes to the portal, and the state with the browser.
    (
        "src-tauri/engine/src/portal/pkce.rs",
        "Purpose::SignRequest",
        2,
    ),
    // Tokens go to their portal.
    (
        "src-tauri/engine/src/world/portal/real.rs",
        "Purpose::SignRequest",
        2,
    ),
    // A passphrase becomes a key.
    (
        "src-tauri/engine/src/history/passphrase.rs",
        "Purpose::OpenHistory",
        2,
    ),
];

/// The only files that change files: those of `save` the two of AWS, over which every change goes, `permissions` their
/// mode and nothing else, `portal/cache` those of `sso/cache` that are of the portal in question, `notes` those of the data
/// folder, and `history` those of its own folder there.
const WRITERS: [&str; 9] = [
    "src-tauri/engine/src/history/store.rs",
    "src-tauri/engine/src/notes.rs",
    "src-tauri/engine/src/permissions.rs",
    "src-tauri/engine/src/portal/cache.rs",
    "src-tauri/engine/src/save/beside.rs",
    "src-tauri/engine/src/save/in_place.rs",
    "src-tauri/engine/src/save/journal.rs",
    "src-tauri/engine/src/save/leftovers.rs",
    "src-tauri/engine/src/save/lock.rs",
];

/// Who hands `notes` a path of its own to write: each takes it from `data_folder`.
const NOTERS: [&str; 5] = [
    "src-tauri/engine/src/draft/outlives.rs",
    "src-tauri/engine/src/history/store.rs",
    "src-tauri/engine/src/mask_key.rs",
    "src-tauri/engine/src/save/journal.rs",
    "src-tauri/engine/src/save/leftovers.rs",
];

fn rust() -> Vec<(String, String)> {
    super::files("src-tauri", &[".rs"])
        .into_iter()
        .filter(|(path, _)| !path.starts_with("src-tauri/gen") && !path.contains("/tests/"))
        .collect()
}

#[test]
fn the_fence_is_opened_where_the_ports_are_and_nowhere_else() {
    let opens = |text: &str, inner: bool| {
        let attribute = if inner { "#![expect(" } else { "#[expect(" };
        let starts = text.match_indices(attribute).map(|(at, _)| &text[at..]);
        starts
            .into_iter()
            .any(|rest| rest[..rest.find(")]").unwrap_or(rest.len())].contains("disallowed_"))
    };
    let files = rust();
    let whole: Vec<_> = files
        .iter()
        .filter(|(_, text)| opens(text, true))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(whole, OPENINGS);
    let single: Vec<_> = files
        .iter()
        .filter(|(_, text)| opens(text, false))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(single, SINGLE);
    assert!(
        files
            .iter()
            .all(|(_, text)| !text.contains("allow(clippy::disallowed")),
        "an `allow` would hide the end of its need"
    );
}

/// The files of the engine, without ports and tests, that call one of these.
fn callers(calls: &[&str]) -> Vec<String> {
    let files = super::files("src-tauri/engine/src", &[".rs"]);
    let ours = files
        .into_iter()
        .filter(|(path, _)| !path.contains("/world/") && !path.ends_with("/tests.rs"));
    ours.filter(|(_, text)| {
        let code = text.split("#[cfg(test)]\nmod tests {").next();
        let code: String = code.unwrap_or_default().split_whitespace().collect();
        calls.iter().any(|call| code.contains(call))
    })
    .map(|(path, _)| path)
    .collect()
}

#[test]
fn there_is_one_way_to_write() {
    let changes = [
        "disk.create(",
        "disk.open_to_change(",
        "disk.make_folder(",
        "disk.rename(",
        "disk.rename_new(",
        "disk.exchange(",
        "disk.remove(",
        "make_folders(",
        "write_all(open",
        ".set_mode(",
        ".set_size(",
    ];
    assert_eq!(callers(&changes), WRITERS);
    for path in callers(&["write_whole("]) {
        let is_known = path == "src-tauri/engine/src/notes.rs" || NOTERS.contains(&path.as_str());
        assert!(is_known, "{path} writes where nobody knows");
        assert!(super::read(&path).contains("data_folder("), "{path}");
    }
}

#[test]
fn a_browser_is_opened_by_signing_in_and_by_nothing_else() {
    assert_eq!(
        callers(&["browser.open("]),
        ["src-tauri/engine/src/portal/login.rs"]
    );
}

#[test]
fn a_secret_is_opened_only_where_a_person_asked() {
    let calls = |text: &str| {
        let calls = text
            .match_indices(".expose(")
            .map(|(at, _)| text[at..].chars().take(60).collect::<String>());
        calls
            .filter_map(|call| {
                Some(
                    call.split("Purpose::")
                        .nth(1)?
                        .split([',', ')'])
                        .next()?
                        .trim()
                        .to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for (path, text) in rust()
        .into_iter()
        .filter(|(path, _)| path != "src-tauri/core/src/secret.rs")
    {
        let mut purposes = calls(&text);
        purposes.sort();
        assert!(
            !text.contains("expose_secret"),
            "{path} goes around `Secret::expose`"
        );
        for (_, purpose, count) in EXPOSED.iter().filter(|(known, ..)| *known == path) {
            let purpose = purpose.strip_prefix("Purpose::").expect("a purpose");
            assert_eq!(
                purposes.iter().filter(|found| *found == purpose).count(),
                *count,
                "{path}: {purpose}"
            );
            purposes.retain(|found| found != purpose);
        }
        found.extend(
            purposes
                .into_iter()
                .map(|purpose| format!("{path}: {purpose}")),
        );
    }
    assert!(found.is_empty(), "not listed: {found:?}");
}

#[test]
fn the_two_files_are_written_through_history_alone() {
    let writers: Vec<_> = rust()
        .into_iter()
        .filter(|(_, text)| text.contains("save::write("))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(writers, ["src-tauri/engine/src/history/mod.rs"]);
}

#[test]
fn core_has_no_file_clock_environment_or_async() {
    let words = [
        "std::fs",
        "std::env",
        "std::process",
        "std::net",
        "std::thread",
        "SystemTime",
        "Instant",
        "async fn",
        ".await",
        "Timestamp::now",
    ];
    for (path, text) in super::files("src-tauri/core/src", &[".rs"]) {
        if path.ends_with("rules/tests.rs") {
            continue;
        }
        for word in words {
            let used = text
                .lines()
                .any(|line| line.contains(word) && !line.trim_start().starts_with("//"));
            assert!(!used, "{path} says {word}");
        }
    }
}

#[test]
fn every_file_opens_with_why_it_exists() {
    for (path, text) in rust() {
        let starts = text.starts_with("//") || text.starts_with("#!");
        assert!(starts, "{path} has no opening comment");
    }
}

/// The folds; rust-ini's alone walks over letters, since a quote or an escape of it goes over line ends.
const FOLDS: [(&str, bool); 6] = [
    ("botocore", false),
    ("js", false),
    ("go", false),
    ("java", false),
    ("rust", false),
    ("rust_ini", true),
];

#[test]
fn no_fold_looks_at_raw_text() {
    for (fold, walks_over_letters) in FOLDS {
        let text = super::read(&format!("src-tauri/core/src/dialect/{fold}.rs"));
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let raw = ["document.bytes()", ".slice(", ".assemble(", "from_utf8"];
        let found = raw.iter().find(|call| code.contains(**call));
        assert_eq!(
            found, None,
            "{fold} reads bytes instead of the lexer's rows"
        );
        assert_eq!(code.contains("as_text()"), walks_over_letters, "{fold}");
        assert_eq!(
            code.contains(".rows("),
            !walks_over_letters,
            "{fold} starts from rows"
        );
    }
}
