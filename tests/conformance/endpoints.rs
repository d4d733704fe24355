//! The address that a service is asked at, by the cases that botocore and the AWS CLI publish: what a person gave for the
//! account, variables, the profile and its `services`, or AWS's own. The canonical reading decides that for the real calls;
//! beside it, each SDK's fold must hold the addresses where that SDK looks for them.

use std::{collections::BTreeMap, fmt::Write as _};

use rolecall_core::{
    dialect::{Engine, Files, Reading, Value as Held},
    document::Document,
    profiles::{Home, Variables, endpoint::variable_of},
};
use serde::Deserialize;
use serde_json::Value;

const SUITES: [&str; 2] = [
    "botocore/tests/functional/configured_endpoint_urls/profile-tests.json",
    "aws-cli/tests/functional/configured_endpoint_urls/profile-tests.json",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suites {
    test_suites: Vec<Suite>,
}

#[derive(Deserialize)]
struct Suite {
    profiles: BTreeMap<String, BTreeMap<String, String>>,
    services: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>,
    client_configs: BTreeMap<String, BTreeMap<String, Value>>,
    environments: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(rename = "endpointUrlTests")]
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    profile: String,
    client_config: String,
    environment: String,
    service: String,
    output: Output,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    endpoint_url: String,
}

impl Suite {
    /// The file that reads as the suite's maps.
    fn config(&self) -> String {
        let mut text = String::new();
        for (name, keys) in &self.profiles {
            writeln!(text, "[profile {name}]").expect("a String");
            for (key, value) in keys {
                writeln!(text, "{key} = {value}").expect("a String");
            }
        }
        for (name, services) in &self.services {
            writeln!(text, "[services {name}]").expect("a String");
            for (service, keys) in services {
                writeln!(text, "{service} =").expect("a String");
                for (key, value) in keys {
                    writeln!(text, "  {key} = {value}").expect("a String");
                }
            }
        }
        text
    }

    fn variables(&self, case: &Case) -> Variables {
        let of = |name: &str| self.environments[&case.environment].get(name).cloned();
        let own = of(&variable_of(&case.service));
        Variables {
            endpoints: own
                .map(|url| (case.service.clone(), url))
                .into_iter()
                .collect(),
            endpoint: of("AWS_ENDPOINT_URL"),
            ignore_endpoints: of("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
            ..Variables::default()
        }
    }
}

#[test]
fn services_are_asked_where_the_published_cases_say() {
    let Some(folder) = super::published("endpoints, botocore and the AWS CLI") else {
        return;
    };
    for path in SUITES {
        let suites: Suites = super::parsed(&folder.join(path));
        let (mut held, mut beside) = (0, Vec::new());
        for suite in &suites.test_suites {
            let home = Home::read(Some(Document::parse(suite.config().into())), None);
            for case in &suite.cases {
                let client = &suite.client_configs[&case.client_config];
                let given = client.get("endpoint_url").and_then(Value::as_str);
                if given.is_none() && client.contains_key("ignore_configured_endpoint_urls") {
                    beside.push((
                        case.name.as_str(),
                        "a caller's own wish; an account has none",
                    ));
                    continue;
                }
                let profile = home.named_profile(&case.profile).expect("of the suite");
                let found = profile.endpoint_of(&case.service, given, &suite.variables(case));
                let wanted = &case.output.endpoint_url;
                let wanted = (!is_awss_own(wanted)).then_some(wanted.as_str());
                let found = found.map(|(url, _)| url);
                assert_eq!(found.as_deref(), wanted, "{}", case.name);
                held += 1;
            }
        }
        assert_eq!(held + beside.len(), 39);
        super::tell(&format!("endpoints, {path}"), held, &beside);
    }
}

/// The one that a service has where nobody names another, in the suites' made-up region.
fn is_awss_own(url: &str) -> bool {
    url.ends_with(".fake-region-10.amazonaws.com")
}

#[test]
fn each_sdk_holds_the_addresses_of_the_published_files() {
    let Some(folder) = super::published("endpoints, the files of both suites") else {
        return;
    };
    let mut held = 0;
    for path in SUITES {
        let suites: Suites = super::parsed(&folder.join(path));
        for suite in &suites.test_suites {
            let document = Document::parse(suite.config().into());
            for engine in Engine::ALL {
                if engine == Engine::RustIni {
                    continue;
                }
                let files = Files {
                    config: Some(&document),
                    credentials: None,
                };
                let reading = engine.read(files).expect("every SDK reads what we wrote");
                held += addresses_held(engine, suite, &reading);
            }
        }
    }
    rolecall_tests::say(&format!(
        "endpoints: {held} addresses in the folds of five SDKs"
    ));
    assert!(held > 50);
}

fn addresses_held(engine: Engine, suite: &Suite, reading: &Reading<'_>) -> usize {
    let mut held = 0;
    for (name, keys) in &suite.profiles {
        let own = reading.profiles[name.as_str()].text("endpoint_url");
        assert_eq!(
            own,
            keys.get("endpoint_url").map(String::as_str),
            "{engine:?} {name}"
        );
        held += usize::from(own.is_some());
    }
    for (name, services) in &suite.services {
        for (service, keys) in services {
            let section = &reading.services[name.as_str()].properties;
            let url = keys["endpoint_url"].as_str();
            // A map, a key with a dot, or text that is taken apart when a service is made.
            let found = match section
                .get(service.as_str())
                .map(|property| &property.value)
            {
                Some(Held::Block(block)) => block["endpoint_url"].0 == url,
                Some(Held::Text(text)) => text.contains(&format!("endpoint_url = {url}")),
                None => {
                    let dotted = format!("{service}.endpoint_url");
                    section[dotted.as_str()].value.text() == Some(url)
                }
            };
            assert!(found, "{engine:?} {name} {service}");
            held += 1;
        }
    }
    held
}
