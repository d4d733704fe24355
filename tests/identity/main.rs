//! Promise 1: whatever the bytes, they come back as they were; and whatever the text, nothing panics.
//! Random strings are made of what such files are made of, and of plain noise; odd files that were met are in `corpus/`.
#![expect(clippy::disallowed_methods, reason = "the harness reads test data")]

use proptest::{collection::vec, prelude::*};
use rolecall_core::{
    dialect::{
        Engine, Files, Refusal,
        beside::Beside,
        why::{Asked, why},
    },
    document::{Document, Kind, MaskKey, Masker, Span},
    import,
    profiles::Home,
    rules::{self, Facts},
    status,
};

const CASES: u32 = 100_000;

/// A piece of a file, or noise.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "[",
        "]",
        "[profile a]",
        "[default]",
        "profile",
        "sso-session",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "=",
        ":",
        "#",
        ";",
        " # ",
        "\"",
        "'",
        "\\",
        "aws_secret_access_key",
        "aws_access_key_id",
        "source_profile",
        "role_arn",
        "s3 =\n ",
        "••••",
        "•",
        "abcd",
        "\u{feff}",
        "é",
        "\u{2028}",
        "\0",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    ]);
    prop_oneof![8 => words.prop_map(|word| word.as_bytes().to_vec()), 1 => vec(any::<u8>(), 0..6)]
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

fn check_identity(bytes: &[u8]) {
    let document = Document::parse(bytes.to_vec());
    assert_eq!(document.bytes(), bytes);
    assert_eq!(document.assemble(), bytes, "the lines cover every byte");
    for line in document.lines() {
        for span in spans(&line.kind)
            .into_iter()
            .chain(document.whole_value(line))
        {
            assert!(
                line.span.start <= span.start
                    && span.start <= span.end
                    && span.end <= line.span.end,
                "{line:?}"
            );
        }
    }
    let mut masker = Masker::new(MaskKey::new([1; 32]));
    let shown = masker.mask(&document);
    assert_eq!(
        masker.unmask(&shown).as_deref(),
        Ok(bytes),
        "masking takes nothing away"
    );
    assert_eq!(
        Document::parse(shown).lines().len(),
        document.lines().len(),
        "masked text has the same lines"
    );
}

fn spans(kind: &Kind) -> Vec<Span> {
    match *kind {
        Kind::Blank | Kind::Comment | Kind::Junk => vec![],
        Kind::Section { name, .. } => vec![name],
        Kind::Property { key, value } | Kind::Nested { key, value } => vec![key, value],
        Kind::Continuation { value } => vec![value],
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_hundred_thousand_random_byte_strings_come_back_as_they_were(bytes in bytes()) {
        check_identity(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_rule_or_a_status_panic(config in bytes(), credentials in bytes()) {
        let home = Home::read(Some(Document::parse(config)), Some(Document::parse(credentials)));
        let facts = Facts::default();
        let problems = rules::check(&home, &facts).problems;
        prop_assert_eq!(status::statuses(&home, &facts, &problems).len(), home.profiles().len());
        for problem in &problems {
            prop_assert!(!problem.message.is_empty() && !problem.advice.is_empty());
        }
        for profile in home.profiles() {
            prop_assert!(!profile.hops(100).is_empty());
        }
    }

    #[test]
    fn every_byte_string_has_a_reading_in_each_of_six_engines_or_its_refusal_with_line_and_reason(config in bytes(), credentials in bytes()) {
        let home = Home::read(Some(Document::parse(config)), Some(Document::parse(credentials)));
        for engine in Engine::ALL {
            let files = Files::from(&home);
            let read = engine.read(files);
            let beside = Beside::of(&home, engine.read(files));
            for profile in home.profiles() {
                beside.verdict(profile);
            }
            match &read {
                Err(refusal) => prop_assert!(is_told(refusal, &home), "{:?}", refusal),
                Ok(reading) => {
                    for refusal in &reading.passed_over {
                        prop_assert!(is_told(refusal, &home), "{:?}", refusal);
                    }
                    for name in reading.profiles.keys() {
                        let why = why(engine, Asked { files, reading, variable: &|_| None }, name);
                        prop_assert_eq!(why.is_none(), engine == Engine::RustIni);
                    }
                }
            }
        }
    }
}

/// A refusal has words, and a line that the file has; of an empty file the first.
fn is_told(refusal: &Refusal, home: &Home) -> bool {
    let lines = home
        .document(refusal.file)
        .map_or(0, |document| document.lines().len());
    let line = refusal.line.map(|line| line as usize);
    !refusal.words.is_empty() && line.is_some_and(|line| line < lines.max(1))
}

/// A piece of what people paste, or of a file.
fn pasted() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "export ",
        "SET ",
        "$Env:",
        "set -gx ",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "aws_session_token",
        "AKIAIOSFODNN7EXAMPLE",
        "ASIAIOSFODNN7EXAMPLE",
        "[123456789012_Role]\n",
        "Access key ID,Secret access key\n",
        ",",
        "{",
        "}",
        "\"AccessKeyId\":",
        "\"Credentials\":",
        "AIRFLOW_CONN_X=",
        "aws://",
        "@",
        "?",
        "__extra__=",
        "%2F",
        "\"conn_type\":\"aws\"",
        "“",
        "PS C:\\> ",
        "\\\n",
        "2026-11-22T12:00:00Z",
    ]);
    prop_oneof![4 => words.prop_map(|word| word.as_bytes().to_vec()), 3 => piece()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pasted_is_read_or_refused_in_words(pieces in vec(pasted(), 0..30)) {
        match import::read_bytes(&pieces.concat()) {
            Ok(paste) => prop_assert!(!paste.found.is_empty()),
            Err(not) => prop_assert!(not.said.ends_with('.') && not.expected.ends_with('.')),
        }
    }
}

#[test]
fn every_file_of_the_corpus_comes_back_as_it_was() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let files: Vec<_> = std::fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert!(files.len() >= 10, "the corpus has files: {}", files.len());
    for file in files {
        let bytes = std::fs::read(&file).expect("a file of the corpus");
        check_identity(&bytes);
        let _ = import::read_bytes(&bytes);
    }
}
