//! Where a file really is, over all links: links stay links, and the new file is filled in the folder of the old one.

use std::{
    io,
    path::{Path, PathBuf},
};

use rolecall_core::profiles::File;

use super::Stop;
use crate::{failure::Failure, locate::Places, world::World};

/// As many links as Linux follows.
const LINKS: usize = 40;

/// Where a path leads over all links; the end need not be there.
pub(super) fn target(world: &World, path: &Path) -> io::Result<PathBuf> {
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

/// Where a link leads, no folder is made: it may be on a disk that is not connected.
pub(super) fn refuse_lost_folder(
    world: &World,
    places: &Places,
    file: File,
    target: &Path,
) -> Result<(), Stop> {
    let folder = target.parent().unwrap_or(target);
    let is_link = places.of(file).is_some_and(|path| path != target);
    match world.disk.stat(folder) {
        Err(error) if is_link && error.kind() == io::ErrorKind::NotFound => {
            Err(Failure::lost_folder(file.name(), &places.shown(folder)).into())
        }
        _ => Ok(()),
    }
}
