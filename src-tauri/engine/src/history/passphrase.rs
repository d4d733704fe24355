//! The data key where there is no keyring: in a file of the data folder, wrapped by what a passphrase is stretched to.

use std::io;

use argon2::{Algorithm, Argon2, Params, Version};
use rolecall_core::{Purpose, Secret};
use serde::{Deserialize, Serialize};

use super::{
    seal::{hex, unhex, unwrap, wrap},
    store::folder,
};
use crate::{
    failure::Failure,
    notes::{Note, Noted, rename},
    view::FailureCode,
    world::{World, vault::VaultKey},
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

/// What lies there now, to be told from what lies there later.
pub(super) fn note(world: &World) -> Option<String> {
    match PASSPHRASE.load::<Wrapped>(world) {
        Noted::Read(wrapped) => Some(wrapped.key),
        Noted::Missing | Noted::Damaged => None,
    }
}

/// Puts the key of a passphrase that was forgotten aside while `choose` makes another: whoever remembers it later finds
/// it there. Where there is no other key then, it is in its place again.
pub(super) fn instead<T>(
    world: &World,
    choose: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let Some(path) = PASSPHRASE.path(world) else {
        return choose();
    };
    let now = world.clock.now().as_second();
    let aside = path.with_file_name(format!("{}.forgotten-{now}.toml", PASSPHRASE.name));
    match rename(world, &path, &aside) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return choose(),
        moved => moved.map_err(|error| Failure::history_unwritable(&error))?,
    }
    choose().inspect_err(|_| {
        if note(world).is_none() {
            let _ = rename(world, &aside, &path);
        }
    })
}

/// The key that lies behind a passphrase: the one that is there, else a new one.
pub(super) fn key_behind(world: &World, passphrase: &Secret) -> Result<VaultKey, Failure> {
    Ok(match PASSPHRASE.load::<Wrapped>(world) {
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
    })
}

/// The key that a passphrase stands for; none where the numbers in the note are no such numbers.
fn stretched(
    passphrase: &Secret,
    salt: &[u8],
    (memory, rounds, lanes): (u32, u32, u32),
) -> Option<VaultKey> {
    // A note that asks for more was not written here.
    let params = Params::new(memory.min(1 << 20), rounds.min(64), lanes, Some(32)).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = VaultKey::default();
    passphrase
        .expose(Purpose::OpenHistory, |text| {
            argon2.hash_password_into(text.as_bytes(), salt, key.as_mut_slice())
        })
        .ok()?;
    Some(key)
}

impl Failure {
    fn no_passphrase() -> Self {
        Self::new(
            FailureCode::Denied,
            "history.noPassphrase",
            "No passphrase was given, or the two differ.".into(),
            "Type it again.",
        )
    }

    fn wrong_passphrase() -> Self {
        Self::new(
            FailureCode::Denied,
            "history.wrongPassphrase",
            "This is not the passphrase of History.".into(),
            "Type it again. Without it, choose another way to keep History.",
        )
    }
}
