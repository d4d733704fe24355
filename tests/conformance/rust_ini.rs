//! What rust-ini reads, against what it was recorded to read: 200 files. The crate itself does the reading, so this
//! holds our hand-over of bytes and the form of `rolecall read --as rust-ini`.

use rolecall_core::{dialect::rust_ini, document::Document};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Matrix {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    config: Option<String>,
    credentials: Option<String>,
    config_base64: Option<String>,
    credentials_base64: Option<String>,
    results: Results,
}

#[derive(Deserialize)]
struct Results {
    rust_ini: Value,
}

#[test]
fn rust_ini_reads_as_it_was_recorded() {
    let matrix: Matrix = super::own("matrix.json");
    let mut files = 0;
    for case in &matrix.cases {
        let bytes = |text: &Option<String>, base64: &Option<String>| match (text, base64) {
            (Some(text), _) => Some(text.clone().into_bytes()),
            (None, Some(base64)) => Some(decode(base64)),
            (None, None) => None,
        };
        for (file, bytes) in [
            ("config", bytes(&case.config, &case.config_base64)),
            (
                "credentials",
                bytes(&case.credentials, &case.credentials_base64),
            ),
        ] {
            let Some(bytes) = bytes else { continue };
            files += 1;
            let mut recorded = case.results.rust_ini[file].clone();
            if let Some(object) = recorded.as_object_mut() {
                object.remove("engine");
            }
            assert_eq!(read(bytes), recorded, "{} {file}", case.name);
        }
    }
    println!("rust-ini: {files} files of {} cases", matrix.cases.len());
    assert_eq!(matrix.cases.len(), 200);
}

fn read(bytes: Vec<u8>) -> Value {
    match rust_ini::read(&Document::parse(bytes)) {
        Err(error) => json!({ "ok": false, "error": error }),
        Ok(file) => {
            let sections: Vec<_> = file
                .sections
                .iter()
                .map(|section| json!({ "section": section.name, "properties": section.properties }))
                .collect();
            json!({ "ok": true, "sections": sections })
        }
    }
}

fn decode(base64: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0u32, 0);
    for letter in base64.bytes().filter(|letter| *letter != b'=') {
        held = (held << 6) | u32::from(value(letter));
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(((held >> bits) & 0xff) as u8);
        }
    }
    bytes
}
