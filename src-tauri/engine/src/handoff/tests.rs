//! Hand-overs: what each target gets, and what is refused. What real shells make of the lines is tried in
//! `tests/shells`.

use super::*;

fn keys(token: Option<&str>) -> Arc<Keys> {
    Arc::new(Keys {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
        secret_access_key: Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into()),
        session_token: token.map(|token| Secret::new(token.into())),
    })
}

fn hand_over(token: Option<&str>) -> HandOver {
    HandOver {
        keys: keys(token),
        region: Some("eu-west-1".into()),
        endpoint: None,
        session: None,
    }
}

fn text(hand_over: &HandOver, target: Target) -> String {
    let text = hand_over.text(target).expect("nothing to refuse");
    text.expose(Purpose::Export, str::to_owned)
}

#[test]
fn every_shell_gets_the_variables_in_order_and_what_is_absent_is_unset() {
    let sh = text(&hand_over(Some("token")), Target::Sh);
    assert_eq!(
        sh,
        "export AWS_ACCESS_KEY_ID='AKIAIOSFODNN7EXAMPLE'\n\
         export AWS_SECRET_ACCESS_KEY='wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'\n\
         export AWS_SESSION_TOKEN='token'\n\
         export AWS_REGION='eu-west-1'\nexport AWS_DEFAULT_REGION='eu-west-1'\n\
         unset AWS_ENDPOINT_URL\nunset AWS_CREDENTIAL_EXPIRATION\n\
         unset AWS_SECURITY_TOKEN\nunset AWS_PROFILE\nunset AWS_DEFAULT_PROFILE\n"
    );
    let without = hand_over(None);
    for (target, line) in [
        (Target::Sh, "\nunset AWS_SESSION_TOKEN\n"),
        (Target::Fish, "\nset -e AWS_SESSION_TOKEN\n"),
        (
            Target::Powershell,
            "\nRemove-Item Env:\\AWS_SESSION_TOKEN -ErrorAction Ignore\n",
        ),
        (Target::Cmd, "\nset \"AWS_SESSION_TOKEN=\"\n"),
        (Target::Nushell, "\nhide-env -i AWS_SESSION_TOKEN\n"),
    ] {
        assert!(text(&without, target).contains(line), "{target:?}");
    }
    for target in [Target::Dotenv, Target::Docker] {
        assert!(!text(&without, target).contains("TOKEN"), "{target:?}");
    }
}

#[test]
fn a_session_says_when_it_ends() {
    let session = RoleSession {
        profile: "deploy".into(),
        endpoint: None,
        region: None,
        keys: keys(Some("token")),
        arn: "arn:aws:sts::111122223333:assumed-role/Deploy/rolecall-jo".into(),
        account_id: None,
        started_at: "2026-11-22T11:00:00Z".parse().expect("a time"),
        ends_at: "2026-11-22T12:00:00Z".parse().expect("a time"),
        base: None,
        base_key: "AKIAIOSFODNN7EXAMPLE".into(),
    };
    let hand_over = HandOver {
        session: Some(Arc::new(session)),
        ..hand_over(Some("token"))
    };
    let sh = text(&hand_over, Target::Sh);
    assert!(sh.contains("export AWS_CREDENTIAL_EXPIRATION='2026-11-22T12:00:00Z'\n"));
    assert!(sh.ends_with("# Ends at 2026-11-22T12:00:00Z\n"), "{sh}");
    let json: serde_json::Value =
        serde_json::from_str(&text(&hand_over, Target::Json)).expect("JSON");
    assert_eq!(json["Version"], 1);
    assert_eq!(json["Expiration"], "2026-11-22T12:00:00Z");
    assert_eq!(json["SessionToken"], "token");
}

#[test]
fn what_could_be_more_than_a_value_is_refused_by_its_name() {
    let refused = |region: &str, target| {
        let hand_over = HandOver {
            region: Some(region.into()),
            ..hand_over(None)
        };
        hand_over.text(target).expect_err("refused").message
    };
    for target in [Target::Sh, Target::Docker, Target::Json, Target::Cmd] {
        assert_eq!(
            refused("a\nb", target),
            "The region contains a line break, so nothing was handed over."
        );
        assert_eq!(
            refused("a\0b", target),
            "The region contains a NUL byte, so nothing was handed over."
        );
        for odd in [
            "a\u{1b}[2J",
            "a\u{202E}b",
            "a\u{2028}b",
            "a\u{200B}b",
            "a\u{9b}b",
        ] {
            assert!(refused(odd, target).contains("can't be seen"), "{odd:?}");
        }
    }
    assert!(refused("100%", Target::Cmd).contains("cmd takes for its own"));
    let odd_token = hand_over(Some("a b"))
        .text(Target::Sh)
        .expect_err("refused");
    assert!(odd_token.message.starts_with("The session token contains"));
}

#[test]
fn quoting_is_what_each_target_takes() {
    let line = |value| {
        [Line {
            name: "K",
            value: Some(value),
        }]
    };
    assert_eq!(sh::write(&line("it's")), "export K='it'\\''s'\n");
    assert_eq!(fish::write(&line(r"it's \")), "set -gx K 'it\\'s \\\\'\n");
    assert_eq!(
        powershell::write(&line("it's ‘x’")),
        "$Env:K = 'it''s ‘‘x’’'\n"
    );
    assert_eq!(
        nushell::write(&line("a\"b\\")),
        "load-env {\"K\": \"a\\\"b\\\\\"}\n"
    );
    assert_eq!(dotenv::write(&line("{\"a\": 1}")), "K={\"a\": 1}\n");
    assert_eq!(dotenv::write(&line("$x")), "K='$x'\n");
    assert_eq!(dotenv::write(&line("$x'\"")), "K=\"\\$x'\\\"\"\n");
    assert_eq!(docker::write(&line("a \"b\"")), "K=a \"b\"\n");
}
