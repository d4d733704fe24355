//! What Rolecall makes of each recorded edit, read and judged by hand: the text that is there then, or why it is refused.
//! Names are those of the recorded cases, which say what the CLI does instead.

/// What an edit comes to.
pub(super) enum Answer {
    /// The config file then.
    Config(&'static str),
    /// Both files then; an empty text where there is no config.
    Both(&'static str, &'static str),
    /// Nothing is written; words of the sentence that says why.
    Refused(&'static str),
}

use Answer::{Both, Config, Refused};

pub(super) const ANSWERS: [(&str, Answer); 37] = [
    (
        "inline-comment-lost",
        Config("[default]\nregion = eu-west-1 # home\noutput = json\n"),
    ),
    (
        "spacing-lost",
        Config("[default]\nregion      =eu-west-1\noutput      =json\n"),
    ),
    (
        "nested-key-hit",
        Config(
            "[default]\ns3 =\n  region = nested\n  addressing_style = path\nregion = eu-west-1\n",
        ),
    ),
    ("case-dup", Config("[default]\nRegion = eu-west-1\n")),
    (
        "continuation-kept",
        Config("[default]\ncredential_process = /bin/new\nregion = r\n"),
    ),
    (
        "nested-to-scalar",
        Config("[default]\ns3 = x\nregion = r\n"),
    ),
    (
        "scalar-to-nested",
        Refused("s3 has a value, so it can't have settings below it."),
    ),
    (
        "crlf-rewritten",
        Config("[default]\r\nregion = eu-west-1\r\n[profile b]\r\nregion = y\r\n"),
    ),
    (
        "mixed-cr",
        Config("[default]\nregion = x\r# c\noutput = text\n"),
    ),
    (
        "section-spacing-dup",
        Config("[profile  a]\nregion = eu-west-1\noutput = json\n"),
    ),
    (
        "section-inner-space",
        Config("[ default ]\nregion = eu-west-1\n"),
    ),
    (
        "quoted-name-dup",
        Config("[profile \"my team\"]\nregion = eu-west-1\noutput = json\n"),
    ),
    (
        "profile-default-ignored",
        Config("[profile default]\nregion = eu-west-1\n"),
    ),
    ("bracket-name", Refused("“a]b” is no name for a profile")),
    (
        "plugins-substring",
        Config("[profile x]\nregion = r\n\n[profile in]\nregion = r1\n"),
    ),
    (
        "plugins-substring-2",
        Config("[profile x]\nregion = r\n\n[profile p]\nregion = r1\n"),
    ),
    ("dots-in-name", Config("[profile org.team]\nregion = r1\n")),
    (
        "comment-adopted",
        Config(
            "[default]\nregion = x\noutput = text\n\n# team b: do not touch\n[profile b]\nregion = y\n",
        ),
    ),
    (
        "insert-inside-comments",
        Config("[default]\nregion = x\noutput = text\n# note one\n# note two\n"),
    ),
    (
        "blank-before-new",
        Config("[default]\nregion = x\n\n[profile b]\nregion = r\n"),
    ),
    (
        "commented-key",
        Config("[default]\n# region = x\noutput = json\nregion = r1\n"),
    ),
    (
        "wrong-file",
        Both("[profile a]\noutput = json\n", "[a]\nregion = r1\n"),
    ),
    (
        "secret-world-readable",
        Both(
            "",
            "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = s\n",
        ),
    ),
    (
        "new-file-mode",
        Both("", "[default]\naws_access_key_id = AKIDEXAMPLE\n"),
    ),
    ("symlink-kept", Config("[default]\nregion = eu-west-1\n")),
    (
        "broken-file-refused",
        Config("[profile a]\nregion = r1\njunk\n"),
    ),
    (
        "dup-section-refused",
        Config("[profile a]\nregion = x\n[profile a]\nregion = y\n[profile b]\nregion = r1\n"),
    ),
    ("bom-refused", Config("\u{feff}[default]\nregion = r1\n")),
    (
        "hash-value",
        Refused("most AWS SDKs take # or ; behind a space for a comment"),
    ),
    ("hash-name", Refused("“a#b” is no name for a profile")),
    ("newline-value", Refused("it has a line break")),
    (
        "empty-value",
        Refused("it is empty; to take the property away, unset it"),
    ),
    (
        "list-form-bracket-line",
        Config("[default]\nregion = x\n  [not a header]\noutput = text\n"),
    ),
    (
        "sub-key-update-stops",
        Config("[default]\ns3 =\n  a = 9\n  b = 2\nregion = r\n"),
    ),
    (
        "sub-key-add-indent",
        Config("[default]\ns3 =\n  a = 1\n\tb = 2\n\tc = 9\nregion = r\n"),
    ),
    (
        "sub-key-add-comment-between",
        Config("[default]\ns3 =\n  a = 1\n  c = 9\n# about region\nregion = r\n"),
    ),
    ("set-then-no-unset", Config("[default]\n")),
];

/// Where botocore does not read the value that was set, because of what stood in the file before and stands there still:
/// what it reads, as JSON, `false` where it refuses the file.
pub(super) const APART: [(&str, &str); 5] = [
    ("broken-file-refused", "false"),
    ("dup-section-refused", "false"),
    ("bom-refused", "false"),
    // It looks past the whole section.
    ("section-inner-space", "null"),
    // It takes a comment behind a value for more of the value.
    ("inline-comment-lost", "\"eu-west-1 # home\""),
];
