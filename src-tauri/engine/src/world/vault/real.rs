//! This computer's keyring: the Secret Service on Linux, the Keychain on macOS, the Credential Manager on Windows. The
//! store is made by name, never the one that a library falls back to: there are stand-ins that forget.

use std::{
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use keyring_core::{Entry, Error, api::CredentialStoreApi};

use super::{Vault, VaultError, VaultKey};

const SERVICE: &str = "rolecall";
const USER: &str = "data-key";
/// A person may be asked to unlock it; longer than this nobody waits.
const PATIENCE: Duration = Duration::from_mins(1);

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
#[cfg(windows)]
use windows_native_keyring_store::Store;
#[cfg(all(unix, not(target_os = "macos")))]
use zbus_secret_service_keyring_store::Store;

#[cfg(target_os = "macos")]
const NAME: &str = "Keychain";
#[cfg(windows)]
const NAME: &str = "Windows Credential";
#[cfg(all(unix, not(target_os = "macos")))]
const NAME: &str = "Secret Service";

/// This computer's keyring.
#[derive(Debug)]
pub struct RealVault;

impl Vault for RealVault {
    fn get(&self) -> Result<Option<VaultKey>, VaultError> {
        patiently(|| read(&entry()?))
    }

    fn put(&self, key: &VaultKey) -> Result<(), VaultError> {
        let key = key.clone();
        patiently(move || {
            entry()?
                .set_secret(key.as_slice())
                .map_err(|error| why(&error))?;
            // Over another connection: what only this one has is not kept.
            match read(&entry()?)? {
                Some(kept) if kept == key => Ok(()),
                _ => Err(VaultError::Forgets),
            }
        })
    }
}

fn entry() -> Result<Entry, VaultError> {
    let store: Arc<Store> = Store::new().map_err(|_| VaultError::Absent)?;
    if !store.vendor().contains(NAME) {
        return Err(VaultError::Absent);
    }
    store
        .build(SERVICE, USER, None)
        .map_err(|error| why(&error))
}

fn read(entry: &Entry) -> Result<Option<VaultKey>, VaultError> {
    match entry.get_secret() {
        Ok(bytes) => {
            let bytes = VaultKeyBytes::new(bytes);
            let key = bytes
                .as_slice()
                .try_into()
                .map_err(|_| VaultError::Garbage)?;
            Ok(Some(VaultKey::new(key)))
        }
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(why(&error)),
    }
}

type VaultKeyBytes = secrecy::zeroize::Zeroizing<Vec<u8>>;

fn why(error: &Error) -> VaultError {
    match error {
        Error::NoStorageAccess(_) => VaultError::Locked,
        Error::BadDataFormat(..) | Error::BadEncoding(_) | Error::Ambiguous(_) => {
            VaultError::Garbage
        }
        Error::PlatformFailure(error) if error.to_string().contains("denied") => VaultError::Denied,
        Error::NoEntry => VaultError::Forgets,
        _ => VaultError::Absent,
    }
}

/// On a thread of its own, since the keyring may wait for a person; who does not answer in time is left behind.
fn patiently<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    let (tell, answer) = mpsc::channel();
    let asking = thread::Builder::new().name("keyring".into());
    let started = asking.spawn(move || {
        // Nobody listens any more when it took too long.
        let _ = tell.send(ask());
    });
    if started.is_err() {
        return Err(VaultError::Absent);
    }
    match answer.recv_timeout(PATIENCE) {
        Ok(answer) => answer,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(VaultError::Slow),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(VaultError::Absent),
    }
}
