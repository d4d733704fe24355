//! `profile.two_kinds`: keys in a profile that says another way to keys as well. Not every SDK takes the same of the
//! two. Not here: a role with its source, beside which all leave the profile's own keys out.

use super::{Facts, Found, Rule, Severity, who, who_first};
use crate::{
    dialect::Engine,
    profiles::{File, Home, Profile, Property, Source},
};

pub(super) const RULE: Rule = Rule {
    name: "profile.two_kinds",
    severity: Severity::Warning,
    short: "two ways to keys",
    why: "Each SDK has its own order. The same profile signs as one identity in one program and as another in the next.",
    source: "the credential providers of the five SDKs; docs/compatibility.md, “Which keys of several”",
    check,
};

/// What says another way to keys.
const WAYS: [&str; 4] = [
    "web_identity_token_file",
    "sso_account_id",
    "login_session",
    "credential_process",
];

const CLI: Engine = Engine::Botocore;
const JAVASCRIPT_AND_GO: [Engine; 2] = [Engine::Js, Engine::Go];

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let has = |profile: &Profile<'_>, key: &&str| {
        File::BOTH.into_iter().any(|file| profile.has_in(file, key))
    };
    let is_two = |profile: &Profile<'_>| {
        has(profile, &"aws_access_key_id") && WAYS.iter().any(|way| has(profile, way))
    };
    for profile in home.profiles().filter(is_two) {
        let (Some(id), Some(_)) = (
            profile.get("aws_access_key_id"),
            profile.get("aws_secret_access_key"),
        ) else {
            continue;
        };
        let Some((way, what, take_keys)) = other_way(profile) else {
            continue;
        };
        // With the keys of a token's profile Go assumes the role: neither the one nor the other.
        let is_go_apart = profile.source() == Source::WebIdentity;
        let others: Vec<_> = Engine::SDKS
            .into_iter()
            .filter(|engine| !take_keys.contains(engine))
            .filter(|engine| !(is_go_apart && *engine == Engine::Go))
            .collect();
        let uses = if take_keys.len() == 1 { "uses" } else { "use" };
        let message = format!(
            "{} {uses} the keys of {}; {} {what}.",
            who_first(&take_keys),
            profile.name(),
            who(&others)
        );
        let problem = found.problem(id.place, message);
        problem
            .also(way.place)
            .about(profile)
            .advice("Keep the one that you mean, or give the other a profile of its own.");
        // Tools that copy a portal's session into credentials leave both on purpose, and both are the same role.
        if profile.get("aws_session_token").is_some() {
            problem.severity(Severity::Info);
        }
    }
}

/// Another way to keys, what the others do with it, and who takes the keys. `dialect/picks.rs` has the same cases.
fn other_way(profile: Profile<'_>) -> Option<(Property<'_>, &'static str, Vec<Engine>)> {
    let get = |key| profile.get(key);
    let in_credentials = profile
        .get_in(File::Credentials, "aws_access_key_id")
        .is_some();
    let mut take_keys = Vec::new();
    // For the AWS CLI the keys of credentials come before a program and a console sign-in, those of config behind.
    let cli_first = |take_keys: &mut Vec<Engine>| {
        if in_credentials {
            take_keys.push(CLI);
        }
        take_keys.extend(JAVASCRIPT_AND_GO);
    };
    if get("role_arn").is_some() {
        // Java and Rust take the role where there is a token for it; so does the AWS CLI.
        let token = get("web_identity_token_file").filter(|_| get("source_profile").is_none())?;
        return Some((
            token,
            "assume the role with its token file",
            vec![Engine::Js],
        ))
        .filter(|_| get("credential_source").is_none());
    }
    let portal = ["sso_account_id", "sso_session", "sso_start_url"];
    if let Some(portal) = portal.into_iter().find_map(get) {
        take_keys.extend(JAVASCRIPT_AND_GO);
        return get("sso_account_id").map(|_| (portal, "ask the portal", take_keys));
    }
    if let Some(login) = get("login_session") {
        cli_first(&mut take_keys);
        return Some((login, "use the console sign-in", take_keys));
    }
    let process = get("credential_process")?;
    cli_first(&mut take_keys);
    Some((process, "run the program", take_keys))
}

#[cfg(test)]
mod tests {
    use super::{RULE, other_way};
    use crate::{
        dialect::{
            Engine, Files,
            why::{Asked, Base, why},
        },
        document::Document,
        profiles::Home,
        rules::tests::check_text,
    };

    #[test]
    fn keys_beside_a_portal_or_a_program_are_marked() {
        check_text(
            &RULE,
            r"
[profile a]
sso_session = s
sso_account_id = 111122223333
sso_role_name = R
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
#                   ^^^^^^^^^^^^^^^^^^^^ JavaScript and Go use the keys of a; the AWS CLI, boto3, Java and Rust ask the portal.
aws_secret_access_key = s
[profile b]
credential_process = /bin/x
--- credentials
[b]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
#                   ^^^^^^^^^^^^^^^^^^^^ The AWS CLI, boto3, JavaScript and Go use the keys of b; Java and Rust run the program.
aws_secret_access_key = s
[c]
role_arn = arn:aws:iam::111122223333:role/R
web_identity_token_file = /t
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
#                   ^^^^^^^^^^^^^^^^^^^^ JavaScript uses the keys of c; the AWS CLI, boto3, Java and Rust assume the role with its token file.
aws_secret_access_key = s
",
        );
    }

    #[test]
    fn one_way_to_keys_and_a_role_with_its_source_are_fine() {
        check_text(
            &RULE,
            r"
[profile a]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = s
[profile b]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = a
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = s
[profile c]
credential_process = /bin/x
sso_session = s
sso_account_id = 111122223333
",
        );
    }

    /// What the rule says is what the SDKs' own resolutions say.
    #[test]
    fn who_takes_the_keys_is_who_takes_them() {
        let keys = "aws_access_key_id = K\naws_secret_access_key = s\n";
        let ways = [
            "sso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = R\n",
            "login_session = l\n",
            "credential_process = p\n",
            "role_arn = A\nweb_identity_token_file = f\n",
        ];
        for way in ways {
            let homes = [
                (format!("[profile a]\n{way}{keys}"), String::new()),
                (format!("[profile a]\n{way}"), format!("[a]\n{keys}")),
            ];
            for (config, credentials) in homes {
                let home = Home::read(
                    Some(Document::parse(config.clone().into())),
                    Some(Document::parse(credentials.into())),
                );
                let (.., told) =
                    other_way(home.profile(crate::profiles::ProfileId(0))).expect("two ways");
                let files = Files::from(&home);
                let takes = |engine: &Engine| {
                    let reading = engine.read(files).expect("it reads them");
                    let asked = Asked {
                        files,
                        reading: &reading,
                        variable: &|_| None,
                    };
                    let end = why(*engine, asked, "a").expect("an SDK").end;
                    matches!(end, Ok(found) if matches!(found.base, Base::Keys { .. }) && found.roles.is_empty())
                };
                let who: Vec<_> = Engine::SDKS.into_iter().filter(takes).collect();
                assert_eq!(told, who, "{config}");
            }
        }
    }
}
