//! After a save: does it still stand? A tool that had read the file before us writes its own old copy of it a moment
//! later, and our lines are gone (aws-cli #10648 is of that kind). For two seconds such a loss is noticed at each look,
//! and our lines are put back beside theirs. Lines that somebody changed on purpose are left alone.

use std::{
    sync::{PoisonError, TryLockError},
    time::Duration,
};

use jiff::Timestamp;
use rolecall_core::{
    document::Document,
    edit::{Merge, merge},
    profiles::File,
};

use crate::{
    engine::{Engine, lock},
    history::Deed,
    save::Wrote,
};

/// Later than this nobody writes what was read before us.
const WATCHED_FOR: Duration = Duration::from_secs(2);
/// A program that insists gets its way.
const TIMES: u32 = 5;

/// A change that was saved a moment ago.
pub(crate) struct Kept {
    file: File,
    base: Vec<u8>,
    new: Vec<u8>,
    deed: Deed,
    until: Timestamp,
    times: u32,
}

impl std::fmt::Debug for Kept {
    /// Without the bytes: they hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({:?}, {} times)", self.file, self.times)
    }
}

impl Engine {
    /// From now on looks whether this change still stands.
    pub(crate) fn keep_watch(&self, file: File, base: &[u8], new: &[u8], deed: &Deed) {
        let mut kept = lock(&self.kept);
        kept.retain(|kept| kept.file != file);
        kept.push(Kept {
            file,
            base: base.to_vec(),
            new: new.to_vec(),
            deed: deed.clone(),
            until: self.world.clock.now() + WATCHED_FOR,
            times: 0,
        });
    }

    /// Puts back what was saved a moment ago and written over by a program that had not seen it.
    pub(crate) fn put_back(&self) {
        // Whoever saves looks again afterwards.
        let _one_at_a_time = match self.saving.try_lock() {
            Ok(guard) => guard,
            Err(TryLockError::Poisoned(error)) => PoisonError::into_inner(error),
            Err(TryLockError::WouldBlock) => return,
        };
        let now = self.world.clock.now();
        lock(&self.kept).retain(|kept| kept.until > now && kept.times < TIMES);
        let written = File::BOTH.into_iter().any(|file| self.put_back_one(file));
        if written {
            self.see_what_is_there();
        }
    }

    fn put_back_one(&self, file: File) -> bool {
        let snapshot = self.snapshot();
        let Some(there) = snapshot.home().document(file).map(Document::bytes) else {
            return false;
        };
        let mut all = lock(&self.kept);
        let Some(kept) = all.iter_mut().find(|kept| kept.file == file) else {
            return false;
        };
        let Merge::Clean(both) = merge(&kept.base, &kept.new, there) else {
            return false;
        };
        if both == there {
            return false;
        }
        kept.times += 1;
        let written = self.put(file, Some(there), &both, &kept.deed);
        // When it can't be written, or moved once more, the next look says what to do.
        let done = matches!(written, Ok(Wrote::Done));
        if done {
            kept.new = both;
        }
        done
    }
}
