//! The system's keyring, which keeps one thing for us: the 32 bytes of the key that everything secret of our own is
//! encrypted with. One small item avoids the limits that some keyrings have, and waiting for them more than once.

#[cfg(any(test, feature = "fakes"))]
mod fake;
mod real;

use std::fmt;

use secrecy::zeroize::Zeroizing;

#[cfg(any(test, feature = "fakes"))]
pub use fake::{FakeVault, Mood};
pub use real::RealVault;

/// The key, wiped when dropped.
pub type VaultKey = Zeroizing<[u8; 32]>;

/// Why the keyring does not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultError {
    /// This system has none, or it does not run.
    Absent,
    /// It is locked, and was not unlocked when asked.
    Locked,
    /// It said no.
    Denied,
    /// It did not answer within a minute.
    Slow,
    /// What it was given a moment ago is not there any more.
    Forgets,
    /// What it gives is no key.
    Garbage,
}

/// The system's keyring. May wait for a person who is asked to unlock it: never on a thread that draws.
pub trait Vault: Send + Sync + fmt::Debug {
    /// The key; none where none was ever put there.
    ///
    /// # Errors
    /// When the keyring does not help.
    fn get(&self) -> Result<Option<VaultKey>, VaultError>;
    /// Puts the key there, and looks whether it stays.
    ///
    /// # Errors
    /// When the keyring does not help.
    fn put(&self, key: &VaultKey) -> Result<(), VaultError>;
}
