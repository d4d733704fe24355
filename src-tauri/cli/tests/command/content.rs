//! Odd content, row by row of the fault cases: what is said of it, and that a change elsewhere in the file leaves it as it
//! is, byte for byte.

use std::{fmt::Write as _, fs};

use serde_json::Value;

use super::home::{Home, Ran};

/// A profile that every change here is about, before or behind the odd text.
const MINE: &[u8] = b"[profile mine]\nregion = eu-west-1\n";

fn home(config: &[u8]) -> Home {
    let home = Home::with(&[(
        "credentials",
        "[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
    )]);
    fs::write(home.aws().join("config"), config).expect("written");
    home
}

fn config(home: &Home) -> Vec<u8> {
    fs::read(home.aws().join("config")).expect("it is there")
}

fn rules(ran: &Ran) -> Vec<String> {
    let document = ran.json();
    let problems = document["problems"].as_array().expect("a list").clone();
    let rule = |problem: Value| problem["rule"].as_str().expect("a name").to_owned();
    problems.into_iter().map(rule).collect()
}

/// Sets the region of `mine`, which stands behind this text, and again where it stands before it. Nothing else changes.
fn stays(odd: &[u8]) {
    for parts in [[odd, MINE], [MINE, odd]] {
        let home = home(&parts.concat());
        home.done(&["set", "mine", "region", "us-east-1", "--yes"]);
        let mine = b"[profile mine]\nregion = us-east-1\n".as_slice();
        let wanted = parts.map(|part| if part == MINE { mine } else { part });
        let (found, wanted) = (config(&home), wanted.concat());
        assert_eq!(
            String::from_utf8_lossy(&found),
            String::from_utf8_lossy(&wanted)
        );
        assert_eq!(found, wanted);
    }
}

#[test]
fn f002_files_without_profiles_are_fine_and_keep_what_they_have() {
    for text in ["", "\n \n", "# mine\n"] {
        let home = home(text.as_bytes());
        assert_eq!(
            home.done(&["check", "--json"]).json()["problems"],
            Value::Array(Vec::new())
        );
        home.done(&["add", "new", "region=eu-west-1", "--yes"]);
        let after = home.read("config");
        assert!(after.starts_with(text), "{after:?}");
        assert!(after.ends_with("[profile new]\nregion = eu-west-1\n"));
    }
}

#[test]
fn f003_a_file_of_100_mb_is_not_read_and_the_other_one_is_in_little_memory() {
    let home = home(b"");
    let file = fs::File::create(home.aws().join("config")).expect("made");
    file.set_len(100 << 20).expect("as large");
    let line = format!(
        "ulimit -v 700000; {} list --json",
        env!("CARGO_BIN_EXE_rolecall")
    );
    let ran = super::home::feed(home.program("bash", &["-c", &line]), b"");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(ran.json()["failure"]["code"], "unsupported");
    let message = "config is 100 MB, more than Rolecall opens (64 MB). It was not read.";
    assert_eq!(ran.json()["failure"]["message"], message);
    assert_eq!(ran.json()["profiles"][0]["name"], "keys");
}

#[test]
fn f004_f008_what_is_no_text_is_named_and_never_changed() {
    let utf16: Vec<u8> = "\u{feff}[profile mine]\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let gzip = [
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(),
        &[0, 1, 2, 3, 0, 0, 7],
    ]
    .concat();
    for bytes in [b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0".to_vec(), gzip, utf16] {
        let home = home(&bytes);
        let checked = home.run(&["check", "--json"]);
        assert_eq!(
            (checked.code, rules(&checked)),
            (1, vec!["file.not_utf8".to_owned()])
        );
        let added = home.run(&["add", "new", "region=eu-west-1", "--yes", "--json"]);
        assert_eq!(added.code, 3, "{added:?}");
        assert_eq!(config(&home), bytes);
        home.done(&[
            "set",
            "keys",
            "region",
            "eu-west-1",
            "--file",
            "credentials",
            "--yes",
        ]);
        assert_eq!(config(&home), bytes);
    }
}

#[test]
fn f005_f006_bytes_that_are_no_characters_are_marked_and_stay() {
    let odd = b"[profile caf\xe9]\nregion = \xff\nnul = a\0b\n";
    let checked = home(odd).run(&["check", "--json"]);
    let marks = rules(&checked)
        .iter()
        .filter(|rule| *rule == "file.not_utf8")
        .count();
    assert_eq!((checked.code, marks), (1, 3), "{checked:?}");
    stays(odd);
    let shown = home(odd).run(&["list"]);
    assert!(
        shown.out.contains("\\xE9") || shown.out.contains('\u{fffd}'),
        "{shown:?}"
    );
}

#[test]
fn f007_a_byte_order_mark_is_marked_and_stays() {
    let marked = [b"\xef\xbb\xbf".as_slice(), MINE].concat();
    let home = home(&marked);
    assert_eq!(
        rules(&home.run(&["check", "--json"])),
        ["file.not_utf8", "profile.dangling"]
    );
    home.done(&["set", "mine", "region", "us-east-1", "--yes"]);
    assert_eq!(
        config(&home),
        b"\xef\xbb\xbf[profile mine]\nregion = us-east-1\n"
    );
}

#[test]
fn f009_line_ends_and_characters_that_look_like_them_stay_and_new_lines_end_like_most() {
    stays("[profile a]\r\nregion = x\nk\u{c} = v \u{2028} w\n\r\n".as_bytes());
    stays(b"[profile a]\rregion = x\r");
    let mostly = b"[profile mine]\r\nregion = x\r\n# one\n";
    let home = home(mostly);
    home.done(&["set", "mine", "output", "json", "--yes"]);
    assert_eq!(
        config(&home),
        b"[profile mine]\r\nregion = x\r\noutput = json\r\n# one\n"
    );
}

#[test]
fn f010_a_last_line_without_an_end_gets_one_only_when_something_comes_behind_it() {
    let home = home(b"[profile mine]\nregion = x");
    home.done(&["set", "mine", "region", "y", "--yes"]);
    assert_eq!(config(&home), b"[profile mine]\nregion = y");
    home.done(&["add", "new", "region=z", "--yes"]);
    assert_eq!(
        config(&home),
        b"[profile mine]\nregion = y\n\n[profile new]\nregion = z\n"
    );
}

#[test]
fn f011_what_stands_twice_is_told_with_its_lines_and_a_change_takes_the_one_that_holds() {
    let twice =
        b"[profile mine]\nregion = x\nRegion = y\n[profile b]\n[profile mine]\nregion = z\n";
    let home = home(twice);
    let checked = home.run(&["check", "--json"]);
    let found = rules(&checked);
    assert!(
        found.contains(&"key.duplicate".to_owned())
            && found.contains(&"section.duplicate".to_owned())
    );
    assert!(checked.out.contains("on lines 2 and 3") && checked.out.contains("on lines 1 and 5"));
    home.done(&["set", "mine", "region", "new", "--yes"]);
    assert_eq!(
        config(&home),
        b"[profile mine]\nregion = x\nRegion = y\n[profile b]\n[profile mine]\nregion = new\n"
    );
}

#[test]
fn f012_f013_ten_thousand_profiles_deep_chains_circles_and_long_lines_are_listed_and_changed() {
    let mut text = format!(
        "[profile long]\nk = {}\n{}",
        "x".repeat(10 << 20),
        "\n".repeat(100_000)
    );
    for number in 0..10_000 {
        let source = if number % 1000 == 999 {
            "base".into()
        } else {
            format!("p{}", number + 1)
        };
        writeln!(text, "[profile p{number}]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = {source}").expect("a String");
    }
    for (name, source) in [("a", "b"), ("b", "c"), ("c", "a"), ("self", "self")] {
        writeln!(text, "[profile {name}]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = {source}").expect("a String");
    }
    text += "[profile base]\nregion = x\n";
    let home = home(text.as_bytes());
    let listed = home.run(&["list", "--json"]).json();
    assert_eq!(listed["profiles"].as_array().map(Vec::len), Some(10_007));
    for name in ["a", "self"] {
        assert_eq!(home.run(&["chain", name, "--json"]).json()["end"], "loop");
    }
    let deep = home.run(&["chain", "p1000", "--json"]).json();
    assert_eq!(deep["hops"].as_array().map(Vec::len), Some(1001));
}

#[test]
fn f012_a_file_of_nearly_8_mib_is_changed_in_its_one_line() {
    let odd = format!("[profile long]\nk = {}\n", "x".repeat(7 << 20));
    stays(odd.as_bytes());
}

#[test]
fn f014_broken_headers_and_lines_are_problems_each_and_stay() {
    let odd =
        b"=v\nkey\n[]\n[profile]\n[profile  a b]\n[profile \"q\"]\nregion = x\n]x[\n[unclosed\n";
    let home = home(&[MINE, odd].concat());
    let listed = home.run(&["list", "--json"]).json();
    let names: Vec<_> = listed["profiles"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|profile| profile["name"].clone())
        .collect();
    for name in ["mine", "q", "keys"] {
        assert!(names.contains(&name.into()), "{names:?}");
    }
    let checked = home.run(&["check", "--json"]);
    let unreadable = rules(&checked)
        .iter()
        .filter(|rule| *rule == "line.unreadable")
        .count();
    assert_eq!(unreadable, 5, "{checked:?}");
    stays(odd);
}

/// A block and comments that other tools lose, and every change that there is, elsewhere.
#[test]
fn f015_f016_granted_386_502_aws_vault_187_288_amplify_3045_nested_blocks_and_comments_outlive_every_change()
 {
    let kept = "; old\n#[profile away]\n#region = x\n[profile kept]\ns3 =\n\tmax_queue_size = 1\n      # between\n\taddressing_style = path\nregion = x # home ; or not\n\n# the end\n";
    let home = home(format!("{kept}\n[profile mine]\nregion = x\n").as_bytes());
    for change in [
        &["set", "mine", "region", "y"][..],
        &["set", "mine", "s3.max_queue_size", "2"],
        &["unset", "mine", "s3"],
        &["add", "new", "region=z"],
        &["rename", "new", "newer"],
        &["duplicate", "mine", "copy"],
        &["move", "copy", "--to", "credentials"],
        &["merge", "copy", "newer"],
        &["remove", "newer"],
        &["check", "--fix"],
        &["history", "undo"],
    ] {
        home.done(&[change, &["--yes"]].concat());
        assert!(
            home.read("config").starts_with(kept),
            "{change:?}: {}",
            home.read("config")
        );
    }
}

#[test]
fn f094_names_that_can_not_be_are_refused_and_references_move_all_or_none() {
    let text = "[default]\nregion = x\n[profile mine]\nregion = x\n[profile role]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = mine\n";
    let home = home(text.as_bytes());
    for to in ["role", "default", "my team", "keys", "Default", "a]b", ""] {
        let ran = home.run(&["rename", "mine", to, "--yes"]);
        assert_eq!(ran.code, 3, "{to}: {ran:?}");
        assert_eq!(home.read("config"), text, "{to}");
    }
    for verb in ["rename", "merge", "duplicate"] {
        let ran = home.run(&[verb, "mine", "mine", "--yes"]);
        assert_eq!(home.read("config"), text, "{verb} {ran:?}");
    }
    home.done(&["rename", "mine", "Mine", "--yes"]);
    assert_eq!(home.read("config"), text.replace("mine", "Mine"));
}
