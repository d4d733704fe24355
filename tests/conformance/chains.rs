//! Where a chain leads, and over which roles: the canonical reading against what botocore resolved for the same files.

use rolecall_core::{
    document::Document,
    profiles::{End, Home},
    rules::{self, Facts},
    status::{self, Status},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Chains {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    profile: String,
    config: Option<String>,
    credentials: Option<String>,
    results: Results,
}

#[derive(Deserialize)]
struct Results {
    botocore: Answer,
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    error: Option<String>,
    #[serde(default)]
    hops: Vec<Hop>,
}

#[derive(Deserialize)]
struct Hop {
    #[serde(rename = "RoleArn")]
    role_arn: String,
}

/// Where Look and a call at run time can't agree, and why.
const APART: [(&str, &str); 9] = [
    (
        "empty-role-arn",
        "botocore calls STS with an empty ARN; for Look a key set to nothing is not set",
    ),
    (
        "credential-source-environment-empty",
        "fails only because no variable was set when it ran",
    ),
    (
        "credential-source-lowercase",
        "the spelling of a credential source gets its own rule with the compatibility view",
    ),
    ("credential-source-unknown", "as above"),
    (
        "sso-and-keys",
        "fails only because nobody was signed in when it ran",
    ),
    ("sso-and-keys-in-credentials", "as above"),
    (
        "sso-only-account",
        "a portal with half of its keys gets its own rule with the compatibility view",
    ),
    ("sso-conflicting-region", "as above"),
    (
        "login-and-keys",
        "fails only because a Python package was missing when it ran",
    ),
];

#[test]
fn chains_lead_where_botocore_goes() {
    let chains: Chains = super::own("chains.json");
    let mut told = Vec::new();
    for case in &chains.cases {
        let apart = APART.iter().any(|(name, _)| *name == case.name);
        let (ours, theirs) = (ours(case), theirs(case));
        if (ours == theirs) == apart {
            told.push(format!(
                "{}: ours {ours}, botocore {theirs} {:?}",
                case.name, case.results.botocore.error
            ));
        }
    }
    rolecall_tests::say(&format!(
        "chains: {} cases held against botocore, {} of them apart by name",
        chains.cases.len(),
        APART.len()
    ));
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// The roles in the order in which they are assumed, or that it fails.
fn theirs(case: &Case) -> String {
    if !case.results.botocore.ok {
        return "fails".into();
    }
    let arns: Vec<_> = case
        .results
        .botocore
        .hops
        .iter()
        .map(|hop| hop.role_arn.as_str())
        .collect();
    format!("assumes {arns:?}")
}

/// The same from the files alone: it fails where a problem says that tools will, or where nothing gives keys.
fn ours(case: &Case) -> String {
    let document =
        |text: &Option<String>| text.clone().map(|text| Document::parse(text.into_bytes()));
    let home = Home::read(document(&case.config), document(&case.credentials));
    let Some(profile) = home.named_profile(&case.profile) else {
        return "fails".into();
    };
    let End::Complete { base } = profile.chain_end() else {
        return "fails".into();
    };
    let hops = profile.hops(usize::MAX);
    let facts = Facts::default();
    let statuses = status::statuses(&home, &facts, &rules::check(&home, &facts).problems);
    let is_broken = statuses[profile.id.0 as usize].0 == Status::Broken;
    let nothing_gives_keys = home.profile(base).source() == rolecall_core::profiles::Source::None;
    // botocore is run here with a token file that does not exist.
    let token_file = profile.get("web_identity_token_file").is_some();
    if nothing_gives_keys || token_file || is_broken {
        return "fails".into();
    }
    let roles = hops.iter().copied().enumerate().rev();
    let roles = roles.filter(|(at, profile)| *at == 0 || !profile.has_own_keys());
    let arns: Vec<_> = roles
        .filter_map(|(_, profile)| profile.get("role_arn"))
        .map(|arn| arn.value.into_owned())
        .collect();
    format!("assumes {arns:?}")
}
