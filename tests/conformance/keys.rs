//! The table of known keys against the published list of 118: the same keys, readers, secrets and words.

use rolecall_core::profiles::keys::{In, KEYS, Kind, KnownKey, ReadBy, Showing};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Listed {
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    name: String,
    section: String,
    read_by: Vec<String>,
    secret: Value,
    #[serde(default)]
    values: Value,
}

#[test]
fn the_table_of_keys_is_the_published_one() {
    let Some(folder) = super::published("known keys") else {
        return;
    };
    let listed: Listed = super::parsed(&folder.join("keys.json"));
    assert_eq!(listed.keys.len(), 118);
    let mut known = 0;
    for key in &listed.keys {
        let section = match key.section.as_str() {
            "profile" => In::Profile,
            "sso-session" => In::SsoSession,
            "services" => In::Services,
            // `[plugins]` and the file of aliases are the AWS CLI's alone and not read by Rolecall.
            _ => continue,
        };
        let ours = KEYS
            .iter()
            .find(|ours| ours.name == key.name && ours.section == section);
        let ours = ours.unwrap_or_else(|| panic!("{} is not in the table", key.name));
        compare(ours, key);
        known += 1;
    }
    assert_eq!(known, KEYS.len(), "the table has no key of its own");
    rolecall_tests::say(&format!("keys: {known} of {} listed", listed.keys.len()));
}

fn compare(ours: &KnownKey, key: &Key) {
    let readers: Vec<_> = ours.read_by().map(ReadBy::name).collect();
    let listed: Vec<_> = key.read_by.iter().map(String::as_str).collect();
    let of_sdks = |names: &[&str]| {
        let mut names = names.to_vec();
        names.sort_unstable();
        names.join(" ")
    };
    if listed
        .iter()
        .all(|name| ["botocore", "cli", "rust", "js", "go", "java"].contains(name))
    {
        assert_eq!(of_sdks(&readers), of_sdks(&listed), "{}", key.name);
    }
    assert_eq!(
        ours.showing == Showing::Secret,
        key.secret == true,
        "{}",
        key.name
    );
    if let (Kind::Choice(words), Some(values)) = (ours.kind, key.values.as_array()) {
        let values: Vec<_> = values.iter().filter_map(Value::as_str).collect();
        assert_eq!(words, values, "{}", key.name);
    }
}
