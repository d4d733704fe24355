//! Notices that a test reads.

use std::sync::{Arc, Mutex};

use super::Notices;

/// Notices that a test reads. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct FakeNotices(Arc<Mutex<Vec<String>>>);

impl FakeNotices {
    /// All that were shown, as `title: text`.
    ///
    /// # Panics
    /// After a panic of another user of it.
    pub fn shown(&self) -> Vec<String> {
        self.0
            .lock()
            .expect("no test panics while it holds them")
            .clone()
    }
}

impl Notices for FakeNotices {
    fn show(&self, title: &str, text: &str) {
        let mut shown = self.0.lock().expect("as above");
        shown.push(format!("{title}: {text}"));
    }
}
