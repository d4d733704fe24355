//! This desktop's clipboard.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{Clipboard, ClipboardError};

/// This desktop's clipboard. On X11 what was copied lives in our process, so it is kept open once used.
#[derive(Default)]
pub struct RealClipboard(Mutex<Option<arboard::Clipboard>>);

impl RealClipboard {
    fn open(&self) -> Result<MutexGuard<'_, Option<arboard::Clipboard>>, ClipboardError> {
        // Nothing half-done can be left behind by a panic here: the clipboard is the system's.
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.is_none() {
            *open = Some(arboard::Clipboard::new().map_err(|error| said(&error))?);
        }
        Ok(open)
    }
}

impl Clipboard for RealClipboard {
    fn put(&self, text: &str, secret: bool) -> Result<(), ClipboardError> {
        let mut open = self.open()?;
        let clipboard = open.as_mut().expect("opened above");
        let set = clipboard.set();
        #[cfg(target_os = "linux")]
        let set = if secret {
            arboard::SetExtLinux::exclude_from_history(set)
        } else {
            set
        };
        #[cfg(target_os = "macos")]
        let set = if secret {
            arboard::SetExtApple::exclude_from_history(set)
        } else {
            set
        };
        #[cfg(windows)]
        let set = if secret {
            arboard::SetExtWindows::exclude_from_history(set)
        } else {
            set
        };
        set.text(text).map_err(|error| said(&error))
    }

    fn clear_if(&self, text: &str) -> Result<bool, ClipboardError> {
        let mut open = self.open()?;
        let clipboard = open.as_mut().expect("opened above");
        let is_ours = clipboard.get_text().is_ok_and(|held| held == text);
        if is_ours {
            clipboard.clear().map_err(|error| said(&error))?;
        }
        Ok(is_ours)
    }
}

impl fmt::Debug for RealClipboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RealClipboard")
    }
}

fn said(error: &arboard::Error) -> ClipboardError {
    ClipboardError(error.to_string())
}
