//! Whatever the bytes, as config, as credentials or as both: they come back as they were, each of the six engines has a
//! reading of them or refuses them with a line and words, and every question about every profile has an answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolecall_core::{
    dialect::{
        Engine, Files,
        why::{Asked, why},
    },
    document::Document,
    profiles::{Home, Variables},
    rules::{self, Facts},
    status,
};

/// Profiles that are asked about; a file of thousands says no more.
const ASKED: usize = 20;

fuzz_target!(|bytes: &[u8]| {
    // The first NUL parts the two files, so that both are reached.
    let (config, credentials) = match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &b""[..]),
    };
    let documents = [config, credentials].map(|bytes| Document::parse(bytes.to_vec()));
    for (document, bytes) in documents.iter().zip([config, credentials]) {
        assert_eq!(document.assemble(), bytes, "nothing is lost");
    }
    let files = Files {
        config: Some(&documents[0]),
        credentials: Some(&documents[1]),
    };
    for engine in Engine::ALL {
        read(engine, files);
    }
    let [config, credentials] = documents;
    let home = Home::read(Some(config), Some(credentials));
    let facts = Facts::default();
    let report = rules::check(&home, &facts);
    assert_eq!(
        status::statuses(&home, &facts, &report.problems).len(),
        home.profiles().len()
    );
    for profile in home.profiles().take(ASKED) {
        assert_eq!(
            home.named_profile(profile.name()).map(|found| found.id),
            Some(profile.id)
        );
        let _ = (
            profile.keys(),
            profile.hops(ASKED),
            profile.endpoint_of("sts", None, &Variables::default()),
        );
        for property in profile.properties().take(ASKED) {
            let held = profile.get(&property.key);
            assert_eq!(profile.has(&property.key), held.is_some());
            assert_eq!(profile.value(&property.key), held.map(|held| held.value));
        }
    }
});

fn read(engine: Engine, files: Files<'_>) {
    let reading = match engine.read(files) {
        Ok(reading) => reading,
        Err(refusal) => {
            let file = if refusal.file.name() == "config" {
                files.config
            } else {
                files.credentials
            };
            let lines = file.map_or(0, |document| document.lines().len());
            assert!(!refusal.words.is_empty(), "a refusal says why");
            assert!(
                refusal
                    .line
                    .is_some_and(|line| (line as usize) < lines.max(1)),
                "and at which line"
            );
            return;
        }
    };
    let asked = Asked {
        files,
        reading: &reading,
        variable: &|_| None,
    };
    for name in reading.profiles.keys().take(ASKED) {
        why(engine, asked, name);
    }
}
