//! Whatever the bytes: masked text hides every secret that is found, has as many lines, and comes back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolecall_core::document::{Document, MaskKey, Masker, secret_spans};

fuzz_target!(|bytes: &[u8]| {
    let document = Document::parse(bytes.to_vec());
    let mut masker = Masker::new(MaskKey::new([1; 32]));
    let shown = masker.mask(&document);
    assert_eq!(
        masker.unmask(&shown).as_deref(),
        Ok(bytes),
        "masking takes nothing away"
    );
    let masked = Document::parse(shown);
    assert_eq!(
        masked.lines().len(),
        document.lines().len(),
        "masked text has the same lines"
    );
    let mut end = 0;
    for span in secret_spans(&document) {
        assert!(
            end <= span.start && span.start <= span.end,
            "in order and apart"
        );
        end = span.end;
    }
});
