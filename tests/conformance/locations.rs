//! Where the AWS SDK for Rust looks for the two files, by the cases that its crate ships.

use std::collections::BTreeMap;

use rolecall_core::dialect::{
    Engine,
    locations::{Surroundings, System, locate},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Suite {
    tests: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    name: String,
    environment: BTreeMap<String, String>,
    platform: String,
    profile: Option<String>,
    config_location: String,
    credentials_location: String,
}

#[test]
fn rust_looks_where_the_published_cases_say() {
    let suite: Suite = super::of_aws_runtime("file-location-tests.json");
    assert_eq!(suite.tests.len(), 9);
    for case in &suite.tests {
        let around = Surroundings {
            system: if case.platform == "windows" {
                System::Windows
            } else {
                System::Posix
            },
            variable: &|name| case.environment.get(name).cloned(),
            account_home: None,
        };
        let found = locate(Engine::Rust, around).expect("it has a way of its own");
        assert_eq!(
            found.config.as_ref(),
            Some(&case.config_location),
            "{}",
            case.name
        );
        assert_eq!(
            found.credentials.as_ref(),
            Some(&case.credentials_location),
            "{}",
            case.name
        );
        if let Some(profile) = &case.profile {
            assert_eq!(&found.profile, profile, "{}", case.name);
        }
    }
    rolecall_tests::say(&format!(
        "locations, rust: {} published cases",
        suite.tests.len()
    ));
}
