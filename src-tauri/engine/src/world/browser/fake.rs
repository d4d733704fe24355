//! A browser that notes what it was to open, and opens nothing.

use std::{
    io,
    sync::{Arc, Mutex},
};

use super::Browser;

/// A browser that notes what it was to open, and opens nothing.
#[derive(Clone, Debug, Default)]
pub struct FakeBrowser {
    opened: Arc<Mutex<Vec<String>>>,
    is_missing: bool,
}

#[expect(
    clippy::missing_panics_doc,
    reason = "no test panics while it holds it"
)]
impl FakeBrowser {
    /// There is none.
    pub fn missing() -> Self {
        Self {
            is_missing: true,
            ..Self::default()
        }
    }

    /// What it was to open, first to last.
    pub fn opened(&self) -> Vec<String> {
        self.opened.lock().expect("as said").clone()
    }
}

impl Browser for FakeBrowser {
    fn open(&self, url: &str) -> io::Result<()> {
        if self.is_missing {
            return Err(io::ErrorKind::NotFound.into());
        }
        self.opened.lock().expect("as said").push(url.to_owned());
        Ok(())
    }
}
