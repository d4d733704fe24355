//! The files of the published suites: each comes back byte for byte, and no rule panics on one. Their meaning is held
//! against each engine's fold once there are folds.

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
    let files = rolecall_tests::files_below(&folder);
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
