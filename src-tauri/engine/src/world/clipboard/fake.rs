//! A clipboard in memory.

use std::sync::{Arc, Mutex};

use super::{Clipboard, ClipboardError};

/// A clipboard in memory. Clones are the same clipboard.
#[derive(Clone, Debug, Default)]
pub struct FakeClipboard {
    held: Arc<Mutex<String>>,
    broken: bool,
}

impl FakeClipboard {
    /// A desktop without one.
    pub fn broken() -> Self {
        Self {
            broken: true,
            ..Self::default()
        }
    }

    /// What it holds.
    ///
    /// # Panics
    /// After a panic of another user of it.
    pub fn held(&self) -> String {
        self.held
            .lock()
            .expect("no test panics while it holds the clipboard")
            .clone()
    }
}

impl Clipboard for FakeClipboard {
    fn put(&self, text: &str, _secret: bool) -> Result<(), ClipboardError> {
        if self.broken {
            return Err(ClipboardError("there is none".into()));
        }
        text.clone_into(&mut self.held.lock().expect("as above"));
        Ok(())
    }

    fn clear_if(&self, text: &str) -> Result<bool, ClipboardError> {
        let mut held = self.held.lock().expect("as above");
        let is_ours = *held == text;
        if is_ours {
            held.clear();
        }
        Ok(is_ours)
    }
}
