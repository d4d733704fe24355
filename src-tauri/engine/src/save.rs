//! Writing one of the two files: whole and at once. A new file is filled beside the old one, gets its mode and owner,
//! and takes its place; links stay links. Whatever fails, the path holds the old bytes or the new ones, never a part.
//! Nothing is written over bytes that nobody looked at: when the file is no longer what the change began from, that is
//! the answer, and whoever asked puts both together.

use std::{
    io,
    path::{Path, PathBuf},
};

use rolecall_core::profiles::File;

use crate::{
    create::make_folder,
    failure::Failure,
    locate::Places,
    look::{Seen, see},
    world::{
        World,
        disk::{OpenFile, Stat},
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
    match put(world, &beside, &target, before, new, look) {
        Ok(Put::Done) => Ok(Wrote::Done),
        Ok(Put::NotYet(answer)) => answer.map(|moved| moved.expect("it holds the rename back")),
        Err(error) => Err(failed(&error)),
    }
}

enum Put {
    Done,
    NotYet(Result<Option<Wrote>, Failure>),
}

fn put(
    world: &World,
    beside: &Path,
    target: &Path,
    before: Option<Stat>,
    new: &[u8],
    look: impl FnOnce() -> Result<Option<Wrote>, Failure>,
) -> io::Result<Put> {
    let folder = target.parent().unwrap_or(target);
    make_folder(world, folder)?;
    let mut open = world.disk.create(beside, 0o600)?;
    let filled = fill(open.as_mut(), before, new);
    drop(open);
    let done = filled.and_then(|()| match look() {
        Ok(None) => world.disk.rename(beside, target).map(|()| Put::Done),
        held_back => Ok(Put::NotYet(held_back)),
    });
    if !matches!(done, Ok(Put::Done)) {
        // Ours, and not needed. If even that fails, what stopped us says why.
        let _ = world.disk.remove(beside);
        return done;
    }
    // The new bytes are in place; a power cut before this takes back the rename, whole.
    let _ = world.disk.sync_folder(folder);
    done
}

fn fill(open: &mut dyn OpenFile, before: Option<Stat>, new: &[u8]) -> io::Result<()> {
    let mut rest = new;
    while !rest.is_empty() {
        let count = open.write(rest)?;
        if count == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        rest = &rest[count..];
    }
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
