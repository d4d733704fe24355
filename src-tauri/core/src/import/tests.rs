//! What each form comes to, as it really is copied. The keys are AWS's documented examples.

use super::*;
use crate::Purpose;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SESSION_ID: &str = "ASIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/// The session token of AWS's documentation.
const TOKEN: &str = "AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthT+FvwqnKwRcOIfrRh3c/LTo6UDdyJwOOvEVPvLXCrrrUtdnniCEXAMPLE/IvU1dYUg2RVAJBanLiHb4IgRmpRV3zrkuWJOgQs8IZZaIv2BXIa2R4Olgk";

/// Names, IDs, secrets and tokens of what was read.
type Plain = (Option<String>, String, String, Option<String>);

fn plain(paste: &Paste) -> Vec<Plain> {
    let open = |secret: &Secret| secret.expose(Purpose::Compare, str::to_owned);
    let with_keys = |found: &Found| {
        let keys = found.keys.as_ref()?;
        Some((
            found.name.clone(),
            keys.id.clone(),
            open(&keys.secret),
            keys.token.as_ref().map(open),
        ))
    };
    paste.found.iter().filter_map(with_keys).collect()
}

fn session(text: &str) -> Paste {
    let paste = read(text).unwrap_or_else(|not| panic!("{}\n{}", text, not.said));
    let keys: Vec<_> = plain(&paste)
        .into_iter()
        .map(|(_, id, secret, token)| (id, secret, token))
        .collect();
    let expected = (
        SESSION_ID.to_owned(),
        SECRET.to_owned(),
        Some(TOKEN.to_owned()),
    );
    assert_eq!(keys, [expected], "{text}");
    paste
}

fn long_lived(text: &str) -> Paste {
    let paste = read(text).unwrap_or_else(|not| panic!("{}\n{}", text, not.said));
    let keys: Vec<_> = plain(&paste)
        .into_iter()
        .map(|(_, id, secret, token)| (id, secret, token))
        .collect();
    assert_eq!(keys, [(ID.to_owned(), SECRET.to_owned(), None)], "{text}");
    paste
}

fn block(ending: &str) -> String {
    [
        "[123456789012_AdministratorAccess]".to_owned(),
        format!("aws_access_key_id={SESSION_ID}"),
        format!("aws_secret_access_key={SECRET}"),
        format!("aws_session_token={TOKEN}"),
    ]
    .join(ending)
}

/// The text broken after every `width` characters, as a terminal of that width copies it.
fn wrapped(text: &str, width: usize) -> String {
    let lines = text.lines().map(|line| {
        let characters: Vec<char> = line.chars().collect();
        let pieces = characters
            .chunks(width)
            .map(|piece| piece.iter().collect::<String>());
        pieces.collect::<Vec<_>>().join("\n")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn option_2_has_keys_account_and_role() {
    for ending in ["\n", "\r\n", "\r"] {
        let paste = session(&block(ending));
        assert_eq!(paste.form, Form::PortalBlock);
        let found = &paste.found[0];
        assert_eq!(
            found.name.as_deref(),
            Some("123456789012_AdministratorAccess")
        );
        assert_eq!(found.account.as_deref(), Some("123456789012"));
        assert_eq!(found.role.as_deref(), Some("AdministratorAccess"));
        assert!(paste.notes.is_empty(), "{:?}", paste.notes);
    }
}

#[test]
fn option_1_is_read_in_its_three_forms() {
    for text in [
        format!(
            "export AWS_ACCESS_KEY_ID=\"{SESSION_ID}\"\nexport AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\nexport AWS_SESSION_TOKEN=\"{TOKEN}\""
        ),
        format!(
            "$Env:AWS_ACCESS_KEY_ID=\"{SESSION_ID}\"\r\n$Env:AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\r\n$Env:AWS_SESSION_TOKEN=\"{TOKEN}\""
        ),
        format!(
            "SET AWS_ACCESS_KEY_ID={SESSION_ID}\r\nSET AWS_SECRET_ACCESS_KEY={SECRET}\r\nSET AWS_SESSION_TOKEN={TOKEN}"
        ),
    ] {
        assert_eq!(session(&text).form, Form::Variables);
    }
}

#[test]
fn option_3_is_read_with_and_without_its_labels() {
    assert_eq!(
        session(&format!("{SESSION_ID}\n{SECRET}\n{TOKEN}\n")).form,
        Form::Values
    );
    session(&format!(
        "AWS Access Key ID\n{SESSION_ID}\nAWS Secret access key\n{SECRET}\nAWS session token\n{TOKEN}"
    ));
    session(&wrapped(&format!("{SESSION_ID}\n{SECRET}\n{TOKEN}\n"), 30));
    long_lived(&format!("{ID} {SECRET}"));
}

#[test]
fn every_shell_and_file_that_sets_variables_is_read() {
    for text in [
        format!(
            "set -gx AWS_ACCESS_KEY_ID '{SESSION_ID}'\nset -gx AWS_SECRET_ACCESS_KEY '{SECRET}'\nset -gx AWS_SESSION_TOKEN '{TOKEN}'\nset -e AWS_PROFILE"
        ),
        format!(
            "$env.AWS_ACCESS_KEY_ID = \"{SESSION_ID}\"\n$env.AWS_SECRET_ACCESS_KEY = \"{SECRET}\"\n$env.AWS_SESSION_TOKEN = \"{TOKEN}\""
        ),
        format!(
            "setenv AWS_ACCESS_KEY_ID {SESSION_ID}\nsetenv AWS_SECRET_ACCESS_KEY {SECRET}; setenv AWS_SESSION_TOKEN {TOKEN}"
        ),
        format!(
            "AWS_ACCESS_KEY_ID={SESSION_ID}\nAWS_SECRET_ACCESS_KEY='{SECRET}'\nAWS_SESSION_TOKEN=\"{TOKEN}\"\n"
        ),
        format!(
            "export AWS_ACCESS_KEY_ID={SESSION_ID} AWS_SECRET_ACCESS_KEY={SECRET} AWS_SESSION_TOKEN={TOKEN}"
        ),
        format!(
            "export AWS_ACCESS_KEY_ID={SESSION_ID} && export AWS_SECRET_ACCESS_KEY={SECRET} && export AWS_SESSION_TOKEN={TOKEN}; unset AWS_PROFILE"
        ),
        format!(
            "setx AWS_ACCESS_KEY_ID {SESSION_ID}\r\nsetx AWS_SECRET_ACCESS_KEY {SECRET}\r\nset \"AWS_SESSION_TOKEN={TOKEN}\""
        ),
        format!(
            "environment:\n  AWS_ACCESS_KEY_ID: {SESSION_ID}\n  AWS_SECRET_ACCESS_KEY: {SECRET} # mine\n  AWS_SESSION_TOKEN: {TOKEN}"
        ),
        format!(
            "boto3.client('s3', aws_access_key_id='{SESSION_ID}', aws_secret_access_key='{SECRET}', aws_session_token='{TOKEN}')"
        ),
    ] {
        assert_eq!(session(&text).form, Form::Variables, "{text}");
    }
}

#[test]
fn region_endpoint_and_end_come_along() {
    let paste = long_lived(&format!(
        "export AWS_ACCESS_KEY_ID={ID}\nexport AWS_SECRET_ACCESS_KEY={SECRET}\nexport AWS_REGION=eu-west-1\nexport AWS_ENDPOINT_URL='http://localhost:4566'\nexport AWS_CREDENTIAL_EXPIRATION=2026-11-22T12:00:00Z"
    ));
    let properties = [
        ("region", "eu-west-1"),
        ("endpoint_url", "http://localhost:4566"),
    ];
    let properties = properties.map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(paste.found[0].properties, properties);
    assert_eq!(
        paste.found[0].ends_at.map(|at| at.to_string()).as_deref(),
        Some("2026-11-22T12:00:00Z")
    );
}

#[test]
fn a_token_that_a_terminal_wrapped_is_whole_again() {
    let exports = format!(
        "export AWS_ACCESS_KEY_ID=\"{SESSION_ID}\"\nexport AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\nexport AWS_SESSION_TOKEN=\"{TOKEN}\""
    );
    for width in [72, 80, 100] {
        for text in [block("\n"), exports.clone()] {
            let paste = session(&wrapped(&text, width));
            assert_eq!(
                paste.notes,
                ["Line breaks inside a key or token were taken out."]
            );
        }
    }
    let (head, tail) = TOKEN.split_at(20);
    let blanks = session(&block("\n").replace(TOKEN, &format!("{head} {tail}")));
    assert_eq!(
        blanks.notes,
        ["Blanks inside a key or token were taken out."]
    );
}

#[test]
fn what_chat_programs_and_terminals_add_is_passed_over() {
    let typographic =
        format!("export AWS_ACCESS_KEY_ID=“{ID}”\nexport AWS_SECRET_ACCESS_KEY=“{SECRET}”");
    assert_eq!(
        long_lived(&typographic).notes,
        ["Typographic quotes were read as straight ones."]
    );
    for prompt in [
        "$ ",
        "• ",
        "❯ ",
        "PS C:\\Users\\jo> ",
        "C:\\Users\\jo>",
        "> ",
    ] {
        long_lived(&format!(
            "{prompt}export AWS_ACCESS_KEY_ID={ID}\n{prompt}export AWS_SECRET_ACCESS_KEY={SECRET}"
        ));
    }
    long_lived(&format!(
        "```ini\n[dev]\naws_access_key_id\u{a0}= {ID}\u{200b}\n  aws_secret_access_key = {SECRET}\n```"
    ));
}

#[test]
fn every_csv_that_iam_ever_offered_is_read() {
    let unnamed = long_lived(&format!(
        "\u{feff}Access key ID,Secret access key\r\n{ID},{SECRET}\r\n"
    ));
    assert_eq!((unnamed.form, &unnamed.found[0].name), (Form::Csv, &None));
    assert_eq!(
        unnamed.notes,
        ["AWS shows this secret nowhere else. Delete the .csv file once the profile works."]
    );
    for text in [
        format!("User Name,Access Key Id,Secret Access Key\n\"jo\",{ID},{SECRET}"),
        format!(
            "User name,Password,Access key ID,Secret access key,Console login link\njo,\"a,\"\"b\",{ID},{SECRET},https://123456789012.signin.aws.amazon.com/console\n"
        ),
        format!("User name;Access key ID;Secret access key\r\njo;{ID};{SECRET}\r\n"),
    ] {
        assert_eq!(
            long_lived(&text).found[0].name.as_deref(),
            Some("jo"),
            "{text}"
        );
    }
    long_lived(&format!("AWSAccessKeyId={ID}\r\nAWSSecretKey={SECRET}\r\n"));
    let password = read("User name,Password,Console sign-in URL\njo,hunter2,https://x\n")
        .expect_err("no keys");
    assert_eq!(
        password.said,
        "This file has a password for the console, and no access key."
    );
}

#[test]
fn json_of_sts_and_of_everything_like_it_is_read() {
    let keys = |a: &str, b: &str, c: &str| {
        format!("\"{a}\":\"{SESSION_ID}\",\"{b}\":\"{SECRET}\",\"{c}\":\"{TOKEN}\"")
    };
    let pascal = keys("AccessKeyId", "SecretAccessKey", "SessionToken");
    for text in [
        format!("{{\"Version\":1,{pascal}}}"),
        format!("{{\"Credentials\":{{{pascal},\"Expiration\":\"2026-11-22T12:00:00+00:00\"}}}}"),
        format!(
            "{{\"roleCredentials\":{{{},\"expiration\":1795348800000}}}}",
            keys("accessKeyId", "secretAccessKey", "sessionToken")
        ),
        format!(
            "{{\"Code\":\"Success\",{}}}",
            keys("AccessKeyId", "SecretAccessKey", "Token")
        ),
    ] {
        assert_eq!(session(&text).form, Form::Json, "{text}");
        session(&wrapped(&text, 80));
    }
    let assumed = session(&format!(
        "{{\"Credentials\":{{{pascal}}},\"AssumedRoleUser\":{{\"Arn\":\"arn:aws:sts::123456789012:assumed-role/Admin/jo\"}}}}"
    ));
    assert_eq!(assumed.found[0].account.as_deref(), Some("123456789012"));
    assert_eq!(assumed.found[0].role.as_deref(), Some("Admin"));
    let made = long_lived(&format!(
        "{{\"AccessKey\":{{\"UserName\":\"jo\",\"AccessKeyId\":\"{ID}\",\"SecretAccessKey\":\"{SECRET}\"}}}}"
    ));
    assert_eq!(made.found[0].name.as_deref(), Some("jo"));
}

#[test]
fn another_ini_file_brings_its_profiles_and_says_what_it_leaves_out() {
    let text = format!(
        "Hello Jo\n[profile dev]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/Dev\nsource_profile = base\ncredential_process = /bin/evil\n\
         s3 =\n  max_queue_size = 1\n[base]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\ncolour = blue\n[sso-session x]\nsso_region = a\n"
    );
    let paste = long_lived(&text);
    assert_eq!(paste.form, Form::Ini);
    let names: Vec<_> = paste
        .found
        .iter()
        .map(|found| found.name.as_deref())
        .collect();
    assert_eq!(names, [Some("dev"), Some("base")]);
    assert_eq!(
        paste.found[0].properties.len(),
        3,
        "{:?}",
        paste.found[0].properties
    );
    assert!(
        paste
            .notes
            .iter()
            .any(|note| note.contains("credential_process goes in as a comment")),
        "{:?}",
        paste.notes
    );
    assert!(
        paste
            .notes
            .iter()
            .any(|note| note.contains("“x” is no profile")),
        "{:?}",
        paste.notes
    );
    assert_eq!(paste.found[0].command.as_deref(), Some("/bin/evil"));
    let s3cmd = format!("[default]\naccess_key = {ID}\nsecret_key = {SECRET}\nuse_https = True\n");
    assert_eq!(long_lived(&s3cmd).found[0].name.as_deref(), Some("default"));
}

#[test]
fn a_command_that_would_bring_a_second_line_is_left_out() {
    let text = format!(
        "{{\"AccessKeyId\":\"{ID}\",\"SecretAccessKey\":\"{SECRET}\",\"credential_process\":\"x\\ncredential_process = /bin/evil\"}}"
    );
    let paste = long_lived(&text);
    assert_eq!(paste.found[0].command, None);
    assert!(
        !paste.found[0]
            .properties
            .iter()
            .any(|(key, _)| key == "credential_process"),
        "{:?}",
        paste.found[0].properties
    );
}

#[test]
fn a_value_that_not_every_sdk_reads_is_left_out_by_its_name() {
    let text = format!(
        "[dev]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\nregion = eu-west-1 # home\noutput = json\n"
    );
    let paste = long_lived(&text);
    let output = ("output".to_owned(), "json".to_owned());
    assert_eq!(paste.found[0].properties, [output]);
    assert_eq!(
        paste.notes,
        ["region was left out: not every SDK reads such a value."]
    );
}

#[test]
fn an_airflow_connection_is_read_as_json_and_as_uri() {
    let encoded = SECRET.replace('/', "%2F");
    for text in [
        format!("aws://{ID}:{encoded}@/?region_name=eu-west-1"),
        format!(
            "export AIRFLOW_CONN_ACME='aws://{ID}:{encoded}@/?__extra__=%7B%22region_name%22%3A+%22eu-west-1%22%7D'"
        ),
        format!(
            "AIRFLOW_CONN_ACME={{\"conn_type\":\"aws\",\"login\":\"{ID}\",\"password\":\"{SECRET}\",\"extra\":{{\"region_name\":\"eu-west-1\"}}}}"
        ),
        format!(
            "{{\"conn_type\":\"aws\",\"login\":\"{ID}\",\"password\":\"{SECRET}\",\"extra\":\"{{\\\"region_name\\\":\\\"eu-west-1\\\"}}\"}}"
        ),
        format!(
            "{{\"acme\":{{\"conn_type\":\"aws\",\"extra\":{{\"aws_access_key_id\":\"{ID}\",\"aws_secret_access_key\":\"{SECRET}\",\"region_name\":\"eu-west-1\"}}}}}}"
        ),
    ] {
        let paste = long_lived(&text);
        assert_eq!(paste.form, Form::Airflow, "{text}");
        assert_eq!(
            paste.found[0].properties,
            [("region".to_owned(), "eu-west-1".to_owned())],
            "{text}"
        );
    }
}

#[test]
fn the_role_of_an_airflow_connection_becomes_a_profile_beside_its_keys() {
    let text = format!(
        "{{\"conn_type\":\"aws\",\"conn_id\":\"acme\",\"login\":\"{ID}\",\"password\":\"{SECRET}\",\"extra\":{{\"aws_account_id\":12345678901,\"aws_iam_role\":\"Admin\",\
         \"assume_role_kwargs\":{{\"ExternalId\":\"x\",\"Policy\":\"y\"}}}}}}"
    );
    let paste = long_lived(&text);
    let names: Vec<_> = paste
        .found
        .iter()
        .map(|found| found.name.as_deref())
        .collect();
    assert_eq!(names, [Some("acme-base"), Some("acme")]);
    let role = [
        ("role_arn", "arn:aws:iam::012345678901:role/Admin"),
        ("external_id", "x"),
        ("source_profile", "acme-base"),
    ];
    assert_eq!(
        paste.found[1].properties,
        role.map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
    assert_eq!(
        paste.notes,
        ["Not kept, since no profile can say it: Policy."]
    );
}

#[test]
fn two_blocks_are_two_profiles_and_half_of_one_is_left_out_by_name() {
    let two = format!(
        "{}\n[b]\naws_access_key_id={ID}\naws_secret_access_key={SECRET}\n[c]\naws_access_key_id={ID}\n",
        block("\n")
    );
    let paste = read(&two).expect("keys");
    assert_eq!(plain(&paste).len(), 2);
    assert_eq!(
        paste.notes,
        ["“c” has a key ID but no secret. It was left out."]
    );
}

#[test]
fn what_is_not_enough_says_what_is_missing() {
    for (text, said) in [
        (String::new(), "There is nothing to read."),
        (
            "Dear Jo, see you at noon.".into(),
            "That doesn't look like AWS keys.",
        ),
        (
            "{\\rtf1 keys}".into(),
            "It begins like JSON and is none, at character 2.",
        ),
        (
            format!("[dev]\naws_access_key_id = {ID}\n"),
            "“dev” has a key ID but no secret.",
        ),
        (
            format!("export AWS_SECRET_ACCESS_KEY={SECRET}"),
            "There is a secret but no key ID.",
        ),
        (
            format!("export AWS_ACCESS_KEY_ID={ID}\nexport AWS_SECRET_ACCESS_KEY=$SECRET"),
            "A value is taken from a variable here, so it is not in the text.",
        ),
        (SECRET.into(), "This looks like a secret access key alone."),
        (TOKEN.into(), "This looks like a session token alone."),
        (ID.into(), "There is a key ID but no secret."),
        (
            format!("aws://{ID}:{SECRET}@/"),
            "The secret in the URI is not percent-encoded.",
        ),
        (
            "aws://?profile_name=acme".into(),
            "This connection has no keys: it points at the profile “acme”.",
        ),
        ("x".repeat(LIMIT + 1), "That is more than 1 MB."),
    ] {
        assert_eq!(
            read(&text).expect_err("not keys").said,
            said,
            "{}",
            &text[..text.len().min(99)]
        );
    }
}

#[test]
fn a_file_of_windows_is_read_and_no_text_is_told() {
    let text = format!("\u{feff}Access key ID,Secret access key\r\n{ID},{SECRET}\r\n");
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(plain(&read_bytes(&bytes).expect("keys")).len(), 1);
    assert_eq!(
        read_bytes(b"\x7fELF\xff").expect_err("no text").said,
        "That is no text."
    );
}

#[test]
fn nothing_that_is_said_of_a_paste_has_a_secret() {
    let mixed = format!(
        "{}\nsecret {SECRET}\n[b]\naws_session_token = {TOKEN}\n",
        block("\n")
    );
    let paste = read(&mixed).expect("keys");
    let said = format!("{paste:?}");
    assert!(!said.contains(SECRET) && !said.contains(TOKEN), "{said}");
}
