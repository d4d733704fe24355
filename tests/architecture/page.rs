//! What the page's source may not do: import Tauri but at one door, ask the engine from a component, write markup from
//! text, read AWS syntax.

fn page() -> Vec<(String, String)> {
    let own = super::files("ui/src", &[".ts", ".svelte"]);
    own.into_iter()
        .filter(|(path, _)| !path.contains("/generated/") && !path.contains(".test."))
        .collect()
}

#[test]
fn one_file_imports_tauri() {
    let doors: Vec<_> = page()
        .into_iter()
        .filter(|(_, text)| text.contains("@tauri-apps"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(doors, ["ui/src/lib/backend/tauri.ts"]);
}

#[test]
fn components_and_views_ask_stores_and_never_the_engine() {
    for (path, text) in page() {
        if !(path.starts_with("ui/src/components") || path.starts_with("ui/src/views")) {
            continue;
        }
        for line in text.lines().filter(|line| line.contains("import ")) {
            let is_backend = line.contains("lib/backend")
                && !line.contains("generated")
                && !line.contains("import type");
            assert!(!is_backend, "{path}: {line}");
        }
    }
}

#[test]
fn text_is_never_made_into_markup() {
    for (path, text) in page() {
        for way in [
            "{@html",
            "innerHTML",
            "outerHTML =",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ] {
            assert!(!text.contains(way), "{path} has {way}");
        }
    }
}
