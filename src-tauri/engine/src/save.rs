//! Writing one of the two files: whole and at once. A new file is filled beside the old one, gets its mode and owner,
//! and the two change places; links stay links. Whatever fails, the path holds the old bytes or the new ones, never a
//! part. Nothing is written over bytes that nobody looked at: what was displaced is looked at too, and goes back when
//! another program wrote it in the last moment. When the file is no longer what the change began from, that is the
//! answer, and whoever asked puts both together.

use std::{
    io,
    path::{Path, PathBuf},
};

use rolecall_core::profiles::File;

use crate::{
    failure::Failure,
    locate::Places,
    look::{Seen, VIEW_LIMIT, read_file, see},
    world::{
        World,
        disk::{OpenFile, Stat, make_folders, write_all},
    },
};

/// As many links as Linux follows.
const LINKS: usize = 40;
/// Nobody writes to it: not even its owner, as far as the permission bits say.
const WRITABLE: u32 = 0o200;

/// What writing came to.
#[derive(Debug)]
pub(crate) enum Wrote {
    /// The new bytes are on disk.
    Done,
    /// Something else is there now, or nothing; it was left alone.
    Moved(Option<Vec<u8>>),
}

/// Puts `new` in the place of `base`, which is what the file must hold; none where there must be no file.
///
/// # Errors
/// When the world says no. The file is as it was then.
pub(crate) fn write(
    world: &World,
    places: &Places,
    file: File,
    base: Option<&[u8]>,
    new: &[u8],
) -> Result<Wrote, Failure> {
    let Some(path) = places.of(file) else {
        return Err(Failure::no_place(file.name()));
    };
    let moved = |seen: Option<Vec<u8>>| (seen.as_deref() != base).then_some(Wrote::Moved(seen));
    if let Some(moved) = moved(bytes(see(world, places, file))?) {
        return Ok(moved);
    }
    let failed = |error: &io::Error| Failure::not_saved(file.name(), error);
    let target = target(world, path).map_err(|error| failed(&error))?;
    let before = match base {
        None => None,
        Some(_) => Some(world.disk.stat(&target).map_err(|error| failed(&error))?),
    };
    if let Some(before) = before {
        refuse(world, places, file, &target, before)?;
    }
    let beside = beside(world, &target);
    // The last look: what comes between it and the rename is a matter of microseconds.
    let look = || bytes(see(world, places, file)).map(moved);
    let place = Place {
        world,
        beside: &beside,
        target: &target,
        base,
        new,
    };
    match place.put(before, look) {
        Ok(Put::Done) => Ok(Wrote::Done),
        Ok(Put::NotYet(answer)) => answer.map(|moved| moved.expect("it holds the rename back")),
        Ok(Put::Moved) => bytes(see(world, places, file)).map(Wrote::Moved),
        Err(error) => Err(failed(&error)),
    }
}

enum Put {
    /// The new bytes are in place.
    Done,
    /// The last look said otherwise.
    NotYet(Result<Option<Wrote>, Failure>),
    /// Another program wrote after the last look; what it wrote is in place.
    Moved,
}

/// A file that is about to be replaced.
struct Place<'a> {
    world: &'a World,
    /// Where the new bytes are filled in.
    beside: &'a Path,
    target: &'a Path,
    base: Option<&'a [u8]>,
    new: &'a [u8],
}

impl Place<'_> {
    fn put(
        &self,
        before: Option<Stat>,
        look: impl FnOnce() -> Result<Option<Wrote>, Failure>,
    ) -> io::Result<Put> {
        let disk = &self.world.disk;
        let folder = self.target.parent().unwrap_or(self.target);
        make_folders(&**disk, folder)?;
        let mut open = disk.create(self.beside, 0o600)?;
        let filled = fill(open.as_mut(), before, self.new);
        drop(open);
        let answer = filled.map(|()| look());
        let Ok(Ok(None)) = answer else {
            // Ours, and not needed. If even that fails, what stopped us says why.
            let _ = disk.remove(self.beside);
            return answer.map(Put::NotYet);
        };
        let done = self.take_place();
        // The entries are there already; a power cut before this takes them back, whole.
        let _ = disk.sync_folder(folder);
        done
    }

    /// The new file and the old one change places, and what was displaced is looked at.
    fn take_place(&self) -> io::Result<Put> {
        let disk = &self.world.disk;
        let taken = match self.base {
            Some(_) => disk.exchange(self.beside, self.target),
            None => disk.rename_new(self.beside, self.target),
        };
        match (taken, self.base) {
            (Ok(()), Some(base)) => self.look_back(base),
            (Ok(()), None) => Ok(Put::Done),
            // Then there is a window of microseconds in which nobody looks.
            (Err(error), _) if error.kind() == io::ErrorKind::Unsupported => disk
                .rename(self.beside, self.target)
                .inspect_err(|_| self.clear())
                .map(|()| Put::Done),
            (Err(error), None) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.clear();
                Ok(Put::Moved)
            }
            (Err(error), _) => {
                self.clear();
                Err(error)
            }
        }
    }

    /// What stands beside now was in place until a moment ago. Bytes that we don't know go back, and ours go.
    fn look_back(&self, base: &[u8]) -> io::Result<Put> {
        let disk = &self.world.disk;
        // What can't be looked at is not removed either.
        let Ok(displaced) = read_file(self.world, self.beside, VIEW_LIMIT) else {
            return Ok(Put::Done);
        };
        if displaced == base {
            self.clear();
            return Ok(Put::Done);
        }
        disk.exchange(self.beside, self.target)?;
        match read_file(self.world, self.beside, VIEW_LIMIT) {
            Ok(ours) if ours == self.new => self.clear(),
            // Somebody wrote over ours in between: the newer one stands, the older one is kept beside.
            _ => disk.exchange(self.beside, self.target)?,
        }
        Ok(Put::Moved)
    }

    /// What stands beside is not needed. A leftover does no harm.
    fn clear(&self) {
        let _ = self.world.disk.remove(self.beside);
    }
}

fn fill(open: &mut dyn OpenFile, before: Option<Stat>, new: &[u8]) -> io::Result<()> {
    write_all(open, new)?;
    if let Some(before) = before {
        let mut mode = before.mode;
        if let (Some(owner), Some(group)) = (before.owner, before.group) {
            let ours = open.stat()?;
            let same = ours.owner == Some(owner) && ours.group == Some(group);
            if !same && let Err(error) = open.set_owner(owner, group) {
                if ours.owner != Some(owner) {
                    return Err(error);
                }
                // A group that we are not in can't be kept; then nobody new may read through it.
                mode = mode.map(|mode| mode & !0o070);
            }
        }
        if let Some(mode) = mode {
            open.set_mode(mode)?;
        }
    }
    open.sync()
}

/// What would not survive a file in its place, said before anything is tried.
fn refuse(
    world: &World,
    places: &Places,
    file: File,
    target: &Path,
    before: Stat,
) -> Result<(), Failure> {
    let shown = places.shown(target);
    if before.mode.is_some_and(|mode| mode & WRITABLE == 0) {
        return Err(Failure::read_only(file.name(), &shown));
    }
    if before.links > 1 {
        return Err(Failure::hard_linked(file.name(), before.links));
    }
    let user = world.env.user();
    if let (Some(owner), Some(user)) = (before.owner, user)
        && owner != user
        && user != 0
    {
        return Err(Failure::not_yours(file.name(), owner));
    }
    Ok(())
}

fn bytes(seen: Seen) -> Result<Option<Vec<u8>>, Failure> {
    match seen {
        Seen::Read { bytes, .. } => Ok(Some(bytes)),
        Seen::Missing => Ok(None),
        Seen::Failed(failure) => Err(failure),
    }
}

/// Where a path leads over all links; the end need not be there.
fn target(world: &World, path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_owned();
    for _ in 0..LINKS {
        match world.disk.read_link(&at) {
            Ok(next) => at = at.parent().unwrap_or(&at).join(next),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput | io::ErrorKind::NotFound
                ) =>
            {
                return Ok(at);
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from_raw_os_error(
        rustix::io::Errno::LOOP.raw_os_error(),
    ))
}

/// A name beside the file that nobody can have planted something under.
fn beside(world: &World, target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let random = u64::from_le_bytes(
        world.random.bytes()[..8]
            .try_into()
            .expect("eight of thirty-two"),
    );
    target.with_file_name(format!(".{name}.rolecall-{random:016x}"))
}
