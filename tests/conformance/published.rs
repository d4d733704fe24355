//! The files of the published suites: each comes back byte for byte, and no rule panics on one. Their meaning is held
//! against each engine's fold once there are folds.

use std::path::{Path, PathBuf};

use rolecall_core::{
    document::{Document, MaskKey, Masker},
    profiles::Home,
    rules::{self, Facts},
};

#[test]
fn every_published_file_comes_back_byte_for_byte() {
    let Some(folder) = super::published("every published file") else {
        return;
    };
    let mut files = Vec::new();
    below(&folder, &mut files);
    assert!(
        files.len() > 200,
        "the suites are whole: {} files",
        files.len()
    );
    for path in &files {
        let bytes = std::fs::read(path).expect("a file of the suites");
        let document = Document::parse(bytes.clone());
        assert_eq!(document.assemble(), bytes, "{}", path.display());
        let mut masker = Masker::new(MaskKey::new([1; 32]));
        let shown = masker.mask(&document);
        assert_eq!(
            masker.unmask(&shown).as_deref(),
            Ok(bytes.as_slice()),
            "{}",
            path.display()
        );
        rules::check(&Home::read(Some(document), None), &Facts::default());
    }
    rolecall_tests::say(&format!("published: {} files", files.len()));
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the suites") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            below(&path, files);
        } else {
            files.push(path);
        }
    }
}
