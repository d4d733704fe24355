//! Keys that are imported go into the credentials file and nowhere else: not to what the command prints, nor into History,
//! notes or any other file, nor to another program or the network. The search proves its own eyes: it finds them where they
//! belong, in each form.

use std::{fmt::Write as _, fs, path::Path};

use super::home::{Home, feed};

const SECRET: &str = "CANARYsecret+of/aws/EXAMPLEKEYwithForty0";
const TOKEN: &str = "CANARYtoken/AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthTEXAMPLE==";

/// A secret in the forms in which it may lie about.
fn forms(secret: &str) -> Vec<Vec<u8>> {
    let percent = secret.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").expect("a String");
        }
        text
    });
    let hex = secret.bytes().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String");
        text
    });
    let wide = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let plain = secret.as_bytes().to_vec();
    let mut forms = vec![plain, percent.into_bytes(), hex.into_bytes(), wide];
    // Base64 looks otherwise at each of three offsets; what does not depend on its neighbours is looked for.
    for offset in 0..3 {
        let padded = [&b"\0\0\0"[..offset], secret.as_bytes()].concat();
        let encoded = base64(&padded);
        forms.push(encoded[4..encoded.len() - 4].to_vec());
    }
    forms
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |chunk: &[u8], at: usize| {
        let three = chunk.iter().chain(&[0, 0]).take(3);
        let number = three.fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        LETTERS[number >> (18 - 6 * at) & 63]
    };
    let chunks = bytes.chunks(3);
    chunks
        .flat_map(|chunk| (0..4).map(move |at| letter(chunk, at)))
        .collect()
}

/// Whether one of the secrets is in there, in whatever form.
fn sees(bytes: &[u8]) -> bool {
    let mut all = [SECRET, TOKEN].into_iter().flat_map(forms);
    all.any(|form| bytes.windows(form.len()).any(|part| part == form))
}

/// Every file below, with what it holds; links are not followed.
fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = entry.path();
        if entry.file_type().expect("its type").is_dir() {
            files(&path, found);
        } else {
            found.push((path.display().to_string(), fs::read(&path).expect("bytes")));
        }
    }
}

fn block() -> String {
    format!(
        "[123456789012_Admin]\naws_access_key_id=ASIAIOSFODNN7EXAMPLE\naws_secret_access_key={SECRET}\naws_session_token={TOKEN}\n"
    )
}

#[test]
fn the_search_sees_each_form_in_which_a_secret_may_lie_about() {
    for form in [SECRET, TOKEN].into_iter().flat_map(forms) {
        let text = [b"some text before ".as_slice(), &form, b" and after"].concat();
        assert!(sees(&text));
    }
    assert!(!sees(b"some text before and after"));
    assert_eq!(base64(b"Man"), b"TWFu");
}

#[test]
fn no_secret_of_an_import_leaves_a_trace() {
    for (arguments, code) in [
        (vec!["--as", "acme"], 1),
        (vec!["--as", "acme", "--diff"], 0),
        (vec!["--as", "acme", "--json", "--yes"], 0),
        (vec!["--as", "a]b", "--yes"], 3),
    ] {
        let home = Home::with(&[("config", "[profile acme]\nregion = x\n")]);
        let rolecall = env!("CARGO_BIN_EXE_rolecall");
        let calls = "trace=write,pwrite64,writev,sendto,sendmsg,connect,execve,renameat2";
        let mut line = vec![
            "-f",
            "-qq",
            "-y",
            "-s",
            "65536",
            "-o",
            "strace.log",
            "-e",
            calls,
        ];
        line.extend([rolecall, "import", "-"]);
        line.extend(&arguments);
        let mut command = home.program("strace", &line);
        command.env("RUST_LOG", "trace");
        let ran = feed(command, block().as_bytes());
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        assert!(!sees(ran.said().as_bytes()), "{arguments:?}: printed");
        let log = home.path().join("strace.log");
        let calls = fs::read_to_string(&log).expect("a log");
        let aws = home.aws().display().to_string();
        for call in calls.lines() {
            assert!(!call.contains("AF_INET"), "{call}");
            assert!(
                call.contains(rolecall) || !call.contains("execve("),
                "{call}"
            );
            assert!(!sees(call.as_bytes()) || call.contains(&aws), "{call}");
        }
        let wrote = arguments.contains(&"--yes") && code == 0;
        let is_seen = calls.lines().any(|call| sees(call.as_bytes()));
        assert_eq!(is_seen, wrote, "strace saw it where it was written");
        fs::remove_file(log).expect("removed");
        let mut found = Vec::new();
        files(home.path(), &mut found);
        let credentials = home.aws().join("credentials").display().to_string();
        for (path, bytes) in &found {
            assert_eq!(sees(bytes), *path == credentials, "{arguments:?}: {path}");
        }
        let is_there = found.iter().any(|(path, _)| *path == credentials);
        assert_eq!(is_there, wrote);
    }
}

#[test]
fn keys_that_were_imported_leave_no_trace_in_history_when_they_are_replaced() {
    let home = Home::with(&[]);
    let import = |text: &str| {
        feed(
            home.command(&["import", "-", "--as", "acme", "--yes"]),
            text.as_bytes(),
        )
    };
    assert_eq!(import(&block()).code, 0);
    let other = block()
        .replace(SECRET, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        .replace(TOKEN, "newer");
    assert_eq!(
        import(&other.replace("ASIAIOSFODNN7EXAMPLE", "ASIAI44QH8DHBEXAMPLE")).code,
        0
    );
    home.done(&["history", "show", "1"]);
    assert!(home.kept().len() > 2, "the old text was kept");
    let mut found = Vec::new();
    files(home.path(), &mut found);
    for (path, bytes) in found {
        assert!(!sees(&bytes), "{path}");
    }
}
