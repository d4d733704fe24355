//! How History keeps text, and with which key. Where the system has a keyring, that holds the key and nobody is asked.
//! Else a person chooses once: a passphrase, history without secrets, or none. Nothing is ever chosen in silence: until
//! then, and whenever the key can't be had, the answer is a failure that says why.

use rolecall_core::Secret;

use super::{
    History,
    passphrase::{instead, key_behind, note},
    seal::Sealer,
};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    settings::Settings,
    view::HistoryChoice,
    world::vault::{VaultError, VaultKey},
};

/// What is ready to keep versions.
#[derive(Debug)]
pub(crate) enum Keeping {
    /// All of the text, encrypted.
    Encrypted(Sealer),
    /// The text with its secrets masked.
    WithoutSecrets(Sealer),
    /// Nothing.
    Nothing,
}

impl Keeping {
    /// What names and opens versions, where any are kept.
    pub(crate) fn sealer(&self) -> Option<&Sealer> {
        match self {
            Self::Encrypted(sealer) | Self::WithoutSecrets(sealer) => Some(sealer),
            Self::Nothing => None,
        }
    }
}

/// From what it follows how History is kept: the choice, and the key that the passphrase opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen(HistoryChoice, Option<String>);

impl Engine {
    /// How History is kept from now on. A passphrase that is given for one that is there opens it.
    ///
    /// # Errors
    /// When the key can't be had or kept that way; then it stays as it was.
    pub fn choose_history(
        &self,
        choice: HistoryChoice,
        passphrase: Option<&Secret>,
    ) -> Result<(), Failure> {
        let keeping = match (choice, passphrase) {
            (HistoryChoice::Keyring, _) => self.by_keyring(true)?,
            (HistoryChoice::Passphrase, Some(passphrase)) => {
                Keeping::Encrypted(Sealer::encrypting(&key_behind(&self.world, passphrase)?))
            }
            (HistoryChoice::Passphrase, None) => return Err(Failure::passphrase_needed()),
            (HistoryChoice::WithoutSecrets, _) => self.without_secrets()?,
            (HistoryChoice::None, _) => Keeping::Nothing,
        };
        self.chose(choice)?;
        let mut history = lock(&self.history);
        history.chosen = self.chosen_now();
        history.keeping = Some(keeping);
        drop(history);
        self.remember_this_look();
        Ok(())
    }

    /// A new passphrase in the place of one that was forgotten. What was kept with that can't be read any more; its key is
    /// set aside and not removed.
    ///
    /// # Errors
    /// As [`Self::choose_history`].
    pub fn replace_passphrase(&self, passphrase: &Secret) -> Result<(), Failure> {
        instead(&self.world, || {
            self.choose_history(HistoryChoice::Passphrase, Some(passphrase))
        })
    }

    /// A choice that another Rolecall made holds here too.
    pub(super) fn follow_choice(&self, history: &mut History) {
        let chosen = self.chosen_now();
        if chosen.is_some() && history.chosen != chosen {
            (history.chosen, history.keeping, history.asked) = (chosen, None, false);
        }
    }

    fn chosen_now(&self) -> Option<Chosen> {
        let choice = self.history_choice()?;
        let key = (choice == HistoryChoice::Passphrase).then(|| note(&self.world));
        Some(Chosen(choice, key.flatten()))
    }

    /// How History was chosen to be kept; none as long as nobody did.
    pub fn history_choice(&self) -> Option<HistoryChoice> {
        let on_disk = Settings::load(&self.world).history;
        on_disk.or_else(|| lock(&self.settings).history)
    }

    /// Does something with what encrypts History, where that is how it is kept and nobody has to be waited for.
    pub(crate) fn with_encryption<T>(&self, act: impl FnOnce(&Sealer) -> T) -> Option<T> {
        match &self.history.try_lock().ok()?.keeping {
            Some(Keeping::Encrypted(sealer)) => Some(act(sealer)),
            Some(Keeping::WithoutSecrets(_) | Keeping::Nothing) | None => None,
        }
    }

    /// Makes sure that History can keep what comes. May wait for the keyring.
    pub(super) fn open_history<'a>(
        &self,
        history: &'a mut History,
    ) -> Result<&'a Keeping, Failure> {
        self.follow_choice(history);
        if history.keeping.is_none() {
            let choice = self.history_choice();
            history.keeping = Some(match choice {
                Some(HistoryChoice::None) => Keeping::Nothing,
                Some(HistoryChoice::WithoutSecrets) => self.without_secrets()?,
                Some(HistoryChoice::Passphrase) => return Err(Failure::passphrase_needed()),
                Some(HistoryChoice::Keyring) => self.by_keyring(false)?,
                None => {
                    let keeping = self.by_keyring(true)?;
                    self.chose(HistoryChoice::Keyring)?;
                    history.chosen = self.chosen_now();
                    keeping
                }
            });
        }
        Ok(history.keeping.as_ref().expect("it was filled above"))
    }

    fn chose(&self, choice: HistoryChoice) -> Result<(), Failure> {
        let settings = {
            let mut settings = lock(&self.settings);
            settings.history = Some(choice);
            settings.clone()
        };
        settings.save_choice(&self.world)
    }

    fn by_keyring(&self, may_make: bool) -> Result<Keeping, Failure> {
        let vault = &self.world.vault;
        let key = match vault.get().map_err(Failure::keyring)? {
            Some(key) => key,
            None if may_make => {
                let key = VaultKey::new(self.world.random.bytes());
                vault.put(&key).map_err(Failure::keyring)?;
                key
            }
            None => return Err(Failure::history_key_lost()),
        };
        Ok(Keeping::Encrypted(Sealer::encrypting(&key)))
    }

    /// With the key of this installation, so that masked secrets read the same after a restart.
    fn without_secrets(&self) -> Result<Keeping, Failure> {
        let kept = lock(&self.tokens).keep_key(&self.world);
        kept.map_err(|error| Failure::history_unwritable(&error))?;
        Ok(Keeping::WithoutSecrets(Sealer::plain(
            self.mask_key.bytes(),
        )))
    }
}

impl Failure {
    pub(crate) fn keyring(error: VaultError) -> Self {
        let (cause, why) = match error {
            VaultError::Absent => ("history.noKeyring", "this system has no keyring running"),
            VaultError::Locked => ("history.keyringLocked", "the system's keyring is locked"),
            VaultError::Denied => ("history.keyringDenied", "the system's keyring said no"),
            VaultError::Slow => ("history.keyringSlow", "the system's keyring did not answer"),
            VaultError::Forgets => (
                "history.keyringForgets",
                "the system's keyring does not keep values",
            ),
            VaultError::Garbage => (
                "history.keyringGarbage",
                "the system's keyring holds something else where the key should be",
            ),
        };
        Self::no_history(cause, why)
    }

    fn history_key_lost() -> Self {
        Self::no_history(
            "history.keyLost",
            "its key is gone from the system's keyring, and what it kept so far can't be read any more",
        )
    }

    pub(super) fn passphrase_needed() -> Self {
        Self::no_history("history.passphrase", "it is locked with your passphrase")
    }
}
