//! After a save: does it still stand? A tool that had read the file before us writes its own old copy of it a moment
//! later, and our lines are gone (aws-cli #10648 is of that kind). For two seconds such a loss is noticed at each look,
//! and our lines are put back beside theirs. Lines that somebody changed on purpose are left alone.

use std::{
    sync::{PoisonError, TryLockError},
    time::Duration,
};

use jiff::Timestamp;
use rolecall_core::{document::Document, edit::keep_mine, profiles::File};

use crate::{
    engine::{Engine, lock},
    history::Deed,
    save::Wrote,
};

/// Later than this nobody writes what was read before us.
const WATCHED_FOR: Duration = Duration::from_secs(2);
/// Saves within this much time are watched as one.
const TOGETHER: Duration = Duration::from_millis(500);
/// A program that insists gets its way: when the very same comes again as often, or whatever it writes, for so long.
const TIMES: u32 = 5;
const AT_MOST: Duration = Duration::from_secs(10);

/// A change that was saved a moment ago. A program may have read the file before several of them.
pub(crate) struct Kept {
    file: File,
    base: Vec<u8>,
    new: Vec<u8>,
    deed: Deed,
    since: Timestamp,
    until: Timestamp,
    /// What was there when it was missing last.
    missed_in: Option<Vec<u8>>,
    /// How often the very same came again.
    times: u32,
}

impl std::fmt::Debug for Kept {
    /// Without the bytes: they hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({:?}, {} times)", self.file, self.times)
    }
}

impl Engine {
    /// From now on looks whether this change still stands. Those before it are watched with it in them: what it takes
    /// away again must not be put back.
    pub(crate) fn keep_watch(&self, file: File, base: &[u8], new: &[u8], deed: &Deed) {
        let now = self.world.clock.now();
        let mut all = lock(&self.kept);
        let mut before: Vec<_> = all.iter_mut().filter(|kept| kept.file == file).collect();
        // Saves that follow one another closely are one.
        let follows = before
            .last()
            .is_some_and(|last| last.new == base && now < last.since + TOGETHER);
        for kept in &mut before {
            kept.new = keep_mine(base, &kept.new, new);
        }
        match before.last_mut().filter(|_| follows) {
            Some(last) => last.until = now + WATCHED_FOR,
            None => all.push(Kept {
                file,
                base: base.to_vec(),
                new: new.to_vec(),
                deed: deed.clone(),
                since: now,
                until: now + WATCHED_FOR,
                missed_in: None,
                times: 0,
            }),
        }
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
        lock(&self.kept)
            .retain(|kept| kept.until > now && kept.times < TIMES && now < kept.since + AT_MOST);
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
        let both = self.with_kept(file, there);
        if both == there {
            return false;
        }
        let Some(deed) = self.missed_in(file, there) else {
            return false;
        };
        // When it can't be written, or moved once more, the next look says what to do.
        matches!(
            self.put(file, Some(there), &both, &deed),
            Ok(Wrote::Done(_))
        )
    }

    /// What is there, with what was saved a moment ago and is missing in it.
    pub(crate) fn with_kept(&self, file: File, there: &[u8]) -> Vec<u8> {
        let now = self.world.clock.now();
        let all = lock(&self.kept);
        let ours = all
            .iter()
            .filter(|kept| kept.file == file && kept.until > now);
        ours.fold(there.to_vec(), |there, kept| kept.with(&there))
    }

    /// Something saved a moment ago is missing in what is there: all is watched on until it stands. Together, for a later
    /// change may take back an earlier one, and must not be forgotten before it. Answers with what the newest is part of.
    fn missed_in(&self, file: File, there: &[u8]) -> Option<Deed> {
        let until = self.world.clock.now() + WATCHED_FOR;
        let mut all = lock(&self.kept);
        let mut deed = None;
        for kept in all.iter_mut().filter(|kept| kept.file == file) {
            kept.until = until;
            // The same once more: somebody insists.
            let same = kept.missed_in.as_deref() == Some(there);
            kept.times = if same { kept.times + 1 } else { 0 };
            kept.missed_in = Some(there.to_vec());
            deed = Some(kept.deed.clone());
        }
        deed
    }
}

impl Kept {
    /// What is there, with this change in it. Where both changed the same lines, theirs stand.
    fn with(&self, there: &[u8]) -> Vec<u8> {
        keep_mine(&self.base, there, &self.new)
    }
}
