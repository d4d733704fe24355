//! Tokens of portals, by botocore's cases: which profile leads to one, and what a token's file is worth. Rolecall takes no
//! token for itself, it asks a portal for the keys of a role; so each profile gets the account and the role that lead there.

use rolecall_core::{
    caches::{SsoToken, sso_token},
    dialect::{
        Engine, Files,
        why::{Asked, Base, why},
    },
    document::{Document, MaskKey},
    profiles::Home,
    rules::{self, Facts},
};
use serde::Deserialize;
use serde_json::Value;

const SUITE: &str = "botocore/sso-token-cases.json";
const ROLE: &str = "sso_account_id = 111122223333\nsso_role_name = Reader\n";

#[derive(Deserialize)]
struct Suite {
    #[serde(rename = "sso_provider_resolution_cases")]
    resolution: Vec<Resolution>,
    #[serde(rename = "sso_provider_refresh_cases")]
    refresh: Vec<Refresh>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resolution {
    documentation: String,
    config: Value,
    resolves: bool,
    expected_exception: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refresh {
    documentation: String,
    current_time: jiff::Timestamp,
    cached_token: Value,
    #[serde(rename = "refreshResponse")]
    renewed: Option<Value>,
    expected_token: Option<Value>,
    expected_exception: Option<String>,
}

impl Resolution {
    fn config(&self) -> String {
        let text = super::why::as_text(&self.config);
        text.replace("sso_session = ", &format!("{ROLE}sso_session = "))
    }
}

#[test]
fn profiles_lead_to_a_portal_as_the_published_cases_say() {
    let Some(folder) = super::published("tokens, botocore") else {
        return;
    };
    let suite: Suite = super::parsed(&folder.join(SUITE));
    for case in &suite.resolution {
        let document = Document::parse(case.config().into());
        let files = Files {
            config: Some(&document),
            credentials: None,
        };
        let reading = Engine::Botocore.read(files).expect("it is readable");
        let asked = Asked {
            files,
            reading: &reading,
            variable: &|_| None,
        };
        let end = why(Engine::Botocore, asked, "test").expect("an SDK").end;
        match (end, &case.expected_exception) {
            (Ok(found), None) => assert_eq!(
                matches!(found.base, Base::Sso { .. }),
                case.resolves,
                "{}",
                case.documentation
            ),
            (Err(stop), Some(class)) => {
                assert!(stop.words.starts_with(class.as_str()), "{}", stop.words);
            }
            (end, _) => panic!("{}: {end:?}", case.documentation),
        }
        is_told_where_the_section_is_missing(case);
    }
    super::tell("tokens, botocore: profiles", suite.resolution.len(), &[]);
}

/// What Look says of the same file, where it is about a section that is not there.
fn is_told_where_the_section_is_missing(case: &Resolution) {
    let home = Home::read(Some(Document::parse(case.config().into())), None);
    let report = rules::check(&home, &Facts::default());
    let is_told = report
        .problems
        .iter()
        .any(|problem| problem.rule.name == "sso.missing_session");
    let is_missing = case.documentation == "Specified sso-session must exist";
    assert_eq!(is_told, is_missing, "{}", case.documentation);
}

#[test]
fn files_of_tokens_are_worth_what_the_published_cases_say() {
    let Some(folder) = super::published("tokens, botocore: files") else {
        return;
    };
    let suite: Suite = super::parsed(&folder.join(SUITE));
    for case in &suite.refresh {
        let bytes = case.cached_token.to_string();
        let token = sso_token(bytes.as_bytes(), &MaskKey::new([7; 32]));
        let said = &case.documentation;
        match token {
            SsoToken::Unreadable => {
                assert_eq!(
                    case.expected_exception.as_deref(),
                    Some("SSOTokenLoadError"),
                    "{said}"
                );
            }
            // It is used as it is.
            SsoToken::Readable { ends_at, .. } if ends_at > case.current_time => {
                let wanted = case.expected_token.as_ref().expect("a token");
                assert_eq!(wanted["token"], case.cached_token["accessToken"], "{said}");
                assert_eq!(wanted["expiration"], ends_at.to_string(), "{said}");
            }
            // It ended; whether it can be renewed is the portal's to say.
            SsoToken::Readable { .. } => assert!(
                case.renewed.is_some()
                    || case.expected_exception.as_deref() == Some("TokenRetrievalError"),
                "{said}"
            ),
        }
    }
    assert_eq!(suite.resolution.len() + suite.refresh.len(), 14);
    super::tell("tokens, botocore: files", suite.refresh.len(), &[]);
}
