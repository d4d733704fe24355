//! A new file, filled beside the old one with its mode, owner and attributes, and the two change places. What was
//! displaced is looked at: bytes that we don't know go back, and ours go. Where the file system can't exchange two
//! files, the new one takes the old one's place.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rolecall_core::{
    document::{Document, seems_torn},
    edit::merge,
};

use super::{Place, Report, Rung, Stop, Wrote, leftovers};
use crate::{
    failure::Failure,
    look::{VIEW_LIMIT, read_file},
    world::disk::{OpenFile, Stat, make_folders, write_all},
};

/// Who had the displaced file open when it was displaced has this long to write into it.
const GRACE: Duration = Duration::from_millis(250);
const GRACE_LOOK: Duration = Duration::from_millis(2);

impl Place<'_> {
    pub(super) fn beside(&self) -> Result<Report, Stop> {
        let disk = &self.world.disk;
        let folder = self.target.parent().unwrap_or(self.target);
        make_folders(&**disk, folder)?;
        let (beside, lost_group) = match self.filled() {
            // Pages that could not be written are gone for that file; another one may fare better.
            Err(error) if is_io(&error) => self.filled()?,
            filled => filled?,
        };
        if let Err(stop) = (self.look)(self.base) {
            self.clear(&beside);
            return Err(stop);
        }
        let rung = self
            .take_place(&beside)
            .inspect_err(|_| self.clear(&beside))?;
        // The entries are there already; a power cut before this takes them back, whole.
        let _ = disk.sync_folder(folder);
        if rung == Rung::Exchanged {
            self.look_back(&beside)?;
        }
        Ok(Report { rung, lost_group })
    }

    /// The new file, on the disk, under a name that nobody can have planted something under. Says whether those who
    /// could read it through its group no longer can.
    fn filled(&self) -> io::Result<(PathBuf, bool)> {
        let beside = leftovers::new_name(self.world, self.target);
        let mut open = self.world.disk.create(&beside, 0o600)?;
        let fill = |open: &mut dyn OpenFile| {
            write_all(open, self.new)?;
            let lost_group = match &self.before {
                Some(before) => self.dress(open, before)?,
                None => false,
            };
            open.sync()?;
            Ok(lost_group)
        };
        match fill(open.as_mut()) {
            Ok(lost_group) => Ok((beside, lost_group)),
            Err(error) => {
                self.clear(&beside);
                Err(error)
            }
        }
    }

    /// Gives it owner, group, attributes and mode of the old one. What can't be kept never widens who may read it.
    fn dress(&self, open: &mut dyn OpenFile, before: &Stat) -> io::Result<bool> {
        let mut lost_group = false;
        if let (Some(owner), Some(group)) = (before.owner, before.group) {
            let ours = open.stat()?;
            let same = ours.owner == Some(owner) && ours.group == Some(group);
            if !same && let Err(error) = open.set_owner(owner, group) {
                if ours.owner != Some(owner) {
                    return Err(error);
                }
                lost_group = true;
            }
        }
        if let Some(mode) = before.mode {
            open.set_mode(if lost_group { mode & !0o070 } else { mode })?;
        }
        match open.take_attributes(self.target) {
            // Without its access list, the group bits would mean more than they did.
            Err(error) if is_refused(&error) => {
                if let Some(mode) = before.mode {
                    open.set_mode(mode & !0o070)?;
                }
                Ok(true)
            }
            taken => taken.map(|()| lost_group),
        }
    }

    fn take_place(&self, beside: &Path) -> Result<Rung, Stop> {
        let disk = &self.world.disk;
        let taken = match self.base {
            Some(_) => disk.exchange(beside, self.target).map(|()| Rung::Exchanged),
            None => disk.rename_new(beside, self.target).map(|()| Rung::Created),
        };
        match taken {
            // Then there is a window of microseconds in which nobody looks.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                (self.look)(self.base)?;
                match disk.rename(beside, self.target) {
                    // Over a network the answer can be lost, and the second try finds nothing to rename.
                    Err(error) if error.kind() == io::ErrorKind::NotFound && self.is_in_place() => {
                    }
                    renamed => renamed?,
                }
                Ok(self.base.map_or(Rung::Created, |_| Rung::Renamed))
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && self.base.is_none() => {
                (self.look)(self.base)?;
                Err(error.into())
            }
            taken => Ok(taken?),
        }
    }

    fn is_in_place(&self) -> bool {
        let there = read_file(self.world, self.target, VIEW_LIMIT);
        there.is_ok_and(|there| there == self.new)
    }

    /// What stands beside now was in place until a moment ago.
    fn look_back(&self, beside: &Path) -> Result<(), Stop> {
        let disk = &self.world.disk;
        self.wait_for_writers(beside);
        let read = |path: &Path| read_file(self.world, path, VIEW_LIMIT);
        // What can't be looked at is not removed either.
        let Ok(displaced) = read(beside) else {
            return Ok(());
        };
        if Some(displaced.as_slice()) == self.base {
            self.clear(beside);
            return Ok(());
        }
        let stuck = |_| Failure::kept_beside(&beside.display().to_string());
        disk.exchange(beside, self.target).map_err(stuck)?;
        self.wait_for_writers(beside);
        let crossed = match read(beside) {
            Ok(ours) if ours == self.new => {
                self.clear(beside);
                displaced
            }
            Ok(later) => match self.put_together(&displaced, &later) {
                Some(both) => {
                    self.clear(beside);
                    both
                }
                // The newer one stands, the older one is kept beside.
                None => {
                    disk.exchange(beside, self.target).map_err(stuck)?;
                    displaced
                }
            },
            Err(_) => displaced,
        };
        let folder = self.target.parent().unwrap_or(self.target);
        let _ = disk.sync_folder(folder);
        Err(Stop::Answer(Wrote::Moved {
            there: Some(read(self.target).unwrap_or_else(|_| crossed.clone())),
            crossed: Some(crossed),
        }))
    }

    /// Somebody wrote over ours, too, before it was taken back: `displaced` is in place again, `later` stands beside, and
    /// neither knows of the other. Both together take the place then, if they can, and are what is answered; ours is not
    /// in it, for it is tried again.
    fn put_together(&self, displaced: &[u8], later: &[u8]) -> Option<Vec<u8>> {
        let base = self.base.unwrap_or_default();
        if seems_torn(&Document::parse(self.new.to_vec()), later) {
            return None;
        }
        let without_ours = merge(self.new, later, base).clean()?;
        let both = merge(base, displaced, &without_ours).clean()?;
        let place = Place {
            base: Some(displaced),
            new: &both,
            ..*self
        };
        place.beside().is_ok().then_some(both)
    }

    /// Who opened the file before it was displaced writes into what stands beside. Nobody has to be waited for where the
    /// system says that there is nobody.
    fn wait_for_writers(&self, beside: &Path) {
        let Ok(open) = self.world.disk.open(beside) else {
            return;
        };
        let mut waited = Duration::ZERO;
        while waited < GRACE && !matches!(open.has_writers(), Ok(false)) {
            self.world.clock.pause(GRACE_LOOK);
            waited += GRACE_LOOK;
        }
    }

    /// What stands beside is not needed. A leftover does no harm, and the next start removes it.
    fn clear(&self, beside: &Path) {
        let _ = self.world.disk.remove(beside);
    }
}

fn is_io(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}

/// The file system has no place for attributes, or we may not set this one.
fn is_refused(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
    )
}
