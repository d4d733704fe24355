//! Whatever the files, and whatever a person wants changed in them: the intent is refused, or the lines that it does not
//! name stay as they are, and what was set is there afterwards.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolecall_core::{
    document::{Document, Encoding},
    edit::{apply, keeps_to, named_lines},
    intent::{Intent, Named},
    profiles::{File, Home},
};

fuzz_target!(|bytes: &[u8]| {
    let [choice, of, rest @ ..] = bytes else {
        return;
    };
    let (config, credentials) = match rest.iter().position(|byte| *byte == 0) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, &b""[..]),
    };
    let home = read(config, credentials);
    // The engine changes no file that is no text; with NULs in it a file may become one by being shorter.
    let is_text =
        |document: &Document| !matches!(document.encoding(), Encoding::Utf16 | Encoding::Binary);
    let mut documents = File::BOTH
        .into_iter()
        .filter_map(|file| home.document(file));
    if credentials.contains(&0) || !documents.all(is_text) {
        return;
    }
    let count = home.profiles().len();
    let Some(profile) = home.profiles().nth(usize::from(*of) % count.max(1)) else {
        return;
    };
    let name = profile.name().to_owned();
    let section = Named::Profile(name.clone());
    let file = if *choice & 0x80 == 0 {
        File::Config
    } else {
        File::Credentials
    };
    let intent = match choice % 7 {
        0 => Intent::Set {
            section,
            file: None,
            key: "region".into(),
            value: "eu-west-1".into(),
        },
        1 => Intent::Unset {
            section,
            file: None,
            key: "region".into(),
        },
        2 => Intent::Rename {
            profile: name.clone(),
            to: "renamed".into(),
        },
        3 => Intent::Remove { section },
        4 => Intent::Move {
            profile: name.clone(),
            to: file,
        },
        5 => Intent::Duplicate {
            profile: name.clone(),
            to: "copy".into(),
        },
        _ => Intent::Add {
            section: Named::Profile("added".into()),
            properties: vec![("region".into(), "eu-west-1".into())],
            file: Some(file),
        },
    };
    let Ok(edits) = intent.edits(&home) else {
        return;
    };
    let after = File::BOTH.map(|file| {
        home.document(file)
            .map_or_else(Vec::new, |document| apply(document, file, &edits))
    });
    for (file, after) in File::BOTH.into_iter().zip(&after) {
        let document = home.document(file).expect("both are there");
        let named = named_lines(document, file, &edits);
        assert!(
            keeps_to(document.bytes(), after, &named),
            "{intent:?}: other lines stay"
        );
    }
    let [config, credentials] = &after;
    let after = read(config, credentials);
    match &intent {
        Intent::Set { key, value, .. } => {
            let held = after
                .named_profile(&name)
                .expect("it is still there")
                .value(key);
            assert_eq!(held.as_deref(), Some(value.as_str()), "what was set holds");
        }
        Intent::Remove { .. } => assert!(
            after.named_profile(&name).is_none(),
            "what was removed is gone"
        ),
        _ => {}
    }
});

fn read(config: &[u8], credentials: &[u8]) -> Home {
    Home::read(
        Some(Document::parse(config.to_vec())),
        Some(Document::parse(credentials.to_vec())),
    )
}
