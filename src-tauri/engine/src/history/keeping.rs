//! How History keeps text, and with which key. Where the system has a keyring, that holds the key and nobody is asked.
//! Else a person chooses once: a passphrase, history without secrets, or none. Nothing is ever chosen in silence: until
//! then, and whenever the key can't be had, the answer is a failure that says why.

use argon2::{Algorithm, Argon2, Params, Version as Argon2Version};
use rolecall_core::{Purpose, Secret};
use serde::{Deserialize, Serialize};

use super::{
    History,
    seal::{Sealer, hex, unhex, unwrap, wrap},
    store::folder,
};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    notes::{Note, Noted},
    view::HistoryChoice,
    world::{
        World,
        vault::{VaultError, VaultKey},
    },
};

/// What a guess costs: 64 MiB and three rounds, more than OWASP asks of argon2id.
const PARAMS: (u32, u32, u32) = if cfg!(test) {
    (64, 1, 1)
} else {
    (64 << 10, 3, 1)
};

/// Beside `settings.toml`: the data key as the passphrase opens it.
const PASSPHRASE: Note = Note {
    name: "history-key",
    head: "# The key of Rolecall's history, locked with your passphrase (argon2id, XChaCha20-Poly1305).\n\n",
    not_kept: "The passphrase was not kept",
};

#[derive(Serialize, Deserialize)]
struct Wrapped {
    salt: String,
    key: String,
    memory: u32,
    rounds: u32,
    lanes: u32,
}

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
                by_passphrase(&self.world, passphrase)?
            }
            (HistoryChoice::Passphrase, None) => return Err(Failure::passphrase_needed()),
            (HistoryChoice::WithoutSecrets, _) => self.without_secrets()?,
            (HistoryChoice::None, _) => Keeping::Nothing,
        };
        self.chose(choice)?;
        lock(&self.history).keeping = Some(keeping);
        self.remember_this_look();
        Ok(())
    }

    /// How History was chosen to be kept; none as long as nobody did.
    pub fn history_choice(&self) -> Option<HistoryChoice> {
        let known = lock(&self.settings).history;
        known.or_else(|| crate::settings::Settings::load(&self.world).history)
    }

    /// Makes sure that History can keep what comes. May wait for the keyring.
    pub(super) fn open_history<'a>(
        &self,
        history: &'a mut History,
    ) -> Result<&'a Keeping, Failure> {
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
        settings.save(&self.world)
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

fn by_passphrase(world: &World, passphrase: &Secret) -> Result<Keeping, Failure> {
    let key = match PASSPHRASE.load::<Wrapped>(world) {
        Noted::Read(wrapped) => {
            let salt = unhex(&wrapped.salt).unwrap_or_default();
            let by = stretched(
                passphrase,
                &salt,
                (wrapped.memory, wrapped.rounds, wrapped.lanes),
            );
            let sealed = unhex(&wrapped.key).unwrap_or_default();
            by.and_then(|by| unwrap(&by, &sealed))
                .ok_or_else(Failure::wrong_passphrase)?
        }
        Noted::Missing | Noted::Damaged => {
            if folder(world).is_none() {
                return Err(Failure::passphrase_needed());
            }
            if passphrase.expose(Purpose::OpenHistory, str::is_empty) {
                return Err(Failure::no_passphrase());
            }
            let salt = world.random.bytes();
            let by = stretched(passphrase, &salt, PARAMS).ok_or_else(Failure::wrong_passphrase)?;
            let key = VaultKey::new(world.random.bytes());
            let wrapped = Wrapped {
                salt: hex(&salt),
                key: hex(&wrap(&*world.random, &by, &key)),
                memory: PARAMS.0,
                rounds: PARAMS.1,
                lanes: PARAMS.2,
            };
            PASSPHRASE.save(world, &wrapped)?;
            key
        }
    };
    Ok(Keeping::Encrypted(Sealer::encrypting(&key)))
}

/// The key that a passphrase stands for; none where the numbers in the note are no such numbers.
fn stretched(
    passphrase: &Secret,
    salt: &[u8],
    (memory, rounds, lanes): (u32, u32, u32),
) -> Option<VaultKey> {
    // A note that asks for more was not written here.
    let params = Params::new(memory.min(1 << 20), rounds.min(64), lanes, Some(32)).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Argon2Version::V0x13, params);
    let mut key = VaultKey::default();
    passphrase
        .expose(Purpose::OpenHistory, |text| {
            argon2.hash_password_into(text.as_bytes(), salt, key.as_mut_slice())
        })
        .ok()?;
    Some(key)
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

    fn passphrase_needed() -> Self {
        Self::no_history("history.passphrase", "it is locked with your passphrase")
    }

    fn no_passphrase() -> Self {
        Self::new(
            crate::view::FailureCode::Denied,
            "history.noPassphrase",
            "No passphrase was given, or the two differ.".into(),
            "Type it again.",
        )
    }

    fn wrong_passphrase() -> Self {
        Self::new(
            crate::view::FailureCode::Denied,
            "history.wrongPassphrase",
            "This is not the passphrase of History.".into(),
            "Type it again. Without it, choose another way to keep History.",
        )
    }
}
