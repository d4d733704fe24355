//! One writer at a time among Rolecalls: the window and the command lock a name in the data folder that stands for the
//! file, over all links. Other programs know nothing of it; against those the looks around the write help. Where there
//! is no data folder, or it can't be written to, those looks have to do.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use rolecall_core::profiles::File;

use super::journal::name;
use crate::{
    failure::Failure,
    look::read_file,
    notes::data_folder,
    world::{
        World,
        disk::{Lock, make_folders, write_all},
    },
};

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(10);
/// Longer than any save takes, torn files waited for.
const TRIES: u32 = 500;
/// Where the system knows no locks: a lock file of a process that can't be seen from here is dead after this.
const STALE: Duration = Duration::from_secs(30);

/// Waits for its turn to write the file that is there.
pub(super) fn take(
    world: &World,
    file: File,
    target: &Path,
) -> Result<Option<Box<dyn Lock>>, Failure> {
    let Some(path) = path(world, &name(target)) else {
        return Ok(None);
    };
    for _ in 0..TRIES {
        match try_take(world, &path) {
            Ok(lock) => return Ok(Some(lock)),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return Ok(None),
        }
        world.clock.pause(PAUSE);
    }
    Err(Failure::being_saved(file.name()))
}

/// Waits for a turn among Rolecalls under that name; none where none is to be had, and one goes on without.
pub(crate) fn turn(world: &World, name: &str) -> Option<Box<dyn Lock>> {
    let path = path(world, name)?;
    for _ in 0..TRIES {
        match try_take(world, &path) {
            Ok(lock) => return Some(lock),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return None,
        }
        world.clock.pause(PAUSE);
    }
    None
}

/// Whose turn it is.
pub(crate) enum Turn {
    /// Ours, as long as this lives; none where no lock is to be had, and one goes on without.
    Mine(Option<Box<dyn Lock>>),
    /// Another Rolecall's.
    Taken,
}

/// Asks for a turn among Rolecalls under that name, without waiting.
pub(crate) fn try_turn(world: &World, name: &str) -> Turn {
    let Some(path) = path(world, name) else {
        return Turn::Mine(None);
    };
    match try_take(world, &path) {
        Ok(lock) => Turn::Mine(Some(lock)),
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => Turn::Taken,
        Err(_) => Turn::Mine(None),
    }
}

/// Takes the lock of that name if it is free now.
pub(super) fn try_take_named(world: &World, name: &str) -> Option<Box<dyn Lock>> {
    try_take(world, &path(world, name)?).ok()
}

fn path(world: &World, name: &str) -> Option<PathBuf> {
    let folder = data_folder(world)?.join("locks");
    make_folders(&*world.disk, &folder).ok()?;
    Some(folder.join(name))
}

fn try_take(world: &World, path: &Path) -> std::io::Result<Box<dyn Lock>> {
    match world.disk.lock(path) {
        Err(error) if error.kind() == std::io::ErrorKind::Unsupported => by_file(world, path),
        taken => taken,
    }
}

/// A file that only one can create.
fn by_file(world: &World, path: &Path) -> std::io::Result<Box<dyn Lock>> {
    let path = path.with_extension("held");
    if is_stale(world, &path) {
        world.disk.remove(&path)?;
    }
    let mut open = world.disk.create(&path, 0o600).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            std::io::ErrorKind::WouldBlock.into()
        } else {
            error
        }
    })?;
    let held = Held(world.clone(), path);
    write_all(open.as_mut(), world.process.id().to_string().as_bytes())?;
    Ok(Box::new(held))
}

fn is_stale(world: &World, path: &Path) -> bool {
    let (Ok(holder), Ok(stat)) = (read_file(world, path, 64), world.disk.stat(path)) else {
        return false;
    };
    let id = std::str::from_utf8(&holder)
        .ok()
        .and_then(|id| id.parse().ok());
    let since = Timestamp::from_nanosecond(stat.modified).unwrap_or_default();
    let is_old = world.clock.now() > since + STALE;
    // A number that runs may be another program's by now; one that does not may be another machine's.
    is_old || id.is_some_and(|id: u32| !world.process.is_running(id) && is_settled(world, since))
}

/// The holder has had the time to write its number.
fn is_settled(world: &World, since: Timestamp) -> bool {
    world.clock.now() > since + Duration::from_secs(2)
}

struct Held(World, PathBuf);

impl Lock for Held {}

impl Drop for Held {
    fn drop(&mut self) {
        // Stale after a while, if that fails.
        let _ = self.0.disk.remove(&self.1);
    }
}
