//! A change that is worked out from what is there now, and worked out again when another program was quicker. Undo and
//! restore are such changes; so is whatever knows what it wants of a file rather than its new bytes.

use rolecall_core::profiles::File;

use super::Deed;
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    look::{Seen, see},
    save::Wrote,
};

/// How often another program may come between a look and a write.
const ROUNDS: u32 = 8;

impl Engine {
    /// Writes what `becomes` makes of the bytes that are there; no bytes are a file that is not. Equal bytes are left alone.
    ///
    /// # Errors
    /// What `becomes` says, or when the file can't be read or written. It is as it was then.
    pub(crate) fn replay(
        &self,
        file: File,
        deed: &Deed,
        becomes: impl Fn(&[u8]) -> Result<Vec<u8>, Failure>,
    ) -> Result<(), Failure> {
        let _one_at_a_time = lock(&self.saving);
        for _ in 0..ROUNDS {
            let there = self.bytes_now(file)?;
            let old = there.as_deref().unwrap_or_default();
            let new = becomes(old)?;
            if new == old {
                return Ok(());
            }
            self.note_own_tokens(file, old, &new);
            match self.put(file, there.as_deref(), &new, deed)? {
                Wrote::Done(_) => {
                    self.keep_watch(file, old, &new, deed);
                    return Ok(());
                }
                Wrote::LooksEmptied => return Err(Failure::looks_emptied(file.name())),
                Wrote::Moved { .. } => {}
            }
        }
        Err(Failure::never_quiet(file.name()))
    }

    /// What is on disk, rather than what was looked at last.
    pub(crate) fn bytes_now(&self, file: File) -> Result<Option<Vec<u8>>, Failure> {
        match see(&self.world, &self.snapshot().around.places, file) {
            Seen::Read { bytes, .. } => Ok(Some(bytes)),
            Seen::Missing => Ok(None),
            Seen::Failed(failure) => Err(failure),
        }
    }
}
