//! The last rung: the file itself is written, for those that can't be replaced. A reader may see a part for a moment. A
//! journal in the data folder holds both texts until it is done, so that the next start completes what was cut short.

use std::io;

use rolecall_core::profiles::File;
use rustix::io::Errno;

use super::{
    Place, Report, Rung, Stop, Wrote,
    journal::{self, Journal},
    report::Why,
};
use crate::{
    failure::Failure,
    look::{VIEW_LIMIT, read_file},
    world::{World, disk::Stat},
};

/// Why a file must be written in place, if so.
pub(super) fn needed(world: &World, before: &Stat) -> Option<Why> {
    if before.links > 1 {
        return Some(Why::HardLinks);
    }
    let user = world.env.user()?;
    let is_others = before.owner.is_some_and(|owner| owner != user);
    (is_others && user != 0).then_some(Why::Owner)
}

/// Whether what kept us from putting a new file in its place leaves this way.
pub(super) fn instead_of(error: &io::Error) -> Option<Why> {
    let is = |errno: Errno| error.raw_os_error() == Some(errno.raw_os_error());
    if is(Errno::BUSY) || is(Errno::XDEV) {
        return Some(Why::Mounted);
    }
    let is_folder = error.kind() == io::ErrorKind::PermissionDenied || is(Errno::ROFS);
    is_folder.then_some(Why::Folder)
}

impl Place<'_> {
    pub(super) fn in_place(&self, file: File, base: &[u8], why: Why) -> Result<Report, Stop> {
        let frozen = || self.world.disk.is_frozen(self.target);
        // Asked first, so that nothing is begun that can't end.
        let mut open = match self.world.disk.open_to_change(self.target) {
            Err(_) if frozen() => return Err(Failure::frozen(file.name()).into()),
            opened => opened?,
        };
        open.reserve(self.new.len() as u64)?;
        let journal = Journal::begin(self.world, self.target, base, self.new)
            .map_err(|error| Failure::no_journal(file.name(), &error))?;
        let written = match (self.look)(self.base) {
            Ok(()) => journal::overwrite(open.as_mut(), self.new),
            Err(stop) => {
                journal.end();
                return Err(stop);
            }
        };
        if let Err(error) = written {
            let undone = self.world.disk.open_to_change(self.target);
            let undone = undone.and_then(|mut open| journal::overwrite(open.as_mut(), base));
            return Err(match undone {
                Ok(()) => {
                    journal.end();
                    error.into()
                }
                // The journal stays: the next start completes what was begun.
                Err(_) => Failure::half_saved(file.name(), &error).into(),
            });
        }
        journal.end();
        // What can't be read back was written nevertheless.
        match read_file(self.world, self.target, VIEW_LIMIT) {
            Ok(there) if there != self.new => {
                return Err(Stop::Answer(Wrote::moved(Some(there))));
            }
            _ => {}
        }
        Ok(Report {
            rung: Rung::InPlace(why),
            lost_group: false,
        })
    }
}
