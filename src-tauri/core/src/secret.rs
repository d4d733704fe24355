//! The type that cannot be printed or serialized. Whatever signs a request, or could, is one of these.
//! There is one way to its text, `expose`, and it names its purpose; a test lists the callers.
//!
//! ```compile_fail
//! let secret = rolecall_core::Secret::new("x".into());
//! println!("{secret}");
//! ```
//! ```compile_fail
//! let (a, b) = (rolecall_core::Secret::new("x".into()), rolecall_core::Secret::new("x".into()));
//! assert!(a == b);
//! ```

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// Text that must not travel. Wiped when dropped.
pub struct Secret(SecretString);

/// Why a secret's text is needed. A new purpose is a new variant, and a line in the test that lists the callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The person asked to see this one.
    Reveal,
    /// The person asked for it on the clipboard.
    Clipboard,
    /// To see whether it is the one that was there before; only a fingerprint is kept.
    Compare,
    /// A request to AWS is signed with it, or carries it.
    SignRequest,
    /// It goes into one of the two files, where the person wants it.
    WriteFile,
    /// It goes into a cache that AWS tools share, where the others look for it.
    WriteCache,
    /// The person asked for it in a form that a shell or a program takes.
    Export,
    /// A passphrase opens the key of History.
    OpenHistory,
}

impl Secret {
    /// Takes over `text`.
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// Hands the text to `use_it`, for that purpose and no longer.
    pub fn expose<R>(&self, _purpose: Purpose, use_it: impl FnOnce(&str) -> R) -> R {
        use_it(self.0.expose_secret())
    }
}

impl fmt::Debug for Secret {
    /// Always the same, so that not even the length is told.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(••••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static_assertions::assert_not_impl_any!(Secret: Clone, Copy, Default, PartialEq, std::hash::Hash, fmt::Display);

    #[test]
    fn debug_tells_neither_text_nor_length() {
        assert_eq!(
            format!("{:?}", Secret::new("a".into())),
            format!("{:?}", Secret::new("a much longer one".into()))
        );
        assert!(!format!("{:?}", Secret::new("hunter2".into())).contains("hunter2"));
    }
}
