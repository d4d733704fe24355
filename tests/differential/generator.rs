//! Random pairs of files: put together of pieces that readers are known to part at, or real files with bytes changed. The
//! same seed gives the same files everywhere.

use std::fmt;

use serde_json::Value;

/// Both files; one may be missing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pair {
    pub(crate) config: Option<Vec<u8>>,
    pub(crate) credentials: Option<Vec<u8>>,
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text =
            |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| bytes.escape_ascii().to_string());
        writeln!(f, "  config      {:?}", text(&self.config))?;
        write!(f, "  credentials {:?}", text(&self.credentials))
    }
}

const HEADERS: [&str; 46] = [
    "[default]",
    "[profile a]",
    "[profile b]",
    "[a]",
    "[b]",
    "[profile default]",
    "[sso-session s]",
    "[services v]",
    "[profile  a]",
    "[ profile a ]",
    "[profile\ta]",
    "[ default ]",
    "[Profile a]",
    "[profilea]",
    "[profile]",
    "[profile ]",
    "[]",
    "[",
    "]",
    "[a",
    "[profile a",
    "[profile a] # c",
    "[profile a]#c",
    "[profile a];c",
    "[profile a#b]",
    "[profile a] text",
    "[a]b]",
    "[[profile a]]",
    "[profile \"my team\"]",
    "[profile 'a']",
    "[profile \"a\"]",
    "[\"a\"]",
    "[my team]",
    "[profile my team]",
    "[profile bob's]",
    "[profile a\\b]",
    "[DEFAULT]",
    "[Default]",
    "[plugins]",
    "[foo bar]",
    "[sso-session \"my s\"]",
    "[services]",
    "[profile équipe]",
    "[équipe]",
    "[profile.a]",
    "[constructor]",
];
const KEYS: [&str; 26] = [
    "region",
    "Region",
    "output",
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "role_arn",
    "source_profile",
    "s3",
    "endpoint_url",
    "sso_region",
    "sso_session",
    "a b",
    "clé",
    "x#y",
    "a:b",
    "#k",
    "\"k\"",
    "services",
    "custom",
    "s3.x",
    "=",
    "",
    "REGION",
    "k-1/.%@:+_",
    "unknown",
];
const SEPARATORS: [&str; 9] = [" = ", "=", " =", "= ", ": ", ":", " ", "\t=\t", " == "];
const VALUES: [&str; 34] = [
    "eu-west-1",
    "x",
    "",
    "",
    "v # c",
    "v ; c",
    "v#c",
    "v;c",
    "v\t# c",
    "# c",
    "\"v\"",
    "'v'",
    "\"v",
    "\"",
    "'",
    "a\"b",
    "C:\\new\\x.exe",
    "a\\",
    "\\x0041",
    "\\",
    "%(x)s",
    "$HOME",
    "a=b",
    "a: b",
    "[v]",
    "é",
    "  v  ",
    "\u{a0}v\u{a0}",
    "v\u{c}",
    "v\rw",
    "\u{2028}v",
    "arn:aws:iam::111122223333:role/R",
    "AKIAIOSFODNN7EXAMPLE",
    "\u{85}v",
];
const LINES: [&str; 14] = [
    "", "", "  ", "\t", "# c", "; c", "  # c", "\t; c", "junk", "// c", "= v", ": v", "a",
    "\u{feff}",
];
const INDENTS: [&str; 9] = ["", "", "", "", "  ", "\t", "    ", "\u{a0}", "\u{c}"];
const ENDS: [&str; 12] = [
    "\n", "\n", "\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\r\n", "\r", "\r\r\n",
];
const BYTES: [&[u8]; 30] = [
    b"[",
    b"]",
    b"#",
    b";",
    b"=",
    b":",
    b"\"",
    b"'",
    b"\\",
    b" ",
    b"\t",
    b"\r",
    b"\n",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\x0b",
    b"\x0c",
    b"\x1c",
    b"\x1f",
    b"\x85",
    b"\xc2\x85",
    b"\xc2\xa0",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b" #",
    b" ;",
    b"\n  ",
    b"\n[",
    b"profile ",
];

pub(crate) struct Generator {
    state: u64,
    real: Vec<Vec<u8>>,
}

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            state: seed,
            real: real_files(),
        }
    }

    /// The next pair: config mostly there, credentials every other time.
    pub(crate) fn pair(&mut self) -> Pair {
        let config = (!self.one_in(12)).then(|| self.file());
        let credentials = (config.is_none() || self.one_in(2)).then(|| self.file());
        Pair {
            config,
            credentials,
        }
    }

    fn file(&mut self) -> Vec<u8> {
        let mut bytes = if self.one_in(4) {
            let at = self.below(self.real.len());
            self.real[at].clone()
        } else {
            self.of_pieces()
        };
        if self.one_in(4) {
            for _ in 0..=self.below(3) {
                self.change(&mut bytes);
            }
        }
        bytes
    }

    fn of_pieces(&mut self) -> Vec<u8> {
        let mut text = String::new();
        // One kind of line end in most files, and few odd pieces: a file that all refuse tells little.
        let end = self.of(&ENDS);
        let oddity = [6, 30, 200][self.below(3)];
        for number in 0..self.below(14) {
            if number == 0 || self.one_in(4) {
                let kinds = if self.one_in(oddity) {
                    HEADERS.len()
                } else {
                    8
                };
                text += HEADERS[self.below(kinds)];
            } else if self.one_in(oddity + 2) {
                text += self.of(&LINES);
            } else {
                let odd = self.one_in(oddity);
                text += if odd { self.of(&INDENTS) } else { "" };
                text += if odd {
                    self.of(&KEYS)
                } else {
                    KEYS[self.below(12)]
                };
                text += if odd { self.of(&SEPARATORS) } else { " = " };
                // Few values are the end of a file, so that odd ones may stand in files that are read.
                text += if self.one_in(3) {
                    self.of(&VALUES)
                } else {
                    VALUES[self.below(6)]
                };
                self.below_it(&mut text, end, oddity);
            }
            text += if self.one_in(20) { self.of(&ENDS) } else { end };
        }
        text.into_bytes()
    }

    /// Indented lines below a property: a block, or how its value goes on.
    fn below_it(&mut self, text: &mut String, end: &str, oddity: usize) {
        while self.one_in(4) {
            *text += end;
            *text += if self.one_in(oddity) {
                self.of(&INDENTS)
            } else {
                "  "
            };
            match (self.one_in(oddity), self.below(4)) {
                (false, _) => *text += "sub = x",
                (true, 0) => *text += self.of(&VALUES),
                (true, 1) => *text += self.of(&LINES),
                (true, _) => {
                    *text += self.of(&KEYS);
                    *text += self.of(&SEPARATORS);
                    *text += self.of(&VALUES);
                }
            }
        }
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        match self.below(4) {
            0 | 1 => {
                let piece = BYTES[self.below(BYTES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            2 => {
                let end = (at + 1 + self.below(6)).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            _ => {
                let lines: Vec<_> = bytes
                    .split_inclusive(|byte| *byte == b'\n')
                    .map(<[u8]>::to_vec)
                    .collect();
                if !lines.is_empty() {
                    let line = lines[self.below(lines.len())].clone();
                    bytes.extend(line);
                }
            }
        }
    }

    fn of(&mut self, pieces: &[&'static str]) -> &'static str {
        pieces[self.below(pieces.len())]
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).expect("a small number").max(1);
        usize::try_from(self.next() % count).expect("below a small number")
    }

    /// `SplitMix64` (Steele, Lea, Flood 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }
}

/// The files of the recorded cases, of the sample home and of the corpus.
fn real_files() -> Vec<Vec<u8>> {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &std::path::Path| std::fs::read(path).expect("a file of the repository");
    let recorded: Value = serde_json::from_str(
        &String::from_utf8(read(&tests.join("conformance/own/matrix.json")))
            .expect("recorded in UTF-8")
            .replace("\\udc", "\\u00"),
    )
    .unwrap_or_default();
    let mut files = Vec::new();
    for case in recorded["cases"].as_array().into_iter().flatten() {
        for file in ["config", "credentials"] {
            files.extend(case[file].as_str().map(|text| text.as_bytes().to_vec()));
        }
    }
    for path in [
        "../assets/sample-home/aws/config",
        "../assets/sample-home/aws/credentials",
    ] {
        files.push(read(&tests.join(path)));
    }
    let corpus = std::fs::read_dir(tests.join("corpus")).expect("the corpus");
    let mut corpus: Vec<_> = corpus
        .map(|entry| entry.expect("an entry").path())
        .collect();
    corpus.sort();
    files.extend(corpus.iter().map(|path| read(path)));
    files
}
