//! A keyring in memory, in any mood that real ones have.

use std::sync::{Arc, Mutex, MutexGuard};

use super::{Vault, VaultError, VaultKey};

/// How it behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// As it should.
    #[default]
    Well,
    /// It answers with this error.
    Fails(VaultError),
    /// It takes what it is given and has nothing afterwards.
    Forgets,
}

/// A keyring in memory. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct FakeVault(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    mood: Mood,
    key: Option<VaultKey>,
    asked: u32,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}, asked {} times", self.mood, self.asked)
    }
}

impl FakeVault {
    /// One that has a key already, always the same one.
    pub fn with_a_key() -> Self {
        let vault = Self::default();
        vault.state().key = Some(VaultKey::new([7; 32]));
        vault
    }

    /// From now on it behaves like this.
    pub fn set(&self, mood: Mood) {
        self.state().mood = mood;
    }

    /// The key is gone, as if the person had deleted it.
    pub fn lose(&self) {
        self.state().key = None;
    }

    /// How often it was asked for the key.
    pub fn asked(&self) -> u32 {
        self.state().asked
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panics while it holds it")
    }
}

impl Vault for FakeVault {
    fn get(&self) -> Result<Option<VaultKey>, VaultError> {
        let mut state = self.state();
        state.asked += 1;
        match state.mood {
            Mood::Fails(error) => Err(error),
            Mood::Well | Mood::Forgets => Ok(state.key.clone()),
        }
    }

    fn put(&self, key: &VaultKey) -> Result<(), VaultError> {
        let mut state = self.state();
        match state.mood {
            Mood::Fails(error) => Err(error),
            Mood::Forgets => Err(VaultError::Forgets),
            Mood::Well => {
                state.key = Some(key.clone());
                Ok(())
            }
        }
    }
}
