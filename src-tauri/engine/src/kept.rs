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
    edit::{Merge, keep_mine, merge},
    profiles::File,
};

use crate::{
    engine::{Engine, lock},
    history::Deed,
    save::Wrote,
};

/// Later than this nobody writes what was read before us.
const WATCHED_FOR: Duration = Duration::from_secs(2);
/// Saves within this much time are watched as one.
const TOGETHER: Duration = Duration::from_millis(500);
/// A program that insists gets its way.
const TIMES: u32 = 5;

/// A change that was saved a moment ago. A program may have read the file before several of them.
pub(crate) struct Kept {
    file: File,
    base: Vec<u8>,
    new: Vec<u8>,
    deed: Deed,
    since: Timestamp,
    until: Timestamp,
    /// How often the very same was put back.
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
        let now = self.world.clock.now();
        let mut all = lock(&self.kept);
        let last = all.iter_mut().rfind(|kept| kept.file == file);
        match last {
            // Saves that follow one another closely are one.
            Some(last) if last.new == base && now < last.since + TOGETHER => {
                last.new = new.to_vec();
                last.until = now + WATCHED_FOR;
            }
            _ => all.push(Kept {
                file,
                base: base.to_vec(),
                new: new.to_vec(),
                deed: deed.clone(),
                since: now,
                until: now + WATCHED_FOR,
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
        let both = self.with_kept(file, there);
        if both == there {
            return false;
        }
        let Some(deed) = self.deed_kept(file) else {
            return false;
        };
        let written = self.put(file, Some(there), &both, &deed);
        // When it can't be written, or moved once more, the next look says what to do.
        let done = matches!(written, Ok(Wrote::Done(_)));
        if done {
            self.kept_again(file, &both);
        }
        done
    }

    /// What the newest change of a file is part of.
    fn deed_kept(&self, file: File) -> Option<Deed> {
        let all = lock(&self.kept);
        let last = all.iter().rfind(|kept| kept.file == file);
        last.map(|kept| kept.deed.clone())
    }

    /// What is there, with what was saved a moment ago and is missing in it.
    pub(crate) fn with_kept(&self, file: File, there: &[u8]) -> Vec<u8> {
        let now = self.world.clock.now();
        let all = lock(&self.kept);
        let ours = all
            .iter()
            .filter(|kept| kept.file == file && kept.until > now);
        ours.fold(there.to_vec(), |there, kept| {
            match merge(&kept.base, &kept.new, &there) {
                Merge::Clean(both) => both,
                // Where both changed the same lines, theirs stand.
                Merge::Overlap { .. } => keep_mine(&kept.base, &there, &kept.new),
            }
        })
    }

    /// What was put back may be written over by the same program once more; so may what it wrote itself.
    fn kept_again(&self, file: File, both: &[u8]) {
        let now = self.world.clock.now();
        let mut all = lock(&self.kept);
        let (ours, others) = std::mem::take(&mut *all)
            .into_iter()
            .partition::<Vec<_>, _>(|kept| kept.file == file);
        *all = others;
        let Some(first) = ours.first() else {
            return;
        };
        // The same once more: somebody insists.
        let same = ours.iter().filter(|kept| kept.new == both);
        let times = same.map(|kept| kept.times + 1).max().unwrap_or(0);
        all.push(Kept {
            file,
            base: first.base.clone(),
            new: both.to_vec(),
            deed: first.deed.clone(),
            since: now,
            until: now + WATCHED_FOR,
            times,
        });
    }
}
