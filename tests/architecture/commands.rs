//! One list of commands, from which the handler and Tauri's manifest follow; the capability and the page's table are
//! held against it here, and so is what the window may do at all.

use std::collections::BTreeSet;

use serde_json::{Value, json};

fn listed() -> BTreeSet<String> {
    let text = super::read("src-tauri/src/command_list.rs");
    let start = text.find("$then![").expect("the list") + "$then![".len();
    let list = &text[start..start + text[start..].find(']').expect("its end")];
    list.split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn conf() -> Value {
    serde_json::from_str(&super::read("src-tauri/tauri.conf.json")).expect("JSON")
}

#[test]
fn the_capability_grants_exactly_the_listed_commands_and_nothing_of_tauris() {
    let capability: Value =
        serde_json::from_str(&super::read("src-tauri/capabilities/main.json")).expect("JSON");
    let granted: BTreeSet<_> = capability["permissions"]
        .as_array()
        .expect("permissions")
        .iter()
        .map(|p| p.as_str().expect("a name").to_owned())
        .collect();
    let wanted: BTreeSet<_> = listed()
        .into_iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    assert_eq!(granted, wanted);
    assert_eq!(capability["windows"], json!(["main"]));
    assert!(
        capability.get("remote").is_none(),
        "no page from elsewhere may call"
    );
    let folder = super::files("src-tauri/capabilities", &[".json", ".toml"]);
    assert_eq!(
        folder.len(),
        1,
        "one capability file: {:?}",
        folder.iter().map(|(path, _)| path).collect::<Vec<_>>()
    );
}

#[test]
fn the_page_calls_exactly_the_listed_commands() {
    let text = super::read("ui/src/lib/backend/tauri.ts");
    let calls = text.match_indices("invoke").filter_map(|(at, _)| {
        let rest = &text[at..];
        let open = rest.find('(')?;
        let name = rest[open + 1..].trim_start().strip_prefix('"')?;
        Some(name[..name.find('"')?].to_owned())
    });
    assert_eq!(calls.collect::<BTreeSet<_>>(), listed());
}

#[test]
fn the_page_may_load_nothing_but_itself() {
    let security = conf()["app"]["security"].clone();
    let wanted = json!({
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "worker-src": "'self'",
        "connect-src": "ipc: http://ipc.localhost",
        "media-src": "'none'",
        "manifest-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    });
    assert_eq!(security["csp"], wanted);
    assert_eq!(
        security["dangerousDisableAssetCspModification"],
        json!(["style-src"])
    );
    assert_eq!(security["capabilities"], json!(["main"]));
    assert_eq!(conf()["app"]["withGlobalTauri"], json!(false));
    let keys: BTreeSet<_> = security
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect();
    let known = [
        "capabilities",
        "csp",
        "dangerousDisableAssetCspModification",
        "freezePrototype",
    ];
    assert_eq!(
        keys,
        known.into_iter().map(str::to_owned).collect(),
        "a new switch needs its reason here"
    );
}
